"""A thing picked by typing some of its name, code or barcode; one that is not there yet is made when the form is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from desktop.ui.theme import at_start, rtl
from desktop.values.digits import foreign, plain
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

Find = Callable[[str, str], list[tuple[int, str, str]]]
Make = Callable[[str, str], int]
SHOWN, EDGE = 8, 5  # lines of the list, and px around them
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Entry(QLineEdit):
    """A line of text that keeps Ctrl+Z to itself only while something typed in it can be taken back."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (event.matches(undo) and not self.isUndoAvailable()) or (event.matches(redo) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)


class Picker(Entry):
    """Arrows walk the list, Enter or Tab take what it offers first; ``value`` is the thing's id.

    ``picked`` tells the id (None: a new one, which ``value`` will make) and what had been typed.
    """

    picked = Signal(object, str)

    def __init__(self, entity: str, find: Find, make: Make | None = None) -> None:
        super().__init__()
        self.entity, self._find, self.make = entity, find, make
        self._id: int | None = None
        self._list = QListWidget(self)
        self._list.setObjectName("finds")
        self._list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._take)
        self._wait = QTimer(self, singleShot=True, interval=60)
        self._wait.timeout.connect(self._suggest)
        self.textEdited.connect(self._typed)
        self.setPlaceholderText(tr("Type part of the name …"))
        self.setAlignment(at_start())

    @property
    def known(self) -> int | None:
        """The picked thing's id; None while nothing, or something new, is typed."""
        return self._id

    @property
    def offers(self) -> list[str]:
        """What the open list offers."""
        return [plain(self._list.item(at).text()) for at in range(self._list.count())] if self._list.isVisible() else []

    def value(self) -> int | None:
        """The picked thing's id; text that names exactly one thing picks it, text that names none is made when allowed.

        Raises:
            Refused: the text names nothing, and nothing can be made of it here.
        """
        text = self.text().strip()
        if not text:
            return None
        if self._id is None:
            self._id = self._resolve(text)
        return self._id

    def set_value(self, value: int | None, name: str = "") -> None:
        self._id = value
        self.setText(name if value is not None else "")
        self.setCursorPosition(0)

    def _resolve(self, text: str) -> int:
        found = self._find(self.entity, text)
        same = [row for row in found if fold(row[1]) == fold(text)] or (found if len(found) == 1 else [])
        if same:
            self.setText(same[0][1])
            return same[0][0]
        if self.make is None:
            raise Refused(N_("“{text}” was not found; pick one from the list."), text=text)
        return self.make(self.entity, text)

    def _typed(self) -> None:
        self._id = None
        self._wait.start()

    def _suggest(self) -> None:
        self._wait.stop()
        if not self.hasFocus():
            return
        text = self.text().strip()
        rows = self._find(self.entity, text)[:SHOWN]
        self._list.clear()
        for row_id, name, hint in rows:
            self._offer(f"{foreign(name)}   {Unit.CODE.number(hint)}" if hint else name, row_id, name)
        same = next((at for at, row in enumerate(rows) if fold(row[1]) == fold(text)), None)
        if text and self.make is not None and same is None:
            self._offer(tr("+ new: {name}", name=foreign(text)), None, text)
        if not self._list.count():
            self._list.hide()
            return
        self._list.setCurrentRow(same or 0)
        self._list.resize(max(self.width(), 260), self._list.count() * self._list.sizeHintForRow(0) + 2 * EDGE)
        left = self.width() - self._list.width() if rtl() else 0
        self._list.move(self.mapToGlobal(QPoint(left, self.height() + 2)))
        self._list.show()

    def _offer(self, text: str, row_id: int | None, name: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, (row_id, name))
        self._list.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        typed = self.text()
        self._id, name = item.data(Qt.ItemDataRole.UserRole)
        self.setText(name)
        self._list.hide()
        self.picked.emit(self._id, typed)

    def settle(self) -> None:
        """Takes what the list offers, even when it had no time to appear."""
        if self._wait.isActive() and self.text().strip():
            self._suggest()
        if self._list.isVisible() and self._list.currentItem():
            self._take(self._list.currentItem())

    def event(self, event: QEvent) -> bool:
        # before Qt moves the focus away with Tab, and before a form hears of Enter
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TAKES:
            self.settle()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if arrow and self._list.isVisible():
            self._list.setCurrentRow((self._list.currentRow() + arrow) % self._list.count())
        elif event.key() == Qt.Key.Key_Down:
            self._suggest()
        elif event.key() == Qt.Key.Key_Escape and self._list.isVisible():
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._wait.stop()
        self._list.hide()
