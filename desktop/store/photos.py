"""Photographs of rows before and after a change: what undo replays and what the audit trail keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from desktop.store import dialect, steps
from desktop.store.tables import Own, PartOf, Row, Sale, models

Values = dict[str, Any]
Photo = tuple[str, str, Values | None, Values | None]  # table, key, before, after
Photos = list[Photo]


@dataclass
class Film:
    """The photographs of one change: (table, key) → values before, values after; None where there is no row."""

    seen: dict[tuple[str, str], tuple[Values | None, Values | None]] = field(default_factory=dict)

    def take(self, table: str, key: str, before: Values | None, after: Values | None) -> None:
        first = self.seen[table, key][0] if (table, key) in self.seen else before
        self.seen[table, key] = (first, after)

    def developed(self) -> Photos:
        """What really differs, in the order it was first touched."""
        return [(t, k, before, after) for (t, k), (before, after) in self.seen.items() if before != after]


def key_text(values: Iterable[Any]) -> str:
    """A row's key as one text: ``17``, or ``17/3`` for a key of two columns."""
    return "/".join(str(value) for value in values)


def rows(photos: Photos) -> Iterator[tuple[Any, Values]]:
    """Every row that is seen, before or after: its table's class, and its values."""
    known = models()
    return ((known[table], values) for table, _, *sides in photos for values in sides if values)


def read_row(connection: Connection, table: str, key: str) -> Values | None:
    """A row's kept values as they lie in the file (days as text), or None."""
    found = dialect.run(connection)(f'SELECT * FROM "{table}" WHERE {_where(table)}', tuple(key.split("/"))).mappings().first()
    return dict(found) if found else None


def write_row(connection: Connection, table: str, key: str, values: Values | None) -> None:
    """The row is exactly ``values``; None: it is gone."""
    if values is None:
        dialect.run(connection)(f'DELETE FROM "{table}" WHERE {_where(table)}', tuple(key.split("/")))
    else:
        dialect.run(connection)(dialect.upsert(table, values, _key(table)), tuple(values.values()))


def lifted(photo: Photo, schema: int) -> Photos:
    """What the photograph, taken of a book of ``schema``, shows as rows of today's: none, one or several that differ."""
    if schema == steps.SCHEMA:
        return [photo]
    sides = [{_place(*row): row[1] for row in _raised(photo[0], values, schema)} for values in photo[2:]]
    pairs = {place: (sides[0].get(place), sides[1].get(place)) for place in sides[0] | sides[1]}
    return [(*place, before, after) for place, (before, after) in pairs.items() if before != after]


def photograph(session: Session, film: Film) -> None:
    """Every row that ``session`` adds, changes or removes is on ``film``."""

    @event.listens_for(session, "before_flush")
    def before(s: Session, *_: object) -> None:
        old = [thing for thing in s.dirty | s.deleted if thing in s.deleted or s.is_modified(thing)]
        seen = [(thing, _name(thing), read_row(s.connection(), *_name(thing))) for thing in old]
        s.info["pending"] = [*seen, *((thing, None, None) for thing in s.new)]

    @event.listens_for(session, "after_flush_postexec")
    def after(s: Session, *_: object) -> None:
        for thing, name, values in s.info.pop("pending", ()):
            table, key = name or _name(thing)
            film.take(table, key, values, read_row(s.connection(), table, key))

    @event.listens_for(session, "do_orm_execute")
    def alone(state: ORMExecuteState) -> None:
        assert state.is_select, "write rows one by one: undo and the audit trail would not see this"


def _raised(table: str, values: Values | None, schema: int) -> list[tuple[str, Values]]:
    rows = [(table, values)] if values else []
    for step in steps.STEPS[schema - 1 :]:
        rows = [raised for row in rows for raised in step.lift(*row)]
    return rows


def _place(table: str, values: Values) -> tuple[str, str]:
    return table, key_text(values[name] for name in _key(table))


def _name(thing: Any) -> tuple[str, str]:
    name: str = thing.__tablename__
    assert not isinstance(thing, Own), f"{name} is kept by the store itself"
    return name, key_text(inspect(thing).identity)


def _key(table: str) -> list[str]:
    return [column.name for column in Row.metadata.tables[table].primary_key]


def _where(table: str) -> str:
    return " AND ".join(f'"{name}" = ?' for name in _key(table))


def touched(connection: Connection, photos: Photos) -> tuple[set[dt.date], set[int]]:
    """The days and customers whose sums the photographs can have moved."""
    found = {(values["day"], values["customer_id"]) for model, values in rows(photos) if model is Sale}
    parts = {values["sale_id"] for model, values in rows(photos) if issubclass(model, PartOf) and model.owner == "sale_id"}
    those, asked = dialect.listed(parts)
    found |= {
        (day, customer)
        for day, customer in dialect.run(connection)(f"SELECT day, customer_id FROM sale WHERE id IN (SELECT value FROM {those})", (asked,))
    }
    return {dt.date.fromisoformat(day) for day, _ in found}, {customer for _, customer in found if customer is not None}
