"""Bars in time: sales by day or month, another amount inside them, dashed lines to reach."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from desktop.charts.canvas import Canvas, bar_path, text_width, tint
from desktop.charts.figure import Bars, Level
from desktop.charts.scale import Scale, axis, foot, scale

HEAD, FOOT, GAP, WIDEST = 28.0, 24.0, 10.0, 36.0
SAID = 22.0  # px over the best bar for its words
DASHES = ((4.0, 3.0), (1.2, 2.0))  # two lines are told apart without colour


@dataclass(frozen=True)
class _Place:
    """Where the bars of one figure stand."""

    plot: QRectF
    marks: Scale
    step: float
    width: float

    def bar(self, canvas: Canvas, i: int, value: float) -> QRectF:
        left = canvas.then(self.plot, i * self.step + (self.step - self.width) / 2, self.width)
        zero, top = self.marks.y(self.plot, 0), self.marks.y(self.plot, value)
        return QRectF(left, min(zero, top), self.width, abs(zero - top))

    def middle(self, canvas: Canvas, i: int) -> float:
        return canvas.then(self.plot, i * self.step, self.step) + self.step / 2


def draw_bars(canvas: Canvas, rect: QRectF, figure: Bars, hover: int = -1) -> None:
    place = _place(canvas, rect, figure)
    axis(canvas, place.plot, place.marks)
    _legend(canvas, rect, figure, place)
    for i, value in enumerate(figure.values):
        if value:
            colour = canvas.colours.accent_ink if i == hover else canvas.colours.dim if i in figure.quiet else canvas.colours.accent
            canvas.pen.fillPath(bar_path(place.bar(canvas, i, value), down=value < 0), QColor(colour))
            inner = figure.second[i] if i < len(figure.second) else None
            if inner:
                canvas.pen.fillPath(bar_path(place.bar(canvas, i, inner), down=inner < 0), _inner(canvas))
    foot(canvas, place.plot, figure.labels)
    for level, dashes in zip(figure.levels, DASHES, strict=False):
        _level(canvas, place, level, dashes)
    _say(canvas, rect, figure, place, hover)


def bar_under(canvas: Canvas, rect: QRectF, figure: Bars, x: float) -> int:
    """The number of the bar under ``x``, -1 beside them."""
    return canvas.mark(_place(canvas, rect, figure).plot, x, len(figure.values))


def _place(canvas: Canvas, rect: QRectF, figure: Bars) -> _Place:
    known = [value for value in figure.values if value is not None] or [0.0]
    high = max(*known, *(level.value for level in figure.levels), 0.0)
    marks = scale(min(known), high, figure.unit, rect.height() - HEAD - FOOT)
    side = marks.width() + GAP
    plot = rect.adjusted(0 if canvas.rtl else side, HEAD, -side if canvas.rtl else 0, -FOOT)
    if figure.best is not None:
        plot.setTop(plot.top() + max(0.0, SAID - (marks.y(plot, figure.values[figure.best] or 0) - plot.top())))
    step = plot.width() / max(1, len(figure.values))
    return _Place(plot, marks, step, min(step * 0.64, WIDEST))


def _legend(canvas: Canvas, rect: QRectF, figure: Bars, place: _Place) -> None:
    """The unit's word above the axis; beside it what the two shades and the dashed lines mean."""
    at = 0.0
    if place.marks.word:
        at = canvas.text(canvas.box(rect, 0, rect.width() / 2, rect.top(), 18), place.marks.word, side="start") + 16
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


def _level(canvas: Canvas, place: _Place, level: Level, dashes: tuple[float, float]) -> None:
    """A dashed line, from the bar that it counts from."""
    plot, y = place.plot, place.marks.y(place.plot, level.value)
    length = plot.width() - level.since * place.step
    left = canvas.then(plot, level.since * place.step, length)
    canvas.rule(y, left, left + length, color=canvas.colours.ink, dashes=dashes, thick=1.6)


def _say(canvas: Canvas, rect: QRectF, figure: Bars, place: _Place, hover: int) -> None:
    """The exact value of the bar under the mouse; of the best one, quietly, while there is none."""
    i = hover if 0 <= hover < len(figure.exact) else -1
    bounds = QRectF(place.plot.left(), rect.top(), place.plot.width(), rect.height())
    if i >= 0:
        value = figure.values[i] or 0
        canvas.bubble(bounds, QPointF(place.middle(canvas, i), place.marks.y(place.plot, max(value, 0))), figure.exact[i])
    elif figure.best is not None and figure.best < len(figure.exact):
        i, text = figure.best, figure.exact[figure.best]
        width = text_width(text, weight=600) + 4
        y = place.marks.y(place.plot, figure.values[i] or 0)
        left = min(max(place.middle(canvas, i) - width / 2, bounds.left()), bounds.right() - width)
        box = QRectF(left, y - 21, width, 18)
        canvas.fill(box, tint(canvas.colours.card, 0.86), 4)
        canvas.text(box, text, weight=600, color=canvas.colours.ink)
