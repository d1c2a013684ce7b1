"""Settings are kept in one way."""

import pytest

from desktop.store import settings
from desktop.store.settings import writing_of
from desktop.values.text import Refused
from desktop.values.writing import Writing
from tests.shop.counter import Counter


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


def writing(shop, language=None):
    with shop.store.reading() as s:
        return writing_of(s, language)


def test_a_new_shop_writes_persian_and_toman(shop):
    assert writing(shop) == Writing(language="fa", digits="fa", currency="IRR", money="toman", calendar="jalali")


def test_the_settings_decide(shop):
    shop.setting("digits", "latin")
    shop.setting("money_unit", "rial")
    assert (writing(shop).digits, writing(shop).money) == ("latin", "rial")

    shop.setting("language", "en")
    assert writing(shop).language == "en"


def test_the_language_that_is_asked_for_wins_and_english_has_its_own_digits(shop):
    assert (writing(shop, "en").language, writing(shop, "en").digits) == ("en", "latin")


def test_a_book_in_dollars_has_its_calendar(tmp_path):
    shop = Counter.at(tmp_path / "dollars.cheragh", currency="USD")

    assert (writing(shop).currency, writing(shop).calendar) == ("USD", "gregorian")
    shop.store.close(backup=False)
