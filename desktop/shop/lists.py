"""The plain list of a thing: its columns, how it may be sorted, one page of rows at a time. The lists themselves: `desktop.shop.things`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Text, false, func, literal, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from desktop.shop.questions import Filter, Question
from desktop.store.access import NOT_YOURS, hidden, visible
from desktop.values.column import Column
from desktop.values.text import N_, Refused
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
    ``of_id`` makes the table's key of a row's id; ``fixed``: always newest first.
    ``prices``: money of one piece, which nobody adds up. ``tally``: the columns of day and rows (in 1/10,000) of the day sums
    that know how many rows each day has.
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
    prices: frozenset[str] = frozenset()
    tally: tuple[Any, Any] | None = None

    def page(
        self, s: Session, chosen: Filter, *, after: int | None = None, before: int | None = None, start: int = 0, limit: int = PAGE
    ) -> list[Values]:
        """``limit`` rows as plain tuples: id, status, values in the columns' order.

        They begin after the row whose id is ``after``, end before that of ``before``, or begin at ``start``: so many rows from
        the top, or, below 0, from the end. What the session's user may not see is None.
        """
        chosen = self._asked(s, chosen)
        by, down = self._order(chosen)
        question, row = self.question(chosen), before if after is None else after
        back = before is not None or start < 0
        if row is not None:
            if (here := self._here(s, self.question(Filter(all=True)), by, row)) is None:
                return []
            question = question.where(self._beyond(by, here, down=down != back))
        elif start < 0:
            limit, skipped = min(limit, -start), max(-start - limit, 0)
            question = self._skip(s, chosen, question, by, skipped, down=not down)
        elif start:
            question = self._skip(s, chosen, question, by, start, down=down)
        question = self._ordered(question, by, down=down != back)
        rows = self._shown(s, question.limit(limit))
        return rows[::-1] if back else rows

    def rows_of(self, s: Session, chosen: Filter, ids: Sequence[int]) -> list[Values]:
        """The rows of these ids, as far as the list shows them, in no order."""
        question = self.question(self._asked(s, chosen)).where(self._key.in_([self.of_id(row) for row in ids]))
        return self._shown(s, question)

    def place(self, s: Session, chosen: Filter, row: int) -> int | None:
        """How many rows stand before the one of this id; None where the list does not show it."""
        chosen = self._asked(s, chosen)
        by, down = self._order(chosen)
        question = self.question(chosen)
        if (here := self._here(s, question, by, row)) is None:
            return None
        before = self._beyond(by, here, down=not down)
        if (days := self._days(chosen)) is None or self._sort(chosen) != "day":
            return self._count(s, question.where(before))
        earlier = days.c.day > here[0] if down else days.c.day < here[0]
        return (s.scalar(select(func.sum(days.c.rows)).where(earlier)) or 0) + self._count(s, question.where(by == here[0], before))

    def count(self, s: Session, chosen: Filter) -> int:
        """How many rows there are; where day sums know it, from them."""
        chosen = self._asked(s, chosen)
        if (days := self._days(chosen)) is not None:
            return s.scalar(select(func.sum(days.c.rows))) or 0
        return self._count(s, self.question(chosen))

    def sums(self, s: Session, chosen: Filter) -> dict[str, int]:
        """Each column of money that can be added up, in the smallest unit; void rows do not count."""
        chosen = self._asked(s, chosen)
        chosen = chosen if hasattr(self.table, "archived") else replace(chosen, all=False)
        question, seen = self.question(chosen), visible(s, self.columns)
        cells = list(question.selected_columns)[2:]
        summed = {
            column.key: func.coalesce(func.sum(cell), 0)
            for column, cell in zip(self.columns, cells, strict=False)
            if column.unit is Unit.MONEY and column.key not in self.prices and column in seen
        }
        if not summed:
            return {}
        found = s.execute(question.with_only_columns(*summed.values(), maintain_column_froms=True)).one()
        return dict(zip(summed, (int(value) for value in found), strict=True))

    def sortable(self, s: Session) -> frozenset[str]:
        """The columns it can be sorted by: those with an index, and while the table is small every one that may be seen."""
        if self.fixed:
            return frozenset()
        if self.indexed and (s.scalar(select(func.max(self._key))) or 0) > SMALL:
            return self.indexed
        return frozenset(column.key for column in visible(s, self.columns))

    def _asked(self, s: Session, chosen: Filter) -> Filter:
        """What may be asked: an order by a column that may not be seen, or a choice of its values, would tell them.

        Raises:
            Refused: rows are chosen by what the session's user may not see.
        """
        unseen = hidden(s, self.columns)
        if any(name in unseen for name, _ in chosen.only):
            raise Refused(NOT_YOURS)
        return replace(chosen, sort="") if chosen.sort in unseen else chosen

    def _days(self, chosen: Filter) -> Any:
        """How many rows each day has, where the day sums know it."""
        if self.tally is None or chosen.text or chosen.all or chosen.only:
            return None
        day, parts = self.tally
        within = [day >= chosen.period.start, day < chosen.period.end] if chosen.period else []
        return select(day.label("day"), (func.sum(parts) // 10_000).label("rows")).where(*within).group_by(day).subquery()

    def _sort(self, chosen: Filter) -> str:
        return chosen.sort or self.order[0]

    def _count(self, s: Session, question: Question) -> int:
        return s.scalar(question.with_only_columns(func.count(), maintain_column_froms=True)) or 0

    def _here(self, s: Session, question: Question, by: Any, row: int) -> Any:
        """Where the row of this id stands in the order: what it is sorted by, and its key."""
        return s.execute(question.with_only_columns(by, self._key, maintain_column_froms=True).where(self._key == self.of_id(row))).first()

    def _beyond(self, by: Any, here: Any, *, down: bool, too: bool = False) -> Any:
        """The rows after a place in the order (``too``: and the one there)."""
        own, place = tuple_(by, self._key), tuple_(literal(here[0], by.type), literal(here[1], self._key.type))
        if too:
            return own <= place if down else own >= place
        return own < place if down else own > place

    def _ordered(self, question: Question, by: Any, *, down: bool) -> Question:
        return question.order_by(by.desc() if down else by, self._key.desc() if down else self._key)

    def _skip(self, s: Session, chosen: Filter, question: Question, by: Any, rows: int, *, down: bool) -> Question:
        """The question without the first ``rows``: one walk along the order finds where they end, of sales from their day on."""
        if not rows:
            return question
        places = self._ordered(question.with_only_columns(by, self._key, maintain_column_froms=True), by, down=down)
        if (days := self._days(chosen)) is not None and self._sort(chosen) == "day":
            for day, many in s.execute(select(days.c.day, days.c.rows).order_by(days.c.day.desc() if down else days.c.day)):
                if rows < many:
                    places = places.where(by == day)
                    break
                rows -= many
            else:
                return question.where(false())
        here = s.execute(places.offset(rows).limit(1)).first()
        return question.where(false() if here is None else self._beyond(by, here, down=down, too=True))

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

    def _shown(self, s: Session, question: Question) -> list[Values]:
        seen = visible(s, self.columns)
        hidden = frozenset(at for at, column in enumerate(self.columns, 2) if column not in seen)
        rows = (tuple(row) if self.finish is None else self.finish(tuple(row)) for row in s.execute(question))
        return [tuple(None if at in hidden else value for at, value in enumerate(row)) if hidden else row for row in rows]


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
