"""What a person fills in: text, money, days, choices, and things picked by name; each reads and shows a plain value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.shop.entities import Field
from desktop.values import quantity
from desktop.values.digits import latin, number, plain
from desktop.values.fold import phone
from desktop.values.money import parse_money, write_amount
from desktop.values.period import parse_day, write_day
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

Find = Callable[[str, str], list[tuple[int, str, str]]]
Make = Callable[[str, str], int]
_LTR = Qt.LayoutDirection.LeftToRight


class Line(QLineEdit):
    """Text; ``value`` None when empty. ``read`` and ``show_as`` turn it into something else."""

    def __init__(self, read: Callable[[str], Any] = str, show_as: Callable[[Any], str] = str, *, digits: bool = False) -> None:
        super().__init__()
        self._read, self._show = read, show_as
        if digits:  # a code or a number is written left to right, but stands where its column stands
            self.setLayoutDirection(_LTR)
            rtl = writing().language == "fa"
            self.setAlignment((Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
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


def money_field() -> Line:
    return Line(parse_money, lambda value: write_amount(value), digits=True)


def day_field() -> Line:
    line = Line(lambda text: _day(text), lambda day: write_day(day, short=True), digits=True)
    line.setPlaceholderText(plain(write_day(dt.date.today(), short=True)))  # noqa: DTZ011 - the shop's own clock
    return line


def _day(text: str) -> dt.date:
    """A day as typed; a bare number is that day of the running month, «+1» tomorrow, «0» today."""
    typed, today = latin(text).strip(), dt.date.today()  # noqa: DTZ011 - the shop's own clock
    if typed in ("0", "."):
        return today
    if typed[:1] in "+-" and typed[1:].isdecimal() and len(typed) < 5:
        return today + dt.timedelta(days=int(typed))
    return parse_day(text, writing().calendar)


def quantity_field() -> Line:
    return Line(quantity.parse_quantity, lambda value: quantity.write_quantity(value), digits=True)


def score_field() -> Line:
    def read(text: str) -> int:
        if not latin(text).isdecimal() or not 0 <= int(latin(text)) <= 10:
            raise Refused(N_("A score is from 0 to 10."))
        return int(latin(text))

    return Line(read, lambda value: number(value), digits=True)


class Choice(QComboBox):
    """One of a few; the wheel does not change it while a page scrolls."""

    def __init__(self, choices: tuple[tuple[Any, str], ...], *, empty: str | None = None) -> None:
        super().__init__()
        if empty is not None:
            self.addItem(empty, None)
        for value, title in choices:
            self.addItem(title, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any) -> None:
        at = self.findData(value)
        self.setCurrentIndex(max(0, at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Picker(QLineEdit):
    """A thing picked by typing some of its name, code or barcode; one that is not there can be made at once."""

    picked = Signal(object)

    def __init__(self, entity: str, find: Find, make: Make | None = None) -> None:
        super().__init__()
        self.entity, self._find, self._make = entity, find, make
        self._id: int | None = None
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setLayoutDirection(self.layoutDirection())
        self._list.itemClicked.connect(self._take)
        self._wait = QTimer(self, singleShot=True, interval=60)
        self._wait.timeout.connect(self._suggest)
        self.textEdited.connect(self._typed)
        self.setPlaceholderText(tr("Type part of the name …"))

    def value(self) -> int | None:
        """The picked thing's id; text that names exactly one thing picks it, text that names none is made when allowed.

        Raises:
            Refused: the text names nothing, and nothing can be made of it here.
        """
        text = self.text().strip()
        if not text:
            return None
        if self._id is None:
            self._id = self._resolve(text)
        return self._id

    def set_value(self, value: int | None, name: str = "") -> None:
        self._id = value
        self.setText(name if value is not None else "")

    def _resolve(self, text: str) -> int:
        from desktop.values.fold import fold

        found = self._find(self.entity, text)
        same = [row for row in found if fold(row[1]) == fold(text)] or (found if len(found) == 1 else [])
        if same:
            return same[0][0]
        if self._make is None:
            raise Refused(N_("“{text}” was not found; pick one from the list."), text=text)
        return self._make(self.entity, text)

    def _typed(self) -> None:
        self._id = None
        self._wait.start()

    def _suggest(self) -> None:
        if not self.hasFocus():
            return
        text = self.text().strip()
        rows = self._find(self.entity, text)
        self._list.clear()
        for row_id, name, hint in rows[:8]:
            item = QListWidgetItem(f"{name}   {hint}" if hint else name)
            item.setData(Qt.ItemDataRole.UserRole, (row_id, name))
            self._list.addItem(item)
        if text and self._make is not None and not any(row[1] == text for row in rows):
            item = QListWidgetItem(tr("+ new: {name}", name=text))
            item.setData(Qt.ItemDataRole.UserRole, (None, text))
            self._list.addItem(item)
        if self._list.count():
            self._list.setCurrentRow(0)
            self._list.resize(self.width(), min(8, self._list.count()) * 32 + 6)
            self._list.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
            self._list.show()
        else:
            self._list.hide()

    def _take(self, item: QListWidgetItem) -> None:
        row_id, name = item.data(Qt.ItemDataRole.UserRole)
        self.setText(name)
        self._id = row_id if row_id is not None else self._resolve(name)
        self._list.hide()
        self.picked.emit(self._id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible():
            if event.key() == Qt.Key.Key_Down or event.key() == Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self._list.currentItem():
                self._take(self._list.currentItem())
            elif event.key() == Qt.Key.Key_Escape:
                self._list.hide()
                return
        elif event.key() == Qt.Key.Key_Down:
            self._suggest()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and self._list.isVisible():
            if self._list.currentItem():
                self._take(self._list.currentItem())
        elif event.type() == QEvent.Type.FocusOut:
            self._list.hide()
        return super().event(event)


class KpiChoice(Choice):
    """Any KPI; revenue first."""

    def __init__(self) -> None:
        from desktop import kpi

        super().__init__(tuple((one.key, tr(one.title)) for one in kpi.ALL))


class Amount(Line):
    """A target's value in the steps of the chosen KPI: money, percent or a number."""

    def __init__(self) -> None:
        super().__init__(self._parse, self._written, digits=True)
        self.unit = Unit.MONEY

    def _parse(self, text: str) -> int:
        from desktop.values.digits import read_number

        if self.unit in (Unit.MONEY, Unit.MONEY_PER_DAY):
            return parse_money(text)
        value = read_number(text.replace("%", "").replace("٪", ""))
        return round(value * (100 if self.unit is Unit.SHARE else self.unit.step))

    def _written(self, value: int) -> str:
        if self.unit in (Unit.MONEY, Unit.MONEY_PER_DAY):
            return write_amount(value)
        return number(value / (100 if self.unit is Unit.SHARE else self.unit.step), 1)


