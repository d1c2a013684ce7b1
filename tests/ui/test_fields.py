"""Fields read what people type - Persian digits, toman in words, «+1» - and show it back tidily."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from desktop.shop.things import ENTITIES
from desktop.ui import fields
from desktop.ui.calendar import Month
from desktop.ui.fields import EnterMoves, glance, widget_for
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing
from tests.ui.keys import ZWNJ, press, write


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("۱۲٬۵۰۰", 125_000), ("12,500", 125_000), ("۱۵۰ هزار", 1_500_000), ("2 میلیون", 20_000_000), ("۵۰۰ ریال", 500), ("١٢٣", 1_230)],
)
def test_money_is_read_as_shopkeepers_write_it(shown, typed, amount):
    field = shown(fields.money_field())

    write(typed)

    assert field.value() == amount


def test_what_was_typed_is_tidied_when_the_field_is_left(shown):
    field = shown(fields.money_field())
    write("12500")

    press("Return")

    assert field.text() == "۱۲٬۵۰۰"


def test_what_cannot_be_read_stays_as_typed_and_is_refused(shown):
    field = shown(fields.money_field())
    write("ارزان")
    press("Return")

    assert field.text() == "ارزان"
    assert glance(field) is None
    with pytest.raises(Refused):
        field.value()


def test_a_zwnj_from_the_input_method_is_part_of_the_text(shown):
    field = shown(fields.Line())

    write(f"می{ZWNJ}خواهم")

    assert field.value() == f"می{ZWNJ}خواهم"


@pytest.mark.parametrize(("typed", "days"), [("+1", 1), ("-۱", -1), ("0", 0), (".", 0)])
def test_a_day_may_be_counted_from_today(shown, typed, days):
    field = shown(fields.day_field())

    write(typed)

    assert field.value() == dt.datetime.now().astimezone().date() + dt.timedelta(days)


def test_a_month_is_typed_as_a_key_and_shown_by_its_name(shown):
    field = shown(fields.Span())
    write("۱۴۰۵-۰۸")

    press("Return")

    assert field.text() == "آبان ۱۴۰۵"
    assert field.value() == "1405-08"


def test_a_discount_is_an_amount_or_a_share_of_the_whole(shown):
    field = shown(fields.Portion())
    write("۱۰٪")
    assert field.of(550_000) == 55_000

    field.clear()
    write("۱۰")
    assert field.of(550_000) == 100


def test_the_wheel_turns_no_choice(shown):
    field = shown(fields.Choice((("a", "الف"), ("b", "ب"))))

    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    field.wheelEvent(turn)

    assert field.value() == "a"
    assert not turn.isAccepted()


def test_a_free_choice_keeps_a_word_of_ones_own(shown):
    field = shown(fields.Choice((("rent", "اجاره"),), free=True))
    field.lineEdit().selectAll()
    write("پیک")
    assert field.value() == "پیک"

    field.lineEdit().selectAll()
    write("اجاره")
    assert field.value() == "rent"


@pytest.mark.parametrize("key", list(ENTITIES))
def test_every_field_of_every_thing_has_a_widget_with_a_name(house, key):
    for field in ENTITIES[key].fields:
        widget = widget_for(field, lambda *_: [], lambda *_: 1)
        assert widget.accessibleName(), field.key
        assert glance(widget) is None or field.kind in ("choice", "kpi")
        widget.deleteLater()


def test_enter_moves_on_and_on_the_last_field_it_saves(shown):
    frame, done = QWidget(), []
    box = QVBoxLayout(frame)
    lines = [fields.Line(), fields.Line(), fields.Line()]
    for line in lines:
        box.addWidget(line)
    lines[1].setEnabled(False)
    moves = EnterMoves(lines, lambda: done.append(1), frame)
    left = []
    moves.left.connect(left.append)
    shown(frame)
    lines[0].setFocus()
    left.clear()

    write("a")
    press("Return")
    assert lines[2].hasFocus()
    assert left == [lines[0]]
    press("Return")
    assert done == [1]
    lines[0].setFocus()
    press("Ctrl+Return")
    assert done == [1, 1]


@pytest.mark.parametrize(("language", "name"), [("fa", "آذر"), ("en", "Azar")])
def test_a_day_is_picked_from_its_month_in_the_shops_calendar(shown, language, name):
    use_writing(Writing(language=language))
    field = shown(fields.day_field())
    field.set_value(dt.date(2026, 11, 26))
    field.actions()[-1].trigger()
    month = field.findChild(Month)
    assert month.days.findChild(QToolButton, "qt_calendar_monthbutton").text() == name

    month.days.clicked.emit(QDate(2026, 12, 1))

    assert field.value() == dt.date(2026, 12, 1)
    assert not month.isVisible()
