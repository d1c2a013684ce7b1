"""Every key of the window, in one table: what is bound, what F1 shows, what the search box offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop.shop.thing import Shortcut, Thing
from desktop.shop.things import THINGS
from desktop.ui.widgets import down, grid, label, named
from desktop.values.text import N_, tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage


@dataclass(frozen=True)
class Key:
    """``does`` is asked of the window; None: the widget in focus does it."""

    keys: str
    title: str
    does: Callable[[Stage], object] | None = None
    more: str = ""  # other words by which the search box finds it


def _entry(thing: Thing, shortcut: Shortcut) -> Key:
    return Key(shortcut.keys, shortcut.title or thing.new, lambda stage: stage.start(thing.key), shortcut.words)


ENTRY = tuple(
    sorted((_entry(one, one.shortcut) for one in THINGS.values() if one.shortcut), key=lambda key: (len(key.keys), key.keys))
)  # fmt: skip
SAVED = N_("Everything is saved already; Cheragh saves at every step.")
ANYWHERE = (
    Key("Ctrl+K", N_("Search everything"), lambda stage: stage.look()),
    Key("Ctrl+F", N_("Search on this page"), lambda stage: stage.look(here=True)),
    Key("Ctrl+N", N_("New, on this page"), lambda stage: stage.begin()),
    Key("Ctrl+Z", N_("Undo"), lambda stage: stage.undo()),
    Key("Ctrl+Y", N_("Redo"), lambda stage: stage.redo()),
    Key("Ctrl+P", N_("Monthly report"), lambda stage: stage.go("reports")),
    Key("Ctrl+I", N_("Bring from Excel"), lambda stage: stage.go("importing")),
    Key("Ctrl+B", N_("Back up now"), lambda stage: stage.back_up(), "پشتیبان"),
    Key("Ctrl+O", N_("Open another book"), lambda stage: stage.choose_book()),
    Key("Ctrl+S", N_("Save (it is saved already)"), lambda stage: stage.say(tr(SAVED))),
    Key("F5", N_("Ask the book again"), lambda stage: stage.refresh()),
    Key("F1", N_("This list of keys"), lambda stage: stage.show_keys()),
)
INSIDE = (
    Key("Enter", N_("The next field; on a row: open it")),
    Key("Ctrl+Enter", N_("Save the form")),
    Key("Esc", N_("Close the form")),
    Key("Delete", N_("Void or archive the row (Ctrl+Z brings it back)")),
    Key("Ctrl+C", N_("Copy rows, as Excel takes them")),
    Key("Ctrl+1 … Ctrl+9", N_("The pages, from the top")),
)
GROUPS = ((N_("Record"), ENTRY), (N_("Anywhere"), ANYWHERE), (N_("In forms and lists"), INSIDE))


class KeySheet(QDialog):
    """What F1 shows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        columns = grid(40, -1)
        for at, (title, keys) in enumerate(GROUPS):
            columns.addLayout(_group(title, keys), 0, at, Qt.AlignmentFlag.AlignTop)
        down(columns, edge=(24, 20, 24, 24), on=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


def _group(title: str, keys: tuple[Key, ...]) -> QGridLayout:
    found = grid(16, 8)
    found.addWidget(label(tr(title), "h2"), 0, 0, 1, 2)
    for row, key in enumerate(keys, 1):
        cap = named(label(key.keys, wrap=False), key.keys, "key")
        cap.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        found.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeading)
        found.addWidget(label(tr(key.title), wrap=False), row, 1)
    return found


def bind(window: QWidget, stage: Stage) -> None:
    """The keys of ``window`` do on ``stage`` what the table says."""
    for key in (*ENTRY, *ANYWHERE):
        shortcut = QShortcut(QKeySequence(key.keys), window)
        shortcut.activated.connect(lambda does=key.does: does and does(stage))
