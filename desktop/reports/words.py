"""The sentences of the report; each cites figures that stand on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop import kpi
from desktop.kpi.kpi import Answer, Better, Lamp, Number
from desktop.kpi.pipeline import wrong_cycles
from desktop.reports.monthly import Monthly
from desktop.values.digits import DASH, foreign, ntr, number
from desktop.values.rounding import exact, rounded
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

WORST = 9  # dim lamps that are worth a line
SAME = 0.005  # a change smaller than half a percent is called none
MONEY = (Unit.MONEY, Unit.MONEY_PER_DAY)
NAMELESS = {
    "sellers": N_("Without a seller"), "products": N_("no product named"), "sources": N_("not recorded"),
    "lost_reasons": N_("reason not recorded"),
}  # fmt: skip


def aligned(unit: Unit, values: Sequence[Any], like: Number | None = None) -> tuple[str, list[str]]:
    """The word of numbers that stand in a row or a column, and each of them on the scale of ``like``, else of the largest.

    All have as many decimal places as the tile of that one, or as few as they need; nothing is «0», not «0.0».
    """
    known = [value for value in values if value]
    step, word, most = 1, unit.word, 1
    if unit in MONEY:
        top = abs(like or max(known, default=0, key=abs))
        step, word = unit.scale(top)
        if step == writing().scale:
            most = 0 if writing().currency == "IRR" else 2
        else:
            most = 3 if top < 10 * step else 2 if top < 100 * step else 1
    elif unit not in (Unit.DAYS, Unit.COUNT, Unit.POINTS):
        return word, [unit.number(value) for value in values]
    while most and all(rounded(exact(value) / step, most) % 10 == 0 for value in known):
        most -= 1
    return word, [DASH if value is None else unit.on_scale(value, step, most if value else 0) for value in values]


def owner(name: str | None, of: str) -> str:
    """Whose a line of the list ``of`` is, or what is said where nobody is named."""
    return foreign(name) if name else tr(NAMELESS[of])


def before(m: Monthly) -> str:
    """What the month is compared with, inside a sentence."""
    return tr("the same days of the month before") if m.running else tr("the month before")


def verdict(m: Monthly) -> str:
    """The month in one sentence; growth in money is never said without saying what inflation makes of it."""
    revenue, growth = m.answers["revenue"], m.answers["sales_growth"].value
    if revenue.value is None or not revenue.n:
        return tr("No sale was recorded in {month}.", month=m.label)
    holes = {"month": m.label, "revenue": Unit.MONEY.short(revenue.value), "before": before(m)}
    if growth is None:
        sales = tr("Sales of {month} were {revenue}", month=m.label, revenue=holes["revenue"])
    elif abs(growth) < SAME:
        sales = tr("Sales of {month} were {revenue}, as much as {before}", **holes)
    elif growth > 0:
        sales = tr("Sales of {month} were {revenue}, {change} more than {before}", **holes, change=Unit.SHARE.write(growth))
    else:
        sales = tr("Sales of {month} were {revenue}, {change} less than {before}", **holes, change=Unit.SHARE.write(-growth))
    # Translators: the report's verdict: what was sold; what that is against last year and without inflation.
    return tr("{sales}; {growth}.", sales=sales, growth=real_growth(m))


def real_growth(m: Monthly) -> str:
    """Growth against last year in money and without inflation, as the second half of a sentence."""
    real, nominal = m.answers["sales_growth_real"].value, m.answers["sales_growth_yoy"].value
    if real is None or nominal is None:
        return tr("inflation is not counted")
    holes = {"nominal": Unit.SHARE.write(nominal), "real": Unit.SHARE.write(abs(real))}
    if abs(real) < SAME:
        return tr("against the same month last year {nominal} nominal growth and, once inflation is counted, none in truth", **holes)
    if real > 0:
        return tr("against the same month last year {nominal} nominal growth and, once inflation is counted, {real} real growth", **holes)
    if nominal < 0:
        holes["nominal"] = Unit.SHARE.write(-nominal)
        return tr("{nominal} less than the same month last year and, once inflation is counted, {real} smaller in truth", **holes)
    return tr("against the same month last year {nominal} nominal growth but, once inflation is counted, {real} smaller in truth", **holes)


def word(answer: Answer) -> str:
    """A KPI's state in a word or two."""
    if answer.lamp is Lamp.OFF:
        return tr("no data yet")
    if answer.lamp is Lamp.GREY:
        return tr("small sample")
    aim = answer.aim
    if aim is not None and aim.share is not None:
        return tr("on target") if answer.lamp is Lamp.ON else tr("behind target") if aim.at_least else tr("over the limit")
    if answer.value is None or answer.previous is None:
        return tr("nothing to compare")
    better = kpi.BY_KEY[answer.key].better
    change = answer.value - answer.previous
    if abs(change) <= SAME * abs(answer.previous):
        return tr("as before")
    if (change > 0) == (better is Better.HIGHER):
        return tr("better")
    return tr("within the usual") if answer.lamp is Lamp.ON else tr("worse: watch it")


def why(answer: Answer) -> str:
    """Why a lamp is dark; the window's invitation to enter something stays in the window."""
    return answer.why_null or answer.note or tr("No data yet.")


def reason(answer: Answer) -> str:
    """Why a lamp is dark, where that says more than the number's word."""
    said = why(answer)
    return "" if said.rstrip(".").casefold() == word(answer) else said


def last_year(m: Monthly, answer: Answer) -> Any:
    """The KPI a year ago; None instead of a zero of days when the shop had no invoice yet."""
    return answer.last_year if m.answers["orders"].last_year else answer.last_year or None


