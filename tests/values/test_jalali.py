import datetime as dt

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values import jalali
from desktop.values.jalali import from_jalali, is_leap, month_length, to_jalali

FIRST, LAST = from_jalali(1300, 1, 1), from_jalali(1499, 12, 29)


def test_every_day_of_two_centuries_is_jdatetimes():
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        theirs = jdatetime.date.fromgregorian(date=day)
        assert to_jalali(day) == (theirs.year, theirs.month, theirs.day)
        assert from_jalali(theirs.year, theirs.month, theirs.day) == day


def test_leap_years_come_after_four_and_sometimes_five():
    assert [year for year in range(1370, 1410) if is_leap(year)] == [
        1370,
        1375,
        1379,
        1383,
        1387,
        1391,
        1395,
        1399,
        1403,
        1408,
    ]


@pytest.mark.parametrize(("year", "month", "length"), [(1403, 6, 31), (1403, 7, 30), (1403, 12, 30), (1404, 12, 29)])
def test_months_are_as_long_as_the_calendar_says(year, month, length):
    assert month_length(year, month) == length


@pytest.mark.parametrize(
    "impossible",
    [
        (1404, 7, 31),
        (1404, 12, 30),
        (1404, 13, 1),
        (1404, 0, 1),
        (1404, 1, 0),
        (1404, 1, 32),
        (1177, 1, 1),
        (1634, 1, 1),
    ],
)
def test_a_day_that_never_was_is_refused_never_shifted(impossible):
    with pytest.raises(ValueError, match="no Jalali"):
        from_jalali(*impossible)


@pytest.mark.parametrize("day", [dt.date(1799, 3, 20), dt.date(2255, 3, 21)])
def test_days_beyond_the_rule_are_refused(day):
    with pytest.raises(ValueError, match="outside"):
        to_jalali(day)


@given(st.dates(dt.date(1799, 3, 21), dt.date(2255, 3, 20)))
def test_there_and_back_is_the_same_day(day):
    assert from_jalali(*to_jalali(day)) == day


@given(st.integers(1178, 1632))
def test_a_year_has_the_days_of_its_months(year):
    lengths = sum(month_length(year, month) for month in range(1, 13))

    assert from_jalali(year + 1, 1, 1) - from_jalali(year, 1, 1) == dt.timedelta(days=lengths)


def test_every_year_begins_where_borkowski_lets_it_begin():
    """The 33-year cycle against the breaks published in 1996, written out the long way."""
    breaks = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635)

    def march_day(year):
        leaps, start = -14, breaks[0]
        for end in breaks[1:]:
            jump = end - start
            if year < end:
                break
            leaps += jump // 33 * 8 + jump % 33 // 4
            start = end
        n = year - start
        leaps += n // 33 * 8 + (n % 33 + 3) // 4
        if jump % 33 == 4 and jump - n == 4:
            leaps += 1
        gregorian = year + 621
        return 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150)

    for year in range(jalali.FIRST_YEAR, jalali.LAST_YEAR + 1):
        assert from_jalali(year, 1, 1) == dt.date(year + 621, 3, march_day(year))


def test_the_calendar_does_not_need_numpy_to_start():
    import subprocess
    import sys

    code = "import sys, desktop.values.unit, desktop.values.holidays; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
