"""An A4 page and the few strokes a report is made of: text, paragraph, rule, box, lamp, heading.

Lengths are pixels at 96 dpi. ``start`` is measured from where reading starts: the right edge in Persian,
the left in English.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption

from desktop.charts import PAPER, Bars, Bridge, Bullet, Canvas, Heat, Ranks, Trend
from desktop.charts.canvas import text_option
from desktop.charts.fonts import font
from desktop.charts.shares import draw_lamp

INK, SOFT, LINE, ACCENT, WASH = PAPER.ink, PAPER.soft, PAPER.line, PAPER.accent, "#FBF6EA"
SMALL, TEXT = 12.0, 13.0  # px: notes and units; whatever is read
LEAST = 10.5  # px; what does not fit at this size is too long for its place


@dataclass(frozen=True)
class Sheet:
    """One page under the pen; the content area is ``width`` × ``height`` with its corner at 0, 0."""

    pen: QPainter
    width: float
    height: float
    rtl: bool

    @property
    def canvas(self) -> Canvas:
        """The same pen, as figures use it."""
        return Canvas(self.pen, PAPER, self.rtl)

    def box(self, start: float, y: float, width: float, height: float) -> QRectF:
        return self.canvas.box(QRectF(0, 0, self.width, self.height), start, width, y, height)

    def say(
        self, start: float, y: float, width: float, text: str, *, px: float = TEXT, weight: int = 400, color: str = INK,
        side: str = "start", height: float = 22, tabular: bool = False,
    ) -> float:  # fmt: skip
        """One line of text in a box, its width given back; what does not fit is shrunk a little, then elided at its logical end."""
        box = self.box(start, y, width, height)
        return self.canvas.text(box, text, px=px, weight=weight, color=color, side=side, tabular=tabular, least=LEAST)

    def paragraph(
        self, start: float, y: float, width: float, text: str, *, px: float = TEXT, weight: int = 400, color: str = INK,
        most: int = 99, side: str = "start", spacing: float = 1.75,
    ) -> float:  # fmt: skip
        """Text over as many lines as it needs, ``most`` at most; gives back the y below it."""
        layout = self._laid(text, width, px, weight, spacing, side)
        if layout.lineCount() > most:
            cut = layout.lineAt(most - 1).textStart()
            tail = QFontMetricsF(font(px, weight)).elidedText(text[cut:], Qt.TextElideMode.ElideRight, width - 4)
            layout = self._laid(text[:cut] + tail, width, px, weight, spacing, side)
        self.pen.setPen(QColor(color))
        layout.draw(self.pen, self.box(start, y, width, 0).topLeft())
        return y + min(most, layout.lineCount()) * px * spacing

    def wide(self, text: str, px: float = TEXT, weight: int = 400, *, tabular: bool = False) -> float:
        """How wide ``text`` is on one line."""
        return QFontMetricsF(font(px, weight, tabular=tabular)).horizontalAdvance(text)

    def even(self, text: str, px: float, weight: int) -> float:
        """The narrowest width at which ``text`` needs no more lines than on the whole page: no word is left alone on the last one."""
        width, least = self.width, self.lines(text, self.width, px, weight)
        while self.lines(text, width - 16, px, weight) == least > 1:
            width -= 16
        return width

    def lines(self, text: str, width: float, px: float = TEXT, weight: int = 400) -> int:
        """How many lines ``text`` needs."""
        return self._laid(text, width, px, weight, 1, "start").lineCount()

    def _laid(self, text: str, width: float, px: float, weight: int, spacing: float, side: str) -> QTextLayout:
        layout = QTextLayout(text, font(px, weight))
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        layout.setTextOption(text_option(self.rtl, side, wrap))
        layout.beginLayout()
        bottom = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, bottom + (px * spacing - line.height()) / 2))
            bottom += px * spacing
        layout.endLayout()
        return layout

    def figure(self, start: float, y: float, width: float, height: float, figure: Bars | Trend | Bridge | Heat | Ranks | Bullet) -> None:
        figure.draw(self.canvas, self.box(start, y, width, height))

    def rule(self, y: float, *, start: float = 0, width: float | None = None, color: str = LINE, thick: float = 0.7) -> None:
        line = self.box(start, y, self.width if width is None else width, 0)
        self.canvas.rule(y, line.left(), line.right(), color=color, thick=thick)

    def fill(self, start: float, y: float, width: float, height: float, color: str, *, round_by: float = 0, edge: str = "") -> None:
        self.canvas.fill(self.box(start, y, width, height), color, round_by, edge)

    def lamp(self, start: float, middle: float, light: str, *, radius: float = 5) -> None:
        """A lamp, the same as in the window; told apart without colour."""
        draw_lamp(self.canvas, self.box(start, middle, 2 * radius, 0).center(), light, radius)

    def title(self, text: str, aside: str) -> float:
        """A page's head: its title, and ``aside`` at the far end; gives back the y where the page begins."""
        taken = self.say(0, 0, self.width, text, px=24, weight=700, height=40)
        if aside:
            self.say(taken + 16, 6, self.width - taken - 16, aside, px=TEXT, color=SOFT, height=32, side="end")
        self.rule(46, color=INK, thick=1)
        return 62

    def heading(self, y: float, text: str, aside: str = "", *, start: float = 0, width: float | None = None) -> float:
        """A heading inside a page, with a small word at its far end."""
        width = self.width if width is None else width
        taken = self.say(start, y, width, text, px=15, weight=600, height=26)
        if aside:
            self.say(start + taken + 12, y, width - taken - 12, aside, px=SMALL, color=SOFT, height=26, side="end")
        return y + 32

    def amount(self, start: float, y: float, width: float, amount: str, word: str, *, px: float = 20) -> None:
        """A number in big digits, its unit's word small behind it; both a little smaller where the place is narrow."""
        tail = self.wide(word, SMALL) + 6 if word else 0
        taken = self.say(start, y, width - tail, amount, px=px, weight=700, height=32)
        if word:
            self.say(start + taken + 6, y + 3, max(tail - 5, 1), word, px=SMALL, color=SOFT, height=30)
