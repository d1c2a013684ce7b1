"""Real keys for the window: `QTest.keyClicks` aborts the process on Persian letters, so each letter is an event of its own."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

ZWNJ = "\u200c"


def write(text: str, widget: QWidget | None = None) -> None:
    """Types ``text`` where the keyboard is (or into ``widget``), letter by letter; ZWNJ comes from the input method."""
    if widget is not None:
        widget.setFocus()
    for letter in text:
        into = focused()
        if letter == ZWNJ:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(into, event)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(into, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(*keys, widget: QWidget | None = None) -> None:
    """Presses each key (``Qt.Key.Key_Return``, ``"Ctrl+Return"``) where the keyboard is."""
    for key in keys:
        modifiers, code = _read(key)
        QTest.keyClick(widget or focused(), code, modifiers)
        QApplication.processEvents()


def enter(*texts: str) -> None:
    """Types each text and presses Enter after it, as somebody does who fills in a form."""
    for text in texts:
        write(text)
        press("Return")


def wait_until(true, said=lambda: "", turns: int = 20_000) -> None:
    """Lets events happen until ``true()``; it fails when nothing more can happen."""
    for _ in range(turns):
        QApplication.processEvents()
        if true():
            return
        QTest.qWait(1)
    raise AssertionError(f"what was waited for did not come: {said()}")


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(widget.width() // 2, widget.height() // 2))
    QApplication.processEvents()


def _read(key):
    if not isinstance(key, str):
        return Qt.KeyboardModifier.NoModifier, key
    *held, name = key.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= {
            "Ctrl": Qt.KeyboardModifier.ControlModifier,
            "Shift": Qt.KeyboardModifier.ShiftModifier,
            "Alt": Qt.KeyboardModifier.AltModifier,
        }[one]
    return modifiers, getattr(Qt.Key, f"Key_{name}")
