"""What stands in the lists behind the KPIs: a frozen value a line, what its columns are called, and who may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from desktop.kpi.answers import ALL, BY_KEY
from desktop.kpi.behind import COLUMNS
from desktop.kpi.kpi import Number
from desktop.values.period import Period
from desktop.values.text import N_
from desktop.values.unit import Column, Unit


def _of(*keys: str | Column) -> tuple[Column, ...]:
    """Columns of the KPIs that are called so, else as all rows call them, or this line's own; the line's id before them."""
    known = COLUMNS | {key: Column(key, one.title, one.unit, one.secret) for key, one in BY_KEY.items()}
    return (ID, *(known[key] if isinstance(key, str) else key for key in keys))


ID = Column("id", "", Unit.CODE)


@dataclass(frozen=True)
class Line:
    """``columns`` in the order of the fields; None in a secret one: not known, or not for this user."""

    columns: ClassVar[tuple[Column, ...]]

    def cells(self) -> tuple[Any, ...]:
        """A value for each column."""
        return tuple(getattr(self, one.name) for one in fields(self))

    def without_cost(self) -> Self:
        """The line, with nothing in what is secret about cost."""
        named = zip(fields(self), self.columns, strict=False)
        return replace(self, **{field.name: None for field, column in named if column.secret != "none"})


@dataclass(frozen=True)
class SellerNumbers(Line):
    """``id`` and ``name`` None: documents without a seller; ``numbers``: every KPI that is divided by seller."""

    id: int | None
    name: str | None
    numbers: Mapping[str, Number | None]
    kpis = tuple(one for one in ALL if one.per_seller and not one.slow)
    columns = _of("name", *(one.key for one in kpis))

    def cells(self) -> tuple[Any, ...]:
        return self.id, self.name, *self.numbers.values()


@dataclass(frozen=True)
class ProductLine(Line):
    """``id`` and ``name`` None: lines without a product; ``quantity`` in pieces (kg ...)."""

    id: int | None
    name: str | None
    code: str | None
    revenue: Number
    gross_profit: Number | None
    gross_margin: float | None
    quantity: float
    returns_rate: float | None
    columns = _of("name", Column("code", N_("Code"), Unit.TEXT), "revenue", "gross_profit", "gross_margin", "quantity", "returns_rate")


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
    columns = _of(
        "name", "revenue", "orders", "first_day", "last_day", Column("orders_to_date", N_("Invoices to date"), Unit.COUNT),
        Column("revenue_to_date", N_("Purchases to date"), Unit.MONEY), "clv_historic", "clv_12m",
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
    columns = _of("name", "revenue", "gross_profit", "orders", Column("cost", N_("Cost"), Unit.MONEY, "cost"), "roas", "romi")


@dataclass(frozen=True)
class SourceLine(Line):
    """``id`` and ``name`` None: without a source."""

    id: int | None
    name: str | None
    leads: int
    conversion_rate: float | None
    revenue: int
    orders: int
    columns = _of("name", Column("leads", N_("Leads"), Unit.COUNT), "conversion_rate", "revenue", "orders")


@dataclass(frozen=True)
class ReasonLine(Line):
    """Deals lost for one reason; a blank one is None."""

    reason: str | None
    n: int
    value: int
    columns = COLUMNS["reason"], Column("n", N_("Deals"), Unit.COUNT), COLUMNS["value"]


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
        COLUMNS["customer"], ID, Column("r", N_("Recency"), Unit.TEXT), Column("f", N_("Frequency"), Unit.TEXT),
        Column("m", N_("Amount score"), Unit.TEXT), Column("segment", N_("Group"), Unit.TEXT),
    )  # fmt: skip


@dataclass(frozen=True)
class AbcLine(Line):
    """``value`` is what ``basis`` names: gross profit, or net sales where too little is costed; ``share`` of what is above zero."""

    product: str
    id: int
    value: Number | None
    share: float | None
    grade: str
    basis: str
    columns = (
        COLUMNS["product"], ID, Column("value", N_("Value"), Unit.MONEY, "cost"),
        Column("share", N_("Share"), Unit.SHARE, "cost"), Column("class", N_("Class"), Unit.TEXT),
        Column("basis", N_("Ranked by"), Unit.TEXT),
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
