import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.digits import plain
from desktop.values.quantity import MOST, parse_quantity, parse_share, write_quantity
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing


@pytest.mark.parametrize(("text", "thousandths"), [("۲", 2000), ("۲٫۵", 2500), ("0.125", 125), ("-3", -3000), ("1,200", 1_200_000)])
def test_a_typed_quantity_in_thousandths(text, thousandths):
    assert parse_quantity(text) == thousandths


@pytest.mark.parametrize("text", ["", "نیم", "1/2", "0.1234", "10000000000"])
def test_what_is_not_a_quantity_is_refused_not_guessed(text):
    """«۱/۲» is a half to one person and one-point-two to another."""
    with pytest.raises(Refused):
        parse_quantity(text)


@pytest.mark.parametrize(("thousandths", "written"), [(2000, "۲"), (2500, "۲٫۵"), (2050, "۲٫۰۵"), (-125, "−۰٫۱۲۵"), (0, "۰")])
def test_a_quantity_has_the_decimals_it_needs(thousandths, written):
    assert plain(write_quantity(thousandths)) == written


@given(st.integers(-MOST, MOST), st.sampled_from([Writing(), Writing("en")]))
def test_what_was_written_is_read_back(thousandths, writing):
    use_writing(writing)

    assert parse_quantity(write_quantity(thousandths)) == thousandths


@pytest.mark.parametrize(("text", "share"), [("۱۲٫۵٪", 1250), ("٪۱۲٫۵", 1250), ("12.5 %", 1250), ("100", 10_000), ("0", 0)])
def test_a_typed_percentage_in_ten_thousandths(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "%", "1.234", "زیاد"])
def test_what_is_not_a_percentage_is_refused(text):
    with pytest.raises(Refused):
        parse_share(text)
