"""One painter function per kind of figure; any QPainter will do: a widget's, a PDF's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen, QTextOption

from desktop.charts.figure import Bars, Bridge, Figure, Funnel, Heat, Palette, Ranks, Trend
from desktop.charts.fonts import font
from desktop.values.digits import number
from desktop.values.unit import Unit

AXIS, FOOT, HEAD = 58.0, 22.0, 14.0


@dataclass(frozen=True)
class Canvas:
    """The painter with its palette and reading direction; time runs from the reading edge."""

    pen: QPainter
    colours: Palette
    rtl: bool

    def text(
        self, rect: QRectF, text: str, *, px: float = 11, weight: int = 400, color: str = "", side: str = "middle", tabular: bool = False
    ) -> None:
        """One line; ``side``: start, end (of reading) or middle. Too long: elided at its logical end."""
        face = font(px, weight, tabular=tabular)
        if QFontMetricsF(face).horizontalAdvance(text) > rect.width() + 1:
            text = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        right = (side == "start") == self.rtl
        where = Qt.AlignmentFlag.AlignHCenter if side == "middle" else Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(where | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.pen.setFont(face)
        self.pen.setPen(QColor(color or self.colours.soft))
        self.pen.drawText(rect, text, option)

    def fill(self, rect: QRectF, color: str | QColor, radius: float = 0) -> None:
        self.pen.setPen(Qt.PenStyle.NoPen)
        self.pen.setBrush(QColor(color))
        self.pen.drawRoundedRect(rect, radius, radius)
        self.pen.setBrush(Qt.BrushStyle.NoBrush)

    def rule(self, y: float, left: float, right: float, *, color: str = "", dashed: bool = False, thick: float = 1.0) -> None:
        pen = QPen(QColor(color or self.colours.line), thick)
        if dashed:
            pen.setDashPattern([4, 3])
        self.pen.setPen(pen)
        self.pen.drawLine(QPointF(left, y), QPointF(right, y))

    def x(self, rect: QRectF, at: float, width: float) -> float:
        """The left edge of a thing ``width`` wide that begins ``at`` from the reading edge of ``rect``."""
        return rect.right() - at - width if self.rtl else rect.left() + at


def paint(pen: QPainter, rect: QRectF, figure: Figure, colours: Palette, *, rtl: bool, hover: int = -1) -> None:
    """Draws ``figure`` into ``rect``; ``hover`` is the bar under the mouse."""
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas = Canvas(pen, colours, rtl)
    match figure:
        case Bars():
            _bars(canvas, rect, figure, hover)
        case Trend():
            _trend(canvas, rect, figure)
        case Bridge():
            _bridge(canvas, rect, figure)
        case Heat():
            _heat(canvas, rect, figure)
        case Funnel():
            _funnel(canvas, rect, figure)
        case Ranks():
            _ranks(canvas, rect, figure)


def bar_at(rect: QRectF, count: int, x: float, *, rtl: bool) -> int:
    """The number of the bar under ``x`` in a figure of ``count`` bars, -1 beside them."""
    plot = _plot(rect, rtl)
    at = (plot.right() - x if rtl else x - plot.left()) / (plot.width() / max(1, count))
    return int(at) if 0 <= at < count else -1


def spark(pen: QPainter, rect: QRectF, values: Sequence[float | None], colours: Palette, *, lit: bool, rtl: bool) -> None:
    """A small trend, newest at the reading end, its last point marked."""
    known = [(i, value) for i, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return
    color = QColor(colours.accent if lit else colours.soft)
    low, high = min(v for _, v in known), max(v for _, v in known)
    span, step = (high - low) or 1, rect.width() / (len(values) - 1)
    points = [
        QPointF(rect.right() - i * step if rtl else rect.left() + i * step, rect.bottom() - (v - low) / span * rect.height())
        for i, v in known
    ]
    line = QPainterPath(points[0])
    for a, b in zip(points, points[1:], strict=False):
        middle = (a.x() + b.x()) / 2
        line.cubicTo(QPointF(middle, a.y()), QPointF(middle, b.y()), b)
    area = QPainterPath(line)
    area.lineTo(points[-1].x(), rect.bottom() + 4)
    area.lineTo(points[0].x(), rect.bottom() + 4)
    area.closeSubpath()
    shade = QLinearGradient(rect.topLeft(), QPointF(rect.left(), rect.bottom() + 4))
    top, bottom = QColor(color), QColor(color)
    top.setAlpha(48)
    bottom.setAlpha(0)
    shade.setColorAt(0, top)
    shade.setColorAt(1, bottom)
    pen.fillPath(area, shade)
    pen.setPen(QPen(color, 1.6, c=Qt.PenCapStyle.RoundCap))
    pen.setBrush(Qt.BrushStyle.NoBrush)
    pen.drawPath(line)
    pen.setPen(QPen(QColor(colours.card), 1.5))
    pen.setBrush(color)
    pen.drawEllipse(points[-1], 3.2, 3.2)
    pen.setBrush(Qt.BrushStyle.NoBrush)


def lamp(pen: QPainter, middle: QPointF, light: str, colours: Palette, radius: float = 5) -> None:
    """On: full with a glow; dim: half; grey: a dot in a ring; off: an empty ring. Told apart without colour too."""
    lit = light in ("on", "dim")
    if light == "on":
        glow = QColor(colours.accent)
        glow.setAlpha(56)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(glow)
        pen.drawEllipse(middle, radius * 1.75, radius * 1.75)
    ring = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    pen.setPen(QPen(QColor(colours.accent if lit else colours.soft), 1.4))
    pen.setBrush(QColor(colours.accent) if light == "on" else Qt.BrushStyle.NoBrush)
    pen.drawEllipse(ring)
    pen.setPen(Qt.PenStyle.NoPen)
    pen.setBrush(QColor(colours.accent if lit else colours.soft))
    if light == "dim":
        pen.drawChord(ring, 180 * 16, 180 * 16)
    elif light == "grey":
        pen.drawEllipse(middle, radius * 0.42, radius * 0.42)
    pen.setBrush(Qt.BrushStyle.NoBrush)


# Scales


def _plot(rect: QRectF, rtl: bool) -> QRectF:
    return rect.adjusted(0 if rtl else AXIS, HEAD, -AXIS if rtl else 0, -FOOT)


def _ticks(low: float, high: float, unit: Unit) -> tuple[list[float], float]:
    """Three to five round values from 0 or below to above ``high``; and the top one."""
    from desktop.values.writing import writing

    base = writing().scale if unit is Unit.MONEY else 1
    span = max(high, 0) - min(low, 0) or base
    raw = span / base / 3.2
    size = 10 ** floor(log10(raw)) if raw > 0 else 1
    step = next(m * size for m in (1, 2, 2.5, 5, 10) if m * size >= raw) * base
    bottom = floor(min(low, 0) / step)
    ticks = [n * step for n in range(bottom, bottom + 12) if n * step < max(high, 0) + step]
    return ticks, ticks[-1]


def _short(unit: Unit, value: float) -> str:
    if unit is Unit.MONEY and value == 0:
        return number(0)
    return unit.tile(value)[0]


def _axis(canvas: Canvas, plot: QRectF, ticks: Sequence[float], unit: Unit) -> float:
    """Grid lines with their numbers at the reading edge; gives back pixels per one."""
    low, high = ticks[0], ticks[-1]
    per = plot.height() / ((high - low) or 1)
    biggest = max(abs(low), abs(high))
    scale, word = _common(unit, biggest)
    for tick in ticks:
        y = plot.bottom() - (tick - low) * per
        canvas.rule(round(y) + 0.5, plot.left(), plot.right())
        box = QRectF(plot.right() + 8 if canvas.rtl else plot.left() - AXIS, y - 10, AXIS - 8, 20)
        text = number(tick / scale, 0 if float(tick / scale).is_integer() else 1, percent=unit is Unit.SHARE)
        canvas.text(box, text, side="start" if not canvas.rtl else "end", tabular=True)
    if word:
        box = QRectF(plot.right() - 150 if canvas.rtl else plot.left() - AXIS, plot.top() - HEAD - 6, 150 + AXIS, 14)
        canvas.text(box, word, px=10, side="start")
    return per


def _common(unit: Unit, biggest: float) -> tuple[float, str]:
    """One scale and its word for a whole axis."""
    if unit is Unit.SHARE:
        return 0.01, ""
    if unit is not Unit.MONEY:
        return 1, ""
    from desktop.values.writing import writing

    base = writing().scale
    word = unit.tile(int(biggest))[1]
    for size in (10**9, 10**6, 10**3):
        if biggest / base >= size * 5:
            return base * size, unit.tile(base * size * 50)[1]
    return base, word


# Figures


def _bars(canvas: Canvas, rect: QRectF, figure: Bars, hover: int) -> None:
    plot = _plot(rect, canvas.rtl)
    known = [v for v in figure.values if v is not None] or [0.0]
    ticks, _ = _ticks(min(known), max(*known, figure.target or 0, 0), figure.unit)
    per = _axis(canvas, plot, ticks, figure.unit)
    zero = plot.bottom() + ticks[0] * per
    step = plot.width() / max(1, len(figure.values))
    wide = min(step * 0.64, 34)
    for i, value in enumerate(figure.values):
        left = canvas.x(plot, i * step + (step - wide) / 2, wide)
        if value:
            color = canvas.colours.accent_ink if i == hover else canvas.colours.dim if i in figure.quiet else canvas.colours.accent
            _bar(canvas, QRectF(left, min(zero, zero - value * per), wide, abs(value * per)), color, down=value < 0)
            inner = figure.second[i] if i < len(figure.second) else None
            if inner and inner > 0:
                _bar(canvas, QRectF(left, zero - inner * per, wide, inner * per), canvas.colours.accent_ink, down=False)
        if figure.labels[i]:
            canvas.text(QRectF(left - 30, plot.bottom() + 3, wide + 60, 18), figure.labels[i], px=10.5)
    if figure.target is not None and ticks[0] <= figure.target <= ticks[-1]:
        canvas.rule(
            plot.bottom() - (figure.target - ticks[0]) * per, plot.left(), plot.right(), color=canvas.colours.ink, dashed=True, thick=1.2
        )
    _bubble(canvas, plot, figure, hover, per, zero, step)


def _bar(canvas: Canvas, box: QRectF, color: str, *, down: bool) -> None:
    """A bar with two rounded corners at its free end."""
    if box.height() < 0.5:
        return
    radius = min(3.0, box.width() / 2, box.height())
    whole, clip = QPainterPath(), QPainterPath()
    whole.addRoundedRect(box.adjusted(0, -4 if down else 0, 0, 0 if down else 4), radius, radius)
    clip.addRect(box)
    canvas.pen.fillPath(whole.intersected(clip), QColor(color))


def _bubble(canvas: Canvas, plot: QRectF, figure: Bars, hover: int, per: float, zero: float, step: float) -> None:
    if not 0 <= hover < len(figure.exact) or figure.values[hover] is None:
        return
    text = figure.exact[hover]
    wide = QFontMetricsF(font(12, 600)).horizontalAdvance(text) + 22
    middle = canvas.x(plot, hover * step, step) + step / 2
    left = min(max(middle - wide / 2, plot.left()), plot.right() - wide)
    top = max(plot.top() - 8, zero - (figure.values[hover] or 0) * per - 34)
    canvas.fill(QRectF(left, top, wide, 26), canvas.colours.ink, 5)
    canvas.text(QRectF(left, top, wide, 26), text, px=12, weight=600, color=canvas.colours.card)


def _trend(canvas: Canvas, rect: QRectF, figure: Trend) -> None:
    plot = _plot(rect, canvas.rtl)
    known = [v for v in figure.values if v is not None]
    if not known:
        canvas.text(rect, "—", px=14)
        return
    ticks, _ = _ticks(min(known), max(known), figure.unit)
    per = _axis(canvas, plot, ticks, figure.unit)
    step = plot.width() / max(1, len(figure.values))
    before: QPointF | None = None
    for i, value in enumerate(figure.values):
        middle = canvas.x(plot, i * step, step) + step / 2
        canvas.text(QRectF(middle - 40, plot.bottom() + 3, 80, 18), figure.labels[i], px=10.5)
        if value is None:
            before = None
            continue
        here = QPointF(middle, plot.bottom() - (value - ticks[0]) * per)
        if before is not None:
            canvas.pen.setPen(QPen(QColor(canvas.colours.accent), 2))
            canvas.pen.drawLine(before, here)
        before = here
    for i, value in enumerate(figure.values):
        if value is not None:
            here = QPointF(canvas.x(plot, i * step, step) + step / 2, plot.bottom() - (value - ticks[0]) * per)
            canvas.pen.setPen(QPen(QColor(canvas.colours.card), 1.5))
            canvas.pen.setBrush(QColor(canvas.colours.accent))
            canvas.pen.drawEllipse(here, 4, 4)
            canvas.pen.setBrush(Qt.BrushStyle.NoBrush)


def _bridge(canvas: Canvas, rect: QRectF, figure: Bridge) -> None:
    plot = rect.adjusted(4, 22, -4, -FOOT)
    running, ends = 0.0, []
    for _, value, whole in figure.steps:
        start, running = (0.0, value) if whole else (running, running + value)
        ends.append((start, running))
    low, high = min(0.0, *(min(pair) for pair in ends)), max(0.0, *(max(pair) for pair in ends))
    per = plot.height() / ((high - low) or 1)
    step = plot.width() / len(figure.steps)
    canvas.rule(plot.bottom() + low * per, plot.left(), plot.right())
    for i, ((name, value, whole), (start, end)) in enumerate(zip(figure.steps, ends, strict=True)):
        left = canvas.x(plot, i * step + step * 0.16, step * 0.68)
        top = plot.bottom() - (max(start, end) - low) * per
        colours = canvas.colours
        canvas.fill(QRectF(left, top, step * 0.68, max(1.5, abs(end - start) * per)),
                    colours.accent if whole else colours.good if value >= 0 else colours.bad, 2)  # fmt: skip
        amount, word = figure.unit.tile(value)
        canvas.text(QRectF(left - step * 0.15, top - 20, step * 0.98, 18), f"{amount} {word}", px=10.5, weight=600, color=colours.ink)
        canvas.text(QRectF(left - step * 0.15, plot.bottom() + 3, step * 0.98, 18), name, px=10.5)


def _heat(canvas: Canvas, rect: QRectF, figure: Heat) -> None:
    head = 92.0
    wide = (rect.width() - head) / max(1, len(figure.columns))
    high = min(24.0, (rect.height() - 20) / max(1, len(figure.rows)))
    for j, name in enumerate(figure.columns):
        canvas.text(QRectF(canvas.x(rect, head + j * wide, wide), rect.top(), wide, 18), name, px=10)
    for i, name in enumerate(figure.rows):
        y = rect.top() + 20 + i * high
        canvas.text(QRectF(canvas.x(rect, 0, head - 6), y, head - 6, high), name, px=10.5, side="start")
        for j, share in enumerate(figure.shares[i]):
            if share is None:
                continue
            box = QRectF(canvas.x(rect, head + j * wide, wide) + 1, y + 1, wide - 2, high - 2)
            color = QColor(canvas.colours.accent)
            color.setAlphaF(0.08 + 0.72 * min(1.0, share))
            canvas.fill(box, color, 2)
            if (i, j) in figure.partial:
                canvas.pen.fillRect(box, Qt.BrushStyle.BDiagPattern)
            canvas.text(box, figure.texts[i][j], px=9.5, color=canvas.colours.ink, tabular=True)


def _funnel(canvas: Canvas, rect: QRectF, figure: Funnel) -> None:
    high = rect.height() / max(1, len(figure.stages))
    top = max((n for _, n in figure.stages), default=0) or 1
    head = 130.0
    for i, (name, n) in enumerate(figure.stages):
        y, wide = rect.top() + i * high, (rect.width() - head - 130) * n / top
        canvas.text(QRectF(canvas.x(rect, 0, head - 8), y, head - 8, high - 8), name, px=12, color=canvas.colours.ink, side="start")
        color = QColor(canvas.colours.accent)
        color.setAlphaF(1 - 0.17 * i)
        canvas.fill(QRectF(canvas.x(rect, head, max(2.0, wide)), y, max(2.0, wide), high - 8), color, 3)
        before = figure.stages[i - 1][1] if i else 0
        text = number(n) + (f"  ({Unit.SHARE.write(n / before)})" if before else "")
        canvas.text(
            QRectF(canvas.x(rect, head + wide + 8, 120), y, 120, high - 8), text, px=12, weight=600, color=canvas.colours.ink, side="start"
        )


def _ranks(canvas: Canvas, rect: QRectF, figure: Ranks) -> None:
    high = min(30.0, rect.height() / max(1, len(figure.rows)))
    top = max((value for _, value, _ in figure.rows), default=0) or 1
    head = 140.0
    for i, (name, value, text) in enumerate(figure.rows):
        y, wide = rect.top() + i * high, max(0.0, (rect.width() - head - 150) * value / top)
        canvas.text(QRectF(canvas.x(rect, 0, head - 8), y, head - 8, high - 8), name, px=12, color=canvas.colours.ink, side="start")
        canvas.fill(QRectF(canvas.x(rect, head, max(2.0, wide)), y + 2, max(2.0, wide), high - 12), canvas.colours.accent, 3)
        canvas.text(
            QRectF(canvas.x(rect, head + wide + 8, 140), y, 140, high - 8), text, px=12, weight=600, color=canvas.colours.ink, side="start"
        )
