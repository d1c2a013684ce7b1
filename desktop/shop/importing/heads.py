"""The head of an invoice that is written once, or merged down over its lines, goes on below."""

from __future__ import annotations

import numpy as np

from desktop.shop.importing.nodata import blank
from desktop.shop.importing.rows import Flags, Ints, Rows
from desktop.values.digits import ntr
from desktop.values.text import N_, tr

_CUSTOMER = ("customer_code", "customer", "phone")
_LINE = ("product_code", "product", "barcode", "category", "unit_price", "total")
_REST = ("time", "status", "payment", "source", "campaign")
_OFTEN = 5  # of so many rows that have their own number, one without a day shows that days are written once

EVEN = N_("Most rows have neither a number nor a customer. Are they lines of the invoice above, or sales of their own?")
_WAYS = (("once", N_("lines of the invoice above")), ("each", N_("sales of their own")))


class _Filled:
    """Where some columns together say something, and what the nearest such row above (itself too) is; -1 = none."""

    def __init__(self, rows: Rows, *names: str) -> None:
        self.columns = [rows.columns[name] for name in names if rows.has(name)]
        self.blanks = [blank(column) for column in self.columns]
        none = np.ones(len(rows), bool)
        self.blank: Flags = np.logical_and.reduce(self.blanks) if self.blanks else none
        self.last = _last(~self.blank)

    def same(self, since: Ints) -> Flags:
        """Rows that say nothing here, or what was said above them from row ``since`` on."""
        found = np.ones(len(since), bool)
        for column, empty in zip(self.columns, self.blanks, strict=True):
            before = np.concatenate(([-1], _last(~empty)[:-1]))
            found &= empty | ((before >= since) & (before >= 0) & (column.codes == column.codes[before]))
        return found

    def fill(self, where: Flags, source: Ints) -> Flags:
        """``where`` a row says nothing it says what its ``source`` says (-1: nothing); gives back where that was so."""
        found = where & self.blank & (source >= 0)
        for column in self.columns:
            column.codes = np.where(found, column.codes[source], column.codes).astype(np.int32)
        return found


def _last(flags: Flags) -> Ints:
    found: Ints = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1)) if len(flags) else np.zeros(0, np.int64)
    return found


def go_on(rows: Rows) -> None:
    """Numbers, days and customers that stand only on the first line of an invoice stand on the others too; counted and said.

    A blank number goes on while day, customer and seller are each blank or as above; else the row is its own sale. Where most rows
    have neither number nor customer, but each its own day, nobody can tell: that is asked.
    """
    number, day, customer, seller = (_Filled(rows, *names) for names in (("number",), ("date",), _CUSTOMER, ("seller",)))
    if rows.options.heads == "each" or not len(rows) or not (number.blank.any() or day.blank.any()):
        return
    line = ~_Filled(rows, *_LINE).blank
    head = number.last
    goes = line & number.blank & (head >= 0) & day.same(head) & customer.same(head) & seller.same(head)
    goes &= _last(line & number.blank & ~goes) < head
    mostly = number.blank.sum() * 2 > len(rows) and customer.blank.sum() * 2 > len(rows)
    if mostly and rows.options.heads is None and int((goes & ~day.blank).sum()) * 2 > int(goes.sum()):
        rows.ask("heads", tr(EVEN), goes, option="--heads once|each", choices=[(way, tr(said)) for way, said in _WAYS])
        return
    again = line & ~number.blank & np.concatenate(([False], number.last[:-1] >= 0))
    again &= number.same(np.zeros(len(rows), np.int64))
    own = line & ~goes & ~again
    once = own if (own & day.blank).sum() * _OFTEN >= own.sum() else np.zeros(len(rows), bool)
    bare = once & number.blank & day.blank & (customer.last >= day.last)  # the whole head is blank: the customer goes on with the day
    filled = customer.fill(bare, customer.last)
    for one in (customer, seller, *(_Filled(rows, name) for name in _REST)):
        one.fill(goes, np.where(one.last >= head, one.last, -1))
    filled |= number.fill(goes, head)
    filled |= day.fill(goes | again | once, day.last)
    if n := int(filled.sum()):
        rows.notes.append(
            ntr("{n} row goes on from the head of the invoice above.", "{n} rows go on from the head of the invoice above.", n)
        )
