"""The rows behind the numbers: documents, lines and customers as every drill-down and export shows them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, Subquery, and_, case, cast, func, literal, select

from desktop.kpi.kpi import Number, Question, Scope
from desktop.store.tables import Campaign, Customer, Sale, SaleLine, SaleSeller, Seller, Source, SumCustomer, SumDayCustomer
from desktop.values.period import Period
from desktop.values.rounding import WHOLE, split
from desktop.values.text import N_
from desktop.values.unit import Column, Unit

# by the label that a question gives it: what a drill-down shows; what has no column here is there to be folded
COLUMNS = {
    "deal": Column("name", N_("Deal"), Unit.TEXT),
    "goal": Column("value", N_("Target"), Unit.MONEY),
    "purchases": Column("total", N_("Purchases"), Unit.MONEY),
} | {
    column.key: column
    for column in (
        Column("amount", N_("Amount"), Unit.MONEY, "cost"),
        Column("campaign", N_("Campaign"), Unit.TEXT),
        Column("closed", N_("Closed"), Unit.DAY),
        Column("cost", N_("Cost of goods"), Unit.MONEY, "cost"),
        Column("customer", N_("Customer"), Unit.TEXT),
        Column("day", N_("Day"), Unit.DAY),
        Column("days", N_("Cycle"), Unit.DAYS),
        Column("discount", N_("Discount"), Unit.MONEY),
        Column("done", N_("Done"), Unit.DAY),
        Column("due", N_("Due"), Unit.DAY),
        Column("end", N_("Until before"), Unit.DAY),
        Column("expected", N_("Expected"), Unit.DAY),
        Column("first_day", N_("First purchase"), Unit.DAY),
        Column("gross", N_("List price"), Unit.MONEY),
        Column("kind", N_("Kind"), Unit.TEXT),
        Column("last_day", N_("Last purchase"), Unit.DAY),
        Column("name", N_("Name"), Unit.TEXT),
        Column("note", N_("Note"), Unit.TEXT),
        Column("number", N_("Number"), Unit.CODE),
        Column("opened", N_("Opened"), Unit.DAY),
        Column("orders", N_("Invoices"), Unit.COUNT),
        Column("person", N_("Answerable"), Unit.TEXT),
        Column("probability", N_("Probability"), Unit.SHARE),
        Column("product", N_("Product"), Unit.TEXT),
        Column("profit", N_("Gross profit"), Unit.MONEY, "cost"),
        Column("quantity", N_("Quantity"), Unit.QUANTITY),
        Column("reason", N_("Reason"), Unit.TEXT),
        Column("score", N_("Score"), Unit.COUNT),
        Column("seller", N_("Seller"), Unit.TEXT),
        Column("source", N_("Source"), Unit.TEXT),
        Column("stage", N_("Stage"), Unit.TEXT),
        Column("start", N_("From"), Unit.DAY),
        Column("status", N_("Status"), Unit.CODE),
        Column("total", N_("Net amount"), Unit.MONEY),
        Column("value", N_("Value"), Unit.MONEY),
    )
}

# of a line: goods that came back damaged do not bring their cost back; one without cost stays without
COST = case((and_(SaleLine.damaged == 1, SaleLine.quantity < 0, SaleLine.cost.is_not(None)), 0), else_=SaleLine.cost)

_NAMED: dict[str, Any] = {"campaign": Campaign, "customer": Customer, "seller": Seller, "source": Source}


def within(days: Period, column: Any) -> ColumnElement[bool]:
    """``column`` is one of the days."""
    return and_(column >= days.start, column < days.end)


def in_days(scope: Scope, column: Any) -> ColumnElement[bool]:
    """``column`` lies in the part of the period that has happened."""
    return within(scope.days, column)


def of_seller(scope: Scope, document: Any = Sale.id) -> ColumnElement[bool]:
    """The document is the asked seller's, wholly or in part; 0 asks for those of nobody, None for all."""
    if scope.seller is None:
        return literal(value=True)
    whose = select(SaleSeller.sale_id).where(SaleSeller.sale_id == document)
    return ~whose.exists() if scope.seller == 0 else whose.where(SaleSeller.seller_id == scope.seller).exists()


def shared(scope: Scope, document: Any = Sale.id, whose: ColumnElement[bool] | None = None) -> tuple[Any, ...]:
    """The columns by which `her_part` shares out what a row counts: of the asked seller, else of those ``whose`` part it is."""
    if whose is None:
        if not scope.seller:
            return ()
        whose = SaleSeller.seller_id == scope.seller
    parts = SaleSeller.seller_id, SaleSeller.share, case((whose, 1), else_=0)
    seller, share, asked = (cast(part, String) for part in parts)
    each = func.aggregate_strings(seller + ":" + share + ":" + asked, ",")
    return select(each).where(SaleSeller.sale_id == document).scalar_subquery().label("shares"), document.label("document")


