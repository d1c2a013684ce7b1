"""Files of things: products, customers, sellers, campaigns. What the book has already is skipped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from desktop.shop.importing.options import Plan, Tick
from desktop.shop.importing.people import people
from desktop.shop.importing.plain import read, told
from desktop.shop.importing.rows import Rows, each
from desktop.shop.importing.things import Shelf, meant
from desktop.shop.things import LISTED
from desktop.shop.things.campaign import BACKWARDS
from desktop.values.fold import fold
from desktop.values.text import N_, tr

OTHERS = N_("“{value}” belongs to “{owner}”.")
_APART = re.compile(r"[\s,;|،؛]+")


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """Each row that is fine and new, as a thing; a row of something that is there already (or twice in the file) is skipped."""
    del taken_before  # what identifies a thing is enough
    thing = LISTED[rows.kind.name]
    table = thing.table.__tablename__
    fields = {name: one for name, one in told(rows, thing).items() if name not in _KEYS}
    columns = {one.key: read(rows, name, one, shelf, connection, thing.table) for name, one in fields.items() if one.ref is None}
    named = {one.key: (one.refers, each(rows.texts(name))) for name, one in fields.items() if one.ref is not None}
    find = _FINDERS[table](rows, shelf) if table in _FINDERS else _called(rows, shelf, table)
    new, found = shelf.of(table).new, []
    for at in np.flatnonzero(rows.fine).tolist():
        known = len(new)
        one = find(at)
        if rows.why[at]:
            continue
        if len(new) == known:
            rows.skipped[at] = True
            continue
        more = new[-one - 1].more
        beside = more.get("note")
        more |= {key: values[at] for key, values in columns.items()}
        if beside:
            more["note"] = " · ".join(filter(None, (more.get("note"), beside)))
        more |= {key: shelf.named(refers, text(at)) or None for key, (refers, text) in named.items()}
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


# How each is found


def _called(rows: Rows, shelf: Shelf, table: str) -> Callable[[int], int]:
    """Things by their code or their name."""
    code, name, phone, things = each(rows.codes("code")), each(rows.texts("name")), each(rows.phones("phone")), shelf.of(table)

    def find(at: int) -> int:
        found = meant(things, code(at), things.named(name(at)))
        return (found or things.make(name(at), code=code(at), phone=phone(at))).id

    return find


def _campaign(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    start, end = rows.days("start"), rows.days("end")
    rows.refuse((end > 0) & (end < start), "end", BACKWARDS)
    return _called(rows, shelf, "campaign")


def _product(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    """Goods by their code, a barcode or their name."""
    code, name, barcodes = each(rows.codes("code")), each(rows.texts("name")), each(rows.texts("barcode"))
    things = shelf.of("product")
    known, new = things.by_barcode, things.new

    def find(at: int) -> int:
        first, *others = _APART.split(barcodes(at))
        met, coded, barred = len(new), things.by_code.get(code(at)), known.get(first)
        if coded and coded.fold != fold(name(at)):
            rows.refuse([at], "code", OTHERS, owner=coded.name or coded.fold)
            return 0
        if barred and barred.fold != fold(name(at)):
            if not (code(at) and barred.code and barred.code != code(at)):
                rows.refuse([at], "barcode", OTHERS, owner=barred.name or barred.fold)
                return 0
            rows.notes.append(tr("The barcode {barcode} belongs to “{owner}”; “{name}” was taken without it.",
                                 barcode=first, owner=barred.name or barred.fold, name=name(at)))  # fmt: skip
        one = shelf.product(code(at), name(at), first)
        for text in others if len(new) > met else ():
            if text and text not in known:
                known[text] = new[-1]
                new[-1].more.setdefault("barcodes", []).append(text)
        return one

    return find


def _customer(rows: Rows, shelf: Shelf) -> Callable[[int], int]:
    """People by their code, their phone or their name."""
    who = people(rows, shelf, code="code", name="name")
    code, phone, name, rest = each(who.code), each(who.phone), each(who.name), each(who.rest)
    rows.skip(who.nobody)
    nobody = [not (code(at) or phone(at) or name(at)) for at in range(len(rows))]
    rows.refuse(np.array(nobody, bool), "", N_("The row names nobody: it has neither a code, a name nor a phone."))
    return lambda at: shelf.customer(code(at), phone(at), name(at), rest(at))


_FINDERS = {"product": _product, "customer": _customer, "campaign": _campaign}
