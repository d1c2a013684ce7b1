"""Numbers as other programs write them: three scripts of digits, marks for thousands and decimals, brackets, currency words.

Which mark means what is decided by the whole column; words are parsed once each, however many rows hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.reader import Numeric, Typed, Wrong
from desktop.values.digits import latin, plain, unsigned
from desktop.values.fold import KEYBOARD
from desktop.values.money import RIAL, TOMAN, UNIT_WORD, scale_of
from desktop.values.rounding import half_up
from desktop.values.text import N_, Refused

MARKS = ",.٬،٫'’"
MOST = 10**15  # smallest units in one cell: a thousand million million

WRONG_CELL = N_("The cell holds an error, or a formula without a result.")

_POWER = re.compile(r"(?<=[\d.])e([+-]?\d{1,2})$")
_SPACES = re.compile(r"(?<=\d)\s(?=\d{3}(?:\D|$))")
_CORE = re.compile(rf"[\d{MARKS}]*\d[\d{MARKS}]*")
_GROUPED = re.compile(rf"\d*|\d{{1,3}}([{MARKS}])\d{{3}}(?:\1\d{{3}})*")  # thousands marks every three digits, all alike


@dataclass
class Parsed:
    """One column's words as whole numbers: ``values[i]``, ``blank[i]`` ... belong to word ``i``.

    ``rough``: it had to be rounded; ``percent``: it is a percentage; ``bad`` says why a word is no number.
    """

    values: NDArray[np.int64]
    blank: NDArray[np.bool_]
    rough: NDArray[np.bool_]
    percent: NDArray[np.bool_]
    bad: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bare:
    """A word taken apart: the digits with their marks, the sign, currency words, a percent sign, a power of ten."""

    core: str
    negative: bool = False
    letters: tuple[str, ...] = ()
    percent: bool = False
    power: int = 0


def bare(word: str) -> Bare | None:
    """The word taken apart; None if it is no number."""
    text = latin(plain(word)).lower().translate(KEYBOARD).replace("\u00a0", " ").replace("\u202f", " ").strip()
    percent = "%" in text or "٪" in text
    if percent:
        text = text.replace("%", "").replace("٪", "").strip()
    power = 0
    if "e" in text and (found := _POWER.search(text)):
        power, text = int(found[1]), text[: found.start()]
    letters = tuple(UNIT_WORD.findall(text))
    if letters:
        text = UNIT_WORD.sub(" ", text).strip(" .")
    text, negative = unsigned(text)
    text = _SPACES.sub("", text.removeprefix("+").strip())
    return Bare(text, negative, letters, percent, power) if _CORE.fullmatch(text) else None


@dataclass(frozen=True)
class Shape:
    """What each mark means in a column where a word alone does not tell: True = decimal, False = thousands."""

    decimal: dict[str, bool]
    said: str | None = None

    def read(self, core: str) -> tuple[int, int] | None:
        """Digits without marks, and how many of them are decimals; None: the marks make no sense."""
        if core.isdecimal():
            return int(core), 0
        places = [at for at, letter in enumerate(core) if letter in MARKS]
        last = core[places[-1]]
        whole, part = core[: places[-1]], core[places[-1] + 1 :]
        if self.said:
            is_decimal = last in (self.said, "٫")
        else:
            clear = _clear(core, places)
            is_decimal = self.decimal.get(last, False) if clear is None else clear
        if not is_decimal:
            whole, part = core, ""
        elif any(mark in whole for mark in (last, "٫")):
            return None
        if not _GROUPED.fullmatch(whole):
            return None
        digits = "".join(letter for letter in whole + part if letter.isdecimal())
        return (int(digits), len(part)) if digits else None


def shape_of(cores: Iterable[str], decimal: str | None, *, whole: bool) -> Shape | None:
    """How the column's numbers are written; None: nobody can tell a thousands mark from a decimal one.

    Args:
        cores: the column's numbers, as `bare` leaves them.
        decimal: what the person said, "." or ",".
        whole: the column can hold no decimals (rials), so a mark before three digits parts thousands.
    """
    if decimal:
        return Shape({}, decimal)
    sure: dict[bool, set[str]] = {True: set(), False: set()}
    unsure: set[str] = set()
    for core in cores:
        places = [at for at, letter in enumerate(core) if letter in MARKS]
        if not places:
            continue
        clear = _clear(core, places)
        if clear is None:
            unsure.add(core[places[-1]])
            continue
        sure[clear].add(core[places[-1]])
        sure[False] |= {core[at] for at in places[:-1]}
    meaning = {}
    for mark in unsure:
        if (mark in sure[True]) != (mark in sure[False]):
            meaning[mark] = mark in sure[True]
        elif mark not in sure[True] and (sure[True] or sure[False] or whole or mark in "٬'’"):
            meaning[mark] = bool(sure[False]) and not sure[True]  # another mark than those that part thousands, and none parts decimals
        else:
            return None
    return Shape(meaning)


def _clear(core: str, places: Sequence[int]) -> bool | None:
    """Whether the last mark is surely a decimal one (True), surely not (False), or only the column tells (None)."""
    last = core[places[-1]]
    if last == "٫":
        return True
    if core.count(last) > 1:
        return False
    before, after = core[: places[-1]], core[places[-1] + 1 :]
    if len(places) > 1:
        return True
    if len(after) == 3 and 1 <= len(before) <= 3 and before != "0":
        return None
    return True


def amounts(words: Sequence[str], shape: Shape, scale: int, currency: str, *, percents: bool = False) -> Parsed:
    """Amounts of money in smallest units, half up; ``scale`` smallest units make one written unit where a cell says nothing.

    With ``percents`` a cell may be a percentage instead: then it is given in millionths.
    """

    def unit(found: Bare) -> int | None:
        scales = [scale_of(letters, currency) for letters in found.letters]
        if None in scales or (found.percent and not percents):
            return None
        return 10_000 if found.percent else scales[-1] if scales else scale

    return _parsed(words, shape, scale, unit, N_("“{value}” is not an amount of money."))


def scaled(words: Sequence[str], shape: Shape, scale: int, *, percents: bool = False) -> Parsed:
    """Plain numbers × ``scale``, half up (quantities in thousandths); ``percents``: a percent sign is noted, not refused."""

    def unit(found: Bare) -> int | None:  # «۲ عدد», "1.5 kg": a word of measure beside a quantity does no harm
        return scale if (percents or not found.percent) and len(found.letters) <= 1 else None

    return _parsed(words, shape, scale, unit, N_("“{value}” is not a number."))


def _parsed(words: Sequence[str], shape: Shape, scale: int, unit: Callable[[Bare], int | None], reason: str) -> Parsed:
    """``unit``: how many smallest units one of the word's is; None: such a word cannot stand here, for this ``reason``."""
    n = len(words)
    parsed = Parsed(np.zeros(n, np.int64), np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool))
    for at, word in enumerate(words):
        if word.isascii() and word.isdigit() and len(word) < 12:
            parsed.values[at] = int(word) * scale
        elif isinstance(word, Wrong):
            parsed.bad[at] = WRONG_CELL
        elif not word.strip():
            parsed.blank[at] = True
        elif (found := bare(word)) is None or (read := _digits(word, found, shape)) is None or (times := unit(found)) is None:
            parsed.bad[at] = reason
        else:
            parsed.percent[at] = found.percent
            _put(parsed, at, read, found, times)
    return parsed


