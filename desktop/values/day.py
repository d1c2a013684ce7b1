"""One day: its year, month and number in a calendar, how it is written, and how a person's writing is read."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from desktop.values.digits import foreign, latin, left_to_right, local, plain
from desktop.values.fold import fold
from desktop.values.jalali import GREGORIAN_MONTHS, JALALI_MONTHS, WEEKDAYS, from_jalali, month_length, to_jalali
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import writing

GREGORIAN_FROM = 1700  # a year from here on is Gregorian, a smaller one Jalali
FIRST, LAST = dt.date(1822, 1, 1), dt.date(2221, 12, 31)  # what a shop may date, well inside both calendars

_PARTS = re.compile(r"(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(r"(\d{1,2})\s*(\D+?)\s*(\d{4})")


def ymd(day: dt.date, calendar: str) -> tuple[int, int, int]:
    """Year, month and day of month in ``calendar``."""
    return to_jalali(day) if calendar == "jalali" else (day.year, day.month, day.day)


def shop_day_at(moment: dt.datetime, starts: str) -> dt.date:
    """The shop's day at ``moment``: the computer's, less the hour ("05:30") at which the shop's day starts."""
    hours, minutes = map(int, starts.split(":"))
    return (moment - dt.timedelta(hours=hours, minutes=minutes)).date()


def day_of(year: int, month: int, day: int, calendar: str) -> dt.date:
    """The date of a calendar's year, month and day.

    Raises:
        ValueError: there is no such day, or it is not in the years that both calendars know (1822-2221).
    """
    found = from_jalali(year, month, day) if calendar == "jalali" else dt.date(year, month, day)
    if not FIRST <= found <= LAST:
        raise ValueError(f"{found} is not a shop's day")
    return found


def days_in_month(year: int, month: int, calendar: str) -> int:
    return month_length(year, month) if calendar == "jalali" else monthrange(year, month)[1]


def calendar_of(year: int) -> str:
    """The calendar a year must belong to: 1405 is Jalali, 2026 is Gregorian."""
    return "gregorian" if year >= GREGORIAN_FROM else "jalali"


def full_year(short: int, calendar: str) -> int:
    """The year that two digits mean: 50 to 99 are of the last century, 00 to 49 of this one."""
    return short + {"jalali": 1300, "gregorian": 1900}[calendar] + 100 * (short < 50)


def months_of(calendar: str) -> tuple[str, ...]:
    """The calendar's twelve months, to be translated."""
    return JALALI_MONTHS if calendar == "jalali" else GREGORIAN_MONTHS


def month_name(day: dt.date, calendar: str | None = None, *, year: bool = True) -> str:
    """The month that holds ``day``, in the writing's calendar: «آبان ۱۴۰۵», without ``year`` «آبان»."""
    calendar = calendar or writing().calendar
    in_year, month, _ = ymd(day, calendar)
    name = tr(months_of(calendar)[month - 1])
    # Translators: a month and its year, e.g. Aban 1405.
    return tr("{month} {year}", month=name, year=local(str(in_year))) if year else name


def write_day(day: dt.date, *, weekday: bool = False, short: bool = False, calendar: str | None = None) -> str:
    """«۳ آبان ۱۴۰۵», «یکشنبه ۳ آبان ۱۴۰۵», short «۱۴۰۵/۰۸/۰۳» (a Gregorian day in English: 2026-10-25)."""
    calendar = calendar or writing().calendar
    year, month, number = ymd(day, calendar)
    if short:
        mark = "-" if (language(), calendar) == ("en", "gregorian") else "/"
        return left_to_right(local(f"{year:04}{mark}{month:02}{mark}{number:02}"))
    holes = {"day": local(str(number)), "month": tr(months_of(calendar)[month - 1]), "year": local(str(year))}
    if weekday:
        # Translators: a full date with its weekday, e.g. Sunday 3 Aban 1405.
        return tr("{weekday} {day} {month} {year}", weekday=tr(WEEKDAYS[(day.weekday() + 2) % 7]), **holes)
    # Translators: a full date, e.g. 3 Aban 1405.
    return tr("{day} {month} {year}", **holes)


def write_moment(at: str) -> str:
    """A kept moment (UTC) by the clock on the wall."""
    here = dt.datetime.fromisoformat(at).astimezone()
    return f"{write_day(here.date(), short=True)}  {local(here.strftime('%H:%M'))}"


def parse_day(text: str, calendar: str = "jalali") -> dt.date:
    """The day a person typed: 1405/8/3, 3/8/1405, 14050803, 3 Aban 1405, 2026-10-25; digits of three scripts.

    The year tells the calendar; ``calendar`` decides only what a year of two digits means.

    Raises:
        Refused: it is not a day, or there is no such day (31 Mehr, 30 Esfand of a common year).
    """
    bare = " ".join(latin(plain(text)).split())
    found = _read_numbers(bare, calendar) or _read_name(bare)
    if found is None:
        example = write_day(dt.date(2026, 10, 25), short=True, calendar=calendar)
        raise Refused(N_("“{text}” is not a date; write it like {example}."), text=foreign(text.strip()), example=example)
    year, month, number = found
    try:
        return day_of(year, month, number, calendar_of(year))
    except ValueError:
        raise _no_such_day(foreign(text.strip()), year, month, calendar_of(year)) from None


def _no_such_day(text: str, year: int, month: int, calendar: str) -> Refused:
    try:
        day_of(year, month, 1, calendar)
    except ValueError:
        return Refused(N_("There is no day “{text}” in the calendar."), text=text)
    name, days = tr(months_of(calendar)[month - 1]), local(str(days_in_month(year, month, calendar)))
    return Refused(N_("There is no day “{text}”: {month} {year} has {days} days."), text=text, month=name, year=local(str(year)), days=days)


def _read_numbers(text: str, calendar: str) -> tuple[int, int, int] | None:
    found = _TOGETHER.fullmatch(text) or _PARTS.fullmatch(text)
    if not found:
        return None
    first, month, last = found.groups()
    if len(last) > 2 and len(first) <= 2:  # 3/8/1405
        first, last = last, first
    if len(last) > 2 or len(first) == 3:
        return None
    year = int(first)
    if len(first) <= 2:
        year = full_year(year, calendar)
    return year, int(month), int(last)


def _read_name(text: str) -> tuple[int, int, int] | None:
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    name, year = fold(found[2]), int(found[3])
    for at, month in enumerate(months_of(calendar_of(year)), start=1):
        if name in (fold(month), fold(tr(month))):
            return year, at, int(found[1])
    return None
