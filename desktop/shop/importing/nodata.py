"""Rows of a file that are no data: sums of those above, the header written again, lines of a form that stayed empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial

import numpy as np

from desktop.shop.importing.reader import Column, Table, Wrong
from desktop.shop.importing.rows import Flags, Ints, Rows
from desktop.shop.importing.words import BESIDE
from desktop.shop.kind import header_key
from desktop.values.digits import ntr, number
from desktop.values.fold import fold
from desktop.values.text import N_, tr

MAYBE_SUM = N_("The row can be a sum of the rows above or a line of its own. If it is a sum, delete it; if not, give it a number.")
OTHER_SUM = N_("The row calls itself a sum, but its amount is not that of the rows above. Delete it, or give it a number.")

_GOODS = ("product", "product_code", "barcode")
_MAIN = ("total", "amount", "value", "unit_price", "unit_cost", "quantity")
_SUM = re.compile(r"(?:سر ?)?(?:جمع ?کل|جمع|مجموع)(?=$|[\W\d_])(.*)|(?:grand ?|sub[ _-]?)?(?:totals?|sum)(?=$|[\W\d_])(.*)")
_FIGURES = re.compile(r"[\d/.:-]+")
_BLANK = " -—–\u2212\u00a0\t"
_NOTHING = re.compile(r"[0۰٠]*[.٫,]?[0۰٠]*")


def leave_out(rows: Rows, table: Table, go_on: Callable[[Rows], None]) -> None:
    """Rows that are no data are out, counted and said; of which it is not sure are refused."""
    if n := rows.drop(table, again(rows)):
        rows.notes.append(ntr("{n} row repeats the header and was left out.", "{n} rows repeat the header and were left out.", n))
    found, unsure = sums(rows, table.columns)
    row = [number(int(one), group=False) for one in rows.numbers[found][:1]]
    doubtful = {int(rows.numbers[at]): why for at, why in unsure.items()}
    if (n := rows.drop(table, found)) == 1:
        rows.notes.append(tr("Row {row} only adds the others up; it was left out.", row=row[0]))
    elif n:
        rows.notes.append(ntr("{n} row only adds others up and was left out.", "{n} rows only add others up and were left out.", n))
    go_on(rows)  # a head without goods is no data, but says whose the lines below it are
    if n := rows.drop(table, empty(rows, table.odd)):
        rows.notes.append(ntr("{n} row without goods and amount was left out.", "{n} rows without goods and amount were left out.", n))
    for why in dict.fromkeys(doubtful.values()):
        rows.refuse(np.isin(rows.numbers, [row for row, one in doubtful.items() if one == why]), "", why)


def blank(column: Column) -> Flags:
    """Which rows say nothing in this column; a lone dash says nothing."""
    flags: Flags = np.array([_says_nothing(word) for word in column.words], bool)[column.codes]
    return flags


def again(rows: Rows) -> Flags:
    """Rows of which every filled cell (two at least) names its column: the header once more, or its technical keys."""
    found, named = np.ones(len(rows), bool), np.zeros(len(rows), np.int64)
    for name in sorted(rows.heading.columns, key=lambda one: len(rows.columns[one].words)):
        field = rows.kind.field(name)
        known = {header_key(rows.heading.label(name)), *(field.spellings if field else ())} - {""}
        names = _among(found, rows.columns[name], partial(_names, known))
        found &= names | _among(found, rows.columns[name], _says_nothing)
        named += names
    return found & (named >= 2)


def empty(rows: Rows, odd: Collection[int] = ()) -> Flags:
    """Rows without goods and amount, where the file has goods; where it has none, rows with nothing but zeros."""
    goods = [name for name in _GOODS if rows.has(name)]
    said = goods or [name for name in rows.heading.columns if _reader(rows, name) not in ("money", "amount", "rate", "quantity")]
    worth = [name for name in rows.heading.columns if _reader(rows, name) in ("money", "amount") and name not in ("tax", "unit_cost")]
    found = np.full(len(rows), bool(worth) and not set(said) & rows.options.fixed.keys())
    found[list(odd)] = False
    for name in said:
        found &= _among(found, rows.columns[name], _says_nothing)
    for name in worth:
        found &= _among(found, rows.columns[name], lambda word: not isinstance(word, Wrong) and _NOTHING.fullmatch(word.strip(_BLANK)))
    return found


def _says_nothing(word: str) -> bool:
    return not word.strip(_BLANK) and not isinstance(word, Wrong)


def _names(known: set[str], word: str) -> bool:
    return not word[:1].isdecimal() and header_key(word) in known


def _among(rows: Flags, column: Column, true: Callable[[str], object]) -> Flags:
    """Of which of the rows it is true what the column says; only their words are asked about."""
    chosen = np.flatnonzero(rows)
    hits = np.zeros(len(column.words), bool)
    for at in np.unique(column.codes[chosen]).tolist():
        hits[at] = bool(true(column.words[at]))
    found = np.zeros(len(rows), bool)
    found[chosen] = hits[column.codes[chosen]]
    return found


def _reader(rows: Rows, name: str) -> str:
    field = rows.kind.field(name)
    return field.reader if field else ""


def sums(rows: Rows, columns: dict[int, Column]) -> tuple[Flags, dict[int, str]]:
    """Rows that add up those above them; and rows (by place) of which that is not sure, with the sentence that refuses them."""
    n, found, doubtful = len(rows), np.zeros(len(rows), bool), dict[int, str]()
    where = {at: hits for at, column in columns.items() if (hits := _sum_words(column))}
    if not where:
        return found, doubtful
    bears = {at: np.isin(columns[at].codes, list(hits)) for at, hits in where.items()}
    candidate = np.logical_or.reduce(list(bears.values())) & _no_line(rows, bears)
    if not candidate.any():
        return found, doubtful
    series, amount, no_amount, priced = _amounts(rows)
    running = [np.cumsum(np.where(candidate, 0, one)) for one in series]
    begun: list[set[int]] = [{0} for _ in series]
    above, extra, lines = 0, [0] * len(series), np.cumsum(~candidate)
    dated = [name for name in rows.heading.columns if (one := rows.kind.field(name)) and one.needed and one.reader in ("day", "period")]
    undated = np.zeros(n, bool)
    for name in dated:
        undated |= blank(rows.columns[name]) | bears.get(rows.heading.columns[name], undated)
    for at in np.flatnonzero(candidate).tolist():
        rests = [rest for column, hits in where.items() if (rest := hits.get(int(columns[column].codes[at]))) is not None]
        so_far = [int(sums[at]) + more for sums, more in zip(running, extra, strict=True)]
        adds = int(lines[at]) > 0 and any(total - int(amount[at]) in starts for total, starts in zip(so_far, begun, strict=True))
        sure = all(_known_rest(rest, columns, at) for rest in rests)
        named = not any(rests) and not undated[at] and not found.any()  # «جمع» alone with a day: somebody may be called so
        if sure and (no_amount[at] or (at == n - 1 and undated[at])):
            found[at] = True
        elif adds and (sure or not priced[at]):
            one_line = int(lines[at]) - above == 1
            if one_line and (not sure or priced[at] or named):
                doubtful[at] = MAYBE_SUM
            else:
                found[at] = True
        elif sure and not undated[at] and not priced[at]:
            doubtful[at] = OTHER_SUM
        else:
            extra = [more + int(one[at]) for more, one in zip(extra, series, strict=True)]
            continue
        above = int(lines[at])
        for starts, total in zip(begun, so_far, strict=True):
            starts.add(total)
    return found, doubtful


def _sum_words(column: Column) -> dict[int, str]:
    """The words (by place) that begin as a sum does, and what follows."""
    found = {}
    for at, word in enumerate(column.words):
        if word[:1].isalpha() and len(word) < 60 and (hit := _SUM.fullmatch(fold(word))):
            found[at] = (hit[1] or hit[2] or "").strip(" :.-_()")
    return found


def _known_rest(rest: str, columns: dict[int, Column], at: int) -> bool:
    """Whether what follows the word only says of what it is the sum: a day, a page, something named in the row above."""
    if all(word in BESIDE["sum"] or _FIGURES.fullmatch(word) for word in rest.split()):
        return True
    named = {fold(column.words[column.codes[at - 1]]) for column in columns.values()} if at else set()
    return any(one and (rest == one or rest.endswith(f" {one}")) for one in named)


def _no_line(rows: Rows, bears: dict[int, Flags]) -> Flags:
    """Rows that name nothing of their own: whatever else stands there stands in the row above too."""
    plain = np.ones(len(rows), bool)
    for name, at in rows.heading.columns.items():
        if _reader(rows, name) in ("text", "code", "phone") and name != "note":
            column = rows.columns[name]
            same = np.concatenate(([False], column.codes[1:] == column.codes[:-1]))
            plain &= blank(column) | same | bears.get(at, np.zeros(len(rows), bool))
    return plain


def _amounts(rows: Rows) -> tuple[list[Ints], Ints, Flags, Flags]:
    """What may be added up (amounts, quantity × price); the amount of each row, where it is blank; where a price stands beside it."""
    main = next((name for name in _MAIN if name in rows.heading.columns), "")
    amount, none = rows.peek(main)
    series, priced = [amount], np.zeros(len(rows), bool)
    if rows.has("unit_price"):
        price, no_price = rows.peek("unit_price")
        quantity, no_quantity = rows.peek("quantity") if rows.has("quantity") else (np.full(len(rows), 1000), np.zeros(len(rows), bool))
        whole = (price * quantity + 500) // 1000
        series = [np.where(none, whole, amount), whole] if main == "total" else [amount, whole]
        priced = ~no_price & ~no_quantity if main == "total" or rows.has("quantity") else priced
    return series, amount, none, priced
