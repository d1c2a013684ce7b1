import pytest

from desktop.values.text import language
from desktop.values.writing import Writing, exponent, use_writing, writing


def test_the_writing_brings_its_language():
    use_writing(Writing("en", calendar="gregorian"))

    assert (language(), writing().calendar) == ("en", "gregorian")


@pytest.mark.parametrize("wrong", [{"language": "de"}, {"digits": "roman"}, {"money": "shekel"}, {"calendar": "mayan"}])
def test_a_writing_that_is_none(wrong):
    with pytest.raises(ValueError, match="is not one of"):
        Writing(**wrong)


@pytest.mark.parametrize(
    ("writing", "scale"),
    [
        (Writing(), 10),
        (Writing(money="rial"), 1),
        (Writing(currency="GBP"), 100),
        (Writing(currency="KWD"), 1000),
        (Writing(currency="JPY"), 1),
    ],
)
def test_the_smallest_unit_of_each_money(writing, scale):
    assert writing.scale == scale
    assert [exponent(code) for code in ("IRR", "GBP", "JPY", "KWD", "SEK")] == [0, 2, 0, 3, 2]
