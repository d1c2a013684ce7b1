"""What is being followed: leads that became customers, deals won, lost and open, how long they take, who was active."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Question, Scope
from desktop.kpi.ranges import proportion, ratio
from desktop.kpi.targets import revenue_target
from desktop.kpi.totals import by_day, day_totals, once
from desktop.store.sql import days_between
from desktop.store.tables import Activity, Customer, Deal, DealStage, Lead, Seller, Source, Stage, SumCustomer
from desktop.values.column import Column
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

DEAL_TABLES = frozenset({"deal", "deal_stage", "stage"})
LEAD_TABLES = frozenset({"lead", "deal", "sale", "customer"})
COUNTED_LEADS = ("open", "converted", "disqualified")
OWN_PROBABILITY_FROM = 20
Values = tuple[Number | None, ...]

LEAD_COLUMNS = (
    Column("day", N_("Day"), Unit.DAY),
    Column("name", N_("Name"), Unit.TEXT),
    Column("source", N_("Source"), Unit.TEXT),
    Column("seller", N_("Seller"), Unit.TEXT),
    Column("status", N_("Status"), Unit.CODE),
)
DEAL_COLUMNS = (
    Column("closed", N_("Closed"), Unit.DAY),
    Column("number", N_("Number"), Unit.CODE),
    Column("name", N_("Deal"), Unit.TEXT),
    Column("customer", N_("Customer"), Unit.TEXT),
    Column("seller", N_("Seller"), Unit.TEXT),
    Column("value", N_("Value"), Unit.MONEY),
    Column("reason", N_("Reason"), Unit.TEXT),
    Column("days", N_("Cycle"), Unit.DAYS),
)
OPEN_COLUMNS = (
    Column("opened", N_("Opened"), Unit.DAY),
    Column("number", N_("Number"), Unit.CODE),
    Column("name", N_("Deal"), Unit.TEXT),
    Column("customer", N_("Customer"), Unit.TEXT),
    Column("seller", N_("Seller"), Unit.TEXT),
    Column("stage", N_("Stage"), Unit.TEXT),
    Column("expected", N_("Expected"), Unit.DAY),
    Column("value", N_("Value"), Unit.MONEY),
    Column("probability", N_("Probability"), Unit.SHARE),
)
ACTIVITY_COLUMNS = (
    Column("done", N_("Done"), Unit.DAY),
    Column("kind", N_("Kind"), Unit.TEXT),
    Column("seller", N_("Seller"), Unit.TEXT),
    Column("customer", N_("Customer"), Unit.TEXT),
    Column("due", N_("Due"), Unit.DAY),
    Column("note", N_("Note"), Unit.TEXT),
)


def of_seller(scope: Scope, table: Any) -> ColumnElement[bool]:
    return literal(value=True) if scope.seller is None else table.seller_id == scope.seller


# Leads


def converted(scope: Scope) -> ColumnElement[bool]:
    """The lead's customer bought, or its deal was won, by the as-of day - even before the first contact."""
    bought = select(SumCustomer.customer_id).where(SumCustomer.customer_id == Lead.customer_id, SumCustomer.first_day <= scope.as_of)
    won = select(Deal.id).where(
        Deal.status == "final", Deal.outcome == "won", Deal.closed <= scope.as_of,
        or_(Deal.lead_id == Lead.id, and_(Lead.customer_id.is_not(None), Deal.customer_id == Lead.customer_id)),
    )  # fmt: skip
    return or_(bought.exists(), won.exists())


def lead_rows(*, only_converted: bool = False) -> Callable[[Session, Scope], Question]:
    """A part's ``rows``: leads of the period that count."""

    def asked(_: Session, scope: Scope) -> Question:
        question = (
            select(Lead.id, Lead.day, Lead.name, Source.name.label("source"), Seller.name.label("seller"), Lead.status)
            .outerjoin(Source, Source.id == Lead.source_id)
            .outerjoin(Seller, Seller.id == Lead.seller_id)
            .where(Lead.status.in_(COUNTED_LEADS), behind.in_days(scope, Lead.day), of_seller(scope, Lead))
            .order_by(Lead.day, Lead.id)
        )
        return question.where(converted(scope)) if only_converted else question

    return asked