def her_part(counted: Number, before: Number, shares: str, *, money: bool) -> Number:
    """Of what a row counts, as the day sums have it: money of the whole document, so after the rows ``before``; counts exactly."""
    parts = sorted(tuple(map(int, part.split(":"))) for part in shares.split(","))
    if not money:
        return counted * sum(share for _, share, asked in parts if asked) / WHOLE

    def hers(amount: Number) -> int:
        each = split(int(amount), [share for _, share, _ in parts])
        return sum(amount for amount, (_, _, asked) in zip(each, parts, strict=True) if asked)

    return hers(before + counted) - hers(before)


def hers(scope: Scope, table: Any) -> ColumnElement[bool]:
    """The lead, deal or activity is the asked seller's; 0 asks for those of nobody, None for all."""
    if scope.seller is None:
        return literal(value=True)
    found: ColumnElement[bool] = table.seller_id == scope.seller if scope.seller else table.seller_id.is_(None)
    return found


def sellers_of(document: Any = Sale.id) -> Any:
    """The names of a document's sellers, as one text."""
    return (
        select(func.aggregate_strings(Seller.name, "، "))
        .join(SaleSeller, SaleSeller.seller_id == Seller.id)
        .where(SaleSeller.sale_id == document)
        .scalar_subquery()
    )


def named(table: Any, *shown: str | ColumnElement[Any]) -> Question:
    """Rows of ``table`` with these columns; "seller", "customer" ... stand for the name of the one that a row belongs to."""

    def column(one: str | ColumnElement[Any]) -> Any:
        if not isinstance(one, str):
            return one
        return _NAMED[one].name.label(one) if one in _NAMED else getattr(table, one)

    question = select(table.id, *map(column, shown)).select_from(table)
    for one in (one for one in shown if isinstance(one, str) and one in _NAMED):
        question = question.outerjoin(_NAMED[one], _NAMED[one].id == getattr(table, f"{one}_id"))
    return question


def dated(scope: Scope, table: Any, day: str, *shown: str | ColumnElement[Any]) -> Question:
    """`named` of the final rows whose ``day`` the scope holds, by that day."""
    on = getattr(table, day)
    return named(table, day, *shown).where(table.status == "final", in_days(scope, on)).order_by(on, table.id)


def customers(each: Subquery) -> Question:
    """Customers with all that ``each`` says of them by ``customer_id``."""
    known = [column for column in each.c if column.key != "customer_id"]
    return select(Customer.id, Customer.name.label("customer"), *known).join(each, each.c.customer_id == Customer.id)


def buyer_rows(scope: Scope, *, least: int = 1) -> Question:
    """Named customers with at least ``least`` sale documents in the period."""
    each = (
        select(
            Sale.customer_id, func.min(Sale.day).label("first_day"), func.max(Sale.day).label("last_day"),
            func.count().label("orders"), func.sum(Sale.total).label("purchases"),
        )
        .where(Sale.status == "final", Sale.kind == "sale", Sale.customer_id.is_not(None), in_days(scope, Sale.day), of_seller(scope))
        .group_by(Sale.customer_id)
        .having(func.count() >= least)
        .subquery()
    )  # fmt: skip
    return customers(each).order_by(each.c.purchases.desc(), Customer.id)


def new_buyer_rows(scope: Scope) -> Question:
    """Buyers of the period whose first sale document ever is among those counted."""
    question = buyer_rows(scope)
    first = question.selected_columns.first_day
    return question.join(SumCustomer, SumCustomer.customer_id == Customer.id).where(SumCustomer.first_day == first)


def active_rows(days: Period, also: Period | None = None) -> Question:
    """Customers with a sale in the days, and in ``also`` too where it is given."""
    bought = SumDayCustomer.orders > 0
    each = (
        select(
            SumDayCustomer.customer_id, func.min(SumDayCustomer.day).label("first_day"),
            func.max(SumDayCustomer.day).label("last_day"), func.sum(SumDayCustomer.orders).label("orders"),
            func.sum(SumDayCustomer.sold).label("purchases"),
        )
        .where(within(days, SumDayCustomer.day), bought)
        .group_by(SumDayCustomer.customer_id)
        .subquery()
    )  # fmt: skip
    question = customers(each).order_by(each.c.last_day, Customer.id)
    if also is None:
        return question
    again = select(SumDayCustomer.customer_id).where(SumDayCustomer.customer_id == Customer.id, within(also, SumDayCustomer.day), bought)
    return question.where(again.exists())
