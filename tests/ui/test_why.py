"""«چرا؟»: the number, its formula with this month's numbers, and exactly the rows that were counted."""

import datetime as dt

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from desktop import app, kpi
from desktop.kpi.kpi import Scope
from desktop.shop.sales import LineDraft
from desktop.ui.tables import Table
from desktop.ui.why import Why
from desktop.values.digits import plain
from desktop.values.period import Period
from tests.ui.keys import click, press

TODAY = dt.date(2026, 11, 20)
MONTH = Period.month(TODAY, "jalali")


@pytest.fixture
def why(house, window, counter):
    """What stands behind numbers of a month with two sales (150,000 and 250,000 rials, cost 100,000 each), in a panel."""
    tea = counter.goods("چای", cost=100_000)
    for price in (150_000, 250_000):
        counter.ring_up(LineDraft(tea, 1000, price), on=TODAY)

    def show(*keys):
        scope = Scope(MONTH, TODAY)
        with window.desk.store.reading() as s:
            answers = [kpi.tiles(s, scope, [key])[key] for key in keys]
        window.why(answers, scope)
        app.settle(house)
        return window.panel

    return show


def words(panel):
    return [plain(label.text()) for label in panel.findChildren(QLabel) if label.isVisible()]


def test_the_number_the_formula_and_its_numbers_are_read(why):
    panel = why("gross_profit")

    said = words(panel)
    assert "۲۰٬۰۰۰ تومان" in said
    assert any("۴۰٬۰۰۰" in one and "۲۰٬۰۰۰" in one and "=" in one for one in said)


def test_the_rows_behind_the_number_are_the_rows_counted(why):
    panel = why("revenue")
    table = panel.tabs.widget(0)

    assert isinstance(table, Table)
    at = next(n for n, column in enumerate(table.rows.columns, 2) if column.key == "total")
    assert sum(row[at] for row in table.rows.rows) == 400_000
    assert "۲" in panel.tabs.tabText(0)


def test_a_line_of_two_numbers_has_a_switch(house, why):
    panel = why("gross_profit", "gross_margin")
    click(next(one for one in panel.findChildren(QPushButton) if one.objectName() == "seg" and not one.isChecked()))
    app.settle(house)

    assert panel.head.text() == "حاشیهٔ سود ناخالص"
    assert "۵۰٫۰٪" in words(panel)


def test_months_that_have_numbers_can_be_walked_through(house, why, counter):
    tea = counter.goods("قند")
    for months in (1, 2, 3):
        counter.ring_up(LineDraft(tea, 1000, 10_000), on=TODAY - dt.timedelta(31 * months))
    panel = why("revenue")
    panel.tabs.setCurrentIndex(1)
    app.settle(house)

    shown = panel.tabs.currentWidget()
    assert shown.layout().count() == 3
    assert words(shown)[0] == "هزار تومان"
    assert not panel.area.verticalScrollBar().maximum()  # the months' names are in sight


def test_a_number_that_is_not_there_says_why_not(why):
    panel = why("nps")

    assert any(panel.answers[0].why_null in one for one in words(panel))


def test_a_number_copied_from_a_label_goes_without_marks(why):
    panel = why("gross_profit")
    number = next(label for label in panel.findChildren(QLabel) if label.objectName() == "big")
    assert "\u2066" in number.text()
    number.setSelection(0, len(number.text()))
    press("Ctrl+C", widget=number)

    assert QGuiApplication.clipboard().text() == "۲۰٬۰۰۰ تومان"


def test_answers_that_come_after_the_panel_is_gone_hurt_nobody(house, window, why):
    panel = why("revenue")
    window.why(panel.answers, panel.scope)
    press("Escape", widget=window.panel)
    app.settle(house)

    assert window.panel is None
    assert isinstance(panel, Why)
