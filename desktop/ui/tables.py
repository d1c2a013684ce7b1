"""Rows of plain values in a quiet table: units under units, copied as Excel expects them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.charts.fonts import font
from desktop.ui.memory import preferences
from desktop.ui.theme import at_start, icon, theme
from desktop.values.column import Column
from desktop.values.digits import latin, plain
from desktop.values.text import tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

Index = QModelIndex | QPersistentModelIndex
ROW = 32  # px
NARROWEST, WIDEST = 96, 380  # px a column of words keeps, and takes by itself
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = frozenset(
    {Unit.MONEY, Unit.MONEY_PER_DAY, Unit.SHARE, Unit.DAYS, Unit.COUNT, Unit.POINTS, Unit.RATIO, Unit.QUANTITY}
)  # fmt: skip
_PART = re.compile(r"[.٫]([0-9۰-۹]+)")


def numeric(column: Column) -> bool:
    """Whether the column is a column of numbers, to stand units under units."""
    return column.unit in _NUMBERS


class RowsModel(QAbstractTableModel):
    """``rows``: tuples of id, status, then a value per column. Texts are made once, when rows come in.

    Status void is struck out, archived pale, sum bold, wrong red; any other is ordinary. ``written`` makes a cell's text of
    its column, value and whole row.
    """

    def __init__(self, columns: Sequence[Column], written: Callable[[Column, Any, Sequence[Any]], str] | None = None) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[tuple[Any, ...]] = []
        self.texts: list[tuple[str, ...]] = []
        self.places: list[int] = [0] * len(self.columns)
        self.sorted_by: tuple[str, bool] = ("", False)
        self._written = written or (lambda column, value, _: column.unit.number(value))

    def show_rows(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.texts = [self._texts(row) for row in rows]
        self.places = [max((decimals(texts[at]) for texts in self.texts), default=0) for at in range(len(self.columns))]
        self.endResetModel()

    def add_rows(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            new = [self._texts(row) for row in rows]
            self.texts += new
            self.places = [max(known, *(decimals(texts[at]) for texts in new)) for at, known in enumerate(self.places)]
            self.endInsertRows()

    def _texts(self, row: tuple[Any, ...]) -> tuple[str, ...]:
        cells = zip(self.columns, row[2:], strict=True)
        return tuple(self._written(column, value, row) if value is not None else "" for column, value in cells)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, at = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.texts[row][at]
            case Qt.ItemDataRole.UserRole:
                return self.rows[row][at + 2]
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return plain(self.texts[row][at]) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return side(self.columns[at])
            case Qt.ItemDataRole.ForegroundRole if self.rows[row][1] in ("void", "archived"):
                return QColor(theme().soft)
            case Qt.ItemDataRole.ForegroundRole if self.rows[row][1] == "wrong":
                return QColor(theme().bad)
            case Qt.ItemDataRole.FontRole:
                return _font(self.columns[at], self.rows[row][1])
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

    def longest(self) -> list[int]:
        """How many letters the longest text of each column has."""
        return [max((len(texts[at]) for texts in self.texts), default=0) for at in range(len(self.columns))]

    def copied(self, rows: Sequence[int], *, head: bool) -> str:
        """Tab-separated text: bare numbers with Latin digits, words as they are read."""
        lines = ["\t".join(tr(column.title) for column in self.columns)] if head else []
        cells = (zip(self.columns, self.rows[row][2:], self.texts[row], strict=True) for row in rows)
        lines += ["\t".join(_bare(column, value, text) for column, value, text in row) for row in cells]
        return "\n".join(lines)


def decimals(text: str) -> int:
    """How many decimal places a written number has."""
    found = _PART.search(text)
    return len(found[1]) if found else 0


def side(column: Column) -> Qt.AlignmentFlag:
    """Numbers at the right in both directions, so that units stand under units; words where reading starts."""
    return _NUMBER if numeric(column) else at_start()


def _bare(column: Column, value: Any, text: str) -> str:
    """A value as a spreadsheet takes it: Latin digits, no marks, amounts in the unit they are shown in, codes as their words."""
    if value is None:
        return ""
    if column.unit in (Unit.TEXT, Unit.FLAG):
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


class Decimals(QStyledItemDelegate):
    """Draws numbers with their decimal marks under each other, however many places each has."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.rect.adjust(0, 0, -_gap(option.font, index), 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The room of the number and of the places it leaves empty."""
        face = index.data(Qt.ItemDataRole.FontRole)
        return super().sizeHint(option, index) + QSize(_gap(face, index), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the whole cell first: the shifted text would leave a strip of it bare."""
        ground = QStyleOptionViewItem(option)
        super().initStyleOption(ground, index)
        ground.text = ""
        widget = option.widget
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, ground, painter, widget)
        super().paint(painter, option, index)


def _gap(face: QFont, index: Index) -> int:
    """How far a number stands from the right, so that its decimal mark stands under the others'."""
    model = index.model()
    if not isinstance(model, RowsModel) or not numeric(model.columns[index.column()]):
        return 0
    most, own = model.places[index.column()], decimals(model.texts[index.row()][index.column()])
    if most <= own:
        return 0
    metrics = QFontMetricsF(face)
    return round((most - own) * metrics.horizontalAdvance("0") + (metrics.horizontalAdvance("٫") if not own else 0))


class Table(QTableView):
    """A table that opens a row by Enter or double click, lets go of it by Delete and copies for Excel.

    ``near_end`` asks for more rows; ``order_wanted`` tells the column whose header was clicked.
    """

    opened = Signal(int)
    removed = Signal(int)
    near_end = Signal()
    order_wanted = Signal(str)

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.verbs: Callable[[int], list[tuple[str, Callable[[], object]]]] = lambda _: []
        self._shares: tuple[int, ...] = ()
        self.narrowest = NARROWEST
        self._key, self._ours, self._fitted = "", False, False
        self._least = [0] * len(model.columns)
        self._longest: list[int] | None = None
        self.setModel(model)
        self.setItemDelegate(Decimals(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(40)
        head.setFixedHeight(ROW)
        head.sectionClicked.connect(lambda at: self.order_wanted.emit(model.columns[at].key))
        head.sectionResized.connect(self._keep_widths)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()][0]))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # Widths

    def remember(self, key: str) -> None:
        """Widths that a person gives its columns come back under this name."""
        self._key = key

    def fit(self) -> None:
        """Columns as wide as they were left, else as what they show; what is left goes to those that hold words."""
        kept = str(preferences().value(f"widths/{self._key}", "")).split(",") if self._key else []
        if len(kept) == self.rows.columnCount() and all(one.isdecimal() for one in kept):
            self._set_widths([int(one) for one in kept])
            return
        self._fitted = True
        head = self.horizontalHeader()
        shown = (max(self.sizeHintForColumn(i), head.sectionSizeHint(i)) + 4 for i in range(self.rows.columnCount()))
        self._least = [max(min(WIDEST, width), least) for width, least in zip(shown, self._least, strict=True)]
        wordy = [i for i, column in enumerate(self.rows.columns) if column.unit is Unit.TEXT] or [0]
        spare, words = self.viewport().width() - sum(self._least), sum(self._least[i] for i in wordy)
        widths = list(self._least)
        for i in wordy:  # by what they hold: a kind of document needs less than a name
            widths[i] = max(min(widths[i], self.narrowest), widths[i] + spare * widths[i] // words)
        self._set_widths(widths)
        self._longest = self.rows.longest()

    def follow(self) -> None:
        """Fitted again where longer words than before have come in; nothing shrinks under the eyes."""
        if self._longest is None or any(now > before for now, before in zip(self.rows.longest(), self._longest, strict=True)):
            self.fit()

    def share_out(self, shares: tuple[int, ...]) -> None:
        """The columns share the width in these parts, now and whenever it changes."""
        self._shares = shares
        self._set_widths([self.viewport().width() * share // sum(shares) for share in shares])

    def share_out_by_content(self) -> None:
        """The same, in proportion to what each column shows; a hidden one takes no part."""
        head = self.horizontalHeader()
        shown = [not self.isColumnHidden(at) for at in range(self.rows.columnCount())]
        wide = (max(self.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in range(len(shown)))
        self.share_out(tuple(width if seen else 0 for width, seen in zip(wide, shown, strict=True)))

    def _set_widths(self, widths: Sequence[int]) -> None:
        self._ours = True
        for i, width in enumerate(widths):
            self.setColumnWidth(i, width)
        self._ours = False

    def _keep_widths(self) -> None:
        """Only what a hand on the header did is kept: the last column stretches by itself."""
        if self._key and not self._ours and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            widths = (str(self.columnWidth(i)) for i in range(self.rows.columnCount()))
            preferences().setValue(f"widths/{self._key}", ",".join(widths))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._shares:
            self.share_out(self._shares)
        elif self._fitted:
            self.fit()

    # Rows

    def chosen(self) -> int | None:
        """The id of the current row."""
        index = self.currentIndex()
        return int(self.rows.rows[index.row()][0]) if index.isValid() else None

    def stand_on(self, at: int) -> None:
        """The row is the current one, and chosen."""
        self.setCurrentIndex(self.rows.index(at, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        with_head = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(head=False)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == with_head:
            self.copy(head=True)
        elif row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Whoever comes by keyboard stands on the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rows:
            self.stand_on(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done with the current row."""
        menu, row = QMenu(self), self.chosen()
        for title, act in self.verbs(row) if row is not None else []:
            menu.addAction(title, act)
        if menu.actions():
            menu.addSeparator()
        menu.addAction(tr("Copy\tCtrl+C"), lambda: self.copy(head=False))
        menu.addAction(tr("Copy with headings\tCtrl+Shift+C"), lambda: self.copy(head=True))
        return menu

    def copy(self, *, head: bool) -> None:
        """The chosen rows (all where none is chosen) lie in the clipboard, as a spreadsheet takes them."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()}) or range(len(self.rows.rows))
        QGuiApplication.clipboard().setText(self.rows.copied(list(rows), head=head))

    def _scrolled(self, at: int) -> None:
        if at >= self.verticalScrollBar().maximum() - 20 * ROW:
            self.near_end.emit()
