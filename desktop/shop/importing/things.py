"""Customers, goods, sellers and the rest that a file names: found in the book, or made anew when a row that is taken needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.known import Thing, Things, nobody, ties
from desktop.shop.things.activity import FROM_DEAL
from desktop.shop.things.deal import FROM_LEAD
from desktop.shop.things.product import NAMELESS, measured
from desktop.store.dialect import insert, last_number
from desktop.store.tables import Row
from desktop.values.fold import clean, fold, phone, sort_key


class Shelf:
    """The things of the whole book, each kind read when first asked for."""

    def __init__(self, connection: Any) -> None:
        self._run = connection.execute
        self._things: dict[str, Things] = {}

    def of(self, table: str) -> Things:
        """All things of ``table``."""
        if table not in self._things:
            self._things[table] = self._load(table)
        return self._things[table]

    def _load(self, table: str) -> Things:
        has, also = Row.metadata.tables[table].columns, _ALSO.get(table, ())
        keys = next((one for one in ("code", "number") if one in has), "NULL"), "phone" if "phone" in has else "NULL"
        found = self._run(f"SELECT {', '.join(('id', 'name_fold', *keys, *also))} FROM {table} ORDER BY id")
        things = Things(
            table,
            (Thing(row, code or "", phone(number or "") or "", name, more=dict(zip(also, rest, strict=True)))
             for row, name, code, number, *rest in found),
        )  # fmt: skip
        if table == "product":
            for text, owner in self._run("SELECT text, product_id FROM barcode"):
                things.by_barcode[text] = things.by_id[owner]
        return things

    # Finding or making

    def named(self, table: str, name: str) -> int:
        """The id of the thing of this name, made if it is not there; 0 for no name."""
        if not name:
            return 0
        things = self.of(table)
        found = things.named(name) or (things.by_code.get(name) if table == "seller" else None)
        return (found or things.make(name)).id

    def customer(self, code: str, number: str, name: str, rest: str = "") -> int:
        """The customer of this code, phone or name - a code decides over a phone, a phone over a name; 0 for nobody.

        ``rest``, what stood beside the phone, is a new one's note.
        """
        things, name = self.of("customer"), "" if nobody(name) else name
        says, key = things.key(number), fold(name)
        if not (code or says or name):
            return 0
        found = meant(things, code, things.by_phone.get(says))
        if found is None and key:
            same = things.by_fold.get(key, ())
            found = next((one for one in same if not (code and one.code) and not (says and things.key(one.phone))), None)
        if found is None:
            return things.make(name or code or number, code=code, phone=number, **({"note": rest} if rest else {})).id
        _learn(things, found, code, number, name)
        return found.id

    def called(self, table: str, text: str) -> int:
        """The thing that ``text`` names - customers and goods by their code too -, made if there is none; 0 for no text."""
        if table not in ("customer", "product"):
            return self.named(table, text)
        if text and (found := self.of(table).by_code.get(text)):
            return found.id
        return self.customer("", "", text) if table == "customer" else self.product("", text, "")

    def product(self, code: str, name: str, barcode: str, category: str = "", unit: str = "") -> int:
        """The product of this code, barcode or name, in this order; 0 for none."""
        if not (code or name or barcode):
            return 0
        things, key = self.of("product"), fold(name)
        found = meant(things, code, things.by_barcode.get(barcode))
        if found is None and key and not barcode:
            found = next((one for one in things.by_fold.get(key, ()) if not (code and one.code)), None)
        if found is None:
            found = things.make(name, code=code)
            found.more["nameless"] = not name
        elif found.id < 0 and name and found.more.get("nameless"):
            found.name, found.fold = name, key
            found.more["nameless"] = False
            things.by_fold.setdefault(key, []).append(found)
        if barcode and barcode not in things.by_barcode:
            things.by_barcode[barcode] = found
            found.more.setdefault("barcodes", []).append(barcode)
        if unit:
            found.more.setdefault("unit", unit)
        if category and found.id < 0 and "category_id" not in found.more:
            found.more["category_id"] = self.named("category", category)
        if code:
            things.by_code.setdefault(code, found)
            if found.id < 0:
                found.code = found.code or code
        return found.id

    def measured(self) -> frozenset[int]:
        """The products (new ones too) that are sold by weight or measure."""
        things = self.of("product")
        known = {thing.id for thing in things.by_id.values() if thing.more.get("measured")}
        return frozenset(known | {thing.id for thing in things.new if measured(thing.more.get("unit"))})

    # Into the book

    def created(self, used: dict[str, NDArray[np.int64]]) -> dict[str, int]:
        """How many new things of each table are among the ``used`` ids, and among what these name themselves."""
        new = {table: set(distinct(ids[ids < 0]).tolist()) for table, ids in used.items()}
        for table, ids in list(new.items()):
            for name, other in _refs(table):
                new.setdefault(other, set()).update(row for one in ids if (row := self.of(table).new[-one - 1].more.get(name) or 0) < 0)
        return {table: len(ids) for table, ids in new.items() if ids}

    def write(self, connection: Any, batch: int, table: str, used: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        """The new things among ``used`` ids are in the book; gives back the id of each new one by its place (1, 2 ...)."""
        things = self.of(table)
        wanted = sorted({int(-one) for part in used for one in distinct(part[part < 0])})
        ids = np.zeros(len(things.new) + 1, np.int64)
        if not wanted:
            return ids
        first = last_number(connection.execute, table) + 1
        ids[wanted] = np.arange(first, first + len(wanted))
        chosen = [things.new[place - 1] for place in wanted]
        for name, other in _refs(table):
            rows = np.array([one.more.get(name) or 0 for one in chosen], np.int64)
            if (rows < 0).any():
                for one, row in zip(chosen, real(rows, self.write(connection, batch, other, [rows])).tolist(), strict=True):
                    one.more[name] = row or None
        if table in _FIRST:
            _FIRST[table](connection, chosen)
        insert(connection, table, {"id": ids[wanted].tolist(), **_columns(table, chosen), "archived": 0, "batch_id": batch})
        if table in _THEN:
            _THEN[table](connection, first, chosen)
        return ids


def meant(things: Things, code: str, same: Thing | None) -> Thing | None:
    """The thing of this code, else ``same`` (found by another key), unless that has another code."""
    found = things.by_code.get(code)
    return found or (same if same and not (code and same.code) else None)


def find_each(
    columns: Sequence[tuple[NDArray[np.int32], list[str]]], find: Callable[..., int], rows: NDArray[Any] | None = None
) -> NDArray[np.int64]:
    """``find(*words)`` of each row (of those in ``rows``), asked once per combination of words, in the order of the file."""
    key, size = np.zeros(len(columns[0][0]) if rows is None else len(rows), np.int64), 1
    for codes, words in columns:
        if len(words) == 1:
            continue
        if size * len(words) >= 2**62:
            _, key = np.unique(key, return_inverse=True)
            size = len(key) + 1
        key = key * len(words) + (codes if rows is None else codes[rows])
        size *= len(words)
    first, inverse = _told_apart(key, size)
    ids = np.zeros(len(first), np.int64)
    for place in np.argsort(first):
        row = first[place] if rows is None else rows[first[place]]
        ids[place] = find(*(words[codes[row]] for codes, words in columns))
    found: NDArray[np.int64] = _narrow(ids)[inverse]
    return found


def _told_apart(key: NDArray[np.int64], size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where each distinct key (0 ... ``size`` - 1) stands first, and which of these each row has; few possible keys need no sorting."""
    n = len(key)
    if size > 4 * n:
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        return first, inverse
    places = np.full(size, n, np.int32)
    places[key[::-1]] = np.arange(n - 1, -1, -1, dtype=np.int32)
    met = places < n
    return places[met], (np.cumsum(met, dtype=np.int32) - 1)[key]


