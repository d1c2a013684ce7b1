"""What a customer is worth: so far, and over the next 12 months."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.campaigns import ADVERTISING
from desktop.kpi.customers import NEW
from desktop.kpi.kpi import Kpi, Measured, Part, Question, Scope, Values, once
from desktop.kpi.totals import setting
from desktop.store.dialect import days_between
from desktop.store.tables import Customer, Day, PriceIndex, Sale, SaleLine, SumDay, SumDayCustomer
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:  # numpy is not needed to start
    from desktop.kpi.clv import Prediction

FEWEST_CUSTOMERS, FEWEST_WEEKS, FEWEST_REPEATERS = 100, 26, 10


def known_rows(_: Session, scope: Scope) -> Question:
    """A part's ``rows``: every named customer with a sale by the day, with what she brought."""
    day = SumDayCustomer
    profit: ColumnElement[Any] = func.sum(day.costed_net - day.cost)
    each = (
        select(
            day.customer_id, func.min(day.day).filter(day.orders > 0).label("first_day"),
            func.max(day.day).filter(day.orders > 0).label("last_day"), func.sum(day.orders).label("orders"),
            func.sum(day.net).label("purchases"), profit.label("profit"), func.sum(day.costed_lines).label("costed"),
            func.sum(day.net - day.costed_net).label("uncosted"),
        )
        .where(day.day <= scope.now)
        .group_by(day.customer_id)
        .having(func.sum(day.orders) > 0)
        .subquery()
    )  # fmt: skip
    return behind.customers(each).order_by(each.c.profit.desc(), Customer.id)


KNOWN = Part("known", N_("Customers to date"), known_rows)
PROFIT = replace(KNOWN, key="profit", counts=itemgetter("profit"), unit=Unit.MONEY, says=N_("Gross profit of them"))
COSTED = replace(KNOWN, key="costed", counts=itemgetter("costed"), says=N_("Lines with a known cost"))


def _historic(s: Session, scope: Scope, values: Values) -> Measured:
    profit, n, costed = values
    if not n:
        return Measured(None, why_null=tr("No named customer has bought yet."))
    if not costed or profit is None:
        return Measured(None, int(n), why_null=tr("No line of a named customer has a cost."))
    left_out = s.scalar(select(func.sum(known_rows(s, scope).order_by(None).subquery().c.uncosted)))
    note = tr("{amount} of their purchases has no known cost and is left out.", amount=Unit.MONEY.write(left_out)) if left_out else None
    return Measured(profit / n, int(n), note=note)


def ahead(s: Session, scope: Scope) -> dict[int, float]:
    """What each customer will bring by the model; nothing where there is none."""
    found = prediction(s, scope.now)
    return {} if isinstance(found, str) else dict(zip(found[1], found[0].each.tolist(), strict=True))


@once
def prediction(s: Session, now: dt.date) -> tuple[Prediction, list[int]] | str:
    """The model's answer for a day and whom it is about, or the sentence why there is none.

    The same purchases are fitted once in the life of the program, whatever else the book changes meanwhile.
    """
    import numpy as np

    table = _purchases(s, now)
    if not table.size:
        return tr("No named customer has bought yet.")
    day = table[:, 1]
    first = np.flatnonzero(np.diff(table[:, 0], prepend=-1))
    today = now.toordinal()
    weeks = int(today - day.min()) // 7
    if len(first) < FEWEST_CUSTOMERS or weeks < FEWEST_WEEKS:
        return tr("Needs {least} named customers and {weeks} weeks of sales; so far there are {n} and {now}.",
                  least=Unit.COUNT.number(FEWEST_CUSTOMERS), weeks=Unit.COUNT.number(FEWEST_WEEKS), n=Unit.COUNT.number(len(first)),
                  now=Unit.COUNT.number(weeks))  # fmt: skip
    counts = np.diff(np.append(first, len(table)))
    x = counts - 1.0
    found = _repeat_margins(s, now, table, first, counts)
    if isinstance(found, str):
        return found
    if ((x > 0) & (found > 0)).sum() < FEWEST_REPEATERS:
        return tr("Too few customers have come again to see a pattern.")
    inputs = (x, (day[first + counts - 1] - day[first]) / 7, (today - day[first]) / 7, found)
    fitted = _fitted(tuple(column.tobytes() for column in inputs), float(setting(s, "discount_year")))
    return fitted, table[first, 0].astype(int).tolist()


