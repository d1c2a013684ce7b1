"""What the book keeps about itself: settings, users, closed months, calendar, price index, imports, the audit trail."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, Integer, Text, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import Day, Kept, Own, Row, Trail, Whole


class SettingRow(Kept, Row):
    """One setting of the book, as text (``book_id``, ``schema``, ``currency``, ``calendar`` ...)."""

    __tablename__ = "setting"
    verb = "settings"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text, nullable=False)
    __table_args__ = ({"sqlite_strict": True},)


class User(Kept, Row):
    """Who may open the doors; row 1 is the owner."""

    __tablename__ = "user"
    verb = "user"
    id: Mapped[int] = c.id()
    name: Mapped[str] = c.text(null=False)
    role: Mapped[str] = c.text(null=False)
    pin_hash: Mapped[str | None] = c.text()
    seller_id: Mapped[int | None] = c.to("seller.id", index=False)
    archived: Mapped[int] = c.flag()
    __table_args__ = c.args(c.ck("role", "role IN ('owner', 'accountant', 'seller')"), c.ck("archived", "archived IN (0, 1)"))


class Closing(Kept, Row):
    """A closed month ``[start, end)``: nothing dated in it may be added or changed."""

    __tablename__ = "closing"
    verb, dated = "closing", ()
    id: Mapped[int] = c.id()
    start: Mapped[dt.date] = c.day()
    end: Mapped[dt.date] = c.day()
    at: Mapped[str] = c.text(null=False)
    user_id: Mapped[int] = c.to("user.id", null=False, index=False)
    __table_args__ = c.args(UniqueConstraint("start"), c.ck("order", '"end" > start'))


class DayOff(Kept, Row):
    """The owner's own correction of the shipped calendar: this day is a holiday, or is not."""

    __tablename__ = "day_off"
    verb, dated = "calendar", ()
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    name: Mapped[str] = c.text(null=False, default="")
    closed: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    __table_args__ = (c.ck("closed", "closed IN (0, 1)"), {"sqlite_strict": True})


class PriceIndex(Kept, Row):
    """A month's price index (thousandths), entered or from the shop's own basket; ``month`` is its first day."""

    __tablename__ = "price_index"
    verb, dated = "calendar", ()
    month: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    value: Mapped[int] = mapped_column(Whole, nullable=False)
    origin: Mapped[str] = c.text(null=False, default="entered")
    __table_args__ = (c.ck("value", "value > 0"), c.ck("origin", "origin IN ('entered', 'own')"), {"sqlite_strict": True})


class Batch(Kept, Row):
    """One import: file, mapping, counts; what it brought carries its id."""

    __tablename__ = "batch"
    verb = "import"
    id: Mapped[int] = c.id()
    kind: Mapped[str] = c.text(null=False)
    file: Mapped[str] = c.text(null=False)
    digest: Mapped[str] = c.text(null=False)
    mapping: Mapped[str] = c.text(null=False)
    counts: Mapped[str] = c.text(null=False)
    rows_digest: Mapped[str] = c.text(null=False, default="")
    at: Mapped[str] = c.moment()
    undone_at: Mapped[str | None] = c.text()
    __table_args__ = c.args(Index("ix_batch_digest", "digest"))


class ChangeRow(Trail, Row):
    """The audit trail: one committed change; ``hash`` chains it to the one before."""

    __tablename__ = "change"
    id: Mapped[int] = c.id()
    at: Mapped[str] = c.text(null=False)
    user_id: Mapped[int] = c.to("user.id", null=False, index=False)
    name: Mapped[str] = c.text(null=False)
    holes: Mapped[str] = c.text(null=False, default="{}")
    kind: Mapped[str] = c.text(null=False, default="do")
    of_id: Mapped[int | None] = c.to("change.id")
    batch_id: Mapped[int | None] = c.to("batch.id", index=False)
    hash: Mapped[str] = c.text(null=False)
    schema: Mapped[int | None] = mapped_column(Integer, nullable=True)  # of its photographs; null: the first
    __table_args__ = c.args(c.ck("kind", "kind IN ('do', 'undo', 'redo', 'import', 'revert')"))


class Series(Own, Row):
    """The number that the next of our own documents of a kind has; ``year``: the fiscal year it holds for, null: for all."""

    __tablename__ = "series"
    id: Mapped[int] = c.id()
    kind: Mapped[str] = c.text(null=False)
    year: Mapped[int | None] = mapped_column(Integer, nullable=True)
    next: Mapped[int] = mapped_column(Whole, nullable=False)
    __table_args__ = c.args(Index("uq_series_kind_year", "kind", sql_text("coalesce(year, 0)"), unique=True))


class Photo(Trail, Row):
    """One row before and after a change, as JSON; null before = added, null after = removed."""

    __tablename__ = "photo"
    id: Mapped[int] = c.id()
    change_id: Mapped[int] = c.to("change.id", null=False)
    table_name: Mapped[str] = c.text(null=False)
    row_key: Mapped[str] = c.text(null=False)
    before: Mapped[str | None] = c.text()
    after: Mapped[str | None] = c.text()
    __table_args__ = c.args(c.ck("something", "before IS NOT NULL OR after IS NOT NULL"), Index("ix_photo_row", "table_name", "row_key"))
