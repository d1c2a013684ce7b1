"""What a person fills in: text, money, days, choices; each reads and shows a plain value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QPlainTextEdit, QScrollArea, QWidget

from desktop.shop.entity import SCORE, Field
from desktop.ui.picker import Entry, Find, Make, Picker
from desktop.ui.theme import at_start, icon, rtl, theme
from desktop.ui.widgets import redress
from desktop.values.day import parse_day, write_day
from desktop.values.digits import latin, left_to_right, local, number, parse_quantity, parse_share, plain, write_quantity
from desktop.values.fold import fold, phone
from desktop.values.money import parse_money, write_amount
from desktop.values.period import Period
from desktop.values.rounding import WHOLE, half_up
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

MADE_BY_NAME = frozenset({"category", "source", "campaign", "customer", "seller"})


def read(widget: Any, *, needed: bool = False) -> Any:
    """What a field says; a refusal names the field.

    Raises:
        Refused: it cannot be read, or is ``needed`` and empty.
    """
    try:
        value = widget.value()
    except Refused as refused:
        raise Refused(refused.message, field=widget.objectName(), **refused.holes) from refused
    if needed and value is None:
        raise Refused(N_("{name} is needed."), field=widget.objectName(), name=widget.accessibleName())
    return value


def glance(widget: Any) -> Any:
    """What a field says, None where it cannot be read; nothing is made of it."""
    try:
        return widget.known if hasattr(widget, "known") else widget.value()
    except Refused:
        return None


def mark_wrong(widget: QWidget, *, wrong: bool) -> None:
    """The field's edge is red, or not."""
    redress(widget, "wrong", wrong)


class Line(Entry):
    """Text; ``value`` None when empty. ``read`` and ``show_as`` turn it into something else."""

    def __init__(self, read: Callable[[str], Any] = str, show_as: Callable[[Any], str] = str, *, digits: bool = False) -> None:
        super().__init__()
        self._read, self._show = read, show_as
        if digits:  # a code or a number is written left to right, but stands where its column stands
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(at_start())
        self.editingFinished.connect(self._tidy)

    def value(self) -> Any:
        """What was typed, read.

        Raises:
            Refused: it cannot be read.
        """
        text = plain(self.text()).strip()
        return None if not text else self._read(text)

    def set_value(self, value: Any) -> None:
        self.setText("" if value in (None, "") else plain(self._show(value)))

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except Refused:
            return


class Percent(int):
    """A share in ten-thousandths, where an amount could stand too."""


class Portion(Line):
    """A discount or a tax: an amount of money, or a percentage of the whole."""

    def __init__(self) -> None:
        super().__init__(self._parse, self._written, digits=True)

    def of(self, whole: int) -> int:
        """The amount it comes to; 0 when empty.

        Raises:
            Refused: it cannot be read.
        """
        value = self.value()
        return half_up(whole * value, WHOLE) if isinstance(value, Percent) else value or 0

    @staticmethod
    def _parse(text: str) -> int:
        return Percent(parse_share(text)) if "%" in text or "٪" in text else parse_money(text)

    @staticmethod
    def _written(value: int) -> str:
        return _share(value) if isinstance(value, Percent) else write_amount(value)


def day_field() -> Line:
    """A day: typed, or picked from its month."""
    line = Line(_day, lambda day: write_day(day, short=True), digits=True)
    end = QLineEdit.ActionPosition.LeadingPosition if rtl() else QLineEdit.ActionPosition.TrailingPosition  # it is left to right itself
    pick = line.addAction(icon("calendar", theme().soft, 16), end)
    pick.setToolTip(tr("Pick a day"))
    pick.triggered.connect(lambda: _pick_day(line))
    line.setPlaceholderText(tr("e.g. {day}", day=write_day(dt.date.today(), short=True)))  # noqa: DTZ011 - the shop's own clock
    return line


def _pick_day(line: Line) -> None:
    from desktop.ui.calendar import Month

    def taken(day: dt.date) -> None:
        line.set_value(day)
        line.editingFinished.emit()
        go_to(line)

    Month(line, glance(line) or dt.date.today(), taken).show()  # noqa: DTZ011 - the shop's own clock


def _day(text: str) -> dt.date:
    """A day as typed; «+1» is tomorrow, «-1» yesterday, «0» today."""
    typed, today = latin(text).strip(), dt.date.today()  # noqa: DTZ011 - the shop's own clock
    if typed in ("0", "."):
        return today
    if typed[:1] in "+-" and typed[1:].isdecimal() and len(typed) < 5:
        return today + dt.timedelta(days=int(typed))
    return parse_day(text, writing().calendar)


class Span(Line):
    """A month, quarter or year: typed as «1405-08», shown by its name, kept as its key."""

    def __init__(self) -> None:
        super().__init__(self._parse, self._name)
        self._named: dict[str, str] = {}
        self.setPlaceholderText(tr("e.g. {day}", day=left_to_right("1405-08" if writing().calendar == "jalali" else "2026-11")))

    def _parse(self, text: str) -> str:
        return self._named.get(text) or Period.parse(text, writing().calendar).key()

    def _name(self, key: str) -> str:
        name = plain(Period.parse(key, writing().calendar).label())
        self._named[name] = key
        return name


def _share(share: int) -> str:
    return Unit.SHARE.on_scale(share / WHOLE, 1)


def _score(text: str) -> int:
    if not latin(text).isdecimal() or not 0 <= int(latin(text)) <= 10:
        raise Refused(SCORE)
    return int(latin(text))


money_field = partial(Line, parse_money, write_amount, digits=True)
quantity_field = partial(Line, parse_quantity, write_quantity, digits=True)
share_field = partial(Line, parse_share, _share, digits=True)  # a percentage, kept in ten-thousandths
score_field = partial(Line, _score, number, digits=True)
code_field = partial(Line, latin, local, digits=True)  # also a barcode or a document's number: kept in Latin digits, shown in the person's
phone_field = partial(Line, lambda text: phone(text) or text, local, digits=True)


