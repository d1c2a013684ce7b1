"""The kinds of things the shop counts, and how each is written in a table, a sentence and a tile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from desktop.values.day import write_day
from desktop.values.digits import DASH, foreign, left_to_right, local, number, parse_share, read_number, write_quantity
from desktop.values.money import currency_word, parse_money, write_amount
from desktop.values.rounding import ONE, Value, exact, half_up, rounded
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import writing

Number = int | float
WHOLE = N_("A target of this KPI is a whole number.")
_POWERS = {12: N_("trillion {unit}"), 9: N_("billion {unit}"), 6: N_("million {unit}"), 3: N_("thousand {unit}")}


@dataclass(frozen=True)
class Change:
    """How a number moved: ``text`` without sign («۷٫۰٪», «۰٫۸ واحد»); ``up`` is None when it did not."""

    text: str
    up: bool | None


class Unit(StrEnum):
    """What a number (or a column) is; values come in the units of `kpi --json`."""

    MONEY = "money"
    MONEY_PER_DAY = "money_per_day"
    SHARE = "share"
    DAYS = "days"
    COUNT = "count"
    POINTS = "points"
    RATIO = "ratio"
    TEXT = "text"
    DAY = "day"
    TIME = "time"
    QUANTITY = "quantity"
    CODE = "code"
    FLAG = "flag"

    def write(self, value: Any, *, to_the_rial: bool = False) -> str:
        """``value`` with its unit word, as a sentence or a lone cell wants it; None is «—». Money is whole but on a document."""
        if value is None:
            return DASH
        text, word = self.number(value) if to_the_rial else self.whole(value), self.word
        return f"{text} {word}" if word else text

    def number(self, value: Any) -> str:
        """``value`` without a unit word, as a column under a titled header wants it; None is «—»."""
        return DASH if value is None else _WRITE[self](value)

    def whole(self, value: Any) -> str:
        """`number`, with money rounded to the written unit: nobody reads the rials of a month's sales."""
        return self.number(exact(value) if self is Unit.MONEY and value is not None else value)

    def exactly(self, value: Any) -> str:
        """`number`, with all its digits: a seller's part of a shared invoice has up to four."""
        if self is Unit.QUANTITY:
            return number(exact(value) / ONE, 7, trim=True)
        return number(value, 4, trim=True) if self in (Unit.COUNT, Unit.DAYS) else self.number(value)

    def as_written(self, value: Any) -> float:
        """The number that a reader of `whole` sees."""
        return float(read_number(self.whole(value)) * {Unit.MONEY: writing().scale, Unit.QUANTITY: ONE}.get(self, 1))

    def tile(self, value: Number | None) -> tuple[str, str]:
        """``value`` short enough for a tile, and the word beside it: («۱۸۲٫۷», «میلیون تومان»)."""
        if value is None:
            return DASH, ""
        if self not in _MONEYS:
            return self.number(value), self.word
        scaled, power = _scaled(value)
        return (scaled, tr(_POWERS[power], unit=self.word)) if power else (write_amount(value), self.word)

    def short(self, value: Number | None) -> str:
        """The same in one text, as a sentence wants it."""
        return " ".join(self.tile(value)).strip()

    def change(self, now: Number | None, before: Number | None) -> Change | None:
        """Shares and points move by points, all else by percent of what it was; None if that cannot be said."""
        if now is None or before is None:
            return None
        if self in (Unit.SHARE, Unit.POINTS):
            moved = (exact(now) - exact(before)) * (100 if self is Unit.SHARE else 1)
            text = tr("{n} points", n=number(abs(moved), 1))
        elif before <= 0:
            return None
        else:
            moved = (exact(now) / exact(before) - 1) * 100
            text = number(abs(moved), 1, percent=True)
        return Change(text, None if rounded(moved, 1) == 0 else moved > 0)

    @property
    def word(self) -> str:
        """The unit's word after a number; empty where none belongs."""
        if self is Unit.MONEY:
            return currency_word()
        if self is Unit.MONEY_PER_DAY:
            return tr("{unit} a day", unit=currency_word())
        return tr("days") if self is Unit.DAYS else tr("times") if self is Unit.RATIO else ""

    @property
    def step(self) -> int:
        """How many parts of one a target of this unit is kept in: a share 10,000, money and counts 1, others 1,000."""
        return {Unit.MONEY: 1, Unit.COUNT: 1, Unit.SHARE: 10_000}.get(self, 1000)

    def goal(self, text: str) -> int:
        """A typed target in the steps it is kept in: 5,000,000 toman a day are 50,000,000,000. `Refused`: it is no such number."""
        if self in _MONEYS:
            return parse_money(text) * self.step
        if self is Unit.SHARE:
            return parse_share(text)
        kept = read_number(text) * self.step
        if self is Unit.COUNT and kept.denominator != 1:
            raise Refused(WHOLE)
        return half_up(kept.numerator, kept.denominator)

    def write_goal(self, kept: int) -> str:
        """A kept target as `goal` reads it, without a word."""
        if self in _MONEYS:
            return write_amount(Fraction(kept, self.step) if kept % self.step else kept // self.step)
        return write_quantity(kept) if self.step == ONE else self.on_scale(kept / self.step, 1)

    def scale(self, top: Number) -> tuple[int, str]:
        """One scale for a whole axis or column up to ``top``: how many make one written step, and its word.

        182 million tomans in rials: (10_000_000, «میلیون تومان»).
        """
        if self not in _MONEYS:
            return 1, self.word
        _, power = _scaled(top)
        return writing().scale * 10**power, self.tile(writing().scale * 10**power)[1]

    def on_scale(self, value: Number, step: Number, decimals: int | None = None) -> str:
        """``value`` in steps of a `scale`, without a word; with ``decimals`` places, or as few as it needs (up to two)."""
        scaled = exact(value) * 100 if self is Unit.SHARE else exact(value) / exact(step)
        return number(scaled, 2 if decimals is None else decimals, percent=self is Unit.SHARE, trim=decimals is None)


@dataclass(frozen=True)
class Column:
    """A column of a list, a drill-down or an export.

    ``title`` is marked with ``N_``; ``secret``: none, cost (what goods cost), others (other sellers' numbers).
    """

    key: str
    title: str
    unit: Unit
    secret: str = "none"


def _scaled(amount: Number) -> tuple[str, int]:
    """``amount`` with at most four digits in thousands, millions ... of the writing's unit; and that power of ten."""
    whole = exact(amount) / writing().scale
    for power in _POWERS:
        size = abs(whole) / 10**power
        if size >= Fraction(99_995, 100_000):  # 999.95 thousand reads as a million
            return number(whole / 10**power, 3 if size < 10 else 2 if size < 100 else 1, trim=True), power
    return number(whole), 0


def _few(value: Value) -> str:
    """Whole numbers as such, others with one place."""
    return number(value, 1, trim=True)


def _text(text: object) -> str:
    """Somebody's text; letters of the other direction keep their full stop at their own end."""
    text, persian = str(text), language() == "fa"
    odd = any(("a" <= letter.lower() <= "z") if persian else ("\u0590" <= letter <= "\u08ff") for letter in text)
    return foreign(text) if odd else text


def _code(code: object) -> str:
    """A code or phone number, always left to right; Persian digits only where it is nothing but a number."""
    text = str(code)
    return left_to_right(text if any(letter.isalpha() for letter in text) else local(text))


_MONEYS = (Unit.MONEY, Unit.MONEY_PER_DAY)
_WRITE: dict[Unit, Callable[[Any], str]] = {
    Unit.MONEY: write_amount,
    Unit.MONEY_PER_DAY: write_amount,
    Unit.SHARE: lambda value: number(exact(value) * 100, 1, percent=True),
    Unit.DAYS: _few,
    Unit.COUNT: _few,
    Unit.POINTS: _few,
    Unit.RATIO: lambda value: number(value, 2 if abs(value) < 10 else 1),
    Unit.TEXT: _text,
    Unit.DAY: lambda day: write_day(day, short=True),
    Unit.TIME: lambda time: local(str(time)[:5]),
    Unit.QUANTITY: write_quantity,
    Unit.CODE: _code,
    Unit.FLAG: lambda flag: "✓" if flag else "",
}

# what each KPI is measured in
KPI_UNITS: dict[str, Unit] = {
    key: unit
    for unit, keys in {
        Unit.MONEY: "revenue gross_profit average_order_value average_purchase_value clv_historic clv_12m cac cac_paid cac_loaded "
                    "won_value lost_value pipeline_value weighted_forecast",
        Unit.MONEY_PER_DAY: "sales_velocity",
        Unit.SHARE: "gross_margin markup conversion_rate romi retention_rate sales_growth sales_growth_yoy sales_growth_real "
                    "target_attainment target_pace win_rate returns_rate discount_rate repeat_rate churn_rate",
        Unit.RATIO: "roas pipeline_coverage ltv_cac",
        Unit.POINTS: "nps",
        Unit.DAYS: "sales_cycle sales_cycle_median",
        Unit.COUNT: "activities won_deals lost_deals units_per_transaction orders customers new_customers",
    }.items()
    for key in keys.split()
}  # fmt: skip
