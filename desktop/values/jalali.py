"""The Jalali calendar: one day at a time, or a million at once.

A year is leap by the 33-year rule that holds for 1244-1535, corrected outside by the breaks of Borkowski (1996);
within 1300-1499 this is the official calendar. Days inside the program are Gregorian.
"""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop.values.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

JALALI_MONTHS = (
    N_("Farvardin"), N_("Ordibehesht"), N_("Khordad"), N_("Tir"), N_("Mordad"), N_("Shahrivar"),
    N_("Mehr"), N_("Aban"), N_("Azar"), N_("Dey"), N_("Bahman"), N_("Esfand"),
)  # fmt: skip
GREGORIAN_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
WEEKDAYS = (
    N_("Saturday"), N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
)  # fmt: skip

FIRST_YEAR, LAST_YEAR = 1178, 1633
# where Borkowski's 33-year cycles begin anew (K. M. Borkowski, "The Persian calendar for 3000 years", 1996)
_BREAKS = (1111, 1181, 1210, 1635)


def is_leap(year: int) -> bool:
    """Whether Esfand of ``year`` has 30 days."""
    return _new_year(year + 1) - _new_year(year) == 366


def month_length(year: int, month: int) -> int:
    return 31 if month <= 6 else 30 if month < 12 or is_leap(year) else 29


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Jalali one.

    Raises:
        ValueError: there is no such day (31 Mehr, 30 Esfand of a common year), or the year is outside 1178-1633.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise ValueError(f"no Jalali day {year}-{month}-{day}")
    return dt.date.fromordinal(_new_year(year) + _before(month) + day - 1)


def to_jalali(day: dt.date) -> tuple[int, int, int]:
    """Year, month and day of month in the Jalali calendar."""
    year = day.year - 621
    passed = day.toordinal() - _new_year(year)
    if passed < 0:
        year -= 1
        passed = day.toordinal() - _new_year(year)
    month = passed // 31 + 1 if passed < 186 else (passed - 186) // 30 + 7
    return year, month, passed - _before(month) + 1


def ordinals(year: NDArray[Any], month: NDArray[Any], day: NDArray[Any]) -> NDArray[np.int64]:
    """Proleptic Gregorian ordinals of many Jalali days, shape as given; -1 where there is no such day."""
    import numpy as np

    year, month, day = (np.asarray(part, dtype=np.int64) for part in (year, month, day))
    starts = _new_years()
    inside = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    at = np.where(inside, year - FIRST_YEAR, 0)
    leap = starts[at + 1] - starts[at] == 366
    length = np.where(month <= 6, 31, np.where((month < 12) | leap, 30, 29))
    before = np.where(month <= 7, (month - 1) * 31, (month - 1) * 30 + 6)
    return np.where(inside & (day <= length), starts[at] + before + day - 1, -1)


def from_ordinals(days: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Jalali year, month and day of many proleptic ordinals."""
    import numpy as np

    days = np.asarray(days, dtype=np.int64)
    starts = _new_years()
    at = np.searchsorted(starts, days, side="right") - 1
    passed = days - starts[at]
    month = np.where(passed < 186, passed // 31 + 1, (passed - 186) // 30 + 7)
    before = np.where(month <= 7, (month - 1) * 31, (month - 1) * 30 + 6)
    return at + FIRST_YEAR, month, passed - before + 1


def _before(month: int) -> int:
    return (month - 1) * 31 if month <= 7 else (month - 1) * 30 + 6


@cache
def _new_year(year: int) -> int:
    """The proleptic ordinal of 1 Farvardin."""
    start = max(b for b in _BREAKS if b <= year)
    end = min(b for b in _BREAKS if b > year)
    leaps = -14
    for a, b in itertools.pairwise(_BREAKS_ALL):
        if b > start:
            break
        leaps += (b - a) // 33 * 8 + (b - a) % 33 // 4
    n, jump = year - start, end - start
    leaps += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leaps += 1
    gregorian = year + 621
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return dt.date(gregorian, 3, 1).toordinal() + 19 + leaps - gregorian_leaps


_BREAKS_ALL = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635)


@cache
def _new_years() -> Any:
    import numpy as np

    return np.array([_new_year(year) for year in range(FIRST_YEAR, LAST_YEAR + 2)], dtype=np.int64)
