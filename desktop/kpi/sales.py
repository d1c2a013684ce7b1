"""What was sold: revenue, profit, baskets, discounts, returns, growth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Float, case, cast, func, select
from sqlalchemy.orm import Session

from desktop.kpi import behind
from desktop.kpi.formula import Counted, Difference, Ratio, Sum, Value
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope, Values, added, number_of_rows, once
from desktop.kpi.totals import day_totals, total
from desktop.kpi.workdays import working_days
from desktop.store.tables import PriceIndex, Sale, SaleLine
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TABLES = frozenset({"sale", "sale_line", "sale_seller"})


def _documents(key: str, title: str, *kinds: str, of_customer: bool = False) -> Part:
    """A column of the day sums, and the documents that it is made of."""
    return Part(key, title, behind.documents(*kinds, of_customer=of_customer), added("total"), total(key), Unit.MONEY)


def _lines(key: str, title: str, *conditions: ColumnElement[bool], of: str = "total") -> Part:
    """The same of lines."""
    return Part(key, title, behind.lines(*conditions), added(of), total(key), Unit.MONEY)


NET = _documents("net", N_("Sales and returns"), "sale", "return", "lump")
SOLD = _documents("sold", N_("Sale invoices"), "sale")
ORDERS = replace(SOLD, key="orders", fold=number_of_rows, sums=total("orders"), unit=Unit.COUNT, says=N_("Number of invoices"))
LUMPS = _documents("lump", N_("Takings entered in one sum"), "lump")
NAMED_SOLD = _documents("named_sold", N_("Invoices of named customers"), "sale", of_customer=True)
GROSS = _lines("gross", N_("Lines sold"), SaleLine.quantity > 0, of="gross")
DISCOUNT = _lines("discount", N_("Discounted lines"), SaleLine.quantity > 0, SaleLine.discount != 0, of="discount")
RETURNED = replace(_lines("returned", N_("Lines given back"), SaleLine.quantity < 0), fold=lambda c: func.coalesce(-func.sum(c.total), 0))
COSTED = _lines("costed_net", N_("Lines with a known cost"), SaleLine.cost.is_not(None))
COST = replace(COSTED, key="cost", fold=added("cost"), sums=total("cost"), says=N_("Cost of these lines"))
UNITS = replace(
    GROSS, key="units", rows=behind.lines(SaleLine.quantity > 0, sales_only=True), sums=total("units"), unit=Unit.QUANTITY,
    fold=lambda c: func.coalesce(func.sum(case((c.measured == 1, 1000), else_=c.quantity)), 0),
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


def _against(other: Callable[[Scope], Scope]) -> Part:
    return replace(
        NET, key="net_before", title=N_("The period compared with"),
        rows=lambda s, scope: NET.rows(s, other(scope)), sums=lambda s, scope: day_totals(s, other(scope))["net"],
    )  # fmt: skip


def not_begun(_: Session, scope: Scope, __: Values) -> Measured | None:
    """The answer for days that are still to come."""
    return None if scope.days.days else Measured(None, why_null=tr("The period has not begun."), entry="")


GROWTH = Ratio(Difference(0, 1), 1, why=N_("There were no net sales in the period compared with."), n=counted("documents"),
               lacking=not_begun, entry="")  # fmt: skip


def _by_working_day(s: Session, scope: Scope) -> str | None:
    """Growth per working day, where the two periods do not have as many: a longer month is not a better one."""
    before = scope.before()
    days, days_before = working_days(s, scope.days), working_days(s, before.days)
    if days == days_before or not days or not days_before:
        return None
    now, then = NET.value(s, scope), NET.value(s, before)
    if now is None or not then or then <= 0:
        return None
    return tr("Per working day: {change}.", change=Unit.SHARE.write((now / days) / (then / days_before) - 1))


def inflation(s: Session, scope: Scope) -> float | None:
    """The 12-month change of the price index: of the mean of a quarter's or year's months, else at the period's last one.

    None while a month is missing.
    """
    months = [Period.month(scope.days.last if scope.days.days else scope.period.start, scope.calendar)]
    while scope.period.whole_months(scope.calendar) and months[-1].start > scope.days.start:
        months.append(Period.month(months[-1].start - dt.timedelta(days=1), scope.calendar))
    now = [month.start for month in months]
    then = [month.year_before(month.end, scope.calendar).start for month in months]
    known = dict(s.execute(select(PriceIndex.month, PriceIndex.value).where(PriceIndex.month.in_(now + then))).all())
    if not known.keys() >= {*now, *then}:
        return None
    return sum(known[month] for month in now) / sum(known[month] for month in then) - 1


def _real(s: Session, scope: Scope, values: Values) -> Measured:
    nominal = GROWTH(s, scope, values)
    if nominal.value is None:
        return nominal
    prices = inflation(s, scope)
    if prices is None:
        return Measured(None, nominal.n, why_null=tr("The price index is not entered."), entry="price_index")
    note = tr("Prices rose {prices} in a year.", prices=Unit.SHARE.write(prices))
    return Measured((1 + nominal.value) / (1 + prices) - 1, nominal.n, note=note)


def _growth_kpi(key: str, title: str, help_text: str, other: Callable[[Scope], Scope], text: str, short: str, **more: Any) -> Kpi:

    def chance(s: Session, scope: Scope, _: Number) -> float:
        base = day_totals(s, other(scope))["net"]
        return (_of_sum(s, scope, 0) + _of_sum(s, other(scope), 0)) / base**2 if base > 0 else 0.0

    more = {"formula": GROWTH, "tables": TABLES, "chance": chance, **more}
    return Kpi(
        key=key, title=title, help=help_text, unit=Unit.SHARE, better=Better.HIGHER, parts=(NET, _against(other)), formula_text=text,
        feeds="sale", short=short, window="month", zero=True, **more,
    )  # fmt: skip


KPIS = (
    Kpi("revenue", N_("Net sales (revenue)"),
        N_("All the money that sales brought, discounts and returns taken off, tax left out. It is not profit."),
        Unit.MONEY, Better.HIGHER, (NET, GROSS, DISCOUNT, RETURNED, LUMPS),
        Sum(0, (1, -2, -3, 4), n=counted("documents"), note=_revenue), N_("Sales at list price − discounts − returns"), TABLES, "sale",
        short=N_("Net sales"), least=1, chance=_of_sum,
        meaning=N_("What sales brought after discounts and returns, without tax. It is not the profit.")),
    Kpi("gross_profit", N_("Gross profit"), N_("What is left of your sales once the purchase price of the goods is paid."),
        Unit.MONEY, Better.HIGHER, (COSTED, COST), PROFIT, N_("Sales of costed lines − their cost"), TABLES, "product",
        least=1, secret="cost", chance=_of_profit,
        meaning=N_("What remains of sales after the purchase price of the goods sold.")),
    Kpi("gross_margin", N_("Gross margin"), N_("Of every 100 toman of sales, how many are profit of the goods themselves."),
        Unit.SHARE, Better.HIGHER, (COSTED, COST), MARGIN, N_("Gross profit ÷ net sales of costed lines"), TABLES,
        "product", secret="cost",
        meaning=N_("The part of sales that remains after the purchase price of the goods.")),
    Kpi("markup", N_("Profit on purchase price (markup)"),
        N_("How many percent you put on the purchase price; not the same as margin."),
        Unit.SHARE, Better.HIGHER, (COSTED, COST), replace(MARGIN, bottom=1, why=N_("The goods of this period cost nothing.")),
        N_("Gross profit ÷ cost of the goods"), TABLES, "product", short=N_("Markup"), secret="cost",
        meaning=N_("The profit as a part of the purchase price; it is always higher than the margin.")),
    Kpi("average_order_value", N_("Average order value (each invoice)"), N_("How much one invoice is worth on average."),
        Unit.MONEY, Better.HIGHER, (SOLD, ORDERS), Ratio(0, 1, why=N_("No sale invoice in this period.")),
        N_("Sum of sale invoices ÷ their number"), TABLES, "sale", short=N_("Average invoice"), window="month", aside=_median_order,
        chance=_of_mean,
        meaning=N_("The average amount of a sale invoice.")),
    _growth_kpi("sales_growth", N_("Monthly sales growth"), N_("How much this month's sales went up or down against the month before."),
                Scope.before, N_("(Net sales − those of the period before) ÷ those of the period before"), N_("Sales growth"),
                aside=_by_working_day,
                meaning=N_("The change of net sales against the period before.")),
    _growth_kpi("sales_growth_yoy", N_("Sales growth against last year"), N_("The same days a year earlier, compared with these."),
                Scope.year_before, N_("(Net sales − those of the same days last year) ÷ those of last year"),
                N_("Growth against last year"),
                meaning=N_("The change of net sales against the same days of last year.")),
    _growth_kpi("sales_growth_real", N_("Real growth (without inflation)"), N_("Leaving dearer prices aside: did you really sell more?"),
                Scope.year_before, N_("(1 + growth against last year) ÷ (1 + inflation of the year) − 1"), N_("Real growth"),
                formula=_real, tables=TABLES | {"price_index"},
                meaning=N_("The growth against last year once the rise in prices is taken off.")),
    Kpi("returns_rate", N_("Returns rate"), N_("Of every 100 toman of sales, how many were given back."), Unit.SHARE, Better.LOWER,
        (RETURNED, GROSS), Ratio(0, 1, why=N_("No sale in this period."), n=counted("orders")),
        N_("Value given back ÷ sales at list price"), TABLES, "sale", window="month",
        meaning=N_("The part of sales that was given back.")),
    Kpi("discount_rate", N_("Discount rate"), N_("How many percent of the list price you gave as discount."), Unit.SHARE, Better.LOWER,
        (DISCOUNT, GROSS), Ratio(0, 1, why=N_("No sale in this period."), n=counted("orders"), note=_discounts),
        N_("Discounts ÷ sales at list price"), TABLES, "sale", window="month",
        meaning=N_("The part of the list price that was given as discount.")),
    Kpi("units_per_transaction", N_("Goods in each invoice"), N_("How many pieces a customer takes each time."), Unit.COUNT,
        Better.HIGHER, (UNITS, ORDERS), Ratio(0, 1, per=1000, why=N_("No sale invoice in this period."), note=_lines_an_invoice),
        N_("Units of sale invoices ÷ their number"), TABLES, "sale", window="month",
        meaning=N_("The average number of pieces in an invoice.")),
    Kpi("orders", N_("Number of invoices"), N_("How many sale invoices were written."), Unit.COUNT, Better.HIGHER, (ORDERS,), Value(),
        N_("Number of sale invoices"), TABLES, "sale", least=1,
        meaning=N_("The number of sale invoices.")),
)  # fmt: skip
