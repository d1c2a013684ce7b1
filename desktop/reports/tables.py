"""Tables on paper: hairlines, numbers at the right under their unit's word, long names on a second line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.reports.paper import INK, SMALL, SOFT, TEXT, Sheet
from desktop.values.digits import number
from desktop.values.text import tr

ROW, LINE_OF_CELL, GAP, LAMP = 27.0, 17.0, 10.0, 21.0
MOST_HEAD = 4  # lines that a title may take


@dataclass(frozen=True)
class Field:
    """A column: heading, share of the width, whether it holds numbers (at the right in both directions), their unit's word."""

    title: str
    share: float
    number: bool = True
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a table: its cells; a lamp before the first one, and a note in small print under it, if it has them."""

    cells: tuple[str, ...]
    lamp: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a head, ``width`` wide from ``start``."""

    sheet: Sheet
    fields: Sequence[Field]
    rows: Sequence[Row]
    start: float = 0
    width: float = 0
    most: int = 2  # lines that a text or a note may take
    least: float = 0  # the head is at least this high: tables side by side stand on one line

    @property
    def wide(self) -> float:
        return self.width or self.sheet.width

    @property
    def head(self) -> float:
        """The height of the head: a line for the titles, one for units where a column has one."""
        titles = max(self.sheet.lines(field.title, width, SMALL) for field, _, width in self._places)
        return max(self.least, 8 + 16 * min(MOST_HEAD, titles) + (15 if any(field.unit for field in self.fields) else 0))

    def height(self, row: Row) -> float:
        """How high a row stands."""
        texts = [self.sheet.lines(text, width, SMALL, weight) for text, _, width, weight in self._texts(row)]
        lines = min(self.most, max(texts, default=1))
        note = LINE_OF_CELL * min(self.most, self.sheet.lines(row.note, self.wide - LAMP, SMALL)) if row.note else 0
        return ROW + LINE_OF_CELL * (lines - 1) + note

    def draw(self, y: float, until: float | None = None) -> float:
        """Draws the table at ``y`` and gives back the y below; rows that would pass ``until`` are counted instead."""
        rows = list(self.rows)
        if until is not None:
            shown = self.fitting(until - y, rows)
            if shown < len(rows):
                shown = max(0, self.fitting(until - y - 20, rows))
            rows = rows[:shown]
        self._head(y)
        y += self.head
        self.sheet.rule(y, start=self.start, width=self.wide, color=INK)
        for row in rows:
            self._row(y, row)
            y += self.height(row)
            self.sheet.rule(y, start=self.start, width=self.wide)
        if len(rows) < len(self.rows):
            more = tr("and {n} more, in the Excel file of this report", n=number(len(self.rows) - len(rows)))
            self.sheet.say(self.start, y + 2, self.wide, more, px=SMALL, color=SOFT, height=18)
            y += 20
        return y

    def fitting(self, room: float, rows: Sequence[Row]) -> int:
        """How many of ``rows`` fit into ``room`` under the head."""
        left = room - self.head
        for n, row in enumerate(rows):
            left -= self.height(row)
            if left < 0:
                return n
        return len(rows)

    def parts(self, room: float) -> list[Table]:
        """The table cut into as many as it takes to fit each into ``room``."""
        found, rows = [], self.rows
        while rows:
            n = max(1, self.fitting(room, rows))
            found.append(replace(self, rows=rows[:n]))
            rows = rows[n:]
        return found or [self]

    @cached_property
    def _places(self) -> list[tuple[Field, float, float]]:
        """Each column, where it begins and how wide it is: numbers as wide as they need, with even room before (and after) them."""
        whole = sum(field.share for field in self.fields)
        widths = [self.wide * field.share / whole - (GAP if at < len(self.fields) - 1 else 0) for at, field in enumerate(self.fields)]
        needed = [min(width, self._needed(at)) if self.fields[at].number else width for at, width in enumerate(widths)]
        numbers = sum(field.number for field in self.fields)
        room = (sum(widths) - sum(needed)) / max(1, numbers + (not self.fields[-1].number))
        found, start = [], self.start
        for at, field in enumerate(self.fields):
            start += room if field.number or (at and self.fields[at - 1].number) else 0
            found.append((field, start, needed[at]))
            start += needed[at] + GAP
        return found

    def _needed(self, at: int) -> float:
        field, wide = self.fields[at], self.sheet.wide
        cells = [wide(row.cells[at], TEXT, tabular=True) for row in self.rows]
        return max(*cells, wide(field.title, SMALL), wide(field.unit, SMALL)) + 1

    def _texts(self, row: Row) -> Iterator[tuple[str, float, float, int]]:
        """The cells that are no numbers: each as it is written, where it begins, its width and its weight."""
        for at, ((field, start, width), cell) in enumerate(zip(self._places, row.cells, strict=True)):
            if not field.number:
                shift = LAMP if at == 0 and row.lamp else 0
                yield self._broken(cell, width - shift), start + shift, width - shift, 400 if at else 600

    def _broken(self, text: str, width: float) -> str:
        """``text`` with its bracket on a line of its own, where it needs two lines."""
        name, bracket, rest = text.partition(" (")
        wide = self.sheet.wide
        if not bracket or wide(text, SMALL, 600) <= width or max(wide(name, SMALL, 600), wide("(" + rest, SMALL, 600)) > width:
            return text
        return f"{name}\u2028({rest}"

    def _head(self, y: float) -> None:
        sheet = self.sheet
        indent = LAMP if any(row.lamp for row in self.rows) else 0
        for n, (field, at, width) in enumerate(self._places):
            side = "end" if field.number and not sheet.rtl else "start"
            shift, units = indent if n == 0 else 0, 15 if field.unit else 0
            top = y + self.head - units - 4 - 16 * min(MOST_HEAD, sheet.lines(field.title, width - shift, SMALL))
            sheet.paragraph(
                at + shift, top, width - shift, field.title, px=SMALL, color=SOFT, most=MOST_HEAD, side=side, spacing=16 / SMALL
            )
            if field.unit:
                sheet.say(at, y + self.head - units - 5, width, field.unit, px=SMALL, color=SOFT, height=16, side=side)

    def _row(self, y: float, row: Row) -> None:
        sheet = self.sheet
        if row.lamp:
            sheet.lamp(self.start + 4, y + ROW / 2, row.lamp, radius=4.5)
        top = y + (ROW - LINE_OF_CELL) / 2
        for text, at, width, weight in self._texts(row):
            sheet.paragraph(at, top, width, text, px=SMALL, weight=weight, most=self.most, spacing=LINE_OF_CELL / SMALL)
        for (field, at, width), cell in zip(self._places, row.cells, strict=True):
            if field.number:
                sheet.say(at, y, width, cell, px=TEXT, side="start" if sheet.rtl else "end", height=ROW, tabular=True)
        if row.note:
            top = y + self.height(Row(row.cells, row.lamp)) - 5
            sheet.paragraph(
                self.start + LAMP, top, self.wide - LAMP, row.note, px=SMALL, color=SOFT, most=self.most, spacing=LINE_OF_CELL / SMALL
            )
