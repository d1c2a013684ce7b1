"""Axes: round numbers to mark, how each is written, and which names fit under the marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from PySide6.QtCore import QRectF

from desktop.charts.canvas import SMALL, Canvas, text_width
from desktop.values.unit import Unit

FOOT, GAP = 24.0, 10.0  # px under a plot for names, and between it and its axis
ROOM, LEAST = 46.0, 26.0  # px between two marks of an axis, at least; and where there is little room
NICE = (1, 2, 2.5, 5, 10)
CLOSE = 0.4  # values whose lowest is above this part of the highest may leave zero out


@dataclass(frozen=True)
class Scale:
    """The round values to mark, from the lowest to the highest, and how they are written."""

    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    word: str

    @property
    def width(self) -> float:
        """The room that the labels need."""
        return max(text_width(label) for label in self.labels)


def scale(low: float, high: float, unit: Unit, height: float, *, zero: bool = True) -> Scale:
    """A scale over ``low`` to ``high`` for a plot ``height`` px high; ``zero`` keeps 0 in it."""
    if zero or low < CLOSE * high or high <= 0:
        low, high = min(low, 0), max(high, 0)
    if unit is Unit.SHARE:
        part, word = 0.01, ""
    else:
        part, word = unit.scale(max(abs(low), abs(high)))
    span = (high - low) / part or 1.0
    step = _nice(span / max(2, min(4, int(height / LEAST)) if zero else 0, min(6, int(height / ROOM)))) * part
    if unit is Unit.COUNT:
        step = max(1.0, ceil(step))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(n * step for n in range(first, max(last, first + 1) + 1))
    return Scale(ticks, tuple(unit.on_scale(tick, part) for tick in ticks), word)


def _nice(raw: float) -> float:
    """The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is at least ``raw``."""
    size = float(10 ** floor(log10(raw)))
    return next(m * size for m in NICE if m * size >= raw * (1 - 1e-9))


@dataclass(frozen=True)
class Plot:
    """Where the ``count`` marks of a figure stand along time, and how high; its axis is at the reading edge."""

    canvas: Canvas
    box: QRectF
    marks: Scale
    count: int

    @property
    def step(self) -> float:
        """From one mark to the next."""
        return self.box.width() / max(1, self.count)

    def middle(self, i: int) -> float:
        return self.canvas.x(self.box, i * self.step, self.step) + self.step / 2

    def y(self, value: float) -> float:
        low, high = self.marks.ticks[0], self.marks.ticks[-1]
        return self.box.bottom() - (value - low) / (high - low) * self.box.height()

    def mark(self, x: float) -> int:
        """The number of the mark at ``x``, -1 beside them."""
        at = (self.box.right() - x if self.canvas.rtl else x - self.box.left()) / self.box.width() * self.count
        return int(at) if 0 <= at < self.count else -1

    def axis(self) -> None:
        """Hairlines with their numbers."""
        canvas, box, wide = self.canvas, self.box, self.marks.width
        for tick, label in zip(self.marks.ticks, self.marks.labels, strict=True):
            y = self.y(tick)
            canvas.rule(round(y) + 0.5, box.left(), box.right(), color=canvas.colours.dim if tick == 0 > self.marks.ticks[0] else "")
            left = box.right() + 8 if canvas.rtl else box.left() - 8 - wide
            canvas.text(QRectF(left, y - 10, wide, 20), label, side="end")

    def foot(self, labels: Sequence[str]) -> None:
        """Names under the marks: the first and the last always, of those between as many as fit."""
        widths = {i: text_width(label) for i, label in enumerate(labels) if label}
        for i in fitting(list(widths), widths, self.step):
            half = widths[i] / 2
            middle = min(max(self.middle(i), self.box.left() + half), self.box.right() - half)  # wholly inside: the picture may end here
            self.canvas.text(QRectF(middle - half - 2, self.box.bottom() + 4, 2 * half + 4, 18), labels[i])


def plot_in(
    canvas: Canvas, rect: QRectF, head: float, count: int, low: float, high: float, unit: Unit, *, zero: bool = True
) -> Plot:  # fmt: skip
    """A plot of ``count`` marks from ``low`` to ``high``: beside its axis, under a head, over the names."""
    marks = scale(low, high, unit, rect.height() - head - FOOT, zero=zero)
    side = marks.width + GAP
    return Plot(canvas, rect.adjusted(0 if canvas.rtl else side, head, -side if canvas.rtl else 0, -FOOT), marks, count)


def fitting(named: Sequence[int], widths: dict[int, float], step: float) -> list[int]:
    """Which names can be written without touching: the ends, then every n-th between for the smallest n that fits."""
    if not named:
        return []
    first, last = named[0], named[-1]
    for every in range(1, len(named) + 1):
        chosen = [i for at, i in enumerate(named) if at % every == 0 and i not in (first, last)]
        shown = [first, *chosen, last] if first != last else [first]
        usual = named[min(every, len(named) - 1)] - first
        while len(shown) > 2 and last - shown[-2] < 0.75 * usual:  # two names huddled at the end look like a mistake
            del shown[-2]
        if all(not _touch(a, b, widths, step) for a, b in pairwise(shown)):
            return shown
    return [last]


def _touch(a: int, b: int, widths: dict[int, float], step: float) -> bool:
    return (b - a) * step < (widths[a] + widths[b]) / 2 + SMALL / 2
