"""The plain list of every table: its columns, what is searched, how it may be sorted, one page of rows at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, func, literal, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from desktop.shop import questions as ask
from desktop.shop.questions import Filter, Question
from desktop.shop.search import find
from desktop.store.access import visible
from desktop.store.audit import said
from desktop.store.tables import (
    Activity,
    Batch,
    Campaign,
    Category,
    ChangeRow,
    Cost,
    Customer,
    DayOff,
    Deal,
    Lead,
    NpsAnswer,
    Payment,
    PriceIndex,
    Product,
    Sale,
    Seller,
    Source,
    Stage,
    SumDay,
    Target,
)  # fmt: skip
from desktop.values.column import Column
from desktop.values.period import Period
from desktop.values.text import N_
from desktop.values.unit import Unit

__all__ = ["LISTINGS", "PAGE", "Filter", "Listing", "find"]

PAGE = 200
SMALL = 20_000  # rows that sort in a blink without an index
_LOWEST = -(2**62)  # stands before every number: where a blank one sorts

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Listing:
    """``question`` selects key, status (final, void, archived), then one value per column, in no order.

    ``order``: the list's own (column key, descending). ``sorts``: what a column is sorted by where that is not its own
    value; ``indexed``: the columns whose sorting an index carries. ``finish`` makes the shown row of the read one.
    ``of_id`` makes the table's key of a row's id; ``fixed``: always newest first.
    """

    key: str
    title: str
    entity: str
    columns: tuple[Column, ...]
    table: Any
    question: Callable[[Filter], Question]
    order: tuple[str, bool] = ("", True)
    sorts: dict[str, Any] = field(default_factory=dict)
    indexed: frozenset[str] = frozenset()
    finish: Callable[[Values], Values] | None = None
    of_id: Callable[[int], Any] = int
    fixed: bool = False

    def page(self, s: Session, chosen: Filter, *, after: int | None = None, limit: int = PAGE) -> list[Values]:
        """``limit`` rows as plain tuples: id, status, values in the columns' order; ``after``: the last row's id before them.

        What the session's user may not see is None.
        """
        by, down = self._order(chosen)
        key = self._key
        question = self.question(chosen)
        if after is not None:
            last = s.execute(self.question(Filter(all=True)).with_only_columns(by, key).where(key == self.of_id(after))).first()
            if last is None:
                return []
            place, here = tuple_(by, key), tuple_(literal(last[0], by.type), literal(last[1], key.type))
            question = question.where(place < here if down else place > here)
        question = question.order_by(by.desc() if down else by, key.desc() if down else key)
        hidden = [at for at, column in enumerate(self.columns, 2) if column not in visible(s, self.columns)]
        return [self._shown(tuple(row), hidden) for row in s.execute(question.limit(limit))]

    def count(self, s: Session, chosen: Filter) -> int:
        """How many rows there are; of a long list of sales, from the day sums."""
        if self.table is Sale and not (chosen.text or chosen.all or chosen.only):
            return _documents(s, chosen.period)
        return s.scalar(self.question(chosen).with_only_columns(func.count(), maintain_column_froms=True)) or 0

    def sortable(self, s: Session) -> frozenset[str]:
        """The columns it can be sorted by: those with an index, and while the table is small every one that may be seen."""
        if self.fixed:
            return frozenset()
        if self.indexed and (s.scalar(select(func.max(self._key))) or 0) > SMALL:
            return self.indexed
        return frozenset(column.key for column in visible(s, self.columns))

    @property
    def _key(self) -> Any:
        return next(iter(self.table.__mapper__.primary_key))

    def _order(self, chosen: Filter) -> tuple[Any, bool]:
        sort, down = (chosen.sort, chosen.descending) if chosen.sort else self.order
        if not sort:
            return self._key, down
        if sort in self.sorts:
            return self.sorts[sort], down
        at = next(at for at, column in enumerate(self.columns, 2) if column.key == sort)
        value = list(self.question(Filter(all=True)).selected_columns)[at]
        if self.columns[at - 2].unit in (Unit.TEXT, Unit.CODE, Unit.DAY, Unit.TIME):
            return func.coalesce(type_coerce(value, Text), literal("", Text)), down
        return func.coalesce(value, _LOWEST), down

    def _shown(self, row: Values, hidden: list[int]) -> Values:
        row = self.finish(row) if self.finish else row
        return tuple(None if at in hidden else value for at, value in enumerate(row)) if hidden else row


def _documents(s: Session, period: Period | None) -> int:
    question = select(func.coalesce(func.sum(SumDay.documents), 0))
    if period is not None:
        question = question.where(SumDay.day >= period.start, SumDay.day < period.end)
    return int(s.scalar(question) or 0) // 10_000


def _told(row: Values) -> Values:
    """A change as a sentence in today's language."""
    return (*row[:-2], said(row[-2], json.loads(row[-1])))


