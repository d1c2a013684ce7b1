"""Who bought: buyers, new ones, those who come again, stay or leave."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from functools import partial
from statistics import quantiles

from sqlalchemy import ColumnElement, Float, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind, sales
from desktop.kpi.behind import within
from desktop.kpi.formula import Ratio, Share, Value
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope, Values, once
from desktop.kpi.totals import buyers, day_totals, first_day, kept_settings, new_buyers, setting
from desktop.store import Store, settings
from desktop.store.dialect import days_between
from desktop.store.sums import ACTIVE_DAYS_OF
from desktop.store.tables import ChangeRow, SumCustomer, SumDayCustomer
from desktop.values.digits import ntr
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

ACTIVE_DAYS, FEWEST_GAPS, SHORTEST, LONGEST = 90, 30, 30, 365

BUYERS = Part("buyers", N_("Customers who bought"), lambda _, scope: behind.buyer_rows(scope), sums=lambda s, scope: buyers(s, scope)[0])
REPEAT = replace(
    BUYERS, key="repeat", title=N_("Customers with two invoices or more"),
    rows=lambda _, scope: behind.buyer_rows(scope, least=2), sums=lambda s, scope: buyers(s, scope)[1],
)  # fmt: skip
NEW = replace(BUYERS, key="new", title=N_("New customers"), rows=lambda _, scope: behind.new_buyer_rows(scope), sums=new_buyers)


def active_days(s: Session, scope: Scope) -> int:
    """W: for how many days a customer counts as active, one for the fiscal year of the period's first day.

    The owner's own number; else the one `remember` kept; else worked out from the purchases before that year.
    """
    own = setting(s, "active_days")
    return int(own) if own else _of_year(s, Period.year(scope.year_of or scope.period.start, scope.calendar).start)


@once
def _of_year(s: Session, year: dt.date) -> int:
    kept = kept_settings(s).get(f"{ACTIVE_DAYS_OF}{year}")
    return int(kept) if kept else _percentile(_gaps(s, year))


def remember(store: Store, day: dt.date) -> None:
    """W of this fiscal year and of the two before it stands in the book, so that no dashboard works it out again.

    That looks at every purchase before the year, which takes a moment in a large book. `sums` drops what was kept whenever a day
    before the year moves, and whoever sells meanwhile does not wait: then it is not kept, and asked for again later.
    """
    with store.reading() as s:
        years = [Period.year(day, setting(s, "calendar")).start]
        for _ in range(2):
            years.append(Period.year(years[-1] - dt.timedelta(days=1), setting(s, "calendar")).start)
        missing = [] if setting(s, "active_days") else [year for year in years if f"{ACTIVE_DAYS_OF}{year}" not in kept_settings(s)]
        found, seen = {year: _of_year(s, year) for year in missing}, _newest(s)
    if found:
        with store.keeping() as door:
            if door and _newest(door) == seen:
                for year, days in found.items():
                    settings.store(door, f"{ACTIVE_DAYS_OF}{year}", str(days))


def _newest(s: Session) -> int | None:
    """The last change of the book: what was worked out before it is not kept after it."""
    found: int | None = s.scalar(select(func.max(ChangeRow.id)))
    return found


def _gaps(s: Session, before: dt.date) -> dict[int, int]:
    """How often each number of days lay between two purchase days of one customer, before a day."""
    day = SumDayCustomer.day
    earlier = func.lag(day).over(partition_by=SumDayCustomer.customer_id, order_by=day)
    gap = select(days_between(day, earlier).label("days")).where(day < before, SumDayCustomer.orders > 0).subquery()
    question = select(gap.c.days, func.count()).where(gap.c.days.is_not(None)).group_by(gap.c.days)
    return dict(s.execute(question).all())


def _percentile(gaps: dict[int, int]) -> int:
    """The 90th percentile of the gaps, linear between two, whole days, from 30 to 365; 90 if there are fewer than 30."""
    if sum(gaps.values()) < FEWEST_GAPS:
        return ACTIVE_DAYS
    days = quantiles(Counter(gaps).elements(), n=10, method="inclusive")[-1]
    return min(LONGEST, max(SHORTEST, int(days)))


def _spans(s: Session, scope: Scope) -> tuple[Period, Period]:
    """The days in which a customer must have bought to be active at the start, and at the end."""
    window = dt.timedelta(days=active_days(s, scope))
    start, end = scope.period.start, scope.days.end
    return Period(start - window, start), Period(end - window, end)


def _active(s: Session, scope: Scope) -> tuple[int, int]:
    """How many were active at the start, and how many of them at the end."""
    return _count_active(s, *_spans(s, scope))


@once
def _count_active(s: Session, at_start: Period, at_end: Period) -> tuple[int, int]:
    """Customer by customer: her first and last day mostly tell, and her other days lie together in an index."""
    each, visit = SumCustomer, SumDayCustomer

    def bought(days: Period) -> ColumnElement[bool]:
        visits = select(visit.customer_id).where(visit.customer_id == each.customer_id, within(days, visit.day), visit.orders > 0)
        return or_(within(days, each.first_day), within(days, each.last_day), visits.exists())

    known = and_(each.first_day < at_start.end, each.last_day >= at_start.start)
    active = select(case((bought(at_end), 1), else_=0).label("stayed")).where(known, bought(at_start)).subquery()
    row = s.execute(select(func.count(), func.sum(active.c.stayed)).select_from(active)).one()
    return int(row[0]), int(row[1] or 0)


ACTIVE = Part(
    "active", N_("Active at the start"), lambda s, scope: behind.active_rows(_spans(s, scope)[0]),
    sums=lambda s, scope: _active(s, scope)[0],
)  # fmt: skip
STAYED = replace(
    ACTIVE, key="stayed", title=N_("Of them, still active at the end"), says=N_("Still active at the end"),
    rows=lambda s, scope: behind.active_rows(*_spans(s, scope)),
    sums=lambda s, scope: _active(s, scope)[1],
)  # fmt: skip


def _window(s: Session, scope: Scope, _: Values) -> str:
    return tr("Active means: bought within {n} days.", n=Unit.COUNT.number(active_days(s, scope)))


def _too_young(s: Session, scope: Scope, values: Values) -> Measured | None:
    begun = first_day(s)
    if not scope.days.days or (begun is not None and begun <= _spans(s, scope)[0].start):
        return sales.not_begun(s, scope, values)
    why = tr("The book is younger than one round of buying; retention comes later.")
    return Measured(None, why_null=why, note=_window(s, scope, values), entry="")


def _quiet(s: Session, scope: Scope, values: Values) -> str:
    active, stayed = (int(value or 0) for value in values)
    return ntr("{n} customer went quiet.", "{n} customers went quiet.", active - stayed) if active else _window(s, scope, values)


KEPT = Share(1, 0, why=N_("No customer was active at the start of the period."), note=_window, lacking=_too_young)


def _named_share(s: Session, scope: Scope, _: Values) -> str | None:
    totals = day_totals(s, scope)
    if totals["sold"] <= 0:
        return None
    return tr("Named customers bought {share} of sales.", share=Unit.SHARE.write(totals["named_sold"] / totals["sold"]))


def _all_new(s: Session, scope: Scope, _: Values) -> str | None:
    begun = first_day(s)
    return tr("The book begins here, so everybody is new.") if begun is not None and begun in scope.period else None


def _of_each(s: Session, scope: Scope, _: Number) -> float:
    """How far chance moves what a customer buys on average."""
    total = cast(behind.buyer_rows(scope).order_by(None).subquery().c.purchases, Float)
    n, *sums = s.execute(select(func.count(), func.coalesce(func.sum(total), 0.0), func.coalesce(func.sum(total * total), 0.0))).one()
    return sales.of_mean(n, *sums)


NOBODY = N_("No named customer bought in this period.")


_KPI = partial(Kpi, feeds="customer")
KPIS = (
    _KPI("average_purchase_value", N_("Average purchase of each customer"),
        N_("How much each customer bought from you in this time, all together."),
        N_("The average total that a named customer bought for in the period."),
        (sales.NAMED_SOLD, BUYERS), Ratio(0, 1, why=NOBODY, note=_named_share), short=N_("Per customer"), window="month",
        chance=_of_each),
    _KPI("retention_rate", N_("Retention rate"), N_("What percent of your earlier customers still buy from you."),
        N_("The part of the active customers who are still active at the end of the period."),
        (ACTIVE, STAYED), KEPT, window="rhythm", per_seller=False),
    _KPI("churn_rate", N_("Churn rate"), N_("What percent of customers do not come to you any more."),
        N_("The part of the earlier customers who no longer buy."),
        (ACTIVE, STAYED), replace(KEPT, rest=True, note=_quiet), better=Better.LOWER, window="rhythm", per_seller=False),
    _KPI("repeat_rate", N_("Repeat purchase rate"), N_("What percent of customers bought more than once."),
        N_("The part of the customers of the period who bought more than once."),
        (REPEAT, BUYERS), Share(0, 1, why=NOBODY), window="month"),
    _KPI("customers", N_("Customers who bought"), N_("How many named customers bought at least once."),
        N_("The named customers who bought at least once."),
        (BUYERS,), Value(note=_named_share), said=N_("Number of different named customers with an invoice"), least=1),
    _KPI("new_customers", N_("New customers"), N_("How many bought from you for the first time."),
        N_("The customers whose first purchase lies in this period."),
        (NEW,), Value(note=_all_new), said=N_("Number of customers whose first invoice lies in the period"), least=1),
)  # fmt: skip