def leads(s: Session, scope: Scope) -> list[tuple[str, bool]]:
    """The scope's leads that count: (status, converted)."""

    def ask(span: Period) -> Question:
        question = select(Lead.day, Lead.status, case((converted(scope), 1), else_=0), Lead.seller_id)
        return question.where(Lead.status.in_(COUNTED_LEADS), Lead.day >= span.start, Lead.day < span.end)

    rows = by_day(s, ("leads", scope.as_of), ask, scope.days)
    return [(status, bool(bought)) for _, status, bought, seller in rows if scope.seller in (None, seller)]


LEADS = Part(
    "leads", N_("Leads of the period"), lead_rows(), LEAD_COLUMNS, lambda c: func.count(c.id), lambda s, scope: len(leads(s, scope)),
)  # fmt: skip
CONVERTED = Part(
    "converted", N_("Leads that bought"), lead_rows(only_converted=True), LEAD_COLUMNS, lambda c: func.count(c.id),
    lambda s, scope: sum(bought for _, bought in leads(s, scope)),
)  # fmt: skip


def _conversion(s: Session, scope: Scope, values: Values) -> Measured:
    undecided = sum(status == "open" and not bought for status, bought in leads(s, scope))
    note = None
    if values[0] and undecided:
        note = tr("{share} of these leads are still open.", share=Unit.SHARE.write(undecided / values[0]))
    return proportion(values[1], values[0], tr("No lead came in this period."), note)


# Closed deals


def closed_rows(*outcomes: str, timed: bool = False) -> Callable[[Session, Scope], Question]:
    """A part's ``rows``: deals by their last close in the period; ``timed``: those whose cycle can be told."""
    cycle = days_between(Deal.closed, Deal.first_contact)

    def asked(_: Session, scope: Scope) -> Question:
        question = (
            select(
                Deal.id, Deal.closed, Deal.number, Deal.name, Customer.name.label("customer"), Seller.name.label("seller"),
                Deal.value, Deal.reason, cycle.label("days"), Deal.outcome,
            )
            .outerjoin(Customer, Customer.id == Deal.customer_id)
            .outerjoin(Seller, Seller.id == Deal.seller_id)
            .where(Deal.status == "final", Deal.outcome.in_(outcomes), behind.in_days(scope, Deal.closed), of_seller(scope, Deal))
            .order_by(Deal.closed, Deal.id)
        )  # fmt: skip
        return question.where(Deal.first_contact.is_not(None), Deal.first_contact <= Deal.closed) if timed else question

    return asked


def closed(s: Session, scope: Scope, *outcomes: str) -> list[tuple[int | None, int | None]]:
    """The scope's deals by their last close: (value, days from first contact), either of them unknown."""
    rows = by_day(s, "closed deals", _closed_deals, scope.days)
    return [(value, days) for _, outcome, value, days, seller in rows if outcome in outcomes and scope.seller in (None, seller)]


def _closed_deals(span: Period) -> Question:
    question = select(Deal.closed, Deal.outcome, Deal.value, days_between(Deal.closed, Deal.first_contact), Deal.seller_id)
    return question.where(Deal.status == "final", Deal.closed >= span.start, Deal.closed < span.end)


def cycles(s: Session, scope: Scope) -> list[int]:
    """Days from first contact to close of the deals won; those without a contact, or with one after the close, left out."""
    return [days for _, days in closed(s, scope, "won") if days is not None and days >= 0]


def _number_of(key: str, title: str, *outcomes: str) -> Part:
    return Part(
        key, title, closed_rows(*outcomes), DEAL_COLUMNS, lambda c: func.count(c.id), lambda s, scope: len(closed(s, scope, *outcomes)),
    )  # fmt: skip


def _value_of(key: str, title: str, outcome: str) -> Part:
    return Part(
        key, title, closed_rows(outcome), DEAL_COLUMNS, lambda c: func.coalesce(func.sum(c.value), 0),
        lambda s, scope: sum(value or 0 for value, _ in closed(s, scope, outcome)), Unit.MONEY,
    )  # fmt: skip


