"""Targets: what was aimed at, how far it was reached, and how fast one must go on - on working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind, sales
from desktop.kpi.behind import within
from desktop.kpi.formula import Ratio
from desktop.kpi.kpi import Aim, Kpi, Measured, Number, Part, Question, Scope, Values, once
from desktop.kpi.totals import day_totals, elapsed_share, working_days
from desktop.store.tables import Sale, SaleSeller, Seller, Target
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

ADDED_UP = frozenset("revenue gross_profit orders customers new_customers activities won_deals won_value lost_deals lost_value".split())


# Which target counts


@once
def _all(s: Session) -> Sequence[Target]:
    """Every valid target; they are few, and read once."""
    return s.scalars(select(Target).where(Target.status == "final").order_by(Target.id)).all()


@once
def _rows(s: Session, key: str, seller: int | None) -> dict[Period, Target]:
    """The valid targets of a KPI by their days: the team's own, or one seller's."""
    wanted = (key, "team" if seller is None else "seller", seller)
    return {Period(t.start, t.end): t for t in _all(s) if (t.kpi, t.scope, t.seller_id) == wanted}


def _whole(period: Period, known: Any, as_of: dt.date) -> Period | None:
    """The target's days that ``period`` stands for: themselves, or the running part of one."""
    if period in known:
        return period
    if period.end == as_of + dt.timedelta(days=1):
        return next((p for p in known if p.start == period.start and p.end > period.end), None)
    return None


@once
def counted(s: Session, scope: Scope) -> list[Target]:
    """The revenue targets that count in the scope, none over days that another counts for: the longest that lie in it.

    Of a seller hers; of the shop its own, and of the days without one each seller's.
    """
    revenue = [t for t in _all(s) if t.kpi == "revenue" and scope.seller in (None, t.seller_id)]
    team = [] if scope.seller is not None else _chosen(scope, [t for t in revenue if t.scope == "team"], [])
    sellers = sorted({t.seller_id for t in revenue if t.scope == "seller" and t.seller_id is not None})
    hers = (_chosen(scope, [t for t in revenue if t.scope == "seller" and t.seller_id == seller], team) for seller in sellers)
    return sorted([*team, *(t for each in hers for t in each)], key=lambda t: t.start)


def _chosen(scope: Scope, rows: list[Target], taken: list[Target]) -> list[Target]:
    known = {Period(t.start, t.end): t for t in rows}
    if own := _whole(scope.period, known, scope.as_of):
        found = [known[own]]
    else:
        inside = (days for days in known if scope.period.start <= days.start and days.end <= scope.period.end)
        found = [known[days] for days in sorted(inside, key=lambda one: (-one.days, one.start))]
    chosen: list[Target] = []
    for t in found:
        if all(t.end <= other.start or other.end <= t.start for other in (*taken, *chosen)):
            chosen.append(t)
    return chosen


def _days(rows: Sequence[Target]) -> list[Period]:
    return sorted({Period(t.start, t.end) for t in rows})


def revenue_target(s: Session, scope: Scope) -> int | None:
    """The revenue target of the scope, in the smallest unit; None where there is none."""
    rows = counted(s, scope)
    return sum(t.value for t in rows) if rows else None


def reached(s: Session, scope: Scope) -> Number:
    """What was sold on the days of the targets, by those they are for."""
    return sum(day_totals(s, _of(scope, t))["net"] for t in counted(s, scope))


def _of(scope: Scope, target: Target) -> Scope:
    return replace(scope, period=Period(target.start, target.end), seller=target.seller_id)


def expected(s: Session, scope: Scope) -> float:
    """What an even pace on working days asks by the as-of day."""
    return sum(_expected_of_each(s, scope).values())


def _expected_of_each(s: Session, scope: Scope) -> dict[int, float]:
    return {t.id: t.value * elapsed_share(s, Period(t.start, t.end), scope.as_of) for t in counted(s, scope)}


def pace_per_day(s: Session, scope: Scope) -> int | None:
    """An even walk to the target: target ÷ working days of its days."""
    target, open_days = revenue_target(s, scope), sum(working_days(s, days) for days in _days(counted(s, scope)))
    return round(target / open_days) if target is not None and open_days else None


def needed_per_day(s: Session, scope: Scope) -> int | None:
    """Net sales still needed on each working day left of the targets; None without a target or days left."""
    rows, tomorrow = counted(s, scope), scope.as_of + dt.timedelta(days=1)
    left = sum(working_days(s, Period(max(days.start, tomorrow), days.end)) for days in _days(rows) if days.end > tomorrow)
    if not left or rows[0].start > scope.as_of:
        return None
    return round(max(0, sum(t.value for t in rows) - reached(s, scope)) / left)


