"""A sentence at the foot of the window for a few seconds, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop.ui.theme import rtl
from desktop.ui.widgets import across, label
from desktop.values.digits import plain

STAYS = 7_000  # ms; a sentence that says what went wrong stays twice as long


class Toast(QFrame):
    """One at a time: a newer one takes its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self.taken = parent, 0
        self.setObjectName("toast")
        self._label, self._button = label(wrap=False), QPushButton()
        self._then: Callable[[], object] | None = None
        self._button.clicked.connect(self._act)
        across(self._label, self._button, gap=8, edge=(16, 6, 8, 6), on=self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return "" if self.isHidden() else plain(self._label.text())

    def say(self, sentence: str, action: str = "", then: Callable[[], object] | None = None, *, longer: bool = False) -> None:
        self._label.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._then = then
        self.setAccessibleName(plain(sentence))
        self.place()
        self.show()
        self.raise_()
        self._timer.start(STAYS * (2 if longer else 1))

    def place(self) -> None:
        """In the middle of the foot, never wider than what is left beside a panel (``taken`` px)."""
        room = self._over.width() - self.taken
        self._label.setWordWrap(False)
        self.setMinimumWidth(0)
        self.setMaximumWidth(16_777_215)
        if self.sizeHint().width() > room - 48:
            self._label.setWordWrap(True)
            self.setFixedWidth(room - 48)
        self.adjustSize()
        self.move((self.taken if rtl() else 0) + (room - self.width()) // 2, self._over.height() - self.height() - 20)

    def _act(self) -> None:
        self.hide()
        if self._then:
            self._then()
