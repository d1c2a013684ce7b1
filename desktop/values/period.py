"""Days and spans of days. A `Period` is half-open: ``end`` is the day after its last."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from desktop.values.digits import foreign, latin, local
from desktop.values.jalali import (
    GREGORIAN_MONTHS,
    JALALI_MONTHS,
    WEEKDAYS,
    from_jalali,
    month_length,
    to_jalali,
)  # fmt: skip
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import writing

ONE = dt.timedelta(days=1)
GREGORIAN_FROM = 1700  # a year from here on is Gregorian
SEASONS = (N_("Spring {year}"), N_("Summer {year}"), N_("Autumn {year}"), N_("Winter {year}"))


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``start`` up to, not including, ``end``; empty when they are equal."""

    start: dt.date
    end: dt.date

    # Making one

    @staticmethod
    def one_day(day: dt.date) -> Period:
        return Period(day, day + ONE)

    @staticmethod
    def week(day: dt.date) -> Period:
        """Saturday to Friday."""
        start = day - dt.timedelta(days=(day.weekday() + 2) % 7)
        return Period(start, start + dt.timedelta(days=7))

    @staticmethod
    def month(day: dt.date, calendar: str = "jalali") -> Period:
        year, month, _ = parts_of(day, calendar)
        return _months(year, month, 1, calendar)

    @staticmethod
    def quarter(day: dt.date, calendar: str = "jalali") -> Period:
        year, month, _ = parts_of(day, calendar)
        return _months(year, (month - 1) // 3 * 3 + 1, 3, calendar)

    @staticmethod
    def year(day: dt.date, calendar: str = "jalali") -> Period:
        return _months(parts_of(day, calendar)[0], 1, 12, calendar)

    @staticmethod
    def parse(text: str, calendar: str = "jalali") -> Period:
        """``1405-07``, ``1405``, ``1405-q2``, ``2011-02``, ``1405-07-12``; a year from 1700 on is Gregorian.

        Raises:
            Refused: it is none of these, or there is no such day.
        """
        found = re.fullmatch(r"(\d{4})(?:[-/](?:[qQ]([1-4])|(\d{1,2})(?:[-/](\d{1,2}))?))?", latin(text).strip())
        if found:
            year, quarter, month, day = (int(part) if part else 0 for part in found.groups())
            calendar = "gregorian" if year >= GREGORIAN_FROM else "jalali"
            try:
                if day:
                    return Period.one_day(day_of(year, month, day, calendar))
                if month:
                    return _months(year, month, 1, calendar)
                return _months(year, quarter * 3 - 2, 3, calendar) if quarter else _months(year, 1, 12, calendar)
            except ValueError:
                pass
        raise Refused(
            N_("“{text}” is no period; write a month as {month}, a quarter as {quarter} or a year as {year}."),
            text=foreign(text), month="1405-07", quarter="1405-q2", year="1405",
        )  # fmt: skip

    # What it is

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> dt.date:
        return self.end - ONE

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    def running(self, as_of: dt.date) -> bool:
        """Whether the period holds that day."""
        return as_of in self

    def month_calendar(self) -> str | None:
        """The calendar in which the period is exactly a month, if there is one."""
        for calendar in ("jalali", "gregorian"):
            if self.days and Period.month(self.start, calendar) == self:
                return calendar
        return None

    # Others made of it

    def clip(self, as_of: dt.date) -> Period:
        """The part that has happened by the end of ``as_of``."""
        return Period(self.start, max(self.start, min(self.end, as_of + ONE)))

    def previous(self, as_of: dt.date) -> Period:
        """What the period is fairly compared with.

        A month: the month before; another span: as many days just before. While it runs: the same elapsed days
        of that, clipped to the shorter.
        """
        calendar = self.month_calendar()
        whole = (
            Period.month(self.start - ONE, calendar)
            if calendar
            else Period(self.start - dt.timedelta(days=self.days), self.start)
        )
        if not self.running(as_of):
            return whole
        return Period(whole.start, min(whole.end, whole.start + dt.timedelta(days=self.clip(as_of).days)))

    def year_before(self, as_of: dt.date, calendar: str = "jalali") -> Period:
        """The same days a year earlier in ``calendar``; 30 Esfand becomes 29, a whole month stays a whole month."""
        calendar = self.month_calendar() or calendar
        spent = self.clip(as_of) if self.running(as_of) else self
        if not spent.days:
            return Period(_year_earlier(self.start, calendar), _year_earlier(self.start, calendar))
        end = _year_earlier(spent.last, calendar) + ONE
        if spent.last == Period.month(spent.last, calendar).last:
            end = Period.month(end - ONE, calendar).end
        return Period(_year_earlier(spent.start, calendar), end)

    def months(self, n: int, calendar: str = "jalali") -> tuple[Period, ...]:
        """The ``n`` months that end with the one holding the last day, oldest first."""
        calendar = self.month_calendar() or calendar
        found = [Period.month(self.last if self.days else self.start, calendar)]
        while len(found) < n:
            found.append(Period.month(found[-1].start - ONE, calendar))
        return tuple(reversed(found))

    def each_month(self, calendar: str = "jalali") -> tuple[Period, ...]:
        """The calendar months the period touches, whole, oldest first."""
        found = [Period.month(self.start, calendar)]
        while found[-1].end < self.end:
            found.append(Period.month(found[-1].end, calendar))
        return tuple(found)

    def next(self) -> Period:
        """The following month, or as many days after."""
        calendar = self.month_calendar()
        return Period.month(self.end, calendar) if calendar else Period(self.end, self.end + (self.end - self.start))

    # Written

    def key(self) -> str:
        """``1405-08``, ``1405-q3``, ``1405``, or two ISO days: the shape `parse` and file names know."""
        for calendar in ("jalali", "gregorian"):
            year, month, _ = parts_of(self.start, calendar)
            if self == Period.month(self.start, calendar):
                return f"{year}-{month:02}"
            if self == Period.quarter(self.start, calendar):
                return f"{year}-q{(month + 2) // 3}"
            if self == Period.year(self.start, calendar):
                return str(year)
        return self.start.isoformat() if self.days == 1 else f"{self.start.isoformat()}_{self.last.isoformat()}"

    def label(self, calendar: str | None = None) -> str:
        """Names exactly this period, in the person's words."""
        calendar = calendar or writing().calendar
        for one in (calendar, "gregorian" if calendar == "jalali" else "jalali"):
            year, month, _ = parts_of(self.start, one)
            if self == Period.month(self.start, one):
                return month_name(self.start, one)
            if self == Period.year(self.start, one):
                return tr("Year {year}", year=local(str(year)))
            if self == Period.quarter(self.start, one):
                season = SEASONS[(month - 1) // 3] if one == "jalali" else N_("Quarter {n}, {year}")
                return tr(season, year=local(str(year)), n=local(str((month + 2) // 3)))
        if self.days <= 1:
            return write_day(self.start, calendar=calendar)
        first, last = parts_of(self.start, calendar), parts_of(self.last, calendar)
        if first[:2] == last[:2]:
            return tr("{first} to {last} {month}", first=local(str(first[2])), last=local(str(last[2])),
                      month=month_name(self.start, calendar))  # fmt: skip
        return tr("{first} to {last}", first=write_day(self.start, calendar=calendar),
                  last=write_day(self.last, calendar=calendar))  # fmt: skip


def parts_of(day: dt.date, calendar: str) -> tuple[int, int, int]:
    """Year, month and day of month in ``calendar``."""
    return to_jalali(day) if calendar == "jalali" else (day.year, day.month, day.day)


def day_of(year: int, month: int, day: int, calendar: str) -> dt.date:
    """The day; ValueError where there is none."""
    return from_jalali(year, month, day) if calendar == "jalali" else dt.date(year, month, day)


def month_name(day: dt.date, calendar: str | None = None, *, year: bool = True) -> str:
    """«آبان ۱۴۰۵», or «آبان» without ``year``."""
    calendar = calendar or writing().calendar
    of_year, month, _ = parts_of(day, calendar)
    name = tr((JALALI_MONTHS if calendar == "jalali" else GREGORIAN_MONTHS)[month - 1])
    return f"{name} {local(str(of_year))}" if year else name


def write_day(day: dt.date | None, *, weekday: bool = False, short: bool = False, calendar: str | None = None) -> str:
    """«۳ آبان ۱۴۰۵», with ``weekday`` «شنبه ۳ آبان ۱۴۰۵», ``short`` «۱۴۰۵/۰۸/۰۳»; None is «—»."""
    if day is None:
        return "—"
    calendar = calendar or writing().calendar
    year, month, of_month = parts_of(day, calendar)
    if short:
        return "\u2066" + local(f"{year}/{month:02}/{of_month:02}") + "\u2069"
    text = f"{local(str(of_month))} {month_name(day, calendar)}"
    comma = "" if language() == "fa" else ","
    return f"{tr(WEEKDAYS[(day.weekday() + 2) % 7])}{comma} {text}" if weekday else text


def parse_day(text: str, calendar: str | None = None) -> dt.date:
    """A day as typed: ``1405/8/3``, ``1405-08-03``, ``2026-11-24``, ``14050803``; without a year: this year's.

    Raises:
        Refused: it is no day.
    """
    typed = latin(text).strip()
    found = re.fullmatch(r"(?:(\d{4}|\d{2})[-/. ])?(\d{1,2})[-/. ](\d{1,2})", typed) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", typed
    )
    if found:
        calendar = calendar or writing().calendar
        today = parts_of(dt.date.today(), calendar)[0]  # noqa: DTZ011 - the shop's own wall clock
        year = int(found[1] or today)
        year += today // 100 * 100 if year < 100 else 0
        calendar = (
            calendar if found[1] is None or len(found[1]) == 2 else "gregorian" if year >= GREGORIAN_FROM else "jalali"
        )
        try:
            return day_of(year, int(found[2]), int(found[3]), calendar)
        except ValueError:
            pass
    raise Refused(N_("“{text}” is no day; write it as {example}."), text=foreign(text), example="1405/08/03")


def _months(year: int, month: int, count: int, calendar: str) -> Period:
    after = year * 12 + month - 1 + count
    return Period(day_of(year, month, 1, calendar), day_of(after // 12, after % 12 + 1, 1, calendar))


def _year_earlier(day: dt.date, calendar: str) -> dt.date:
    year, month, of_month = parts_of(day, calendar)
    if calendar == "jalali":
        return from_jalali(year - 1, month, min(of_month, month_length(year - 1, month)))
    return dt.date(year - 1, month, 28 if (month, of_month) == (2, 29) else of_month)
