from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.digits import (
    MOST,
    foreign,
    latin,
    left_to_right,
    local,
    ntr,
    number,
    parse_quantity,
    parse_share,
    plain,
    read_number,
    write_quantity,
)
from desktop.values.text import Refused
from desktop.values.writing import Writing, use_writing

ENGLISH = Writing(language="en")
PERSIAN_LATIN = Writing(digits="latin")


def test_three_scripts_of_digits_are_one():
    assert latin("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 0123456789 ۱٬۲٫۳") == "0123456789 0123456789 0123456789 1٬2٫3"


@pytest.mark.parametrize(("writing", "expected"), [(Writing(), "۱۴۰۵-a"), (PERSIAN_LATIN, "1405-a"), (ENGLISH, "1405-a")])
def test_digits_are_those_of_the_writing(writing, expected):
    use_writing(writing)

    assert local("1405-a") == expected


@pytest.mark.parametrize(
    ("writing", "expected"),
    [(Writing(), "−۱٬۲۳۴٫۵"), (PERSIAN_LATIN, "−1,234.5"), (ENGLISH, "−1,234.5")],
)
def test_a_number_has_the_marks_of_its_language(writing, expected):
    use_writing(writing)

    assert plain(number(-1234.45, 1)) == expected


def test_a_persian_number_is_one_left_to_right_piece():
    assert number(-7) == "\u2066−۷\u2069"


def test_the_percent_sign_stands_left_of_the_number_and_follows_it_when_copied():
    """In the outer right-to-left isolate the sign comes after, that is left of, the inner left-to-right number."""
    assert number(-7.5, 1, percent=True) == "\u2067\u2066−۷٫۵\u2069٪\u2069"
    assert plain(number(-7.5, 1, percent=True)) == "−۷٫۵٪"


def test_english_needs_no_marks():
    use_writing(ENGLISH)

    assert number(1234.5, 1, percent=True) == "1,234.5%"
    assert left_to_right("A-12") == "A-12"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, "2.68"),
        (-2.5, 0, "−3"),
        (0.5, 0, "1"),
        (-0.04, 1, "0.0"),
        (Fraction(2, 3), 2, "0.67"),
        (999.95, 1, "1,000.0"),
        (10**18, 0, "1,000,000,000,000,000,000"),
    ],
)
def test_halves_round_up_once_and_zero_has_no_sign(value, decimals, expected):
    use_writing(ENGLISH)

    assert number(value, decimals) == expected


def test_thousands_may_stand_together():
    use_writing(ENGLISH)

    assert number(1405, group=False) == "1405"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1250", 1250),
        ("۱٬۲۵۰", 1250),
        ("١،٢٥٠", 1250),
        ("1,234,567.25", Fraction("1234567.25")),
        ("۱۲٫۵", Fraction("12.5")),
        (".5", Fraction("0.5")),
        ("-7", -7),
        ("7−", -7),
        ("(1,234)", -1234),
        (" +3 ", 3),
        ("۰۰۷", 7),
    ],
)
def test_a_typed_number_is_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "-", ".", "()", "abc", "1,23", "12,3456", "1.2.3", "--3", "1 2", "1e5", "۱۲تومان"])
def test_what_is_not_a_number_is_refused_with_an_example(text):
    with pytest.raises(Refused, match="۱٬۲۵۰"):
        read_number(text)


@given(st.integers(-(10**15), 10**15), st.integers(0, 3), st.sampled_from([Writing(), PERSIAN_LATIN, ENGLISH]))
def test_what_was_written_is_read_back(units, decimals, writing):
    use_writing(writing)
    value = Fraction(units, 10**decimals)

    assert read_number(number(value, decimals)) == value


def test_a_foreign_name_keeps_its_full_stop_and_loses_its_marks_on_the_way_out():
    assert foreign("Sara K.") == "\u2068Sara K.\u2069"
    assert plain(f"{foreign('Sara K.')} {number(3)}\u200e") == "Sara K. ۳"


def test_a_count_is_written_for_a_person():
    use_writing(ENGLISH)
    assert ntr("{n} apple", "{n} apples", 1) == "1 apple"
    assert ntr("{n} apple", "{n} apples", 1250) == "1,250 apples"


# Quantities and shares


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
def test_a_quantity_that_was_written_is_read_back(thousandths, writing):
    use_writing(writing)

    assert parse_quantity(write_quantity(thousandths)) == thousandths


@pytest.mark.parametrize(("text", "share"), [("۱۲٫۵٪", 1250), ("٪۱۲٫۵", 1250), ("12.5 %", 1250), ("100", 10_000), ("0", 0)])
def test_a_typed_percentage_in_ten_thousandths(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "%", "1.234", "زیاد"])
def test_what_is_not_a_percentage_is_refused(text):
    with pytest.raises(Refused):
        parse_share(text)
