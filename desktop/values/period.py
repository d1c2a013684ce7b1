"""Spans of days, and what each is fairly compared with. Periods are half-open: ``end`` is the day after the last."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from desktop.values.day import calendar_of, day_of, days_in_month, month_name, write_day, ymd
from desktop.values.digits import foreign, latin, left_to_right, local, plain
from desktop.values.text import N_, Refused, tr
from desktop.values.writing import CALENDARS, writing

DAY = dt.timedelta(days=1)
JALALI_QUARTERS = (N_("Spring {year}"), N_("Summer {year}"), N_("Autumn {year}"), N_("Winter {year}"))
GREGORIAN_QUARTERS = (
    N_("First quarter of {year}"),
    N_("Second quarter of {year}"),
    N_("Third quarter of {year}"),
    N_("Fourth quarter of {year}"),
)

_WRITTEN = re.compile(r"(\d{4})(?:[-/](?:q([1-4])|(\d{1,2})(?:[-/](\d{1,2}))?))?")


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` up to, not including, ``end``."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    # Making one

    @staticmethod
    def day(day: dt.date) -> Period:
        return Period(day, day + DAY)

    @staticmethod
    def between(first: dt.date, last: dt.date) -> Period:
        """From ``first`` to ``last``, both inside."""
        return Period(first, last + DAY)

    @staticmethod
    def week(day: dt.date) -> Period:
        """The week, Saturday to Friday, that holds ``day``."""
        start = day - DAY * ((day.weekday() + 2) % 7)
        return Period(start, start + 7 * DAY)

    @staticmethod
    def month(day: dt.date, calendar: str) -> Period:
        year, month, _ = ymd(day, calendar)
        return _months(year, month, 1, calendar)

    @staticmethod
    def quarter(day: dt.date, calendar: str) -> Period:
        year, month, _ = ymd(day, calendar)
        return _months(year, (month - 1) // 3 * 3 + 1, 3, calendar)

    @staticmethod
    def year(day: dt.date, calendar: str) -> Period:
        return _months(ymd(day, calendar)[0], 1, 12, calendar)

    @staticmethod
    def parse(text: str, calendar: str = "jalali") -> Period:
        """A period as `key` writes it: 1405, 1405-q2, 1405-07, 1405-07-03, 2011-02, or two of them with .. between.

        A year from 1700 on is Gregorian; ``calendar`` chooses the example in the refusal.

        Raises:
            Refused: it is not a period.
        """
        try:
            first, _, last = latin(plain(text)).strip().lower().partition("..")
            start, end = _written(first).start, _written(last or first).end
            if start < end:
                return Period(start, end)
        except ValueError:
            pass
        days = "1405, 1405-q2, 1405-07, 1405-07-15" if calendar == "jalali" else "2026, 2026-q2, 2026-07, 2026-07-15"
        example = left_to_right(days)
        raise Refused(N_("“{text}” is not a period; write it like one of these: {examples}."), text=foreign(text.strip()), examples=example)

    # Asking it

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> dt.date:
        """The last day inside."""
        return self.end - DAY

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    def clip(self, as_of: dt.date) -> Period:
        """The part that has happened by the end of ``as_of``; no days if it lies ahead."""
        return Period(self.start, max(self.start, min(self.end, as_of + DAY)))

    def month_calendar(self) -> str | None:
        """The calendar of which this is exactly one month, if it is one."""
        return next((calendar for calendar in CALENDARS if self.whole_months(calendar) == 1), None)

    def months(self, n: int, calendar: str) -> tuple[Period, ...]:
        """The ``n`` months that end with the one that holds the last day, oldest first."""
        year, month, _ = ymd(self.last, calendar)
        return tuple(_months(year, month - back, 1, calendar) for back in range(n - 1, -1, -1))

    # Comparing it

    def previous(self) -> Period:
        """What this is fairly compared with.

        A calendar month, quarter, half-year or year: the one before in the same calendar. Any other span: as many days just before it.
        """
        for calendar in CALENDARS:
            year, month, _ = ymd(self.start, calendar)
            count = self.whole_months(calendar)
            if count in (1, 3, 6, 12) and (month - 1) % count == 0:
                return _months(year, month - count, count, calendar)
        return Period(self.start - (self.end - self.start), self.start)

    def year_before(self, as_of: dt.date, calendar: str) -> Period:
        """The days that have passed by ``as_of``, a year earlier in ``calendar``: 30 Esfand becomes 29.

        Whole months stay whole months (of the other calendar, if they are whole only there).
        """
        now = self.clip(as_of)
        calendar = next(filter(now.whole_months, (calendar, *CALENDARS)), calendar)
        start = _year_earlier(now.start, calendar)
        if now.whole_months(calendar) or not now.days:
            return Period(start, _year_earlier(now.end, calendar))
        return Period.between(start, _year_earlier(now.last, calendar))

    def next(self) -> Period:
        """The month after this one, or as many days after it."""
        calendar = self.month_calendar()
        return Period.month(self.end, calendar) if calendar else Period(self.end, self.end + (self.end - self.start))

    # Writing it

    def label(self, calendar: str | None = None) -> str:
        """Exactly these days in words: «آبان ۱۴۰۵», «۱ تا ۷ آبان ۱۴۰۵», «سال ۱۴۰۵», «بهار ۱۴۰۵»."""
        calendar = calendar or writing().calendar
        if not self.days:
            return tr("no days yet")
        return next(filter(None, (self._whole_label(known) for known in (calendar, *CALENDARS))), None) or self._span_label(calendar)

    def key(self) -> str:
        """The period as the command line takes it: 1405, 1405-q2, 1405-08, 2011-02-01, 2011-02-01..2011-02-07."""
        for calendar in CALENDARS:
            year, month, _ = ymd(self.start, calendar)
            match self.whole_months(calendar):
                case 1:
                    return f"{year:04}-{month:02}"
                case 3 if month % 3 == 1:
                    return f"{year:04}-q{month // 3 + 1}"
                case 12 if month == 1:
                    return f"{year:04}"
        return self.start.isoformat() if self.days == 1 else f"{self.start}..{self.last}"

    def whole_months(self, calendar: str) -> int:
        """How many whole calendar months this is; 0 if it is not."""
        year, month, day = ymd(self.start, calendar)
        end_year, end_month, end_day = ymd(self.end, calendar)
        return (end_year - year) * 12 + end_month - month if day == end_day == 1 else 0

    def _whole_label(self, calendar: str) -> str | None:
        year, month, _ = ymd(self.start, calendar)
        written, first = local(str(year)), month_name(self.start, calendar, year=False)
        match self.whole_months(calendar):
            case 0:
                return None
            case 1:
                return month_name(self.start, calendar)
            case 3 if month % 3 == 1:
                return tr((JALALI_QUARTERS if calendar == "jalali" else GREGORIAN_QUARTERS)[month // 3], year=written)
            case 12 if month == 1:
                return tr("Year {year}", year=written)
        last_year, last = ymd(self.last, calendar)[0], month_name(self.last, calendar, year=False)
        if last_year == year:
            return tr("{first} to {last} {year}", first=first, last=last, year=written)
        holes = {"first": first, "first_year": written, "last": last, "last_year": local(str(last_year))}
        return tr("{first} {first_year} to {last} {last_year}", **holes)

    def _span_label(self, calendar: str) -> str:
        if self.days == 1:
            return write_day(self.start, calendar=calendar)
        year, month, day = ymd(self.start, calendar)
        last_year, last_month, _ = ymd(self.last, calendar)
        last = write_day(self.last, calendar=calendar)
        if (year, month) == (last_year, last_month):
            return tr("{day} to {last}", day=local(str(day)), last=last)
        if year == last_year:
            holes = {"day": local(str(day)), "month": month_name(self.start, calendar, year=False), "last": last}
            return tr("{day} {month} to {last}", **holes)
        return tr("{first} to {last}", first=write_day(self.start, calendar=calendar), last=last)


def span_label(start: dt.date, span: str) -> str:
    """The month, quarter or year (``span``) that begins with ``start``, in whichever calendar it is one."""
    whole = {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[span]
    found = next((calendar for calendar in (writing().calendar, *CALENDARS) if whole(start, calendar).start == start), None)
    return whole(start, found).label() if found else write_day(start, short=True)


def _months(year: int, month: int, count: int, calendar: str) -> Period:
    """``count`` months from a month; ``month`` may be below 1 or above 12."""
    return Period(_first_of(year, month, calendar), _first_of(year, month + count, calendar))


def _first_of(year: int, month: int, calendar: str) -> dt.date:
    years, month = divmod(month - 1, 12)
    return day_of(year + years, month + 1, 1, calendar)


def _year_earlier(day: dt.date, calendar: str) -> dt.date:
    year, month, number = ymd(day, calendar)
    return day_of(year - 1, month, min(number, days_in_month(year - 1, month, calendar)), calendar)


def _written(text: str) -> Period:
    """One written period. ValueError: it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year, quarter, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    calendar = calendar_of(year)
    if month is None:
        return _months(year, 1, 12, calendar) if quarter is None else _months(year, quarter * 3 - 2, 3, calendar)
    if day is not None:
        return Period.day(day_of(year, month, day, calendar))
    return Period.month(day_of(year, month, 1, calendar), calendar)
