"""Leads, and how many of them became customers; what the sellers did for it: calls, visits, messages."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import pipeline
from desktop.kpi.behind import dated, hers, in_days, named
from desktop.kpi.formula import Share, Value
from desktop.kpi.kpi import Kpi, Part, Question, Scope, Values, once
from desktop.kpi.totals import by_day
from desktop.store.tables import Activity, Deal, Lead, SumCustomer
from desktop.values.digits import ntr
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

COUNTED = ("open", "converted", "disqualified")  # not the void ones, duplicates and spam


@once
def converted(s: Session, day: dt.date) -> ColumnElement[bool]:
    """The lead's customer bought, or its deal was won, by ``day`` - even before the first contact."""
    bought = select(SumCustomer.customer_id).where(SumCustomer.customer_id == Lead.customer_id, SumCustomer.first_day <= day)
    return or_(bought.exists(), with_deal(pipeline.closed_by(s, day, "won")))


def with_deal(kind: ColumnElement[bool]) -> ColumnElement[bool]:
    """The lead, or its customer, has a deal of this kind."""
    hers = or_(Deal.lead_id == Lead.id, and_(Lead.customer_id.is_not(None), Deal.customer_id == Lead.customer_id))
    return select(Deal.id).where(kind, Deal.status == "final", hers).exists()


def lead_rows(_: Session, scope: Scope) -> Question:
    question = named(Lead, "day", "name", "source", "seller", "status").order_by(Lead.day, Lead.id)
    return question.where(Lead.status.in_(COUNTED), in_days(scope, Lead.day), hers(scope, Lead))


def leads(s: Session, scope: Scope) -> list[tuple[str, bool, bool]]:
    """The scope's leads that count: (status, converted, had bought before)."""
    rows = by_day(s, _leads(s, scope.leads_at or scope.as_of), scope.days)
    return [(status, bool(bought), bool(before)) for _, status, bought, before, seller in rows if scope.holds(seller)]


@once
def _leads(s: Session, day: dt.date) -> Question:
    earlier = select(SumCustomer.first_day).where(SumCustomer.customer_id == Lead.customer_id).scalar_subquery() < Lead.day
    flags = (case((one, 1), else_=0) for one in (converted(s, day), earlier))
    return select(Lead.day, Lead.status, *flags, Lead.seller_id).where(Lead.status.in_(COUNTED))


LEADS = Part("leads", N_("Leads of the period"), lead_rows, sums=lambda s, scope: len(leads(s, scope)))
CONVERTED = Part(
    "converted", N_("Leads that bought"), lambda s, scope: lead_rows(s, scope).where(converted(s, scope.leads_at or scope.as_of)),
    sums=lambda s, scope: sum(bought for _, bought, _ in leads(s, scope)),
)  # fmt: skip


def _who_they_are(s: Session, scope: Scope, _: Values) -> str | None:
    """How many are undecided yet, and how many had bought before they asked: these were easily won."""
    came = leads(s, scope)
    undecided, customers = sum(status == "open" and not bought for status, bought, _ in came), sum(before for *_, before in came)
    said = []
    if undecided:
        said.append(tr("{share} of these leads are still open.", share=Unit.SHARE.write(undecided / len(came))))
    if customers:
        said.append(ntr("{n} of these was a customer already.", "{n} of these were customers already.", customers))
    return " ".join(said) or None


def _by_day_of_conversion(s: Session, scope: Scope) -> str | None:
    """The second view: leads that bought within the period, whenever they came, against the leads that came in it."""
    came, before = len(leads(s, scope)), scope.period.start - dt.timedelta(days=1)
    if not came:
        return None
    question = select(func.count()).where(Lead.status.in_(COUNTED), hers(scope, Lead), converted(s, scope.now), ~converted(s, before))
    share = Unit.SHARE.write((s.scalar(question) or 0) / came)
    return tr("By the day they bought, whenever they came: {share}; this view can pass 100%.", share=share)


# What the sellers did


_DONE = (
    select(Activity.done, Activity.seller_id, func.count()).where(Activity.status == "final").group_by(Activity.done, Activity.seller_id)
)
_DUE = (
    select(Activity.due, Activity.seller_id, func.count(), func.sum(case((Activity.done <= Activity.due, 1), else_=0)))
    .where(Activity.status == "final")
    .group_by(Activity.due, Activity.seller_id)
)


def activity_rows(_: Session, scope: Scope) -> Question:
    return dated(scope, Activity, "done", "kind", "seller", "customer", "due", "note").where(hers(scope, Activity))


def _number_done(s: Session, scope: Scope) -> int:
    return sum(n for _, seller, n in by_day(s, _DONE, scope.days) if scope.holds(seller))


DONE = Part("activities", N_("Activities done"), activity_rows, sums=_number_done)


def _on_time(s: Session, scope: Scope, _: Values) -> str | None:
    rows = [row for row in by_day(s, _DUE, scope.days) if scope.holds(row[1])]
    due, timely = sum(row[2] for row in rows), sum(row[3] for row in rows)
    return tr("{share} of what was due was done on time.", share=Unit.SHARE.write(timely / due)) if due else None


KPIS = (
    Kpi("conversion_rate", N_("Conversion rate"), N_("Of every 100 leads, how many really became customers."),
        N_("The part of the leads that became customers."),
        (LEADS, CONVERTED), Share(1, 0, why=N_("No lead came in this period."), note=_who_they_are), "lead", window="month",
        aside=_by_day_of_conversion),
    Kpi("activities", N_("Activities of the sellers"), N_("Who did how much: calls, visits, messages."),
        N_("The calls, visits, messages and other work that the sellers did."),
        (DONE,), Value(note=_on_time), "activity", least=1),
)  # fmt: skip
