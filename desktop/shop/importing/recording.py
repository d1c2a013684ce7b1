"""Taken documents put into the book, by the thousand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.clock import utc_now
from desktop.shop.importing.documents import Documents
from desktop.shop.importing.plan import Tick
from desktop.shop.importing.rows import Flags, Ints, Rows
from desktop.shop.importing.sharing import Sellers
from desktop.shop.importing.things import Shelf, find_each, next_id, real
from desktop.shop.things import MEASURED
from desktop.values.fold import fold

SLICE = 50_000  # rows turned into Python's own numbers at once
_FAR = np.iinfo(np.int64).max

_PAYMENTS = {
    "cash": "نقد,نقدی,نقدا,وجه نقد",
    "card": "کارت,کارتخوان,کارت خوان,پوز,pos,credit card,debit card,کارت بانکی,دستگاه پوز,شتاب",
    "transfer": "حواله,کارت به کارت,واریز,انتقال,واریز به حساب,bank transfer,wire,حواله بانکی,آنلاین,online,درگاه,اینترنتی,پایا,ساتنا",
    "credit": "نسیه,اعتباری,مانده,on account,قسطی,غیر نقدی,غیرنقدی",
    "cheque": "چک,چکی,check",
    "other": "سایر,متفرقه",
}
_KINDS = tuple(_PAYMENTS)
PAYMENT_OF = {fold(word): kind for kind, words in _PAYMENTS.items() for word in (kind, *words.split(","))}


@dataclass
class Taken:
    """What will be written: ``rows`` in the order of documents, document ``d`` begins at ``starts[d]``; ids < 0 are new things.

    ``things`` per row: product, seller, source, campaign, customer. ``total`` has its line's sign; ``void`` is per document.
    """

    rows: Ints
    starts: Ints
    things: dict[str, Ints]
    sellers: Sellers
    measured: Ints
    total: Ints
    void: Flags

    @property
    def sizes(self) -> Ints:
        """How many lines each document has."""
        return np.diff(self.starts, append=len(self.rows))

    @property
    def sum(self) -> int:
        """The totals of all that counts."""
        return int(self.total[~np.repeat(self.void, self.sizes)].sum())


def take(rows: Rows, shelf: Shelf, documents: Documents) -> Taken:
    """The rows that are fine, with the things they name."""
    chosen, lines = documents.taken(), documents.lines
    starts = np.flatnonzero(np.diff(documents.of[chosen], prepend=-1))
    unit = rows.texts("unit")
    names = rows.codes("product_code"), rows.texts("product"), rows.codes("barcode"), rows.texts("category"), unit
    things = {"product": find_each(names, shelf.product, chosen), "customer": documents.customer[chosen]}
    sellers = Sellers(shelf)
    things["seller"] = find_each((rows.texts("seller"),), sellers.find, chosen)
    for name in ("source", "campaign"):
        things[name] = find_each((rows.texts(name),), partial(shelf.named, name), chosen)
    by_product = np.isin(things["product"], np.array(sorted(shelf.measured()), np.int64))
    by_unit = np.array([fold(word) in MEASURED for word in unit[1]], bool)[unit[0][chosen]]
    silent = np.array([not word for word in unit[1]], bool)[unit[0][chosen]]
    total = (lines.total[chosen] - documents.part[chosen]) * lines.sign[chosen]
    measured = np.where(silent, by_product, by_unit).astype(np.int64)
    return Taken(chosen, starts, things, sellers, measured, total, lines.cancelled[chosen][starts])


@dataclass
class SalesPlan:
    """The documents that are right, and the things they name."""

    shelf: Shelf
    of: Documents
    taken: Taken
    tables = frozenset({"sale", "sale_line", "sale_seller", "payment", "customer", "product", "seller", "source", "campaign", "category",
                        "barcode", "lead"})  # fmt: skip

    @property
    def documents(self) -> int:
        return len(self.taken.starts)

    @property
    def total(self) -> int:
        """The totals of all that counts, in smallest units."""
        return self.taken.sum

    def created(self) -> dict[str, int]:
        """How many customers, goods, sellers ... would be new."""
        things = self.taken.things
        return self.shelf.created(things | {"seller": self.taken.sellers.all_of(things["seller"])})

    def record(self, connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        """The documents are in the book, with every new thing they name; gives back the days they are dated."""
        shelf, taken = self.shelf, self.taken
        days, times = _when(self.of, taken)
        heads = {name: _first_filled(taken.things[name], taken.starts) for name in ("customer", "source", "campaign")}
        for name in ("source", "campaign"):
            heads[name] = real(heads[name], shelf.write(connection, batch, name, [taken.things[name]]))
        new = shelf.write(connection, batch, "seller", [taken.sellers.all_of(taken.things["seller"])])
        taken.things["seller"] = real(taken.things["seller"], new)
        taken.sellers.settle(new)
        _first_sources(shelf, heads["customer"], heads["source"], days)
        heads["customer"] = real(heads["customer"], shelf.write(connection, batch, "customer", [taken.things["customer"]]))
        taken.things["product"] = real(taken.things["product"], shelf.write(connection, batch, "product", [taken.things["product"]]))
        with _indexes_later(connection, ("sale", "sale_line"), len(taken.rows)):
            first = next_id(connection, "sale")
            _Sales(self.of, taken, first, days, times, heads, tick).write(connection, batch)
        return {dt.date.fromordinal(day) for day in np.unique(days).tolist()}


class _Sales:
    """The four tables of the documents as columns, written slice by slice."""

    def __init__(
        self, documents: Documents, taken: Taken, first: int, days: Ints, times: list[str | None], heads: dict[str, Ints], tick: Tick
    ) -> None:
        self.documents, self.taken, self.days, self.times, self.heads, self.tick = documents, taken, days, times, heads, tick
        lines, rows, self.starts = documents.lines, taken.rows, taken.starts
        self.sign = lines.sign[rows]
        self.tax = lines.tax[rows] * self.sign
        self.part = documents.part[rows] * self.sign
        self.gross = lines.gross[rows] * self.sign
        self.discount = self.gross - taken.total
        self.ids = first + np.arange(len(self.starts))
        self.kinds = documents.kinds()[documents.of[rows[self.starts]]].tolist()
        payments = documents.rows.folded("payment")
        kinds = np.array([1 + _KINDS.index(PAYMENT_OF.get(word, "other")) if word else 0 for word in payments[1]], np.int64)
        self.payment = _first_filled(kinds[payments[0][rows]], self.starts)
        codes, self.notes = documents.rows.texts("note")
        blank = self.notes.index("") if "" in self.notes else -1
        self.note = np.where(codes[rows] == blank, 0, codes[rows] + 1).astype(np.int64)
        self.head_note = _first_filled(self.note, self.starts)

    def write(self, connection: Any, batch: int) -> None:
        """All rows of the four tables."""
        now = utc_now()
        connection.executemany(
            "INSERT INTO sale (id, number, kind, status, day, time, customer_id, source_id, campaign_id, payment, note, lines, gross, "
            f"discount, total, tax, entered_at, batch_id) VALUES ({', '.join('?' * 16)}, '{now}', {batch})",
            self._sales(connection),
        )
        connection.executemany(
            "INSERT INTO sale_line (sale_id, position, product_id, quantity, measured, unit_price, unit_cost, gross, discount, "
            f"invoice_discount, total, cost, tax, note, damaged) VALUES ({', '.join('?' * 14)}, 0)",
            self._lines(),
        )
        connection.executemany("INSERT INTO sale_seller (sale_id, seller_id, share) VALUES (?, ?, ?)", self._sellers())
        connection.executemany(
            f"INSERT INTO payment (day, time, customer_id, sale_id, kind, amount, status, entered_at, batch_id) "
            f"VALUES (?, ?, ?, ?, ?, ?, 'final', '{now}', {batch})",
            self._payments(),
        )

    def _sales(self, connection: Any) -> Iterator[tuple[Any, ...]]:
        taken, totals = self.taken, [np.add.reduceat(part, self.starts) for part in (self.gross, self.discount, self.taken.total, self.tax)]
        numbers = self._numbers(connection)
        day_texts = _DayTexts()
        for at in _slices(len(self.starts)):
            self.tick(0.2 * at.start / len(self.starts))
            yield from zip(
                self.ids[at].tolist(),
                numbers[at],
                self.kinds[at],
                ["void" if one else "final" for one in taken.void[at].tolist()],
                [day_texts[day] for day in self.days[at].tolist()],
                self.times[at],
                *(_or_none(self.heads[name][at], 0) for name in ("customer", "source", "campaign")),
                [_KINDS[kind - 1] if kind else None for kind in self.payment[at].tolist()],
                self._note_texts(self.head_note[at]),
                taken.sizes[at].tolist(),
                *(part[at].tolist() for part in totals),
                strict=True,
            )

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        taken, lines = self.taken, self.documents.lines
        for at in _slices(len(taken.rows)):
            self.tick(0.2 + 0.8 * at.start / len(taken.rows))
            rows, sign = taken.rows[at], self.sign[at]
            document = np.searchsorted(self.starts, np.arange(at.start, at.start + len(rows)), side="right") - 1
            unit_cost, note = lines.unit_cost[rows], self.note[at]
            cost = np.where(unit_cost < 0, _FAR, lines.cost[rows] * sign)
            yield from zip(
                self.ids[document].tolist(),
                (np.arange(at.start, at.start + len(rows)) - self.starts[document] + 1).tolist(),
                _or_none(taken.things["product"][at], 0),
                (lines.quantity[rows] * sign).tolist(),
                taken.measured[at].tolist(),
                _or_none(lines.unit_price[rows], -1),
                _or_none(unit_cost, -1),
                self.gross[at].tolist(),
                self.discount[at].tolist(),
                self.part[at].tolist(),
                taken.total[at].tolist(),
                _or_none(cost, _FAR),
                self.tax[at].tolist(),
                self._note_texts(np.where(note == self.head_note[document], 0, note)),
                strict=True,
            )

    def _note_texts(self, codes: Ints) -> list[str | None]:
        return [self.notes[code - 1] if code else None for code in codes.tolist()] if codes.any() else [None] * len(codes)

    def _numbers(self, connection: Any) -> list[str]:
        """The documents' numbers; those without one go on from the largest plain number of their kind."""
        texts, of = self.documents.texts, self.documents.of[self.taken.rows[self.starts]].tolist()
        numbers = [texts[document] if document < len(texts) else "" for document in of]
        for kind in ("sale", "return", "lump"):
            lacking = [at for at, one in enumerate(self.kinds) if one == kind and not numbers[at]]
            if lacking:
                same = (number for number, one in zip(numbers, self.kinds, strict=True) if one == kind)
                taken = [int(number) for number in same if number.isdecimal() and len(number) < 16]
                latest = connection.execute(_LARGEST, (kind,)).fetchone()[0] or 0
                for number, at in enumerate(lacking, max(taken, default=0) + 1 if max(taken, default=0) > latest else latest + 1):
                    numbers[at] = str(number)
        return numbers

    def _sellers(self) -> Iterator[tuple[int, int, int]]:
        seller = self.taken.things["seller"]
        shares = self.taken.sellers.shares(seller, self.taken.total, self.starts, _first_filled(seller, self.starts))
        return ((int(self.ids[document]), one, share) for document, one, share in shares)

    def _payments(self) -> Iterator[tuple[Any, ...]]:
        """What was paid at once, tax included: every final document that says how, unless it is owed."""
        amount = np.add.reduceat(self.taken.total + self.tax, self.starts)
        paid = (self.payment > 0) & (self.payment != 1 + _KINDS.index("credit")) & ~self.taken.void & (amount != 0)
        day_texts = _DayTexts()
        for at in np.flatnonzero(paid).tolist():
            yield (day_texts[int(self.days[at])], self.times[at], int(self.heads["customer"][at]) or None, int(self.ids[at]),
                   _KINDS[int(self.payment[at]) - 1], int(amount[at]))  # fmt: skip


