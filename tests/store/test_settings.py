"""Settings are kept in one way."""

import pytest

from desktop.store import settings
from desktop.values.text import Refused


@pytest.mark.parametrize(("key", "value"), [("weekend", "9"), ("digits", "roman"), ("acquisition_share", "2"), ("day_starts", "25:00")])
def test_a_setting_cannot_be_nonsense(shop, key, value):
    with pytest.raises(Refused):
        shop.setting(key, value)


def test_currency_and_calendar_stay(shop):
    with pytest.raises(Refused, match="stays"):
        shop.setting("currency", "GBP")


def test_an_unknown_setting_names_the_known_ones(shop):
    with pytest.raises(Refused, match="active_days"):
        shop.setting("colour", "red")


@pytest.mark.parametrize(
    ("key", "given", "kept"), [("weekend", "۴,3", "3,4"), ("active_days", "۱۸۰", "180"), ("day_starts", "4:05", "04:05")]
)
def test_a_setting_is_kept_in_one_way(shop, key, given, kept):
    shop.setting(key, given)

    with shop.store.reading() as s:
        assert settings.get(s, key) == kept
