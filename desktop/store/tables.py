"""Every table of the book: what is kept, and what the database itself refuses to keep.

Five column types: ids and money are 64-bit integers (money in the book's smallest unit), quantities
are thousandths, shares are 1/10,000, days are dates; everything else is text. Documents (sales, deals,
costs ...) are voided and things (products, customers ...) are archived; neither is ever deleted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy import types as sql_types
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import MetaData


class DayType(sql_types.TypeDecorator[dt.date]):
    """A day: ISO text in SQLite, a date in PostgreSQL; a ``date`` in Python."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: dt.date | None, dialect: Any) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.isoformat()

    def process_result_value(self, value: Any, dialect: Any) -> dt.date | None:
        return value if value is None or dialect.name == "postgresql" else dt.date.fromisoformat(value)


Whole = BigInteger().with_variant(Integer, "sqlite")  # a BigInteger key does not number itself on SQLite
Id = Money = Quantity = Share = Whole
Day = DayType()

DOCUMENT_STATUS = "status IN ('final', 'void')"


class Row(DeclarativeBase):
    """Any row of the book."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _id() -> Mapped[int]:
    return mapped_column(Id, primary_key=True, autoincrement=True)


def _money(*, null: bool = False, default: int | None = None) -> Mapped[Any]:
    return mapped_column(Money, nullable=null, default=default)


def _to(target: str, *, null: bool = True, index: bool = True) -> Mapped[Any]:
    return mapped_column(Id, ForeignKey(target, deferrable=True, initially="DEFERRED"), nullable=null, index=index)


def _text(*, null: bool = True, default: str | None = None) -> Mapped[Any]:
    return mapped_column(Text, nullable=null, default=default)


def _day(*, null: bool = False) -> Mapped[Any]:
    return mapped_column(Day, nullable=null)


def _flag() -> Mapped[int]:
    return mapped_column(Integer, nullable=False, default=0)


def _args(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_strict": True, "sqlite_autoincrement": True})


def _ck(name: str, sql: str) -> CheckConstraint:
    return CheckConstraint(sql, name=name)


class Named:
    """What is searched and sorted by name: the name as written, folded for search, and keyed for Persian order."""

    name: Mapped[str] = mapped_column(Text, nullable=False)
    name_fold: Mapped[str] = mapped_column(Text, nullable=False, index=True)
    name_sort: Mapped[str] = mapped_column(Text, nullable=False, index=True)


class Archivable:
    """A thing that documents name: archived, never deleted."""

    archived: Mapped[int] = mapped_column(Integer, nullable=False, default=0)


class Imported:
    """The import batch that brought the row, if one did."""

    batch_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("batch.id", deferrable=True, initially="DEFERRED"), nullable=True, index=True
    )


# The book itself


class SettingRow(Row):
    """One setting of the book, as text (``book_id``, ``schema``, ``currency``, ``calendar`` ...)."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text, nullable=False)
    __table_args__ = ({"sqlite_strict": True},)


class User(Row):
    """Who may open the doors; row 1 is the owner."""

    __tablename__ = "user"
    id: Mapped[int] = _id()
    name: Mapped[str] = _text(null=False)
    role: Mapped[str] = _text(null=False)
    pin_hash: Mapped[str | None] = _text()
    seller_id: Mapped[int | None] = _to("seller.id", index=False)
    archived: Mapped[int] = _flag()
    __table_args__ = _args(_ck("role", "role IN ('owner', 'accountant', 'seller')"), _ck("archived", "archived IN (0, 1)"))


class Closing(Row):
    """A closed month ``[start, end)``: nothing dated in it may be added or changed."""

    __tablename__ = "closing"
    id: Mapped[int] = _id()
    start: Mapped[dt.date] = _day()
    end: Mapped[dt.date] = _day()
    at: Mapped[str] = _text(null=False)
    user_id: Mapped[int] = _to("user.id", null=False, index=False)
    __table_args__ = _args(UniqueConstraint("start"), _ck("order", '"end" > start'))


class DayOff(Row):
    """The owner's own correction of the shipped calendar: this day is a holiday, or is not."""

    __tablename__ = "day_off"
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    name: Mapped[str] = _text(null=False, default="")
    closed: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    __table_args__ = (_ck("closed", "closed IN (0, 1)"), {"sqlite_strict": True})