def _counted(row: Values) -> Values:
    """An import's counts, each in its column."""
    counts = json.loads(row[-1] or "{}")
    return (*row[:-1], *(counts.get(name) for name in ("accepted", "documents", "refused", "skipped")))


def _by_day(row: Values) -> Values:
    return (row[0].toordinal(), *row[1:])


def _columns(*parts: tuple[str, str, Unit] | Column) -> tuple[Column, ...]:
    return tuple(part if isinstance(part, Column) else Column(*part) for part in parts)


_DAY, _CUSTOMER, _SELLER = ("day", N_("Day"), Unit.DAY), ("customer", N_("Customer"), Unit.TEXT), ("seller", N_("Seller"), Unit.TEXT)
_NAME, _PHONE, _NOTE = ("name", N_("Name"), Unit.TEXT), ("phone", N_("Phone"), Unit.CODE), ("note", N_("Note"), Unit.TEXT)
_CAMPAIGN, _SOURCE, _CODE = ("campaign", N_("Campaign"), Unit.TEXT), ("source", N_("Source"), Unit.TEXT), ("code", N_("Code"), Unit.CODE)
_KIND, _STATUS, _WHEN = ("kind", N_("Kind"), Unit.TEXT), ("status", N_("Status"), Unit.TEXT), ("at", N_("When"), Unit.TEXT)
_NUMBER, _AMOUNT, _PAY = ("number", N_("Number"), Unit.CODE), ("amount", N_("Amount"), Unit.MONEY), ("pay", N_("Monthly pay"), Unit.MONEY)
_NAMES: dict[str, Any] = {"customer": func.coalesce(Customer.name_sort, ""), "seller": func.coalesce(Seller.name_sort, ""),
                          "source": func.coalesce(Source.name_sort, ""), "campaign": func.coalesce(Campaign.name_sort, "")}  # fmt: skip


def _sorted(table: Any, *names: str, **more: Any) -> dict[str, Any]:
    own = {"name": table.name_sort} if hasattr(table, "name_sort") else {}
    return {name: _NAMES[name] for name in names} | own | more


_BY_NAME, _NEWEST = ("name", False), ("day", True)
_FIRST = frozenset({"day"})

