"""Whatever the keyboard can reach has a name that a screen reader can say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop import app
from desktop.shop.things import ENTITIES
from desktop.ui.pages import PAGES

MARKS = "\u2066\u2067\u2068\u2069\u200e\u200f"


def reachable(root):
    """The visible widgets that take the keyboard, but for Qt's own inside others."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, QTabWidget):  # its tabs take the keyboard, and have their names
            continue
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            yield widget


def nameless(root):
    said = {}
    for widget in reachable(root):
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name) if face else ""
        if not name or any(mark in name for mark in MARKS):
            said[f"{type(widget).__name__} {widget.objectName()}"] = name
    return said


@pytest.mark.parametrize("key", PAGES)
def test_every_page(house, window, key):
    window.go(key)
    app.settle(house)

    assert nameless(window) == {}


@pytest.mark.parametrize("key", [*ENTITIES, "sale"])
def test_every_form(house, window, key):
    window.start(key) if key != "sale" else window.open_form("sale")
    app.settle(house)

    assert window.panel is not None
    assert nameless(window.panel) == {}
