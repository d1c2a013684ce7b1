"""The plain list of a thing: its columns, how it may be sorted, one page of rows at a time. The lists themselves: `desktop.shop.things`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, false, func, literal, or_, select, true, tuple_, type_coerce
from sqlalchemy.orm import Session

from desktop.shop.entity import CUSTOMER, DAY, SELLER, Entity, Field
from desktop.store.access import NOT_YOURS, hidden
from desktop.store.tables import by_day, models, refers
from desktop.values import fold
from desktop.values.period import Period
from desktop.values.text import N_, Refused
from desktop.values.unit import Column, Unit

PAGE = 200
SMALL = 20_000  # rows that sort in a blink without an index
_LOWEST = -(2**62)  # stands before every number: where a blank one sorts
_PHONE = 4  # fewer digits say nothing about a phone

Values = tuple[Any, ...]
Question = Select[*Values]
Part = str | Field | tuple[str | Field, Any]


@dataclass(frozen=True)
class Filter:
    """What a list shows, and in which order.

    ``all``: void and archived rows too. ``only``: (column of the table, value) pairs, such as ``("kind", "return")`` or
    ``("seller_id", 3)``. ``sort`` is a column's key, empty for the list's own order.
    """

    text: str = ""
    period: Period | None = None
    all: bool = False
    only: tuple[tuple[str, Any], ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Listing:
    """The rows of ``table``: its key and status (final, void, archived), then a cell for each column.

    ``joins``: (table, on) pairs the cells need. ``looks``: the condition that a row holds a text. ``day``: what a period narrows.
    ``within``: the condition that a row has a value which no column of the table holds. ``asks`` instead of all these.
    ``order``: the list's own (column key, descending). ``sorts``: what a column is sorted by where that is not its own
    value. ``finish`` makes the shown row of the read one; ``fixed``: always newest first.
    ``prices``: money of one piece, which nobody adds up. ``tally``: the columns of day and rows (in 1/10,000) of the day sums
    that know how many rows each day has.
    """

    key: str
    title: str
    table: Any
    columns: tuple[Column, ...]
    cells: tuple[Any, ...]
    joins: tuple[tuple[Any, Any], ...]
    looks: Callable[[str], Any]
    day: Any
    sorts: dict[str, Any]
    order: tuple[str, bool]
    within: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    asks: Callable[[Filter], Question] | None = None
    finish: Callable[[Values], Values] | None = None
    fixed: bool = False
    prices: frozenset[str] = frozenset()
    tally: tuple[Any, Any] | None = None

    def question(self, chosen: Filter) -> Question:
        """What the list asks of the book, in no order."""
        if self.asks is not None:
            return self.asks(chosen)
        question = select(self._key, state(self.table), *self.cells).select_from(self.table)
        for table, on in self.joins:
            question = question.outerjoin(table, on)
        if fold.fold(chosen.text):
            question = question.where(self.looks(chosen.text))
        if self.day is not None and chosen.period is not None:
            question = question.where(self.day >= chosen.period.start, self.day < chosen.period.end)
        for name, value in chosen.only:
            question = question.where(self.within[name](value) if name in self.within else getattr(self.table, name) == value)
        return question if chosen.all else question.where(*standing(self.table))

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
        question = self.question(self._asked(s, chosen)).where(self._key.in_(list(map(self._id, ids))))
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
        question, unseen = self.question(chosen), hidden(s, self.columns)
        cells = list(question.selected_columns)[2:]
        summed = {
            column.key: func.coalesce(func.sum(cell), 0)
            for column, cell in zip(self.columns, cells, strict=False)
            if column.unit is Unit.MONEY and column.key not in self.prices | unseen
        }
        if not summed:
            return {}
        found = s.execute(question.with_only_columns(*summed.values(), maintain_column_froms=True)).one()
        return dict(zip(summed, (int(value) for value in found), strict=True))

    def sortable(self, s: Session) -> frozenset[str]:
        """The columns it can be sorted by: those with an index, and while the table is small every one that may be seen."""
        if self.fixed:
            return frozenset()
        seen = frozenset(column.key for column in self.columns) - hidden(s, self.columns)
        if by_day(self.table) or (s.scalar(select(func.max(self._key))) or 0) <= SMALL:
            return seen
        ways = [[column.key for column in index.columns] for index in self.table.__table__.indexes]
        carried = {way[0] for way in ways if way[1:] in ([], ["id"])}
        return frozenset(key for key in seen if getattr(self._by(key), "key", "") in carried)

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
        return s.execute(question.with_only_columns(by, self._key, maintain_column_froms=True).where(self._key == self._id(row))).first()

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

    def _id(self, row: int) -> Any:
        """The table's key of a row's id."""
        return dt.date.fromordinal(row) if by_day(self.table) else row

    def _order(self, chosen: Filter) -> tuple[Any, bool]:
        sort, down = (chosen.sort, chosen.descending) if chosen.sort else self.order
        return self._by(sort) if sort else self._key, down

    def _by(self, sort: str) -> Any:
        """What the list is sorted by: blank values at the low end."""
        if sort in self.sorts:
            return self.sorts[sort]
        at = next(at for at, column in enumerate(self.columns) if column.key == sort)
        cell = self.cells[at]
        if getattr(cell, "class_", None) is self.table and not cell.nullable:
            return cell
        if self.columns[at].unit in (Unit.TEXT, Unit.CODE, Unit.DAY, Unit.TIME):
            return func.coalesce(type_coerce(cell, Text), literal("", Text))
        return func.coalesce(cell, _LOWEST)

    def _shown(self, s: Session, question: Question) -> list[Values]:
        unseen = hidden(s, self.columns)
        blank = frozenset(at for at, column in enumerate(self.columns, 2) if column.key in unseen)
        rows = (tuple(row) if self.finish is None else self.finish(tuple(row)) for row in s.execute(question))
        if by_day(self.table):
            rows = ((row[0].toordinal(), *row[1:]) for row in rows)
        return [tuple(None if at in blank else value for at, value in enumerate(row)) if blank else row for row in rows]


def listing(
    key: str,
    title: str,
    *parts: Part,
    looks: Sequence[str] | Callable[[str], Any] = ("name",),
    day: str = "day",
    joins: Sequence[tuple[Any, Any]] = (),
    sorts: Mapping[str, Any] | None = None,
    **more: Any,
) -> Callable[[Entity], Listing]:
    """What makes the list of a thing; ``more``: see `Listing`.

    A part is a field or, where the form has it or every list calls it so, its key. It shows the table's column of that key or
    the name of the row that the table refers to, else what stands beside it. ``looks``: by such keys, or the condition itself.
    """

    def of(thing: Entity) -> Listing:
        table = thing.table
        columns, cells, joined, ways = [], {}, list(joins), {"name": table.name_sort} if hasattr(table, "name_sort") else {}
        for part in parts:
            said, cell = part if isinstance(part, tuple) else (part, None)
            column = _column(said if isinstance(said, Field) else _called(thing, said))
            if cell is None and (link := refers(table, column.key)) is not None:
                other = models()[column.key]
                joined.append((other, link == other.id))
                cell = other.name if hasattr(other, "name") else other.number
                if hasattr(other, "position") or hasattr(other, "name_sort"):
                    ways[column.key] = other.position if hasattr(other, "position") else func.coalesce(other.name_sort, "")
            columns.append(column)
            cells[column.key] = getattr(table, column.key, None) if cell is None else cell
        seen = () if callable(looks) else [one for one in looks if one != "name" or hasattr(table, "name_fold")]
        holds = looks if callable(looks) else partial(holding, [_folded(table, one, cells.get(one)) for one in seen])
        order = ("day", True) if "day" in cells else ("name", False) if "name" in ways else ("", True)
        return Listing(key, title, table, tuple(columns), tuple(cells.values()), tuple(joined), holds, getattr(table, day, None),
                       ways | dict(sorts or {}), **{"order": order, **more})  # fmt: skip

    return of


def standing(table: Any) -> list[ColumnElement[bool]]:
    """That a row is neither void nor archived."""
    return [table.archived == 0] if hasattr(table, "archived") else [table.status != "void"] if hasattr(table, "status") else []


def holding(columns: Sequence[Any], text: str) -> ColumnElement[bool]:
    """That one of ``columns`` holds the text that is looked for; where there is none, all do."""
    return or_(false() if columns else true(), *(column.contains(fold.fold(text), autoescape=True) for column in columns))


def state(table: Any) -> Any:
    """A row's status: final, void or archived."""
    if hasattr(table, "archived"):
        return case((table.archived == 1, "archived"), else_="final")
    if not hasattr(table, "status"):
        return literal("final")
    return case((table.status == "void", "void"), else_="final")