class Note(QPlainTextEdit):
    """Several lines of text; Shift+Enter makes a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(68)
        lines = self.document().defaultTextOption()
        lines.setAlignment(at_start())
        self.document().setDefaultTextOption(lines)

    def value(self) -> str | None:
        return self.toPlainText().strip() or None

    def set_value(self, value: str | None) -> None:
        self.setPlainText(value or "")


class Choice(QComboBox):
    """One of a few (when ``free``, or a word of one's own); the wheel does not change it while a page scrolls."""

    def __init__(self, choices: tuple[tuple[Any, str], ...], *, empty: str | None = None, free: bool = False) -> None:
        super().__init__()
        self.setEditable(free)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if empty is not None:
            self.addItem(empty, None)
        for value, title in choices:
            self.addItem(title, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> Any:
        if not self.isEditable():
            return self.currentData()
        text = self.currentText().strip()
        at = next((at for at in range(self.count()) if fold(self.itemText(at)) == fold(text)), -1)
        return self.itemData(at) if at >= 0 else text or None

    def set_value(self, value: Any) -> None:
        at = self.findData(value)
        if at < 0 and self.isEditable():
            self.setEditText(str(value or ""))
        else:
            self.setCurrentIndex(max(0, at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Sought(Choice):
    """One of many, found by typing any part of it too; what fits none leaves what was chosen."""

    def __init__(self, *, empty: str) -> None:
        super().__init__((), empty=empty, free=True)
        self.line, found = Entry(), QCompleter(self.model(), self)
        self.setLineEdit(self.line)
        self.line.setCompleter(found)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setPopup(QListView(objectName="finds"))  # type: ignore[call-arg]
        self.line.setAlignment(at_start())
        self.line.setAccessibleName(empty)
        self.line.editingFinished.connect(self._take)

    def value(self) -> Any:
        return self.currentData()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.line.selectAll)  # after a click has set the cursor

    def _take(self) -> None:
        text, items = fold(self.currentText()), [fold(self.itemText(at)) for at in range(self.count())]
        fits = sorted((item != text, at) for at, item in enumerate(items) if text in item)  # who is called so goes before the rest
        if fits and items[self.currentIndex()] != text:
            self.setCurrentIndex(fits[0][1])
        self.setEditText(self.itemText(self.currentIndex()))


class KpiChoice(Choice):
    """Any KPI; revenue first."""

    def __init__(self) -> None:
        from desktop import kpi

        super().__init__(tuple((one.key, tr(one.title)) for one in kpi.ALL))
        self.setMaxVisibleItems(14)

    @property
    def unit(self) -> Unit:
        from desktop import kpi

        return kpi.BY_KEY[self.value()].unit


class Amount(Line):
    """A target's value in the steps of the chosen KPI: money, percent or a number."""

    def __init__(self) -> None:
        super().__init__(self._parse, self._written, digits=True)
        self.unit = Unit.MONEY

    def _parse(self, text: str) -> int:
        return self.unit.goal(text)

    def _written(self, kept: int) -> str:
        return self.unit.write_goal(kept)


def widget_for(field: Field, find: Find, make: Make) -> QWidget:
    """The widget a field of an entity is filled in with."""
    made = _made(field, find, make)
    if field.hint and isinstance(made, QLineEdit):
        made.setPlaceholderText(tr(field.hint))
    made.setObjectName(field.key)
    made.setAccessibleName(plain(tr(field.title)))
    if isinstance(made, Choice) and (line := made.lineEdit()) is not None:
        line.setAccessibleName(made.accessibleName())
    return made


def _made(field: Field, find: Find, make: Make) -> QWidget:
    if field.kind == "choice":
        return Choice(tuple((value, tr(title)) for value, title in field.choices), free=field.free)
    if field.kind == "ref":
        return Picker(field.refers, find, make if field.refers in MADE_BY_NAME else None)
    return _KINDS[field.kind]()


_KINDS: dict[str, Callable[[], QWidget]] = {
    "text": Line, "note": Note, "phone": phone_field, "code": code_field, "codes": code_field, "money": money_field, "amount": Amount,
    "share": share_field, "number": quantity_field, "day": day_field, "month": Span, "score": score_field, "kpi": KpiChoice,
}  # fmt: skip


class EnterMoves(QObject):
    """Enter goes to the next field, on the last it is ``done``; Ctrl+Enter is ``whole`` (``done``) anywhere.

    ``left`` tells a field that lost the keyboard.
    """

    left = Signal(QWidget)

    def __init__(
        self, fields: list[QWidget], done: Callable[[], object], parent: QWidget, whole: Callable[[], object] | None = None
    ) -> None:
        super().__init__(parent)
        self._fields, self._done, self._whole = fields, done, whole or done
        for field in fields:
            field.installEventFilter(self)

    def insert(self, before: QWidget, fields: list[QWidget]) -> None:
        """More fields, on the way to ``before``."""
        at = self._fields.index(before)
        self._fields[at:at] = fields
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, QWidget):
            self.left.emit(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        if isinstance(watched, Picker):
            watched.settle()
        if not watched.hasFocus():  # whoever heard of the pick has moved on already
            return True
        following = next((one for one in self._fields[self._fields.index(watched) + 1 :] if one.isVisible() and one.isEnabled()), None)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._whole()
        elif following is None:
            self._done()
        else:
            go_to(following)
        return True


def go_to(field: QWidget) -> None:
    """The field has the keyboard, its text is chosen, and it is in sight."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()
    above = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        above.ensureWidgetVisible(field, 0, 48)
