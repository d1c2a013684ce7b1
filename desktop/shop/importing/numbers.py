"""Numbers as other programs write them: three scripts of digits, marks for thousands and decimals, brackets, currency words.

Which mark means what is decided by the whole column; words are parsed once each, however many rows hold them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.reader import Numeric, Typed, Wrong
from desktop.values.digits import foreign, latin, number, plain, unsigned
from desktop.values.fold import KEYBOARD
from desktop.values.money import RIAL, TOMAN, UNIT_WORD, scale_of
from desktop.values.rounding import half_up
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

MARKS = ",.٬،٫'’"
MOST = 10**15  # smallest units in one cell: a thousand million million

_COMMAS = {"،": ","}

ODD_MARKS = N_("The marks of “{value}” do not fit the rest of its column.")
UNCLEAR = N_("In column {column} it is not clear which mark parts decimals: what is {example}?")
READS = N_("{cell} means {value}")
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

    def of(self, codes: NDArray[np.int32]) -> Parsed:
        """The same row by row, where row ``i`` holds word ``codes[i]``."""
        return Parsed(self.values[codes], self.blank[codes], self.rough[codes], self.percent[codes])


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
    """What the marks of a column mean: ``point``, which of "." and "," parts its decimals, as nearly all its cells have it.

    ``whole``: the column knows no decimals (rials), unless they are noughts or the person ``said`` their mark. ``unclear``: numbers by
    which nobody can tell it.
    """

    point: str = "."
    whole: bool = False
    said: bool = False
    unclear: tuple[str, ...] = ()

    def read(self, core: str, *, finer: bool = False) -> tuple[int, int] | None:
        """Digits without marks, and how many of them are decimals; None: the marks make no sense here.

        With ``finer`` a word of scale stands beside the number, so that even a column of rials has decimals («۴.۵ میلیون»).
        """
        if core.isdecimal():
            return int(core), 0
        places = [at for at, letter in enumerate(core) if letter in MARKS]
        last = core[places[-1]]
        whole, part = core[: places[-1]], core[places[-1] + 1 :]
        if self.said or not self.whole:
            is_decimal = last == "٫" or _COMMAS.get(last, last) == self.point
        elif finer:
            clear = _clear(core, places)
            if clear is None:
                return None
            is_decimal = clear
        else:
            is_decimal = last == "٫" or (last == "." and not _thousands(core) and not part.strip("0"))
        if not is_decimal:
            whole, part = core, ""
        elif any(mark in whole for mark in (last, "٫")):
            return None
        if not _thousands(whole):
            return None
        digits = "".join(letter for letter in whole + part if letter.isdecimal())
        return (int(digits), len(part)) if digits else None


def _thousands(core: str) -> bool:
    """Whether all marks of ``core`` stand as marks of thousands do."""
    return _GROUPED.fullmatch(core) is not None and not (core[:1] == "0" and any(mark in core for mark in MARKS))


def shape_of(cores: Sequence[str], counts: Sequence[int], said: str | None, *, whole: bool, money: bool) -> Shape:
    """How the column's numbers are written, as nearly all its cells have it: an odd one decides nothing.

    Args:
        cores: the column's numbers, as `bare` leaves them, and in how many cells each stands.
        counts: see ``cores``.
        said: what the person said, "." or ",".
        whole: the column can hold no decimals (rials), so a mark before three digits parts thousands.
        money: three decimals would be strange.
    """
    if said or whole:
        return Shape(said or ".", whole, bool(said))
    clear: Counter[str] = Counter()  # decimal mark → cells that surely have it so
    unclear: Counter[str] = Counter()  # mark → cells whose only mark it is, before three digits
    examples: dict[str, str] = {}
    for core, count in zip(cores, counts, strict=True):
        places = [at for at, letter in enumerate(core) if letter in MARKS]
        last = _COMMAS.get(core[places[-1]], core[places[-1]]) if places else ""
        if last not in (".", ","):  # «٬» and «٫» say what they are
            continue
        decimal = _clear(core, places)
        if decimal is None:
            unclear[last] += count
            examples.setdefault("unclear", core)
        else:
            mark = last if decimal else {".": ",", ",": "."}[last]
            clear[mark] += count
            examples.setdefault(mark, core)
    (most, votes), (_, against) = (*clear.most_common(), ("", 0), ("", 0))[:2]
    if against * 4 > votes:
        return Shape(most, unclear=(examples["."], examples[","]))
    if unclear and (not votes or unclear[most] > votes * (1 if money else 4)):
        return Shape(most or ".", unclear=(examples["unclear"],))
    return Shape(most or ".")


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


def decimal_choices(cell: str, core: str, scale: int) -> tuple[tuple[str, str], ...]:
    """Each decimal mark, and what the cell's number is with it: an amount of ``scale`` smallest units, or without one a plain number."""
    found = []
    for mark in (".", ","):
        digits, places = Shape(mark, said=True).read(core) or (0, 0)
        exact = Fraction(digits, 10**places)
        value = Unit.MONEY.write(exact * scale, to_the_rial=True) if scale else number(exact, places)
        found.append((mark, tr(READS, cell=foreign(cell), value=value)))
    return tuple(found)


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
        elif (found := bare(word)) is None or (times := unit(found)) is None:
            parsed.bad[at] = reason
        elif (read := _digits(word, found, shape)) is None:
            parsed.bad[at] = ODD_MARKS
        else:
            parsed.percent[at] = found.percent
            _put(parsed, at, read, found, times)
    return parsed


def cores(words: Iterable[str]) -> dict[int, str]:
    """Place → digits with their marks, of the words whose marks have to be understood."""
    texts = ((at, word) for at, word in enumerate(words) if not isinstance(word, Typed) and not word.isdecimal())
    return {at: found.core for at, word in texts if (found := bare(word))}


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
