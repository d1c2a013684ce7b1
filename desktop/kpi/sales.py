"""What was sold: revenue, profit, baskets, discounts, returns, growth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Float, case, cast, func, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.formula import Counted, Difference, Ratio, Sum, Value
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Question, Scope, Values, once, one_each
from desktop.kpi.totals import day_totals, total, working_days
from desktop.store.tables import PriceIndex, Product, Sale, SaleLine
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit


def _documents(key: str, title: str, *conditions: ColumnElement[bool], says: str = "") -> Part:
    """A column of the day sums, and the documents that it is made of."""

    def rows(_: Session, scope: Scope) -> Question:
        shown = "day", "number", "customer", behind.sellers_of().label("seller"), "gross", "discount", "total", *behind.shared(scope)
        return behind.dated(scope, Sale, *shown).where(behind.of_seller(scope), *conditions)

    return Part(key, title, rows, itemgetter("total"), total(key), Unit.MONEY, says)


def _lines(key: str, title: str, says: str, *conditions: ColumnElement[bool], of: str = "total") -> Part:
    """The same of lines."""

    def rows(_: Session, scope: Scope) -> Question:
        known = Sale.status == "final", Sale.kind.in_(("sale", "return")), behind.in_days(scope, Sale.day), behind.of_seller(scope)
        return (
            select(
                SaleLine.id, Sale.day, Sale.number, Product.name.label("product"), SaleLine.quantity, SaleLine.gross,
                SaleLine.discount, SaleLine.total, behind.COST.label("cost"), SaleLine.measured, *behind.shared(scope, SaleLine.sale_id),
            )
            .join(Sale, Sale.id == SaleLine.sale_id)
            .outerjoin(Product, Product.id == SaleLine.product_id)
            .where(*known, *conditions)
            .order_by(Sale.day, SaleLine.id)
        )  # fmt: skip

    return Part(key, title, rows, itemgetter(of), total(key), Unit.MONEY, says)


_SALE, _NAMED, _SOLD = Sale.kind == "sale", Sale.customer_id.is_not(None), SaleLine.quantity > 0
NET = _documents("net", N_("Sales and returns"), says=N_("Net sales"))
SOLD = _documents("sold", N_("Sale invoices"), _SALE)
ORDERS = replace(SOLD, key="orders", counts=one_each, sums=total("orders"), unit=Unit.COUNT, says=N_("Number of invoices"))
LUMPS = _documents("lump", N_("Takings entered in one sum"), Sale.kind == "lump")
NAMED_SOLD = _documents("named_sold", N_("Invoices of named customers"), _SALE, _NAMED)
GROSS = _lines("gross", N_("Lines sold"), N_("Sales at list price"), _SOLD, of="gross")
DISCOUNT = _lines("discount", N_("Discounted lines"), N_("Discounts"), _SOLD, SaleLine.discount != 0, of="discount")
RETURNED = replace(_lines("returned", N_("Lines given back"), N_("Value given back"), SaleLine.quantity < 0), counts=lambda c: -c.total)
COSTED = _lines("costed_net", N_("Lines with a known cost"), N_("Net sales of costed lines"), SaleLine.cost.is_not(None))
COST = replace(COSTED, key="cost", counts=itemgetter("cost"), sums=total("cost"), says=N_("Cost of these lines"))
UNITS = replace(
    _lines("units", N_("Lines sold"), N_("Units of sale invoices"), _SOLD, _SALE), unit=Unit.QUANTITY,
    counts=lambda c: case((c.measured == 1, 1000), else_=c.quantity),
)  # fmt: skip


@once
def _squares(s: Session, days: Period, seller: int | None) -> tuple[int, float, float, float]:
    """Of the invoices of some days: number, sum, sum of squares; and that of squares with what was given back. A shared one is whole."""
    asked, total, sale = Scope(days, days.last, seller), cast(Sale.total, Float), Sale.kind == "sale"
    sums = (func.coalesce(func.sum(case((one, value), else_=0.0)), 0.0) for one, value in ((sale, total), (sale, total * total)))
    question = select(func.count().filter(sale), *sums, func.coalesce(func.sum(total * total), 0.0))
    known = Sale.status == "final", Sale.kind != "lump", behind.in_days(asked, Sale.day), behind.of_seller(asked)
    n, *found = s.execute(question.where(*known)).one()
    return n, *found


def _of_sum(s: Session, scope: Scope, _: Number) -> float:
    """How far chance moves what some days bring: each invoice may have come or not."""
    return _squares(s, scope.days, scope.seller)[3]


def _of_profit(s: Session, scope: Scope, value: Number) -> float:
    costed = day_totals(s, scope)["costed_net"]
    return _of_sum(s, scope, value) * (value / costed) ** 2 if costed > 0 else 0.0


def _of_mean(s: Session, scope: Scope, _: Number) -> float:
    return of_mean(*_squares(s, scope.days, scope.seller)[:3])


def of_mean(n: int, total: float, squares: float) -> float:
    """The variance of the mean of ``n`` amounts by their sum and the sum of their squares."""
    return max(0.0, squares - total * total / n) / (n * (n - 1)) if n > 1 else 0.0


def counted(name: str) -> Counted:
    """What stands behind a number: one column of the day sums."""
    return lambda s, scope, _: day_totals(s, scope)[name]


def _revenue(s: Session, scope: Scope, _: Values) -> str:
    totals = day_totals(s, scope)
    if not totals["documents"]:
        return tr("No sale in this period.")
    return tr("Gross {gross}, discounts {discount}, returns {returned}.", gross=Unit.MONEY.write(totals["gross"]),
              discount=Unit.MONEY.write(totals["discount"]), returned=Unit.MONEY.write(totals["returned"]))  # fmt: skip


def coverage(s: Session, scope: Scope) -> float | None:
    """The share of net value whose cost is known; None without net sales of lines."""
    totals = day_totals(s, scope)
    whole = totals["costed_net"] + totals["uncosted_net"]
    return totals["costed_net"] / whole if whole > 0 else None


def _covered(s: Session, scope: Scope, _: Values) -> str | None:
    share = coverage(s, scope)
    if share is None or share >= 1:
        return None
    return tr("Cost is known for {share} of sales.", share=Unit.SHARE.write(min(share, 0.999)))  # nearly all is not all


def _uncosted(s: Session, scope: Scope, _: Values) -> Measured | None:
    return None if day_totals(s, scope)["costed_lines"] else Measured(None, why_null=tr("No line of this period has a known cost."))


PROFIT = Difference(0, 1, n=counted("costed_lines"), note=_covered, lacking=_uncosted)
MARGIN = Ratio(PROFIT, 0, n=PROFIT.n, note=_covered, lacking=_uncosted, why=N_("Net sales of costed lines are not above zero."))


def _median_order(s: Session, scope: Scope) -> str | None:
    orders = SOLD.rows(s, scope).order_by(None).with_only_columns(Sale.total).subquery()
    median = s.scalar(select(func.median(orders.c.total)))
    return None if median is None else tr("Half of the invoices are below {amount}.", amount=Unit.MONEY.write(median))


def _discounts(s: Session, scope: Scope, _: Values) -> str | None:
    totals = day_totals(s, scope)
    if not totals["discounted_gross"] or not totals["orders"]:
        return None
    return tr("Depth {depth} of discounted lines; {reach} of invoices had a discount.",
              depth=Unit.SHARE.write(totals["discount"] / totals["discounted_gross"]),
              reach=Unit.SHARE.write(totals["discounted_orders"] / totals["orders"]))  # fmt: skip


def _lines_an_invoice(s: Session, scope: Scope, values: Values) -> str | None:
    lines, orders = day_totals(s, scope)["sale_lines"], values[1]
    return tr("{n} lines an invoice.", n=Unit.RATIO.number(lines / orders)) if orders else None


# Growth


def not_begun(_: Session, scope: Scope, __: Values) -> Measured | None:
    """The answer for days that are still to come."""
    return None if scope.days.days else Measured(None, why_null=tr("The period has not begun."), entry="")


GROWTH = Ratio(Difference(0, 1), 1, why=N_("There were no net sales in the period compared with."), n=counted("documents"),
               lacking=not_begun, entry="")  # fmt: skip


def _by_working_day(other: Callable[[Scope], Scope], s: Session, scope: Scope) -> str | None:
    """Growth per working day, where the two periods do not have as many: a longer month is not a better one."""
    before = other(scope)
    days, days_before = working_days(s, scope.days), working_days(s, before.days)
    if days == days_before or not days or not days_before:
        return None
    now, then = NET.value(s, scope), NET.value(s, before)
    if now is None or not then or then <= 0:
        return None
    return tr("Per working day: {change}.", change=Unit.SHARE.write((now / days) / (then / days_before) - 1))


@once
def _index(s: Session) -> dict[dt.date, int]:
    return dict(s.execute(select(PriceIndex.month, PriceIndex.value)).all())


def _index_months(scope: Scope, *, then: bool = False) -> list[dt.date]:
    """The months whose index says what prices were: a quarter's or year's, else the period's last one; ``then``: a year before."""
    months = [Period.month(scope.days.last if scope.days.days else scope.period.start, scope.calendar)]
    while scope.period.whole_months(scope.calendar) and months[-1].start > scope.days.start:
        months.append(Period.month(months[-1].start - dt.timedelta(days=1), scope.calendar))
    return [(month.year_before(month.end, scope.calendar) if then else month).start for month in months]