LISTINGS: dict[str, Listing] = {
    one.key: one
    for one in (
        Listing("sales", N_("Sales"), "sale",
                _columns(_NUMBER, _KIND, _DAY, ("time", N_("Time"), Unit.TIME), _CUSTOMER, _SELLER, ("payment", N_("Payment"), Unit.TEXT),
                         ("lines", N_("Lines"), Unit.COUNT), ("discount", N_("Discount"), Unit.MONEY),
                         ("total", N_("Amount"), Unit.MONEY), ("tax", N_("Tax"), Unit.MONEY)),
                Sale, ask.sales, _NEWEST, _sorted(Sale, "customer", day=Sale.day), _FIRST),
        Listing("products", N_("Products"), "product",
                _columns(_NAME, _CODE, ("barcodes", N_("Barcodes"), Unit.CODE), ("category", N_("Category"), Unit.TEXT),
                         ("unit", N_("Unit"), Unit.TEXT), ("price", N_("Price"), Unit.MONEY),
                         Column("cost", N_("Purchase price"), Unit.MONEY, "cost")),
                Product, ask.products, _BY_NAME, _sorted(Product, category=func.coalesce(Category.name_sort, "")), frozenset({"name"})),
        Listing("customers", N_("Customers"), "customer",
                _columns(_NAME, _PHONE, _SOURCE, ("last_day", N_("Last purchase"), Unit.DAY), ("orders", N_("Invoices"), Unit.COUNT),
                         ("net", N_("Purchases"), Unit.MONEY)),
                Customer, ask.customers, _BY_NAME, _sorted(Customer, "source"), frozenset({"name"})),
        Listing("sellers", N_("Sellers"), "seller", _columns(_NAME, _PHONE, _CODE, Column(*_PAY, "others")),
                Seller, ask.named(Seller, Seller.phone, Seller.code, Seller.pay), _BY_NAME, _sorted(Seller)),
        Listing("categories", N_("Categories"), "category", _columns(_NAME, ("products", N_("Products"), Unit.COUNT)),
                Category, ask.categories, _BY_NAME, _sorted(Category)),
        Listing("sources", N_("Sources"), "source", _columns(_NAME, ("customers", N_("Customers"), Unit.COUNT)),
                Source, ask.sources, _BY_NAME, _sorted(Source)),
        Listing("leads", N_("Leads"), "lead", _columns(_DAY, _NAME, _PHONE, _SOURCE, _SELLER, _CAMPAIGN, _CUSTOMER, _STATUS),
                Lead, ask.leads, _NEWEST, _sorted(Lead, "source", "seller", "campaign", "customer", day=Lead.day),
                frozenset({"day", "name"})),
        Listing("deals", N_("Deals"), "deal",
                _columns(_NUMBER, ("name", N_("Deal"), Unit.TEXT), _CUSTOMER, _SELLER, ("stage", N_("Stage"), Unit.TEXT),
                         ("value", N_("Value"), Unit.MONEY), ("opened", N_("Opened"), Unit.DAY), ("expected", N_("Expected"), Unit.DAY),
                         ("closed", N_("Closed"), Unit.DAY), ("reason", N_("Reason"), Unit.TEXT)),
                Deal, ask.deals, sorts=_sorted(Deal, "customer", "seller", stage=Stage.position), indexed=frozenset({"id"})),
        Listing("activities", N_("Activities"), "activity",
                _columns(_DAY, _KIND, _SELLER, _CUSTOMER, ("deal", N_("Deal"), Unit.TEXT), ("due", N_("Due"), Unit.DAY),
                         ("done", N_("Done"), Unit.DAY), _NOTE),
                Activity, ask.activities, _NEWEST, _sorted(Activity, "customer", "seller", day=Activity.day), _FIRST),
        Listing("campaigns", N_("Campaigns"), "campaign",
                _columns(_NAME, ("channel", N_("Channel"), Unit.TEXT), ("first_day", N_("First day"), Unit.DAY),
                         ("last_day", N_("Last day"), Unit.DAY), ("budget", N_("Budget"), Unit.MONEY), ("spent", N_("Spent"), Unit.MONEY)),
                Campaign, ask.campaigns, ("first_day", True), _sorted(Campaign)),
        Listing("costs", N_("Costs"), "cost", _columns(_DAY, _KIND, _CAMPAIGN, _SELLER, _AMOUNT, _NOTE),
                Cost, ask.costs, _NEWEST, _sorted(Cost, "campaign", "seller", day=Cost.day), _FIRST),
        Listing("targets", N_("Targets"), "target",
                _columns(("month", N_("Period"), Unit.DAY), ("span", N_("Span"), Unit.TEXT), ("kpi", N_("KPI"), Unit.TEXT),
                         ("whose", N_("Whose"), Unit.TEXT), ("value", N_("Target"), Unit.TEXT),
                         ("direction", N_("At least or at most"), Unit.TEXT), ("person", N_("Answerable"), Unit.TEXT)),
                Target, ask.targets, ("month", True), {"value": Target.value}),
        Listing("nps", N_("Customers' opinions"), "nps",
                _columns(_DAY, ("score", N_("Score"), Unit.COUNT), _CUSTOMER, ("reason", N_("Reason"), Unit.TEXT)),
                NpsAnswer, ask.nps, _NEWEST, _sorted(NpsAnswer, "customer", day=NpsAnswer.day), _FIRST),
        Listing("payments", N_("Payments"), "payment", _columns(_DAY, _KIND, ("sale", N_("Invoice"), Unit.CODE), _CUSTOMER, _AMOUNT),
                Payment, ask.payments, _NEWEST, _sorted(Payment, "customer", day=Payment.day), _FIRST),
        Listing("stages", N_("Stages"), "stage", _columns(_NAME, ("probability", N_("Probability"), Unit.SHARE)),
                Stage, ask.named(Stage, Stage.probability / 10_000.0), ("position", False), _sorted(Stage, position=Stage.position)),
        Listing("price_index", N_("Price index"), "price_index",
                _columns(("month", N_("Month"), Unit.DAY), ("value", N_("Index"), Unit.QUANTITY), ("origin", N_("From where"), Unit.TEXT)),
                PriceIndex, ask.price_index, ("month", True), {"month": PriceIndex.month}, finish=_by_day, of_id=dt.date.fromordinal),
        Listing("days_off", N_("Holidays of your own"), "day_off", _columns(_DAY, _NAME, ("closed", N_("Shop is closed"), Unit.FLAG)),
                DayOff, ask.days_off, _NEWEST, {"day": DayOff.day}, finish=_by_day, of_id=dt.date.fromordinal),
        Listing("imports", N_("Imports"), "batch",
                _columns(_WHEN, _KIND, ("file", N_("File"), Unit.TEXT), ("accepted", N_("Rows taken"), Unit.COUNT),
                         ("documents", N_("Documents"), Unit.COUNT), ("refused", N_("Refused"), Unit.COUNT),
                         ("skipped", N_("Skipped"), Unit.COUNT)),
                Batch, ask.batches, finish=_counted, fixed=True),
        Listing("changes", N_("History"), "change",
                _columns(_WHEN, ("user", N_("Who"), Unit.TEXT), _KIND, ("what", N_("What"), Unit.TEXT)),
                ChangeRow, ask.changes, finish=_told, fixed=True),
    )
}  # fmt: skip
