"""The Jalali calendar. Days inside the program are Gregorian.

Leap years follow the 33-year cycle. For 1178-1633 its years are those of K. M. Borkowski, "The Persian calendar for
3000 years", Earth, Moon, and Planets 74, 1996; years outside are refused, for there it errs.
"""

from __future__ import annotations

import datetime as dt

from desktop.values.text import N_

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
_EPOCH = 226_895  # the ordinal of 1 Farvardin 1, by the same cycle
_CYCLE = 12_053  # days in 33 years, 8 of them leap


def is_leap(year: int) -> bool:
    """Whether Esfand of ``year`` has 30 days."""
    return (25 * year + 11) % 33 < 8


def month_length(year: int, month: int) -> int:
    """How many days the month has. ValueError: there is no such month, or the year is outside 1178-1633."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise ValueError(f"no Jalali month {year}-{month}")
    return 31 if month <= 6 else 30 if month < 12 or is_leap(year) else 29


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Jalali one.

    Raises:
        ValueError: there is no such day (31 Mehr, 30 Esfand of a common year), or the year is outside 1178-1633.
    """
    if not 1 <= day <= month_length(year, month):
        raise ValueError(f"no Jalali day {year}-{month}-{day}")
    return dt.date.fromordinal(_new_year(year) + _days_before(month) + day - 1)


def to_jalali(day: dt.date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar. ValueError: the year is outside 1178-1633 (21 March 1799 to 20 March 2255)."""
    ordinal = day.toordinal()
    year = (33 * (ordinal - _EPOCH) + 3) // _CYCLE + 1  # `_new_year` turned round
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{day} is outside the Jalali years {FIRST_YEAR}-{LAST_YEAR}")
    passed = ordinal - _new_year(year)
    month = passed // 31 + 1 if passed < 186 else (passed - 186) // 30 + 7
    return year, month, passed - _days_before(month) + 1


def _days_before(month: int) -> int:
    return (month - 1) * 31 if month <= 7 else (month - 1) * 30 + 6


def _new_year(year: int) -> int:
    """The ordinal of 1 Farvardin."""
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33
