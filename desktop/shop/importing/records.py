"""Files of what happened and what is planned: leads, activities, costs, targets, opinions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.clock import utc_now
from desktop.shop.entity import ABOVE_ZERO, SCORE
from desktop.shop.importing import words
from desktop.shop.importing.plan import Plan, Tick
from desktop.shop.importing.registers import each
from desktop.shop.importing.rows import Ints, Rows
from desktop.shop.importing.things import Shelf, find_each, named, real
from desktop.shop.things.activity import FROM_DEAL
from desktop.shop.things.lead import NAMELESS
from desktop.store.dialect import last_number
from desktop.values.fold import fold
from desktop.values.plural import ntr
from desktop.values.text import N_

NO_LEAD = N_("There is no lead “{value}” in the book; import the leads first.")
NO_DEAL = N_("There is no deal “{value}” in the book; import the deals first.")

Values = list[Any]


@dataclass
class Records:
    """Rows of one table, in ``columns``; a column of things holds ids, of which those < 0 are new, 0 is none."""

    shelf: Shelf
    table: str
    columns: dict[str, Values]
    things: dict[str, tuple[str, Ints]]
    total: int = 0
    after: Callable[[Any, int], None] | None = None

    @property
    def documents(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def tables(self) -> frozenset[str]:
        return frozenset({self.table, "lead", "deal_stage", *(table for table, _ in self.things.values())})

    def created(self) -> dict[str, int]:
        """How many things of each table would be new."""
        return self.shelf.created(self._used())

    def _used(self) -> dict[str, Ints]:
        used: dict[str, Ints] = {}
        for table, ids in self.things.values():
            used[table] = np.concatenate((used.get(table, np.zeros(0, np.int64)), ids))
        return used

    def record(self, connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        """The rows are in the book, with every new thing they name; no day's sales moved."""
        tick(0.0)
        new = {table: self.shelf.write(connection, batch, table, [ids]) for table, ids in self._used().items()}
        columns = dict(self.columns)
        for name, (table, ids) in self.things.items():
            columns[name] = [one or None for one in real(ids, new[table]).tolist()]
        first = last_number(connection.execute, self.table) + 1
        columns["id"] = list(range(first, first + self.documents))
        columns["batch_id"] = [batch] * self.documents
        columns.setdefault("status", ["final"] * self.documents)
        names = ", ".join(f'"{name}"' for name in columns)
        connection.executemany(
            f"INSERT INTO {self.table} ({names}) VALUES ({', '.join('?' * len(columns))})", zip(*columns.values(), strict=True)
        )
        if self.after is not None:
            self.after(connection, first)
        return set()


# Each kind


