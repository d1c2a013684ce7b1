"""«امروز»: the day, the lamps, their order and their rest; asked again by what the book says moved."""

import datetime as dt
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop import app, kpi
from desktop.kpi.kpi import Lamp
from desktop.shop import things
from desktop.shop.sales import LineDraft
from desktop.ui.memory import preferences
from desktop.ui.pages.today import FIRST, PAIRS, _against
from desktop.ui.period_bar import YEAR
from desktop.ui.why import Why
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.text import tr
from tests.ui.keys import click, enter, press, wait_until

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture
def page(house, window):
    window.go("today")
    app.settle(house)
    return window.page


@pytest.fixture
def busy(house, page, counter):
    """A shop that sells: today, and in the month before."""
    tea = counter.goods("چای", price=150_000, cost=100_000)
    seller = counter.add("seller", name="مریم احمدی")
    for days in (0, 31, 32):
        for _ in range(12):
            line = LineDraft(tea, 1000, 150_000)
            counter.ring_up(line, on=TODAY - dt.timedelta(days), payment="card", sellers=((seller, 10_000),))
    app.settle(house)
    return page


def test_an_empty_shop_is_welcomed_and_every_lamp_says_what_would_light_it(page):
    assert page.welcome.isVisible()
    assert not page.day.isVisible()
    assert {tile.answer.lamp for tile in page.tiles.values()} == {Lamp.OFF}
    assert {key for key, tile in page.tiles.items() if not tile.entry} == {"sales_growth"}  # there, only time will tell


def test_an_unlit_tile_opens_the_form_that_lights_it(page, window):
    page.tiles["cac"].setFocus()
    press("Return")
    assert window.panel.entity.key == page.tiles["cac"].answer.entry == "cost"


def test_a_lit_tile_says_why(busy, window):
    click(busy.tiles["gross_profit"])

    assert isinstance(window.panel, Why)
    assert [answer.key for answer in window.panel.answers] == ["gross_profit", "gross_margin"]


def test_the_twelve_lines_of_the_owner_are_the_first_tiles_in_order(page):
    assert tuple(page.order) == FIRST == tuple(line[0] for line in kpi.LINES)
    assert [page.tiles[key].second for key in FIRST if key in PAIRS] == ["gross_margin", "average_purchase_value", "nps"]


def test_every_other_kpi_stands_under_all_kpis(house, page):
    page.more.setChecked(True)
    app.settle(house)

    shown = {key for tile in page.tiles.values() for key in (tile.key, tile.second) if key}
    assert shown == {one.key for one in kpi.ALL}
    assert all(tile.answer for tile in page.tiles.values())
    page.more.setChecked(False)
    assert not page.rest.isVisible()


def test_the_day_in_one_line(busy):
    said = busy.day.accessibleDescription()

    assert tr("card") in said
    assert "۱۲ فاکتور" in said
    assert plain("۱۸۰ هزار تومان") in said


def test_a_narrow_line_names_fewer_ways_of_payment_and_keeps_the_profit(house, busy, counter):
    for payment in ("cash", "transfer", "cheque"):
        counter.ring_up(150_000, on=TODAY, payment=payment)
    app.settle(house)
    busy.day.resize(2000, 54)
    wide = len(busy.day._shown)
    busy.day.resize(700, 54)

    assert len(busy.day._shown) < wide
    assert busy.day._shown[-1][1] == tr("gross profit")


def test_a_regular_customer_who_is_late_can_be_called_and_opened(house, busy, counter, window):
    zahra = counter.add("customer", name="زهرا", phone="09121234567")
    for days in (50, 40, 30, 20):
        counter.ring_up(100_000, on=TODAY - dt.timedelta(days), customer=zahra)
    app.settle(house)

    said = [plain(label.text()) for label in busy.calls.findChildren(QLabel) if label.isVisible()]
    assert "هر ۱۰ روز می‌آمد؛ ۲۰ روز است نیامده" in said
    assert "۰۹۱۲۱۲۳۴۵۶۷" in said
    click(next(button for button in busy.calls.findChildren(QPushButton) if plain(button.text()) == "زهرا"))
    assert window.panel.entity.key == "customer"
    counter.ring_up(100_000, on=TODAY, customer=zahra)
    app.settle(house)
    assert not busy.calls.isVisible()


def test_all_together_have_a_margin_whatever_is_asked(house, busy, counter):
    """It was empty against last year, and after a change that no tile in sight had to hear of."""
    counter.ring_up(LineDraft(None, unit_price=700_000), on=TODAY)
    app.settle(house)
    margin = busy.sellers.model.rows[-1][4]
    busy.bar.against.set_value(YEAR)
    app.settle(house)
    counter.add("nps", day=TODAY, score=10)
    app.settle(house)

    assert [busy.sellers.model.rows[-1][1], busy.sellers.model.rows[-1][4]] == ["sum", margin]
    assert margin