def widget_for(field: Field, find: Find, make: Make) -> QWidget:
    """The widget a field of an entity is filled in with."""
    match field.kind:
        case "money":
            made: QWidget = money_field()
        case "amount":
            made = Amount()
        case "day":
            made = day_field()
        case "score":
            made = score_field()
        case "phone":
            made = Line(lambda text: phone(text) or text, digits=True)
        case "code" | "codes" | "month":
            made = Line(latin, digits=True)
        case "choice":
            made = Choice(tuple((value, tr(title)) for value, title in field.choices))
        case "kpi":
            made = KpiChoice()
        case "ref":
            free = field.ref in ("category", "source", "campaign", "customer", "seller")
            made = Picker(field.ref, find, make if free else None)
        case _:
            made = Line()
    if field.hint and isinstance(made, QLineEdit):
        made.setPlaceholderText(tr(field.hint))
    if field.kind == "month" and isinstance(made, QLineEdit):
        made.setPlaceholderText("1405-08" if writing().calendar == "jalali" else "2026-11")
    made.setObjectName(field.key)
    made.setAccessibleName(tr(field.title))
    return made


class EnterMoves(QObject):
    """Enter goes to the next field; on the last it saves."""

    def __init__(self, fields: list[QWidget], save: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields, self._save = fields, save
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(watched, QWidget):
            return False
        if isinstance(watched, Picker) and watched._list.isVisible() and watched._list.currentItem():  # noqa: SLF001 - own kind
            watched._take(watched._list.currentItem())  # noqa: SLF001
        at = self._fields.index(watched)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or at == len(self._fields) - 1:
            self._save()
        else:
            self._fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            following = self._fields[at + 1]
            if isinstance(following, QLineEdit):
                following.selectAll()
        return True


class Card(QFrame):
    """A white box with a hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 12, 16, 12)
        self.box.setSpacing(8)
