"""A long trend to walk about in: zoom with the wheel, drag along, read each value; double click shows all again.

The only file that knows pyqtgraph (and with it numpy): import it when a page that explores is opened, never at start.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QLabel

from desktop.charts.canvas import SMALL, Palette
from desktop.charts.fonts import font
from desktop.charts.trend import Trend
from desktop.values.digits import plain
from desktop.values.unit import Unit

FEWEST = 3  # points that stay in sight however far one zooms in


class LongTrend(pg.PlotWidget):  # type: ignore[misc]
    """A `Trend` of any length; time runs as one reads."""

    def __init__(self, colours: Palette, trend: Trend, name: str, *, rtl: bool) -> None:
        self._side = "right" if rtl else "left"
        part, self.word = trend.unit.scale(max((abs(value) for value in trend.values if value is not None), default=1))
        self._marks = _Values(self._side, trend.unit, part)
        self._names = _Names(tuple(name.replace(" ", " \u200f") for name in trend.labels) if rtl else trend.labels)
        super().__init__(background=QColor(colours.card), axisItems={self._side: self._marks, "bottom": self._names})
        # pyqtgraph mirrors its own mathematics in a right-to-left window: both the widget and the item must be told
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.plotItem.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(plain(name))
        self.trend, self.colours = trend, colours
        self._dress(rtl)
        over = len(trend.values) - trend.running
        self._draw(range(over), colours.accent, colours.card)
        self._draw(range(over, len(trend.values)), colours.card, colours.accent)
        self.show_all()
        self._bubble = QLabel(self)
        self._bubble.setFont(font(SMALL, 600))
        self._bubble.setStyleSheet(f"background: {colours.ink}; color: {colours.card}; border-radius: 6px; padding: 4px 10px;")
        self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bubble.hide()

    def _draw(self, months: range, inside: str, ring: str) -> None:
        self.plot(
            np.array(months), np.array([self.trend.values[at] for at in months], dtype=float),  # None: nan, a gap
            pen=pg.mkPen(QColor(self.colours.accent), width=2.2), connect="finite", antialias=True,
            symbol="o", symbolSize=7, symbolBrush=QColor(inside), symbolPen=pg.mkPen(QColor(ring), width=1.5),
        )  # fmt: skip

    def _dress(self, rtl: bool) -> None:
        item = self.plotItem
        item.showAxis(self._side)
        if self._side == "right":
            item.hideAxis("left")
        self._names.setHeight(24)
        item.hideButtons()
        item.setMenuEnabled(False)
        item.showGrid(y=True, alpha=0.25)
        item.invertX(rtl)
        for axis in (self._marks, self._names):
            axis.setTextPen(QColor(self.colours.soft))
            axis.setPen(pg.mkPen(QColor(self.colours.line)))
            axis.setStyle(tickFont=font(SMALL), tickLength=0)
        count = len(self.trend.values)
        item.setLimits(xMin=-0.6, xMax=count - 0.4, minXRange=min(FEWEST, max(1, count)))
        item.setMouseEnabled(x=True, y=False)
        item.enableAutoRange(axis="y")
        item.setAutoVisible(y=True)

    def show_all(self) -> None:
        """The whole trend is in sight."""
        self.plotItem.setXRange(-0.6, len(self.trend.values) - 0.4, padding=0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        self.read(round(at.x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.show_all()

    def read(self, number: int) -> None:
        """Says the exact value of one point, in a bubble beside it and to a screen reader; outside: says nothing."""
        known = 0 <= number < len(self.trend.values) and self.trend.values[number] is not None and number < len(self.trend.exact)
        self._bubble.setVisible(known)
        self.setAccessibleDescription(plain(self.trend.exact[number]) if known else "")
        if known:
            self._bubble.setText(self.trend.exact[number])
            self._bubble.adjustSize()
            spot = self.mapFromScene(self.plotItem.vb.mapViewToScene(QPointF(number, float(self.trend.values[number] or 0))))
            left = min(max(4, spot.x() - self._bubble.width() // 2), self.width() - self._bubble.width() - 4)
            self._bubble.move(left, max(4, spot.y() - self._bubble.height() - 12))


class _Values(pg.AxisItem):  # type: ignore[misc]
    """The axis of values, written as everywhere else: on one scale, however near one looks."""

    def __init__(self, side: str, unit: Unit, part: int) -> None:
        super().__init__(side)
        self._unit, self._part = unit, part

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._unit.on_scale(value, self._part) for value in values]


class _Names(pg.AxisItem):  # type: ignore[misc]
    """The axis of months: as many names as there is room for.

    A blank in a right-to-left name is followed by a mark of its direction: pyqtgraph keeps its axis as a QPicture, which forgets
    the direction between a name's pieces and loses the blank.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__("bottom")
        self._labels = labels

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        low, high = min(low, high), max(low, high)  # time that runs to the left comes the other way round
        first, last = max(0, round(low)), min(len(self._labels) - 1, round(high))
        every = max(1, -(-(last - first + 1) * 84 // max(84, int(size))))
        return [(every, [float(i) for i in range(first, last + 1) if (last - i) % every == 0])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._labels[round(value)] for value in values]