def cores(words: Iterable[str]) -> list[str]:
    """The words' digits with their marks, of those whose marks have to be understood."""
    return [found.core for word in words if not isinstance(word, Typed) and not word.isdecimal() and (found := bare(word))]


def _digits(word: str, found: Bare, shape: Shape) -> tuple[int, int] | None:
    if not isinstance(word, Numeric):
        return shape.read(found.core)
    whole, _, part = found.core.partition(".")
    digits = whole + part
    return (int(digits), len(part)) if digits.isdecimal() else None


def _put(parsed: Parsed, at: int, read: tuple[int, int], found: Bare, scale: int) -> None:
    digits, places = read
    places -= found.power
    size = half_up(digits * scale, 10**places) if places > 0 else digits * scale * 10**-places
    parsed.rough[at] = places > 0 and digits * scale % 10**places != 0
    if size > MOST:
        parsed.bad[at] = N_("“{value}” is more than a book can hold; check the number of zeros.")
    else:
        parsed.values[at] = -size if found.negative else size


def said_unit(texts: Iterable[str]) -> str | None:
    """The unit that headers name: "toman", "rial"; None if they name none, or both."""
    letters = {word for text in texts for word in UNIT_WORD.findall(plain(text).lower().translate(KEYBOARD))}
    found = [unit for unit, spelt in (("toman", TOMAN), ("rial", RIAL)) if letters & spelt]
    return found[0] if len(found) == 1 else None


def ambiguous(label: str, example: str) -> Refused:
    """The refusal of a column whose marks nobody can tell apart."""
    said = N_("In column {column}, {example} can be a number with thousands or with decimals. Say which mark parts decimals (--decimal).")
    return Refused(said, field="decimal", column=label, example=example)
