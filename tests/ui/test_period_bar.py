"""The days the numbers speak of: the usual spans, any two days, a step back and forth."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop.ui.period_bar import SPANS, YEAR, PeriodBar, beside, span
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.writing import CALENDARS, Writing, use_writing
from tests.ui.keys import click, enter, press

TODAY = dt.date(2026, 11, 25)  # Wednesday, 4 Azar 1405


@pytest.fixture
def bar(shown):
    made = PeriodBar([(1, "علی"), (2, "زهرا")], TODAY)
    made.told = []
    made.chosen.connect(lambda: made.told.append(made.period))
    return shown(made)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("day", "1405-09-04", "1405-09-04"), ("yesterday", "1405-09-03", "1405-09-03"), ("week", "1405-08-30", "1405-09-06"),
        ("month", "1405-09-01", "1405-09-30"), ("before", "1405-08-01", "1405-08-30"), ("quarter", "1405-07-01", "1405-09-30"),
        ("year", "1405-01-01", "1405-12-29"),
    ],
)  # fmt: skip
def test_the_usual_spans_of_an_iranian_shop(bar, name, first, last):
    click(bar.buttons[name])

    assert bar.period == Period(Period.parse(first).start, Period.parse(last).end)
    assert bar.buttons[name].isChecked()
    assert bar.told == ([bar.period] if name != "month" else bar.told)


def test_a_step_back_and_forth_in_time(bar):
    click(bar.back)
    assert plain(bar.name.text()) == "آبان ۱۴۰۵"
    assert bar.buttons["before"].isChecked()
    click(bar.back)
    assert plain(bar.name.text()) == "مهر ۱۴۰۵"
    assert not any(button.isChecked() for button in bar.buttons.values())
    click(bar.forth)
    click(bar.forth)
    assert bar.buttons["month"].isChecked()


def test_any_two_days(bar):
    click(bar.buttons["own"])
    assert bar.first.isVisible()
    assert bar.first.hasFocus()
    for field, day in ((bar.first, "۱۴۰۵/۰۸/۱۰"), (bar.last, "۱۴۰۵/۰۸/۲۰")):
        field.setFocus()
        field.clear()
        enter(day)

    assert bar.period == Period.parse("1405-08-10..1405-08-20")
    assert bar.buttons["own"].isChecked()
    click(bar.buttons["month"])
    assert not bar.first.isVisible()


def test_days_the_wrong_way_round_change_nothing(bar):
    click(bar.buttons["own"])
    bar.last.setFocus()
    bar.last.clear()
    enter("۱۴۰۵/۰۸/۱۰")

    assert bar.period == Period.parse("1405-09")


def test_comparison_and_seller_are_told(bar):
    bar.against.set_value(YEAR)
    bar.seller.set_value(2)

    assert len(bar.told) == 2
    assert bar.seller.value() == 2


def test_a_seller_is_found_by_typing_part_of_the_name(bar):
    for typed, meant in (("هرا", 2), ("علي", 1), ("nobody", 1), ("", None)):
        bar.seller.setFocus()
        bar.seller.lineEdit().selectAll()
        press("Delete")
        enter(typed)
        assert bar.seller.value() == meant, typed
        assert bar.seller.currentText() == bar.seller.itemText(bar.seller.currentIndex()), typed
    assert len(bar.told) == 3


def test_arrows_point_where_reading_goes(shown):
    """In Persian the past is at the right, in English at the left."""
    from desktop.ui.theme import onward, use_theme

    assert (onward(back=True), onward()) == ("chevron-right", "chevron-left")
    use_writing(Writing(language="en"))
    use_theme("light")
    assert (onward(back=True), onward()) == ("chevron-left", "chevron-right")


def test_the_arrow_keys_walk_the_spans(bar):
    bar.buttons["month"].setFocus()
    press("Left")

    assert bar.told == [span("before", TODAY, "jalali")]


def test_a_narrow_window_leaves_some_spans_to_the_arrows_and_a_wide_one_shows_all(shown):
    made = PeriodBar([], TODAY)
    frame = shown(made).window()
    frame.resize(1200, 60)
    QApplication.processEvents()
    assert all(button.isVisible() for button in made.buttons.values())

    made.setMinimumWidth(0)
    made.resize(780, 40)
    shown_now = [key for key, button in made.buttons.items() if button.isVisible()]
    assert "quarter" not in shown_now
    assert {"day", "month", "before", "own"} <= set(shown_now)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)), st.sampled_from([key for key, _ in SPANS[:-1]]), st.sampled_from(CALENDARS))
def test_a_step_back_then_forth_is_where_one_was(day, name, calendar):
    period = span(name, day, calendar)

    earlier = beside(period, calendar, before=True)
    assert beside(earlier, calendar, before=False) == period
    assert earlier.end == period.start
