"""Holidays of the shop's own; the price index, one value a month."""

import pytest

from desktop.shop import things
from desktop.store.tables import DayOff, PriceIndex
from tests.little_shop import day


def test_a_day_off_moves_the_pace_and_a_holiday_may_be_worked(shop):
    moving = shop.add("day_off", day=day("1405-08-10"), name=" Moving ", closed=1)

    assert shop.problems("day_off", day=day("1405-08-10"), closed=0) == ["day"]
    with shop.store.reading() as s:
        assert s.get_one(DayOff, day("1405-08-10")).name == "Moving"
    things.save(shop.store, "day_off", moving, {"day": day("1405-08-11"), "name": None})
    with shop.store.reading() as s:
        assert (s.get(DayOff, day("1405-08-10")), s.get_one(DayOff, day("1405-08-11")).name) == (None, "")


def test_a_day_off_that_is_removed_is_a_working_day_again(shop):
    moving = shop.add("day_off", day=day("1405-08-10"), closed=1)

    things.remove(shop.store, "day_off", moving)

    with shop.store.reading() as s:
        assert s.get(DayOff, day("1405-08-10")) is None


def test_a_months_price_index_is_entered_once_and_moved_as_one_row(shop):
    aban = shop.add("price_index", month="1405-08-20", value=123_456)

    assert shop.problems("price_index", month="1405-08", value=5) == ["month"]
    moved = things.save(shop.store, "price_index", aban, {"month": "1405-09"})
    with shop.store.reading() as s:
        assert s.get(PriceIndex, day("1405-08-01")) is None
        assert s.get_one(PriceIndex, day("1405-09-01")).value == 123_456
    assert shop.read("price_index", moved) == {"month": "1405-09", "value": 123_456}


def test_the_index_tells_real_growth(shop):
    shop.add("price_index", month="1404-08", value=100_000)
    shop.add("price_index", month="1405-08", value=150_000)
    shop.ring_up(100, on="1404-08-05")
    shop.ring_up(180, on="1405-08-05")

    assert shop.kpi("sales_growth_real") == pytest.approx(0.2)


@pytest.mark.parametrize(("values", "field"), [({"month": "soon", "value": 5}, "month"), ({"month": "1405-08", "value": 0}, "value")])
def test_an_index_has_a_month_and_is_above_zero(shop, values, field):
    assert shop.problems("price_index", **values) == [field]
