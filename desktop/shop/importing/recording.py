"""Taken documents put into the book, by the thousand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.documents import Documents
from desktop.shop.importing.options import Plan, Tick
from desktop.shop.importing.records import iso
from desktop.shop.importing.rows import Ints, Rows, holds, slim
from desktop.shop.importing.sharing import Sellers
from desktop.shop.importing.things import Shelf, distinct, find_each, real
from desktop.shop.things.product import measured
from desktop.store import series
from desktop.store.dialect import insert, last_number
from desktop.store.filling import indexes_later, vouch
from desktop.store.tables import OWED, PAYMENTS, utc_now

SLICE = 50_000  # rows turned into Python's own numbers at once
_FAR = np.iinfo(np.int64).max


def sales(rows: Rows, shelf: Shelf, documents: Documents) -> Plan:
    """The documents that are right, and the things they name."""
    taken = _Taken(rows, shelf, documents)
    total = sum(taken.total[~np.repeat(taken.void, taken.sizes)].tolist())
    created = shelf.created(taken.things | {"seller": taken.sellers.all_of(taken.things["seller"])})
    tables = frozenset({"sale", "sale_line", "sale_seller", "payment", "barcode", "lead"})
    return Plan(len(taken.starts), total, tables, created, taken.record)


class _Taken:
    """What will be written: ``rows`` in the order of documents, document ``d`` begins at ``starts[d]``; ids < 0 are new things.

    ``things`` per row: product, seller, source, campaign, customer. ``total`` has its line's sign; ``void`` is per document.
    """

    def __init__(self, rows: Rows, shelf: Shelf, documents: Documents) -> None:
        self.shelf, self.documents, self.lines, self.sellers = shelf, documents, documents.lines, Sellers(shelf)
        self.rows = chosen = documents.taken()
        self.starts = np.flatnonzero(np.diff(documents.of[chosen], prepend=-1))
        self.sizes = np.diff(self.starts, append=len(chosen))
        unit = rows.texts("unit")
        names = rows.codes("product_code"), rows.texts("product"), rows.codes("barcode"), rows.texts("category"), unit
        things = {"product": find_each(names, shelf.product, chosen), "customer": documents.customer[chosen]}
        things["seller"] = find_each((rows.texts("seller"),), self.sellers.find, chosen)
        for name in ("source", "campaign"):
            things[name] = slim(find_each((rows.texts(name),), partial(shelf.named, name), chosen))
        self.things = things
        by_product = np.isin(things["product"], np.array(sorted(shelf.measured()), np.int64))
        self.measured = slim(np.where(holds(unit)[chosen], holds(unit, measured)[chosen], by_product).astype(np.int64))
        self.total = (self.lines.total[chosen] - documents.part[chosen]) * self.lines.sign[chosen]
        self.void = self.lines.cancelled[chosen][self.starts]

    def record(self, connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        """The documents are in the book, with every new thing they name; gives back the days they are dated."""
        self.tick = tick
        self.days, self.times = self._when()
        self._settle(connection, batch)
        self._ready(connection)
        with indexes_later(connection, len(self.rows), ("original_id", "original_line_id")):
            self._write(connection, batch)
        return {dt.date.fromordinal(day) for day in distinct(self.days).tolist()}

    def _settle(self, connection: Any, batch: int) -> None:
        """New things are in the book, and all ids are those of the book; ``heads`` are the documents' own."""
        things, write = self.things, partial(self.shelf.write, connection, batch)
        self.heads = heads = {name: _first_filled(things[name], self.starts) for name in ("customer", "source", "campaign")}
        for name in ("source", "campaign"):
            heads[name] = real(heads[name], write(name, [things[name]]))
        new = write("seller", [self.sellers.all_of(things["seller"])])
        things["seller"] = real(things["seller"], new)
        self.sellers.settle(new)
        _first_sources(self.shelf, heads["customer"], heads["source"], self.days)
        heads["customer"] = real(heads["customer"], write("customer", [things.pop("customer")]))
        things["product"] = real(things["product"], write("product", [things["product"]]))
        for name, ids in (heads | {"product": things["product"]}).items():
            vouch(connection, name, distinct(ids[ids != 0]).tolist())

    def _ready(self, connection: Any) -> None:
        """What the columns of several slices are made of."""
        documents, rows = self.documents, self.rows
        self.totals = np.add.reduceat(self.total, self.starts)
        self.ids = last_number(connection.execute, "sale") + 1 + np.arange(len(self.starts))
        self.kinds = documents.kinds()[documents.of[rows[self.starts]]].tolist()
        kinds = np.array([1 + PAYMENTS.index(word) if word in PAYMENTS else 0 for word in documents.paid[1]], np.int64)
        self.payment = _first_filled(kinds[documents.paid[0][rows]], self.starts)
        codes, self.notes = documents.rows.texts("note")
        blank = self.notes.index("") if "" in self.notes else -1
        self.note = np.where(codes[rows] == blank, 0, codes[rows] + 1)
        self.head_note = _first_filled(self.note, self.starts)

    def _of_documents(self, amounts: Ints) -> Ints:
        """What the lines of each document come to, with their signs."""
        sums: Ints = np.add.reduceat(amounts[self.rows] * self.lines.sign[self.rows], self.starts)
        return sums

    def _when(self) -> tuple[Ints, list[str | None]]:
        """Each document's first day, and the first time of that day if any row tells one."""
        days, minutes = self.documents.days[self.rows], self.documents.minutes[self.rows]
        first = np.minimum.reduceat(days, self.starts)
        told = (days == np.repeat(first, self.sizes)) & (minutes >= 0)
        minute = np.minimum.reduceat(np.where(told, minutes, _FAR), self.starts)
        return first, [None if one == _FAR else f"{one // 60:02}:{one % 60:02}" for one in minute.tolist()]

    def _write(self, connection: Any, batch: int) -> None:
        """All rows of the four tables."""
        new = {"entered_at": utc_now(), "batch_id": batch}
        for columns in self._sales(connection):
            insert(connection, "sale", columns | new)
        for columns in self._lines():
            insert(connection, "sale_line", columns)
        seller = self.things["seller"]
        shares = self.sellers.shares(seller, self.total, self.starts, _first_filled(seller, self.starts))
        while part := list(islice(shares, SLICE)):
            documents, sellers, parts = map(list, zip(*part, strict=True))
            vouch(connection, "seller", sellers)
            insert(connection, "sale_seller", {"sale_id": self.ids[documents].tolist(), "seller_id": sellers, "share": parts})
        connection.execute(_PAID, (int(self.ids[0]),))

    def _sales(self, connection: Any) -> Iterator[dict[str, Any]]:
        gross, tax = self._of_documents(self.lines.gross), self._of_documents(self.lines.tax)
        numbers = self._numbers(connection)
        for at in _slices(len(self.starts)):
            self.tick(0.2 * at.start / len(self.starts))
            yield {
                "id": self.ids[at].tolist(),
                "number": numbers[at],
                "kind": self.kinds[at],
                "status": ["void" if one else "final" for one in self.void[at].tolist()],
                "day": iso(self.days[at]),
                "time": self.times[at],
                **{f"{name}_id": _or_none(self.heads[name][at], 0) for name in ("customer", "source", "campaign")},
                "payment": [PAYMENTS[kind - 1] if kind else None for kind in self.payment[at].tolist()],
                "note": self._note_texts(self.head_note[at]),
                "lines": self.sizes[at].tolist(),
                "gross": gross[at].tolist(),
                "discount": (gross - self.totals)[at].tolist(),
                "total": self.totals[at].tolist(),
                "tax": tax[at].tolist(),
            }

    def _lines(self) -> Iterator[dict[str, Any]]:
        lines = self.lines
        for at in _slices(len(self.rows)):
            self.tick(0.2 + 0.8 * at.start / len(self.rows))
            rows, total = self.rows[at], self.total[at]
            sign = lines.sign[rows]
            gross = lines.gross[rows] * sign
            document = np.searchsorted(self.starts, np.arange(at.start, at.start + len(rows)), side="right") - 1
            unit_cost, note = lines.unit_cost[rows], self.note[at]
            yield {
                "sale_id": self.ids[document].tolist(),
                "position": (np.arange(at.start, at.start + len(rows)) - self.starts[document] + 1).tolist(),
                "product_id": _or_none(self.things["product"][at], 0),
                "quantity": (lines.quantity[rows] * sign).tolist(),
                "measured": self.measured[at].tolist(),
                "unit_price": _or_none(lines.unit_price[rows], -1),
                "unit_cost": _or_none(unit_cost, -1),
                "gross": gross.tolist(),
                "discount": (gross - total).tolist(),
                "invoice_discount": (self.documents.part[rows] * sign).tolist(),
                "total": total.tolist(),
                "cost": _or_none(np.where(unit_cost < 0, _FAR, lines.cost[rows] * sign), _FAR),
                "tax": (lines.tax[rows] * sign).tolist(),
                "note": self._note_texts(np.where(note == self.head_note[document], 0, note)),
                "damaged": 0,
            }

    def _note_texts(self, codes: Ints) -> list[str | None]:
        return [self.notes[code - 1] if code else None for code in codes.tolist()] if codes.any() else [None] * len(codes)

    def _numbers(self, connection: Any) -> list[str]:
        """The documents' numbers; those without one get our own."""
        texts, of = self.documents.texts, self.documents.of[self.rows[self.starts]].tolist()
        numbers = [texts[document] if document < len(texts) else "" for document in of]
        for kind in set(self.kinds):
            places = [at for at, one in enumerate(self.kinds) if one == kind]
            for at, number in zip(places, series.filled(connection.execute, "sale", [numbers[at] for at in places], kind), strict=True):
                numbers[at] = number
        return numbers