def leads(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """Who asked; a lead that is a customer already - by code, phone, name - knows it."""
    day = dated(rows, connection, "date")
    codes, texts = rows.codes("code")
    skip_known(rows, (codes, texts), shelf.of("lead").by_code, taken_before=taken_before)
    chosen = np.flatnonzero(rows.fine)
    code, name, number = each((codes, texts)), each(rows.texts("name")), each(rows.phones("phone"))
    names = [name(at) or number(at) or code(at) or NAMELESS for at in chosen.tolist()]
    known = shelf.of("customer")
    found = [known.who(code(at), number(at), name(at)) for at in chosen.tolist()]
    customers = np.array([one.id if one else 0 for one in found], np.int64)
    columns: dict[str, Values] = {
        "day": iso(day[chosen]),
        "code": [code(at) or None for at in chosen.tolist()],
        **named(names),
        "phone": [number(at) or None for at in chosen.tolist()],
        "status": _known_words(rows, "status", words.LEAD_STATUS, "open", chosen),
        "entered_at": [utc_now()] * len(chosen),
    }
    things = named_things(rows, shelf, chosen, "source", "campaign", "seller")
    return Records(shelf, "lead", columns, things | {"customer_id": ("customer", customers)})


def activities(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """What sellers did or will do; a file that tells neither due day nor done is a list of what was done."""
    rows.need("kind")
    day = dated(rows, connection, "date", "due", "done")
    due = rows.days("due")
    skip_known(rows, None, {}, taken_before=taken_before)
    done = _done(rows, day)
    rows.refuse_closed(done, "done", connection)
    deal = known_refs(rows, "deal", shelf.of("deal"), NO_DEAL)
    lead = known_refs(rows, "lead", shelf.of("lead"), NO_LEAD)
    chosen = np.flatnonzero(rows.fine)
    customer = find_each((rows.texts("customer"),), shelf.customer_called, chosen)
    columns: dict[str, Values] = {
        "kind": _own_words(rows, "kind", words.ACTIVITY, chosen),
        "day": iso(day[chosen]),
        "due": iso(due[chosen]),
        "done": iso(done[chosen]),
        "note": texts_of(rows, "note", chosen),
        "entered_at": [utc_now()] * len(chosen),
    }
    things = named_things(rows, shelf, chosen, "seller")
    things |= {"customer_id": ("customer", customer), "deal_id": ("deal", deal[chosen]), "lead_id": ("lead", lead[chosen])}
    for name in FROM_DEAL:
        table, ids = things[name]
        known = {one.id: one.more[name] or 0 for one in shelf.of("deal").by_id.values()}
        things[name] = table, np.where(ids == 0, np.array([known.get(one, 0) for one in deal[chosen].tolist()], np.int64), ids)
    return Records(shelf, "activity", columns, things)


def costs(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """Money spent; without a kind it is advertising if it names a campaign, else other."""
    day = dated(rows, connection, "date")
    rows.need("amount")
    amount, blank = rows.money("amount")
    rows.refuse(~blank & (amount <= 0), "amount", ABOVE_ZERO)
    skip_known(rows, None, {}, taken_before=taken_before)
    chosen = np.flatnonzero(rows.fine)
    things = named_things(rows, shelf, chosen, "campaign", "seller")
    kinds = _own_words(rows, "kind", words.COST, chosen)
    named_one = (things["campaign_id"][1] != 0).tolist()
    columns: dict[str, Values] = {
        "day": iso(day[chosen]),
        "amount": amount[chosen].tolist(),
        "kind": [kind or ("advertising" if campaign else "other") for kind, campaign in zip(kinds, named_one, strict=True)],
        "note": texts_of(rows, "note", chosen),
        "entered_at": [utc_now()] * len(chosen),
    }
    return Records(shelf, "cost", columns, things, total=int(amount[chosen].sum()))


def nps(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """Customers' opinions, from 0 to 10; somebody without a name may have one too."""
    day = dated(rows, connection, "date")
    rows.need("score")
    parsed, codes = rows.plain("score", 1000), rows.columns["score"].codes
    wrong = (parsed.values < 0) | (parsed.values > 10_000) | (parsed.values % 1000 != 0) | parsed.rough
    rows.refuse(wrong[codes], "score", SCORE)
    skip_known(rows, None, {}, taken_before=taken_before)
    chosen = np.flatnonzero(rows.fine)
    customer = find_each((rows.codes("customer_code"), rows.texts("customer")), lambda code, name: shelf.customer(code, "", name), chosen)
    columns: dict[str, Values] = {
        "day": iso(day[chosen]),
        "score": (parsed.values[codes][chosen] // 1000).tolist(),
        "reason": texts_of(rows, "reason", chosen),
        "entered_at": [utc_now()] * len(chosen),
    }
    return Records(shelf, "nps_answer", columns, {"customer_id": ("customer", customer)})


# What the kinds share


def dated(rows: Rows, connection: Any, name: str, *others: str) -> Ints:
    """The days of a needed column; all the kind's dates together tell how the file writes them."""
    rows.need(name)
    rows.understand_dates(name, *others)
    days = rows.days(name)
    rows.refuse_closed(days, name, connection)
    return days


def skip_known(rows: Rows, numbers: tuple[NDArray[np.int32], list[str]] | None, known: Iterable[str], *, taken_before: bool) -> None:
    """Rows whose number the book (or an earlier row) has; rows without one if this very file was taken before."""
    if numbers is None:
        if taken_before:
            rows.skip(np.ones(len(rows), bool))
        return
    codes, texts = numbers
    blank = np.array([not text for text in texts], bool)
    known = set(known)
    there = np.array([bool(text) and text in known for text in texts], bool)
    _, first = np.unique(codes, return_index=True)
    again = np.ones(len(rows), bool)
    again[first] = False
    rows.skip(there[codes] | (again & ~blank[codes]) | (blank[codes] & taken_before))


def iso(days: Ints) -> list[str | None]:
    """Ordinals as the book writes days; 0 is none."""
    return [dt.date.fromordinal(day).isoformat() if day else None for day in days.tolist()]


def named_things(rows: Rows, shelf: Shelf, chosen: Ints, *tables: str) -> dict[str, tuple[str, Ints]]:
    """The things that columns of the same name name, made where they are not there."""
    return {f"{table}_id": (table, find_each((rows.texts(table),), partial(shelf.named, table), chosen)) for table in tables}


def texts_of(rows: Rows, name: str, chosen: Ints) -> list[str | None]:
    """A column's text, None where it is blank."""
    text = each(rows.texts(name))
    return [text(at) or None for at in chosen.tolist()]


def known_refs(rows: Rows, name: str, things: Any, message: str) -> Ints:
    """The ids of documents that rows name by number or name; a row that names one that is not there is refused."""
    codes, texts = rows.texts(name)
    found = [things.called(text) for text in texts]
    ids = np.array([one.id if one else 0 for one in found], np.int64)[codes]
    lost = np.array([bool(text) and one is None for text, one in zip(texts, found, strict=True)], bool)
    rows.refuse(lost[codes], name, message)
    return ids


def _own_words(rows: Rows, name: str, known: dict[str, str], chosen: Ints) -> list[str]:
    """A kind by the book's own word where it has one, else by the owner's."""
    codes, texts = rows.texts(name)
    said = [known.get(fold(text), text) for text in texts]
    return [said[code] for code in codes[chosen].tolist()]


def _known_words(rows: Rows, name: str, known: dict[str, str], usual: str, chosen: Ints) -> list[str]:
    """A state by the book's own word; ``usual`` where the file says nothing, or something that nobody knows."""
    codes, texts = rows.folded(name)
    odd = np.array([bool(text) and text not in known for text in texts], bool)[codes[chosen]]
    if odd.any():
        rows.notes.append(ntr("The status of {n} row is not known; it was taken as open.",
                              "The status of {n} rows is not known; they were taken as open.", int(odd.sum())))  # fmt: skip
    said = [known.get(text, usual) for text in texts]
    return [said[code] for code in codes[chosen].tolist()]


def _done(rows: Rows, day: Ints) -> Ints:
    """The day each activity was done: as the file tells, or its own day where it only says that it was; 0 = not yet."""
    if not rows.has("done"):
        return np.where((day <= rows.book.today.toordinal()) & ~np.full(len(rows), rows.has("due")), day, 0)
    codes, texts = rows.folded("done")
    yes = np.array([text in words.DONE for text in texts], bool)[codes]
    no = np.array([text in words.NOT_DONE or not text for text in texts], bool)[codes]
    if (yes | no).all():
        return np.where(yes, day, 0)
    found = rows.day("done", but=words.DONE | words.NOT_DONE)[0]
    days: Ints = np.where(yes, day, np.where(no, 0, found))
    return days


PLANS: dict[str, Callable[..., Plan]] = {"leads": leads, "activities": activities, "costs": costs, "nps": nps}