def _prices(key: str, title: str, *, then: bool = False) -> Part:
    def rows(_: Session, scope: Scope) -> Question:
        month = PriceIndex.month
        question = select(month.label("id"), month.label("start"), PriceIndex.value.label("index"))
        return question.where(month.in_(_index_months(scope, then=then))).order_by(month)

    def mean(s: Session, scope: Scope) -> float | None:
        known = [_index(s)[month] for month in _index_months(scope, then=then) if month in _index(s)]
        return sum(known) / len(known) if known else None

    return Part(key, title, rows, itemgetter("index"), mean, Unit.QUANTITY, fold=func.avg)


PRICES, PRICES_THEN = _prices("prices", N_("Price index")), _prices("prices_then", N_("Price index a year before"), then=True)


def inflation(s: Session, scope: Scope) -> float | None:
    """The 12-month change of the price index, None while a month is missing."""
    now, then = PRICES.value(s, scope), PRICES_THEN.value(s, scope)
    whole = _index(s).keys() >= {*_index_months(scope), *_index_months(scope, then=True)}
    return now / then - 1 if whole and now is not None and then else None


def _real(s: Session, scope: Scope, values: Values) -> Measured:
    nominal = GROWTH(s, scope, values)
    if nominal.value is None:
        return nominal
    prices = inflation(s, scope)
    if prices is None:
        return Measured(None, nominal.n, why_null=tr("The price index is not entered."), entry="price_index")
    note = tr("Prices rose {prices} in a year.", prices=Unit.SHARE.write(prices))
    return Measured((1 + nominal.value) / (1 + prices) - 1, nominal.n, note=note)


