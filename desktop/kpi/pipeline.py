"""Deals: won, lost and open, what they are worth, how long they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.formula import Difference, Ratio, Share, Value
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Question, Scope, Values, once
from desktop.kpi.targets import AIMED, REACHED
from desktop.kpi.totals import by_day
from desktop.store.dialect import days_between
from desktop.store.tables import Day, Deal, DealStage, Stage
from desktop.values.digits import ntr
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

OWN_PROBABILITY_FROM, UNKNOWN_STAGE = 20, 0.2

_CLOSED = (
    select(Deal.closed, Deal.outcome, Deal.value, days_between(Deal.closed, Deal.first_contact), Deal.seller_id)
    .where(Deal.status == "final")
)  # fmt: skip


# Closed deals: by their last close, and of those opened again since, or closed once more, the one known on the scope's day


@once
def reopened(s: Session, day: dt.date) -> list[tuple[Any, ...]]:
    """(deal, and what `_CLOSED` says of it) of the deals that were closed at the end of ``day`` and were not left so."""
    known = or_(DealStage.day.is_(None), DealStage.day <= day)
    outcome, closed = _latest_stage(Stage.outcome, known), _latest_stage(DealStage.day, known)
    question = select(Deal.id, closed, outcome, Deal.value, days_between(closed, Deal.first_contact), Deal.seller_id)
    question = question.where(Deal.status == "final", or_(Deal.closed.is_(None), Deal.closed > day), outcome != "open")
    return [tuple(row) for row in s.execute(question.where(closed.is_not(None)))]


def closed_by(s: Session, day: dt.date, *outcomes: str) -> ColumnElement[bool]:
    """The deal was closed (with one of these outcomes) by the end of ``day``, as far as was known then."""
    wanted = outcomes or ("won", "lost")
    again = [deal for deal, _, outcome, *_ in reopened(s, day) if outcome in wanted]
    return and_(Deal.status == "final", or_(and_(Deal.outcome.in_(wanted), Deal.closed <= day), Deal.id.in_(again)))


def closed_rows(s: Session, scope: Scope, *outcomes: str, timed: bool | None = None) -> Question:
    """Deals by their last close in the period; ``timed``: only those whose cycle can be told, or cannot."""
    again = {deal: on for deal, on, outcome, *_ in reopened(s, scope.as_of) if outcome in outcomes and on in scope.days}
    on: Any = case({deal: literal(day, Day) for deal, day in again.items()}, value=Deal.id, else_=Deal.closed) if again else Deal.closed
    cycle, told = days_between(on, Deal.first_contact), func.coalesce(Deal.first_contact <= on, False)
    here = or_(and_(Deal.outcome.in_(outcomes), behind.in_days(scope, Deal.closed)), Deal.id.in_(again))
    shown = on.label("closed"), "number", Deal.name.label("deal"), "customer", "seller", "value", "reason", cycle.label("days")
    question = behind.named(Deal, *shown).where(Deal.status == "final", here, behind.hers(scope, Deal)).order_by(on, Deal.id)
    return question if timed is None else question.where(told if timed else ~told)


def closed(s: Session, scope: Scope, *outcomes: str) -> list[tuple[int | None, int | None]]:
    """The scope's deals by their last close: (value, days from first contact), either of them unknown."""
    rows = [*by_day(s, _CLOSED, scope.days), *(row for _, *row in reopened(s, scope.as_of) if row[0] in scope.days)]
    return [(value, days) for _, outcome, value, days, seller in rows if outcome in outcomes and scope.holds(seller)]


def cycles(s: Session, scope: Scope) -> list[int]:
    """Days from first contact to close of the deals won; those without a contact, or with one after the close, left out."""
    return [days for _, days in closed(s, scope, "won") if days is not None and days >= 0]


def _number_of(key: str, title: str, *outcomes: str) -> Part:
    return Part(
        key, title, lambda s, scope: closed_rows(s, scope, *outcomes), sums=lambda s, scope: len(closed(s, scope, *outcomes))
    )  # fmt: skip


