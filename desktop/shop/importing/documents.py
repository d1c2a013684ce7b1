"""Sale lines gathered into documents - by number, else each row its own - and what is wrong with a whole document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing.rows import Flags, Ints, Rows, Words, holds, times_half_up
from desktop.values.rounding import split
from desktop.values.text import N_

MILLION = 1_000_000
NEGATIVE_DISCOUNT = N_("A discount cannot be negative.")
TWO_DISCOUNTS = N_("The rows of the invoice give it different discounts.")
LARGE_DISCOUNT = N_("The invoice's discount is more than the invoice.")


@dataclass
class Lines:
    """Per row: amounts in smallest units without their sign; -1 = no unit price, no unit cost."""

    sign: Ints
    quantity: Ints
    unit_price: Ints
    unit_cost: Ints
    gross: Ints
    total: Ints
    tax: Ints
    cost: Ints
    cancelled: Flags
    lump: Flags


@dataclass
class Documents:
    """``of[i]`` is row ``i``'s document (0 ... ``count`` - 1); the first ``len(texts)`` have the number ``texts`` says.

    ``customer`` per row: an id of the book, a new one (< 0), 0 = a walk-in. ``part``: the row's part of the invoice's discount.
    """

    rows: Rows
    of: NDArray[np.int32]
    count: int
    texts: list[str]
    days: Ints
    minutes: Ints
    lines: Lines
    customer: Ints
    part: Ints
    paid: Words

    @classmethod
    def gather(cls, rows: Rows, numbers: Words, days: Ints, minutes: Ints, lines: Lines, customer: Ints, paid: Words) -> Documents:
        """Rows with the same number are one document; a row without a number is its own."""
        codes, texts = numbers
        alone = ~holds(numbers)
        of = np.where(alone, len(texts) + np.cumsum(alone) - 1, codes).astype(np.int32)
        return cls(rows, of, len(texts) + int(alone.sum()), texts, days, minutes, lines, customer, np.zeros(len(rows), np.int64), paid)

    def any_of(self, flags: Flags) -> Flags:
        """Documents of which any row has the flag."""
        found = np.zeros(self.count, bool)
        found[self.of[flags]] = True
        return found

    def kinds(self) -> NDArray[np.object_]:
        """Each document's kind: a day's takings in one sum, a return (nothing but negative lines), else a sale."""
        kinds = np.full(self.count, "return", object)
        kinds[self.any_of((self.lines.sign > 0) & ~self.rows.skipped)] = "sale"
        kinds[self.any_of(self.lines.lump)] = "lump"
        return kinds

    def refuse(self, documents: Flags, name: str, message: str) -> None:
        """All rows of these documents are refused."""
        if documents.any():
            self.rows.refuse(documents[self.of], name, message)

    def skip_cancelled(self) -> None:
        """A cancelled line of a living invoice is left out; an invoice that is cancelled as a whole stays, as void."""
        living = self.any_of(~self.lines.cancelled & ~self.rows.skipped)
        self.rows.skip(self.lines.cancelled & living[self.of])

    def two_customers(self) -> Flags:
        """Documents whose rows name different customers; rows that name nobody do not count."""
        first = np.zeros(self.count, np.int64)
        named = np.flatnonzero((self.customer != 0) & ~self.rows.skipped)[::-1]
        first[self.of[named]] = self.customer[named]
        return self.any_of((self.customer != 0) & ~self.rows.skipped & (self.customer != first[self.of]))

    def spread_discounts(self) -> None:
        """The invoice's own discount over its positive lines by net, largest remainder (a pure return: over all its lines)."""
        rows = self.rows
        if not rows.has("invoice_discount"):
            return
        amount, rate, _ = rows.discounts("invoice_discount")
        given = ((amount != 0) | (rate != 0)) & ~rows.skipped
        returned = ~self.any_of((self.lines.sign > 0) & ~rows.skipped)
        rows.refuse(given & ((amount < 0) | (rate < 0)) & ~returned[self.of], "invoice_discount", NEGATIVE_DISCOUNT)
        amount, rate = np.abs(amount), np.abs(rate)
        first = np.full(self.count, -1, np.int64)
        at = np.flatnonzero(given)[::-1]
        first[self.of[at]] = at
        same = (amount == amount[first[self.of]]) & (rate == rate[first[self.of]])
        self.refuse(self.any_of(given & ~same), "invoice_discount", TWO_DISCOUNTS)
        order = np.argsort(self.of, kind="stable")
        bounds = np.searchsorted(self.of[order], np.arange(self.count + 1))
        for document in np.flatnonzero(first >= 0).tolist():
            members = order[bounds[document] : bounds[document + 1]]
            members = members[~rows.skipped[members] & ((self.lines.sign[members] > 0) | returned[document])]
            nets = self.lines.total[members]
            source = first[document : document + 1]
            wanted = int(amount[source][0]) or int(times_half_up(nets.sum(keepdims=True), rate[source], MILLION)[0])
            if wanted > int(nets.sum()):
                rows.refuse(members, "invoice_discount", LARGE_DISCOUNT)
            elif wanted:
                self.part[members] = split(wanted, nets.tolist())

    def taken(self) -> NDArray[np.int32]:
        """The rows that are taken: documents by their first row, in a document as in the file."""
        fine = np.flatnonzero(self.rows.fine)
        first = np.zeros(self.count, np.int64)
        first[self.of[fine[::-1]]] = fine[::-1]
        return fine[np.argsort(first[self.of[fine]], kind="stable")].astype(np.int32)
