"""What is being followed: leads that became customers, deals won, lost and open, how long they take, who was active."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope
from desktop.kpi.ranges import proportion, ratio
from desktop.kpi.targets import revenue_target
from desktop.kpi.totals import day_totals, once
from desktop.store.sql import days_between
from desktop.store.tables import Activity, Customer, Deal, DealStage, Lead, Seller, Source, Stage, SumCustomer
from desktop.values.column import Column
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


def _mine(scope: Scope, table: Any) -> ColumnElement[bool]:
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


def lead_rows(*, only_converted: bool = False) -> Callable[[Session, Scope], Select[Any]]:
    """A part's ``rows``: leads of the period that count."""

    def asked(_: Session, scope: Scope) -> Select[Any]:
        question = (
            select(Lead.id, Lead.day, Lead.name, Source.name.label("source"), Seller.name.label("seller"), Lead.status)
            .outerjoin(Source, Source.id == Lead.source_id)
            .outerjoin(Seller, Seller.id == Lead.seller_id)
            .where(Lead.status.in_(COUNTED_LEADS), behind.in_days(scope, Lead.day), _mine(scope, Lead))
            .order_by(Lead.day, Lead.id)
        )
        return question.where(converted(scope)) if only_converted else question

    return asked


LEADS = Part("leads", N_("Leads of the period"), lead_rows(), LEAD_COLUMNS, lambda c: func.count(c.id))
CONVERTED = Part("converted", N_("Leads that bought"), lead_rows(only_converted=True), LEAD_COLUMNS, lambda c: func.count(c.id))


def _conversion(s: Session, scope: Scope, values: Values) -> Measured:
    undecided = s.scalar(
        select(func.count()).where(Lead.status == "open", behind.in_days(scope, Lead.day), _mine(scope, Lead), ~converted(scope))
    )
    note = None
    if values[0] and undecided:
        note = tr("{share} of these leads are still open.", share=Unit.SHARE.write(undecided / values[0]))
    return proportion(values[1], values[0], tr("No lead came in this period."), note)


# Closed deals


def closed_rows(*outcomes: str, timed: bool = False) -> Callable[[Session, Scope], Select[Any]]:
    """A part's ``rows``: deals by their last close in the period; ``timed``: those whose cycle can be told."""
    cycle = days_between(Deal.closed, Deal.first_contact)

    def asked(_: Session, scope: Scope) -> Select[Any]:
        question = (
            select(
                Deal.id, Deal.closed, Deal.number, Deal.name, Customer.name.label("customer"), Seller.name.label("seller"),
                Deal.value, Deal.reason, cycle.label("days"), Deal.outcome,
            )
            .outerjoin(Customer, Customer.id == Deal.customer_id)
            .outerjoin(Seller, Seller.id == Deal.seller_id)
            .where(Deal.status == "final", Deal.outcome.in_(outcomes), behind.in_days(scope, Deal.closed), _mine(scope, Deal))
            .order_by(Deal.closed, Deal.id)
        )  # fmt: skip
        return question.where(Deal.first_contact.is_not(None), Deal.first_contact <= Deal.closed) if timed else question

    return asked


def _closed(key: str, title: str, outcomes: tuple[str, ...], fold: Callable[[Any], ColumnElement[Any]], *, timed: bool = False) -> Part:
    return Part(key, title, closed_rows(*outcomes, timed=timed), DEAL_COLUMNS, fold)


WON = _closed("won", N_("Won deals"), ("won",), lambda c: func.count(c.id))
WON_VALUE = _closed("won_value", N_("Won deals"), ("won",), lambda c: func.coalesce(func.sum(c.value), 0))
LOST = _closed("lost", N_("Lost deals"), ("lost",), lambda c: func.count(c.id))
LOST_VALUE = _closed("lost_value", N_("Lost deals"), ("lost",), lambda c: func.coalesce(func.sum(c.value), 0))
CLOSED = _closed("closed", N_("Closed deals"), ("won", "lost"), lambda c: func.count(c.id))
CYCLE = _closed("cycle", N_("Won deals with a first contact"), ("won",), lambda c: func.avg(c.days), timed=True)
CYCLE_MEDIAN = replace(CYCLE, key="cycle_median", fold=lambda c: func.median(c.days))


