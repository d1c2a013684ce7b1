"""A widget alone in a window with the keyboard in it; a shop whose window is open; and nothing may be left behind."""

import pytest

from tests.shop.counter import Counter
from tests.ui.keys import wait_until


@pytest.fixture
def shown(house):
    """Shows a widget in a window of its own, with the keyboard in it."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

    from desktop.ui.theme import use_theme

    use_theme("light")
    opened = []

    def show(widget):
        frame = QWidget()
        QVBoxLayout(frame).addWidget(widget)
        frame.show()
        frame.activateWindow()
        wait_until(lambda: QApplication.activeWindow() is frame)
        widget.setFocus()
        opened.append(frame)
        return widget

    yield show
    for frame in opened:
        frame.close()
        frame.deleteLater()
    house.qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def counter(house, window):
    """The shop behind the open window, served by its verbs."""
    return Counter(window.desk.store)


@pytest.fixture(autouse=True)
def _nothing_left():
    """After the window is gone, no timer and no window of its own runs on."""
    yield
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    running = QApplication.instance()
    if running is None:
        return
    running.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one for one in running.topLevelWidgets() if one.isVisible()] == []
    assert [one for widget in running.topLevelWidgets() for one in widget.findChildren(QTimer) if one.isActive()] == []
