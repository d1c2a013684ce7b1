"""When two names are one, and in which order names stand: the folded and the sorting form of a name."""

from __future__ import annotations

import re
import unicodedata

from desktop.values.digits import latin

_SAME = str.maketrans({
    "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ء": None,
    "\u200c": None, "\u200d": None, "ـ": None,
})  # fmt: skip
_WRITTEN = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[\s\u00a0]+")
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: f"{rank:02}" for rank, letter in enumerate(_ALPHABET, 10)}


def clean(name: str) -> str:
    """The name as it is kept: no outer blanks, single inner ones, Persian ی and ک."""
    return _BLANKS.sub(" ", name.replace("\x00", "")).strip().translate(_WRITTEN)


def fold(name: str) -> str:
    """Two names are one person or thing when this is equal; also what search looks for.

    «آ» stays apart from «ا»; a joined «هٔ» loses its hamza with the other marks.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFC", name)).translate(_SAME)
    return _BLANKS.sub(" ", latin(bare)).strip().casefold()


def sort_key(name: str) -> str:
    """Text whose plain order is Persian alphabetical order; digits first, by value, other scripts last."""
    return "".join(_rank(part) for part in re.findall(r"\d+|\D", fold(name)))


def _rank(part: str) -> str:
    if part.isdecimal():
        return f"05{len(part.lstrip('0')):02}{part.lstrip('0')}"
    return "00" if part == " " else _RANK.get(part, f"99{part}")


def phone(text: str) -> str | None:
    """Digits only, +98, 0098 and 98 as 0; None when no digit is left."""
    digits = re.sub(r"\D", "", latin(text))
    for prefix in ("0098", "98"):
        if digits.startswith(prefix) and len(digits) >= len(prefix) + 10:
            digits = "0" + digits[len(prefix) :]
            break
    if len(digits) == 10 and digits.startswith("9"):
        digits = "0" + digits  # Excel ate the zero
    return digits or None


def code(text: str) -> str:
    """A code as it is compared: latin digits, no blanks around."""
    return _BLANKS.sub(" ", latin(text)).strip()
