"""Who bought: buyers, new ones, those who come again, stay or leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import floor

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from desktop.kpi import behind, sales
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope
from desktop.kpi.ranges import proportion, ratio
from desktop.kpi.totals import buyers, day_totals, first_day, once
from desktop.store import settings
from desktop.store.tables import SumDayCustomer
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TABLES = sales.TABLES | {"customer"}
Values = tuple[Number | None, ...]

ACTIVE_DAYS, FEWEST_GAPS, SHORTEST, LONGEST, PERCENTILE = 90, 30, 30, 365, 0.9

BUYERS = Part(
    "buyers", N_("Customers who bought"), behind.buyer_rows(), behind.BUYER_COLUMNS, lambda c: func.count(c.id),
    lambda s, scope: buyers(s, scope).buyers,
)  # fmt: skip
REPEAT = replace(
    BUYERS, key="repeat", title=N_("Customers with two invoices or more"), rows=behind.buyer_rows(least=2),
    sums=lambda s, scope: buyers(s, scope).repeat,
)  # fmt: skip
NEW = replace(BUYERS, key="new", title=N_("New customers"), rows=behind.new_buyer_rows, sums=lambda s, scope: buyers(s, scope).new)


def active_days(s: Session, scope: Scope) -> int:
    """W: for how many days a customer counts as active, frozen for the fiscal year of the period's first day.

    The owner's own number, else the 90th percentile of the gaps between the purchase days of each customer before that
    year began, from 30 to 365; with fewer than 30 gaps 90. It looks only at days before the year, so it needs no storing.
    """
    own = settings.get(s, "active_days")
    if own:
        return int(own)
    year = Period.year(scope.period.start, scope.calendar).start
    return once(s, ("active days", year), lambda: _rhythm(s, year))


def _rhythm(s: Session, before: dt.date) -> int:
    days = (
        select(SumDayCustomer.customer_id, SumDayCustomer.day)
        .where(SumDayCustomer.day < before, SumDayCustomer.orders > 0)
        .order_by(SumDayCustomer.customer_id, SumDayCustomer.day)
    )
    gaps: list[int] = []
    last_customer, last_day = None, before
    for customer, day in s.execute(days):
        if customer == last_customer:
            gaps.append((day - last_day).days)
        last_customer, last_day = customer, day
    if len(gaps) < FEWEST_GAPS:
        return ACTIVE_DAYS
    gaps.sort()
    at = (len(gaps) - 1) * PERCENTILE
    low = floor(at)
    high = min(low + 1, len(gaps) - 1)
    return round(min(LONGEST, max(SHORTEST, gaps[low] + (gaps[high] - gaps[low]) * (at - low))))


def _spans(s: Session, scope: Scope) -> tuple[tuple[dt.date, dt.date], tuple[dt.date, dt.date]]:
    """The days in which a customer must have bought to be active at the start, and at the end."""
    window = dt.timedelta(days=active_days(s, scope))
    start, end = scope.period.start, scope.days.end
    return (start - window, start), (end - window, end)


def _active(s: Session, scope: Scope) -> tuple[int, int]:
    """How many were active at the start, and how many of them at the end."""
    at_start, at_end = _spans(s, scope)
    return once(s, ("active", at_start, at_end), lambda: _count_active(s, at_start, at_end))


def _count_active(s: Session, at_start: tuple[dt.date, dt.date], at_end: tuple[dt.date, dt.date]) -> tuple[int, int]:
    day = SumDayCustomer.day
    each = (
        select(
            func.max(case((and_(day >= at_start[0], day < at_start[1]), 1), else_=0)).label("start"),
            func.max(case((and_(day >= at_end[0], day < at_end[1]), 1), else_=0)).label("end"),
        )
        .where(day >= at_start[0], day < at_end[1], SumDayCustomer.orders > 0)
        .group_by(SumDayCustomer.customer_id)
        .subquery()
    )
    row = s.execute(select(func.sum(each.c.start), func.sum(each.c.start * each.c.end))).one()
    return int(row[0] or 0), int(row[1] or 0)


ACTIVE = Part(
    "active", N_("Active at the start"), lambda s, scope: behind.active_rows(*_spans(s, scope)[0]), behind.BUYER_COLUMNS,
    lambda c: func.count(c.id), lambda s, scope: _active(s, scope)[0],
)  # fmt: skip
STAYED = Part(
    "stayed", N_("Of them, still active at the end"),
    lambda s, scope: behind.active_rows(*_spans(s, scope)[0], also=_spans(s, scope)[1]), behind.BUYER_COLUMNS,
    lambda c: func.count(c.id), lambda s, scope: _active(s, scope)[1],
)  # fmt: skip


def _kept(s: Session, scope: Scope, values: Values) -> Measured:
    (since, _), _ = _spans(s, scope)
    begun = first_day(s)
    window = tr("Active means: bought within {n} days.", n=Unit.COUNT.number(active_days(s, scope)))
    if begun is None or begun > since:
        return Measured(None, why_null=tr("The book is younger than one round of buying; retention comes later."), note=window)
    return proportion(values[1], values[0], tr("No customer was active at the start of the period."), window)


def _left(s: Session, scope: Scope, values: Values) -> Measured:
    kept = _kept(s, scope, values)
    if kept.value is None or kept.low is None or kept.high is None:
        return kept
    note = tr("{n} customers went quiet.", n=Unit.COUNT.number((values[0] or 0) - (values[1] or 0)))
    return replace(kept, value=1 - kept.value, low=1 - kept.high, high=1 - kept.low, note=note)


def _average_purchase(s: Session, scope: Scope, values: Values) -> Measured:
    return ratio(values[0], values[1], tr("No named customer bought in this period."), note=_named_share(s, scope))


def _named_share(s: Session, scope: Scope) -> str | None:
    totals = day_totals(s, scope)
    if totals["sold"] <= 0:
        return None
    return tr("Named customers bought {share} of sales.", share=Unit.SHARE.write(totals["named_sold"] / totals["sold"]))


def _count(s: Session, scope: Scope, values: Values) -> Measured:
    return Measured(values[0] or 0, int(values[0] or 0), note=_named_share(s, scope))


def _new(s: Session, scope: Scope, values: Values) -> Measured:
    begun = first_day(s)
    note = tr("The book begins here, so everybody is new.") if begun is not None and begun in scope.period else None
    return Measured(values[0] or 0, int(values[0] or 0), note=note)


def _repeat(s: Session, scope: Scope, values: Values) -> Measured:
    return proportion(values[0], values[1], tr("No named customer bought in this period."))


KPIS = (
    Kpi("average_purchase_value", N_("Average purchase of each customer"),
        N_("How much each customer bought from you in this time, all together."), Unit.MONEY, Better.HIGHER,
        (sales.NAMED_SOLD, BUYERS), _average_purchase, N_("Invoices of named customers ÷ number of these customers"), TABLES,
        "customer", short=N_("Each customer's purchases"), window="month"),
    Kpi("retention_rate", N_("Retention rate"), N_("What percent of your earlier customers still buy from you."), Unit.SHARE,
        Better.HIGHER, (ACTIVE, STAYED), _kept, N_("Active at the start and still at the end ÷ active at the start"), TABLES,
        "customer", window="quarter", per_seller=False),
    Kpi("churn_rate", N_("Churn rate"), N_("What percent of customers do not come to you any more."), Unit.SHARE, Better.LOWER,
        (ACTIVE, STAYED), _left, N_("1 − retention rate"), TABLES, "customer", window="quarter", per_seller=False),
    Kpi("repeat_rate", N_("Repeat purchase rate"), N_("What percent of customers bought more than once."), Unit.SHARE, Better.HIGHER,
        (REPEAT, BUYERS), _repeat, N_("Customers with two invoices or more ÷ customers who bought"), TABLES, "customer",
        window="month"),
    Kpi("customers", N_("Customers who bought"), N_("How many named customers bought at least once."), Unit.COUNT, Better.HIGHER,
        (BUYERS,), _count, N_("Number of different named customers with an invoice"), TABLES, "customer", least=1),
    Kpi("new_customers", N_("New customers"), N_("How many bought from you for the first time."), Unit.COUNT, Better.HIGHER, (NEW,),
        _new, N_("Number of customers whose first invoice lies in the period"), TABLES, "customer", least=1),
)  # fmt: skip
