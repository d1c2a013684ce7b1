"""Digits and numbers as a person writes and reads them, and the marks that keep them in order inside Persian text."""

from __future__ import annotations

import re
from fractions import Fraction

from desktop.values.rounding import ONE, Value, rounded
from desktop.values.text import N_, Refused, language, sentences
from desktop.values.writing import writing

LTR, RTL, FIRST_STRONG, END = "\u2066", "\u2067", "\u2068", "\u2069"
MINUS = "\u2212"
DASH = "—"  # stands where there is no number
MOST = 10**12  # a thousand million pieces

_LATIN = {ord(digit): str(n) for script in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for n, digit in enumerate(script)}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_PERSIAN_NUMBER = str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_MINUSES = tuple("-\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d")
_NUMBER = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[,٬،'’]\d{3})+)?(?:[.٫](?P<part>\d+))?")


def latin(text: str) -> str:
    """Persian and Arabic digits as 0-9; everything else stays."""
    return text.translate(_LATIN)


def local(text: str) -> str:
    """0-9 in the writing's digits; everything else stays."""
    return text.translate(_PERSIAN) if _persian_digits() else text


def number(value: Value, decimals: int = 0, *, percent: bool = False, group: bool = True, trim: bool = False) -> str:
    """``value`` rounded half up to ``decimals`` places; ``percent`` puts the sign behind it.

    ``trim`` leaves closing zeros of the decimals off, ``group`` sets thousands apart.
    In Persian the number stands in a left-to-right isolate, minus at its left, and «٪» to the left of both:
    without the isolates their place depends on the letter before.
    """
    units = rounded(value, decimals)
    while trim and decimals and units % 10 == 0:
        units, decimals = units // 10, decimals - 1
    whole, part = divmod(abs(units), 10**decimals)
    text = f"{whole:,}" if group else str(whole)
    if decimals:
        text += f".{part:0{decimals}}"
    text = (MINUS if units < 0 else "") + text
    mark = "%" if percent else ""
    if language() != "fa":
        return text + mark
    if _persian_digits():
        text, mark = text.translate(_PERSIAN_NUMBER), mark.translate(_PERSIAN_NUMBER)
    return f"{RTL}{left_to_right(text)}{mark}{END}" if mark else left_to_right(text)


def ntr(one: str, many: str, n: int, /, **holes: object) -> str:
    """The sentence ``one`` or ``many`` by ``n``; the hole ``{n}`` is filled with the number as a person writes it."""
    return sentences(language()).ngettext(one, many, n).format(n=number(n), **holes)


def read_number(text: str) -> Fraction:
    """The number a person typed, exactly.

    Digits of three scripts, «٬ ، ,» between thousands, «٫» or «.» before decimals; a minus on either side, or brackets.

    Raises:
        Refused: ``text`` is not a number.
    """
    bare = latin(plain(text)).strip()
    core, negative = unsigned(bare)
    found = _NUMBER.fullmatch(core)
    if not found or not any(found.groups()):
        raise Refused(
            N_("“{text}” is not a number; write it with digits, such as {example}."), text=foreign(text.strip()), example=number(1250)
        )
    whole, part = re.sub(r"\D", "", found["whole"] or "0"), found["part"] or ""
    value = Fraction(int(whole + part), 10 ** len(part))
    return -value if negative else value


def parse_quantity(text: str) -> int:
    """A typed quantity in thousandths: «۲٫۵» is 2500. `Refused`: not a number, finer than a thousandth, or beyond belief."""
    thousandths = read_number(text) * ONE
    if thousandths.denominator != 1:
        raise Refused(N_("A quantity has at most three decimals: “{text}” has more."), text=foreign(text.strip()))
    if abs(thousandths) > MOST:
        raise Refused(N_("“{text}” is more than a shop can sell; check the number of zeros."), text=foreign(text.strip()))
    return int(thousandths)


def write_quantity(thousandths: float) -> str:
    """A quantity without needless zeros: 2500 is «۲٫۵»; a seller's part of a piece may be finer, and is rounded."""
    return number(Fraction(thousandths) / ONE, 3, trim=True)


def parse_share(text: str) -> int:
    """A typed percentage, with or without its sign, in ten-thousandths: «۱۲٫۵٪» is 1250. `Refused`: not a number, or finer."""
    bare = latin(plain(text)).strip().strip("%٪").strip()
    share = read_number(bare) * 100
    if share.denominator != 1:
        raise Refused(N_("A percentage has at most two decimals: “{text}” has more."), text=foreign(text.strip()))
    return int(share)


def _persian_digits() -> bool:
    return language() == "fa" and writing().digits == "fa"  # English is always written 123


def unsigned(text: str) -> tuple[str, bool]:
    """What was typed without its sign, and whether that was a minus: on either side, or brackets."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith(_MINUSES):
        return text[1:].strip(), True
    if text.endswith(_MINUSES):
        return text[:-1].strip(), True
    return text.removeprefix("+").strip(), False


def left_to_right(text: str) -> str:
    """A number, code or date inside Persian text, its pieces in the order they are written; English needs no marks."""
    return f"{LTR}{text}{END}" if language() == "fa" else text


def foreign(text: str) -> str:
    """Somebody's own text inside a sentence: it keeps its full stop and its direction."""
    return f"{FIRST_STRONG}{text}{END}"


def plain(text: str) -> str:
    """``text`` without direction marks: for the clipboard, files and screen readers."""
    return _MARKS.sub("", text)