def _number(s: Session, scope: Scope, values: Values) -> Measured:
    return Measured(values[0] or 0, int(values[0] or 0))


def _value(part: Part) -> Callable[[Session, Scope, Values], Measured]:
    def formula(s: Session, scope: Scope, values: Values) -> Measured:
        found = part.rows(s, scope).subquery()
        n, blank = s.execute(select(func.count(), func.count().filter(found.c.value.is_(None))).select_from(found)).one()
        note = tr("{n} of them have no value and count as nothing.", n=Unit.COUNT.number(blank)) if blank else None
        return Measured(values[0] or 0, n, note=note)

    return formula


def _win_rate(s: Session, scope: Scope, values: Values) -> Measured:
    note = tr("No lost deal was recorded.") if values[1] and values[0] == values[1] else None
    return proportion(values[0], values[1], tr("No deal was closed in this period."), note)


def _cycle(s: Session, scope: Scope, values: Values) -> Measured:
    n = CYCLE.count(s, scope)
    if values[0] is None:
        return Measured(None, 0, why_null=tr("No won deal with a first contact in this period."))
    wrong = WON.count(s, scope) - n
    note = tr("{n} won deals have no first contact, or one after the close.", n=Unit.COUNT.number(wrong)) if wrong else None
    return Measured(values[0], n, note=note)


def _velocity(s: Session, scope: Scope, values: Values) -> Measured:
    found = ratio(values[0], values[1], tr("Needs won deals that took at least a day."), n=CYCLE.count(s, scope))
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


def open_rows(s: Session, scope: Scope) -> Select[Any]:
    """A part's ``rows``: deals open at the end of the scope, with their stage's chance (a share of 10,000)."""
    stage = stage_at(scope.now)
    chances = probabilities(s, scope.now)
    chance = case({key: value for key, value in chances.items()}, value=stage, else_=0.2)
    return (
        select(
            Deal.id, Deal.opened, Deal.number, Deal.name, Customer.name.label("customer"), Seller.name.label("seller"),
            Stage.name.label("stage"), Deal.expected, Deal.value, chance.label("probability"),
        )
        .select_from(Deal)
        .join(Stage, Stage.id == stage)
        .outerjoin(Customer, Customer.id == Deal.customer_id)
        .outerjoin(Seller, Seller.id == Deal.seller_id)
        .where(open_at(scope.now), _mine(scope, Deal))
        .order_by(Deal.expected, Deal.id)
    )  # fmt: skip


def due_rows(s: Session, scope: Scope) -> Select[Any]:
    """Open deals expected in the period; in a running one the overdue too."""
    question = open_rows(s, scope).where(Deal.expected < scope.period.end)
    return question if scope.period.running(scope.as_of) else question.where(Deal.expected >= scope.period.start)


OPEN = Part("open", N_("Open deals"), open_rows, OPEN_COLUMNS, lambda c: func.coalesce(func.sum(c.value), 0))
FORECAST = replace(OPEN, key="forecast", fold=lambda c: func.coalesce(func.sum(c.value * c.probability), 0))
DUE = replace(OPEN, key="due", title=N_("Open deals expected in the period"), rows=due_rows)


def _snapshot(s: Session, scope: Scope, values: Values) -> Measured:
    found = OPEN.rows(s, scope).subquery()
    n, blank = s.execute(select(func.count(), func.count().filter(found.c.value.is_(None))).select_from(found)).one()
    note = tr("{n} of them have no value and count as nothing.", n=Unit.COUNT.number(blank)) if blank else None
    return Measured(values[0] or 0, n, note=note)