def _value_of(key: str, outcome: str, title: str, says: str) -> Part:
    return Part(
        key, title, lambda s, scope: closed_rows(s, scope, outcome), itemgetter("value"),
        lambda s, scope: sum(value or 0 for value, _ in closed(s, scope, outcome)), Unit.MONEY, says,
    )  # fmt: skip


WON, LOST = _number_of("won", N_("Won deals"), "won"), _number_of("lost", N_("Lost deals"), "lost")
WON_VALUE = _value_of("won_value", "won", N_("Won deals"), N_("Value of won deals"))
LOST_VALUE = _value_of("lost_value", "lost", N_("Lost deals"), N_("Value of lost deals"))
CLOSED = _number_of("closed", N_("Closed deals"), "won", "lost")
CYCLE = Part(
    "cycle", N_("Won deals with a first contact"), lambda s, scope: closed_rows(s, scope, "won", timed=True), itemgetter("days"),
    lambda s, scope: sum(found) / len(found) if (found := cycles(s, scope)) else None, Unit.DAYS, fold=func.avg,
)  # fmt: skip
CYCLE_MEDIAN = replace(
    CYCLE, key="cycle_median", says=N_("Median sales cycle"), fold=func.median,
    sums=lambda s, scope: median(found) if (found := cycles(s, scope)) else None,
)  # fmt: skip
WRONG = Part(
    "wrong", N_("Won deals without a first contact, or with one after the close"),
    lambda s, scope: closed_rows(s, scope, "won", timed=False),
    sums=lambda s, scope: len(closed(s, scope, "won")) - len(cycles(s, scope)),
)  # fmt: skip


def _of_values(deals: Callable[[Session, Scope], Sequence[tuple[int | None, Any]]]) -> Callable[[Session, Scope, Number], float]:
    """How far chance moves a sum of deals' values: each may have come or not."""
    return lambda s, scope, _: sum(float(value or 0) ** 2 for value, _ in deals(s, scope))


def _none_lost(s: Session, scope: Scope, values: Values) -> Measured | None:
    if values[0] or not closed(s, scope, "won"):
        return None
    return Measured(0, note=tr("No deal was lost."), entry="")


def _valued(deals: Callable[[Session, Scope], Sequence[tuple[int | None, float | None]]]) -> Value:
    """A sum of deals' values, with a word about those that have none."""

    def note(s: Session, scope: Scope, _: Values) -> str | None:
        blank = sum(value is None for value, _ in deals(s, scope))
        said = ntr("{n} of them has no value and counts as nothing.", "{n} of them have no value and count as nothing.", blank)
        return said if blank else None

    return Value(n=lambda s, scope, _: len(deals(s, scope)), note=note)


def _all_won(_: Session, __: Scope, values: Values) -> str | None:
    return tr("No lost deal was recorded.") if values[1] and values[0] == values[1] else None


def _told(s: Session, scope: Scope, _: Values) -> int:
    return len(cycles(s, scope))


def wrong_cycles(n: int) -> str:
    """How many deals have no cycle that can be told."""
    return ntr(
        "{n} won deal has no first contact, or one after the close.", "{n} won deals have no first contact, or one after the close.", n
    )


def _wrong(_: Session, __: Scope, values: Values) -> str | None:
    cycle, wrong = values
    if cycle is None or not wrong:
        return None
    return wrong_cycles(int(wrong))


_CYCLE = Value(why=N_("No won deal with a first contact in this period."), n=_told, note=_wrong)


def _index(*_: object) -> str:
    return tr("An index to compare months with, not income per day.")


# Open deals


def open_at(day: dt.date) -> ColumnElement[bool]:
    """The deal was open at the end of ``day``; one without an opening day since its first stage, else always."""
    first = select(func.min(DealStage.day)).where(DealStage.deal_id == Deal.id).scalar_subquery()
    latest = _latest_stage(Stage.outcome, DealStage.day <= day)
    return and_(
        Deal.status == "final",
        or_(func.coalesce(Deal.opened, first).is_(None), func.coalesce(Deal.opened, first) <= day),
        or_(Deal.closed.is_(None), Deal.closed > day),
        func.coalesce(latest, "open") == "open",  # lost then, and reopened since
    )


