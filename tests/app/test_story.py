"""A shop's first days, entered by keyboard alone: each thing lights its lamps, and undo makes it dark again."""

import datetime as dt

import pytest

from desktop import app
from desktop.kpi.kpi import Lamp
from desktop.values.text import tr
from tests.store.strangers import last_done
from tests.ui.keys import enter, press, wait_until, write


class Keyboard:
    """The window with nothing but a keyboard before it."""

    def __init__(self, house, window):
        self.house, self.window = house, window
        window.go("today")
        window.page.more.setChecked(True)
        self.settle()

    def settle(self):
        app.settle(self.house)

    def form(self, key, *texts):
        """Opens a form by its key, types a text a field, and saves."""
        press(key)
        assert self.window.panel is not None, key
        enter(*texts)
        press("Ctrl+Return")
        assert self.window.panel is None, [label.text() for _, label in self.window.panel.spots.values()] + [self.window.panel.said.text()]
        self.settle()

    def tile(self, key):
        """What the dashboard says of a KPI: its tile, or the second line of another's."""
        for tile in self.window.page.tiles.values():
            for answer in (tile.answer, tile.other):
                if answer is not None and answer.key == key:
                    return answer
        raise AssertionError(key)

    def value(self, key):
        return self.tile(key).value

    def see(self, key, value):
        """The tile says ``value``, and the screen reader hears the tile's number."""
        wait_until(lambda: self.value(key) == value, lambda: f"{key} is {self.value(key)}")
        named = [tile.accessibleName() for tile in self.window.page.tiles.values() if key in (tile.key, tile.second)]
        assert named
        assert not any("\u2066" in name for name in named)


@pytest.fixture
def keyboard(house, window):
    return Keyboard(house, window)


def _today(days=0):
    return dt.datetime.now().astimezone().date() + dt.timedelta(days=days)


@pytest.mark.parametrize("screen", ["offscreen", pytest.param("xcb", marks=pytest.mark.xvfb)])
def test_a_shop_is_entered_by_keyboard_lights_its_lamps_and_is_undone(keyboard, screen):
    window, k = keyboard.window, keyboard
    assert window.page.welcome.isVisible()
    assert {tile.answer.lamp for tile in window.page.tiles.values()} == {Lamp.OFF}

    # a product (price 150,000, cost 100,000 toman) and a customer
    k.form("F3", "چای ایرانی", "۱۲", "", "", "بسته", "۱۵۰٬۰۰۰", "100000")
    k.form("F4", "مینا کریمی", "۰۹۱۲۱۲۳۴۵۶۷")
    assert not window.page.welcome.isVisible()

    # a sale of three lines: by name, by code, and a new product; 10,000 off the last
    press("F2")
    enter("چای", "۲", "", "")
    enter("۱۲")
    enter("قند", "۱٫۵", "40000", "۱۰٬۰۰۰")
    assert len(window.panel.entry.lines) == 2  # the code raised the first line's quantity
    enter("نبات", "1", "۵۰ هزار", "")
    press("Return")
    enter("مینا", "علی رضایی")
    press("Ctrl+Return")
    assert window.panel is None
    k.settle()
    k.see("revenue", (450_000 + 50_000 + 50_000) * 10)
    k.see("orders", 1)
    k.see("average_order_value", 5_500_000)
    k.see("gross_profit", 1_500_000)
    k.see("new_customers", 1)
    k.see("units_per_transaction", 5.5)

    # somebody asks, one deal is won, one is lost
    k.form("F6", "رضا محمدی", "۰۹۳۵۱۱۱۲۲۳۳")
    k.see("conversion_rate", 0.0)
    assert k.tile("conversion_rate").n == 1
    k.form("F7", "سفارش شرکت", "", "", "", "موفق", "۵ میلیون")
    k.see("won_deals", 1)
    k.see("won_value", 50_000_000)
    k.see("win_rate", 1.0)
    k.form("F7", "سفارش مدرسه", "", "", "", "ناموفق", "۲ میلیون", "", "", "", "گران بود")
    k.see("lost_deals", 1)
    k.see("win_rate", 0.5)

    # a cost, a target, an opinion
    k.form("F9", "۵۰۰٬۰۰۰")
    k.see("cac", 5_000_000)
    k.form("F11", "", "", "۱۰ میلیون")
    k.see("target_attainment", 0.055)
    k.form("F12", "۱۰")
    k.see("nps", 100.0)

    # and all of it is taken back, step by step
    for _ in range(40):
        if last_done(window.desk.store) is None:
            break
        press("Ctrl+Z")
        k.settle()
    assert last_done(window.desk.store) is None
    wait_until(window.page.welcome.isVisible)
    assert {tile.answer.lamp for tile in window.page.tiles.values()} == {Lamp.OFF}
    assert tr("Taken back: {what}", what="").strip() in window.toast.text


def test_undo_in_a_list_brings_back_what_was_archived(keyboard):
    window, k = keyboard.window, keyboard
    k.form("F4", "مینا")
    window.go("customers")
    k.settle()
    table = window.page.current().table
    table.setFocus()

    press("Delete")
    k.settle()
    assert window.page.current().model.rows == []
    press("Ctrl+Z")
    k.settle()

    assert [row[2] for row in window.page.current().model.rows] == ["مینا"]
    write("x", window.page.current().search)
    wait_until(lambda: window.page.current().stack.currentIndex() == 2)
