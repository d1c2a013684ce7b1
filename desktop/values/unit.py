"""What a number counts, and how such a number is written. Rounding happens here and nowhere else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.values import money
from desktop.values.digits import DASH, foreign, half_up, local, number
from desktop.values.period import write_day
from desktop.values.quantity import write_quantity
from desktop.values.text import N_, tr
from desktop.values.writing import writing

Number = int | float | Fraction

# Translators: a number of money on a tile, shortened; {unit} is toman, rial or a currency code
_SHORT = ((10**9, N_("billion {unit}")), (10**6, N_("million {unit}")), (10**3, N_("thousand {unit}")))


@dataclass(frozen=True)
class Change:
    """How a number moved: ``text`` without sign («۷٫۰٪», «۰٫۸ واحد»); ``up`` None when it did not."""

    text: str
    up: bool | None
    amount: float


class Unit(StrEnum):
    """The first seven are units of KPIs; the rest are kinds of columns."""

    MONEY = "money"
    MONEY_PER_DAY = "money_per_day"
    SHARE = "share"
    DAYS = "days"
    COUNT = "count"
    POINTS = "points"
    RATIO = "ratio"
    TEXT = "text"
    CODE = "code"
    DAY = "day"
    TIME = "time"
    QUANTITY = "quantity"
    FLAG = "flag"

    @property
    def step(self) -> int:
        """Smallest steps in one: a target is kept in whole steps."""
        if self in (Unit.MONEY, Unit.MONEY_PER_DAY, Unit.COUNT):
            return 1
        return 10_000 if self is Unit.SHARE else 1000

    @property
    def is_number(self) -> bool:
        return self not in (Unit.TEXT, Unit.CODE, Unit.DAY, Unit.TIME, Unit.FLAG)

    def write(self, value: object) -> str:
        """``value`` as a person reads it, with its unit's word; None is «—»."""
        if value is None or value == "":
            return DASH if self.is_number else ""
        match self:
            case Unit.MONEY:
                return f"{self.number(value)} {money.unit_name()}"
            case Unit.MONEY_PER_DAY:
                return tr("{amount} a day", amount=Unit.MONEY.write(value))
            case Unit.DAYS:
                return tr("{n} days", n=self.number(value))
            case Unit.RATIO:
                return tr("{n} times", n=self.number(value))
            case _:
                return self.number(value)

    def number(self, value: object) -> str:
        """``value`` without a unit's word, for columns whose heading names the unit."""
        if value is None:
            return DASH
        if isinstance(value, dt.date):
            return write_day(value, short=True)
        if isinstance(value, str):
            return local(value) if self is Unit.TIME else foreign(value) if self is Unit.CODE else value
        assert isinstance(value, int | float | Fraction)
        match self:
            case Unit.MONEY | Unit.MONEY_PER_DAY:
                return _money(value)
            case Unit.SHARE:
                return number(_times(value, 100), 1, percent=True)
            case Unit.QUANTITY:
                return write_quantity(int(value))
            case Unit.FLAG:
                return "✓" if value else ""
            case Unit.RATIO:
                return number(value, 1)
            case Unit.COUNT:
                return number(value, 0 if half_up(value, 1) == half_up(value) else 1)
            case _:
                return number(value, 0 if float(value).is_integer() else 1)

    def tile(self, value: Number | None) -> tuple[str, str]:
        """The number and its word for a tile: money shortened to at most four or five digits."""
        if value is None:
            return DASH, ""
        match self:
            case Unit.MONEY | Unit.MONEY_PER_DAY:
                return _short_money(value)
            case Unit.DAYS:
                return self.number(value), tr("days")
            case Unit.RATIO:
                return self.number(value), tr("times")
            case _:
                return self.number(value), ""

    def change(self, now: Number | None, before: Number | None) -> Change | None:
        """Shares and points move by points, everything else by a share of what it was; None if that cannot be said."""
        if now is None or before is None:
            return None
        if self in (Unit.SHARE, Unit.POINTS):
            amount = float(now - before) * (100 if self is Unit.SHARE else 1)
            rounded = half_up(abs(amount), 1)
            text = tr("{n} points", n=number(rounded, 1))
        else:
            if before <= 0:
                return None
            amount = float(now - before) / float(before)
            rounded = half_up(abs(amount) * 100, 1)
            text = number(rounded, 1, percent=True)
        return Change(text, None if rounded == 0 else amount > 0, amount)


def _times(value: Number, factor: int) -> Number:
    """Exact for a float written in decimals: 0.285 × 100 is 28.5, not 28.499."""
    return value * factor if not isinstance(value, float) else Fraction(repr(value)) * factor


def _money(value: Number) -> str:
    scale, places = money.scale(), money.decimals()
    if isinstance(value, int):
        if places == 0 and value % scale:
            return number(Fraction(value, scale), 1)  # a rial of a toman is never lost from sight
        return number(Fraction(value, scale), places)
    return number(Fraction(value) / scale, places)


def _short_money(value: Number) -> tuple[str, str]:
    scale, unit = money.scale(), money.unit_name()
    amount = Fraction(value) / scale
    for size, word in _SHORT:
        if abs(amount) >= size * 10:
            shortened = amount / size
            return number(shortened, 0 if abs(shortened) >= 1000 else 1), tr(word, unit=unit)
    return number(amount, money.decimals() if abs(amount) < 1000 and writing().currency != "IRR" else 0), unit
