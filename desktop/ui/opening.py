"""The first picture: the shop's name, its pages and the day so far, while the rest of the program is still being loaded.

What is typed meanwhile is kept, and typed again into the window as soon as it is there.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QByteArray, QEvent, QHashSeed, QSize, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.store.glance import Glance
from desktop.ui.memory import preferences
from desktop.ui.sidebar import FOOT, PAGES, Sidebar
from desktop.ui.theme import icon
from desktop.ui.widgets import NONE, Card, across, button, down, figured, fill, ground, label
from desktop.values.day import write_day
from desktop.values.digits import foreign, ntr
from desktop.values.text import tr
from desktop.values.unit import Unit

SMALLEST, FIRST_SIZE = QSize(1024, 640), QSize(1366, 768)
ACTIVE = 2  # seconds that a window manager may take to give the window the keyboard
FRAME = 40  # px that a window manager adds above and below


def qt_application() -> QApplication:
    """Qt, set up once."""
    QHashSeed.setDeterministicGlobalSeed()  # else the order of the fonts in a PDF changes from run to run
    found = QApplication.instance()
    qt = found if isinstance(found, QApplication) else QApplication(["cheragh"])
    qt.setApplicationName("cheragh")
    qt.setApplicationDisplayName("")
    qt.setDesktopFileName("cheragh")
    return qt


def frame(window: QWidget, shop: str) -> None:
    """Title and icon; size and place of last time, within a screen that is there; the first time the whole of a small screen."""
    window.setWindowTitle(tr("Cheragh — {shop}", shop=shop) if shop else tr("Cheragh"))
    window.setWindowIcon(icon("cheragh", px=64))
    window.setMinimumSize(SMALLEST)
    kept, room = preferences().value("geometry"), window.screen().availableGeometry()
    if not (isinstance(kept, QByteArray) and window.restoreGeometry(kept)):
        window.resize(FIRST_SIZE)
        if room.width() >= SMALLEST.width() and room.height() < FIRST_SIZE.height() + FRAME:
            window.setWindowState(Qt.WindowState.WindowMaximized)
    if not room.intersects(window.frameGeometry()):
        window.move(room.topLeft())
    window.resize(window.size().boundedTo(room.size()).expandedTo(window.minimumSize()))


class Opening(QWidget):
    """Shown at once; ``hand_over`` puts the window in its place.

    ``shown``: it has been painted. ``left``: the person did not want to wait, and it is ``closed``.
    """

    shown, left = Signal(), Signal()

    def __init__(self, seen: Glance) -> None:
        super().__init__()
        shop = seen.settings.get("shop_name", "")
        self.closed, self.painted = False, 0.0
        self.typed: list[QKeyEvent] = []
        self.page = ""
        self.sidebar = Sidebar(foreign(shop), self._turn)
        self._title, self.heard = label("", "h1", wrap=False), label("", "h1", wrap=False, centred=True)
        wait = label(tr("Cheragh is opening …"), "soft", wrap=False, centred=True)
        f2 = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
        sell = button(tr("Record a sale"), lambda: self.keyPressEvent(f2), "plus", "primary")
        sell.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = ground("ground")
        down(across((self._title, 1), sell), _day(seen), None, self.heard, wait, None, gap=12, edge=(24, 16, 24, 16), on=page)
        across(self.sidebar, (page, 1), gap=0, edge=NONE, on=self)
        self._mark(str(preferences().value("page", "today")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        frame(self, shop)

    def hand_over(self, window: QWidget) -> None:
        """``window`` stands where this stood, and hears what was typed."""
        window.activateWindow()
        self.hide()
        until = time.monotonic() + ACTIVE
        while self.typed and not window.isActiveWindow() and time.monotonic() < until:
            QApplication.processEvents()
            QThread.msleep(1)
        for press in self.typed:
            _press(window, press)
            QApplication.processEvents()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = time.perf_counter()
            QTimer.singleShot(0, self.shown.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed.append(QKeyEvent(event))
        self.heard.setText(_echo(self.typed))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed = True
        super().closeEvent(event)
        self.left.emit()

    def _turn(self, page: str) -> None:
        self.page = page
        self._mark(page)

    def _mark(self, page: str) -> None:
        self.sidebar.mark(page)
        self._title.setText(next((tr(one.called) for one in (*PAGES, *FOOT) if one.key == page), ""))


def _press(window: QWidget, press: QKeyEvent) -> None:
    """The key where the keyboard is, as Qt hands a real one on: a field may want it before it is asked as a shortcut."""
    heard = QApplication.focusWidget() or window
    key, held, text = press.key(), press.modifiers(), press.text()
    wanted = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, text)
    wanted.ignore()
    QApplication.sendEvent(heard, wanted)
    asked = QKeySequence(press.keyCombination())
    shortcut = next((one for one in window.findChildren(QShortcut) if one.key() == asked), None)
    if shortcut is not None and not wanted.isAccepted():
        shortcut.activated.emit()
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(heard, QKeyEvent(kind, key, held, text))


def _echo(typed: list[QKeyEvent]) -> str:
    """What was typed so far, as a person reads it back."""
    said = ""
    for press in typed:
        if press.key() == Qt.Key.Key_Backspace:
            said = said[:-1]
        elif press.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            said += " · "
        elif press.key() == Qt.Key.Key_F2:
            said += tr("Record a sale") + ": "
        elif press.text().isprintable():
            said += press.text()
    return said


def _day(seen: Glance) -> Card:
    card = Card(across=True, edge=(16, 6, 16, 6), gap=24)
    said = [(write_day(seen.day, weekday=True), tr("today"))]
    if seen.net is not None and seen.orders is not None:
        said.append((Unit.MONEY.short(seen.net), tr("sold so far")))
        said.append((ntr("{n} invoice", "{n} invoices", seen.orders), tr("recorded today")))
    fill(card.box, *(figured(figure, under) for figure, under in said), None)
    return card
