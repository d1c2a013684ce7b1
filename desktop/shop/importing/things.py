"""Customers, goods, sellers and the rest that a file names: found in the book, or made anew when a row that is taken needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.shop.known import Thing, Things, ties
from desktop.shop.things.product import MEASURED
from desktop.store.dialect import insert, last_number
from desktop.values.fold import clean, fold, phone, sort_key

NAMELESS = "کالای بی‌نام"
KINDS = ("seller", "source", "campaign", "category", "stage")


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
        things = Things(table)
        columns = {"customer": "id, name_fold, code, phone", "seller": "id, name_fold, code", "product": "id, name_fold, code, measured",
                   "lead": "id, name_fold, code, phone", "stage": "id, name_fold, NULL, outcome",
                   "deal": "id, name_fold, number, customer_id, seller_id"}  # fmt: skip
        for row in self._run(f"SELECT {columns.get(table, 'id, name_fold')} FROM {table} ORDER BY id"):
            thing = Thing(row[0], (row[2] or "") if len(row) > 2 else "", fold=row[1])
            if table in ("customer", "lead"):
                thing.phone = phone(row[3] or "") or ""
            elif table == "deal":
                thing.more = {"customer": row[3] or 0, "seller": row[4] or 0}
            elif len(row) > 3:
                thing.more["measured" if table == "product" else "outcome"] = row[3]
            things.know(thing)
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

    def customer(self, code: str, number: str, name: str) -> int:
        """The customer of this code, phone or name - a code decides over a phone, a phone over a name; 0 for nobody."""
        if not (code or number or name):
            return 0
        things, key = self.of("customer"), fold(name)
        found = things.by_code.get(code) if code else None
        if found is None and number and (same := things.by_phone.get(number)) and not (code and same.code):
            found = same
        if found is None and key:
            found = next((one for one in things.by_fold.get(key, ()) if not (code and one.code) and not (number and one.phone)), None)
        if found is None:
            return things.make(name or code or number, code=code, phone=number).id
        _learn(things, found, code, number, name)
        return found.id

    def customer_called(self, text: str) -> int:
        """The customer of this code or name, made if there is none; 0 for nobody."""
        found = self.of("customer").by_code.get(text) if text else None
        return found.id if found else self.customer("", "", text)

    def product(self, code: str, name: str, barcode: str, category: str = "", unit: str = "") -> int:
        """The product of this code, barcode or name, in this order; 0 for none."""
        if not (code or name or barcode):
            return 0
        things, key = self.of("product"), fold(name)
        found = things.by_code.get(code) if code else None
        if found is None and barcode and (same := things.by_barcode.get(barcode)) and not (code and same.code):
            found = same
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
        for attribute, value in (("category", category), ("unit", unit)):
            if value:
                found.more.setdefault(attribute, value)
        if code:
            things.by_code.setdefault(code, found)
            if found.id < 0:
                found.code = found.code or code
        return found.id

    def product_called(self, text: str) -> int:
        """The product of this code or name, made if there is none; 0 for none."""
        found = self.of("product").by_code.get(text) if text else None
        return found.id if found else self.product("", text, "")

    def measured(self) -> frozenset[int]:
        """The products (new ones too) that are sold by weight or measure."""
        things = self.of("product")
        known = {thing.id for thing in things.by_id.values() if thing.more.get("measured")}
        return frozenset(known | {thing.id for thing in things.new if fold(thing.more.get("unit", "")) in MEASURED})

    # Into the book

    def created(self, used: dict[str, NDArray[np.int64]]) -> dict[str, int]:
        """How many new things of each table are among the ``used`` ids; the categories of new goods are told too."""
        new = {table: distinct(ids[ids < 0]) for table, ids in used.items()}
        found = {table: len(ids) for table, ids in new.items() if len(ids)}
        goods = [self.of("product").new[-one - 1] for one in new.get("product", np.zeros(0, np.int64)).tolist()]
        known = self.of("category").by_fold if goods else {}
        if categories := {fold(one.more["category"]) for one in goods if one.more.get("category")} - known.keys():
            found["category"] = len(categories)
        return found

    def write(self, connection: Any, batch: int, table: str, used: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        """The new things among ``used`` ids are in the book; gives back the id of each new one by its place (1, 2 ...)."""
        things = self.of(table)
        wanted = sorted({int(-one) for part in used for one in distinct(part[part < 0])})
        ids = np.zeros(len(things.new) + 1, np.int64)
        if not wanted:
            return ids
        first = last_number(connection.execute, table) + 1
        ids[wanted] = np.arange(first, first + len(wanted))
        chosen = [(int(ids[place]), things.new[place - 1]) for place in wanted]
        _WRITERS[table](self, connection, batch, chosen)
        return ids


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
    if number:
        things.by_phone.setdefault(number, thing)
    if thing.id < 0:
        thing.code, thing.phone = thing.code or code, thing.phone or number
        if name and thing.name in (thing.code, thing.phone):
            thing.name, thing.fold = name, fold(name)
            things.by_fold.setdefault(thing.fold, []).append(thing)


Chosen = list[tuple[int, Thing]]


def _name(text: str) -> tuple[str, str, str]:
    name = clean(text)
    return name, fold(name), sort_key(name)


def _write_customers(_shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
    ids, people = [row for row, _ in chosen], [one for _, one in chosen]
    names, folds, keys = map(list, zip(*map(_name, (one.name for one in people)), strict=True))
    columns = {
        "id": ids,
        "name": names,
        "name_fold": folds,
        "name_sort": keys,
        "code": [one.code or None for one in people],
        "phone": [one.phone or None for one in people],
        "first_source_id": [one.more.get("source") for one in people],
        "since": [one.more.get("since") for one in people],
        "note": [one.more.get("note") or None for one in people],
    }
    insert(connection, "customer", columns | {"archived": 0, "batch_id": batch})
    connection.executemany("UPDATE lead SET customer_id = ? WHERE id = ?", ties(connection.execute, ids[0]))


def _write_products(shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
    categories = np.array([shelf.named("category", one.more.get("category", "")) for _, one in chosen], np.int64)
    categories = real(categories, shelf.write(connection, batch, "category", [categories]))
    connection.executemany(
        "INSERT INTO product (id, name, name_fold, name_sort, code, category_id, unit, measured, price, cost, archived, batch_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            (row, *_name(one.name or f"{NAMELESS} {one.code or one.more['barcodes'][0]}"), one.code or None, category or None,
             one.more.get("unit", ""), int(fold(one.more.get("unit", "")) in MEASURED), one.more.get("price"), one.more.get("cost"), batch)
            for (row, one), category in zip(chosen, categories.tolist(), strict=True)
        ),
    )  # fmt: skip
    barcodes = [(row, text) for row, one in chosen for text in one.more.get("barcodes", ())]
    connection.executemany("INSERT INTO barcode (product_id, text) VALUES (?, ?)", barcodes)


def _write_sellers(shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
    connection.executemany(
        "INSERT INTO seller (id, name, name_fold, name_sort, code, pay, archived, batch_id) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        ((row, *_name(one.name), one.code or None, one.more.get("pay"), batch) for row, one in chosen),
    )


def _write_campaigns(shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
    connection.executemany(
        "INSERT INTO campaign (id, name, name_fold, name_sort, channel, first_day, last_day, budget, archived, batch_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            (
                row,
                *_name(one.name),
                one.more.get("channel") or None,
                one.more.get("start"),
                one.more.get("end"),
                one.more.get("budget"),
                batch,
            )
            for row, one in chosen
        ),
    )


def _write_stages(shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
    """A stage nobody knows stands beside the last open one that is there, at 20 %."""
    place = connection.execute("SELECT coalesce(max(position), 0) FROM stage WHERE outcome = 'open'").fetchone()[0]
    connection.executemany(
        "INSERT INTO stage (id, name, name_fold, name_sort, position, probability, outcome, archived, batch_id) "
        "VALUES (?, ?, ?, ?, ?, 2000, 'open', 0, ?)",
        ((row, *_name(one.name), place, batch) for row, one in chosen),
    )


def _writer_of(table: str) -> Any:
    def write(shelf: Shelf, connection: Any, batch: int, chosen: Chosen) -> None:
        connection.executemany(
            f"INSERT INTO {table} (id, name, name_fold, name_sort, archived, batch_id) VALUES (?, ?, ?, ?, 0, ?)",
            ((row, *_name(one.name), batch) for row, one in chosen),
        )

    return write


_WRITERS: dict[str, Any] = {
    "customer": _write_customers,
    "product": _write_products,
    "seller": _write_sellers,
    "campaign": _write_campaigns,
    "stage": _write_stages,
    "source": _writer_of("source"),
    "category": _writer_of("category"),
}
