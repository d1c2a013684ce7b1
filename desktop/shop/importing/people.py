"""Who the rows of a file name: placeholders are nobody, and a key that says nothing decides over no name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from desktop.shop.importing.keys import apart, damaged
from desktop.shop.importing.rows import Flags, Rows, Words, holds
from desktop.shop.importing.things import Shelf
from desktop.shop.known import empty_code, nobody
from desktop.values.digits import ntr, number
from desktop.values.text import tr


@dataclass(frozen=True)
class People:
    """What each row says of a person that can be believed; ``rest``: what stood in the cell of the phone beside the first number."""

    code: Words
    phone: Words
    name: Words
    rest: Words
    nobody: Flags


def people(rows: Rows, shelf: Shelf, *, code: str = "customer_code", name: str = "customer") -> People:
    """The people of the file by these columns; what was not believed is said in the rows' notes."""
    codes, phones, names = rows.codes(code), rows.phones("phone"), rows.texts(name)
    nobodies = holds(names, nobody)
    if nobodies.any():
        said = dict.fromkeys(names[1][one] for one in np.unique(names[0][nobodies]).tolist())
        rows.notes.append(ntr("{n} row names nobody in particular: {names}.", "{n} rows name nobody in particular: {names}.",
                              int(nobodies.sum()), names="، ".join(list(said)[:5])))  # fmt: skip
        theirs = {codes[1][one] for one in np.unique(codes[0][nobodies]).tolist()}
        codes = _without(codes, theirs.__contains__)
        phones = (np.where(nobodies, len(phones[1]), phones[0]).astype(np.int32), [*phones[1], ""])
        names = _without(names, nobody)
    known = any(names[1])  # a file that tells people by their code alone may well have a number 11111
    odd = [word for word in codes[1] if word and ((known and empty_code(word)) or damaged(word))]
    if odd:
        rows.notes.append(tr("Codes of people that say nothing were left out: {codes}.", codes="، ".join(odd[:5])))
        codes = _without(codes, frozenset(odd).__contains__)
    shelf.of("customer").share(_told(phones, names))
    return People(codes, phones, names, _rest(rows), nobodies)


def _without(column: Words, odd: Callable[[str], bool]) -> Words:
    return column[0], ["" if odd(word) else word for word in column[1]]


def _told(phones: Words, names: Words) -> list[tuple[str, str]]:
    """Each (phone, name) of the phones that end in a row of digits."""
    at = np.flatnonzero(holds(phones, lambda word: word.endswith("1234567")))
    pairs = set(zip(phones[0][at].tolist(), names[0][at].tolist(), strict=True))
    return [(phones[1][phone], names[1][name]) for phone, name in pairs]


def _rest(rows: Rows) -> Words:
    """What stands beside the first number; that there is any is said, and which numbers a spreadsheet has damaged."""
    codes, words = rows.texts("phone")
    bad = holds((codes, words), damaged)
    if bad.any():
        rows.notes.append(ntr("{n} phone was damaged by a spreadsheet and left out.",
                              "{n} phones were damaged by a spreadsheet and left out.", int(bad.sum())))  # fmt: skip
    rest = codes, [apart(word)[1] for word in words]
    if (more := int(holds(rest).sum())) and rows.has("phone"):
        example = next(word for word, one in zip(words, rest[1], strict=True) if one)
        rows.notes.append(tr("{n} cells hold more than one phone, such as {example}: the first was taken, the rest is in the note.",
                             n=number(more), example=example))  # fmt: skip
    return rest
