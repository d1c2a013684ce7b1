"""One painter function per kind of figure; any QPainter will do: a widget's, a PDF's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.charts.bars import bar_under, draw_bars
from desktop.charts.canvas import Canvas
from desktop.charts.figure import Bars, Bridge, Bullet, Figure, Funnel, Heat, Palette, Ranks, Trend
from desktop.charts.shares import draw_bridge, draw_bullet, draw_funnel, draw_heat, draw_lamp, draw_ranks
from desktop.charts.trend import draw_spark, draw_trend, point_under

__all__ = ["Canvas", "lamp", "mark_at", "paint", "spark"]


def paint(
    pen: QPainter, rect: QRectF, figure: Figure, colours: Palette, *, rtl: bool, hover: int = -1, time_rtl: bool | None = None
) -> None:
    """Draws ``figure`` into ``rect``; ``hover`` is the mark under the mouse, ``time_rtl`` turns time against the reading direction."""
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas = Canvas(pen, colours, rtl, time_rtl)
    match figure:
        case Bars():
            draw_bars(canvas, rect, figure, hover)
        case Trend():
            draw_trend(canvas, rect, figure, hover)
        case Bridge():
            draw_bridge(canvas, rect, figure)
        case Heat():
            draw_heat(canvas, rect, figure)
        case Funnel():
            draw_funnel(canvas, rect, figure)
        case Ranks():
            draw_ranks(canvas, rect, figure)
        case Bullet():
            draw_bullet(canvas, rect, figure)


def mark_at(figure: Figure, rect: QRectF, x: float, colours: Palette, *, rtl: bool, time_rtl: bool | None = None) -> int:
    """The number of the bar or point of ``figure``, drawn in ``rect``, that stands at ``x``; -1: none."""
    canvas = Canvas(QPainter(), colours, rtl, time_rtl)  # nothing is painted: only its directions are asked
    match figure:
        case Bars():
            return bar_under(canvas, rect, figure, x)
        case Trend():
            return point_under(canvas, rect, figure, x)
    return -1


def spark(
    pen: QPainter, rect: QRectF, values: Sequence[float | None], colours: Palette, *, lit: bool, rtl: bool, time_rtl: bool | None = None
) -> None:
    """A small trend, newest at the reading end, its last point marked."""
    draw_spark(Canvas(pen, colours, rtl, time_rtl), rect, values, lit=lit)


def lamp(pen: QPainter, middle: QPointF, light: str, colours: Palette, radius: float = 5) -> None:
    """The state of a KPI as a light: on, dim, grey or off."""
    draw_lamp(Canvas(pen, colours, rtl=True), middle, light, radius)
