"""Figures of parts and shares: a bridge from one whole to another, a heat map, a funnel, lying bars, a target's bar, a lamp."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from desktop.charts.canvas import SMALL, Canvas, contrast, mixed, text_width, tint
from desktop.charts.figure import Bridge, Bullet, Funnel, Heat, Ranks
from desktop.values.digits import number
from desktop.values.unit import Unit

FOOT = 24.0


def draw_bridge(canvas: Canvas, rect: QRectF, figure: Bridge) -> None:
    plot = rect.adjusted(0, 44, 0, -FOOT)
    sizes = [abs(value) for _, value, _ in figure.steps]
    part, word = figure.unit.scale(max(sizes))
    if figure.unit is Unit.MONEY and min((size for size in sizes if size), default=0) < 0.05 * part:
        part, word = figure.unit.scale(max(sizes) / 1000)  # else the smaller steps would all be written 0.0
    decimals = 0 if max(sizes) / part >= 100 else 1  # the same for all: they are read as a sum
    canvas.text(canvas.box(rect, 0, rect.width(), rect.top(), 18), word, side="start")
    running, ends = 0.0, []
    for _, value, whole in figure.steps:
        begin, running = (0.0, value) if whole else (running, running + value)
        ends.append((begin, running))
    low, high = min(0.0, *(min(pair) for pair in ends)), max(0.0, *(max(pair) for pair in ends))
    per = plot.height() / ((high - low) or 1)
    step, zero = plot.width() / len(figure.steps), plot.bottom() + low * per
    canvas.rule(round(zero) + 0.5, plot.left(), plot.right())
    for i, ((name, value, whole), (begin, last)) in enumerate(zip(figure.steps, ends, strict=True)):
        left = canvas.x(plot, i * step + step * 0.16, step * 0.68)
        top, height = zero - max(begin, last) * per, max(1.5, abs(last - begin) * per)
        colours = canvas.colours
        canvas.fill(QRectF(left, top, step * 0.68, height), colours.accent if whole else colours.good if value >= 0 else colours.bad, 2)
        if i + 1 < len(figure.steps):  # a hairline carries the height over to the next bar
            level, over = zero - last * per, step * 0.32
            edge = left - over if canvas.rtl else left + step * 0.68
            canvas.rule(round(level) + 0.5, edge, edge + over, color=colours.dim)
        cell = QRectF(left - step * 0.15, top - 20, step * 0.98, 18)
        canvas.text(cell, figure.unit.on_scale(value, part, decimals), weight=600, color=colours.ink)
        canvas.text(QRectF(cell.left(), plot.bottom() + 4, cell.width(), 18), name)


def draw_heat(canvas: Canvas, rect: QRectF, figure: Heat) -> None:
    head = max((text_width(name) for name in figure.rows), default=0) + 12
    wide = (rect.width() - head) / max(1, len(figure.columns))
    high = min(26.0, (rect.height() - 22) / max(1, len(figure.rows)))
    for j, name in enumerate(figure.columns):
        canvas.text(canvas.box(rect, head + j * wide, wide, rect.top(), 18), name)
    for i, name in enumerate(figure.rows):
        y = rect.top() + 22 + i * high
        canvas.text(canvas.box(rect, 0, head - 8, y, high), name, side="start")
        for j, share in enumerate(figure.shares[i]):
            if share is not None:
                _cell(canvas, canvas.box(rect, head + j * wide, wide, y, high).adjusted(1, 1, -1, -1), figure, i, j, share)


def _cell(canvas: Canvas, box: QRectF, figure: Heat, i: int, j: int, share: float) -> None:
    depth = 0.08 + 0.84 * min(1.0, max(0.0, share))
    canvas.fill(box, tint(canvas.colours.accent, depth), 3)
    if (i, j) in figure.partial:
        _hatch(canvas, box)
    ground = mixed(canvas.colours.accent, canvas.colours.card, depth)
    ink = max(canvas.colours.ink, canvas.colours.on_accent, key=lambda one: contrast(QColor(one), ground))
    canvas.text(box, figure.texts[i][j], px=min(SMALL, box.height() * 0.62), color=ink, tabular=True)


def _hatch(canvas: Canvas, box: QRectF) -> None:
    """Thin slanting lines: this cell is still filling."""
    canvas.pen.save()
    clip = QPainterPath()
    clip.addRoundedRect(box, 3, 3)
    canvas.pen.setClipPath(clip)
    canvas.pen.setPen(QPen(tint(canvas.colours.ink, 0.22), 1))
    at = box.left() - box.height()
    while at < box.right():
        canvas.pen.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
        at += 5
    canvas.pen.restore()


def draw_funnel(canvas: Canvas, rect: QRectF, figure: Funnel) -> None:
    rows = []
    for (name, n), before in zip(figure.stages, (0, *(n for _, n in figure.stages)), strict=False):
        rows.append((name, n, f"{number(n)}  ({Unit.SHARE.write(n / before)})" if before else number(n)))
    _lying(canvas, rect, rows, 44, 130, 0, fading=0.17)


def draw_ranks(canvas: Canvas, rect: QRectF, figure: Ranks) -> None:
    _lying(canvas, rect, figure.rows, 32, max((text_width(text, SMALL, 600) for _, _, text in figure.rows), default=0) + 12, 2)


def _lying(
    canvas: Canvas, rect: QRectF, rows: Sequence[tuple[str, float, str]], highest: float, tail: float, inset: float, *, fading: float = 0
) -> None:
    """A bar for each (name, value, text) between its name and its text, ``inset`` thinner on both sides, each ``fading`` from the last."""
    high = min(highest, rect.height() / max(1, len(rows)))
    top = max((value for _, value, _ in rows), default=0) or 1
    head = min(rect.width() / 3, max((text_width(name) for name, _, _ in rows), default=0) + 14)
    for i, (name, value, text) in enumerate(rows):
        y, wide = rect.top() + i * high, max(2.0, (rect.width() - head - tail) * max(0.0, value) / top)
        canvas.text(canvas.box(rect, 0, head - 8, y, high - 8), name, color=canvas.colours.ink, side="start")
        canvas.fill(
            canvas.box(rect, head, wide, y + inset, high - 8 - 2 * inset), tint(canvas.colours.accent, max(0.32, 1 - fading * i)), 3
        )
        canvas.text(canvas.box(rect, head + wide + 8, tail, y, high - 8), text, weight=600, color=canvas.colours.ink, side="start")


def draw_bullet(canvas: Canvas, rect: QRectF, figure: Bullet) -> None:
    """A bar of the target: filled as far as it is reached, a notch where an even pace would be."""
    radius = rect.height() / 2
    canvas.fill(rect, canvas.colours.line, radius)
    wide = rect.width() * max(0.0, min(1.0, figure.share))
    if wide > 0:
        wide = max(wide, rect.height())
        canvas.fill(canvas.box(rect, 0, wide, rect.top(), rect.height()), canvas.colours.accent, radius)
    if figure.pace is not None and 0 < figure.pace < 1:
        at = canvas.x(rect, rect.width() * figure.pace - 1, 2)
        canvas.fill(QRectF(at, rect.top() - 2, 2, rect.height() + 4), canvas.colours.ink, 1)


def draw_lamp(canvas: Canvas, middle: QPointF, light: str, radius: float = 5) -> None:
    """On: full with a glow; dim: half full; grey: a dot in a ring; off: an empty ring. Told apart without colour too."""
    lit, pen = light in ("on", "dim"), canvas.pen
    colour = QColor(canvas.colours.accent if lit else canvas.colours.soft)
    if light == "on":
        canvas.dot(middle, radius * 1.75, tint(canvas.colours.accent, 0.22))
    ring = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    pen.setPen(QPen(colour, 1.4))
    pen.setBrush(colour if light == "on" else Qt.BrushStyle.NoBrush)
    pen.drawEllipse(ring)
    pen.setPen(Qt.PenStyle.NoPen)
    pen.setBrush(colour)
    if light == "dim":
        pen.drawChord(ring, 180 * 16, 180 * 16)
    elif light == "grey":
        pen.drawEllipse(middle, radius * 0.42, radius * 0.42)
    pen.setBrush(Qt.BrushStyle.NoBrush)
