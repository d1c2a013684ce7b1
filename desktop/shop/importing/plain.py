"""A file of documents that need no more than their form: each column fills a field, checked as the form checks it alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from desktop.shop import entity as form
from desktop.shop.importing import words
from desktop.shop.importing.options import Plan
from desktop.shop.importing.records import NO_LEAD, Named, Values, inherit, iso, known_refs, records, skip_known, texts_of
from desktop.shop.importing.rows import Ints, Rows, each, holds
from desktop.shop.importing.things import Shelf, find_each
from desktop.shop.thing import Thing
from desktop.shop.things import LISTED
from desktop.shop.things.activity import FROM_DEAL
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr

_NOT_THERE = {"deal": N_("There is no deal “{value}” in the book; import the deals first."), "lead": NO_LEAD}


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The rows that are new: by their code, where there is one, else by the file."""
    thing = LISTED[rows.kind.name]
    table, fields = thing.table.__tablename__, told(rows, thing)
    values = {name: read(rows, name, one, shelf, connection, thing.table) for name, one in fields.items()}
    coded = "code" in fields
    known = {code for (code,) in connection.execute(f"SELECT code FROM {table}")} if coded else set()
    skip_known(rows, rows.codes("code") if coded else None, known, taken_before=taken_before)
    chosen = np.flatnonzero(rows.fine)
    columns = {one.key: [values[name][at] for at in chosen.tolist()] for name, one in fields.items() if one.ref is None}
    things = {one.key: (one.refers, _named(rows, name, one, shelf, values[name], chosen)) for name, one in fields.items() if one.ref}
    if table in _BESIDE:
        _BESIDE[table](shelf, columns, things)
    return records(shelf, table, columns, things, total=sum(columns.get("amount", ())))


def told(rows: Rows, thing: Thing) -> dict[str, form.Field]:
    """The form's fields that the file fills; rows without a needed one are refused, and it is found out how it writes its dates."""
    also = {"done"} | ({"customer"} if rows.has("customer_code") else set())
    fields = {one.name: filled for one in rows.kind.fields if (rows.has(one.name) or one.name in also) and (filled := thing.filled(one))}
    for one in rows.kind.fields:
        if one.needed:
            rows.need(one.name)
    if days := [name for name, one in fields.items() if one.kind == "day"]:
        rows.understand_dates(*days)
    return fields


def read(rows: Rows, name: str, one: form.Field, shelf: Shelf, connection: Any, table: Any) -> Any:
    """The values of a field, one a row; what cannot be is refused. Of a document that is named, its ids; of a thing none yet."""
    every = np.arange(len(rows))
    if one.ref is not None:
        return None if hasattr(one.ref, "archived") else known_refs(rows, name, shelf.of(one.refers), _NOT_THERE[one.refers])
    match one.kind:
        case "day":
            days = _done(rows) if name == "done" else rows.days(name)
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
            known |= _WORDS.get(table.__tablename__, {})
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


def _done(rows: Rows) -> Ints:
    """The day each activity was done: as the file tells, or its own day where it only says that it was; 0 = not yet.

    A file that tells neither due day nor done is a list of what was done.
    """
    day = rows.days("date")
    if not rows.has("done"):
        return np.where((day <= rows.book.today.toordinal()) & (not rows.has("due")), day, 0)
    column = rows.folded("done")
    yes, no = holds(column, words.DONE.__contains__), holds(column, lambda text: not text or text in words.NOT_DONE)
    if (yes | no).all():
        return np.where(yes, day, 0)
    found = rows.day("done", but=words.DONE | words.NOT_DONE)[0]
    days: Ints = np.where(yes, day, np.where(no, 0, found))
    return days


def _cost_kinds(_shelf: Shelf, columns: dict[str, Values], things: Named) -> None:
    """A cost without a kind is advertising if it names a campaign, else other."""
    none = [None] * len(columns["day"])
    campaigns = things["campaign_id"][1].tolist() if "campaign_id" in things else none
    kinds = zip(columns.get("kind", none), campaigns, strict=True)
    columns["kind"] = [kind or ("advertising" if campaign else "other") for kind, campaign in kinds]


def _from_deal(shelf: Shelf, _columns: dict[str, Values], things: Named) -> None:
    if "deal_id" in things:
        inherit(things, FROM_DEAL, shelf.of("deal"), things["deal_id"][1])


_WORDS = {"activity": words.ACTIVITY, "cost": words.COST}
_BESIDE = {"activity": _from_deal, "cost": _cost_kinds}  # what goes with the fields