WON, WON_VALUE = _number_of("won", N_("Won deals"), "won"), _value_of("won_value", N_("Won deals"), "won")
LOST, LOST_VALUE = _number_of("lost", N_("Lost deals"), "lost"), _value_of("lost_value", N_("Lost deals"), "lost")
CLOSED = _number_of("closed", N_("Closed deals"), "won", "lost")
CYCLE = Part(
    "cycle", N_("Won deals with a first contact"), closed_rows("won", timed=True), DEAL_COLUMNS, lambda c: func.avg(c.days),
    lambda s, scope: sum(found) / len(found) if (found := cycles(s, scope)) else None, Unit.DAYS,
)  # fmt: skip
CYCLE_MEDIAN = replace(
    CYCLE, key="cycle_median", fold=lambda c: func.median(c.days),
    sums=lambda s, scope: median(found) if (found := cycles(s, scope)) else None,
)  # fmt: skip


def _number(s: Session, scope: Scope, values: Values) -> Measured:
    return Measured(values[0] or 0, int(values[0] or 0))


def _value(outcome: str) -> Callable[[Session, Scope, Values], Measured]:
    return lambda s, scope, values: _valued(values[0], [value for value, _ in closed(s, scope, outcome)])


def _valued(whole: Number | None, values: Sequence[int | None]) -> Measured:
    """A sum of deals' values, with a word about those that have none."""
    blank = sum(value is None for value in values)
    note = tr("{n} of them have no value and count as nothing.", n=Unit.COUNT.number(blank)) if blank else None
    return Measured(whole or 0, len(values), note=note)


def _win_rate(s: Session, scope: Scope, values: Values) -> Measured:
    note = tr("No lost deal was recorded.") if values[1] and values[0] == values[1] else None
    return proportion(values[0], values[1], tr("No deal was closed in this period."), note)


def _cycle(s: Session, scope: Scope, values: Values) -> Measured:
    n = len(cycles(s, scope))
    if values[0] is None:
        return Measured(None, 0, why_null=tr("No won deal with a first contact in this period."))
    wrong = len(closed(s, scope, "won")) - n
    note = tr("{n} won deals have no first contact, or one after the close.", n=Unit.COUNT.number(wrong)) if wrong else None
    return Measured(values[0], n, note=note)


def _velocity(s: Session, scope: Scope, values: Values) -> Measured:
    found = ratio(values[0], values[1], tr("Needs won deals that took at least a day."), n=len(cycles(s, scope)))
    return replace(found, note=tr("An index to compare months with, not income per day."))


# Open deals


def open_at(day: dt.date) -> ColumnElement[bool]:
    """The deal was open at the end of ``day``; one without an opening day since its first stage, else always."""
    first = select(func.min(DealStage.day)).where(DealStage.deal_id == Deal.id).scalar_subquery()
    return and_(
        Deal.status == "final",
        or_(func.coalesce(Deal.opened, first).is_(None), func.coalesce(Deal.opened, first) <= day),
        or_(Deal.closed.is_(None), Deal.closed > day),
    )


