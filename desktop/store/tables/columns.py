"""The columns that tables are made of: five types, and what rows have in common.

Ids and money are 64-bit integers (money in the book's smallest unit), quantities are thousandths, shares are 1/10,000,
days are dates; everything else is text.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, Date, ForeignKey, Integer, Text, TypeDecorator, select
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import MetaData


class DayText(TypeDecorator[dt.date]):
    """A day where the database has no type for it: ISO text there, a ``date`` in Python."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, _: Any) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, _: Any) -> dt.date | None:
        return dt.date.fromisoformat(value) if value else None


Whole = BigInteger().with_variant(Integer, "sqlite")  # a BigInteger key does not number itself on SQLite
Day = Date().with_variant(DayText(), "sqlite")

STRICT = {"sqlite_strict": True, "sqlite_autoincrement": True}
DOCUMENT_STATUS = "status IN ('final', 'void')"


class Row(DeclarativeBase):
    """Any row of the book.

    What a table is, it says itself, and closing, undo, imports taken back and whatever else looks at many tables asks it:
    one of `Document`, `Archived`, `PartOf`, `Kept` and `Own`. ``dated``: the columns whose day no closed month may hold, said by
    every table that has a day; one called ``end`` is the day after. ``verb``: what a role must be allowed to change its rows.
    ``begins``: with its first row the shop has begun. ``numbered``: it has a ``number`` that no other row of its kind has.
    It is called as its class, in small letters, unless it says another name.
    """

    type_annotation_map: ClassVar[dict[Any, Any]] = {int: Whole, str: Text, dt.date: Day}
    __table_args__: Any = STRICT

    dated: ClassVar[tuple[str, ...]] = ()
    verb: ClassVar[str] = ""
    begins: ClassVar[bool] = False
    numbered: ClassVar[bool] = False
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - of the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def to(target: str, *, index: bool = True, primary_key: bool = False) -> Mapped[Any]:
    return mapped_column(ForeignKey(target, deferrable=True, initially="DEFERRED"), index=index, primary_key=primary_key)


def utc_now() -> str:
    """This second, in UTC, as the book writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def args(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, STRICT)


def ck(name: str, sql: str) -> CheckConstraint:
    return CheckConstraint(sql, name=name)


class Named:
    """What is searched and sorted by name: the name as written, folded for search, and keyed for Persian order."""

    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(index=True)
    name_sort: Mapped[str] = mapped_column(index=True)


class Document:
    """What happened: voided, never deleted; it goes with the import that brought it."""

    begins: ClassVar[bool] = True


class PartOf:
    """A part of a document or thing: changed with it and gone with it; ``owner`` is the column that names it."""

    owner: ClassVar[str]


class Kept:
    """What the book keeps about itself."""


class Own:
    """The store's own, written by it alone: neither photographed nor undone."""


class Trail(Own):
    """What happened to the book: only added to."""


class Sum(Own):
    """Kept equal to the documents by `desktop.store.sums`."""


class Archived:
    """A thing that documents name: archived, never deleted."""

    archived: Mapped[int] = mapped_column(default=0)


class Counted:
    """What has a number of its own in the book."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


class Imported(Counted):
    """What knows the import batch that brought it, if one did."""

    batch_id: Mapped[int | None] = to("batch.id")


def models() -> dict[str, Any]:
    """Every table's class, by the table's name."""
    return {mapper.local_table.name: mapper.class_ for mapper in Row.registry.mappers}  # type: ignore[attr-defined]


def of_batch(model: Any, batch: int) -> ColumnElement[bool]:
    """That a row came with the import ``batch``, by itself or as a part of what did."""
    if not issubclass(model, PartOf):
        return cast("ColumnElement[bool]", model.batch_id == batch)
    owner = owner_of(model)
    return cast("ColumnElement[bool]", getattr(model, model.owner).in_(select(owner.id).where(owner.batch_id == batch)))


def refers(model: Any, table: str) -> Any:
    """The column by which rows name one of ``table``; None where they name none."""
    return next((getattr(model, key.parent.name) for key in model.__table__.foreign_keys if key.column.table.name == table), None)


def by_day(model: Any) -> bool:
    """Whether a day is the key of the table."""
    return next(iter(model.__table__.primary_key)).type is Day


def owner_of(part: type[PartOf]) -> Any:
    """The table whose rows the parts belong to."""
    (key,) = part.__table__.columns[part.owner].foreign_keys  # type: ignore[attr-defined]
    return models()[key.column.table.name]


def verb_of(model: Any) -> str:
    """What a role must be allowed to change rows of this table."""
    return verb_of(owner_of(model)) if issubclass(model, PartOf) else str(model.verb)


def every(kind: type[Any]) -> list[Any]:
    """The tables of one kind, those that name others first."""
    known = models()
    return [known[table.name] for table in reversed(Row.metadata.sorted_tables) if issubclass(known[table.name], kind)]
