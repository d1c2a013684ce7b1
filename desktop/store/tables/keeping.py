"""What the book keeps about itself: settings, users, closed months, calendar, price index, imports, the audit trail."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import Counted, Kept, Own, Row, Trail


class SettingRow(Kept, Row):
    """One setting of the book, as text (``book_id``, ``schema``, ``currency``, ``calendar`` ...)."""

    __tablename__ = "setting"
    verb = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class User(Kept, Counted, Row):
    """Who may open the doors; row 1 is the owner."""

    verb = "user"
    name: Mapped[str]
    role: Mapped[str]
    pin_hash: Mapped[str | None]
    seller_id: Mapped[int | None] = c.to("seller.id", index=False)
    archived: Mapped[int] = mapped_column(default=0)
    __table_args__ = c.args(c.ck("role", "role IN ('owner', 'accountant', 'seller')"), c.ck("archived", "archived IN (0, 1)"))


class Closing(Kept, Counted, Row):
    """A closed month ``[start, end)``: nothing dated in it may be added or changed."""

    verb, dated = "closing", ()
    start: Mapped[dt.date]
    end: Mapped[dt.date]
    at: Mapped[str]
    user_id: Mapped[int] = c.to("user.id", index=False)
    __table_args__ = c.args(UniqueConstraint("start"), c.ck("order", '"end" > start'))


class DayOff(Kept, Row):
    """The owner's own correction of the shipped calendar: this day is a holiday, or is not."""

    verb, dated = "calendar", ()
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    closed: Mapped[int] = mapped_column(default=1)
    __table_args__ = (c.ck("closed", "closed IN (0, 1)"), {"sqlite_strict": True})


class PriceIndex(Kept, Row):
    """A month's price index (thousandths), entered or from the shop's own basket; ``month`` is its first day."""

    verb, dated = "calendar", ()
    month: Mapped[dt.date] = mapped_column(primary_key=True)
    value: Mapped[int]
    origin: Mapped[str] = mapped_column(default="entered")
    __table_args__ = (c.ck("value", "value > 0"), c.ck("origin", "origin IN ('entered', 'own')"), {"sqlite_strict": True})


class Batch(Kept, Counted, Row):
    """One import: file, mapping, counts; what it brought carries its id."""

    verb = "import"
    kind: Mapped[str]
    file: Mapped[str]
    digest: Mapped[str]
    mapping: Mapped[str]
    counts: Mapped[str]
    rows_digest: Mapped[str] = mapped_column(default="")
    at: Mapped[str] = mapped_column(default=c.utc_now)
    undone_at: Mapped[str | None]
    __table_args__ = c.args(Index("ix_batch_digest", "digest"))


class ChangeRow(Trail, Counted, Row):
    """The audit trail: one committed change; ``hash`` chains it to the one before."""

    __tablename__ = "change"
    at: Mapped[str]
    user_id: Mapped[int] = c.to("user.id", index=False)
    name: Mapped[str]
    holes: Mapped[str] = mapped_column(default="{}")
    kind: Mapped[str] = mapped_column(default="do")
    of_id: Mapped[int | None] = c.to("change.id")
    batch_id: Mapped[int | None] = c.to("batch.id", index=False)
    hash: Mapped[str]
    schema: Mapped[int | None]  # of its photographs; null: the first
    __table_args__ = c.args(c.ck("kind", "kind IN ('do', 'undo', 'redo', 'import', 'revert')"))


class Series(Own, Counted, Row):
    """The number that the next of our own documents of a kind has; ``year``: the fiscal year it holds for, null: for all."""

    kind: Mapped[str]
    year: Mapped[int | None]
    next: Mapped[int]
    __table_args__ = c.args(Index("uq_series_kind_year", "kind", sql_text("coalesce(year, 0)"), unique=True))


class Photo(Trail, Counted, Row):
    """One row before and after a change, as JSON; null before = added, null after = removed."""

    change_id: Mapped[int] = c.to("change.id")
    table_name: Mapped[str]
    row_key: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    __table_args__ = c.args(c.ck("something", "before IS NOT NULL OR after IS NOT NULL"), Index("ix_photo_row", "table_name", "row_key"))