def stage_at(day: dt.date) -> Any:
    """The stage a deal stood in at the end of ``day``; one that only its present tells is believed."""
    latest = (
        select(DealStage.stage_id)
        .join(Stage, Stage.id == DealStage.stage_id)
        .where(DealStage.deal_id == Deal.id, Stage.outcome == "open", or_(DealStage.day.is_(None), DealStage.day <= day))
        .order_by(DealStage.day.desc(), DealStage.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, Deal.stage_id)


def probabilities(s: Session, day: dt.date) -> dict[int, float]:
    """Stage → chance to be won: its own record once twenty such deals are closed, else what was set."""
    return once(s, ("probabilities", day), lambda: _probabilities(s, day))


def _probabilities(s: Session, day: dt.date) -> dict[int, float]:
    been = select(DealStage.deal_id, DealStage.stage_id).distinct().subquery()
    record = s.execute(
        select(been.c.stage_id, func.count(), func.sum(case((Deal.outcome == "won", 1), else_=0)))
        .join(Deal, Deal.id == been.c.deal_id)
        .where(Deal.status == "final", Deal.closed <= day)
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
    chance = case(chances, value=stage, else_=0.2)
    return (
        select(
            Deal.id, Deal.opened, Deal.number, Deal.name, Customer.name.label("customer"), Seller.name.label("seller"),
            Stage.name.label("stage"), Deal.expected, Deal.value, chance.label("probability"),
        )
        .select_from(Deal)
        .join(Stage, Stage.id == stage)
        .outerjoin(Customer, Customer.id == Deal.customer_id)
        .outerjoin(Seller, Seller.id == Deal.seller_id)
        .where(open_at(scope.now), of_seller(scope, Deal))
        .order_by(Deal.expected, Deal.id)
    )  # fmt: skip


def due_rows(s: Session, scope: Scope) -> Question:
    """Open deals expected in the period; in a running one the overdue too."""
    question = open_rows(s, scope).where(Deal.expected < scope.period.end)
    return question if scope.period.running(scope.as_of) else question.where(Deal.expected >= scope.period.start)


def open_deals(s: Session, scope: Scope) -> list[tuple[int | None, float]]:
    """The deals open at the end of the scope: (value, chance)."""

    def ask() -> list[tuple[Any, ...]]:
        deal = open_rows(s, replace(scope, seller=None)).order_by(None).add_columns(Deal.seller_id.label("seller_id")).subquery()
        return [tuple(row) for row in s.execute(select(deal.c.value, deal.c.probability, deal.c.seller_id))]

    rows = once(s, ("open deals", scope.now), ask)
    return [(value, chance) for value, chance, seller in rows if scope.seller in (None, seller)]


OPEN = Part(
    "open", N_("Open deals"), open_rows, OPEN_COLUMNS, lambda c: func.coalesce(func.sum(c.value), 0),
    lambda s, scope: sum(value or 0 for value, _ in open_deals(s, scope)), Unit.MONEY,
)  # fmt: skip
FORECAST = replace(
    OPEN, key="forecast", fold=lambda c: func.coalesce(func.sum(c.value * c.probability), 0),
    sums=lambda s, scope: sum((value or 0) * chance for value, chance in open_deals(s, scope)),
)  # fmt: skip
DUE = replace(OPEN, key="due", title=N_("Open deals expected in the period"), rows=due_rows, sums=None)


def _snapshot(s: Session, scope: Scope, values: Values) -> Measured:
    return _valued(values[0], [value for value, _ in open_deals(s, scope)])


def _coverage(s: Session, scope: Scope, values: Values) -> Measured:
    target = revenue_target(s, scope)
    if target is None:
        return Measured(None, why_null=tr("There is no target."))
    return ratio(values[0], target - day_totals(s, scope)["net"], tr("The target is met."), n=DUE.count(s, scope))


# Activities


def activity_rows(_: Session, scope: Scope) -> Question:
    return (
        select(
            Activity.id, Activity.done, Activity.kind, Seller.name.label("seller"), Customer.name.label("customer"), Activity.due,
            Activity.note,
        )
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .where(Activity.status == "final", behind.in_days(scope, Activity.done), of_seller(scope, Activity))
        .order_by(Activity.done, Activity.id)
    )  # fmt: skip


def _done_activities(span: Period) -> Question:
    question = select(Activity.done, Activity.seller_id, func.count()).group_by(Activity.done, Activity.seller_id)
    return question.where(Activity.status == "final", Activity.done >= span.start, Activity.done < span.end)


def _due_activities(span: Period) -> Question:
    timely = func.sum(case((Activity.done <= Activity.due, 1), else_=0))
    question = select(Activity.due, Activity.seller_id, func.count(), timely).group_by(Activity.due, Activity.seller_id)
    return question.where(Activity.status == "final", Activity.due >= span.start, Activity.due < span.end)


def _number_done(s: Session, scope: Scope) -> int:
    rows = by_day(s, "activities done", _done_activities, scope.days)
    return sum(n for _, seller, n in rows if scope.seller in (None, seller))


DONE = Part("activities", N_("Activities done"), activity_rows, ACTIVITY_COLUMNS, lambda c: func.count(c.id), _number_done)


def _activities(s: Session, scope: Scope, values: Values) -> Measured:
    rows = [row for row in by_day(s, "activities due", _due_activities, scope.days) if scope.seller in (None, row[1])]
    due, timely = sum(row[2] for row in rows), sum(row[3] for row in rows)
    note = tr("{share} of what was due was done on time.", share=Unit.SHARE.write(timely / due)) if due else None
    return Measured(values[0] or 0, int(values[0] or 0), note=note)


_H, _L, _N = Better.HIGHER, Better.LOWER, Better.NEITHER

KPIS = (
    Kpi("conversion_rate", N_("Conversion rate"), N_("Of every 100 leads, how many really became customers."), Unit.SHARE, _H,
        (LEADS, CONVERTED), _conversion, N_("Leads of the period that bought ÷ leads of the period"), LEAD_TABLES, "lead",
        window="month", shape="{1} ÷ {0}"),
    Kpi("sales_cycle", N_("Average sales cycle"), N_("How many days pass from the first contact to the closing of a sale."), Unit.DAYS,
        _L, (CYCLE,), _cycle, N_("Mean of (day won − day of first contact) over the deals won"), DEAL_TABLES, "deal",
        window="month"),
    Kpi("sales_cycle_median", N_("Median sales cycle"), N_("Half of the won deals took fewer days than this."), Unit.DAYS, _L,
        (CYCLE_MEDIAN,), _cycle, N_("Median of (day won − day of first contact) over the deals won"), DEAL_TABLES, "deal",
        window="month"),
    Kpi("activities", N_("Activities of the sellers"), N_("Who did how much: calls, visits, messages."), Unit.COUNT, _H, (DONE,),
        _activities, N_("Number of activities done"), frozenset({"activity"}), "activity", least=1),
    Kpi("won_deals", N_("Won deals"), N_("How many deals came out well."), Unit.COUNT, _H, (WON,), _number,
        N_("Number of deals won, by day of close"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("won_value", N_("Value of won deals"), N_("How much the won deals are worth."), Unit.MONEY, _H, (WON_VALUE,), _value("won"),
        N_("Sum of the values of deals won"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("lost_deals", N_("Lost deals"), N_("How many came to nothing, and why."), Unit.COUNT, _L, (LOST,), _number,
        N_("Number of deals lost, by day of close"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("lost_value", N_("Value of lost deals"), N_("How much the lost deals were worth."), Unit.MONEY, _L, (LOST_VALUE,),
        _value("lost"), N_("Sum of the values of deals lost"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("win_rate", N_("Win rate of deals"), N_("Of the deals that were decided, what percent came out well."), Unit.SHARE, _H,
        (WON, CLOSED), _win_rate, N_("Deals won ÷ deals closed"), DEAL_TABLES, "deal", window="month", shape="{0} ÷ {1}"),
    Kpi("pipeline_value", N_("Value of open deals"), N_("How much money lies in the open deals now."), Unit.MONEY, _H, (OPEN,),
        _snapshot, N_("Sum of the values of open deals"), DEAL_TABLES, "deal", least=1),
    Kpi("weighted_forecast", N_("Sales forecast (by probability)"), N_("Counting each deal's chance, how much is on its way."),
        Unit.MONEY, _H, (FORECAST,), _snapshot, N_("Sum of value × chance of the stage over the open deals"), DEAL_TABLES, "deal",
        short=N_("Forecast"), least=1),
    Kpi("sales_velocity", N_("Sales velocity"), N_("How fast deals move on; to compare months, not income per day."),
        Unit.MONEY_PER_DAY, _H, (WON_VALUE, CYCLE_MEDIAN), _velocity, N_("Value of won deals ÷ median sales cycle"), DEAL_TABLES,
        "deal", window="month", shape="{0} ÷ {1}"),
    Kpi("pipeline_coverage", N_("Coverage of the target"),
        N_("The open deals of this period are how many times what is missing to the target."), Unit.RATIO, _H, (DUE,), _coverage,
        N_("Open deals expected in the period ÷ (target − net sales)"),
        DEAL_TABLES | {"target", "sale"}, "target", least=1, window="month"),
)  # fmt: skip
