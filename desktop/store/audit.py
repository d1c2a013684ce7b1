"""The audit trail: every change with its photographs, each tied by a hash to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from desktop.store import dialect, photos, steps
from desktop.store.photos import Photo, Photos, Values
from desktop.store.tables import utc_now
from desktop.values.digits import left_to_right, local
from desktop.values.text import tr

_ENTRY = ("at", "user_id", "name", "holes", "kind", "of_id", "batch_id", "schema")


@dataclass(frozen=True)
class Change:
    """The news after a commit: what was done and which tables moved."""

    name: str
    holes: dict[str, str]
    tables: frozenset[str]
    kind: str = "do"

    def sentence(self) -> str:
        return said(self.name, self.holes)


def said(name: str, holes: dict[str, str]) -> str:
    """What was done, in today's language; the number of a document in the person's digits."""
    return tr(name, **{key: left_to_right(local(value)) if key == "number" else value for key, value in holes.items()})


def record(connection: Connection, user: int, change: Change, taken: Photos, *, of: int | None = None, batch: int | None = None) -> Change:
    """``change`` is the newest link of the chain, with its photographs; the same change back."""
    run = dialect.run(connection)
    last = run("SELECT hash FROM change ORDER BY id DESC LIMIT 1").scalar() or ""
    values = (utc_now(), user, change.name, json.dumps(change.holes, ensure_ascii=False), change.kind, of, batch, steps.SCHEMA)
    entry = dict(zip(_ENTRY, values, strict=True))
    number = run(
        f"INSERT INTO change ({', '.join(_ENTRY)}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (*values, _linked(last, entry, taken)),
    ).scalar()
    for table, key, before, after in taken:
        run(
            "INSERT INTO photo (change_id, table_name, row_key, before, after) VALUES (?, ?, ?, ?, ?)",
            (number, table, key, _json(before), _json(after)),
        )
    return change


def photos_of(connection: Connection, change: int) -> Photos:
    """What a change was photographed doing, in its order and as rows of today's schema."""
    run = dialect.run(connection)
    schema = run("SELECT coalesce(schema, 1) FROM change WHERE id = ?", (change,)).scalar() or 1
    rows = run("SELECT table_name, row_key, before, after FROM photo WHERE change_id = ? ORDER BY id", (change,))
    return [photo for row in rows for photo in photos.lifted(_developed(row), schema)]


def broken(connection: Connection) -> str | None:
    """The sentence that names the first link which does not fit; None: the chain is whole, to its end."""
    run = dialect.run(connection.execution_options(stream_results=True))
    previous, number, at = "", 0, "?"
    shots = run("SELECT table_name, row_key, before, after, change_id FROM photo ORDER BY change_id, id")
    waiting = next(shots, None)
    for change in run(f"SELECT id, hash, {', '.join(_ENTRY)} FROM change ORDER BY id"):
        number, at, taken = change.id, change.at, []
        while waiting is not None and waiting.change_id == number:
            taken.append(_developed(waiting[:4]))
            waiting = next(shots, None)
        if _linked(previous, {name: getattr(change, name) for name in _ENTRY}, taken) != change.hash:
            return tr("The audit trail was altered at change {number} ({at}).", number=number, at=at)
        previous = change.hash
    if waiting is not None or dialect.last_number(run, "change") != number:  # photographs of no change, or the newest changes are gone
        return tr("The audit trail was altered after change {number} ({at}).", number=number, at=at)
    return None


def _linked(previous: str, entry: Values, taken: Iterable[Any]) -> str:
    """The hash that ties a change to the one before it; a change of the first schema says none."""
    entry = {name: value for name, value in entry.items() if name != "schema" or value is not None}
    body = json.dumps([previous, entry, list(taken)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(body.encode(), digest_size=20).hexdigest()


def _developed(row: Any) -> Photo:
    table, key, before, after = row
    return table, key, json.loads(before) if before else None, json.loads(after) if after else None


def _json(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))
