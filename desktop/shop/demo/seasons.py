"""The shop's year: how busy each day is, what prices stand at, when nobody comes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from random import Random

from desktop.shop.demo.chance import Deck
from desktop.values.holidays import holidays
from desktop.values.jalali import from_jalali, to_jalali
from desktop.values.period import Period

DAY = dt.timedelta(days=1)
FRIDAY = 4
GROWTH = 1.003  # more customers every month

# how prices rise from month to month: 40 to 50 % a year
_RISES = ((1.022, 2), (1.027, 2), (1.031, 3), (1.036, 3), (1.043, 2))
_MONTHS = {1: 0.86, 2: 0.97, 3: 0.99, 4: 0.96, 5: 0.92, 6: 1.0, 7: 1.02, 8: 1.02, 9: 1.02, 10: 0.96, 11: 1.0, 12: 1.04}
_WEEKDAYS = {5: 1.0, 6: 0.93, 0: 0.93, 1: 0.97, 2: 1.06, 3: 1.3, FRIDAY: 0.38}  # Python's numbers; on Friday only till noon
_BEFORE_NOWRUZ, _BEFORE_YALDA = 24, 10
_RAMADAN, _MUHARRAM = 30, 10


class Seasons:
    """The days of the demo book, ``until`` the last one; ``months`` are whole, the last may run."""

    def __init__(self, random: Random, until: dt.date, months: int) -> None:
        last = Period.month(until, "jalali")
        self.until = until
        self.months = last.months(months, "jalali")
        self.period = Period.between(self.months[0].start, until)
        self._at = {month.start: n for n, month in enumerate(self.months)}
        rises = Deck(random, _RISES)
        levels = [1.0]
        for _ in self.months[1:]:
            levels.append(levels[-1] / rises.deal())
        self.levels = levels[::-1]

    def days(self) -> list[dt.date]:
        """Every day of the book on which the shop was open."""
        every = (self.period.start + n * DAY for n in range(self.period.days))
        return [day for day in every if busy(day)]

    def at(self, day: dt.date) -> int:
        return self._at[Period.month(day, "jalali").start]

    def level(self, day: dt.date) -> float:
        """Prices of the day's month against those of the last one."""
        return self.levels[self.at(day)]

    def busy(self, day: dt.date) -> float:
        """How many come, against a usual day of the first month."""
        return busy(day) * GROWTH ** self.at(day)

    def next_open(self, day: dt.date) -> dt.date:
        while not busy(day):
            day += DAY
        return day


@cache
def busy(day: dt.date) -> float:
    """How many come on this day of the year, against a usual one; 0 when the shop is closed."""
    _, month, number = to_jalali(day)
    holiday = holidays().get(day)
    before_nowruz = month == 12 and (number >= 29 or (holiday is not None and holiday["en"] == "Public Holiday"))
    if holiday and not before_nowruz:  # when all the town buys for Nowruz, a shop of nuts and sweets closes for mourning only
        return 0.0
    factor = _MONTHS[month] * _WEEKDAYS[day.weekday()] * (0.6 if holiday and number < 29 else 1.0)
    if number <= 5 or number >= 28:  # pay has come
        factor *= 1.08
    elif 14 <= number <= 23:
        factor *= 0.95
    if (left := (_nowruz(day) - day).days) <= _BEFORE_NOWRUZ:
        factor *= 1.35 + 1.3 * (1 - left / _BEFORE_NOWRUZ)
    if season(day) == "yalda":
        factor *= 1.0 + 0.01 * (number - 20) ** 2
    if _within(day, "Eid al-Fitr", -_RAMADAN, 0):
        factor *= 0.82
    if _within(day, "Ashura", -9, -9 + _MUHARRAM):
        factor *= 0.8
    return factor


def season(day: dt.date) -> str:
    """What people buy now besides the usual: for ``yalda``, ``nowruz``, ``ramadan`` or ``summer``."""
    _, month, number = to_jalali(day)
    if month == 9 and number > 30 - _BEFORE_YALDA:
        return "yalda"
    if (_nowruz(day) - day).days <= _BEFORE_NOWRUZ:
        return "nowruz"
    if _within(day, "Eid al-Fitr", -_RAMADAN, 0):
        return "ramadan"
    return "summer" if 3 <= month <= 6 else ""


def _nowruz(day: dt.date) -> dt.date:
    return from_jalali(to_jalali(day)[0] + 1, 1, 1)


def _within(day: dt.date, feast: str, first: int, end: int) -> bool:
    """Whether the day is ``first`` to ``end`` (not included) days from the lunar feast, by the shipped calendar."""
    return any(first <= (day - each).days < end for each in _feasts(feast))


@cache
def _feasts(name: str) -> tuple[dt.date, ...]:
    """The first day of each of these feasts (some close the shops for two)."""
    return tuple(day for day, holiday in holidays().items() if name in holiday["en"] and f"{name} Holiday" not in holiday["en"])
