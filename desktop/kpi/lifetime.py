"""What a customer is worth: so far, and over the next 12 months."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from desktop.kpi.campaigns import ADVERTISING
from desktop.kpi.customers import NEW
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope
from desktop.kpi.sales import TABLES as SALE_TABLES
from desktop.kpi.totals import once
from desktop.store import settings
from desktop.store.tables import Customer, PriceIndex, SumDayCustomer
from desktop.values.column import Column
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TABLES = SALE_TABLES | {"customer", "price_index"}
FEWEST_CUSTOMERS, FEWEST_WEEKS = 100, 26
Values = tuple[Number | None, ...]

COLUMNS = (
    Column("customer", N_("Customer"), Unit.TEXT),
    Column("first_day", N_("First purchase"), Unit.DAY),
    Column("last_day", N_("Last purchase"), Unit.DAY),
    Column("orders", N_("Invoices"), Unit.COUNT),
    Column("total", N_("Purchases"), Unit.MONEY),
    Column("profit", N_("Gross profit"), Unit.MONEY, "cost"),
)


def known_rows(_: Session, scope: Scope) -> Select[Any]:
    """A part's ``rows``: every named customer with a sale by the day, with what she brought."""
    day = SumDayCustomer
    profit: ColumnElement[Any] = func.sum(day.costed_net - day.cost)
    each = (
        select(
            day.customer_id, func.min(day.day).filter(day.orders > 0).label("first_day"),
            func.max(day.day).filter(day.orders > 0).label("last_day"), func.sum(day.orders).label("orders"),
            func.sum(day.net).label("total"), profit.label("profit"), func.sum(day.costed_lines).label("costed"),
        )
        .where(day.day <= scope.now)
        .group_by(day.customer_id)
        .having(func.sum(day.orders) > 0)
        .subquery()
    )  # fmt: skip
    return (
        select(Customer.id, Customer.name.label("customer"), each.c.first_day, each.c.last_day, each.c.orders, each.c.total,
               each.c.profit, each.c.costed)
        .join(each, each.c.customer_id == Customer.id)
        .order_by(each.c.profit.desc(), Customer.id)
    )  # fmt: skip


KNOWN = Part("known", N_("Customers to date"), known_rows, COLUMNS, lambda c: func.count(c.id))
PROFIT = Part("profit", N_("Customers to date"), known_rows, COLUMNS, lambda c: func.sum(c.profit))
COSTED = Part("costed", N_("Customers to date"), known_rows, COLUMNS, lambda c: func.coalesce(func.sum(c.costed), 0))


def _historic(s: Session, scope: Scope, values: Values) -> Measured:
    profit, n, costed = values
    if not n:
        return Measured(None, why_null=tr("No named customer has bought yet."))
    if not costed or profit is None:
        return Measured(None, int(n), why_null=tr("No line of a named customer has a cost."))
    return Measured(profit / n, int(n))


def prediction(s: Session, scope: Scope) -> Any:
    """The model's answer for the scope's last day (a `clv.Prediction`), or the sentence why there is none."""
    key = ("clv", scope.now)
    return once(s, key, lambda: _predict(s, scope))


def _predict(s: Session, scope: Scope) -> Any:
    import numpy as np

    from desktop.kpi import clv

    table = _purchases(s, scope)
    if len(table) == 0:
        return tr("No named customer has bought yet.")
    customer, ordinal, sold, margin, costed = table.T
    first = np.flatnonzero(np.diff(customer, prepend=-1))
    counts = np.diff(np.append(first, len(customer)))
    today = scope.now.toordinal()
    if len(first) < FEWEST_CUSTOMERS or today - ordinal.min() < FEWEST_WEEKS * 7:
        return tr("Needs {n} named customers and {weeks} weeks of sales.", n=Unit.COUNT.number(FEWEST_CUSTOMERS),
                  weeks=Unit.COUNT.number(FEWEST_WEEKS))  # fmt: skip
    x = counts - 1.0
    t_x = (ordinal[first + counts - 1] - ordinal[first]) / 7
    age = (today - ordinal[first]) / 7
    repeats = np.ones(len(customer), dtype=bool)
    repeats[first] = False
    by_customer = np.repeat(np.arange(len(first)), counts)

    def mean_of(values: Any) -> Any:
        total = np.bincount(by_customer[repeats], values[repeats], minlength=len(first))
        return total / np.maximum(x, 1)

    means = mean_of(margin)
    if costed[repeats].all() and (means[x > 0] > 0).all():
        share = 1.0
    else:  # a margin that is unknown or negative cannot be modelled: model what was sold, times the shop's margin
        known = costed > 0
        if not known.any() or sold[known].sum() <= 0:
            return tr("No line of a named customer has a cost.")
        share = float(margin[known].sum() / sold[known].sum())
        means = mean_of(sold)
    if ((x > 0) & (means > 0)).sum() < 10 or share <= 0:
        return tr("Too few customers have come again to see a pattern.")
    return clv.predict(x, t_x, age, means * share, yearly_discount=float(settings.get(s, "discount_year")))