class _DayTexts(dict[int, str]):
    """Ordinals as the book writes days."""

    def __missing__(self, day: int) -> str:
        self[day] = dt.date.fromordinal(day).isoformat()
        return self[day]


def _when(documents: Documents, taken: Taken) -> tuple[Ints, list[str | None]]:
    """Each document's first day, and the first time of that day if any row tells one."""
    days, minutes = documents.days[taken.rows], documents.minutes[taken.rows]
    first = np.minimum.reduceat(days, taken.starts)
    told = (days == np.repeat(first, taken.sizes)) & (minutes >= 0)
    minute = np.minimum.reduceat(np.where(told, minutes, _FAR), taken.starts)
    return first, [None if one == _FAR else f"{one // 60:02}:{one % 60:02}" for one in minute.tolist()]


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
        if "source" not in more:
            more["source"], more["since"] = int(sources[at]), dt.date.fromordinal(int(days[at])).isoformat()


def _or_none(values: NDArray[Any], none: int) -> list[int | None]:
    if (values == none).all():
        return [None] * len(values)
    return [None if one == none else one for one in values.tolist()]


def _slices(n: int) -> Iterator[slice]:
    return (slice(at, min(at + SLICE, n)) for at in range(0, n, SLICE))


@contextmanager
def _indexes_later(connection: Any, tables: Sequence[str], n: int) -> Iterator[None]:
    """Many rows for a small book: its indexes are made once at the end, sorted, instead of row by row."""
    known = connection.execute("SELECT count(*) FROM (SELECT 1 FROM sale_line LIMIT ?)", (n,)).fetchone()[0]
    if n < 10_000 or known == n:
        yield
        return
    marks = ", ".join("?" * len(tables))
    indexes = connection.execute(
        f"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})", tuple(tables)
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, sql in indexes:
        connection.execute(sql)


_LARGEST = """
SELECT max(CAST(number AS INTEGER)) FROM sale WHERE kind = ? AND number NOT GLOB '*[^0-9]*' AND length(number) BETWEEN 1 AND 15
"""
