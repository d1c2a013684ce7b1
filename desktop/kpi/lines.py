"""What stands in the lists behind the KPIs: a frozen value a line, what its columns are called, and who may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, TypeVar

from sqlalchemy.orm import Session

from desktop.kpi.answers import ALL, BY_KEY
from desktop.kpi.kpi import Number, shows
from desktop.values.column import Column
from desktop.values.period import Period
from desktop.values.text import N_
from desktop.values.unit import Unit


def _of(*keys: str) -> tuple[Column, ...]:
    """Columns that are KPIs of what stands in the line."""
    return tuple(Column(one.key, one.title, one.unit, one.secret) for one in map(BY_KEY.__getitem__, keys))


ID = Column("id", "", Unit.CODE)
NAME = Column("name", N_("Name"), Unit.TEXT)


@dataclass(frozen=True)
class Line:
    """``columns`` in the order of the fields; None in a secret one: not known, or not for this user."""

    columns: ClassVar[tuple[Column, ...]]

    def cells(self) -> tuple[Any, ...]:
        """A value for each column."""
        return tuple(getattr(self, one.name) for one in fields(self))


L = TypeVar("L", bound=Line)


def seen(s: Session, lines: Iterable[L]) -> tuple[L, ...]:
    """The lines as the session's user may see them."""
    found = tuple(lines)
    if not found or shows(s, "cost"):
        return found
    hidden: dict[str, Any] = {
        field.name: None for field, column in zip(fields(found[0]), found[0].columns, strict=True) if column.secret != "none"
    }
    return tuple(replace(line, **hidden) for line in found) if hidden else found


@dataclass(frozen=True)
class SellerNumbers(Line):
    """``id`` and ``name`` None: documents without a seller; ``numbers``: every KPI that is divided by seller."""

    id: int | None
    name: str | None
    numbers: Mapping[str, Number | None]
    kpis = tuple(one for one in ALL if one.per_seller and not one.slow)
    columns = (ID, NAME, *_of(*(one.key for one in kpis)))

    def cells(self) -> tuple[Any, ...]:
        return self.id, self.name, *self.numbers.values()


@dataclass(frozen=True)
class ProductLine(Line):
    """``id`` and ``name`` None: lines without a product; ``quantity`` in pieces (kg ...)."""

    id: int | None
    name: str | None
    code: str | None
    revenue: int
    gross_profit: int | None
    gross_margin: float | None
    quantity: float
    returns_rate: float | None
    columns = (ID, NAME, Column("code", N_("Code"), Unit.TEXT), *_of("revenue", "gross_profit", "gross_margin"),
               Column("quantity", N_("Quantity"), Unit.QUANTITY), *_of("returns_rate"))  # fmt: skip


@dataclass(frozen=True)
class CustomerLine(Line):
    """The period's purchases, and the customer's worth so far and ahead."""

    id: int
    name: str
    revenue: int
    orders: int
    first_day: dt.date | None
    last_day: dt.date | None
    orders_to_date: int
    revenue_to_date: int
    clv_historic: int | None
    clv_12m: float | None
    columns = (
        ID, NAME, *_of("revenue", "orders"), Column("first_day", N_("First purchase"), Unit.DAY),
        Column("last_day", N_("Last purchase"), Unit.DAY), Column("orders_to_date", N_("Invoices to date"), Unit.COUNT),
        Column("revenue_to_date", N_("Purchases to date"), Unit.MONEY), *_of("clv_historic", "clv_12m"),
    )  # fmt: skip


@dataclass(frozen=True)
class CampaignLine(Line):
    """A campaign with a cost or a sale in the period."""

    id: int
    name: str
    revenue: int
    gross_profit: int | None
    orders: int
    cost: int | None
    roas: float | None
    romi: float | None
    columns = (ID, NAME, *_of("revenue", "gross_profit", "orders"), Column("cost", N_("Cost"), Unit.MONEY, "cost"), *_of("roas", "romi"))


@dataclass(frozen=True)
class SourceLine(Line):
    """``id`` and ``name`` None: without a source."""

    id: int | None
    name: str | None
    leads: int
    conversion_rate: float | None
    revenue: int
    orders: int
    columns = (ID, NAME, Column("leads", N_("Leads"), Unit.COUNT), *_of("conversion_rate", "revenue", "orders"))


@dataclass(frozen=True)
class ReasonLine(Line):
    """Deals lost for one reason; a blank one is None."""

    reason: str | None
    n: int
    value: int
    columns = (Column("reason", N_("Reason"), Unit.TEXT), Column("n", N_("Deals"), Unit.COUNT), Column("value", N_("Value"), Unit.MONEY))


@dataclass(frozen=True)
class CohortLine(Line):
    """``active``: how many of the month's new customers bought in it and in each month since; not all of the last if it is partial."""

    month: Period
    size: int
    active: tuple[int, ...]
    partial_last: bool
    columns = tuple(Column(key, "", Unit.COUNT) for key in ("month", "size", "active", "partial_last"))


@dataclass(frozen=True)
class RfmLine(Line):
    """A customer's scores from 1 to 5, and the group that they make."""

    customer: str
    id: int
    r: int
    f: int
    m: int
    segment: str
    columns = (
        Column("customer", N_("Customer"), Unit.TEXT), ID, Column("r", N_("Recency"), Unit.TEXT), Column("f", N_("Frequency"), Unit.TEXT),
        Column("m", N_("Amount score"), Unit.TEXT), Column("segment", N_("Group"), Unit.TEXT),
    )  # fmt: skip


@dataclass(frozen=True)
class AbcLine(Line):
    """``value`` is gross profit, or net sales until every good has a cost; ``share`` of what is above zero."""

    product: str
    id: int
    value: int | None
    share: float | None
    grade: str
    columns = (
        Column("product", N_("Product"), Unit.TEXT), ID, Column("value", N_("Value"), Unit.MONEY, "cost"),
        Column("share", N_("Share"), Unit.SHARE, "cost"), Column("class", N_("Class"), Unit.TEXT),
    )  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """Every list of a scope; ``costs``: whether its user may see what is secret about cost."""

    sellers: tuple[SellerNumbers, ...]
    products: tuple[ProductLine, ...]
    customers: tuple[CustomerLine, ...]
    campaigns: tuple[CampaignLine, ...]
    sources: tuple[SourceLine, ...]
    lost_reasons: tuple[ReasonLine, ...]
    cohorts: tuple[CohortLine, ...]
    rfm: tuple[RfmLine, ...]
    abc: tuple[AbcLine, ...]
    costs: bool

    def table(self, name: str) -> tuple[tuple[Column, ...], list[tuple[Any, ...]]]:
        """A list's columns and cells, those left out that its user may not see."""
        columns = LISTS[name].columns
        kept = [at for at, column in enumerate(columns) if self.costs or column.secret == "none"]
        rows = (line.cells() for line in getattr(self, name))
        return tuple(columns[at] for at in kept), [tuple(row[at] for at in kept) for row in rows]


LISTS: dict[str, type[Line]] = {
    "sellers": SellerNumbers, "products": ProductLine, "customers": CustomerLine, "campaigns": CampaignLine, "sources": SourceLine,
    "lost_reasons": ReasonLine, "cohorts": CohortLine, "rfm": RfmLine, "abc": AbcLine,
}  # fmt: skip
