"""Which day a new document gets."""

import datetime as dt

from desktop.shop.clock import is_behind, shop_day


def test_the_shops_day_lasts_until_its_own_hour(shop):
    shop.setting("day_starts", "02:30")

    with shop.store.reading() as s:
        assert shop_day(s, dt.datetime(2026, 11, 2, 2, 29)) == dt.date(2026, 11, 1)  # noqa: DTZ001 - the shop's wall clock
        assert shop_day(s, dt.datetime(2026, 11, 2, 2, 30)) == dt.date(2026, 11, 2)  # noqa: DTZ001 - the shop's wall clock


def test_an_empty_book_believes_any_clock(shop):
    with shop.store.reading() as s:
        assert not is_behind(s, dt.datetime(1990, 1, 1, tzinfo=dt.UTC))


def test_a_clock_is_believed_until_it_stands_before_the_last_entry(shop):
    shop.ring_up(100)
    now = dt.datetime.now(dt.UTC)

    with shop.store.reading() as s:
        assert not is_behind(s)
        assert not is_behind(s, now - dt.timedelta(minutes=2))
        assert is_behind(s, now - dt.timedelta(minutes=9))
