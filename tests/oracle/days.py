"""What is asked, and which days are fairly compared with which: months, quarters and years of either calendar."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import jdatetime

ONE = dt.timedelta(days=1)
HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays-ir.json"


@dataclass(frozen=True)
class Asked:
    """The days ``[start, end)`` as seen on ``as_of``; ``seller`` 0: what nobody sold. Leads are looked at on ``seen``."""

    start: dt.date
    end: dt.date
    as_of: dt.date
    seller: int | None = None
    seen: dt.date | None = None

    @property
    def until(self):
        """The day after the last one looked at."""
        return max(self.start, min(self.end, self.as_of + ONE))

    @property
    def last(self):
        return min(self.end - ONE, self.as_of)

    @property
    def running(self):
        return self.start <= self.as_of < self.end

    @property
    def not_begun(self):
        return self.as_of < self.start


# Calendars


@cache
def ymd(day, calendar):
    if calendar == "jalali":
        found = jdatetime.date.fromgregorian(date=day)
        return found.year, found.month, found.day
    return day.year, day.month, day.day


def first_of(year, month, calendar):
    """The first day of a month; ``month`` may be beyond 1..12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return jdatetime.date(year, month, 1).togregorian() if calendar == "jalali" else dt.date(year, month, 1)


def month_of(day, calendar):
    """The whole month that holds the day, half-open."""
    year, month, _ = ymd(day, calendar)
    return first_of(year, month, calendar), first_of(year, month + 1, calendar)


def months_between(start, end, calendar):
    """The whole months that touch ``[start, end)``, half-open each."""
    found = []
    while start < end:
        found.append(month_of(start, calendar))
        start = found[-1][1]
    return found


def whole_months(start, end):
    """(calendar, year, month, how many) of a span of whole months, else None."""
    for calendar in ("jalali", "gregorian"):
        (y0, m0, d0), (y1, m1, d1) = ymd(start, calendar), ymd(end, calendar)
        if d0 == d1 == 1 and end > start:
            return calendar, y0, m0, (y1 - y0) * 12 + m1 - m0
    return None


# Comparisons


def days_before(start, end):
    """A month, quarter, half-year or year: the one before; any other span: as many days just before."""
    found = whole_months(start, end)
    if found:
        calendar, year, month, n = found
        if n in (1, 3, 6, 12) and (month - 1) % n == 0:
            return first_of(year, month - n, calendar), start
    return start - (end - start), start


def before(asked):
    """The period compared with; a running one is seen when as many of its days were over."""
    start, end = days_before(asked.start, asked.end)
    as_of, seen = asked.as_of, asked.as_of
    if asked.running:
        as_of = seen = start + min(asked.as_of - asked.start, end - start - ONE)
    elif not asked.not_begun:
        seen = asked.as_of - (asked.end - end)  # leads of the earlier period at the same age
    return replace(asked, start=start, end=end, as_of=as_of, seen=seen)


def year_before(asked, calendar):
    """``[start, until)`` a year earlier in the span's own calendar, else in the book's."""
    found = whole_months(asked.start, asked.end)
    if found:
        calendar, year, month, n = found
        start, end = first_of(year - 1, month, calendar), first_of(year - 1, month + n, calendar)
    else:
        start, end = _same_day(asked.start, calendar), _same_day(asked.end - ONE, calendar) + ONE
    return start, min(end, _same_day(asked.until - ONE, calendar) + ONE) if asked.running else end


def _same_day(day, calendar):
    year, month, number = ymd(day, calendar)
    first, following = first_of(year - 1, month, calendar), first_of(year - 1, month + 1, calendar)
    return min(first + (number - 1) * ONE, following - ONE)


# Working days


@cache
def _holidays():
    return frozenset(map(dt.date.fromisoformat, json.loads(HOLIDAYS.read_text("utf-8"))["days"]))


def working(book, start, end):
    """How many days of ``[start, end)`` the shop works; the shipped holidays are Iran's."""
    holidays = _holidays() if book.setting("currency", "IRR") == "IRR" else ()
    own = {row.day: not row.closed for row in book.days_off}
    free = {int(day) for day in book.setting("weekend", "4").split(",")}
    days = (start + n * ONE for n in range((end - start).days))
    return sum(own.get(day, day.weekday() not in free and day not in holidays) for day in days)
