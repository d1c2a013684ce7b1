"""Digits and numbers as a person writes them, and the marks that keep them in order inside Persian text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from desktop.values.text import language
from desktop.values.writing import writing

LTR, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"
MINUS = "\u2212"
DASH = "—"  # no number

_LATIN = {ord(a): str(n) for script in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for n, a in enumerate(script)}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PERSIAN_NUMBER = str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def latin(text: str) -> str:
    """Persian and Arabic digits as 0-9; everything else stays."""
    return text.translate(_LATIN)


def local(text: str) -> str:
    """0-9 in the writing's digits; everything else stays."""
    return text.translate(_PERSIAN) if _persian() else text


def number(
    value: int | float | Fraction | Decimal,
    decimals: int = 0,
    *,
    percent: bool = False,
    sign: bool = False,
    group: bool = True,
) -> str:
    """``value`` rounded half up to ``decimals``, sign, groups and percent sign in one left-to-right isolate.

    Without the isolate the place of «٪» and «−» depends on the letter before them.
    """
    rounded = half_up(value, decimals)
    text = format(abs(rounded), f"{',' if group else ''}.{decimals}f") + ("%" if percent else "")
    mark = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return LTR + mark + (text.translate(_PERSIAN_NUMBER) if _persian() else text) + END


def half_up(value: int | float | Fraction | Decimal, decimals: int = 0) -> Decimal:
    """``value`` to ``decimals`` places, halves away from zero; a float counts as the number it prints as."""
    if isinstance(value, Fraction):
        scaled = value * 10**decimals
        whole = (abs(scaled) * 2 + 1) // 2
        return Decimal(int(whole) if scaled >= 0 else -int(whole)).scaleb(-decimals)
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def foreign(text: str) -> str:
    """Somebody's own text inside a sentence: it keeps its full stop and its direction."""
    return f"{FIRST_STRONG}{text}{END}"


def plain(text: str) -> str:
    """``text`` without direction marks: for the clipboard, files and screen readers."""
    return _MARKS.sub("", text)


def _persian() -> bool:
    return writing().digits == "fa" and language() == "fa"