def stage_at(day: dt.date) -> Any:
    """The stage a deal stood in at the end of ``day``: the present one of an open deal without a history; null: not known."""
    latest = _latest_stage(DealStage.stage_id, Stage.outcome == "open", or_(DealStage.day.is_(None), DealStage.day <= day))
    return func.coalesce(latest, case((Deal.outcome == "open", Deal.stage_id)))


def _latest_stage(what: Any, *conditions: ColumnElement[bool]) -> Any:
    return (
        select(what)
        .select_from(DealStage)
        .join(Stage, Stage.id == DealStage.stage_id)
        .where(DealStage.deal_id == Deal.id, *conditions)
        .order_by(DealStage.day.desc(), DealStage.id.desc())
        .limit(1)
        .correlate(Deal)
        .scalar_subquery()
    )


@once
def probabilities(s: Session, day: dt.date) -> dict[int, float]:
    """Stage → chance to be won: its own record once twenty such deals are closed, else what was set."""
    known = or_(DealStage.day.is_(None), DealStage.day <= day)
    been = select(DealStage.deal_id, DealStage.stage_id).where(known).distinct().subquery()
    again = [deal for deal, *_ in reopened(s, day)]
    record = s.execute(
        select(been.c.stage_id, func.count(), func.sum(case((closed_by(s, day, "won"), 1), else_=0)))
        .join(Deal, Deal.id == been.c.deal_id)
        .where(Deal.status == "final", or_(Deal.closed <= day, Deal.id.in_(again)))
        .group_by(been.c.stage_id)
    )
    own = {stage: won / closed for stage, closed, won in record if closed >= OWN_PROBABILITY_FROM}
    found = {}
    for stage, share, outcome in s.execute(select(Stage.id, Stage.probability, Stage.outcome)):
        found[stage] = own.get(stage, share / 10_000) if outcome == "open" else float(outcome == "won")
    return found


def open_rows(s: Session, scope: Scope) -> Question:
    """A part's ``rows``: deals open at the end of the scope, with their stage's chance (a share of 10,000)."""
    stage = stage_at(scope.now)
    chances = probabilities(s, scope.now)
    chance = case(chances, value=stage, else_=UNKNOWN_STAGE)
    question = behind.named(
        Deal, "opened", "number", Deal.name.label("deal"), "customer", "seller", Stage.name.label("stage"), "expected", "value",
        chance.label("probability"),
    )  # fmt: skip
    question = question.outerjoin(Stage, Stage.id == stage).where(open_at(scope.now), behind.hers(scope, Deal))
    return question.order_by(Deal.expected, Deal.id)


def due_rows(s: Session, scope: Scope) -> Question:
    """Open deals expected in the period; in a running one the overdue too."""
    question = open_rows(s, scope).where(Deal.expected < scope.period.end)
    return question if scope.as_of in scope.period else question.where(Deal.expected >= scope.period.start)


def open_deals(s: Session, scope: Scope) -> list[tuple[int | None, float]]:
    """The deals open at the end of the scope: (value, chance)."""
    return [(value, chance) for value, chance, seller in _open_deals(s, scope.now) if scope.holds(seller)]


@once
def _open_deals(s: Session, day: dt.date) -> list[tuple[Any, ...]]:
    deal = open_rows(s, Scope(Period.day(day), day)).order_by(None).add_columns(Deal.seller_id.label("seller_id")).subquery()
    return [tuple(row) for row in s.execute(select(deal.c.value, deal.c.probability, deal.c.seller_id))]


OPEN = Part(
    "open", N_("Open deals"), open_rows, itemgetter("value"),
    lambda s, scope: sum(value or 0 for value, _ in open_deals(s, scope)), Unit.MONEY, N_("Value of open deals"),
)  # fmt: skip
FORECAST = replace(
    OPEN, key="forecast", says="", counts=lambda c: c.value * c.probability,
    sums=lambda s, scope: sum((value or 0) * chance for value, chance in open_deals(s, scope)),
)  # fmt: skip
DUE = replace(OPEN, key="due", title=N_("Open deals expected in the period"), says="", rows=due_rows, sums=None)