def _coverage(s: Session, scope: Scope, values: Values) -> Measured:
    target = revenue_target(s, scope)
    if target is None:
        return Measured(None, why_null=tr("There is no target."))
    return ratio(values[0], target - day_totals(s, scope)["net"], tr("The target is met."), n=DUE.count(s, scope))


# Activities


def activity_rows(_: Session, scope: Scope) -> Select[Any]:
    return (
        select(
            Activity.id, Activity.done, Activity.kind, Seller.name.label("seller"), Customer.name.label("customer"), Activity.due,
            Activity.note,
        )
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .where(Activity.status == "final", behind.in_days(scope, Activity.done), _mine(scope, Activity))
        .order_by(Activity.done, Activity.id)
    )  # fmt: skip


DONE = Part("activities", N_("Activities done"), activity_rows, ACTIVITY_COLUMNS, lambda c: func.count(c.id))


def _activities(s: Session, scope: Scope, values: Values) -> Measured:
    due, timely = s.execute(
        select(func.count(), func.coalesce(func.sum(case((Activity.done <= Activity.due, 1), else_=0)), 0)).where(
            Activity.status == "final", behind.in_days(scope, Activity.due), _mine(scope, Activity)
        )
    ).one()
    note = tr("{share} of what was due was done on time.", share=Unit.SHARE.write(timely / due)) if due else None
    return Measured(values[0] or 0, int(values[0] or 0), note=note)


_H, _L, _N = Better.HIGHER, Better.LOWER, Better.NEITHER

KPIS = (
    Kpi("conversion_rate", N_("Conversion rate"), N_("Of every 100 leads, how many really became customers."), Unit.SHARE, _H,
        (LEADS, CONVERTED), _conversion, N_("Leads of the period that bought ÷ leads of the period"), LEAD_TABLES, "lead",
        window="month"),
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
    Kpi("won_value", N_("Value of won deals"), N_("How much the won deals are worth."), Unit.MONEY, _H, (WON_VALUE,), _value(WON),
        N_("Sum of the values of deals won"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("lost_deals", N_("Lost deals"), N_("How many came to nothing, and why."), Unit.COUNT, _L, (LOST,), _number,
        N_("Number of deals lost, by day of close"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("lost_value", N_("Value of lost deals"), N_("How much the lost deals were worth."), Unit.MONEY, _L, (LOST_VALUE,),
        _value(LOST), N_("Sum of the values of deals lost"), DEAL_TABLES, "deal", least=1, window="month"),
    Kpi("win_rate", N_("Win rate of deals"), N_("Of the deals that were decided, what percent came out well."), Unit.SHARE, _H,
        (WON, CLOSED), _win_rate, N_("Deals won ÷ deals closed"), DEAL_TABLES, "deal", window="month"),
    Kpi("pipeline_value", N_("Value of open deals"), N_("How much money lies in the open deals now."), Unit.MONEY, _H, (OPEN,),
        _snapshot, N_("Sum of the values of open deals"), DEAL_TABLES, "deal", least=1),
    Kpi("weighted_forecast", N_("Sales forecast (by probability)"), N_("Counting each deal's chance, how much is on its way."),
        Unit.MONEY, _H, (FORECAST,), _snapshot, N_("Sum of value × chance of the stage over the open deals"), DEAL_TABLES, "deal",
        short=N_("Forecast"), least=1),
    Kpi("sales_velocity", N_("Sales velocity"), N_("How fast deals move on; to compare months, not income per day."),
        Unit.MONEY_PER_DAY, _H, (WON_VALUE, CYCLE_MEDIAN), _velocity, N_("Value of won deals ÷ median sales cycle"), DEAL_TABLES,
        "deal", window="month"),
    Kpi("pipeline_coverage", N_("Coverage of the target"), N_("The open deals of this period are how many times what is missing to the target."),
        Unit.RATIO, _H, (DUE,), _coverage, N_("Open deals expected in the period ÷ (target − net sales)"),
        DEAL_TABLES | {"target", "sale"}, "target", least=1, window="month"),
)  # fmt: skip
