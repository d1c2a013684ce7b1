"""The demo shop's goods: their prices and costs through the months, and who takes what when."""

from collections import Counter
from random import Random

import pytest

from desktop.shop.demo.seasons import Seasons
from desktop.shop.demo.shelf import Shelf
from tests.little_shop import day

UNTIL = day("1405-09-04")


@pytest.fixture
def shelf():
    random = Random(1)
    return Shelf(random, Seasons(random, UNTIL, 24))


def named(shelf, name):
    return next(good for good in shelf.goods if good.name == name)


def taken(shelf, when, name):
    """How many of 4,000 goods taken then are this one."""
    return Counter(good.name for good in shelf.take(day(when), 4_000))[name]


def test_goods_have_names_of_their_own(shelf):
    assert len({good.name for good in shelf.goods}) == len(shelf.goods) >= 120


def test_a_price_stands_for_two_months_and_never_falls(shelf):
    for good in shelf.goods:
        prices = [shelf.price(good, month.start) for month in shelf._seasons.months]
        assert prices == sorted(prices)
        assert len(set(prices)) <= 13
        assert prices[-1] > 1.5 * prices[0] or good.base < 1_000_000


def test_goods_are_sold_above_cost_but_one_that_draws_people(shelf):
    below = {good.name for good in shelf.goods for month in shelf._seasons.months
             if (cost := shelf.cost(good, month.start)) is not None and cost > shelf.price(good, month.start)}  # fmt: skip

    assert below == {"آجیل چهارشنبه‌سوری"}


def test_a_service_has_no_cost(shelf):
    assert shelf.cost(named(shelf, "بسته‌بندی هدیه"), UNTIL) is None


def test_goods_of_a_season_sell_in_it(shelf):
    assert taken(shelf, "1404-09-28", "پک یلدا") > 20
    assert taken(shelf, "1405-04-10", "پک یلدا") == 0
    assert taken(shelf, "1405-04-10", "شربت آلبالو") > 2 * taken(shelf, "1404-08-10", "شربت آلبالو")


def test_weighed_goods_are_taken_by_grams_others_by_pieces(shelf):
    nuts, tea = named(shelf, "پستهٔ اکبری"), named(shelf, "چای سبز")

    assert (nuts.measured, tea.measured) == (True, False)
    assert all(shelf.quantity(tea) % 1000 == 0 for _ in range(50))
    assert any(shelf.quantity(nuts) % 1000 for _ in range(50))
