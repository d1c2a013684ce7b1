"""Lines in time: a trend with its axis, and the small one on a tile."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QLinearGradient, QPainterPath

from desktop.charts.canvas import Canvas, mixed, text_width, tint
from desktop.charts.figure import Trend
from desktop.charts.scale import Plot, plot_in

HEAD = 30.0
Run = list[tuple[int, QPointF]]


def draw_trend(canvas: Canvas, rect: QRectF, figure: Trend) -> None:
    if not figure.known:
        canvas.text(rect, "—", px=14)
        return
    plot, colours, hover = plot_of_trend(canvas, rect, figure), canvas.colours, canvas.hover
    plot.axis()
    if plot.marks.word:
        canvas.text(canvas.box(rect, 0, rect.width(), rect.top(), 18), plot.marks.word, side="start")
    plot.foot(figure.labels)
    if figure.target is not None:
        _target(plot, plot.y(figure.target), figure.target_label)
    for run in _runs(plot, figure.before):
        canvas.stroke(_line(run), colours.dim, 1.6)
    runs = _runs(plot, figure.values)
    for run in runs:
        _area(canvas, run, plot.box.bottom(), colours.accent)
        canvas.stroke(_line(run), colours.accent, 2.2)
    points = {i: at for run in runs for i, at in run}
    for i, at in points.items():
        canvas.dot(at, 4.5 if i == hover else 3.4, colours.accent_ink if i == hover else colours.accent, colours.card)
    if hover in points and hover < len(figure.exact):
        canvas.bubble(QRectF(plot.box.left(), rect.top(), plot.box.width(), rect.height()), points[hover], figure.exact[hover])


def plot_of_trend(canvas: Canvas, rect: QRectF, figure: Trend) -> Plot:
    """Where the line's points stand; at least one is known."""
    known = [value for value in (*figure.values, *figure.before, figure.target) if value is not None]
    return plot_in(canvas, rect, HEAD, len(figure.values), min(known), max(known), figure.unit, zero=False)


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
        (i, QPointF(canvas.then(rect, i * step, 0), rect.bottom() - flat - (value - low) / span * rect.height()))
        for i, value in enumerate(values)
        if value is not None
    ]
    _area(canvas, points, rect.bottom() + 4, colour)
    canvas.stroke(_line(points), colour, 1.6)
    canvas.dot(points[-1][1], 3.2, colour, canvas.colours.card)


def _runs(plot: Plot, values: Sequence[float | None]) -> list[Run]:
    """The points, cut where a value is missing."""
    runs: list[Run] = [[]]
    for i, value in enumerate(values):
        if value is not None:
            runs[-1].append((i, QPointF(plot.middle(i), plot.y(value))))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(run: Run) -> QPainterPath:
    """A smooth line that never swings above or below its points."""
    path = QPainterPath(run[0][1])
    for (_, a), (_, b) in pairwise(run):
        middle = (a.x() + b.x()) / 2
        path.cubicTo(QPointF(middle, a.y()), QPointF(middle, b.y()), b)
    return path


def _area(canvas: Canvas, run: Run, bottom: float, colour: str) -> None:
    if len(run) < 2:
        return
    area = _line(run)
    area.lineTo(run[-1][1].x(), bottom)
    area.lineTo(run[0][1].x(), bottom)
    area.closeSubpath()
    if not canvas.colours.fades:
        canvas.pen.fillPath(area, mixed(colour, canvas.colours.card, 0.16))
        return
    top = min(at.y() for _, at in run)
    shade = QLinearGradient(QPointF(0, top), QPointF(0, bottom))
    shade.setColorAt(0, tint(colour, 0.2))
    shade.setColorAt(1, tint(colour, 0))
    canvas.pen.fillPath(area, shade)


def _target(plot: Plot, y: float, label: str) -> None:
    canvas, box = plot.canvas, plot.box
    canvas.rule(y, box.left(), box.right(), color=canvas.colours.ink, dashes=(4, 3), thick=1.2)
    if label:
        width = text_width(label) + 8
        canvas.text(QRectF(canvas.then(box, 0, width), y - 20, width, 18), label, color=canvas.colours.ink)
