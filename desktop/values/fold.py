"""When two spellings are one name, and where a name stands in the Persian alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop.values.digits import latin, plain

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

KEYBOARD = str.maketrans("يكى", "یکی")  # what an Arabic keyboard layout types for ی and ک
_SAME = str.maketrans("ةۀەأإٱؤئ", "هههاااوی")
_OFF = re.compile(
    "[\u0621\u0640"  # ء and tatweel
    "\u064b-\u065f\u0670"  # vowel marks, and the hamza of هٔ
    "\u00ad\u200b-\u200d\u2060\ufeff]"  # ZWNJ and its invisible kin
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000e-\u001b\u007f]")
_PIECES = re.compile(r"\d+|.", re.DOTALL)

# the sort key's own alphabet, in byte order: blank, signs, numbers, Persian, Latin, anything else
_PERSIAN_KEYS = {letter: chr(0x3A + at) for at, letter in enumerate(ALPHABET)}
_SIGN, _OTHER = "!", "~"


def clean(name: str) -> str:
    """``name`` as it is kept: outer blanks off, inner runs of blanks to one, ي and ك as ی and ک."""
    if name.isascii() and name.isalnum():
        return str(name)
    return " ".join(_INVISIBLE.sub("", plain(name)).translate(KEYBOARD).split())


@lru_cache(4096)  # a name is folded for its own sake and again for its place in the alphabet
def fold(name: str) -> str:
    """What is equal for two spellings of one name.

    Blanks, ی and ک of either keyboard, ة ۀ هٔ as ه, أ إ as ا, ؤ as و, ئ as ی, no ء, no ZWNJ, tatweel or
    vowel marks, digits of one script, small letters. «علی رضا» and «علیرضا» stay two names; so do آ and ا.
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    text = unicodedata.normalize("NFC", clean(name)).translate(_SAME)
    text = latin(_OFF.sub("", text)).casefold()
    return " ".join(_OFF.sub("", unicodedata.normalize("NFC", text)).split())


def sort_key(name: str) -> str:
    """ASCII text whose byte order is the order of names: numbers by value, آ to ی, Latin letters, all others."""
    return "".join(_key(piece) for piece in _PIECES.findall(_without_accents(fold(name))))


def _without_accents(text: str) -> str:
    """é as e; Persian letters stay whole, though آ could be taken apart."""
    if text.isascii():
        return text
    apart = "".join(letter if letter in _PERSIAN_KEYS else unicodedata.normalize("NFKD", letter) for letter in text)
    return "".join(part for part in apart if not unicodedata.combining(part))


def _key(piece: str) -> str:
    if piece.isascii() and piece.isdigit():
        digits = piece.lstrip("0") or "0"
        size = len(digits)
        return (str(size) if size < 9 else f"9{size:04}") + digits
    if piece in _PERSIAN_KEYS:
        return _PERSIAN_KEYS[piece]
    if piece == " " or ("a" <= piece <= "z"):
        return piece
    return f"{_OTHER}{ord(piece):06x}" if piece.isalnum() else _SIGN


def phone(text: str) -> str | None:
    """A phone number as it is kept and compared: digits only, +98, 0098 and 98 as 0; None if there is none.

    A mobile number that lost its zero in a spreadsheet gets it back.
    """
    bare = latin(plain(text)).strip()
    digits = re.sub(r"[^0-9]", "", bare)
    for abroad in ("0098", "98"):
        if digits.startswith(abroad) and (abroad == "0098" or bare.startswith("+") or len(digits) == 12):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
            break
    if len(digits) == 10 and digits.startswith("9"):
        digits = "0" + digits
    return digits if 3 <= len(digits) <= 15 else None


def code(text: str) -> str:
    """A code, barcode or document number as it is kept: 0-9 digits, no outer or doubled blanks, letters as written."""
    return latin(clean(text))
