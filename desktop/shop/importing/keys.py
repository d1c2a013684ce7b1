"""Keys as cells hold them: several phones in one, extensions, and numbers that a spreadsheet wrote with an exponent."""

from __future__ import annotations

import re

from desktop.values.digits import latin
from desktop.values.fold import phone

_DAMAGED = re.compile(r"[+-]?\d([.,٫]\d+)?[eE]\+\d+")
_EXTENSION = re.compile(r"(?:داخلی|داخل|ext(?:ension)?\b|\bx(?=\s*\d)|#)[\s.:]*\d", re.IGNORECASE)
_RUNS = re.compile(r"\d+")
_LIGHT = re.compile(r"[\s()./+\-\u2010-\u2015\u2212\u200c\u200e\u200f]*")  # what stands inside of one number
_ABROAD = re.compile(r"[\s(]*(?:\+|00)\s*(?!98)")
_TWO = re.compile(r"\s*(0\d{10})0\d{10}\s*")
_AND = re.compile(r"^(?:و|یا|or|and)\s+|[)\s]+$")
_ENOUGH = 7  # digits of a number that can be called


def damaged(text: str) -> bool:
    """A number of many digits of which a spreadsheet kept three: 9.12E+09."""
    return _DAMAGED.fullmatch(latin(text.strip())) is not None


def apart(text: str) -> tuple[str, str]:
    """The first phone of a cell, and what else stands there; a damaged number is none.

    A number ends at a letter, a comma, an extension, or where it is whole and another one begins.
    """
    if damaged(text):
        return "", ""
    plain, end = latin(text), len(text)
    if two := _TWO.fullmatch(plain):
        return two[1], plain[two.end(1) :].strip()
    if found := _EXTENSION.search(plain):
        end = found.start()
    runs = list(_RUNS.finditer(plain, 0, end))
    for at in range(1, len(runs)):
        between, before = plain[runs[at - 1].end() : runs[at].start()], plain[: runs[at - 1].end()]
        if _ends(between, before, plain[runs[at].start() : end]):
            end = runs[at - 1].end()
            break
    return text[:end], _AND.sub("", text[end:].strip(" ،,;؛/|-–—\u200c\n\r\t"))


def _ends(between: str, before: str, after: str) -> bool:
    """Whether a number is whole in ``before``, so that ``after`` begins another."""
    digits, left = phone(before) or "", sum(letter.isdigit() for letter in after)
    if len(digits) < 3:
        return False
    if "\n" in between or not _LIGHT.fullmatch(between):
        return True
    if _ABROAD.match(before):
        return len(digits) >= 12
    if len(digits) >= (11 if digits.startswith("0") else 10):
        return True
    whole = 10 if digits.startswith("0") and not digits.startswith("09") else 11 if digits.startswith("0") else _ENOUGH
    return len(digits) >= whole and (left >= _ENOUGH or (left <= 2 and between in ("-", "/")))