def distinct(ids: NDArray[Any]) -> NDArray[Any]:
    """The different ids, in order."""
    if not len(ids) or int(ids.max()) - (low := int(ids.min())) > 4 * len(ids):
        return np.unique(ids)
    met = np.zeros(int(ids.max()) - low + 1, bool)
    met[ids - low] = True
    return np.flatnonzero(met) + low


def real(ids: NDArray[np.int64], new: NDArray[np.int64]) -> NDArray[np.int64]:
    """``ids`` with the new things' (negative) replaced by what `Shelf.write` gave them."""
    return np.where(ids < 0, _narrow(new)[np.where(ids < 0, -ids, 0)], ids)


def _narrow(ids: NDArray[Any]) -> NDArray[Any]:
    """Ids in half the room, if they fit."""
    return ids.astype(np.int32) if len(ids) and np.abs(ids).max() < 2**31 else ids


def _learn(things: Things, thing: Thing, code: str, number: str, name: str) -> None:
    """A row that says more of somebody: later rows find them by it; only a new one keeps it."""
    if code:
        things.by_code.setdefault(code, thing)
    things.reach(thing, number)
    if thing.id < 0:
        thing.code, thing.phone = thing.code or code, thing.phone or number
        if name and thing.name in (thing.code, thing.phone):
            thing.name, thing.fold = name, fold(name)
            things.by_fold.setdefault(thing.fold, []).append(thing)