def by_person(table: Any) -> Callable[[str], ColumnElement[bool]]:
    """What looks through people: by name, phone or the whole code."""
    return lambda text: or_(named_like(table, text, table.phone), table.code == fold.code(text))


def named_like(table: Any, text: str, hint: Any = None) -> ColumnElement[bool]:
    """The row's name holds ``text``, or its phone, code ... (``hint``) does."""
    # escaped: a % that somebody typed is a % that somebody looks for
    matches = [table.name_fold.contains(fold.fold(text), autoescape=True)]
    digits = fold.phone(text)
    if hint is not None and hint.key == "phone":
        if digits and len(digits) >= _PHONE:
            matches.append(hint.contains(digits, autoescape=True))
    elif hint is not None:
        matches.append(hint.startswith(fold.code(text), autoescape=True))
    return or_(*matches)


def _folded(table: Any, key: str, cell: Any) -> Any:
    """What is looked through for a text: a name as it is folded."""
    of = models()[key] if refers(table, key) is not None else table
    if of is not table or key == "name":
        return of.name_fold if hasattr(of, "name_fold") else of.number
    return getattr(table, key, cell)


def _called(thing: Entity, key: str) -> Field:
    """The form's field, or what every list calls so."""
    field = next(one for one in (*thing.fields, *_USUAL) if key in (one.key, one.refers))
    return replace(field, key=key)


def _column(field: Field) -> Column:
    return Column(field.key, field.title, _UNITS.get(field.kind, Unit.TEXT), field.secret)


_UNITS = {unit.value: unit for unit in Unit} | {
    "phone": Unit.CODE, "codes": Unit.CODE, "number": Unit.QUANTITY, "month": Unit.DAY, "score": Unit.COUNT
}  # fmt: skip
_USUAL = (
    DAY,
    CUSTOMER,
    SELLER,
    Field("kind", N_("Kind")),
    Field("number", N_("Number"), "code"),
    Field("amount", N_("Amount"), "money"),
    Field("at", N_("When")),
)
