"""The rows of a table as plain values: their texts are made when they are painted, and copied as Excel expects them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from desktop.charts.fonts import font
from desktop.ui.theme import at_start, icon, theme
from desktop.ui.widgets import tip
from desktop.values.digits import latin, plain
from desktop.values.text import tr
from desktop.values.unit import Column, Unit
from desktop.values.writing import writing

Index = QModelIndex | QPersistentModelIndex
Values = tuple[Any, ...]
Written = Callable[[Column, Any, Values], str]
KEPT = 400  # rows whose texts are kept: some screenfuls
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = {Unit.MONEY, Unit.MONEY_PER_DAY, Unit.SHARE, Unit.DAYS, Unit.COUNT, Unit.POINTS, Unit.RATIO, Unit.QUANTITY}
_PART = re.compile(r"[.٫]([0-9۰-۹]+)")


def numeric(column: Column) -> bool:
    """Whether units stand under units in it."""
    return column.unit in _NUMBERS


class Cells(QAbstractTableModel):
    """Rows of plain values - id, status, then a value per column - whose texts are made when they are painted.

    Status void is struck out, archived pale, sum bold, wrong red; any other is ordinary. ``written`` makes a cell's text of
    its column, value and whole row. ``places``: the decimals of what each column has shown so far.
    """

    leaving = Signal(bool)  # rows are about to change, of the same list or not: whoever shows them remembers where it stands
    came = Signal()  # they have come or changed: it stands there again, and looks

    def __init__(self, columns: Sequence[Column], written: Written | None = None) -> None:
        super().__init__()
        self.columns, self.total = tuple(columns), 0
        self.places: list[int] = [0] * len(self.columns)
        self.sorted_by: tuple[str, bool] = ("", False)
        self._written = written or (lambda column, value, _: column.unit.number(value))
        self._made: dict[int, tuple[str, ...]] = {}

    def at(self, row: int) -> Values | None:
        """The row that stands there; None while it is not known."""
        raise NotImplementedError

    def position(self, key: int) -> int | None:
        """Where the row of this id stands among those that are known."""
        raise NotImplementedError

    def look(self, first: int, last: int, current: int) -> None:
        """These rows are in sight, and one of all is the current one (-1: none)."""

    def texts(self, row: int) -> tuple[str, ...]:
        """A row as it is written; empty while it is not known."""
        made, values = self._made.get(row), self.at(row)
        if made is None and values is not None:
            if len(self._made) >= KEPT:
                self._made.clear()
            cells = zip(self.columns, values[2:], strict=True)
            made = self._made[row] = tuple(self._written(column, value, values) if value is not None else "" for column, value in cells)
            self.places = [max(known, decimals(text)) for known, text in zip(self.places, made, strict=True)]
        return made or ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, at = index.row(), index.column()
        values = self.at(row)
        if values is None:
            return tr("Loading …") if role == Qt.ItemDataRole.AccessibleTextRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.texts(row)[at]
            case Qt.ItemDataRole.UserRole:
                return values[at + 2]
            case Qt.ItemDataRole.AccessibleTextRole:
                return plain(self.texts(row)[at]) or None
            case Qt.ItemDataRole.ToolTipRole:
                return tip(plain(self.texts(row)[at])) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return side(self.columns[at])
            case Qt.ItemDataRole.ForegroundRole if values[1] in ("void", "archived", "wrong"):
                return QColor(theme().bad if values[1] == "wrong" else theme().soft)
            case Qt.ItemDataRole.FontRole:
                return _font(self.columns[at], values[1])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.columns[section].title)
        if role == Qt.ItemDataRole.DecorationRole and self.sorted_by[0] == self.columns[section].key:
            return icon("chevron-down" if self.sorted_by[1] else "chevron-up", theme().soft, 14)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side(self.columns[section])
        return None

    def copy(self, spans: Sequence[range], then: Callable[[str, int], object], *, head: bool) -> None:
        """``then`` hears these rows as a spreadsheet takes them, and how many they are."""
        rows = [values for span in spans for row in span if (values := self.at(row)) is not None]
        then(copied(self.columns, rows, self._written, head=head), len(rows))


class RowsModel(Cells):
    """A few rows, all of them here."""

    def __init__(self, columns: Sequence[Column], written: Written | None = None) -> None:
        super().__init__(columns, written)
        self.rows: list[Values] = []

    def show_rows(self, rows: Sequence[Values]) -> None:
        self.beginResetModel()
        self.rows, self.total = list(rows), len(rows)
        self._made.clear()
        self.places = [0] * len(self.columns)
        self.endResetModel()
        self.came.emit()

    def at(self, row: int) -> Values | None:
        return self.rows[row]

    def position(self, key: int) -> int | None:
        return next((at for at, row in enumerate(self.rows) if row[0] == key), None)


def copied(columns: Sequence[Column], rows: Iterable[Values], written: Written, *, head: bool) -> str:
    """Tab-separated text: bare numbers with Latin digits, words as they are read."""
    lines = ["\t".join(tr(column.title) for column in columns)] if head else []
    lines += ["\t".join(_bare(column, value, row, written) for column, value in zip(columns, row[2:], strict=True)) for row in rows]
    return "\n".join(lines)


def decimals(text: str) -> int:
    """How many decimal places a written number has."""
    found = _PART.search(text)
    return len(found[1]) if found else 0


def side(column: Column) -> Qt.AlignmentFlag:
    """Numbers at the right in both directions, so that units stand under units; words where reading starts."""
    return _NUMBER if numeric(column) else at_start()


def _bare(column: Column, value: Any, row: Values, written: Written) -> str:
    """A value as a spreadsheet takes it: Latin digits, no marks, amounts in the unit they are shown in, codes as their words."""
    if value is None:
        return ""
    if column.unit in (Unit.TEXT, Unit.FLAG):
        text = written(column, value, row)
        value = text if isinstance(value, str) else latin(text)
    if column.unit in (Unit.MONEY, Unit.MONEY_PER_DAY, Unit.QUANTITY):
        scaled = Fraction(value) / (1000 if column.unit is Unit.QUANTITY else writing().scale)
        return str(scaled.numerator) if scaled.denominator == 1 else f"{float(scaled):.10g}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(str(value)).replace("\t", " ").replace("\n", " ")


def _font(column: Column, status: str) -> QFont:
    made = font(13, 600 if status == "sum" else 400, tabular=numeric(column) or column.unit in (Unit.DAY, Unit.TIME))
    made.setStrikeOut(status == "void")
    return made