@lru_cache(maxsize=8)  # the asked day and the one compared with, for a few periods: a fit takes about a second
def _fitted(columns: tuple[bytes, ...], discount: float) -> Prediction:
    import numpy as np

    from desktop.kpi import clv

    x, t_x, age, mean = (np.frombuffer(column, dtype=np.float64) for column in columns)
    return clv.predict(x, t_x, age, mean, yearly_discount=discount)


def _repeat_margins(s: Session, now: dt.date, table: Any, first: Any, counts: Any) -> Any:
    """What a repeat order of each customer brought on average (0 where there was none), or why that cannot be said.

    The margin of her orders; what of one is unknown takes the shop's.
    """
    import numpy as np

    _, _, sold, costed, cost = table.T
    if costed.sum() <= 0:
        return tr("No line of a named customer has a cost.")
    unknown = sold - costed
    if cost.sum() >= costed.sum():
        return tr("The goods were sold at a loss; there is no margin to foretell.")
    again = np.ones(len(table), dtype=bool)
    again[first] = False
    customer = np.repeat(np.arange(len(first)), counts)[again]
    gained = costed - cost + unknown * (_margin(s, now) if unknown.any() else 0)
    return np.bincount(customer, gained[again], minlength=len(first)) / np.maximum(counts - 1, 1)


def _margin(s: Session, now: dt.date) -> float:
    """The shop's margin of all its invoices to date: of the day sums without what was given back."""
    sold, cost = s.execute(select(func.sum(SumDay.costed_net), func.sum(SumDay.cost)).where(SumDay.day <= now)).one()
    question = select(func.coalesce(func.sum(SaleLine.total), 0), func.coalesce(func.sum(behind.COST), 0)).join(
        Sale, Sale.id == SaleLine.sale_id
    )
    known = Sale.status == "final", Sale.kind == "return", Sale.day <= now, SaleLine.cost.is_not(None)
    returned, its_cost = s.execute(question.where(*known)).one()
    return float(1 - (cost - its_cost) / (sold - returned)) if sold > returned else 0.0


def _purchases(s: Session, now: dt.date) -> Any:
    """Purchase days, shape ``(days, 5)``: customer, ordinal, sold, net of costed lines, their cost; by customer and day.

    All of it is before returns: what was given back on a day of purchase changes no purchase.
    With a price index in the money of its newest month, else of each day.
    """
    import numpy as np

    day = SumDayCustomer
    began = dt.date(2000, 1, 1)
    question = (
        select(day.customer_id, days_between(day.day, literal(began, Day)), day.sold, day.costed_net, day.cost)
        .where(day.day <= now, day.orders > 0)
        .order_by(day.customer_id, day.day)
    )
    table = np.array([tuple(row) for row in s.execute(question)], dtype=np.float64).reshape(-1, 5)
    table[:, 1] += began.toordinal()
    if bought := _beside_returns(s, now):
        for row in table:
            if (known := bought.get((int(row[0]), int(row[1])))) is not None:
                row[3:] = known
    index = s.execute(select(PriceIndex.month, PriceIndex.value).where(PriceIndex.month <= now).order_by(PriceIndex.month)).all()
    if index:  # a day before the first month known, or in a month left out, takes the nearest one's
        months, values = np.array([month.toordinal() for month, _ in index]), np.array([value for _, value in index], dtype=np.float64)
        at = np.maximum(np.searchsorted(months, table[:, 1], side="right") - 1, 0)
        table[:, 2:] *= (values[-1] / values[at])[:, None]
    return table