class PriceIndex(Row):
    """A month's price index (thousandths), entered or from the shop's own basket; ``month`` is its first day."""

    __tablename__ = "price_index"
    month: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    value: Mapped[int] = mapped_column(Whole, nullable=False)
    origin: Mapped[str] = _text(null=False, default="entered")
    __table_args__ = (_ck("value", "value > 0"), _ck("origin", "origin IN ('entered', 'own')"), {"sqlite_strict": True})


class Batch(Row):
    """One import: file, mapping, counts; what it brought carries its id."""

    __tablename__ = "batch"
    id: Mapped[int] = _id()
    kind: Mapped[str] = _text(null=False)
    file: Mapped[str] = _text(null=False)
    digest: Mapped[str] = _text(null=False)
    mapping: Mapped[str] = _text(null=False)
    counts: Mapped[str] = _text(null=False)
    rows_digest: Mapped[str] = _text(null=False, default="")
    at: Mapped[str] = _text(null=False)
    undone_at: Mapped[str | None] = _text()
    __table_args__ = _args(Index("ix_batch_digest", "digest"))


class ChangeRow(Row):
    """The audit trail: one committed change; ``hash`` chains it to the one before."""

    __tablename__ = "change"
    id: Mapped[int] = _id()
    at: Mapped[str] = _text(null=False)
    user_id: Mapped[int] = _to("user.id", null=False, index=False)
    name: Mapped[str] = _text(null=False)
    holes: Mapped[str] = _text(null=False, default="{}")
    kind: Mapped[str] = _text(null=False, default="do")
    of_id: Mapped[int | None] = _to("change.id")
    batch_id: Mapped[int | None] = _to("batch.id", index=False)
    hash: Mapped[str] = _text(null=False)
    __table_args__ = _args(_ck("kind", "kind IN ('do', 'undo', 'redo', 'import', 'revert')"))


class Photo(Row):
    """One row before and after a change, as JSON; null before = added, null after = removed."""

    __tablename__ = "photo"
    id: Mapped[int] = _id()
    change_id: Mapped[int] = _to("change.id", null=False)
    table_name: Mapped[str] = _text(null=False)
    row_key: Mapped[str] = _text(null=False)
    before: Mapped[str | None] = _text()
    after: Mapped[str | None] = _text()
    __table_args__ = _args(_ck("something", "before IS NOT NULL OR after IS NOT NULL"), Index("ix_photo_row", "table_name", "row_key"))


# Things


class Seller(Named, Archivable, Imported, Row):
    __tablename__ = "seller"
    id: Mapped[int] = _id()
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    phone: Mapped[str | None] = _text()
    pay: Mapped[int | None] = _money(null=True)
    __table_args__ = _args(_ck("archived", "archived IN (0, 1)"))


class Category(Named, Archivable, Imported, Row):
    __tablename__ = "category"
    id: Mapped[int] = _id()
    __table_args__ = _args(UniqueConstraint("name_fold"))


class Product(Named, Archivable, Imported, Row):
    """A good or service; ``unit`` as written, ``measured`` = sold by kg, g, m, l; ``cost`` = latest purchase cost."""

    __tablename__ = "product"
    id: Mapped[int] = _id()
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    category_id: Mapped[int | None] = _to("category.id")
    unit: Mapped[str] = _text(null=False, default="")
    measured: Mapped[int] = _flag()
    price: Mapped[int | None] = _money(null=True)
    cost: Mapped[int | None] = _money(null=True)
    __table_args__ = _args(
        _ck("price", "price IS NULL OR price >= 0"),
        _ck("cost", "cost IS NULL OR cost >= 0"),
        _ck("flags", "archived IN (0, 1) AND measured IN (0, 1)"),
    )


class Barcode(Row):
    __tablename__ = "barcode"
    id: Mapped[int] = _id()
    product_id: Mapped[int] = _to("product.id", null=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, unique=True)
    __table_args__ = _args()


class Source(Named, Archivable, Imported, Row):
    """How somebody came to know the shop (شیوهٔ آشنایی)."""

    __tablename__ = "source"
    id: Mapped[int] = _id()
    __table_args__ = _args(UniqueConstraint("name_fold"))


class Campaign(Named, Archivable, Imported, Row):
    """A campaign; ``last_day`` is inside it."""

    __tablename__ = "campaign"
    id: Mapped[int] = _id()
    channel: Mapped[str | None] = _text()
    first_day: Mapped[dt.date | None] = _day(null=True)
    last_day: Mapped[dt.date | None] = _day(null=True)
    budget: Mapped[int | None] = _money(null=True)
    __table_args__ = _args(
        UniqueConstraint("name_fold"),
        _ck("order", "first_day IS NULL OR last_day IS NULL OR last_day >= first_day"),
        _ck("budget", "budget IS NULL OR budget >= 0"),
    )


