"""How a book of one schema becomes a book of the next: its tables by a step, its old photographs when they are read.

A step is never changed once it was shipped, so it asks neither today's tables nor today's rules. What it does to a row its `lift`
does to the photograph of one; photographs themselves are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]
Progress = Callable[[float], None]  # from 0 to 1
Lift = Callable[[str, Values], Iterable[tuple[str, Values]]]  # a row's table and values → the rows that the step makes of it

TOGETHER = 10_000  # rows copied between two looks at the progress


def same(table: str, values: Values) -> Iterable[tuple[str, Values]]:
    """The lift of a step that leaves photographed rows as they are."""
    return [(table, values)]


@dataclass(frozen=True)
class Step:
    """``walk`` changes the tables inside a transaction of its own, with the keys unguarded; ``lift`` makes the same of one row.

    A row that it makes from another one is a `PartOf` that one, and its key follows from that one alone.
    """

    walk: Callable[[Any, Progress], None]
    lift: Lift = same


def remake(db: Any, table: str, sql: str, progress: Progress = lambda _: None, **filled: str) -> None:
    """``table`` is as ``sql`` makes it, with its rows, indexes, guards and last number: for what ALTER TABLE cannot do.

    Args:
        db: the driver's connection, inside the step's transaction.
        table: a table of the book.
        sql: how a new book makes it.
        progress: hears how much is copied.
        filled: columns that come or change, and the SQL of each from the row as it was; the others are taken over by name.
    """
    again = [row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type <> 'table' AND sql > ''", (table,))]
    db.execute(sql.replace(table, f"{table}_anew", 1))
    old, new = ([row[1] for row in db.execute(f'PRAGMA table_info("{name}")')] for name in (table, f"{table}_anew"))
    taken = {name: filled.get(name, f'"{name}"') for name in new if name in filled or name in old}
    copy = f'INSERT INTO "{table}_anew" ({", ".join(taken)}) SELECT {", ".join(taken.values())} FROM "{table}"'
    if "id" in old:
        low, high = db.execute(f'SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM "{table}"').fetchone()
        for at in range(low, high + 1, TOGETHER):
            db.execute(f"{copy} WHERE id >= ? AND id < ?", (at, at + TOGETHER))
            progress((at - low) / (high - low + 1))
    else:
        db.execute(copy)
    last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    db.execute(f'DROP TABLE "{table}"')
    db.execute(f'ALTER TABLE "{table}_anew" RENAME TO "{table}"')
    if last:
        db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, *last))
    for text in again:
        db.execute(text)
    progress(1.0)


# 1 → 2: a change says its schema, and the numbers of our own documents stand in rows

_CHANGE = """
CREATE TABLE change (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, user_id INTEGER NOT NULL, name TEXT NOT NULL, holes TEXT NOT NULL,
  kind TEXT NOT NULL, of_id INTEGER, batch_id INTEGER, hash TEXT NOT NULL, schema INTEGER,
  CONSTRAINT ck_change_kind CHECK (kind IN ('do', 'undo', 'redo', 'import', 'revert')),
  CONSTRAINT fk_change_user_id FOREIGN KEY(user_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_change_of_id FOREIGN KEY(of_id) REFERENCES change (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_change_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED
) STRICT"""

_SERIES = """
CREATE TABLE series (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, year INTEGER, next INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX uq_series_kind_year ON series (kind, coalesce(year, 0))"""


def _second(db: Any, progress: Progress) -> None:
    remake(db, "change", _CHANGE, progress)
    for text in _SERIES.split(";"):
        db.execute(text)


STEPS: tuple[Step, ...] = (Step(_second),)
SCHEMA = len(STEPS) + 1  # STEPS[n] makes a book of schema n + 2 from one of n + 1
