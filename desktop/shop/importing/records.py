"""Files of leads and deals; and what the other files of dated rows share with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np

from desktop.shop.entity import NEGATIVE
from desktop.shop.importing import words
from desktop.shop.importing.options import Plan, Tick
from desktop.shop.importing.people import people
from desktop.shop.importing.rows import Flags, Ints, Rows, Words, each, holds
from desktop.shop.importing.things import Shelf, distinct, find_each, named, real
from desktop.shop.known import Things
from desktop.shop.things.deal import FROM_LEAD
from desktop.shop.things.lead import NAMELESS
from desktop.store import series
from desktop.store.dialect import insert, last_number
from desktop.store.tables import Row, utc_now
from desktop.values.digits import ntr
from desktop.values.fold import fold
from desktop.values.text import N_

NO_CLOSE = N_("A won or lost deal needs the day it was closed.")
NO_LEAD = N_("There is no lead “{value}” in the book; import the leads first.")

Values = list[Any]
Named = dict[str, tuple[str, Ints]]  # columns that name things: the table of these, and ids (< 0: new, 0: none)


def records(
    shelf: Shelf, table: str, columns: dict[str, Values], things: Named, total: int = 0, after: Callable[[Any, int], None] | None = None
) -> Plan:
    """Rows of one table, in ``columns`` and ``things``; ``after`` hears the first new row's id. No day's sales move."""
    count = len(next(iter(columns.values())))
    used = {of: np.concatenate([ids for other, ids in things.values() if other == of]) for of, _ in things.values()}

    def record(connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        tick(0.0)
        new = {of: shelf.write(connection, batch, of, [ids]) for of, ids in used.items()}
        named = {name: [one or None for one in real(ids, new[of]).tolist()] for name, (of, ids) in things.items()}
        first = last_number(connection.execute, table) + 1
        usual = {"id": list(range(first, first + count)), "batch_id": batch, "status": "final"}
        if "entered_at" in Row.metadata.tables[table].columns:
            usual["entered_at"] = utc_now()
        insert(connection, table, usual | columns | named)
        if after is not None:
            after(connection, first)
        return set()

    return Plan(count, total, frozenset({table, "lead", "deal_stage"}), shelf.created(used), record)


# Each kind


def leads(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """Who asked; a lead that is a customer already - by code, phone, name - knows it."""
    day = dated(rows, connection, "date")
    own = rows.codes("code")
    skip_known(rows, own, shelf.of("lead").by_code, taken_before=taken_before)
    who = people(rows, shelf, code="code", name="name")
    chosen = np.flatnonzero(rows.fine)
    code, key, name, number = each(own), each(who.code), each(who.name), each(who.phone)
    names = [name(at) or number(at) or code(at) or NAMELESS for at in chosen.tolist()]
    known = shelf.of("customer")
    found = [known.who(key(at), number(at), name(at)) for at in chosen.tolist()]
    customers = np.array([one.id if one else 0 for one in found], np.int64)
    columns: dict[str, Values] = {
        "day": iso(day[chosen]),
        "code": [code(at) or None for at in chosen.tolist()],
        **named(names),
        "phone": [number(at) or None for at in chosen.tolist()],
        "status": _known_words(rows, "status", words.LEAD_STATUS, "open", chosen),
    }
    things = named_things(rows, shelf, chosen, "source", "campaign", "seller")
    return records(shelf, "lead", columns, things | {"customer_id": ("customer", customers)})


def deals(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The deals that can be recorded; one whose number the book has is skipped."""
    rows.need("stage")
    rows.understand_dates("opened", "expected", "closed")
    opened, expected, closed = (rows.days(name) for name in ("opened", "expected", "closed"))
    stage, outcome = _stages(rows, shelf, closed > 0)
    is_open = outcome == "open"
    rows.refuse(~is_open & (closed == 0), "closed" if rows.has("closed") else "stage", NO_CLOSE)
    expected = np.where(is_open & (expected == 0), closed, expected)  # many programs keep both in one column
    closed = np.where(is_open, 0, closed)
    rows.refuse_closed(closed, "closed", connection)
    rows.refuse_closed(np.where(closed > 0, 0, opened), "opened", connection)  # the day it came into its stage
    value, blank = rows.money("value")
    rows.refuse(value < 0, "value", NEGATIVE)
    numbers = rows.codes("number")
    skip_known(rows, numbers, shelf.of("deal").by_code, taken_before=taken_before)
    leads = shelf.of("lead")
    lead = known_refs(rows, "lead", leads, NO_LEAD)
    chosen = np.flatnonzero(rows.fine)
    days = iso(opened[chosen])
    names = [text or "" for text in texts_of(rows, "name", chosen)]
    columns = {
        "number": series.filled(connection.execute, "deal", [numbers[1][code] for code in numbers[0][chosen].tolist()]),
        "name": names,
        "name_fold": list(map(fold, names)),
        "value": [None if none else one for one, none in zip(value[chosen].tolist(), blank[chosen].tolist(), strict=True)],
        "opened": days,
        "expected": iso(expected[chosen]),
        "first_contact": [leads.by_id[one].more["day"] if one else day for one, day in zip(lead[chosen].tolist(), days, strict=True)],
        "closed": iso(closed[chosen]),
        "outcome": outcome[chosen].tolist(),
        "reason": texts_of(rows, "reason", chosen),
    }
    things = {
        "stage_id": ("stage", stage[chosen]),
        "lead_id": ("lead", lead[chosen]),
        "customer_id": ("customer", find_each((rows.texts("customer"),), partial(shelf.called, "customer"), chosen)),
        "product_id": ("product", find_each((rows.texts("product"),), partial(shelf.called, "product"), chosen)),
        **named_things(rows, shelf, chosen, "seller", "source", "campaign"),
    }
    inherit(things, FROM_LEAD, leads, lead[chosen])
    return records(shelf, "deal", columns, things, sum(value[chosen].tolist()), after=_histories)


