"""Bars in time: sales by day or month, another amount inside them, dashed lines to reach."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from desktop.charts.canvas import Canvas, bar_path, text_width, tint
from desktop.charts.figure import Bars
from desktop.charts.scale import Plot, plot_in

HEAD, WIDEST = 28.0, 36.0
SAID = 22.0  # px over the best bar for its words
DASHES = ((4.0, 3.0), (1.2, 2.0))  # two lines are told apart without colour


def draw_bars(canvas: Canvas, rect: QRectF, figure: Bars) -> None:
    plot, colours = plot_of_bars(canvas, rect, figure), canvas.colours
    plot.axis()
    _legend(canvas, rect, figure, plot.marks.word)
    for i, value in enumerate(figure.values):
        if value:
            colour = colours.accent_ink if i == canvas.hover else colours.dim if i in figure.quiet else colours.accent
            canvas.pen.fillPath(bar_path(_bar(plot, i, value), down=value < 0), QColor(colour))
            inner = figure.second[i] if i < len(figure.second) else None
            if inner:
                canvas.pen.fillPath(bar_path(_bar(plot, i, inner), down=inner < 0), _inner(canvas))
    plot.foot(figure.labels)
    for level, dashes in zip(figure.levels, DASHES, strict=False):
        length = plot.box.width() - level.since * plot.step
        left = canvas.then(plot.box, level.since * plot.step, length)
        canvas.rule(plot.y(level.value), left, left + length, color=colours.ink, dashes=dashes, thick=1.6)
    _say(canvas, rect, figure, plot)


def plot_of_bars(canvas: Canvas, rect: QRectF, figure: Bars) -> Plot:
    """Where the bars stand."""
    known = [value for value in figure.values if value is not None] or [0.0]
    high = max(*known, *(level.value for level in figure.levels), 0.0)
    plot = plot_in(canvas, rect, HEAD, len(figure.values), min(known), high, figure.unit)
    if figure.best is not None:
        plot.box.setTop(plot.box.top() + max(0.0, SAID - (plot.y(figure.values[figure.best] or 0) - plot.box.top())))
    return plot


def _bar(plot: Plot, i: int, value: float) -> QRectF:
    width = min(plot.step * 0.64, WIDEST)
    zero, top = plot.y(0), plot.y(value)
    return QRectF(plot.canvas.then(plot.box, i * plot.step + (plot.step - width) / 2, width), min(zero, top), width, abs(zero - top))


def _legend(canvas: Canvas, rect: QRectF, figure: Bars, unit: str) -> None:
    """The unit's word above the axis; beside it what the two shades and the dashed lines mean."""
    at = 0.0
    if unit:
        at = canvas.text(canvas.box(rect, 0, rect.width() / 2, rect.top(), 18), unit, side="start") + 16
    for name, colour in zip(figure.legend, (QColor(canvas.colours.accent), _inner(canvas)), strict=True):
        if name:
            canvas.fill(canvas.box(rect, at, 10, rect.top() + 4, 10), colour, 2)
            at += 14 + canvas.text(canvas.box(rect, at + 14, rect.width() - at - 14, rect.top(), 18), name, side="start") + 14
    for level, dashes in zip(figure.levels, DASHES, strict=False):
        if level.label:
            left = canvas.x(rect, at, 20)
            canvas.rule(rect.top() + 9.5, left, left + 20, color=canvas.colours.ink, dashes=dashes, thick=1.6)
            room = canvas.box(rect, at + 26, rect.width() - at - 26, rect.top(), 18)
            at += 26 + canvas.text(room, level.label, color=canvas.colours.ink, side="start") + 16


def _inner(canvas: Canvas) -> QColor:
    """The shade of the amount inside a bar: deeper than the bar in both themes."""
    return QColor(canvas.colours.accent).darker(170)


def _say(canvas: Canvas, rect: QRectF, figure: Bars, plot: Plot) -> None:
    """The exact value of the bar under the mouse; of the best one, quietly, while there is none."""
    bounds = QRectF(plot.box.left(), rect.top(), plot.box.width(), rect.height())
    if 0 <= canvas.hover < len(figure.exact):
        value = figure.values[canvas.hover] or 0
        canvas.bubble(bounds, QPointF(plot.middle(canvas.hover), plot.y(max(value, 0))), figure.exact[canvas.hover])
    elif figure.best is not None and figure.best < len(figure.exact):
        text = figure.exact[figure.best]
        width = text_width(text, weight=600) + 4
        left = min(max(plot.middle(figure.best) - width / 2, bounds.left()), bounds.right() - width)
        box = QRectF(left, plot.y(figure.values[figure.best] or 0) - 21, width, 18)
        canvas.fill(box, tint(canvas.colours.card, 0.86), 4)
        canvas.text(box, text, weight=600, color=canvas.colours.ink)