def _first_filled(values: Ints, starts: Ints) -> Ints:
    """Each document's first value that is not 0; 0 if there is none."""
    at = np.minimum.reduceat(np.where(values != 0, np.arange(len(values)), _FAR), starts)
    return np.where(at == _FAR, 0, values[np.where(at == _FAR, 0, at)])


def _first_sources(shelf: Shelf, customers: Ints, sources: Ints, days: Ints) -> None:
    """A new customer's first source is the one of their first sale that names one."""
    told = np.flatnonzero((customers < 0) & (sources != 0))
    new = shelf.of("customer").new
    for at in told[np.argsort(days[told], kind="stable")].tolist():
        more = new[-int(customers[at]) - 1].more
        if "first_source_id" not in more:
            more["first_source_id"], more["since"] = int(sources[at]), dt.date.fromordinal(int(days[at])).isoformat()


def _or_none(values: NDArray[Any], none: int) -> list[int | None]:
    blank = values == none
    if not blank.any():
        found: list[int | None] = values.tolist()
        return found
    return [None] * len(values) if blank.all() else [None if one == none else one for one in values.tolist()]


def _slices(n: int) -> Iterator[slice]:
    return (slice(at, min(at + SLICE, n)) for at in range(0, n, SLICE))


# what `desktop.shop.sales.pay` writes for one sale
_PAID = f"""
INSERT INTO payment (day, time, entered_at, status, customer_id, sale_id, kind, amount, batch_id)
SELECT day, time, entered_at, 'final', customer_id, id, payment, total + tax, batch_id FROM sale
WHERE id >= ? AND status = 'final' AND payment <> '{OWED}' AND total + tax <> 0 ORDER BY id
"""
