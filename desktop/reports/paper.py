"""An A4 page and the few strokes a report is made of: text, paragraph, rule, table, figure.

Lengths are pixels at 96 dpi. ``start`` is measured from where reading starts: the right edge in Persian,
the left in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextOption

from desktop.charts.fonts import font

INK, SOFT, LINE, WASH, ACCENT, GOOD, BAD = (
    "#26231E",
    "#6B665C",
    "#D9D4C8",
    "#FBF6EA",
    "#E09B12",
    "#1B7A4B",
    "#B23A2B",
)
ROW = 26.0


@dataclass(frozen=True)
class Field:
    """A column: heading, share of the width, and whether it holds numbers (at the right in both directions)."""

    title: str
    share: float
    number: bool = True


@dataclass(frozen=True)
class Sheet:
    """One page under the pen; the content area is ``width`` × ``height`` with its corner at 0, 0."""

    pen: QPainter
    width: float
    height: float
    rtl: bool

    def x(self, start: float, width: float) -> float:
        """The left edge of something ``width`` wide that begins ``start`` from the reading edge."""
        return self.width - start - width if self.rtl else start

    def box(self, start: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self.x(start, width), y, width, height)

    def align(self, *, end: bool = False, middle: bool = False) -> Qt.AlignmentFlag:
        """Physical alignment of the reading start (or end): Qt turns a logical one round by the text's letters."""
        if middle:
            return Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        side = Qt.AlignmentFlag.AlignRight if self.rtl != end else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

    def say(
        self,
        start: float,
        y: float,
        width: float,
        text: str,
        *,
        px: float = 13,
        weight: int = 400,
        color: str = INK,
        end: bool = False,
        middle: bool = False,
        height: float = 22,
        tabular: bool = False,
    ) -> None:
        """One line of text in a box; what does not fit is shrunk a little, then elided at its logical end."""
        face = font(px, weight, tabular=tabular)
        metrics = QFontMetricsF(face)
        while metrics.horizontalAdvance(text) > width and face.pixelSize() > px * 0.82:
            face.setPixelSize(face.pixelSize() - 1)
            metrics = QFontMetricsF(face)
        if metrics.horizontalAdvance(text) > width + 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        self.pen.setFont(face)
        self.pen.setPen(QColor(color))
        option = QTextOption(self.align(end=end, middle=middle))
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.pen.drawText(self.box(start, y, width, height), text, option)

    def paragraph(
        self,
        start: float,
        y: float,
        width: float,
        text: str,
        *,
        px: float = 13,
        weight: int = 400,
        color: str = INK,
    ) -> float:
        """Text over as many lines as it needs; gives back the y below it."""
        from PySide6.QtGui import QTextLayout

        layout = QTextLayout(text, font(px, weight))
        option = QTextOption(self.align() & ~Qt.AlignmentFlag.AlignVCenter)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        step, bottom = px * 1.75, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, bottom))
            bottom += step
        layout.endLayout()
        self.pen.setPen(QColor(color))
        layout.draw(self.pen, QPointF(self.x(start, width), y))
        return y + bottom

    def rule(self, y: float, *, start: float = 0, width: float | None = None, color: str = LINE, thick: float = 0.7) -> None:
        width = self.width if width is None else width
        left = self.x(start, width)
        self.pen.setPen(QPen(QColor(color), thick))
        self.pen.drawLine(QPointF(left, y), QPointF(left + width, y))

    def fill(self, start: float, y: float, width: float, height: float, color: str, *, round_by: float = 0) -> None:
        self.pen.setPen(Qt.PenStyle.NoPen)
        self.pen.setBrush(QColor(color))
        self.pen.drawRoundedRect(self.box(start, y, width, height), round_by, round_by)
        self.pen.setBrush(Qt.BrushStyle.NoBrush)

    def lamp(self, start: float, middle: float, light: str, *, radius: float = 5) -> None:
        """A lamp: on full, dim half, grey hatched ring, off ring; told apart without colour."""
        at = QPointF(self.x(start, 2 * radius) + radius, middle)
        ring = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        lit = light in ("on", "dim")
        self.pen.setPen(QPen(QColor("#B87A00" if lit else "#9A948A"), 1.2))
        self.pen.setBrush(QColor(ACCENT) if light == "on" else Qt.BrushStyle.NoBrush)
        self.pen.drawEllipse(ring)
        self.pen.setPen(Qt.PenStyle.NoPen)
        if light == "dim":
            self.pen.setBrush(QColor(ACCENT))
            self.pen.drawChord(ring, 180 * 16, 180 * 16)
        if light == "grey":
            self.pen.setBrush(QColor("#B9B3A8"))
            self.pen.drawEllipse(at, radius * 0.45, radius * 0.45)
        self.pen.setBrush(Qt.BrushStyle.NoBrush)

    def heading(self, y: float, text: str, *, px: float = 15) -> float:
        self.say(0, y, self.width, text, px=px, weight=600, height=px * 1.8)
        return y + px * 1.8 + 6

    def table(
        self,
        y: float,
        fields: Sequence[Field],
        rows: Sequence[Sequence[str]],
        *,
        start: float = 0,
        width: float | None = None,
        strong_last: bool = False,
    ) -> float:
        """Hairlined rows under a head; gives back the y below the last one."""
        width = self.width if width is None else width
        whole = sum(field.share for field in fields)
        self._row(start, y, width, whole, fields, [field.title for field in fields], head=True)
        y += ROW
        self.rule(y, start=start, width=width, color=INK)
        for number, row in enumerate(rows, 1):
            self._row(start, y, width, whole, fields, row, strong=strong_last and number == len(rows))
            y += ROW
            self.rule(y, start=start, width=width)
        return y

    def _row(
        self,
        start: float,
        y: float,
        width: float,
        whole: float,
        fields: Sequence[Field],
        cells: Sequence[str],
        *,
        head: bool = False,
        strong: bool = False,
    ) -> None:
        at = start
        for number, (field, cell) in enumerate(zip(fields, cells, strict=True)):
            wide = width * field.share / whole
            last = number == len(fields) - 1
            self.say(
                at,
                y,
                wide - (0 if last else 10),
                cell,
                px=11.5 if head else 12.5,
                color=SOFT if head else INK,
                end=field.number and not self.rtl,
                weight=600 if strong or (number == 0 and not head) else 400,
                height=ROW,
                tabular=field.number,
            )
            at += wide