def _no_target(_: Session, __: Scope, values: Values) -> Measured | None:
    return Measured(None, why_null=tr("There is no target.")) if values[1] is None else None


COVERAGE = Ratio(0, Difference(1, 2), why=N_("The target is met."), entry="", lacking=_no_target,
                 n=lambda s, scope, _: max(1, DUE.count(s, scope)))  # fmt: skip


_KPI = partial(Kpi, feeds="deal", window="month")
KPIS = (
    _KPI("sales_cycle", N_("Average sales cycle"), N_("How many days pass from the first contact to the closing of a sale."),
        N_("The average number of days from the first contact to a won deal."),
        (CYCLE, WRONG), _CYCLE, better=Better.LOWER, said=N_("Mean of (day won − day of first contact) over the deals won")),
    _KPI("sales_cycle_median", N_("Median sales cycle"), N_("Half of the won deals took fewer days than this."),
        N_("Half of the won deals took fewer days than this, half took more."),
        (CYCLE_MEDIAN, WRONG), _CYCLE, better=Better.LOWER,
        said=N_("Median of (day won − day of first contact) over the deals won")),
    _KPI("won_deals", N_("Won deals"), N_("How many deals came out well."),
        N_("The deals that ended in a sale."),
        (WON,), Value(), said=N_("Number of deals won, by day of close"), least=1),
    _KPI("won_value", N_("Value of won deals"), N_("How much the won deals are worth."),
        N_("The total value of the won deals."),
        (WON_VALUE,), _valued(lambda s, scope: closed(s, scope, "won")), least=1,
        chance=_of_values(lambda s, scope: closed(s, scope, "won"))),
    _KPI("lost_deals", N_("Lost deals"), N_("How many came to nothing, and why."),
        N_("The deals that came to nothing."),
        (LOST,), Value(lacking=_none_lost), better=Better.LOWER, said=N_("Number of deals lost, by day of close"), least=1),
    _KPI("lost_value", N_("Value of lost deals"), N_("How much the lost deals were worth."),
        N_("The total value of the lost deals."),
        (LOST_VALUE,), _valued(lambda s, scope: closed(s, scope, "lost")), better=Better.LOWER, least=1,
        chance=_of_values(lambda s, scope: closed(s, scope, "lost"))),
    _KPI("win_rate", N_("Win rate of deals"), N_("Of the deals that were decided, what percent came out well."),
        N_("The part of the closed deals that was won."),
        (WON, CLOSED), Share(0, 1, why=N_("No deal was closed in this period."), note=_all_won)),
    _KPI("pipeline_value", N_("Value of open deals"), N_("How much money lies in the open deals now."),
        N_("The total value of the deals that are still open."),
        (OPEN,), _valued(open_deals), least=1, window="day", chance=_of_values(open_deals)),
    _KPI("weighted_forecast", N_("Sales forecast (by probability)"), N_("Counting each deal's chance, how much is on its way."),
        N_("The value of the open deals, each counted by the chance of its stage."),
        (FORECAST,), _valued(open_deals), said=N_("Sum of value × chance of the stage over the open deals"), short=N_("Forecast"),
        least=1, window="day"),
    _KPI("sales_velocity", N_("Sales velocity"), N_("How fast deals move on; to compare months, not income per day."),
        N_("How fast deals turn into sales; for comparing months, not income a day."),
        (WON_VALUE, CYCLE_MEDIAN), Ratio(0, 1, why=N_("Needs won deals that took at least a day."), n=_told, note=_index)),
    _KPI("pipeline_coverage", N_("Coverage of the target"),
        N_("The open deals of this period are how many times what is missing to the target."),
        N_("How many times the open deals of the period cover what is missing to the target."),
        (DUE, AIMED, REACHED), COVERAGE, feeds="target", said=N_("Open deals expected in the period ÷ (target − net sales)"),
        tables=frozenset({"deal", "deal_stage", "stage"}), least=1),
)  # fmt: skip