# What of a thing goes into its table


def _columns(table: str, chosen: Sequence[Thing]) -> dict[str, list[Any]]:
    """What is known of new things, by the columns of their table; a blank is none."""
    has = Row.metadata.tables[table].columns
    found: dict[str, list[Any]] = {**named([clean(one.name) for one in chosen])}
    keys: dict[str, list[Any]] = {"code": [one.code for one in chosen], "phone": [one.phone for one in chosen]}
    keys |= {name: [one.more.get(name) for one in chosen] for name in set().union(*(one.more for one in chosen))}
    for name in has.keys() & keys.keys():
        found[name] = [None if one == "" and has[name].nullable else one for one in keys[name]]
    return found


def named(names: Sequence[str]) -> dict[str, list[Any]]:
    """A name with what it is searched and sorted by."""
    return {"name": list(names), "name_fold": list(map(fold, names)), "name_sort": list(map(sort_key, names))}


@cache
def _refs(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of ``table`` that name a thing, and the table of that."""
    keys = Row.metadata.tables[table].foreign_keys
    return tuple(sorted((one.parent.name, one.column.table.name) for one in keys if one.column.table.name != "batch"))


def _goods(_connection: Any, chosen: Sequence[Thing]) -> None:
    for one in chosen:
        one.name = one.name or f"{NAMELESS} {one.code or one.more['barcodes'][0]}"
        one.more["unit"] = one.more.get("unit") or ""
        one.more["measured"] = int(measured(one.more["unit"]))


def _stages(connection: Any, chosen: Sequence[Thing]) -> None:
    """A stage nobody knows stands beside the last open one that is there, at 20 %."""
    place = connection.execute("SELECT coalesce(max(position), 0) FROM stage WHERE outcome = 'open'").fetchone()[0]
    for one in chosen:
        one.more = {"position": place, "probability": 2000, "outcome": "open"}


def _barcodes(connection: Any, first: int, chosen: Sequence[Thing]) -> None:
    barcodes = [(row, text) for row, one in enumerate(chosen, first) for text in one.more.get("barcodes", ())]
    connection.executemany("INSERT INTO barcode (product_id, text) VALUES (?, ?)", barcodes)


def _tie(connection: Any, first: int, _chosen: Sequence[Thing]) -> None:
    connection.executemany("UPDATE lead SET customer_id = ? WHERE id = ?", ties(connection.execute, first))


_ALSO = {"product": ("measured",), "stage": ("outcome",), "deal": FROM_DEAL, "lead": ("day", *FROM_LEAD)}  # asked of those in the book
_FIRST: dict[str, Callable[[Any, Sequence[Thing]], None]] = {"product": _goods, "stage": _stages}
_THEN: dict[str, Callable[[Any, int, Sequence[Thing]], None]] = {"product": _barcodes, "customer": _tie}
