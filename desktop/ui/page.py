"""What every page has: a head with title, search and one primary action, and a body; and what stands where nothing is yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.finder import SearchBox
from desktop.ui.theme import ON_ACCENT, icon, pictured, theme
from desktop.ui.typed import Typed, put, take
from desktop.values.digits import plain
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage


class Page(QWidget):
    """``key`` names it; ``refresh`` asks the book again; ``heard`` is told which tables moved."""

    key = ""
    tables: frozenset[str] = frozenset()

    def __init__(self, stage: Stage, title: str) -> None:
        super().__init__()
        self.stage, self.desk = stage, stage.desk
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(plain(title))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 16, 24, 16)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = QLabel(title)
        self.title.setObjectName("h1")
        self.subtitle = QLabel()
        self.subtitle.setObjectName("soft")
        self.subtitle.hide()
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.head.addLayout(words, 1)
        self.search = SearchBox(stage)
        self.head.addWidget(self.search)
        self.body.addLayout(self.head)

    def primary(self, title: str, name: str = "plus") -> QPushButton:
        """The page's one primary action, at the end of the head."""
        button = pictured(title, name, ON_ACCENT)
        button.setObjectName("primary")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.head.addWidget(button)
        return button

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
    def busy(self) -> bool:
        """Whether work is under way that ends on this very page."""
        return False

    def begin(self) -> None:
        """Ctrl+N: a new one of what stands here."""
        self.stage.sell()

    def show_listing(self, key: str) -> None:
        """Of the lists on this page, this one comes into sight."""

    def show_file(self, path: Path) -> None:
        """A file of another program, seen before anything of it is taken."""

    def look_here(self) -> None:
        """Ctrl+F: the field that looks through this page, if it has one."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def heard(self, tables: frozenset[str]) -> None:
        """Some tables moved."""
        if not self.tables or tables & self.tables:
            self.refresh()


class Empty(QFrame):
    """What a place is for, and the one button that starts it; ``more`` are further ways in: (word, icon, what it does)."""

    def __init__(
        self, sentence: str, action: str, start: Callable[[], object], title: str = "",
        more: tuple[tuple[str, str, Callable[[], object]], ...] = (), picture: str = "plus",
    ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(plain(title or tr("Nothing here yet")))
        lamp = QLabel()
        lamp.setPixmap(icon("lamp", theme().accent, 36).pixmap(36, 36))
        head, words = QLabel(title), QLabel(sentence)
        head.setObjectName("h2")
        head.setVisible(bool(title))
        words.setObjectName("soft")
        words.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.button = pictured(action, picture, ON_ACCENT)
        self.button.setObjectName("primary")
        self.button.clicked.connect(lambda _=False: start())
        buttons.addWidget(self.button)
        for word, name, then in more:
            other = pictured(word, name)
            other.clicked.connect(lambda _=False, then=then: then())
            buttons.addWidget(other)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 32, 24, 32)
        box.setSpacing(8)
        box.addStretch(1)
        for label in (lamp, head, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(label)  # no alignment of its own: a wrapped text would be given one line's height
        box.addSpacing(8)
        box.addLayout(buttons)
        box.addStretch(2)