def _purchases(s: Session, scope: Scope) -> Any:
    """Purchase days as an array of (customer, ordinal, sold, margin, costed lines), by customer and day."""
    import numpy as np

    day = SumDayCustomer
    question = (
        select(day.customer_id, day.day, day.sold, day.costed_net - day.cost, day.costed_lines)
        .where(day.day <= scope.now, day.orders > 0)
        .order_by(day.customer_id, day.day)
    )
    deflate = _deflator(s, scope)
    rows = [
        (customer, when.toordinal(), sold * deflate(when), margin * deflate(when), costed)
        for customer, when, sold, margin, costed in s.execute(question)
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, 5)


def _deflator(s: Session, scope: Scope) -> Any:
    """A day → what multiplies its rials into those of the scope's last month; 1 without a price index."""
    index = dict(s.execute(select(PriceIndex.month, PriceIndex.value).where(PriceIndex.month <= scope.now)).tuples().all())
    if not index:
        return lambda _: 1.0
    newest = index[max(index)]
    known: dict[dt.date, float] = {}

    def factor(day: dt.date) -> float:
        if day not in known:
            month = Period.month(day, scope.calendar).start
            known[day] = newest / index[month] if month in index else 1.0
        return known[day]

    return factor


def _money_kind(s: Session, scope: Scope) -> str:
    if s.scalar(select(PriceIndex.month).where(PriceIndex.month <= scope.now).limit(1)):
        return tr("In today's money.")
    return tr("In the money of each day; inflation is not counted.")


def _clv(s: Session, scope: Scope, values: Values) -> Measured:
    found = prediction(s, scope)
    if isinstance(found, str):
        return Measured(None, int(values[0] or 0), why_null=found)
    note = tr("Between {low} and {high}.", low=Unit.MONEY.write(found.low), high=Unit.MONEY.write(found.high))
    return Measured(found.mean, int(values[0] or 0), found.low, found.high, note=f"{note} {_money_kind(s, scope)}")


def _ltv_cac(s: Session, scope: Scope, values: Values) -> Measured:
    advertising, new = values
    found = prediction(s, scope)
    if isinstance(found, str):
        return Measured(None, int(new or 0), why_null=found)
    if not new or not advertising:
        return Measured(None, int(new or 0), why_null=tr("Acquisition cost is not known for this period."))
    worth = (1 + found.newcomer_orders) * found.amount
    return Measured(worth / (advertising / new), int(new))


KPIS = (
    Kpi("clv_12m", N_("Customer lifetime value (CLV, next 12 months)"),
        N_("Buying as they do now, how much profit a customer will probably bring within a year."), Unit.MONEY, Better.HIGHER,
        (KNOWN,), _clv, N_("Expected orders of the next 12 months × expected margin of an order"), TABLES, "sale",
        short=N_("Customer lifetime value"), least=FEWEST_CUSTOMERS, window="year", secret="cost", per_seller=False, slow=True),
    Kpi("clv_historic", N_("Customer value to date"), N_("How much profit a customer has brought you so far."), Unit.MONEY,
        Better.HIGHER, (PROFIT, KNOWN, COSTED), _historic, N_("Gross profit of named customers to date ÷ their number"), TABLES,
        "sale", window="year", secret="cost", per_seller=False, slow=True),
    Kpi("ltv_cac", N_("Customer value to acquisition cost"),
        N_("Each customer brings how many times what you spent to win them."), Unit.RATIO, Better.HIGHER, (ADVERTISING, NEW), _ltv_cac,
        N_("12-month value of a new customer ÷ acquisition cost"), TABLES | {"cost"}, "cost", short=N_("Value to cost of a customer"),
        window="month", secret="cost", per_seller=False, slow=True),
)  # fmt: skip
