from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values.rounding import exact, half_up, rounded, split

WHOLE = st.integers(-(10**18), 10**18)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 2, 3), (-5, 2, -3), (5, -2, -3), (7, 3, 2), (8, 3, 3), (0, 9, 0), (1, 3, 0), (10**30 + 1, 2, 5 * 10**29 + 1)],
)
def test_halves_go_away_from_zero(numerator, denominator, expected):
    assert half_up(numerator, denominator) == expected


@given(WHOLE, st.integers(1, 10**9))
def test_a_return_rounds_as_the_mirror_of_its_sale(numerator, denominator):
    assert half_up(-numerator, denominator) == -half_up(numerator, denominator)


@given(WHOLE, st.integers(1, 10**9))
def test_no_whole_number_is_nearer(numerator, denominator):
    assert abs(Fraction(numerator, denominator) - half_up(numerator, denominator)) <= Fraction(1, 2)


def test_nothing_is_divided_by_nothing():
    with pytest.raises(ZeroDivisionError):
        half_up(1, 0)


def test_a_discount_of_100_over_three_equal_lines():
    assert split(100, [1, 1, 1]) == [34, 33, 33]


def test_the_largest_remainder_gets_the_odd_rial():
    assert split(10, [50, 30, 25]) == [5, 3, 2]
    assert split(-10, [50, 30, 25]) == [-5, -3, -2]


@given(WHOLE, st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any))
def test_the_parts_add_up_and_none_is_a_rial_off(total, weights):
    parts = split(total, weights)

    assert sum(parts) == total
    assert all(abs(part - Fraction(total * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True))


@given(WHOLE, st.lists(st.integers(0, 10**6), min_size=1, max_size=6).filter(any))
def test_a_return_is_shared_as_its_sale_was(total, weights):
    assert split(-total, weights) == [-part for part in split(total, weights)]


def test_nobody_to_share_with():
    assert split(0, []) == []
    assert split(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="cannot share"):
        split(5, [])
    with pytest.raises(ValueError, match="cannot share"):
        split(5, [0, 0])
    with pytest.raises(ValueError, match="cannot share"):
        split(5, [2, -1])


@pytest.mark.parametrize("value", [2.675, Decimal("2.675"), Fraction(2675, 1000)])
def test_a_number_counts_as_it_is_written(value):
    assert exact(value) == Fraction(2675, 1000)
    assert rounded(value, 2) == 268


def test_numpy_numbers_are_numbers():
    numpy = pytest.importorskip("numpy")

    assert exact(numpy.int64(7)) == 7
    assert exact(numpy.float64(0.1)) == Fraction(1, 10)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(value):
    with pytest.raises(ValueError, match="Invalid literal"):
        exact(value)
