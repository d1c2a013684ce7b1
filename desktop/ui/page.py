"""What every page has: a head with title, search and one primary action, and a body; and what stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.ui.finder import SearchBox
from desktop.ui.theme import theme
from desktop.ui.typed import Typed, put, take
from desktop.ui.widgets import Card, across, button, down, fill, label, picture
from desktop.values.digits import plain
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage


class Page(QWidget):
    """``key`` names it; ``refresh`` asks the book again; ``heard`` is told which tables moved."""

    key = ""

    def __init__(self, stage: Stage, title: str) -> None:
        super().__init__()
        self.stage, self.desk = stage, stage.desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(plain(title))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title, self.subtitle = label(title, "h1", wrap=False), label("", "soft", wrap=False)
        self.subtitle.hide()
        self.search = SearchBox(stage)
        self.head = across((down(self.title, self.subtitle, gap=0), 1), self.search, gap=8)
        self.body = down(self.head, gap=8, edge=(24, 16, 24, 16), on=self)

    def primary(self, title: str, does: Callable[[], object], picture: str = "plus") -> QPushButton:
        """The page's one primary action, at the end of the head."""
        made = button(title, does, picture, "primary")
        self.head.addWidget(made)
        return made

    def rename(self, button: QPushButton, title: str) -> None:
        """The primary action is called so; it is away where there is none."""
        button.setText(f" {title}")
        button.setAccessibleName(title)
        button.setVisible(bool(title))

    def refresh(self) -> None:
        """Asks the book again."""

    def typed(self) -> Typed:
        """What goes on on the same page of a window made anew."""
        return take(self)

    def type_again(self, typed: Typed) -> None:
        """The same stands here."""
        put(self, typed)

    @property
    def looks(self) -> QLineEdit:
        """The field that looks through this page, if it has one of its own."""
        return self.search

    def begin(self) -> None:
        """A new one of what stands here."""
        self.stage.open_form("sale")

    def show_listing(self, key: str) -> None:
        """Of the lists on this page, this one comes into sight."""

    def show_file(self, path: Path) -> None:
        """A file of another program, seen before anything of it is taken."""

    def heard(self, _tables: frozenset[str]) -> None:
        self.refresh()


class Empty(Card):
    """What a place is for, and the one button that starts it; ``more`` are further ways in: (word, icon, what it does)."""

    def __init__(
        self, sentence: str, action: str, start: Callable[[], object], title: str = "",
        more: tuple[tuple[str, str, Callable[[], object]], ...] = (), icon: str = "plus",
    ) -> None:  # fmt: skip
        super().__init__(edge=(24, 32, 24, 32))
        self.setAccessibleName(plain(title or tr("Nothing here yet")))
        self.button = button(action, start, icon, "primary")
        head = label(title, "h2", centred=True, wrap=False)
        others = (button(word, then, name) for word, name, then in more)
        ways = across(None, self.button, *others, None, gap=8)
        # words have no alignment of their own: a wrapped text would be given one line's height
        fill(self.box, None, picture("lamp", 36, theme().accent), head, label(sentence, "soft", centred=True), 8, ways)
        self.box.addStretch(2)
        head.setVisible(bool(title))
