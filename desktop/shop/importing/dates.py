"""Dates as other programs write them, Jalali and Gregorian: told apart by the year, and by the whole column where a word is unclear.

Orders: "jalali" (two-digit Jalali years first), "ymd", "dmy", "mdy". Days come out as proleptic ordinals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.numbers import READS, WRONG_CELL
from desktop.shop.importing.reader import Clock, Numeric, Wrong
from desktop.shop.importing.words import BESIDE, MONTHS
from desktop.values.day import GREGORIAN_FROM, calendar_of, day_of, full_year, write_day
from desktop.values.digits import foreign, latin, plain
from desktop.values.fold import fold
from desktop.values.text import N_, tr

NO_DATE = N_("“{value}” is not a date.")
UNCLEAR = N_("The dates of column {column} can be read in several ways: which day is {example}?")
NEVER = N_("no day at all")
NO_SUCH_DAY = N_("There is no such day as “{value}” in the calendar.")

ORDERS = ("jalali", "ymd", "dmy", "mdy")
_PLAIN = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?")
_TIME = re.compile(
    r"(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|ق\.?\s?ظ|ب\.?\s?ظ|صبح|عصر|بعدازظهر|بعد از ظهر)?\s*(?:z|"
    r"[+-]\d{2}:?\d{2})?"
)
_PARTS = re.compile(r"(\d{1,4})\s*[/.\-\s،,\\]\s*(\d{1,2})\s*[/.\-\s،,\\]\s*(\d{1,4})")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?")
_SHORT = re.compile(r"(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"([2-7]\d{4})(\.\d+)?")
_NAMED = re.compile(r"(?:(\d{1,2})\W*([^\W\d]+(?:\s[^\W\d]+)?)|([^\W\d]+)\W*(\d{1,2}))\W+(\d{4}|\d{2})")
_AFTERNOON = ("p", "ب", "عصر")


@dataclass
class Days:
    """One column's words as days: ordinal (0 = none) and minute of the day (-1 = none) of word ``i``; ``bad`` says why not."""

    days: NDArray[np.int64]
    minutes: NDArray[np.int64]
    bad: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Orders:
    """What unclear words of the file mean: with the year at the end, with two-digit years; and the word for the outcome.

    Where several readings are ``likely``, words (by place) that show it are ``unclear``.
    """

    year_last: str = "dmy"
    short: str = "jalali"
    said: str = "auto"
    likely: tuple[str, ...] = ()
    unclear: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Word:
    """A word taken apart: ``form`` clear (year, month, day), last (three numbers, the year last), short (three of two digits), serial."""

    form: str
    parts: tuple[int, int, int] = (0, 0, 0)
    minute: int = -1


def orders_of(words: Iterable[str], said: str) -> Orders:
    """How the unclear dates of these words are to be read: what was said, else what fits most of them."""
    last: dict[tuple[int, int, int], list[int]] = {}
    short: dict[tuple[int, int, int], list[int]] = {}
    for at, word in enumerate(words):
        found = _apart(word)
        if found and found.form in ("last", "short"):
            (last if found.form == "last" else short).setdefault(found.parts, []).append(at)
    european = {parts: places for parts, places in last.items() if calendar_of(parts[2]) == "gregorian"}
    if said in ("dmy", "mdy"):
        return Orders(said, said, said)
    years_last = _fitting(european, ("dmy", "mdy")) if european else ["dmy"]
    shorts = [said] if said in ("jalali", "ymd") else _fitting(short, ORDERS) if short else ["jalali"]
    likely, places = (shorts, short) if len(shorts) > 1 else (years_last, european) if len(years_last) > 1 else ([], {})
    unclear = tuple(at for many in places.values() for at in many)
    return Orders(years_last[0], shorts[0], said if said in ("jalali", "ymd") else "auto", tuple(likely), unclear)


