"""How a number moved: a triangle, the change, and whether it is good news; painted, since our typeface has no triangles."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.charts.canvas import Canvas, text_width
from desktop.kpi.kpi import Answer, Better, Kpi
from desktop.ui.theme import rtl, theme
from desktop.values.digits import plain
from desktop.values.text import tr

SIDE, GAP = 8.0, 5.0  # px: a triangle, and the room behind it


class Move(NamedTuple):
    """``text`` is empty where a change cannot be said; ``up`` None where nothing moved."""

    text: str = ""
    up: bool | None = None
    colour: str = ""

    @property
    def said(self) -> str:
        """For who hears it instead of seeing the triangle."""
        if self.up is None:
            return plain(self.text)
        return plain(tr("up {change}", change=self.text) if self.up else tr("down {change}", change=self.text))

    def width(self, px: float = 12) -> float:
        """How much room it takes."""
        return text_width(self.text, px, 600) + (SIDE + GAP if self.up is not None else 0) if self.text else 0.0


def move(one: Kpi, answer: Answer, before: float | None) -> Move:
    """The change of ``answer`` since ``before``; green for the better, red for the worse."""
    change = one.unit.change(answer.value, before)
    if change is None:
        return Move()
    if change.up is None:
        return Move(tr("no change"), None, theme().soft)
    return Move(change.text, change.up, theme().good if change.up == (one.better is Better.HIGHER) else theme().bad)


def draw_move(canvas: Canvas, box: QRectF, moved: Move, px: float = 12) -> float:
    """Draws it where ``box`` begins; gives back its width."""
    at = 0.0
    if moved.up is not None:
        left, middle, half = canvas.x(box, 0, SIDE), box.center().y(), SIDE / 2
        tip = middle - half + 0.5 if moved.up else middle + half - 0.5
        foot = middle + half - 0.5 if moved.up else middle - half + 0.5
        canvas.pen.setPen(QColor(0, 0, 0, 0))
        canvas.pen.setBrush(QColor(moved.colour))
        canvas.pen.drawPolygon(QPolygonF([QPointF(left + half, tip), QPointF(left, foot), QPointF(left + SIDE, foot)]))
        at = SIDE + GAP
    rest = canvas.box(box, at, box.width() - at, box.top(), box.height())
    return at + canvas.text(rest, moved.text, px=px, weight=600, color=moved.colour, side="start")


class MoveLabel(QWidget):
    """A move among other words."""

    def __init__(self, moved: Move) -> None:
        super().__init__()
        self._move = moved
        self.setFixedHeight(20)
        self.setAccessibleName(moved.said)

    def sizeHint(self) -> QSize:
        return QSize(round(self._move.width(13)) + 2, 20)

    def paintEvent(self, _: QPaintEvent) -> None:
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_move(Canvas(pen, theme(), rtl()), QRectF(self.rect()), self._move, 13)
        pen.end()
