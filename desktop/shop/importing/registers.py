"""Files of things: products, customers, sellers, campaigns. What the book has already is skipped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from desktop.shop.clock import utc_now
from desktop.shop.importing.plan import Tick
from desktop.shop.importing.rows import Ints, Rows
from desktop.shop.importing.things import Shelf, real
from desktop.shop.known import Thing
from desktop.values.text import N_

NEGATIVE = N_("This amount cannot be negative.")
NOBODY = N_("The row names nobody: it has neither a code, a name nor a phone.")
ENDS_BEFORE = N_("It ends before it begins.")

_APART = re.compile(r"[\s,;|،؛]+")


@dataclass
class Register:
    """New things of one table, one a row."""

    shelf: Shelf
    table: str
    ids: Ints
    total = 0

    @property
    def documents(self) -> int:
        return len(self.ids)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset({self.table, "source", "category", "barcode", "lead"})

    def created(self) -> dict[str, int]:
        """How many things of each table would be new."""
        sources = [self.shelf.of(self.table).new[-one - 1].more.get("source", 0) for one in self.ids.tolist()]
        return self.shelf.created({self.table: self.ids, "source": np.array(sources, np.int64)})

    def record(self, connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        """The things are in the book; no day moved."""
        tick(0.0)
        chosen = [self.shelf.of(self.table).new[-one - 1] for one in self.ids.tolist()]
        told = [one for one in chosen if one.more.get("source")]
        sources = np.array([one.more["source"] for one in told], np.int64)
        sources = real(sources, self.shelf.write(connection, batch, "source", [sources]))
        for one, source in zip(told, sources.tolist(), strict=True):
            one.more["source"], one.more["since"] = source, utc_now()[:10]
        self.shelf.write(connection, batch, self.table, [self.ids])
        return set()


def _register(rows: Rows, shelf: Shelf, table: str, find: Callable[[int], int], fill: Callable[[int, Thing], None]) -> Register:
    """Each row that is fine and new, as a thing; a row of something that is there already (or twice in the file) is skipped."""
    new, ids = shelf.of(table).new, []
    for at in np.flatnonzero(rows.fine).tolist():
        known = len(new)
        one = find(at)
        if len(new) == known:
            rows.skipped[at] = True
            continue
        fill(at, new[-one - 1])
        ids.append(one)
    return Register(shelf, table, np.array(ids, np.int64))


def products(rows: Rows, shelf: Shelf, _connection: Any, *, taken_before: bool) -> Register:
    """Goods by their code, a barcode or their name."""
    del taken_before  # what identifies a thing is enough
    rows.need("name")
    codes, names = each(rows.codes("code")), each(rows.texts("name"))
    barcodes, categories, units = each(rows.texts("barcode")), each(rows.texts("category")), each(rows.texts("unit"))
    amounts = {name: _amounts(rows, name) for name in ("price", "cost")}
    known = shelf.of("product").by_barcode

    def find(at: int) -> int:
        first = _APART.split(barcodes(at))[0]
        return shelf.product(codes(at), names(at), first, categories(at), units(at))

    def fill(at: int, one: Thing) -> None:
        for text in _APART.split(barcodes(at))[1:]:
            if text and text not in known:
                known[text] = one
                one.more.setdefault("barcodes", []).append(text)
        one.more |= {name: amount(at) for name, amount in amounts.items()}

    return _register(rows, shelf, "product", find, fill)


def customers(rows: Rows, shelf: Shelf, _connection: Any, *, taken_before: bool) -> Register:
    """People by their code, their phone or their name."""
    del taken_before
    columns = rows.codes("code"), rows.phones("phone"), rows.texts("name")
    codes, phones, names = map(each, columns)
    nobody = [not (codes(at) or phones(at) or names(at)) for at in range(len(rows))]
    rows.refuse(np.array(nobody, bool), "", NOBODY)
    sources, notes = each(rows.texts("source")), each(rows.texts("note"))

    def fill(at: int, one: Thing) -> None:
        if sources(at):
            one.more["source"] = shelf.named("source", sources(at))
        one.more["note"] = notes(at)

    return _register(rows, shelf, "customer", lambda at: shelf.customer(codes(at), phones(at), names(at)), fill)


def sellers(rows: Rows, shelf: Shelf, _connection: Any, *, taken_before: bool) -> Register:
    """Sellers by their code or their name."""
    del taken_before
    rows.need("name")
    codes, names, pay = each(rows.codes("code")), each(rows.texts("name")), _amounts(rows, "pay")
    things = shelf.of("seller")

    def find(at: int) -> int:
        found = things.by_code.get(codes(at)) if codes(at) else None
        if found is None and (same := things.named(names(at))) and not (codes(at) and same.code):
            found = same
        return (found or things.make(names(at), code=codes(at))).id

    return _register(rows, shelf, "seller", find, lambda at, one: one.more.update(pay=pay(at)))


def campaigns(rows: Rows, shelf: Shelf, _connection: Any, *, taken_before: bool) -> Register:
    """Campaigns by their name, with their days."""
    del taken_before
    rows.need("name")
    rows.understand_dates("start", "end")
    names, channels, budget = each(rows.texts("name")), each(rows.texts("channel")), _amounts(rows, "budget")
    start, end = rows.days("start"), rows.days("end")
    rows.refuse((end > 0) & (end < start), "end", ENDS_BEFORE)

    def fill(at: int, one: Thing) -> None:
        days = {name: dt.date.fromordinal(day).isoformat() if day else None for name, day in (("start", start[at]), ("end", end[at]))}
        one.more |= {"channel": channels(at), "budget": budget(at), **days}

    return _register(rows, shelf, "campaign", lambda at: shelf.named("campaign", names(at)), fill)


def each(column: tuple[Any, list[str]]) -> Callable[[int], str]:
    """What a column says in each row."""
    codes, words = column
    return lambda at: words[codes[at]]


def _amounts(rows: Rows, name: str) -> Callable[[int], int | None]:
    """An amount in each row, None where the cell is blank; negative ones are refused."""
    if not rows.has(name):
        return lambda _: None
    values, blank = rows.money(name)
    rows.refuse(values < 0, name, NEGATIVE)
    return lambda at: None if blank[at] else int(values[at])


PLANS = {"products": products, "customers": customers, "sellers": sellers, "campaigns": campaigns}
