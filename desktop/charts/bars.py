"""Bars in time: sales by day or month, another amount inside them, dashed lines to reach."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from desktop.charts.canvas import Canvas, bar_path, text_width, tint
from desktop.charts.scale import Plot, plot_in
from desktop.values.unit import Unit

HEAD, WIDEST = 28.0, 36.0
SAID = 22.0  # px over the best bar for its words
DASHES = ((4.0, 3.0), (1.2, 2.0))  # two lines are told apart without colour


@dataclass(frozen=True)
class Level:
    """A dashed line across bars: how high, and which line it is («even pace», «needed from now»); ``since`` is its first bar."""

    value: float
    label: str
    since: int = 0


@dataclass(frozen=True)
class Bars:
    """A bar per value; ``labels`` under them ('' = none, the first and last are kept when they crowd).

    ``second`` is drawn inside the bars (profit in sales); ``quiet`` bars are dim (closed, partial). ``levels``: two at most.
    ``exact`` is what hovering reads; bar ``best`` has its own said while nothing is hovered.
    """

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit = Unit.MONEY
    second: tuple[float | None, ...] = ()
    quiet: frozenset[int] = frozenset()
    exact: tuple[str, ...] = ()
    legend: tuple[str, str] = ("", "")
    levels: tuple[Level, ...] = ()
    best: int | None = None

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        plot, colours = self.plot(canvas, rect), canvas.colours
        plot.axis()
        self._legend(canvas, rect, plot.marks.word)
        for i, value in enumerate(self.values):
            if value:
                colour = colours.accent_ink if i == canvas.hover else colours.dim if i in self.quiet else colours.accent
                canvas.pen.fillPath(bar_path(_bar(plot, i, value), down=value < 0), QColor(colour))
                inner = self.second[i] if i < len(self.second) else None
                if inner:
                    canvas.pen.fillPath(bar_path(_bar(plot, i, inner), down=inner < 0), _inner(canvas))
        plot.foot(self.labels)
        for level, dashes in zip(self.levels, DASHES, strict=False):
            length = plot.box.width() - level.since * plot.step
            left = canvas.x(plot.box, level.since * plot.step, length)
            canvas.rule(plot.y(level.value), left, left + length, color=colours.ink, dashes=dashes, thick=1.6)
        self._say(canvas, rect, plot)

    def plot(self, canvas: Canvas, rect: QRectF) -> Plot:
        """Where the bars stand."""
        known = [value for value in self.values if value is not None] or [0.0]
        high = max(*known, *(level.value for level in self.levels), 0.0)
        plot = plot_in(canvas, rect, HEAD, len(self.values), min(known), high, self.unit)
        if self.best is not None:
            plot.box.setTop(plot.box.top() + max(0.0, SAID - (plot.y(self.values[self.best] or 0) - plot.box.top())))
        return plot

    def _legend(self, canvas: Canvas, rect: QRectF, unit: str) -> None:
        """The unit's word above the axis; beside it what the two shades and the dashed lines mean."""
        at = 0.0
        if unit:
            at = canvas.text(canvas.box(rect, 0, rect.width() / 2, rect.top(), 18), unit, side="start") + 16
        for name, colour in zip(self.legend, (QColor(canvas.colours.accent), _inner(canvas)), strict=True):
            if name:
                canvas.fill(canvas.box(rect, at, 10, rect.top() + 4, 10), colour, 2)
                at += 14 + canvas.text(canvas.box(rect, at + 14, rect.width() - at - 14, rect.top(), 18), name, side="start") + 14
        for level, dashes in zip(self.levels, DASHES, strict=False):
            if level.label:
                left = canvas.x(rect, at, 20)
                canvas.rule(rect.top() + 9.5, left, left + 20, color=canvas.colours.ink, dashes=dashes, thick=1.6)
                room = canvas.box(rect, at + 26, rect.width() - at - 26, rect.top(), 18)
                at += 26 + canvas.text(room, level.label, color=canvas.colours.ink, side="start") + 16

    def _say(self, canvas: Canvas, rect: QRectF, plot: Plot) -> None:
        """The exact value of the bar under the mouse; of the best one, quietly, while there is none."""
        bounds = QRectF(plot.box.left(), rect.top(), plot.box.width(), rect.height())
        if 0 <= canvas.hover < len(self.exact):
            value = self.values[canvas.hover] or 0
            canvas.bubble(bounds, QPointF(plot.middle(canvas.hover), plot.y(max(value, 0))), self.exact[canvas.hover])
        elif self.best is not None and self.best < len(self.exact):
            text = self.exact[self.best]
            width = text_width(text, weight=600) + 4
            left = min(max(plot.middle(self.best) - width / 2, bounds.left()), bounds.right() - width)
            box = QRectF(left, plot.y(self.values[self.best] or 0) - 21, width, 18)
            canvas.fill(box, tint(canvas.colours.card, 0.86), 4)
            canvas.text(box, text, weight=600, color=canvas.colours.ink)


def _bar(plot: Plot, i: int, value: float) -> QRectF:
    width = min(plot.step * 0.64, WIDEST)
    zero, top = plot.y(0), plot.y(value)
    return QRectF(plot.canvas.x(plot.box, i * plot.step + (plot.step - width) / 2, width), min(zero, top), width, abs(zero - top))


def _inner(canvas: Canvas) -> QColor:
    """The shade of the amount inside a bar: deeper than the bar in both themes."""
    return QColor(canvas.colours.accent).darker(170)
