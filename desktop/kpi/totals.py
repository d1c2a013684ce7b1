"""What the day sums say of some days, asked once per snapshot however many KPIs want it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.kpi.kpi import Number, Scope
from desktop.store.tables import Sale, SaleSeller, SumCustomer, SumDay, SumDayCustomer
from desktop.values.period import Period

T = TypeVar("T")
COLUMNS = tuple(column for column in SumDay.__table__.columns if column.name not in ("day", "seller_id"))
COUNTS = frozenset("costed_lines units sale_lines orders discounted_orders returns documents named_orders".split())
WHOLE = 10_000


def once(s: Session, key: object, ask: Callable[[], T]) -> T:
    """``ask()``, or what it said before in this snapshot."""
    known: dict[object, Any] = s.info.setdefault("asked", {})
    if key not in known:
        known[key] = ask()
    found: T = known[key]
    return found


def day_totals(s: Session, scope: Scope) -> dict[str, Number]:
    """Every column of `SumDay` over the scope's days and seller; counts whole again (a shared one may be a fraction)."""
    days = scope.days
    return once(s, ("days", days, scope.seller), lambda: _day_totals(s, days, scope.seller))


def _day_totals(s: Session, days: Period, seller: int | None) -> dict[str, Number]:
    question = select(*(func.coalesce(func.sum(column), 0) for column in COLUMNS)).where(SumDay.day >= days.start, SumDay.day < days.end)
    if seller is not None:
        question = question.where(SumDay.seller_id == seller)
    row = s.execute(question).one()
    found: dict[str, Number] = {}
    for column, value in zip(COLUMNS, row, strict=True):
        if column.name in COUNTS:
            found[column.name] = value // WHOLE if value % WHOLE == 0 else value / WHOLE
        else:
            found[column.name] = value
    return found


def total(name: str) -> Callable[[Session, Scope], Number]:
    """A part's ``sums``: one column of `day_totals`."""
    return lambda s, scope: day_totals(s, scope)[name]


@dataclass(frozen=True)
class Buyers:
    """Distinct named customers with a sale document: all, with two or more, and for the first time ever."""

    buyers: int
    repeat: int
    new: int


def buyers(s: Session, scope: Scope) -> Buyers:
    """The named buyers of the scope's days; under a seller, of her documents."""
    days = scope.days
    return once(s, ("buyers", days, scope.seller), lambda: _buyers(s, days, scope.seller))


def _buyers(s: Session, days: Period, seller: int | None) -> Buyers:
    if seller is None:
        each = (
            select(func.sum(SumDayCustomer.orders).label("orders"))
            .where(SumDayCustomer.day >= days.start, SumDayCustomer.day < days.end, SumDayCustomer.orders > 0)
            .group_by(SumDayCustomer.customer_id)
        )
        new = select(func.count()).where(SumCustomer.first_day >= days.start, SumCustomer.first_day < days.end)
    else:
        each = (
            select(func.count().label("orders"))
            .select_from(Sale)
            .join(SaleSeller, SaleSeller.sale_id == Sale.id)
            .where(SaleSeller.seller_id == seller, *_sold_to_named(days))
            .group_by(Sale.customer_id)
        )
        new = (
            select(func.count(Sale.customer_id.distinct()))
            .join(SaleSeller, SaleSeller.sale_id == Sale.id)
            .join(SumCustomer, SumCustomer.customer_id == Sale.customer_id)
            .where(SaleSeller.seller_id == seller, SumCustomer.first_day == Sale.day, *_sold_to_named(days))
        )
    counted = each.subquery()
    row = s.execute(select(func.count(), func.coalesce(func.sum(case((counted.c.orders > 1, 1), else_=0)), 0)).select_from(counted)).one()
    return Buyers(row[0], int(row[1]), s.scalar(new) or 0)


def _sold_to_named(days: Period) -> tuple[Any, ...]:
    return (
        Sale.status == "final", Sale.kind == "sale", Sale.customer_id.is_not(None), Sale.day >= days.start, Sale.day < days.end,
    )  # fmt: skip


def first_day(s: Session) -> dt.date | None:
    """The day of the book's first document."""
    found: dt.date | None = once(s, "first day", lambda: s.scalar(select(func.min(SumDay.day))))
    return found
