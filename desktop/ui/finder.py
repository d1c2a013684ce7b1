"""One box that finds everything: pages, commands, KPIs, and whatever is in the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem

from desktop import kpi
from desktop.shop.search import Hit, search
from desktop.shop.things import THINGS
from desktop.ui.acts import open_row
from desktop.ui.keys import ANYWHERE, ENTRY
from desktop.ui.sidebar import FOOT, pages
from desktop.ui.theme import at_start, icon, theme
from desktop.ui.widgets import down, named
from desktop.values.digits import foreign
from desktop.values.fold import fold
from desktop.values.text import tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

MOST, WIDE = 14, 420


@dataclass(frozen=True)
class Found:
    """One line of the list: what it is called, what kind of thing it is, and what choosing it does."""

    title: str
    kind: str
    picture: str
    act: Callable[[], object]


class SearchBox(QLineEdit):
    """Finds while typing; arrows and Enter choose, Esc clears."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setPlaceholderText(tr("Search everything …  {key}", key=foreign("Ctrl+K")))
        named(self, tr("Search everything"), "search")
        self.setAlignment(at_start())
        self.setFixedWidth(300)
        self.addAction(icon("search", theme().soft, 18), QLineEdit.ActionPosition.LeadingPosition)
        self._list = named(QListWidget(), tr("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame = QFrame(self)
        self._frame.setObjectName("finds")
        down(self._list, edge=(6, 6, 6, 6), on=self._frame)
        self._frame.hide()
        self._found: list[Found] = []
        self._wait = QTimer(self, singleShot=True, interval=60)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(lambda _: self._wait.start())
        self._list.itemClicked.connect(lambda item: self._choose(self._list.row(item)))
        self.destroyed.connect(self._frame.deleteLater)

    @property
    def found(self) -> list[str]:
        return [one.title for one in self._found] if self._frame.isVisible() else []

    def _ask(self) -> None:
        text = self.text()
        if not fold(text):
            self._frame.hide()
            return
        self.stage.desk.ask(lambda s: search(s, text), lambda hits: self._show(text, hits), self.stage.failed)

    def _show(self, text: str, hits: list[Hit]) -> None:
        if text != self.text():
            return
        self._found = [*self._own(fold(text)), *map(self._hit, hits)][:MOST]
        around = self.window()
        self._frame.setParent(around)  # over everything, not inside the box
        self._list.ensurePolished()  # else its rows are measured as they do not look
        self._list.clear()
        for one in self._found:
            self._list.addItem(QListWidgetItem(icon(one.picture, theme().soft, 18), f"{one.title}   ·   {one.kind}"))
        if not self._found:
            nothing = QListWidgetItem(tr("Nothing is called “{text}”.", text=foreign(text)))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)
        at = self.mapTo(around, QPoint(0, self.height() + 4))
        height = min(self._list.sizeHintForRow(0) * self._list.count() + 18, around.height() - at.y() - 16)
        right = at.x() + self.width()
        left = right - WIDE if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at.x()
        self._frame.setGeometry(max(8, min(left, around.width() - WIDE - 8)), at.y(), WIDE, height)
        self._frame.show()
        self._frame.raise_()

    def _own(self, folded: str) -> Iterator[Found]:
        """Pages, commands and KPIs that are called so."""
        for page in (*pages(), *FOOT):
            if any(folded in fold(text) for text in (tr(page.called), tr(page.words) if page.words else "", page.key)):
                yield Found(tr(page.called), tr("page"), page.picture, partial(self.stage.go, page.key))
        for key in (*ENTRY, *ANYWHERE):
            if key.does and (folded in fold(tr(key.title)) or (key.more and folded in fold(key.more))):
                yield Found(tr(key.title), key.keys, "keyboard", partial(key.does, self.stage))
        for one in kpi.ALL:
            if any(folded in fold(text) for text in (tr(one.title), tr(one.short), one.key.replace("_", " "))):
                yield Found(tr(one.title), tr("KPI"), "lamp", partial(self.stage.show_kpi, one.key))

    def _hit(self, hit: Hit) -> Found:
        thing = THINGS[hit.kind]
        said = f"{tr(thing.title)} {Unit.CODE.number(hit.hint)}" if hit.hint else tr(thing.title)
        return Found(foreign(hit.title), said, thing.picture, lambda: open_row(self.stage, thing, hit.id))

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._found):
            self._leave()
            self._found[at].act()

    def _leave(self) -> None:
        self._frame.hide()
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shown = event.key(), self._frame.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if shown:
                self._choose(self._list.currentRow())
            else:
                self._ask()
        elif key == Qt.Key.Key_Escape:
            self._leave()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frame.hide()