def _growth(
    key: str,
    title: str,
    help_text: str,
    meaning: str,
    other: Callable[[Scope], Scope],
    says: str,
    formula: Any = GROWTH,
    parts: tuple[Part, ...] = (),
    **more: Any,
) -> Kpi:
    """Net sales against those of another time; ``says`` names these in the formula."""
    before = replace(
        NET, key="net_before", title=N_("The period compared with"), says=says,
        rows=lambda s, scope: NET.rows(s, other(scope)), sums=lambda s, scope: day_totals(s, other(scope))["net"],
    )  # fmt: skip

    def chance(s: Session, scope: Scope, _: Number) -> float:
        base = day_totals(s, other(scope))["net"]
        return (_of_sum(s, scope, 0) + _of_sum(s, other(scope), 0)) / base**2 if base > 0 else 0.0

    return Kpi(
        key, title, help_text, meaning, (NET, before, *parts), formula, "sale", window="month", zero=True, chance=chance,
        **more,
    )  # fmt: skip


KPIS = (
    Kpi("revenue", N_("Net sales (revenue)"),
        N_("All the money that sales brought, discounts and returns taken off, tax left out. It is not profit."),
        N_("What sales brought after discounts and returns, without tax. It is not the profit."),
        (NET, GROSS, DISCOUNT, RETURNED, LUMPS), Sum(0, (1, -2, -3, 4), n=counted("documents"), note=_revenue), "sale",
        short=N_("Net sales"), least=1, chance=_of_sum),
    Kpi("gross_profit", N_("Gross profit"), N_("What is left of your sales once the purchase price of the goods is paid."),
        N_("What remains of sales after the purchase price of the goods sold."),
        (COSTED, COST), PROFIT, "product", least=1, secret="cost", chance=_of_profit),
    Kpi("gross_margin", N_("Gross margin"), N_("Of every 100 toman of sales, how many are profit of the goods themselves."),
        N_("The part of sales that remains after the purchase price of the goods."),
        (COSTED, COST), MARGIN, "product", secret="cost"),
    Kpi("markup", N_("Profit on purchase price (markup)"), N_("How many percent you put on the purchase price; not the same as margin."),
        N_("The profit as a part of the purchase price; it is always higher than the margin."),
        (COSTED, COST), replace(MARGIN, bottom=1, why=N_("The goods of this period cost nothing.")), "product", short=N_("Markup"),
        secret="cost"),
    Kpi("average_order_value", N_("Average order value (each invoice)"), N_("How much one invoice is worth on average."),
        N_("The average amount of a sale invoice."),
        (SOLD, ORDERS), Ratio(0, 1, why=N_("No sale invoice in this period.")), "sale", short=N_("Average invoice"), window="month",
        aside=_median_order, chance=_of_mean),
    _growth("sales_growth", N_("Monthly sales growth"), N_("How much sales went up or down against the time just before."),
        N_("The change of net sales against the period before."),
        Scope.before, N_("Those of the period before"), short=N_("Sales growth"),
        aside=partial(_by_working_day, Scope.before),
        spans={0: N_("Sales growth"), 3: N_("Quarterly sales growth"), 12: N_("Yearly sales growth")}),
    _growth("sales_growth_yoy", N_("Sales growth against last year"), N_("The same days a year earlier, compared with these."),
        N_("The change of net sales against the same days of last year."),
        Scope.year_before, N_("Those of the same days last year"), short=N_("Growth against last year"),
        aside=partial(_by_working_day, Scope.year_before)),
    _growth("sales_growth_real", N_("Real growth (without inflation)"), N_("Leaving dearer prices aside: did you really sell more?"),
        N_("The growth against last year once the rise in prices is taken off."),
        Scope.year_before, N_("Those of the same days last year"), _real, (PRICES, PRICES_THEN),
        tables=frozenset({"price_index"}), short=N_("Real growth"),
        said=N_("(1 + growth against last year) ÷ (1 + inflation of the year) − 1")),
    Kpi("returns_rate", N_("Returns rate"), N_("Of every 100 toman of sales, how many were given back."),
        N_("The part of sales that was given back."),
        (RETURNED, GROSS), Ratio(0, 1, why=N_("No sale in this period."), n=counted("orders")), "sale", better=Better.LOWER,
        window="month"),
    Kpi("discount_rate", N_("Discount rate"), N_("How many percent of the list price you gave as discount."),
        N_("The part of the list price that was given as discount."),
        (DISCOUNT, GROSS), Ratio(0, 1, why=N_("No sale in this period."), n=counted("orders"), note=_discounts), "sale",
        better=Better.LOWER, window="month"),
    Kpi("units_per_transaction", N_("Goods in each invoice"), N_("How many pieces a customer takes each time."),
        N_("The average number of pieces in an invoice."),
        (UNITS, ORDERS), Ratio(0, 1, per=1000, why=N_("No sale invoice in this period."), note=_lines_an_invoice), "sale",
        window="month"),
    Kpi("orders", N_("Number of invoices"), N_("How many sale invoices were written."),
        N_("The number of sale invoices."),
        (ORDERS,), Value(), "sale", least=1),
)  # fmt: skip
