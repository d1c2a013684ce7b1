from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from desktop.charts import PAPER, Canvas
from desktop.charts.scale import Plot, fitting, scale
from desktop.values.digits import plain
from desktop.values.unit import Unit
from desktop.values.writing import Writing, use_writing

pytestmark = pytest.mark.usefixtures("application")


def labels(marks):
    return [plain(label) for label in marks.labels]


def test_marks_are_round_in_what_the_person_reads_not_in_rials():
    marks = scale(0, 137_000_000, Unit.MONEY, 240)

    assert labels(marks) == ["۰", "۵", "۱۰", "۱۵"]
    assert marks.word == "میلیون تومان"


def test_a_book_in_pounds_is_marked_in_pounds():
    use_writing(Writing("en", "latin", "GBP", "major", "gregorian"))

    marks = scale(0, 41_000, Unit.MONEY, 200)

    assert labels(marks) == ["0", "200", "400", "600"]
    assert marks.word == "GBP"


def test_shares_are_marked_in_whole_percents_and_may_leave_zero_out():
    assert labels(scale(0.27, 0.35, Unit.SHARE, 160, zero=False)) == ["۲۵٪", "۳۰٪", "۳۵٪"]
    assert labels(scale(0.02, 0.35, Unit.SHARE, 160, zero=False))[0] == "۰٪"


def test_counts_are_never_marked_in_halves():
    assert labels(scale(0, 2, Unit.COUNT, 300)) == ["۰", "۱", "۲"]


def test_losses_stand_below_zero():
    marks = scale(-30_000_000, 80_000_000, Unit.MONEY, 200)

    assert marks.ticks[0] < 0 < marks.ticks[-1]
    assert 0 in marks.ticks


def test_an_empty_month_still_has_a_scale():
    marks = scale(0, 0, Unit.MONEY, 200)

    assert marks.ticks[0] == 0 < marks.ticks[-1]


@given(
    st.integers(-(10**15), 10**15),
    st.integers(0, 10**15),
    st.sampled_from([Unit.MONEY, Unit.SHARE, Unit.COUNT, Unit.DAYS]),
    st.integers(40, 900),
)
def test_every_value_lies_inside_its_scale(low, span, unit, height):
    """Rounding the marks outward must never cut a bar off."""
    high = low + span
    marks = scale(low, high, unit, height)
    plot = Plot(Canvas(None, PAPER, rtl=False), QRectF(0, 0, 100, height), marks, 1)
    hair = 1e-6 * (marks.ticks[-1] - marks.ticks[0])

    assert marks.ticks[0] <= low + hair
    assert marks.ticks[-1] >= high - hair
    assert -0.01 <= plot.y(high) <= plot.y(low) <= height + 0.01


def test_first_and_last_name_always_stand_and_none_touch():
    widths = dict.fromkeys(range(12), 60.0)

    assert fitting(range(12), widths, 100) == list(range(12))
    crowded = fitting(range(12), widths, 40)
    assert crowded[0] == 0
    assert crowded[-1] == 11
    assert all(b - a >= 2 for a, b in pairwise(crowded))


def test_where_not_even_two_names_fit_the_newest_stays():
    assert fitting(range(12), dict.fromkeys(range(12), 60.0), 2) == [11]