class Customer(Named, Archivable, Imported, Row):
    """A named customer; ``since`` is when the first source was written down."""

    __tablename__ = "customer"
    id: Mapped[int] = _id()
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    phone: Mapped[str | None] = mapped_column(Text, index=True)
    first_source_id: Mapped[int | None] = _to("source.id")
    first_campaign_id: Mapped[int | None] = _to("campaign.id")
    since: Mapped[dt.date | None] = _day(null=True)
    note: Mapped[str | None] = _text()
    __table_args__ = _args(_ck("archived", "archived IN (0, 1)"))


# Sales


class Sale(Imported, Row):
    """A document: a sale, a return or a day's lump of takings. Totals are those of its lines, without tax.

    ``day`` and ``time`` are as on paper; ``entered_at`` is UTC. A return has negative totals.
    """

    __tablename__ = "sale"
    id: Mapped[int] = _id()
    kind: Mapped[str] = _text(null=False, default="sale")
    status: Mapped[str] = _text(null=False, default="final")
    number: Mapped[str] = _text(null=False)
    day: Mapped[dt.date] = _day()
    time: Mapped[str | None] = _text()
    entered_at: Mapped[str] = _text(null=False)
    customer_id: Mapped[int | None] = _to("customer.id", index=False)
    source_id: Mapped[int | None] = _to("source.id", index=False)
    campaign_id: Mapped[int | None] = _to("campaign.id")
    original_id: Mapped[int | None] = _to("sale.id")
    deal_id: Mapped[int | None] = _to("deal.id", index=False)
    payment: Mapped[str | None] = _text()
    note: Mapped[str | None] = _text()
    lines: Mapped[int] = mapped_column(Integer, nullable=False)
    gross: Mapped[int] = _money()
    discount: Mapped[int] = _money()
    total: Mapped[int] = _money()
    tax: Mapped[int] = _money(default=0)
    __table_args__ = _args(
        _ck("kind", "kind IN ('sale', 'return', 'lump')"),
        _ck("status", "status IN ('final', 'void')"),
        _ck("total", "total = gross - discount"),
        _ck("lines", "lines >= 0"),
        _ck("payment", "payment IS NULL OR payment IN ('cash', 'card', 'transfer', 'credit', 'cheque', 'other')"),
        _ck("original", "original_id IS NULL OR kind = 'return'"),
        UniqueConstraint("number", "kind"),  # the kind first would draw questions about days away from their index
        Index("ix_sale_day", "day", "id"),
        Index("ix_sale_customer_day", "customer_id", "day"),
    )