def _beside_returns(s: Session, now: dt.date) -> dict[tuple[int, int], tuple[int, int]]:
    """(customer, ordinal of a day on which she also gave back) → what her invoices' costed lines brought and cost."""
    day, costed = SumDayCustomer, SaleLine.cost.is_not(None)
    sums = func.sum(case((costed, SaleLine.total), else_=0)), func.sum(case((costed, behind.COST), else_=0))
    question = (
        select(Sale.customer_id, Sale.day, *sums)
        .select_from(day)
        .join(Sale, and_(Sale.customer_id == day.customer_id, Sale.day == day.day))
        .join(SaleLine, SaleLine.sale_id == Sale.id)
        .where(day.day <= now, day.orders > 0, day.net != day.sold, Sale.status == "final", Sale.kind == "sale")
        .group_by(Sale.customer_id, Sale.day)
    )
    return {(customer, when.toordinal()): (sold, cost) for customer, when, sold, cost in s.execute(question)}


def price_level(s: Session, scope: Scope) -> int | None:
    """The newest price index of the scope's last day: in its money the customers' worth is said."""
    return s.scalar(select(PriceIndex.value).where(PriceIndex.month <= scope.now).order_by(PriceIndex.month.desc()).limit(1))


def _worth(s: Session, scope: Scope) -> dict[int, float]:
    """What every new customer brings in a year by the model: all of them the same."""
    found = prediction(s, scope.now)
    if isinstance(found, str):
        return {}
    worth = (1 + found[0].newcomer_orders) * found[0].amount
    return dict.fromkeys(s.scalars(NEW.rows(s, scope)).all(), worth)


def _clv(s: Session, scope: Scope, _: Values) -> Measured:
    found, n = prediction(s, scope.now), int(KNOWN.value(s, scope) or 0)
    if isinstance(found, str):
        return Measured(None, n, why_null=found)
    model = found[0]
    note = tr("Between {low} and {high}.", low=Unit.MONEY.write(model.low), high=Unit.MONEY.write(model.high))
    money = tr("In today's money.") if price_level(s, scope) else tr("In the money of each day; inflation is not counted.")
    return Measured(model.mean, n, model.low, model.high, note=f"{note} {money}")


def _ltv_cac(s: Session, scope: Scope, values: Values) -> Measured:
    worth, advertising = values
    new = int(NEW.value(s, scope) or 0)
    found = prediction(s, scope.now)
    if isinstance(found, str):
        return Measured(None, new, why_null=found)
    if not new or not advertising or worth is None:
        return Measured(None, new, why_null=tr("Acquisition cost is not known for this period."))
    return Measured(worth / advertising, new)


AHEAD = replace(
    KNOWN, key="ahead", says=N_("What each is expected to bring"), unit=Unit.MONEY, each=ahead, fold=func.avg,
    sums=lambda s, scope: None if isinstance(found := prediction(s, scope.now), str) else found[0].mean,
)  # fmt: skip
WORTH = replace(
    NEW, key="worth", says=N_("12-month value of new customers"), unit=Unit.MONEY, each=_worth,
    sums=lambda s, scope: sum(_worth(s, scope).values()),
)  # fmt: skip


_KPI = partial(Kpi, window="year", secret="cost", per_seller=False, slow=True)
KPIS = (
    _KPI("clv_12m", N_("Customer lifetime value (CLV, next 12 months)"),
        N_("Buying as they do now, how much profit a customer will probably bring within a year."),
        N_("The profit that a customer is expected to bring in the next twelve months, at today's habits."),
        (AHEAD,), _clv, "sale", said=N_("Expected orders of the next 12 months × expected margin of an order"),
        tables=frozenset({"customer", "price_index"}), short=N_("Customer lifetime value"), least=FEWEST_CUSTOMERS,
        prices=price_level),
    _KPI("clv_historic", N_("Customer value to date"), N_("How much profit a customer has brought you so far."),
        N_("The average gross profit that a named customer has brought so far."),
        (PROFIT, KNOWN, COSTED), _historic, "sale", said=N_("Gross profit of named customers to date ÷ their number"),
        tables=frozenset({"customer", "price_index"})),
    _KPI("ltv_cac", N_("Customer value to acquisition cost"), N_("Each customer brings how many times what you spent to win them."),
        N_("How many times the cost of winning a customer comes back as profit within twelve months."),
        (WORTH, ADVERTISING), _ltv_cac, "cost", said=N_("12-month value of new customers ÷ advertising"),
        tables=frozenset({"price_index"}), short=N_("Value to cost of a customer"), window="month"),
)  # fmt: skip
