"""Quantities in thousandths and shares in ten-thousandths: exact, as typed and as written."""

from __future__ import annotations

from fractions import Fraction

from desktop.values.digits import foreign, latin, number, plain, read_number
from desktop.values.text import N_, Refused

ONE = 1000  # one piece, one kilogram
WHOLE = 10_000  # the whole of a share; counts of documents are kept in it, so a shared one stays exact
MOST = 10**12  # a thousand million pieces


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
