"""How things are written, for the whole process: language, digits, money unit, calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CALENDARS = ("jalali", "gregorian")

# ISO 4217 minor units that are not 2. The book of an Iranian shop counts whole rials: nobody writes a dinar of one.
_EXPONENTS = dict.fromkeys("IRR BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0) | dict.fromkeys(
    "BHD IQD JOD KWD LYD OMR TND".split(), 3
)


@dataclass(frozen=True)
class Writing:
    """``digits`` fa or latin; ``money`` toman or rial in an IRR book, else major; ``calendar`` jalali or gregorian."""

    language: str = "fa"
    digits: str = "fa"
    currency: str = "IRR"
    money: str = "toman"
    calendar: str = "jalali"

    def __post_init__(self) -> None:
        for value, allowed in (
            (self.language, ("fa", "en")),
            (self.digits, ("fa", "latin")),
            (self.money, ("toman", "rial", "major")),
            (self.calendar, CALENDARS),
        ):
            if value not in allowed:
                raise ValueError(f"{value!r} is not one of {allowed}")

    @property
    def toman(self) -> bool:
        return self.currency == "IRR" and self.money != "rial"

    @property
    def scale(self) -> int:
        """How many of the book's smallest units one written unit holds: 10 rials a toman, 100 pence a pound."""
        return 10 if self.toman else 10 ** exponent(self.currency)


_writing = Writing()


def use_writing(chosen: Writing) -> None:
    """Everything, sentences too, is written in this way from now on in the whole process."""
    global _writing
    _writing = chosen


def writing() -> Writing:
    return _writing


def exponent(currency: str) -> int:
    """How many decimals of the currency's own unit the book's smallest unit is: IRR 0, GBP 2, KWD 3."""
    return _EXPONENTS.get(currency, 2)


def writing_said(said: Callable[[str, str], str], language: str | None = None) -> Writing:
    """The writing that settings ask for, by ``said(key, default)``; ``language`` wins over theirs."""
    plain = Writing()
    chosen = language or said("language", plain.language)
    return Writing(
        language=chosen,
        digits=said("digits", plain.digits) if chosen == "fa" else "latin",
        currency=said("currency", plain.currency),
        money=said("money_unit", plain.money),
        calendar=said("calendar", plain.calendar),
    )