def aim(s: Session, key: str, unit: Unit, scope: Scope, value: Number | None) -> Aim | None:
    """What the KPI was to reach in the scope, and how far it is; None where nothing was aimed at."""
    if key in ("revenue", "target_attainment", "target_pace"):
        return _revenue_aim(s, key, scope, value)
    rows = _rows(s, key, scope.seller)
    days = _whole(scope.period, rows, scope.as_of)
    if days is None:
        return None
    row = rows[days]
    goal, at_least = row.value / unit.step, row.direction == "at_least"
    pace = goal * elapsed_share(s, days, scope.as_of) if key in ADDED_UP else goal
    share = None if value is None or goal == 0 else value / goal
    return Aim(goal, at_least, share, pace, row.person, value)


def _revenue_aim(s: Session, key: str, scope: Scope, value: Number | None) -> Aim | None:
    rows = counted(s, scope)
    if not rows:
        return None
    person = rows[0].person if rows[0].seller_id == scope.seller else None
    pace, whole, sold = expected(s, scope), sum(t.value for t in rows), reached(s, scope)
    if key == "target_pace":
        return Aim(1.0, True, value, 1.0, person, value)
    if key == "target_attainment":
        return Aim(1.0, True, value, pace / whole if whole else None, person, value)
    return Aim(whole, True, sold / whole if value is not None and whole else None, pace, person, sold)


# The two KPIs


def target_rows(s: Session, scope: Scope) -> Question:
    """The target rows that count in the scope."""
    question = behind.named(Target, "start", "end", "seller", Target.value.label("goal"), "person")
    return question.where(Target.id.in_([t.id for t in counted(s, scope)])).order_by(Target.start, Target.id)


def reached_rows(s: Session, scope: Scope) -> Question:
    """The documents in the days of the targets that count, of those whom these are for."""
    rows = [_of(scope, t) for t in counted(s, scope)]
    whole = Period(min(one.period.start for one in rows), max(one.period.end for one in rows)) if rows else scope.period
    held = (and_(within(one.days, Sale.day), behind.of_seller(one)) for one in rows)
    question = sales.NET.rows(s, scope.over(whole)).where(or_(literal(value=False), *held))
    if scope.seller is not None:
        return question
    theirs = (and_(within(one.days, Sale.day), or_(literal(one.seller is None), SaleSeller.seller_id == one.seller)) for one in rows)
    return question.add_columns(*behind.shared(scope, whose=or_(literal(value=False), *theirs)))


AIMED = Part("target", N_("Targets"), target_rows, itemgetter("goal"), revenue_target, Unit.MONEY, fold=func.sum)
EXPECTED = replace(AIMED, key="expected", sums=expected, each=_expected_of_each, says=N_("Targets by now"))
REACHED = Part("reached", N_("Sales and returns"), reached_rows, itemgetter("total"), reached, Unit.MONEY, N_("Net sales"))


def _needed(s: Session, scope: Scope, values: Values) -> str | None:
    """What is needed from now on, and whose targets these are where not every seller has one."""
    said = []
    if values[0] and (needed := needed_per_day(s, scope)):
        said.append(tr("{amount} a day needed from now on.", amount=Unit.MONEY.write(needed)))
    aimed = {t.seller_id for t in counted(s, scope)}
    everybody = s.scalar(select(func.count()).select_from(Seller).where(Seller.archived == 0)) if aimed - {None, scope.seller} else 0
    if everybody and None not in aimed and len(aimed) < everybody:
        said.append(tr("{n} of {all} sellers have a target.", n=Unit.COUNT.number(len(aimed)), all=Unit.COUNT.number(everybody)))
    return " ".join(said) or None


ATTAINMENT = Ratio(1, 0, why=N_("There is no target."), n=lambda s, scope, values: len(counted(s, scope)) if values[0] else 0,
                   note=_needed)  # fmt: skip


def _no_target(s: Session, scope: Scope, _: Values) -> Measured | None:
    return None if revenue_target(s, scope) else Measured(None, why_null=tr("There is no target."))


PACE = Ratio(1, 0, why=N_("No working day of the target is over yet."), lacking=_no_target, entry="",
             n=lambda s, scope, values: len(counted(s, scope)) if values[0] else 0)  # fmt: skip


_KPI = partial(Kpi, feeds="target", least=1, window="month")
KPIS = (
    _KPI("target_attainment", N_("Attainment of the sales target"),
        N_("How much of the target you reached; each person and the whole team."),
        N_("The part of the sales target that was reached."),
        (AIMED, REACHED), ATTAINMENT, short=N_("Attainment of target")),
    _KPI("target_pace", N_("Pace towards the target"), N_("Going on like this, do you reach the target by the end of the month or not."),
        N_("Sales so far against what an even pace towards the target asks; under 100% they are behind."),
        (EXPECTED, REACHED), PACE, said=N_("Net sales ÷ (target × share of working days that is over)")),
)  # fmt: skip
