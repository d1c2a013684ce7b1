"""A file of documents that need no more than their form: each column fills a field, checked as the form checks it alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from desktop.shop import entity as form
from desktop.shop.importing.options import Plan
from desktop.shop.importing.records import Values, iso, known_refs, records, skip_known, texts_of
from desktop.shop.importing.rows import Ints, Rows, each
from desktop.shop.importing.things import Shelf, find_each
from desktop.shop.things import LISTED
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr

NOT_THERE = N_("There is no “{value}” in the book; import those first.")


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The rows that are new: by their code, where there is one, else by the file."""
    thing = LISTED[rows.kind.name]
    table = thing.table.__tablename__
    told = {one.name for one in rows.kind.fields if rows.has(one.name)} | ({"customer"} if rows.has("customer_code") else set())
    fields = {one.name: filled for one in rows.kind.fields if one.name in told and (filled := thing.filled(one))}
    for name in (name for name, one in fields.items() if one.needed):
        rows.need(name)
    if days := [name for name, one in fields.items() if one.kind == "day"]:
        rows.understand_dates(*days)
    values = {name: read(rows, name, one, shelf, connection, thing.table) for name, one in fields.items()}
    coded = "code" in fields
    known = {code for (code,) in connection.execute(f"SELECT code FROM {table}")} if coded else set()
    skip_known(rows, rows.codes("code") if coded else None, known, taken_before=taken_before)
    chosen = np.flatnonzero(rows.fine)
    columns = {one.key: [values[name][at] for at in chosen.tolist()] for name, one in fields.items() if one.ref is None}
    things = {one.key: (one.refers, _named(rows, name, one, shelf, values[name], chosen)) for name, one in fields.items() if one.ref}
    return records(shelf, table, columns, things)


def read(rows: Rows, name: str, one: form.Field, shelf: Shelf, connection: Any, table: Any) -> Any:
    """The values of a field, one a row; what cannot be is refused. Of a document that is named, its ids; of a thing none yet."""
    every = np.arange(len(rows))
    if one.ref is not None:
        return None if hasattr(one.ref, "archived") else known_refs(rows, name, shelf.of(one.ref.__tablename__), NOT_THERE)
    match one.kind:
        case "day":
            days = rows.days(name)
            if one.key in getattr(table, "dated", ()):
                rows.refuse_closed(days, name, connection)
            return iso(days)
        case "money":
            values, blank = rows.money(name)
        case "number" | "score":
            parsed = rows.read(name, 1_000 if one.kind == "number" else 1)
            values, blank = parsed.values, parsed.blank
            if one.kind == "score":
                rows.refuse(parsed.rough, name, form.SCORE)
        case "phone":
            number = each(rows.phones(name))
            return [number(at) or None for at in every.tolist()]
        case "code":
            code = each(rows.codes(name))
            return [code(at) or None for at in every.tolist()]
        case "choice":
            known = {fold(word): value for value, title in one.choices for word in (str(value), title, tr(title))}
            texts = texts_of(rows, name, every)
            return _tidied(rows, name, one, [known.get(fold(text), text) if text else None for text in texts])
        case _:
            return texts_of(rows, name, every)
    return _tidied(rows, name, one, [None if no else value for value, no in zip(values.tolist(), blank.tolist(), strict=True)])


def _tidied(rows: Rows, name: str, one: form.Field, values: Values) -> Values:
    """The values as the form would keep them; where it would not, the row is refused with the form's sentence."""
    for at, value in enumerate(values):
        try:
            if value is not None:
                values[at] = form.tidy(one, value)
        except Refused as refused:
            rows.refuse([at], name, refused.message, **refused.holes)
    return values


def _named(rows: Rows, name: str, one: form.Field, shelf: Shelf, ids: Any, chosen: Ints) -> Ints:
    """The ids of what a column names, made where it is a thing that is not there."""
    if ids is not None:
        found: Ints = ids[chosen]
        return found
    if rows.has(f"{name}_code"):
        return find_each((rows.codes(f"{name}_code"), rows.texts(name)), lambda code, text: shelf.customer(code, "", text), chosen)
    return find_each((rows.texts(name),), partial(shelf.called, one.refers), chosen)
