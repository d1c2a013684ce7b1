"""The sidebar: the shop's name and the pages, in the order of a shop's day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.ui.theme import at_start, icon, theme
from desktop.values.text import N_, tr

WIDE = 200
PAGES = (
    ("today", N_("Today"), "sun"), ("sales", N_("Sales"), "shopping-cart"), ("customers", N_("Customers"), "users"),
    ("products", N_("Products"), "package"), ("pipeline", N_("Following up"), "square-kanban"),
    ("campaigns", N_("Campaigns, costs"), "megaphone"), ("targets", N_("Targets"), "target"),
    ("nps", N_("Customers' opinions"), "smile"), ("reports", N_("Reports"), "file-text"),
)  # fmt: skip
FOOT = (("importing", N_("Bring from Excel"), "file-spreadsheet"), ("settings", N_("Settings"), "settings"))


class Sidebar(QWidget):
    """``go`` hears the key of the page that was chosen."""

    def __init__(self, shop: str, go: Callable[[str], None]) -> None:
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
        for at, (key, title, picture) in enumerate(PAGES, 1):
            box.addWidget(self._button(key, tr(title), picture, go, f"Ctrl+{at}"))
        box.addStretch(1)
        for key, title, picture in FOOT:
            box.addWidget(self._button(key, tr(title), picture, go, ""))

    def _button(self, key: str, title: str, picture: str, go: Callable[[str], None], shortcut: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("nav")
        button.setText(f"  {title}")
        button.setAccessibleName(title)
        button.setIcon(icon(picture, px=20))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(38)
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        if shortcut:
            button.setShortcut(shortcut)
            button.setToolTip(shortcut)
        button.clicked.connect(lambda: go(key))
        self._group.addButton(button)
        self.buttons[key] = button
        return button

    def mark(self, key: str) -> None:
        """The page in sight."""
        chosen = theme().accent_ink
        for (name, _, picture), button in zip((*PAGES, *FOOT), self.buttons.values(), strict=True):
            button.setChecked(name == key)
            button.setIcon(icon(picture, chosen if name == key else "", 20))


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
