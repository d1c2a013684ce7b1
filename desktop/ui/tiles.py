"""A tile: a KPI's lamp, number, fair comparison, trend and target; painted, and a real button.

A line of the dashboard may hold a second KPI (profit and margin): it stands in the tile's last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import kpi
from desktop.charts import Bullet
from desktop.charts.canvas import Canvas, text_width
from desktop.charts.shares import draw_lamp
from desktop.charts.trend import draw_spark
from desktop.kpi.kpi import Aim, Answer, Lamp
from desktop.shop.things import THINGS
from desktop.ui.moves import Move, draw_move, move
from desktop.ui.theme import rtl, theme
from desktop.ui.widgets import tip
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

HEIGHT, COMPACT = 104, 76
BIG, NARROWEST = 26.0, 40.0  # px of the number's letters, and the least room a trend is drawn in
LAMPS = {
    Lamp.ON: N_("lamp on"),
    Lamp.DIM: N_("lamp dim: watch it"),
    Lamp.GREY: N_("lamp grey: small sample"),
    Lamp.OFF: N_("lamp off: no data yet"),
}


class Tile(QAbstractButton):
    """One line of the dashboard. Clicking it (Enter, space) asks why; an unlit one asks for the form that lights it.

    ``second`` is the key of the KPI in the last row; ``compact`` tiles have neither trend nor last row.
    """

    def __init__(self, key: str, second: str = "", *, compact: bool = False) -> None:
        super().__init__()
        self.key, self.one, self.second, self.compact = key, kpi.BY_KEY[key], second, compact
        self.answers: dict[str, Answer] = {}
        self.against: tuple[str, ...] = ()
        self.yearly = False
        self.setObjectName(f"tile-{key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, COMPACT if compact else HEIGHT)
        self.setAccessibleName(plain(tr(self.one.title)))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def answer(self) -> Answer | None:
        return self.answers.get(self.key)

    @property
    def other(self) -> Answer | None:
        return self.answers.get(self.second)

    def sizeHint(self) -> QSize:
        return QSize(260, COMPACT if self.compact else HEIGHT)

    def show_answer(self, answer: Answer) -> None:
        """The tile says ``answer``, of its own KPI or its second; a known trend stays until a new one comes."""
        known = self.answers.get(answer.key)
        if not answer.trend and known is not None and known.period == answer.period:
            answer = replace(answer, trend=known.trend)
        if answer != known:
            self.answers[answer.key] = answer
            self._tell()
            self.update()

    def compare(self, against: tuple[str, ...], *, yearly: bool) -> None:
        """What the arrow says it counts from, the first that fits, e.g. «از ماه قبل»; ``yearly``: from the same days a year ago."""
        if (against, yearly) != (self.against, self.yearly):
            self.against, self.yearly = against, yearly
            self._tell()
            self.update()

    def forget(self) -> None:
        """The days asked for changed: what the tile said is no longer true."""
        self.answers.clear()
        self.update()

    @property
    def number(self) -> str:
        """What it says, for the clipboard; empty while it says none."""
        return plain(self.one.unit.write(self.answer.value)) if self.answer and self.answer.lamp is not Lamp.OFF else ""

    @property
    def entry(self) -> str:
        """The form that would light it; empty while a lamp is lit, or where only time will bring a number."""
        answers = [one for one in (self.answer, self.other) if one is not None]
        return "" if any(one.lamp is not Lamp.OFF for one in answers) else next((one.entry for one in answers if one.entry), "")

    def before(self, answer: Answer) -> float | None:
        return answer.last_year if self.yearly else answer.previous

    def _moved(self, answer: Answer) -> Move:
        return move(kpi.BY_KEY[answer.key], answer, self.before(answer))

    def _tell(self) -> None:
        """What a screen reader and the tip say."""
        said = []
        for answer in filter(None, (self.answer, self.other)):
            one = kpi.BY_KEY[answer.key]
            number = answer.why_null or tr("No data yet.") if answer.lamp is Lamp.OFF else one.unit.write(answer.value)
            said.append(tr("{kpi}: {value}, {lamp}", kpi=one.called(answer.period), value=number, lamp=tr(LAMPS[answer.lamp])))
            if answer.lamp not in (Lamp.OFF, Lamp.GREY) and (moved := self._moved(answer)).text:
                said.append(moved.said)
        self.setAccessibleName(plain("؛ ".join(said) or tr(self.one.title)))
        if self.answer:
            self.setAccessibleDescription(plain(self.answer.why_lamp))
            lines = (self.one.called(self.answer.period), tr(self.one.help), self.answer.why_lamp, self.answer.note or "")
            self.setToolTip(tip("\n".join(line for line in lines if line)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    # Painting

    def paintEvent(self, _: QPaintEvent) -> None:
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = Canvas(pen, theme(), rtl())
        self._frame(pen)
        inner = QRectF(self.rect()).adjusted(14, 9, -14, -9)
        light = self.answer.lamp if self.answer else Lamp.OFF
        draw_lamp(canvas, QPointF(canvas.x(inner, 0, 10) + 5, inner.top() + 10), light, 4.5)
        self._title(canvas, canvas.box(inner, 18, inner.width() - 18, inner.top(), 20))
        if self.answer is None:
            self._skeleton(canvas, inner)
        elif self.answer.lamp is Lamp.OFF:
            self._unlit(canvas, inner, self.answer)
        else:
            self._lit(canvas, inner, self.answer)
        pen.end()

    def _frame(self, pen: QPainter) -> None:
        wide = 2.0 if self.hasFocus() else 1.0
        edge = theme().accent if self.hasFocus() else theme().dim if self.underMouse() else theme().line
        pen.setPen(QPen(QColor(edge), wide))
        pen.setBrush(QColor(theme().card))
        pen.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 10, 10)
        pen.setBrush(Qt.BrushStyle.NoBrush)

    def _title(self, canvas: Canvas, box: QRectF) -> None:
        title = self.one.called(self.answer.period if self.answer else None)
        if self.one.short and text_width(title, 13, 500) > box.width():
            title = tr(self.one.short)
        canvas.text(box, title, px=13, weight=500, side="start")

    def _skeleton(self, canvas: Canvas, inner: QRectF) -> None:
        canvas.fill(canvas.box(inner, 0, inner.width() * 0.42, inner.top() + 30, 22), theme().hover, 5)
        if not self.compact:
            canvas.fill(canvas.box(inner, 0, inner.width() * 0.6, inner.top() + 64, 12), theme().hover, 5)

    def _unlit(self, canvas: Canvas, inner: QRectF, answer: Answer) -> None:
        """Why there is no number, and what would light the lamp."""
        lines = _wrapped(answer.why_null or tr("No data yet."), inner.width(), 1 if self.compact else 2)
        for at, line in enumerate(lines):
            canvas.text(canvas.box(inner, 0, inner.width(), inner.top() + 26 + 18 * at, 18), line, side="start")
        if self.compact:
            return
        y = inner.bottom() - 18
        if self.other is not None and self.other.lamp is not Lamp.OFF:
            self._second(canvas, QRectF(inner.left(), y, inner.width(), 18), self.other)
            return
        if self.entry not in THINGS:  # only time will bring it
            return
        start, sign = 0.0, "‹" if canvas.rtl else "›"
        if not answer.entry and self.second:  # it lights the line's other lamp, which is named
            other = kpi.BY_KEY[self.second]
            start = 6 + canvas.text(canvas.box(inner, 0, inner.width(), y, 18), f"{tr(other.short or other.title)}:", side="start")
        room, text = canvas.box(inner, start, inner.width() - start, y, 18), f"{tr(THINGS[self.entry].lights)} {sign}"
        canvas.text(room, text, px=13, weight=600, color=canvas.colours.accent_ink, side="start")

    def _lit(self, canvas: Canvas, inner: QRectF, answer: Answer) -> None:
        width = 0.0 if self.compact else min(120.0, inner.width() * 0.34, inner.width() - _said(*self.one.unit.tile(answer.value)) - 10)
        width = width if width >= NARROWEST else 0.0
        if width:
            box = QRectF(canvas.x(inner, inner.width() - width, width - 4), inner.top() + 34, width - 4, max(26.0, inner.height() - 66))
            draw_spark(canvas, box, _of_the_shop(answer.trend), lit=answer.lamp is Lamp.ON)
        room = inner.width() - (width + 10 if width else 0)
        spare = 0.0 if self.compact else max(0.0, inner.height() - HEIGHT + 18) / 3
        self._number(canvas, canvas.box(inner, 0, room, inner.top() + 18 + spare, 34), answer)
        if self.compact:
            return
        self._change(canvas, canvas.box(inner, 0, room, inner.top() + 49 + 2 * spare, 20), answer)
        last = QRectF(inner.left(), inner.bottom() - 18, inner.width(), 18)
        if self.second and self.other is not None:
            self._second(canvas, last, self.other)
        elif answer.aim is not None:
            self._aim(canvas, last, answer, answer.aim)
        else:
            canvas.text(last, _fitting(answer.note or "", last.width()), side="start")

    def _number(self, canvas: Canvas, box: QRectF, answer: Answer) -> None:
        amount, word = self.one.unit.tile(answer.value)
        px = BIG - 4 if self.compact else BIG
        while _said(amount, word, px) > box.width() and px > 16:
            px -= 1
        wide = canvas.text(box, amount, px=px, weight=700, color=canvas.colours.ink, side="start") + 6
        rest = box.width() - wide
        if text_width(word) <= rest:
            canvas.text(canvas.box(box, wide, rest, box.top() + 5, 28), word, side="start")
        if self.compact and (moved := self._moved(answer)).text:
            mark = moved.width() + 2
            if wide + text_width(word) + mark + 12 <= box.width():
                draw_move(canvas, canvas.box(box, box.width() - mark, mark, box.top() + 5, 28), moved)

    def _change(self, canvas: Canvas, box: QRectF, answer: Answer) -> None:
        if answer.lamp is Lamp.GREY:
            canvas.text(box, tr("Small sample (n = {n})", n=Unit.COUNT.number(answer.n)), side="start")
            return
        if (moved := self._moved(answer)).text:
            wide = draw_move(canvas, box, moved, 13) + 6
            rest = box.width() - wide
            said = next((one for one in self.against if text_width(one) <= rest), "")
            canvas.text(canvas.box(box, wide, rest, box.top(), box.height()), said, side="start")

    def _second(self, canvas: Canvas, box: QRectF, answer: Answer) -> None:
        """The line's second KPI: small lamp, name, number, change."""
        one = kpi.BY_KEY[answer.key]
        draw_lamp(canvas, QPointF(canvas.x(box, 1.5, 7) + 3.5, box.center().y()), answer.lamp, 3.2)
        number = one.unit.short(answer.value) if answer.value is not None else tr("no data yet")
        moved = self._moved(answer) if answer.lamp is not Lamp.GREY else Move()
        mark = moved.width() + 10 if moved.text else 0.0
        name = tr(one.short or one.title)
        if text_width(name) + text_width(number, 12, 600) + mark + 26 > box.width():
            mark = 0.0
        room = box.width() - 18 - text_width(number, 12, 600) - mark - 8
        at = 18 + canvas.text(canvas.box(box, 18, room, box.top(), box.height()), name, side="start") + 6
        at += canvas.text(
            canvas.box(box, at, box.width() - at, box.top(), box.height()), number, weight=600, color=canvas.colours.ink, side="start"
        )
        if mark:
            draw_move(canvas, canvas.box(box, at + 8, mark, box.top(), box.height()), moved)

    def _aim(self, canvas: Canvas, box: QRectF, answer: Answer, aim: Aim) -> None:
        """The target in words, and how far it is along the tile's lower edge."""
        holes = {"amount": self.one.unit.short(aim.value), "share": Unit.SHARE.write(aim.share)}
        full = answer.note or "" if self.key.startswith("target") else tr("{share} of the target of {amount}", **holes)
        if text_width(full) > box.width():
            full = tr("{share} of the target", **holes)
        canvas.text(box, full, side="start")
        if aim.share is not None:
            pace = aim.pace / aim.value if aim.pace is not None and aim.value else None
            Bullet(aim.share, pace).draw(canvas, QRectF(box.left(), self.height() - 7, box.width(), 3))


def _said(amount: str, word: str, px: float = BIG) -> float:
    """The room of a number with its word: without it, it may be a thousand times another."""
    return text_width(amount, px, 700) + (6 + text_width(word) if word else 0)


def _of_the_shop(trend: Sequence[tuple[Period, float | None]]) -> list[float | None]:
    """The trend's values of the months that are over, but nothing where the shop had not begun."""
    values = [value for period, value in trend if period.month_calendar()]
    first = next((at for at, value in enumerate(values) if value), len(values))
    return [None] * first + values[first:]


def _fitting(note: str, room: float) -> str:
    """As many whole sentences of ``note`` as one line holds."""
    sentences = note.split(". ")
    shorter = (". ".join(sentences[:n]) + "." for n in range(len(sentences) - 1, 0, -1))
    return next((said for said in (note, *shorter) if text_width(said) <= room), "")


def _wrapped(text: str, room: float, most: int) -> list[str]:
    """``text`` in lines of at most ``room`` px; the last of ``most`` lines keeps the rest (it is elided when drawn)."""
    first, *words = text.split() or [""]
    lines = [first]
    for word in words:
        longer = f"{lines[-1]} {word}"
        if text_width(longer) > room and len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
