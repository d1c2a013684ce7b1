"""Lines in time: a trend with its axis, and the small one on a tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QLinearGradient, QPainterPath

from desktop.charts.canvas import Canvas, mixed, tint
from desktop.charts.scale import Plot, plot_in
from desktop.values.unit import Unit

HEAD = 30.0
Run = list[QPointF]


@dataclass(frozen=True)
class Trend:
    """A line with a point per value, and gaps where None; ``exact`` is what hovering reads.

    ``running``: the last value is of a month that is not over; it stands apart from the line.
    Its axis starts at 0 unless the values lie close together far from it.
    """

    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    unit: Unit
    exact: tuple[str, ...] = ()
    running: bool = False

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        known = [value for value in self.values if value is not None]
        if not known:
            canvas.text(rect, "—", px=14)
            return
        plot, colours = plot_in(canvas, rect, HEAD, len(self.values), min(known), max(known), self.unit, zero=False), canvas.colours
        plot.axis()
        if plot.marks.word:
            canvas.text(canvas.box(rect, 0, rect.width(), rect.top(), 18), plot.marks.word, side="start")
        plot.foot(self.labels)
        *over, last = self.values
        if self.running and last is not None:
            canvas.dot(QPointF(plot.middle(len(over)), plot.y(last)), 3.4, colours.card, colours.accent)
        for run in _runs(plot, over if self.running else self.values):
            _area(canvas, run, plot.box.bottom(), colours.accent)
            canvas.stroke(_line(run), colours.accent, 2.2)
            for at in run:
                canvas.dot(at, 3.4, colours.accent, colours.card)


def draw_spark(canvas: Canvas, rect: QRectF, values: Sequence[float | None], *, lit: bool) -> None:
    """A small trend without axis, its newest point marked; less than two values make none."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return
    colour = canvas.colours.accent if lit else canvas.colours.soft
    low, high = min(known), max(known)
    span, step = (high - low) or 1.0, rect.width() / (len(values) - 1)
    flat = rect.height() / 2 if high == low else 0.0
    points = [
        QPointF(canvas.x(rect, i * step, 0), rect.bottom() - flat - (value - low) / span * rect.height())
        for i, value in enumerate(values)
        if value is not None
    ]
    _area(canvas, points, rect.bottom() + 4, colour)
    canvas.stroke(_line(points), colour, 1.6)
    canvas.dot(points[-1], 3.2, colour, canvas.colours.card)


def _runs(plot: Plot, values: Sequence[float | None]) -> list[Run]:
    """The points, cut where a value is missing."""
    runs: list[Run] = [[]]
    for i, value in enumerate(values):
        if value is not None:
            runs[-1].append(QPointF(plot.middle(i), plot.y(value)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(run: Run) -> QPainterPath:
    """A smooth line that never swings above or below its points."""
    path = QPainterPath(run[0])
    for a, b in pairwise(run):
        middle = (a.x() + b.x()) / 2
        path.cubicTo(QPointF(middle, a.y()), QPointF(middle, b.y()), b)
    return path


def _area(canvas: Canvas, run: Run, bottom: float, colour: str) -> None:
    if len(run) < 2:
        return
    area = _line(run)
    area.lineTo(run[-1].x(), bottom)
    area.lineTo(run[0].x(), bottom)
    area.closeSubpath()
    if not canvas.colours.fades:
        canvas.pen.fillPath(area, mixed(colour, canvas.colours.card, 0.16))
        return
    top = min(at.y() for at in run)
    shade = QLinearGradient(QPointF(0, top), QPointF(0, bottom))
    shade.setColorAt(0, tint(colour, 0.2))
    shade.setColorAt(1, tint(colour, 0))
    canvas.pen.fillPath(area, shade)
