"""Figures of parts and shares: a bridge from one whole to another, a heat map, a funnel, lying bars, a target's bar, a lamp."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from desktop.charts.canvas import SMALL, Canvas, contrast, mixed, text_width, tint
from desktop.values.unit import Unit

FOOT = 24.0


@dataclass(frozen=True)
class Bridge:
    """Money from a first whole through additions to a last whole: (label, value, whole)."""

    steps: tuple[tuple[str, float, bool], ...]

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        plot = rect.adjusted(0, 44, 0, -FOOT)
        sizes = [abs(value) for _, value, _ in self.steps]
        part, word = Unit.MONEY.scale(max(sizes))
        if min((size for size in sizes if size), default=0) < 0.05 * part:
            part, word = Unit.MONEY.scale(max(sizes) / 1000)  # else the smaller steps would all be written 0.0
        decimals = 0 if max(sizes) / part >= 100 else 1  # the same for all: they are read as a sum
        canvas.text(canvas.box(rect, 0, rect.width(), rect.top(), 18), word, side="start")
        running, ends = 0.0, []
        for _, value, whole in self.steps:
            begin, running = (0.0, value) if whole else (running, running + value)
            ends.append((begin, running))
        low, high = min(0.0, *(min(pair) for pair in ends)), max(0.0, *(max(pair) for pair in ends))
        per = plot.height() / ((high - low) or 1)
        step, zero = plot.width() / len(self.steps), plot.bottom() + low * per
        canvas.rule(round(zero) + 0.5, plot.left(), plot.right())
        for i, ((name, value, whole), (begin, last)) in enumerate(zip(self.steps, ends, strict=True)):
            left = canvas.x(plot, i * step + step * 0.16, step * 0.68)
            top, height = zero - max(begin, last) * per, max(1.5, abs(last - begin) * per)
            colours = canvas.colours
            canvas.fill(QRectF(left, top, step * 0.68, height), colours.accent if whole else colours.good if value >= 0 else colours.bad, 2)
            if i + 1 < len(self.steps):  # a hairline carries the height over to the next bar
                level, over = zero - last * per, step * 0.32
                edge = left - over if canvas.rtl else left + step * 0.68
                canvas.rule(round(level) + 0.5, edge, edge + over, color=colours.dim)
            cell = QRectF(left - step * 0.15, top - 20, step * 0.98, 18)
            canvas.text(cell, Unit.MONEY.on_scale(value, part, decimals), weight=600, color=colours.ink)
            canvas.text(QRectF(cell.left(), plot.bottom() + 4, cell.width(), 18), name)


@dataclass(frozen=True)
class Heat:
    """A grid of shares from 0 to 1 (None: nothing there yet), each with its text; ``partial`` cells are hatched."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    partial: frozenset[tuple[int, int]] = frozenset()

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        head = max((text_width(name) for name in self.rows), default=0) + 12
        wide = (rect.width() - head) / max(1, len(self.columns))
        high = min(26.0, (rect.height() - 22) / max(1, len(self.rows)))
        for j, name in enumerate(self.columns):
            canvas.text(canvas.box(rect, head + j * wide, wide, rect.top(), 18), name)
        for i, name in enumerate(self.rows):
            y = rect.top() + 22 + i * high
            canvas.text(canvas.box(rect, 0, head - 8, y, high), name, side="start")
            for j, share in enumerate(self.shares[i]):
                if share is not None:
                    self._cell(canvas, canvas.box(rect, head + j * wide, wide, y, high).adjusted(1, 1, -1, -1), i, j, share)

    def _cell(self, canvas: Canvas, box: QRectF, i: int, j: int, share: float) -> None:
        depth = 0.08 + 0.84 * min(1.0, max(0.0, share))
        canvas.fill(box, tint(canvas.colours.accent, depth), 3)
        if (i, j) in self.partial:
            _hatch(canvas, box)
        ground = mixed(canvas.colours.accent, canvas.colours.card, depth)
        ink = max(canvas.colours.ink, canvas.colours.on_accent, key=lambda one: contrast(QColor(one), ground))
        canvas.text(box, self.texts[i][j], px=min(SMALL, box.height() * 0.62), color=ink, tabular=True)


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


@dataclass(frozen=True)
class Ranks:
    """Lying bars between their names and their texts: (name, value, text); ``highest`` px each, or less where there is little room.

    ``inset``: how much thinner than the words' line; ``fading``: how much paler each is than the one before.
    """

    rows: tuple[tuple[str, float, str], ...]
    highest: float = 32
    inset: float = 2
    fading: float = 0

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        high = min(self.highest, rect.height() / max(1, len(self.rows)))
        top = max((value for _, value, _ in self.rows), default=0) or 1
        head = min(rect.width() / 3, max((text_width(name) for name, _, _ in self.rows), default=0) + 14)
        tail = max((text_width(text, SMALL, 600) for _, _, text in self.rows), default=0) + 12
        for i, (name, value, text) in enumerate(self.rows):
            y, wide = rect.top() + i * high, max(2.0, (rect.width() - head - tail) * max(0.0, value) / top)
            canvas.text(canvas.box(rect, 0, head - 8, y, high - 8), name, color=canvas.colours.ink, side="start")
            bar = canvas.box(rect, head, wide, y + self.inset, high - 8 - 2 * self.inset)
            canvas.fill(bar, tint(canvas.colours.accent, max(0.32, 1 - self.fading * i)), 3)
            canvas.text(canvas.box(rect, head + wide + 8, tail, y, high - 8), text, weight=600, color=canvas.colours.ink, side="start")


@dataclass(frozen=True)
class Bullet:
    """How far towards a target: filled to the ``share`` of it (1 = reached), a notch where an even ``pace`` would be by now."""

    share: float
    pace: float | None = None

    def draw(self, canvas: Canvas, rect: QRectF) -> None:
        radius = rect.height() / 2
        canvas.fill(rect, canvas.colours.line, radius)
        wide = rect.width() * max(0.0, min(1.0, self.share))
        if wide > 0:
            wide = max(wide, rect.height())
            canvas.fill(canvas.box(rect, 0, wide, rect.top(), rect.height()), canvas.colours.accent, radius)
        if self.pace is not None and 0 < self.pace < 1:
            at = canvas.x(rect, rect.width() * self.pace - 1, 2)
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
