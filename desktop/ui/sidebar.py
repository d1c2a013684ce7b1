"""The sidebar: the shop's name and the pages, in the order of a shop's day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from desktop.shop.places import PLACES, SETTINGS, Place
from desktop.ui.theme import icon, theme
from desktop.ui.widgets import across, down, label, named, picture
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
        self.shop = label(shop, "soft")
        self.shop.setContentsMargins(10, 0, 10, 10)
        self._group = QButtonGroup(self)
        self._pages = (*pages, *FOOT)
        self.buttons = {one.key: self._button(one, go) for one in self._pages}
        for at, one in enumerate(pages[:9], 1):
            self.buttons[one.key].setShortcut(f"Ctrl+{at}")
            self.buttons[one.key].setToolTip(f"Ctrl+{at}")
        made = [*self.buttons.values()]
        brand = across(picture("cheragh", 26), (label(tr("Cheragh"), "brand", wrap=False), 1), gap=8, edge=(10, 0, 10, 0))
        down(brand, self.shop, *made[: -len(FOOT)], None, *made[-len(FOOT) :], gap=2, edge=(12, 18, 12, 16), on=self)

    def _button(self, page: Place, go: Callable[[str], None]) -> QToolButton:
        title = tr(page.called)
        button = named(QToolButton(), title, "nav")
        button.setText(f"  {title}")
        button.setIcon(icon(page.picture, px=20))
        button.setCheckable(True)
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(38)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: go(page.key))
        self._group.addButton(button)
        return button

    def mark(self, key: str) -> None:
        chosen = theme().accent_ink
        for page, button in zip(self._pages, self.buttons.values(), strict=True):
            button.setChecked(page.key == key)
            button.setIcon(icon(page.picture, chosen if page.key == key else "", 20))
