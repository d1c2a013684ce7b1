"""The sidebar: the shop's name and the pages, in the order of a shop's day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.shop.places import PLACES, SETTINGS, Place
from desktop.ui.theme import at_start, icon, theme
from desktop.values.text import N_, tr

WIDE = 200
PAGES = (Place("today", N_("Today"), "sun", 0), *PLACES, Place("reports", N_("Reports"), "file-text", 100))
FOOT = (
    Place("importing", N_("Bring from Excel"), "file-spreadsheet", 101),
    SETTINGS,
)


def pages() -> tuple[Place, ...]:
    """The pages from the top, those too that only things know."""
    from desktop.shop.things import THINGS

    return tuple(sorted({*PAGES, *(one.place for one in THINGS.values() if one.place)} - {*FOOT}, key=lambda one: one.at))


class Sidebar(QWidget):
    """``go`` hears the key of the page that was chosen."""

    def __init__(self, shop: str, go: Callable[[str], None], pages: tuple[Place, ...] = PAGES) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDE)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 18, 12, 16)
        box.setSpacing(2)
        box.addLayout(_brand())
        self.shop = QLabel(shop)
        self.shop.setObjectName("soft")
        self.shop.setWordWrap(True)
        self.shop.setAlignment(at_start())
        self.shop.setContentsMargins(10, 0, 10, 10)
        box.addWidget(self.shop)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self._pages = (*pages, *FOOT)
        for at, one in enumerate(pages, 1):
            box.addWidget(self._button(one, go, f"Ctrl+{at}" if at < 10 else ""))
        box.addStretch(1)
        for one in FOOT:
            box.addWidget(self._button(one, go, ""))

    def _button(self, page: Place, go: Callable[[str], None], shortcut: str) -> QToolButton:
        button, title = QToolButton(), tr(page.called)
        button.setObjectName("nav")
        button.setText(f"  {title}")
        button.setAccessibleName(title)
        button.setIcon(icon(page.picture, px=20))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(38)
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        if shortcut:
            button.setShortcut(shortcut)
            button.setToolTip(shortcut)
        button.clicked.connect(lambda: go(page.key))
        self._group.addButton(button)
        self.buttons[page.key] = button
        return button

    def mark(self, key: str) -> None:
        """The page in sight."""
        chosen = theme().accent_ink
        for page, button in zip(self._pages, self.buttons.values(), strict=True):
            button.setChecked(page.key == key)
            button.setIcon(icon(page.picture, chosen if page.key == key else "", 20))


def _brand() -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(10, 0, 10, 0)
    line.setSpacing(8)
    lamp, name = QLabel(), QLabel(tr("Cheragh"))
    lamp.setPixmap(icon("cheragh", px=26).pixmap(26, 26))
    name.setObjectName("brand")
    line.addWidget(lamp)
    line.addWidget(name, 1)
    return line
