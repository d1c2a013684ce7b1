"""The plain list of a thing: its columns, how it may be sorted, one page of rows at a time. The lists themselves: `desktop.shop.things`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, func, literal, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from desktop.shop.questions import Filter, Question
from desktop.store.access import visible
from desktop.values.column import Column
from desktop.values.text import N_
from desktop.values.unit import Unit

PAGE = 200
SMALL = 20_000  # rows that sort in a blink without an index
_LOWEST = -(2**62)  # stands before every number: where a blank one sorts

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Listing:
    """``question`` selects key, status (final, void, archived), then one value per column, in no order.

    ``order``: the list's own (column key, descending). ``sorts``: what a column is sorted by where that is not its own
    value; ``indexed``: the columns whose sorting an index carries. ``finish`` makes the shown row of the read one.
    ``of_id`` makes the table's key of a row's id; ``fixed``: always newest first. ``counted`` counts faster where it can.
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
    counted: Callable[[Session, Filter], int | None] | None = None

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
        """How many rows there are."""
        if self.counted is not None and (known := self.counted(s, chosen)) is not None:
            return known
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
        if sort == "name" and hasattr(self.table, "name_sort"):
            return self.table.name_sort, down
        at = next(at for at, column in enumerate(self.columns, 2) if column.key == sort)
        value = list(self.question(Filter(all=True)).selected_columns)[at]
        if self.columns[at - 2].unit in (Unit.TEXT, Unit.CODE, Unit.DAY, Unit.TIME):
            return func.coalesce(type_coerce(value, Text), literal("", Text)), down
        return func.coalesce(value, _LOWEST), down

    def _shown(self, row: Values, hidden: list[int]) -> Values:
        row = self.finish(row) if self.finish else row
        return tuple(None if at in hidden else value for at, value in enumerate(row)) if hidden else row


def columns(*parts: str | tuple[str, str, Unit] | Column) -> tuple[Column, ...]:
    """A list's columns; of the usual ones the key is enough."""
    return tuple(_USUAL[part] if isinstance(part, str) else part if isinstance(part, Column) else Column(*part) for part in parts)


def sorting(*named: Any, **more: Any) -> dict[str, Any]:
    """What the columns of that name are sorted by: the Persian order of each ``named`` table's names, blank ones first; and ``more``."""
    return {table.__tablename__: func.coalesce(table.name_sort, "") for table in named} | more


def by_day(row: Values) -> Values:
    """The row of a table whose key is a day, with that day's ordinal for an id."""
    return (row[0].toordinal(), *row[1:])


_USUAL = {
    one.key: one
    for one in (
        Column("day", N_("Day"), Unit.DAY), Column("name", N_("Name"), Unit.TEXT), Column("phone", N_("Phone"), Unit.CODE),
        Column("code", N_("Code"), Unit.CODE), Column("note", N_("Note"), Unit.TEXT), Column("customer", N_("Customer"), Unit.TEXT),
        Column("seller", N_("Seller"), Unit.TEXT), Column("source", N_("Source"), Unit.TEXT),
        Column("campaign", N_("Campaign"), Unit.TEXT), Column("kind", N_("Kind"), Unit.TEXT), Column("status", N_("Status"), Unit.TEXT),
        Column("number", N_("Number"), Unit.CODE), Column("amount", N_("Amount"), Unit.MONEY), Column("at", N_("When"), Unit.TEXT),
    )
}  # fmt: skip
