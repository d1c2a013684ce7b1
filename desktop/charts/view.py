"""Bars on the screen: the mouse and the arrow keys read its exact values."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.bars import Bars
from desktop.charts.canvas import Canvas, Palette
from desktop.values.digits import plain


class BarsView(QWidget):
    """``figure`` as it is now; time runs in the widget's direction."""

    def __init__(self, colours: Palette, name: str) -> None:
        super().__init__()
        self.colours = colours
        self.figure = Bars((), ())
        self.hover = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setAccessibleName(plain(name))

    def show_figure(self, figure: Bars) -> None:
        self.figure, self.hover = figure, -1
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self.figure.values:
            return
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.figure.draw(self._canvas(pen), QRectF(self.rect()))
        pen.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        canvas = self._canvas(QPainter())  # nothing is painted: only its directions are asked
        self._read(self.figure.plot(canvas, QRectF(self.rect())).mark(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._read(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the marks as they stand, Home and End to the oldest and newest, Esc lets go."""
        last = len(self.figure.exact) - 1
        newer, older = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self._canvas(QPainter()).rtl:
            newer, older = older, newer
        steps = {newer: self.hover + 1, older: self.hover - 1 if self.hover > 0 else last, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if last >= 0 and event.key() in steps:
            self._read(min(max(steps[Qt.Key(event.key())], 0), last))
        elif event.key() == Qt.Key.Key_Escape and self.hover >= 0:
            self._read(-1)
        else:
            super().keyPressEvent(event)

    def _read(self, mark: int) -> None:
        if mark != self.hover:
            self.hover = mark
            self._tell()
            self.update()

    def _tell(self) -> None:
        """What a screen reader says: the value that is read now."""
        exact = self.figure.exact
        self.setAccessibleDescription(plain(exact[self.hover]) if 0 <= self.hover < len(exact) else "")

    def _canvas(self, pen: QPainter) -> Canvas:
        return Canvas(pen, self.colours, self.layoutDirection() == Qt.LayoutDirection.RightToLeft, self.hover)
