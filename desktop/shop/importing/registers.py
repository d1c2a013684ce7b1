"""Files of things: products, customers, sellers, campaigns. What the book has already is skipped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from desktop.shop.entity import NEGATIVE
from desktop.shop.entity import Field as Filled
from desktop.shop.importing.plan import Plan, Tick
from desktop.shop.importing.rows import Rows, each
from desktop.shop.importing.things import Shelf
from desktop.shop.kind import Field
from desktop.shop.things import LISTED
from desktop.shop.things.campaign import BACKWARDS
from desktop.values.text import N_

_APART = re.compile(r"[\s,;|،؛]+")


def plan(rows: Rows, shelf: Shelf, _connection: Any, *, taken_before: bool) -> Plan:
    """Each row that is fine and new, as a thing; a row of something that is there already (or twice in the file) is skipped."""
    del taken_before  # what identifies a thing is enough
    thing = LISTED[rows.kind.name]
    table, fields = thing.table.__tablename__, rows.kind.fields
    for field in fields:
        if field.needed:
            rows.need(field.name)
    if days := [field.name for field in fields if field.reader == "day"]:
        rows.understand_dates(*days)
    told = ((field, thing.filled(field)) for field in fields if field.name not in _KEYS)
    columns = {filled.key: _column(rows, shelf, field, filled) for field, filled in told if filled}
    find = _FINDERS[table](rows, shelf) if table in _FINDERS else _called(rows, shelf, table)
    new, found = shelf.of(table).new, []
    for at in np.flatnonzero(rows.fine).tolist():
        known = len(new)
        one = find(at)
        if len(new) == known:
            rows.skipped[at] = True
            continue
        more = new[-one - 1].more
        more |= {key: value(at) for key, value in columns.items()}
        if more.get("first_source_id"):
            more["since"] = rows.book.today.isoformat()
        found.append(one)
    ids = np.array(found, np.int64)

    def record(connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        tick(0.0)
        shelf.write(connection, batch, table, [ids])
        return set()

    return Plan(len(ids), 0, frozenset({table, "barcode", "lead"}), shelf.created({table: ids}), record)


_KEYS = ("code", "name", "phone")  # what a thing is found by


def _column(rows: Rows, shelf: Shelf, field: Field, filled: Filled) -> Callable[[int], Any]:
    """What a field of the form gets in each row; None where the cell is blank."""
    if field.reader == "money":
        return _amounts(rows, field.name)
    text = each(rows.texts(field.name))
    if field.reader == "day":
        days = rows.days(field.name)
        return lambda at: dt.date.fromordinal(day).isoformat() if (day := int(days[at])) else None
    if filled.ref is not None:
        return lambda at: shelf.named(filled.refers, text(at)) or None
    return text


# How each is found


def _called(rows: Rows, shelf: Shelf, table: str) -> Callable[[int], int]:
    """Things by their code or their name."""
    code, name, phone, things = each(rows.codes("code")), each(rows.texts("name")), each(rows.phones("phone")), shelf.of(table)

    def find(at: int) -> int:
        found = things.by_code.get(code(at)) if code(at) else None
        if found is None and (same := things.named(name(at))) and not (code(at) and same.code):
            found = same
        return (found or things.make(name(at), code=code(at), phone=phone(at))).id

    return find


def _campaign(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    start, end = rows.days("start"), rows.days("end")
    rows.refuse((end > 0) & (end < start), "end", BACKWARDS)
    return _called(rows, shelf, "campaign")


def _product(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    """Goods by their code, a barcode or their name."""
    code, name, barcodes = each(rows.codes("code")), each(rows.texts("name")), each(rows.texts("barcode"))
    known, new = shelf.of("product").by_barcode, shelf.of("product").new

    def find(at: int) -> int:
        first, *others = _APART.split(barcodes(at))
        met = len(new)
        one = shelf.product(code(at), name(at), first)
        for text in others if len(new) > met else ():
            if text and text not in known:
                known[text] = new[-1]
                new[-1].more.setdefault("barcodes", []).append(text)
        return one

    return find


def _customer(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    """People by their code, their phone or their name."""
    code, phone, name = each(rows.codes("code")), each(rows.phones("phone")), each(rows.texts("name"))
    nobody = [not (code(at) or phone(at) or name(at)) for at in range(len(rows))]
    rows.refuse(np.array(nobody, bool), "", N_("The row names nobody: it has neither a code, a name nor a phone."))
    return lambda at: shelf.customer(code(at), phone(at), name(at))


_FINDERS: dict[str, Callable[[Rows, Shelf], Callable[[int], int]]] = {
    "product": _product, "customer": _customer, "campaign": _campaign,
}  # fmt: skip


def _amounts(rows: Rows, name: str) -> Callable[[int], int | None]:
    """An amount in each row, None where the cell is blank; negative ones are refused."""
    values, blank = rows.money(name)
    rows.refuse(values < 0, name, NEGATIVE)
    return lambda at: None if blank[at] else int(values[at])
