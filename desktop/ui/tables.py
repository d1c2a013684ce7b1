"""Rows of plain values in a quiet table: units under units, copied as Excel expects them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.charts.canvas import tint
from desktop.ui.memory import preferences
from desktop.ui.rows import Cells, Index, decimals, numeric
from desktop.ui.theme import rtl, theme
from desktop.values.digits import number
from desktop.values.text import tr
from desktop.values.unit import Column, Unit

ROW = 32  # px
SAMPLE = 30  # rows beside those in sight by which columns get their width
NARROWEST, WIDEST = 96, 380  # px a column of words keeps, and takes by itself


class Decimals(QStyledItemDelegate):
    """Draws numbers with their decimal marks under each other, however many places each has."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.rect.adjust(0, 0, -_gap(option.font, index), 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(_gap(index.data(Qt.ItemDataRole.FontRole), index), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the whole cell first: the shifted text would leave a strip of it bare."""
        ground = QStyleOptionViewItem(option)
        super().initStyleOption(ground, index)
        ground.text = ""
        widget, model = option.widget, index.model()
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, ground, painter, widget)
        if isinstance(model, Cells) and model.at(index.row()) is None:
            _paint_waiting(painter, option.rect, model.columns[index.column()])
        else:
            super().paint(painter, option, index)