def test_a_change_of_the_book_is_seen_without_asking(busy, counter):
    before = busy.tiles["revenue"].answer.value

    counter.ring_up(700_000, on=TODAY)

    wait_until(lambda: busy.tiles["revenue"].answer.value == before + 700_000)


def test_a_change_while_the_page_is_still_being_answered_loses_no_tile(house, busy, counter):
    """A later, smaller question dropped the answers of the whole page that were on their way."""
    click(busy.bar.back)
    click(busy.bar.forth)
    counter.add("nps", day=TODAY, score=10)
    app.settle(house)

    assert all(tile.answer is not None and tile.answer.period is not None for tile in busy.tiles.values())
    assert busy.tiles["revenue"].answer.trend
    assert not busy._due


def test_other_days_ask_anew_and_drop_old_answers(house, busy):
    click(busy.bar.buttons["year"])
    app.settle(house)

    assert busy.tiles["revenue"].answer.period == Period.year(TODAY, "jalali")


def test_one_seller_alone(house, busy, counter):
    counter.ring_up(5_000_000, on=TODAY)
    app.settle(house)
    busy.sellers.chosen.emit(1)
    app.settle(house)

    assert busy.tiles["revenue"].answer.value == 12 * 150_000
    assert busy.bar.seller.value() == 1


def test_everybody_who_ever_sold_can_be_asked_about(house, busy, counter):
    """The list ended with the twentieth, and who had left was nowhere: her months could not be looked at any more."""
    for at in range(30):
        counter.add("seller", name=f"فروشندهٔ {at:02}")
    counter.add("seller", name="علی کریمی", code="R1")
    left = counter.add("seller", name="علی کریمی", code="R2")
    things.remove(counter.store, "seller", left)
    app.settle(house)
    choice = busy.bar.seller

    offered = [plain(choice.itemText(at)) for at in range(choice.count())]
    assert len(offered) == 1 + 1 + 30 + 2
    assert offered[0] == tr("All sellers")
    assert "علی کریمی (R1)" in offered
    assert offered[-1] == tr("{name}, left", name="علی کریمی (R2)")

    choice.setFocus()
    choice.lineEdit().selectAll()
    enter("R2")
    app.settle(house)
    assert busy.scope().seller == left
    assert plain(choice.currentText()) == offered[-1]


def test_the_sellers_best_first_and_all_together_last(busy):
    rows = busy.sellers.model.rows

    assert rows[0][2] == "مریم احمدی"
    assert rows[0][3] == 12 * 150_000


def test_against_last_year(house, busy, counter):
    counter.ring_up(900_000, on=TODAY.replace(year=TODAY.year - 1))
    busy.bar.against.set_value(YEAR)
    app.settle(house)

    tile = busy.tiles["revenue"]
    assert tile.yearly
    assert tile.before(tile.answer) == tile.answer.last_year == 900_000
    assert tile.against == (tr("from last year"),)


def test_what_the_arrows_count_from_is_said_long_and_short(house, busy):
    running = _against(busy.scope(), yearly=False)
    assert running == (tr("from the same point last month"), tr("from last month")) or busy.bar.period.last == TODAY

    click(busy.bar.buttons["before"])
    assert _against(busy.scope(), yearly=False) == (tr("from last month"),)


def test_the_owner_chooses_and_orders_the_lamps(house, page):
    page._move("nps" if "nps" in page.order else page.order[-1], 0)
    first = page.order[0]
    page.choose([key for key in page.order if key != "romi"] + ["orders"])
    app.settle(house)

    assert page.grid.itemAtPosition(0, 0).widget().key == first
    assert "romi" not in page.tiles
    assert page.tiles["orders"].answer is not None
    assert str(preferences().value("tiles")).split(",") == page.order


def test_the_months_chart_shows_every_day_and_reads_it_aloud(busy):
    figure = busy.chart.view.figure

    assert len(figure.values) == busy.bar.period.days
    assert len(figure.exact) == len(figure.values)
    busy.chart.view.setFocus()
    press("Home")
    assert busy.chart.view.accessibleDescription()


def test_the_window_and_today_start_without_pandas_numpy_and_pyqtgraph(tmp_path):
    """They cost half a second and 100 MB; whoever explores a trend pays for them."""
    program = """
import sys
from pathlib import Path
from desktop import app
from desktop.store import Store
from desktop.ui.jobs import Jobs
Jobs.long = lambda *_: None  # where CLV is fitted, long after the first picture
book = Path(sys.argv[1]); Store.create(book).close(backup=False)
house = app.App("fa", "light"); window = house.show(book); app.settle(house)
assert window.page.key == "today"
print(sorted({"pandas", "numpy", "pyqtgraph"} & set(sys.modules)))
house.leave()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.cheragh")], capture_output=True, text=True, check=False,
        env={**__import__("os").environ, "CHERAGH_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip

    assert ran.stdout.strip() == "[]", ran.stderr
