"""How things are written, for the whole process: language, digits, money unit, calendar."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.text import use_language

# ISO 4217 minor units that are not 2. The book of an Iranian shop counts whole rials: nobody writes a dinar.
_EXPONENTS = dict.fromkeys(
    "IRR BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF AFN".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)


@dataclass(frozen=True)
class Writing:
    """``digits``: fa or latin; ``money``: toman or rial in an IRR book, else major; ``calendar``: jalali or gregorian."""

    language: str = "fa"
    digits: str = "fa"
    currency: str = "IRR"
    money: str = "toman"
    calendar: str = "jalali"


_writing = Writing()


def use_writing(chosen: Writing) -> None:
    """Everything is written in this way from now on."""
    global _writing
    _writing = chosen
    use_language(chosen.language)


def writing() -> Writing:
    return _writing


def exponent(currency: str) -> int:
    """How many decimals the book's smallest unit stands below the currency's own unit."""
    return _EXPONENTS.get(currency, 2)