def _paint_waiting(painter: QPainter, cell: QRect, column: Column) -> None:
    bar = QRect(0, 0, min(90, cell.width() // 2), 8)
    bar.moveCenter(cell.center())
    if numeric(column) or rtl():
        bar.moveRight(cell.right() - 10)
    else:
        bar.moveLeft(cell.left() + 10)
    painter.fillRect(bar, tint(theme().line, 0.6))


def _gap(face: QFont, index: Index) -> int:
    """How far a number stands from the right, so that its decimal mark stands under the others'."""
    model = index.model()
    if not isinstance(model, Cells) or not numeric(model.columns[index.column()]) or model.at(index.row()) is None:
        return 0
    own = decimals(index.data() or "")
    most = model.places[index.column()]
    if most <= own:
        return 0
    metrics = QFontMetricsF(face)
    return round((most - own) * metrics.horizontalAdvance("0") + (metrics.horizontalAdvance("٫") if not own else 0))


class Table(QTableView):
    """A table that opens a row by Enter or double click, lets go of it by Delete and copies for Excel.

    ``order_wanted`` tells the column whose header was clicked, ``said`` a sentence for the person.
    """

    opened = Signal(int)
    removed = Signal(int)
    order_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, model: Cells) -> None:
        super().__init__()
        self.rows = model
        self.key = ""  # under which the widths that a person gives its columns come back
        self.verbs: Callable[[int], list[tuple[str, Callable[[], object]]]] = lambda _: []
        self._shares: tuple[int, ...] = ()
        self.narrowest = NARROWEST
        self._ours = self._fitted = False
        self._least = [0] * len(model.columns)
        self._longest: list[int] | None = None
        self._held: list[tuple[int, int]] = []
        self._on: int | None = None
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
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        head.setResizeContentsPrecision(SAMPLE)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(40)
        head.setFixedHeight(ROW)
        head.sectionClicked.connect(lambda at: self.order_wanted.emit(model.columns[at].key))
        head.sectionResized.connect(self._keep_widths)
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.selectionModel().currentRowChanged.connect(self._look)
        model.leaving.connect(self._hold)
        model.came.connect(self._settle)

    # Widths

    def fit(self) -> None:
        """Columns as wide as they were left, else as what they show; what is left goes to those that hold words."""
        kept = str(preferences().value(f"widths/{self.key}", "")).split(",") if self.key else []
        if len(kept) == self.rows.columnCount() and all(one.isdecimal() for one in kept):
            self._set_widths([int(one) for one in kept])
            return
        self._fitted = True
        self._lengths()
        head = self.horizontalHeader()
        shown = (max(self.sizeHintForColumn(i), head.sectionSizeHint(i)) + 4 for i in range(self.rows.columnCount()))
        self._least = [max(min(WIDEST, width), least) for width, least in zip(shown, self._least, strict=True)]
        wordy = [i for i, column in enumerate(self.rows.columns) if column.unit is Unit.TEXT] or [0]
        spare, words = self.viewport().width() - sum(self._least), sum(self._least[i] for i in wordy)
        widths = list(self._least)
        for i in wordy:  # by what they hold: a kind of document needs less than a name
            widths[i] = max(min(widths[i], self.narrowest), widths[i] + spare * widths[i] // words)
        self._set_widths(widths)
        self._longest = self._lengths()

    def follow(self) -> None:
        """Fitted again where longer words than before have come in; nothing shrinks under the eyes."""
        if self._longest is None or any(now > before for now, before in zip(self._lengths(), self._longest, strict=True)):
            self.fit()

    def _lengths(self) -> list[int]:
        """How many letters the longest text of each column has, among the rows in sight and some after them."""
        first, last = self.sight()
        seen = [made for row in range(first, min(max(last + 1, first + SAMPLE), self.rows.rowCount())) if (made := self.rows.texts(row))]
        return [max((len(made[at]) for made in seen), default=0) for at in range(len(self.rows.columns))]

    def share_out(self, shares: tuple[int, ...]) -> None:
        """The columns share the width in these parts, now and whenever it changes."""
        self._shares = shares
        self._set_widths([self.viewport().width() * share // sum(shares) for share in shares])

    def share_out_by_content(self) -> None:
        """The same, in proportion to what each column shows; a hidden one takes no part."""
        self._lengths()
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
        if self.key and not self._ours and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            widths = (str(self.columnWidth(i)) for i in range(self.rows.columnCount()))
            preferences().setValue(f"widths/{self.key}", ",".join(widths))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._shares:
            self.share_out(self._shares)
        elif self._fitted:
            self.fit()
        self._look()

    # Rows

    def sight(self) -> tuple[int, int]:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(first, 0), self.rows.rowCount() - 1 if last < 0 else last

    def _look(self) -> None:
        """The rows in sight are asked for, and written before they are painted: their decimals decide where all stand."""
        first, last = self.sight()
        self.rows.look(first, last, self.currentIndex().row())
        before = self.rows.places
        for row in range(first, last + 1):
            self.rows.texts(row)
        if self.rows.places != before:
            self.viewport().update()

    def _hold(self, same: bool) -> None:
        """Remembers which rows are in sight, and how far down; at the top, and of another list, nothing is held."""
        if not same:
            self.verticalScrollBar().setValue(0)
        down, (first, last) = self.verticalScrollBar().value(), self.sight()
        rows = ((row, self.rows.at(row)) for row in range(first, last + 1) if down)
        self._held = [(values[0], down - row * ROW) for row, values in rows if values is not None]
        self._on = self.chosen()
        if same and self._longest is not None:  # what was seen elided stays so: nothing moves under the eyes
            self._longest = [max(pair) for pair in zip(self._longest, self._lengths(), strict=True)]

    def _settle(self) -> None:
        """The rows that were in sight stand where they stood, and the current one is the same."""
        self.updateGeometries()
        places = ((self.rows.position(key), down) for key, down in self._held)
        if (found := next(((at, down) for at, down in places if at is not None), None)) is not None:
            self.verticalScrollBar().setValue(found[0] * ROW + found[1])
        on = None if self._on is None else self.rows.position(self._on)
        if on is not None and on != self.currentIndex().row():
            self.stand_on(on)
        self._held, self._on = [], None
        self._look()

    def chosen(self) -> int | None:
        """The id of the current row."""
        index = self.currentIndex()
        values = self.rows.at(index.row()) if index.isValid() else None
        return None if values is None else int(values[0])

    def _open(self) -> None:
        if (row := self.chosen()) is not None:
            self.opened.emit(row)

    def stand_on(self, at: int) -> None:
        """The row is the current one, and chosen."""
        self.setCurrentIndex(self.rows.index(at, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_head = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(head=False)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == with_head:
            self.copy(head=True)
        elif (row := self.chosen()) is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End lead to the first and the last row."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1}
        if action in ends and ends[action] >= 0:
            return self.rows.index(ends[action], max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: Any) -> None:
        """Whoever comes by keyboard stands on the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.stand_on(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
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
        chosen = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        spans: list[range] = []
        for top, bottom in chosen or [(0, self.rows.rowCount() - 1)]:
            begin = max(top, spans[-1].stop) if spans else top
            spans.append(range(begin, max(begin, bottom + 1)))
        wanted = sum(map(len, spans))

        def take(text: str, rows: int) -> None:
            QGuiApplication.clipboard().setText(text)
            if rows < wanted:
                self.said.emit(tr("The first {n} of {all} rows were copied.", n=number(rows), all=number(wanted)))

        self.rows.copy(spans, take, head=head)
