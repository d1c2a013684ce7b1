"""Targets: what was aimed at, how far it was reached, and how fast one must go on - on working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import sales
from desktop.kpi.behind import columns, within
from desktop.kpi.formula import Ratio
from desktop.kpi.kpi import Aim, Better, Kpi, Measured, Number, Part, Question, Scope, Values, once
from desktop.kpi.totals import day_totals
from desktop.kpi.workdays import elapsed_share, working_days
from desktop.store.tables import Sale, Seller, Target
from desktop.values.column import Column
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TABLES = sales.TABLES | {"target", "day_off", "setting"}
Piece = tuple[Period, int]

COLUMNS = columns(
    Column("start", N_("From"), Unit.DAY), Column("end", N_("Until before"), Unit.DAY), "seller", Column("value", N_("Target"), Unit.MONEY),
    Column("person", N_("Answerable"), Unit.TEXT),
)  # fmt: skip
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


@once
def _revenue(s: Session, seller: int | None) -> dict[Period, list[Target]]:
    """The rows that make the revenue target of each span: the seller's; the team's own, else all sellers'."""
    found: dict[Period, list[Target]] = {}
    if seller is None:
        for t in _all(s):
            if t.kpi == "revenue" and t.scope == "seller":
                found.setdefault(Period(t.start, t.end), []).append(t)
    return found | {days: [own] for days, own in _rows(s, "revenue", seller).items()}


def _whole(period: Period, known: Any, as_of: dt.date) -> Period | None:
    """The target's days that ``period`` stands for: themselves, or the running part of one."""
    if period in known:
        return period
    if period.end == as_of + dt.timedelta(days=1):
        return next((p for p in known if p.start == period.start and p.end > period.end), None)
    return None


def revenue_pieces(s: Session, scope: Scope) -> list[Piece]:
    """The revenue targets that count in the scope: its own, else the longest ones that lie in it, none counted twice."""
    return [(days, sum(row.value for row in rows)) for days, rows in _counted(s, scope).items()]


def _counted(s: Session, scope: Scope) -> dict[Period, list[Target]]:
    known = _revenue(s, scope.seller)
    if own := _whole(scope.period, known, scope.as_of):
        return {own: known[own]}
    chosen: list[Period] = []
    for days in sorted(known, key=lambda one: (-one.days, one.start)):
        inside = scope.period.start <= days.start and days.end <= scope.period.end
        if inside and all(days.end <= other.start or other.end <= days.start for other in chosen):
            chosen.append(days)
    return {days: known[days] for days in sorted(chosen)}


def revenue_target(s: Session, scope: Scope) -> int | None:
    """The revenue target of the scope, in the smallest unit; None where there is none."""
    pieces = revenue_pieces(s, scope)
    return sum(value for _, value in pieces) if pieces else None


def needed_per_day(s: Session, scope: Scope) -> int | None:
    """Net sales still needed on each working day left of the targets; None without a target or days left."""
    pieces = revenue_pieces(s, scope)
    tomorrow = scope.as_of + dt.timedelta(days=1)
    ahead = [Period(max(days.start, tomorrow), days.end) for days, _ in pieces if days.end > tomorrow]
    left = sum(working_days(s, days) for days in ahead)
    if not left or pieces[0][0].start > scope.as_of:
        return None
    return round(max(0, sum(goal for _, goal in pieces) - _actual(s, scope)) / left)


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
    return Aim(goal, at_least, share, pace, row.person)


def _revenue_aim(s: Session, key: str, scope: Scope, value: Number | None) -> Aim | None:
    pieces = revenue_pieces(s, scope)
    if not pieces:
        return None
    row = _rows(s, "revenue", scope.seller).get(pieces[0][0])
    person = row.person if row else None
    expected = sum(goal * elapsed_share(s, days, scope.as_of) for days, goal in pieces)
    whole = sum(goal for _, goal in pieces)
    if key == "target_pace":
        return Aim(1.0, at_least=True, share=value, pace=1.0, person=person)
    if key == "target_attainment":
        return Aim(1.0, at_least=True, share=value, pace=expected / whole if whole else None, person=person)
    return Aim(whole, at_least=True, share=None if value is None or not whole else value / whole, pace=expected, person=person)


# The two KPIs


def target_rows(s: Session, scope: Scope) -> Question:
    """The target rows that count in the scope."""
    counted = [row.id for rows in _counted(s, scope).values() for row in rows]
    return (
        select(Target.id, Target.start, Target.end, Seller.name.label("seller"), Target.value, Target.person)
        .outerjoin(Seller, Seller.id == Target.seller_id)
        .where(Target.id.in_(counted))
        .order_by(Target.start, Target.id)
    )


def reached_rows(s: Session, scope: Scope) -> Question:
    """The documents in the days of the targets that count."""
    pieces = [days for days, _ in revenue_pieces(s, scope)]
    whole = Period(min(days.start for days in pieces), max(days.end for days in pieces)) if pieces else scope.period
    return sales.NET.rows(s, scope.over(whole)).where(or_(literal(value=False), *(within(days, Sale.day) for days in pieces)))


def _actual(s: Session, scope: Scope) -> Number:
    return sum(day_totals(s, scope.over(days))["net"] for days, _ in revenue_pieces(s, scope))


AIMED = Part("target", N_("Targets"), target_rows, COLUMNS, lambda c: func.sum(c.value), revenue_target, Unit.MONEY)
REACHED = Part("reached", N_("Sales and returns"), reached_rows, sales.NET.columns, sales.NET.fold, _actual, Unit.MONEY)


def _needed(s: Session, scope: Scope, values: Values) -> str | None:
    needed = needed_per_day(s, scope) if values[0] else None
    return tr("{amount} a day needed from now on.", amount=Unit.MONEY.write(needed)) if needed else None


ATTAINMENT = Ratio(1, 0, why=N_("There is no target."), n=lambda s, scope, values: len(revenue_pieces(s, scope)) if values[0] else 0,
                   note=_needed)  # fmt: skip


def _pace(s: Session, scope: Scope, values: Values) -> Measured:
    pieces = revenue_pieces(s, scope)
    if not pieces or not values[0]:
        return Measured(None, why_null=tr("There is no target."))
    expected = sum(goal * elapsed_share(s, days, scope.as_of) for days, goal in pieces)
    if expected <= 0:
        return Measured(None, why_null=tr("No working day of the target is over yet."))
    return Measured((values[1] or 0) / expected, len(pieces))


KPIS = (
    Kpi("target_attainment", N_("Attainment of the sales target"),
        N_("How much of the target you reached; each person and the whole team."), Unit.SHARE, Better.HIGHER, (AIMED, REACHED),
        ATTAINMENT, N_("Net sales ÷ target"), TABLES, "target", short=N_("Attainment of target"), least=1, window="month",
        meaning=N_("The part of the sales target that was reached.")),
    Kpi("target_pace", N_("Pace towards the target"), N_("Going on like this, do you reach the target by the end of the month or not."),
        Unit.SHARE, Better.HIGHER, (AIMED, REACHED), _pace, N_("Net sales ÷ (target × share of working days that is over)"), TABLES,
        "target", least=1, window="month",
        meaning=N_("Sales so far against what an even pace towards the target asks; under 100% they are behind.")),
)  # fmt: skip