class SaleSeller(Row):
    """A seller's part of a document; the parts of one document add up to 10,000."""

    __tablename__ = "sale_seller"
    sale_id: Mapped[int] = mapped_column(Id, ForeignKey("sale.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    seller_id: Mapped[int] = mapped_column(Id, ForeignKey("seller.id", deferrable=True, initially="DEFERRED"), primary_key=True, index=True)
    share: Mapped[int] = mapped_column(Share, nullable=False)
    __table_args__ = (
        _ck("share", "share > 0 AND share <= 10000"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )


class SaleLine(Row):
    """One line. ``discount`` = the line's own + its part of the invoice's; ``unit_cost`` is a snapshot, null = uncosted.

    A returned line has negative quantity, gross, discount and total.
    """

    __tablename__ = "sale_line"
    id: Mapped[int] = _id()
    sale_id: Mapped[int] = _to("sale.id", null=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    product_id: Mapped[int | None] = _to("product.id")
    quantity: Mapped[int] = mapped_column(Quantity, nullable=False)
    measured: Mapped[int] = _flag()
    unit_price: Mapped[int | None] = _money(null=True)
    unit_cost: Mapped[int | None] = _money(null=True)
    gross: Mapped[int] = _money()
    discount: Mapped[int] = _money(default=0)
    invoice_discount: Mapped[int] = _money(default=0)
    total: Mapped[int] = _money()
    cost: Mapped[int | None] = _money(null=True)
    tax: Mapped[int] = _money(default=0)
    damaged: Mapped[int] = _flag()
    original_line_id: Mapped[int | None] = _to("sale_line.id")
    note: Mapped[str | None] = _text()
    __table_args__ = _args(
        _ck("total", "total = gross - discount"),
        _ck("price", "unit_price IS NULL OR unit_price >= 0"),
        _ck("cost", "(unit_cost IS NULL AND cost IS NULL) OR (unit_cost >= 0 AND cost IS NOT NULL)"),
        _ck("flags", "measured IN (0, 1) AND damaged IN (0, 1)"),
    )


class Payment(Imported, Row):
    """Money received for a sale (or paid back: negative)."""

    __tablename__ = "payment"
    id: Mapped[int] = _id()
    number: Mapped[str | None] = _text()
    day: Mapped[dt.date] = _day()
    time: Mapped[str | None] = _text()
    entered_at: Mapped[str] = _text(null=False)
    status: Mapped[str] = _text(null=False, default="final")
    customer_id: Mapped[int | None] = _to("customer.id")
    sale_id: Mapped[int | None] = _to("sale.id")
    kind: Mapped[str] = _text(null=False)
    amount: Mapped[int] = _money()
    note: Mapped[str | None] = _text()
    __table_args__ = _args(
        _ck("kind", "kind IN ('cash', 'card', 'transfer', 'cheque', 'other')"),
        _ck("status", DOCUMENT_STATUS),
        Index("ix_payment_day", "day", "id"),
    )


# From lead to loyal customer


class Lead(Named, Imported, Row):
    """Somebody who asked and has not bought yet; duplicates and spam are marked, never deleted."""

    __tablename__ = "lead"
    id: Mapped[int] = _id()
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    day: Mapped[dt.date] = _day()
    entered_at: Mapped[str] = _text(null=False)
    phone: Mapped[str | None] = mapped_column(Text, index=True)
    source_id: Mapped[int | None] = _to("source.id", index=False)
    campaign_id: Mapped[int | None] = _to("campaign.id")
    seller_id: Mapped[int | None] = _to("seller.id")
    customer_id: Mapped[int | None] = _to("customer.id")
    status: Mapped[str] = _text(null=False, default="open")
    note: Mapped[str | None] = _text()
    __table_args__ = _args(
        _ck("status", "status IN ('open', 'converted', 'disqualified', 'duplicate', 'spam', 'void')"),
        Index("ix_lead_day", "day", "id"),
    )


class Stage(Named, Archivable, Imported, Row):
    """A stage of the pipeline; ``probability`` is a share."""

    __tablename__ = "stage"
    id: Mapped[int] = _id()
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    probability: Mapped[int] = mapped_column(Share, nullable=False)
    outcome: Mapped[str] = _text(null=False, default="open")
    __table_args__ = _args(
        UniqueConstraint("name_fold"),
        _ck("probability", "probability BETWEEN 0 AND 10000"),
        _ck("outcome", "outcome IN ('open', 'won', 'lost')"),
    )


class Deal(Imported, Row):
    """A deal; ``outcome`` and ``closed`` are those of its last close; a blank value is unknown, not zero."""

    __tablename__ = "deal"
    id: Mapped[int] = _id()
    number: Mapped[str | None] = mapped_column(Text, unique=True)
    name: Mapped[str] = _text(null=False, default="")
    name_fold: Mapped[str] = _text(null=False, default="")
    status: Mapped[str] = _text(null=False, default="final")
    entered_at: Mapped[str] = _text(null=False)
    customer_id: Mapped[int | None] = _to("customer.id")
    lead_id: Mapped[int | None] = _to("lead.id")
    seller_id: Mapped[int | None] = _to("seller.id")
    product_id: Mapped[int | None] = _to("product.id", index=False)
    campaign_id: Mapped[int | None] = _to("campaign.id", index=False)
    source_id: Mapped[int | None] = _to("source.id", index=False)
    stage_id: Mapped[int] = _to("stage.id", null=False)
    value: Mapped[int | None] = _money(null=True)
    opened: Mapped[dt.date | None] = _day(null=True)
    expected: Mapped[dt.date | None] = _day(null=True)
    first_contact: Mapped[dt.date | None] = _day(null=True)
    closed: Mapped[dt.date | None] = _day(null=True)
    outcome: Mapped[str] = _text(null=False, default="open")
    reason: Mapped[str | None] = _text()
    note: Mapped[str | None] = _text()
    __table_args__ = _args(
        _ck("status", DOCUMENT_STATUS),
        _ck("outcome", "outcome IN ('open', 'won', 'lost')"),
        _ck("closed", "(outcome = 'open') = (closed IS NULL)"),
        _ck("value", "value IS NULL OR value >= 0"),
        Index("ix_deal_closed", "closed", "outcome"),
        Index("ix_deal_opened", "opened"),
    )


class DealStage(Row):
    """The day a deal came into a stage."""

    __tablename__ = "deal_stage"
    id: Mapped[int] = _id()
    deal_id: Mapped[int] = _to("deal.id", null=False)
    stage_id: Mapped[int] = _to("stage.id", null=False)
    day: Mapped[dt.date | None] = _day(null=True)
    entered_at: Mapped[str] = _text(null=False)
    __table_args__ = _args()


class Activity(Imported, Row):
    """A call, visit, message ...; ``done`` is the day it was done, if it was."""

    __tablename__ = "activity"
    id: Mapped[int] = _id()
    kind: Mapped[str] = _text(null=False)
    status: Mapped[str] = _text(null=False, default="final")
    day: Mapped[dt.date] = _day()
    due: Mapped[dt.date | None] = _day(null=True)
    done: Mapped[dt.date | None] = _day(null=True)
    entered_at: Mapped[str] = _text(null=False)
    seller_id: Mapped[int | None] = _to("seller.id")
    customer_id: Mapped[int | None] = _to("customer.id")
    deal_id: Mapped[int | None] = _to("deal.id")
    lead_id: Mapped[int | None] = _to("lead.id")
    note: Mapped[str | None] = _text()
    __table_args__ = _args(_ck("status", DOCUMENT_STATUS), Index("ix_activity_done", "done"), Index("ix_activity_day", "day", "id"))


class Cost(Imported, Row):
    """Money spent: kind is ``advertising``, ``pay``, ``rent``, ``other`` or the owner's own word."""

    __tablename__ = "cost"
    id: Mapped[int] = _id()
    day: Mapped[dt.date] = _day()
    status: Mapped[str] = _text(null=False, default="final")
    entered_at: Mapped[str] = _text(null=False)
    amount: Mapped[int] = _money()
    kind: Mapped[str] = _text(null=False)
    campaign_id: Mapped[int | None] = _to("campaign.id")
    seller_id: Mapped[int | None] = _to("seller.id", index=False)
    note: Mapped[str | None] = _text()
    __table_args__ = _args(_ck("status", DOCUMENT_STATUS), Index("ix_cost_day", "day", "id"))


class Target(Imported, Row):
    """What a KPI should reach in a month, quarter or year ``[start, end)``.

    ``value`` is in the KPI's smallest step: money in the smallest unit, counts whole, shares 1/10,000, the rest thousandths.
    """

    __tablename__ = "target"
    id: Mapped[int] = _id()
    kpi: Mapped[str] = _text(null=False, default="revenue")
    scope: Mapped[str] = _text(null=False, default="team")
    seller_id: Mapped[int | None] = _to("seller.id", index=False)
    category_id: Mapped[int | None] = _to("category.id", index=False)
    campaign_id: Mapped[int | None] = _to("campaign.id", index=False)
    span: Mapped[str] = _text(null=False, default="month")
    start: Mapped[dt.date] = _day()
    end: Mapped[dt.date] = _day()
    direction: Mapped[str] = _text(null=False, default="at_least")
    value: Mapped[int] = mapped_column(Whole, nullable=False)
    person: Mapped[str | None] = _text()
    status: Mapped[str] = _text(null=False, default="final")
    __table_args__ = _args(
        _ck("scope", "scope IN ('team', 'seller', 'category', 'campaign')"),
        _ck(
            "who",
            "(scope = 'seller') = (seller_id IS NOT NULL) AND (scope = 'category') = (category_id IS NOT NULL) "
            "AND (scope = 'campaign') = (campaign_id IS NOT NULL)",
        ),
        _ck("span", "span IN ('month', 'quarter', 'year')"),
        _ck("direction", "direction IN ('at_least', 'at_most')"),
        _ck("status", DOCUMENT_STATUS),
        _ck("order", '"end" > start'),
        Index("ix_target_start", "start", "kpi"),
    )


class NpsAnswer(Imported, Row):
    __tablename__ = "nps_answer"
    id: Mapped[int] = _id()
    day: Mapped[dt.date] = _day()
    status: Mapped[str] = _text(null=False, default="final")
    entered_at: Mapped[str] = _text(null=False)
    score: Mapped[int] = mapped_column(Integer, nullable=False)
    customer_id: Mapped[int | None] = _to("customer.id")
    reason: Mapped[str | None] = _text()
    __table_args__ = _args(_ck("score", "score BETWEEN 0 AND 10"), _ck("status", DOCUMENT_STATUS), Index("ix_nps_answer_day", "day", "id"))


# Day sums: kept equal to the rows by desktop.store.sums, in the same transaction


class SumDay(Row):
    """One seller's part of one day (seller 0 = documents without seller); their sum over sellers is the shop's day.

    Money in the smallest unit; ``orders``, ``documents`` and other counts in 1/10,000 so that shared
    documents stay exact; ``units`` in thousandths × 1/10,000.
    """

    __tablename__ = "sum_day"
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    seller_id: Mapped[int] = mapped_column(Id, primary_key=True)
    net: Mapped[int] = _money(default=0)  # totals of final sales, returns and lumps: S1
    lump: Mapped[int] = _money(default=0)  # the part of net that came as lumps
    sold: Mapped[int] = _money(default=0)  # totals of sale documents, before returns: S4
    gross: Mapped[int] = _money(default=0)  # positive lines at list price
    returned: Mapped[int] = _money(default=0)  # what was given back, after its own discount: > 0
    discount: Mapped[int] = _money(default=0)  # discounts of positive lines
    discounted_gross: Mapped[int] = _money(default=0)  # gross of the positive lines that had a discount
    costed_net: Mapped[int] = _money(default=0)  # totals of costed lines, returns reversed
    uncosted_net: Mapped[int] = _money(default=0)  # totals of lines without cost
    cost: Mapped[int] = _money(default=0)  # cost of costed lines, returns reversed (damaged: not taken back)
    tax: Mapped[int] = _money(default=0)
    costed_lines: Mapped[int] = _money(default=0)  # how many lines have a cost
    units: Mapped[int] = _money(default=0)  # units of positive lines of sales: measured goods 1 a line
    sale_lines: Mapped[int] = _money(default=0)  # positive lines of sales
    orders: Mapped[int] = _money(default=0)  # sale documents
    discounted_orders: Mapped[int] = _money(default=0)  # sale documents with any discount
    returns: Mapped[int] = _money(default=0)  # return documents
    documents: Mapped[int] = _money(default=0)  # all final documents
    named_sold: Mapped[int] = _money(default=0)  # totals of sale documents of named customers
    named_orders: Mapped[int] = _money(default=0)
    __table_args__ = ({"sqlite_strict": True, "sqlite_with_rowid": False},)


class SumPayment(Row):
    """A day's takings by kind of payment (net of returns) and hour-free count of documents."""

    __tablename__ = "sum_payment"
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    payment: Mapped[str] = mapped_column(Text, primary_key=True)  # '' = not said
    net: Mapped[int] = _money(default=0)
    documents: Mapped[int] = _money(default=0)
    __table_args__ = ({"sqlite_strict": True, "sqlite_with_rowid": False},)


class SumDayCustomer(Row):
    """What one named customer did on one day. Rows with ``orders`` = 0 are days of returns only."""

    __tablename__ = "sum_day_customer"
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    customer_id: Mapped[int] = mapped_column(Id, primary_key=True)
    orders: Mapped[int] = _money(default=0)
    sold: Mapped[int] = _money(default=0)
    net: Mapped[int] = _money(default=0)
    costed_net: Mapped[int] = _money(default=0)
    cost: Mapped[int] = _money(default=0)
    costed_lines: Mapped[int] = _money(default=0)
    __table_args__ = (
        Index("ix_sum_day_customer_customer", "customer_id", "day"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )


class SumCustomer(Row):
    """One named customer's whole history."""

    __tablename__ = "sum_customer"
    customer_id: Mapped[int] = mapped_column(Id, primary_key=True)
    first_day: Mapped[dt.date | None] = mapped_column(Day, nullable=True, index=True)  # first sale document
    last_day: Mapped[dt.date | None] = _day(null=True)
    orders: Mapped[int] = _money(default=0)
    days: Mapped[int] = _money(default=0)
    sold: Mapped[int] = _money(default=0)
    net: Mapped[int] = _money(default=0)
    costed_net: Mapped[int] = _money(default=0)
    cost: Mapped[int] = _money(default=0)
    costed_lines: Mapped[int] = _money(default=0)
    __table_args__ = ({"sqlite_strict": True},)


SUMS: tuple[type[Row], ...] = (SumDay, SumPayment, SumDayCustomer, SumCustomer)
