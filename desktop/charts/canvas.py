"""The few strokes and colours every figure is made of, on any QPainter: a widget's, a picture's, a PDF's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextOption

from desktop.charts.fonts import font

SMALL = 12.0  # px; nothing smaller on a screen of 96 dpi


@dataclass(frozen=True)
class Palette:
    """The colours a figure is drawn with, as ``#rrggbb``; good and bad only ever mean better and worse."""

    ink: str
    soft: str
    line: str
    card: str
    accent: str
    accent_ink: str
    wash: str
    good: str
    bad: str
    dim: str
    on_accent: str = "#241A04"
    fades: bool = True  # whether an area under a line may fade out; a PDF prints the fading solid


PAPER = Palette("#26231E", "#6B665C", "#D9D4C8", "#FFFFFF", "#E09B12", "#8A5A00", "#FBF0D8", "#1B7A4B", "#B23A2B", "#CFC9BC", fades=False)


@lru_cache(maxsize=4096)  # the same words are measured at every repaint
def text_width(text: str, px: float = SMALL, weight: int = 400) -> float:
    return QFontMetricsF(font(px, weight)).horizontalAdvance(text)


def text_option(rtl: bool, side: str, wrap: QTextOption.WrapMode = QTextOption.WrapMode.NoWrap) -> QTextOption:
    """How text stands in its box; ``side``: start, end (of reading) or middle. Qt turns a logical side round by the text's letters."""
    right = (side == "start") == rtl
    where = Qt.AlignmentFlag.AlignHCenter if side == "middle" else Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(where | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(wrap)
    return option


@dataclass(frozen=True)
class Canvas:
    """The painter with its palette and reading direction.

    Time runs as one reads; ``hover`` is the mark under the mouse.
    """

    pen: QPainter
    colours: Palette
    rtl: bool
    hover: int = -1

    def x(self, rect: QRectF, at: float, width: float) -> float:
        """The left edge of a thing ``width`` wide that begins ``at`` from the reading edge of ``rect``."""
        return rect.right() - at - width if self.rtl else rect.left() + at

    def box(self, rect: QRectF, at: float, width: float, top: float, height: float) -> QRectF:
        """A box that begins ``at`` from the reading edge of ``rect``; ``top`` is absolute."""
        return QRectF(self.x(rect, at, width), top, width, height)

    def text(
        self, rect: QRectF, text: str, *, px: float = SMALL, weight: int = 400, color: str = "", side: str = "middle",
        tabular: bool = False, least: float = inf,
    ) -> float:  # fmt: skip
        """One line; ``side``: start, end (of reading) or middle. Gives back its width.

        Too long: shrunk as far as ``least`` px, then elided at its logical end.
        """
        face = font(px, weight, tabular=tabular)
        while (width := QFontMetricsF(face).horizontalAdvance(text)) > rect.width() and face.pixelSize() > least:
            face.setPixelSize(face.pixelSize() - 1)
        if width > rect.width() + 1:
            text = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.pen.setFont(face)
        self.pen.setPen(QColor(color or self.colours.soft))
        self.pen.drawText(rect, text, text_option(self.rtl, side))
        return min(width, rect.width())

    def fill(self, rect: QRectF, color: str | QColor, radius: float = 0, edge: str = "") -> None:
        self.pen.setPen(QPen(QColor(edge), 0.7) if edge else Qt.PenStyle.NoPen)
        self.pen.setBrush(QColor(color))
        self.pen.drawRoundedRect(rect, radius, radius)
        self.pen.setBrush(Qt.BrushStyle.NoBrush)

    def dot(self, middle: QPointF, radius: float, color: str | QColor, ring: str | QColor | None = None) -> None:
        """A disc, with a ring of another colour around it where it lies on a line."""
        self.pen.setPen(QPen(QColor(ring), 1.5) if ring else Qt.PenStyle.NoPen)
        self.pen.setBrush(QColor(color))
        self.pen.drawEllipse(middle, radius, radius)
        self.pen.setBrush(Qt.BrushStyle.NoBrush)

    def rule(self, y: float, left: float, right: float, *, color: str = "", dashes: Sequence[float] = (), thick: float = 1.0) -> None:
        pen = QPen(QColor(color or self.colours.line), thick)
        if dashes:
            pen.setDashPattern(dashes)
        self.pen.setPen(pen)
        self.pen.drawLine(QPointF(left, y), QPointF(right, y))

    def stroke(self, path: QPainterPath, color: str, thick: float = 2.0) -> None:
        self.pen.setBrush(Qt.BrushStyle.NoBrush)
        self.pen.setPen(QPen(QColor(color), thick, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        self.pen.drawPath(path)

    def bubble(self, bounds: QRectF, at: QPointF, text: str) -> None:
        """``text`` in a dark bubble above ``at``, wholly inside ``bounds``."""
        width = text_width(text, SMALL, 600) + 22
        left = min(max(at.x() - width / 2, bounds.left()), max(bounds.left(), bounds.right() - width))
        box = QRectF(left, max(bounds.top(), at.y() - 34), width, 26)
        self.fill(box, self.colours.ink, 6)
        self.text(box, text, weight=600, color=self.colours.card)


def tint(color: str, alpha: float) -> QColor:
    """``color`` with an opacity from 0 to 1."""
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


def mixed(upper: str, lower: str, depth: float) -> QColor:
    """``upper`` laid over ``lower`` with the opacity ``depth``, as a colour without one."""
    a, b = QColor(upper), QColor(lower)
    pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    return QColor.fromRgbF(*(x * depth + y * (1 - depth) for x, y in pairs))


def contrast(one: QColor, other: QColor) -> float:
    """How far apart two colours are for the eye, from 1 to 21; text wants 4.5.

    Source:
        WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lights = sorted(_luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4) for c in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def bar_path(box: QRectF, *, down: bool = False, radius: float = 3.0) -> QPainterPath:
    """A bar with two rounded corners at its free end."""
    radius = min(radius, box.width() / 2, box.height())
    whole, clip = QPainterPath(), QPainterPath()
    whole.addRoundedRect(box.adjusted(0, -4 if down else 0, 0, 0 if down else 4), radius, radius)
    clip.addRect(box)
    return whole.intersected(clip)
