"""Axes: round numbers to mark, how each is written, and which names fit under the marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from PySide6.QtCore import QRectF

from desktop.charts.canvas import SMALL, Canvas, text_width
from desktop.values.unit import Unit

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
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    def y(self, plot: QRectF, value: float) -> float:
        """Where ``value`` stands in ``plot``."""
        return plot.bottom() - (value - self.low) / (self.high - self.low) * plot.height()

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


def axis(canvas: Canvas, plot: QRectF, marks: Scale) -> None:
    """Hairlines with their numbers at the reading edge, and the unit's word above them."""
    wide = marks.width()
    for tick, label in zip(marks.ticks, marks.labels, strict=True):
        y = marks.y(plot, tick)
        canvas.rule(round(y) + 0.5, plot.left(), plot.right(), color=canvas.colours.dim if tick == 0 > marks.low else "")
        left = plot.right() + 8 if canvas.rtl else plot.left() - 8 - wide
        canvas.text(QRectF(left, y - 10, wide, 20), label, side="end")


def foot(canvas: Canvas, plot: QRectF, labels: Sequence[str]) -> None:
    """Names under the marks: the first and the last always, of those between as many as fit."""
    named = [i for i, label in enumerate(labels) if label]
    if not named:
        return
    step = plot.width() / len(labels)
    widths = {i: text_width(labels[i]) for i in named}
    for i in fitting(named, widths, step):
        middle = canvas.then(plot, i * step, step) + step / 2
        half = widths[i] / 2
        middle = min(max(middle, plot.left() + half), plot.right() - half)  # wholly inside: the picture may end here
        canvas.text(QRectF(middle - half - 2, plot.bottom() + 4, 2 * half + 4, 18), labels[i])


def fitting(named: Sequence[int], widths: dict[int, float], step: float) -> list[int]:
    """Which names can be written without touching: the ends, then every n-th between for the smallest n that fits."""
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
