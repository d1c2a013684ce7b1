"""A figure on the screen: the mouse and the arrow keys read its exact values."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.charts.figure import Bars, Figure, Palette, Trend
from desktop.charts.paint import mark_at, paint
from desktop.values.digits import plain


class FigureView(QWidget):
    """Shows one figure; ``rtl`` follows the widget's direction, ``time_rtl`` turns time against it."""

    def __init__(self, colours: Palette, name: str, *, time_rtl: bool | None = None) -> None:
        super().__init__()
        self.colours, self.time_rtl = colours, time_rtl
        self.figure: Figure | None = None
        self.hover = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setAccessibleName(plain(name))

    def show_figure(self, figure: Figure) -> None:
        self.figure, self.hover = figure, -1
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 240)

    def paintEvent(self, _: QPaintEvent) -> None:
        if self.figure is None:
            return
        pen = QPainter(self)
        paint(pen, QRectF(self.rect()), self.figure, self.colours, rtl=self._rtl(), hover=self.hover, time_rtl=self.time_rtl)
        pen.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.figure is not None:
            x = event.position().x()
            self._read(mark_at(self.figure, QRectF(self.rect()), x, self.colours, rtl=self._rtl(), time_rtl=self.time_rtl))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._read(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the marks as they stand, Home and End to the oldest and newest, Esc lets go."""
        last = len(self._exact()) - 1
        newer = Qt.Key.Key_Left if self._backwards() else Qt.Key.Key_Right
        older = Qt.Key.Key_Right if self._backwards() else Qt.Key.Key_Left
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
        exact = self._exact()
        self.setAccessibleDescription(plain(exact[self.hover]) if 0 <= self.hover < len(exact) else "")

    def _exact(self) -> tuple[str, ...]:
        return self.figure.exact if isinstance(self.figure, Bars | Trend) else ()

    def _rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _backwards(self) -> bool:
        return self._rtl() if self.time_rtl is None else self.time_rtl