def note(m: Monthly, answer: Answer) -> str:
    """What the number's word does not say: how far it moved, what it leaves out, which days it looks at."""
    if answer.lamp is Lamp.OFF:
        return reason(answer).rstrip(".")
    chance = answer.why_lamp if answer.lamp is Lamp.GREY or word(answer) == tr("within the usual") else ""
    days = "" if answer.period == m.scope.period else tr("counted over {days}", days=answer.period.label(m.scope.calendar))
    return " · ".join(part.rstrip(".") for part in (moved(answer), chance, answer.note or "", days) if part)


def moved(answer: Answer) -> str:
    """How far it moved, in words: our typeface has no arrows; empty where it did not move, or nobody can say."""
    change = kpi.BY_KEY[answer.key].unit.change(answer.value, answer.previous)
    if change is None or change.up is None:
        return ""
    # Translators: a small note beside a number of the report: it is 7.0% higher than the month before.
    return tr("{change} up", change=change.text) if change.up else tr("{change} down", change=change.text)


def lamp(light: Lamp) -> str:
    """The lamp itself in words, for the legend and for files."""
    return {
        Lamp.ON: tr("lamp on: good"), Lamp.DIM: tr("half: watch it"), Lamp.GREY: tr("small sample"), Lamp.OFF: tr("no data yet"),
    }[light]  # fmt: skip


def compare(m: Monthly, key: str) -> str:
    """One KPI against the period before, as a sentence with both numbers."""
    answer, unit = m.answers[key], kpi.BY_KEY[key].unit
    name, now, past = m.title(key), unit.short(answer.value), unit.short(answer.previous)
    if answer.value is None or answer.lamp is Lamp.OFF:
        return tr("{name}: {why}", name=name, why=why(answer))
    if answer.previous is None:
        return tr("{name} is {now}; there is nothing to compare it with yet.", name=name, now=now)
    if now == past or abs(answer.value - answer.previous) <= SAME * abs(answer.previous):
        return tr("{name} is {now}, as in the period before.", name=name, now=now)
    if answer.value > answer.previous:
        return tr("{name} rose from {before} to {now}.", name=name, before=past, now=now)
    return tr("{name} fell from {before} to {now}.", name=name, before=past, now=now)


def risks(m: Monthly) -> Iterator[str]:
    """What may go wrong if nobody looks at it: lamps that went dim with both their numbers, good customers who stay away."""
    for dim in [answer for one in kpi.ALL if (answer := m.answers[one.key]).lamp is Lamp.DIM][:WORST]:
        yield f"{compare(m, dim.key)} {dim.why_lamp}" if dim.aim else compare(m, dim.key)
    away = [row for row in m.lists.rfm if row.r <= 2 and row.f + row.m >= 7]
    if away:
        said = ntr("{n} good customer has not come back for long.", "{n} good customers have not come back for long.", len(away))
        bought = {row.id: row.revenue_to_date for row in m.lists.customers}
        comma = "، " if m.language == "fa" else ", "
        best = sorted(away, key=lambda row: -bought.get(row.id, 0))[:3]
        # Translators: who bought the most of those customers, up to three names.
        yield tr("{away} First of all: {names}", away=said, names=comma.join(foreign(row.customer) for row in best))


def decisions(m: Monthly) -> Iterator[str]:
    """What waits for the owner's word."""
    if m.gaps["overdue_deals"]:
        yield ntr(
            "{n} open deal is past its expected day: decide or give it a new one.",
            "{n} open deals are past their expected day: decide or give them a new one.",
            m.gaps["overdue_deals"],
        )
    if m.gaps["no_next_target"]:
        yield tr("The next month has no sales target yet.")
    if m.gaps["no_price_index"]:
        yield tr("The price index of this month is not entered, so real growth is unknown.")
    reasons = m.lists.lost_reasons
    if reasons and reasons[0].reason:
        holes = {"reason": foreign(reasons[0].reason), "n": number(reasons[0].n)}
        yield tr("Most deals were lost for “{reason}” ({n}): what changes next month?", **holes)


def quality(m: Monthly) -> Iterator[str]:
    """What the numbers lack, and what lacking it does to them."""
    gaps = m.gaps
    dark = sum(answer.lamp is Lamp.OFF for answer in m.answers.values())
    if dark:
        yield ntr("{n} number has no data yet; its lamp is off.", "{n} numbers have no data yet; their lamps are off.", dark)
    if gaps["covered"] == 0:
        yield tr("No sale has a known cost, so profit and margin are unknown.")
    elif share := _part(gaps["covered"]):
        yield tr("Cost is known for {share} of sales; profit and margin speak of these only.", share=share)
    if share := _part(gaps["named"]):
        yield tr("{share} of sales went to named customers; customer KPIs speak of these only.", share=share)
    if gaps["no_seller"]:
        yield tr("Sales of {amount} have no seller.", amount=Unit.MONEY.short(gaps["no_seller"]))
    if gaps["lump"]:
        amount = Unit.MONEY.short(gaps["lump"])
        yield tr("{amount} came as a day's takings in one sum; only revenue, growth and targets see it.", amount=amount)
    if gaps["leads_without_source"]:
        yield ntr("{n} lead has no source.", "{n} leads have no source.", gaps["leads_without_source"])
    if gaps["wrong_cycles"]:
        yield wrong_cycles(gaps["wrong_cycles"])


def _part(share: float | None) -> str:
    """The share, unless it is the whole: 99.97% would be written so, too, and nothing is missing that a reader could see."""
    said = "" if share is None else Unit.SHARE.write(share)
    return "" if said == Unit.SHARE.write(1) else said
