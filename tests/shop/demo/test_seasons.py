"""When the demo shop is busy and what prices stand at."""

import datetime as dt
from random import Random

import pytest

from desktop.shop.demo.seasons import Seasons, busy, season
from desktop.values.period import Period


def day(text):
    return Period.parse(text).start


def mean(first, last):
    days = Period.between(day(first), day(last))
    return sum(busy(days.start + dt.timedelta(days=n)) for n in range(days.days)) / days.days


@pytest.mark.parametrize("closed", ["1405-01-01", "1405-01-13", "1405-03-14", "1404-04-15"], ids=["Nowruz", "Nature", "Khomeini", "Ashura"])
def test_the_shop_is_closed_on_holidays(closed):
    assert busy(day(closed)) == 0


def test_before_nowruz_no_day_is_closed():
    assert busy(day("1403-12-29")) > busy(day("1403-12-01")) > 0


def test_fridays_are_short():
    friday, thursday = dt.date(2026, 10, 30), dt.date(2026, 10, 29)

    assert 0 < busy(friday) < busy(thursday) / 2


def test_yalda_and_nowruz_are_full_and_ramadan_is_quiet():
    assert mean("1405-09-27", "1405-09-30") > 1.5 * mean("1405-08-17", "1405-08-20")
    assert mean("1403-12-20", "1403-12-28") > 1.5 * mean("1403-11-05", "1403-11-13")
    assert mean("1405-11-20", "1405-11-28") < mean("1405-11-06", "1405-11-14")  # Ramadan 1448 begins on 20 Bahman 1405


@pytest.mark.parametrize(
    ("when", "what"),
    [("1405-09-28", "yalda"), ("1405-12-20", "nowruz"), ("1405-11-25", "ramadan"), ("1405-04-10", "summer"), ("1405-08-10", "")],
)
def test_the_season_says_what_is_wanted(when, what):
    assert season(day(when)) == what


def test_prices_rise_by_forty_to_fifty_percent_a_year():
    for seed in range(20):
        levels = Seasons(Random(seed), dt.date(2026, 11, 25), 25).levels

        assert levels[-1] == 1
        assert levels == sorted(levels)
        assert 1.4 < levels[12] / levels[0] < 1.5


def test_the_book_is_whole_months_up_to_its_last_day():
    seasons = Seasons(Random(1), day("1405-09-04"), 3)

    assert (seasons.period.start, seasons.days()[-1]) == (day("1405-07-01"), day("1405-09-04"))
    assert [seasons.at(day(text)) for text in ("1405-07-30", "1405-08-01", "1405-09-04")] == [0, 1, 2]


def test_a_closed_day_leads_to_the_next_open_one():
    seasons = Seasons(Random(1), day("1405-09-04"), 3)

    assert seasons.next_open(day("1405-01-01")) == day("1405-01-05")
    assert seasons.next_open(day("1405-01-05")) == day("1405-01-05")
