"""Holidays of the shop's own."""

from desktop.shop import things
from desktop.store.tables import DayOff
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