# What the kinds share


def dated(rows: Rows, connection: Any, name: str, *others: str) -> Ints:
    """The days of a needed column; all the kind's dates together tell how the file writes them."""
    rows.need(name)
    rows.understand_dates(name, *others)
    days = rows.days(name)
    rows.refuse_closed(days, name, connection)
    return days


def skip_known(rows: Rows, numbers: Words | None, known: Iterable[str], *, taken_before: bool) -> None:
    """Rows whose number the book (or an earlier row) has; rows without one if this very file was taken before."""
    if numbers is None:
        if taken_before:
            rows.skip(np.ones(len(rows), bool))
        return
    known, filled = set(known), holds(numbers)
    again = np.ones(len(rows), bool)
    again[np.unique(numbers[0], return_index=True)[1]] = False
    rows.skip(np.where(filled, again | holds(numbers, known.__contains__), taken_before))


def iso(days: Ints) -> list[str | None]:
    """Ordinals as the book writes days; 0 is none."""
    texts = {day: dt.date.fromordinal(day).isoformat() for day in distinct(days).tolist() if day}
    return [texts.get(day) for day in days.tolist()]


def inherit(things: Named, names: Sequence[str], parents: Things, parent: Ints) -> None:
    """What a row does not name itself it has from its ``parent``."""
    for name in names:
        table, ids = things.get(name, (name.removesuffix("_id"), np.zeros(len(parent), np.int64)))
        known = {one.id: one.more[name] or 0 for one in parents.by_id.values()}
        things[name] = table, np.where(ids == 0, np.array([known.get(one, 0) for one in parent.tolist()], np.int64), ids)


def named_things(rows: Rows, shelf: Shelf, chosen: Ints, *tables: str) -> Named:
    """The things that columns of the same name name, made where they are not there."""
    return {f"{table}_id": (table, find_each((rows.texts(table),), partial(shelf.named, table), chosen)) for table in tables}


def texts_of(rows: Rows, name: str, chosen: Ints) -> list[str | None]:
    """A column's text, None where it is blank."""
    text = each(rows.texts(name))
    return [text(at) or None for at in chosen.tolist()]


def known_refs(rows: Rows, name: str, things: Things, message: str) -> Ints:
    """The ids of documents that rows name by number or name; a row that names one that is not there is refused."""
    codes, texts = column = rows.texts(name)
    found = [things.called(text) for text in texts]
    ids: Ints = np.array([one.id if one else 0 for one in found], np.int64)[codes]
    rows.refuse(holds(column) & (ids == 0), name, message)
    return ids


def _known_words(rows: Rows, name: str, known: dict[str, str], usual: str, chosen: Ints) -> list[str]:
    """A state by the book's own word; ``usual`` where the file says nothing, or something that nobody knows."""
    codes, texts = column = rows.folded(name)
    odd = holds(column, lambda text: bool(text) and text not in known)[chosen]
    if odd.any():
        rows.notes.append(ntr("The status of {n} row is not known; it was taken as open.",
                              "The status of {n} rows is not known; they were taken as open.", int(odd.sum())))  # fmt: skip
    said = [known.get(text, usual) for text in texts]
    return [said[code] for code in codes[chosen].tolist()]


def _stages(rows: Rows, shelf: Shelf, closed: Flags) -> tuple[Ints, Any]:
    """Each row's stage and its outcome; won and lost by any name are the book's own closing stages."""
    things = shelf.of("stage")
    codes, texts = rows.texts("stage")
    _, means = rows.understood("stage", words.OUTCOME, closed & ~holds((codes, texts), lambda text: things.named(text) is not None))
    closing = {one.more["outcome"]: one for one in reversed(things.by_id.values()) if one.more["outcome"] != "open"}
    found = [things.named(text) or closing.get(mean) for text, mean in zip(texts, means, strict=True)]
    ids = [one.id if one else shelf.named("stage", text) for one, text in zip(found, texts, strict=True)]
    outcomes = [one.more.get("outcome", "open") if one else "open" for one in found]
    return np.array(ids, np.int64)[codes], np.array(outcomes, object)[codes]


def _histories(connection: Any, first: int) -> None:
    """Each new deal stands in its stage since the day it was closed, or opened."""
    connection.execute(
        "INSERT INTO deal_stage (deal_id, stage_id, day, entered_at) "
        "SELECT id, stage_id, coalesce(closed, opened), entered_at FROM deal WHERE id >= ?",
        (first,),
    )


PLANS: dict[str, Callable[..., Plan]] = {"leads": leads, "deals": deals}
