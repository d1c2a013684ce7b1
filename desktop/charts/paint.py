"""Any figure on any QPainter: a widget's, a picture's, a PDF's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.charts.bars import draw_bars, plot_of_bars
from desktop.charts.canvas import Canvas
from desktop.charts.figure import Bars, Bridge, Bullet, Figure, Funnel, Heat, Palette, Ranks, Trend
from desktop.charts.shares import draw_bridge, draw_bullet, draw_funnel, draw_heat, draw_ranks
from desktop.charts.trend import draw_trend, plot_of_trend

PAINTERS: dict[type, Callable[[Canvas, QRectF, Any], None]] = {
    Bars: draw_bars, Trend: draw_trend, Bridge: draw_bridge, Heat: draw_heat, Funnel: draw_funnel, Ranks: draw_ranks, Bullet: draw_bullet,
}  # fmt: skip


def paint(
    pen: QPainter, rect: QRectF, figure: Figure, colours: Palette, *, rtl: bool, hover: int = -1, time_rtl: bool | None = None
) -> None:
    """Draws ``figure`` into ``rect``; ``hover`` is the mark under the mouse, ``time_rtl`` turns time against the reading direction."""
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    PAINTERS[type(figure)](Canvas(pen, colours, rtl, time_rtl, hover), rect, figure)


def mark_at(figure: Figure, rect: QRectF, x: float, colours: Palette, *, rtl: bool, time_rtl: bool | None = None) -> int:
    """The number of the bar or point of ``figure``, drawn in ``rect``, that stands at ``x``; -1: none."""
    canvas = Canvas(QPainter(), colours, rtl, time_rtl)  # nothing is painted: only its directions are asked
    if isinstance(figure, Bars):
        return plot_of_bars(canvas, rect, figure).mark(x)
    return plot_of_trend(canvas, rect, figure).mark(x) if isinstance(figure, Trend) and figure.known else -1
