"""How a book's numbers are written: as its settings say, in the language that was asked for."""

from desktop.shop.writings import writing_of
from desktop.values.writing import Writing
from tests.shop.counter import Counter


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
