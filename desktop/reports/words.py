"""The sentences of the report; each cites figures that stand on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import kpi
from desktop.kpi.kpi import Better, Lamp
from desktop.values.digits import number
from desktop.values.text import ntr, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.kpi.kpi import Answer
    from desktop.reports.monthly import Monthly

SAME = 0.005  # a change smaller than half a percent is called none


def verdict(m: Monthly) -> str:
    """The month in one sentence; growth in money is never said without saying what inflation makes of it."""
    revenue = m.answers["revenue"]
    if revenue.value is None or not revenue.n:
        return tr("No sale was recorded in {month}.", month=m.label)
    parts = {"month": m.label, "revenue": m.text("revenue")}
    growth = m.answers["sales_growth"].value
    if growth is None:
        first = tr("Sales of {month}: {revenue}.", **parts)
    elif abs(growth) < SAME:
        first = tr("Sales of {month}: {revenue}, the same as the period before.", **parts)
    elif growth > 0:
        first = tr(
            "Sales of {month}: {revenue}, {change} more than the period before.",
            **parts,
            change=Unit.SHARE.write(growth),
        )
    else:
        first = tr(
            "Sales of {month}: {revenue}, {change} less than the period before.",
            **parts,
            change=Unit.SHARE.write(-growth),
        )
    return f"{first} {real_growth(m)}"


def real_growth(m: Monthly) -> str:
    """Growth against last year without inflation, or that inflation is not counted."""
    real, nominal = m.answers["sales_growth_real"].value, m.answers["sales_growth_yoy"].value
    if real is None or nominal is None:
        return tr("Inflation is not counted: enter the price index, or compare with last year once the book holds it.")
    how = {"nominal": Unit.SHARE.write(nominal), "real": Unit.SHARE.write(abs(real))}
    if abs(real) < SAME:
        return tr("Against the same month last year: {nominal} in money, no real growth once inflation is counted.", **how)
    if real > 0:
        return tr("Against the same month last year: {nominal} in money, {real} real growth once inflation is counted.", **how)
    return tr("Against the same month last year: {nominal} in money, but {real} smaller once inflation is counted.", **how)


def word(answer: Answer) -> str:
    """A KPI's state in a word or two."""
    if answer.lamp is Lamp.OFF:
        return tr("no data yet")
    if answer.lamp is Lamp.GREY:
        return tr("small sample")
    aim = answer.aim
    if aim is not None and aim.share is not None:
        return tr("on target") if answer.lamp is Lamp.ON else tr("behind target")
    if answer.value is None or answer.previous is None:
        return tr("nothing to compare")
    better = kpi.BY_KEY[answer.key].better
    change = answer.value - answer.previous
    if abs(change) <= SAME * abs(answer.previous):
        return tr("as before")
    if better is Better.NEITHER:
        return tr("higher") if change > 0 else tr("lower")
    if (change > 0) == (better is Better.HIGHER):
        return tr("better")
    return tr("within the usual") if answer.lamp is Lamp.ON else tr("worse: watch it")


def compare(m: Monthly, key: str) -> str:
    """One KPI against the period before, as a sentence with both numbers."""
    answer, unit = m.answers[key], kpi.BY_KEY[key].unit
    holes = {"name": m.title(key), "now": unit.write(answer.value), "before": unit.write(answer.previous)}
    if answer.value is None:
        return tr("{name}: {why}", name=holes["name"], why=answer.why_null or tr("no data yet"))
    if answer.previous is None:
        return tr("{name} is {now}; there is nothing to compare it with yet.", name=holes["name"], now=holes["now"])
    if abs(answer.value - answer.previous) <= SAME * abs(answer.previous):
        return tr("{name} is {now}, as in the period before.", name=holes["name"], now=holes["now"])
    if answer.value > answer.previous:
        return tr("{name} rose from {before} to {now}.", **holes)
    return tr("{name} fell from {before} to {now}.", **holes)


def decisions(m: Monthly) -> list[str]:
    """What waits for the owner's word."""
    found = []
    if m.gaps["overdue_deals"]:
        found.append(
            ntr(
                "{n} open deal is past its expected day: decide or give it a new one.",
                "{n} open deals are past their expected day: decide or give them a new one.",
                m.gaps["overdue_deals"],
            )
        )
    if m.gaps["no_next_target"]:
        found.append(tr("The next month has no sales target yet."))
    if m.gaps["no_price_index"]:
        found.append(tr("The price index of this month is not entered, so real growth is unknown."))
    reasons = m.lists["lost_reasons"]
    if reasons and reasons[0]["reason"]:
        holes = {"reason": reasons[0]["reason"], "n": number(reasons[0]["n"])}
        found.append(tr("Most deals were lost for “{reason}” ({n}): what changes next month?", **holes))
    return found


def quality(m: Monthly) -> list[str]:
    """What the numbers lack, and what lacking it does to them."""
    gaps, found = m.gaps, []
    if gaps["covered"] is not None and gaps["covered"] < 1:
        found.append(
            tr("Cost is known for {share} of sales; profit and margin speak of these only.", share=Unit.SHARE.write(gaps["covered"]))
        )
    if gaps["named"] is not None and gaps["named"] < 1:
        found.append(
            tr("{share} of sales went to named customers; customer KPIs speak of these only.", share=Unit.SHARE.write(gaps["named"]))
        )
    if gaps["no_seller"]:
        found.append(tr("Sales of {amount} have no seller.", amount=Unit.MONEY.write(gaps["no_seller"])))
    if gaps["lump"]:
        found.append(
            tr(
                "{amount} came as a day's takings in one sum; only revenue, growth and targets see it.",
                amount=Unit.MONEY.write(gaps["lump"]),
            )
        )
    if gaps["leads_without_source"]:
        found.append(ntr("{n} lead has no source.", "{n} leads have no source.", gaps["leads_without_source"]))
    if gaps["wrong_cycles"]:
        found.append(
            ntr(
                "{n} won deal has no first contact, or one after the close.",
                "{n} won deals have no first contact, or one after the close.",
                gaps["wrong_cycles"],
            )
        )
    return found