def order_choices(example: str, orders: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each order, and which day it makes of the example."""
    found = []
    for order in orders:
        day = int(read([example], Orders(order, order, order)).days[0])
        meant = write_day(dt.date.fromordinal(day), calendar="jalali" if order == "jalali" else "gregorian") if day else tr(NEVER)
        found.append((order, tr(READS, cell=foreign(example), value=meant)))
    return tuple(found)


def _fitting(found: Iterable[tuple[int, int, int]], orders: Sequence[str]) -> list[str]:
    fits = {order: sum(_fits(parts, order) for parts in found) for order in orders}
    return [order for order, count in fits.items() if count == max(fits.values())]


def _fits(parts: tuple[int, int, int], order: str) -> bool:
    _, month, day = _ordered(parts, order)
    return 1 <= month <= 12 and 1 <= day <= 31


def _ordered(parts: tuple[int, int, int], order: str) -> tuple[int, int, int]:
    """Year, month, day."""
    a, b, c = parts
    return {"dmy": (c, b, a), "mdy": (c, a, b)}.get(order, (a, b, c))


def read(words: Sequence[str], orders: Orders, *, since_1904: bool = False) -> Days:
    """Every word as a day and, where it says so, a minute; an impossible day is refused, never shifted."""
    out = Days(np.zeros(len(words), np.int64), np.full(len(words), -1, np.int64))
    known: dict[str, int] = {}
    for at, word in enumerate(words):
        if isinstance(word, Wrong):
            out.bad[at] = WRONG_CELL
            continue
        if not word.strip():
            continue
        usual = _PLAIN.fullmatch(word)
        if usual and usual[1] in known:
            out.days[at] = known[usual[1]]
            out.minutes[at] = _minute(usual[2], usual[3]) if usual[2] else -1
            continue
        found = _apart(word)
        day = _day(found, orders, since_1904) if found else None
        if found is None or day is None:
            out.bad[at] = NO_DATE if found is None else NO_SUCH_DAY
            continue
        out.days[at], out.minutes[at] = day, found.minute
        if usual:
            known[usual[1]] = day
    return out


def calendars(days: Sequence[str], orders: Orders) -> str:
    """What the outcome says of the dates: the order used most, "jalali" where the years are Jalali."""
    seen: Counter[str] = Counter()
    for word in days:
        if found := _apart(word):
            year = {"clear": found.parts[0], "last": found.parts[2]}.get(found.form, GREGORIAN_FROM)
            order = {"short": orders.short, "last": orders.year_last}.get(found.form, "ymd")
            seen["jalali" if calendar_of(year) == "jalali" else order] += 1
    return seen.most_common(1)[0][0] if seen else ""


def minutes(words: Sequence[str]) -> NDArray[np.int64]:
    """Times of day as minutes, -1 where there is none; a time is kept or dropped, never a reason to refuse."""
    out = np.full(len(words), -1, np.int64)
    for at, word in enumerate(words):
        text = latin(plain(word)).strip().lower()
        if found := _TIME.search(text):
            out[at] = _minute(found[1], found[2], found[3])
        elif isinstance(word, Numeric) and 0 <= float(word) < 1:
            out[at] = round(float(word) * 1440) % 1440
        elif re.fullmatch(r"\d{1,2}", text):
            out[at] = _minute(text, "0")
        elif re.fullmatch(r"\d{3,4}|\d{6}", text):
            out[at] = _minute(text[:-2] if len(text) < 5 else text[:2], text[-2:] if len(text) < 5 else text[2:4])
    return out


def _minute(hours: str, rest: str, half: str | None = None) -> int:
    hour, minute = int(hours), int(rest)
    if half and half.startswith(_AFTERNOON) and hour < 12:
        hour += 12
    elif half and hour == 12 and not half.startswith(_AFTERNOON):
        hour = 0
    return hour * 60 + minute if hour < 24 and minute < 60 else -1


def _apart(word: str) -> _Word | None:
    """The word taken apart, its time put aside; None: no date."""
    if isinstance(word, Clock | Wrong):
        return None
    text = latin(plain(word)).strip().lower()
    if found := _SERIAL.fullmatch(text):  # as a spreadsheet counts days
        return _Word("serial", (int(found[1]), 0, 0), round(float(found[2]) * 1440) % 1440 if found[2] else -1)
    if isinstance(word, Numeric):
        return _together(text, -1)
    minute = -1
    if ":" in text and (clock := _TIME.search(text)):
        minute = _minute(clock[1], clock[2], clock[3])
        text = (text[: clock.start()] + " " + text[clock.end() :]).strip(" -،,t\t|")
    if any(letter.isalpha() for letter in text):
        named = _of_names(text, minute)
        if named is not None:
            return named
        text = " ".join(piece for piece in text.split() if fold(piece) not in BESIDE["date"])
    if found := _PARTS.fullmatch(text):
        first, _, last = map(len, found.groups())
        form = "short" if first <= 2 and last <= 2 else "clear" if first == 4 and last <= 2 else "last" if last == 4 and first <= 2 else ""
        return _Word(form, (int(found[1]), int(found[2]), int(found[3])), minute) if form else None
    return _together(text, minute)


def _together(text: str, minute: int) -> _Word | None:
    """A bare number: 14050803, with a time 140508031730, short 050803."""
    if found := _TOGETHER.fullmatch(text):
        return _Word("clear", (int(found[1]), int(found[2]), int(found[3])), _minute(found[4], found[5]) if found[4] else minute)
    found = _SHORT.fullmatch(text)
    return _Word("short", (int(found[1]), int(found[2]), int(found[3])), minute) if found else None


def _of_names(text: str, minute: int) -> _Word | None:
    """3 Aban 1405, Oct 25, 2026, 25-Oct-26."""
    bare = " ".join(piece for piece in re.split(r"[\s،,]+", text) if fold(piece) not in BESIDE["date"])
    found = _NAMED.fullmatch(bare)
    if not found:
        return None
    calendar, month = MONTHS.get(fold(found[2] or found[3]), ("", 0))
    if not month:
        return None
    year = int(found[5])
    if len(found[5]) == 2:
        year = full_year(year, calendar)
    return _Word("clear", (year, month, int(found[1] or found[4])), minute)


def _day(found: _Word, orders: Orders, since_1904: bool) -> int | None:
    """The ordinal of the day; None: the calendar has no such day."""
    if found.form == "serial":
        start = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30)
        return start.toordinal() + found.parts[0]
    year, month, day = found.parts
    if found.form == "last":
        jalali = calendar_of(found.parts[2]) == "jalali"
        year, month, day = _ordered(found.parts, orders.year_last if not jalali or orders.said == "mdy" else "dmy")
    elif found.form == "short":
        year, month, day = _ordered(found.parts, orders.short)
        year = full_year(year, "jalali" if orders.short == "jalali" else "gregorian")
    try:
        return day_of(year, month, day, calendar_of(year)).toordinal()
    except ValueError:
        return None
