"""Whatever changes in the book shows on «امروز» by itself, without a reload (how fast: `bench/live.py`)."""

import datetime as dt

import pytest

from desktop import app
from desktop.shop.sales import LineDraft, record_void
from tests.shop.counter import Counter
from tests.ui.keys import wait_until

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture
def shop(house, window):
    """A shop that has sold once, its dashboard open with every KPI in sight."""
    counter = Counter(window.desk.store)
    tea = counter.goods("چای", price=150_000, cost=100_000)
    counter.sold = counter.ring_up(LineDraft(tea, 1000, 150_000), on=TODAY, customer=counter.add("customer", name="مینا"))
    window.go("today")
    window.page.more.setChecked(True)
    app.settle(house)
    return counter


CHANGES = {
    "a sale": (lambda shop: shop.ring_up(200_000, on=TODAY), "revenue"),
    "a sale voided": (lambda shop: record_void(shop.store, shop.sold), "orders"),
    "goods given back": (lambda shop: shop.bring_back(shop.sold, on=TODAY), "returns_rate"),
    "a lead": (lambda shop: shop.add("lead", name="رضا", day=TODAY), "conversion_rate"),
    "a deal": (lambda shop: shop.add("deal", name="سفارش", value=1_000, stage_id=shop.stage(0)), "pipeline_value"),
    "a cost": (lambda shop: shop.add("cost", day=TODAY, amount=1_000, kind="advertising"), "cac"),
    "a call": (lambda shop: shop.add("activity", kind="call", day=TODAY, done=TODAY), "activities"),
    "a target": (lambda shop: shop.target(1_000_000, month=shop.this_month), "target_attainment"),
    "an opinion": (lambda shop: shop.add("nps", day=TODAY, score=10), "nps"),
    "undo": (lambda shop: shop.store.undo(), "revenue"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen_by_itself(house, window, shop, what):
    change, key = CHANGES[what]
    shop.this_month = window.page.bar.period.key()
    tile = next(one for one in window.page.tiles.values() if key in (one.key, one.second))

    def shown():
        answer = tile.answer if tile.key == key else tile.other
        return answer.value, answer.n, answer.lamp

    before = shown()
    change(shop)

    wait_until(lambda: shown() != before)
    app.settle(house)


def test_a_hidden_page_is_fresh_when_it_comes_into_sight(house, window, shop):
    window.go("customers")
    shop.ring_up(200_000, on=TODAY)
    window.go("today")

    wait_until(lambda: window.page.tiles["revenue"].answer.value == 350_000)
    app.settle(house)
