"""What SQLite says in its own way, asked by name from everywhere else; when a book can lie in PostgreSQL, its words come in here.

A raw text has ``?`` where a value goes, the mark of SQLite's driver: it is handed over by `run` and `raw` alone, which is where
another driver's mark is put in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

Run = Callable[..., Any]  # run(text, values) -> rows, inside the caller's transaction

TOGETHER = 50  # rows a statement
ROOM = -65_536  # kB of memory for a long change
GLANCE = 1_000  # of the database's own steps, between two looks whether somebody wants to write


def run(connection: Connection) -> Run:
    """Asks raw texts inside the connection's transaction."""
    return connection.exec_driver_sql


def raw(connection: Connection) -> Any:
    """The driver's own connection in the same transaction: ``execute`` and ``executemany`` of raw texts."""
    return connection.connection.driver_connection


# Transactions


def begin(connection: Connection) -> None:
    """A transaction with its snapshot, as the door asks for it: "reading", "changing", or "filling", where no reference is looked up."""
    ask, door = run(connection), connection.get_execution_options().get("door")
    if connection.info.get("door") != door:  # each of these makes SQLite prepare every statement anew
        ask(f"PRAGMA query_only = {'ON' if door == 'reading' else 'OFF'}")
        ask(f"PRAGMA foreign_keys = {'OFF' if door == 'filling' else 'ON'}")
        connection.info["door"] = door
    ask("BEGIN" if door == "reading" else "BEGIN IMMEDIATE")
    ask("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()  # BEGIN alone takes no snapshot


@contextmanager
def room(db: Any) -> Iterator[None]:
    """Memory for a long change on the driver's connection: fewer of its pages go to the disk and come back."""
    ((usual,),) = db.execute("PRAGMA cache_size")
    db.execute(f"PRAGMA cache_size = {ROOM}")
    try:
        yield
    finally:
        with suppress(driver.Error):  # the disk may have failed
            db.execute(f"PRAGMA cache_size = {usual}")


@contextmanager
def interrupted_when(connection: Connection, wanted: Callable[[], bool]) -> Iterator[None]:
    """A statement that runs while ``wanted`` says so ends with an error."""
    db = raw(connection)
    db.set_progress_handler(wanted, GLANCE)
    try:
        yield
    finally:
        db.set_progress_handler(None, GLANCE)


def settle(db: Any) -> bool:
    """What the write-ahead log holds lies in the book itself, and the log is empty; False: somebody is reading it."""
    return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


# What a book is


def size(db: Any) -> int:
    """Bytes of the book, wherever its file lies."""
    pages, each = (int(db.execute(f"PRAGMA {word}").fetchone()[0]) for word in ("page_count", "page_size"))  # words, under a key
    return pages * each


def version(db: Any) -> int:
    """The schema's number, as the file itself says it."""
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


def tables(ask: Run) -> list[str]:
    """The names of the tables that are there."""
    return [name for (name,) in ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]


def indexes(ask: Run, names: Collection[str]) -> list[tuple[str, str]]:
    """The indexes of the tables ``names``: what each is called, and the text that makes it; not those that a table makes itself."""
    marks = ", ".join("?" * len(names))
    return ask(  # type: ignore[no-any-return]
        f"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})", tuple(names)
    ).fetchall()


def last_number(ask: Run, table: str) -> int:
    """The largest id that ``table`` ever gave, even if its row is gone."""
    found = ask("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return found[0] if found else 0


def damage(ask: Run, *, sums: bool = True) -> list[str]:
    """What is wrong with the file, in the database's words; ``sums``: the check sum of every page too."""
    found = [row[0] for row in ask("PRAGMA integrity_check")]
    found += [row[0] for row in ask("PRAGMA cipher_integrity_check")] if sums else []
    return [text for text in found if text != "ok"]


def loose(ask: Run) -> list[str]:
    """The table of each row that points to nothing."""
    return [row[0] for row in ask("PRAGMA foreign_key_check")]


def copy_into(db: Any, target: Path) -> None:
    """One moment of the book lies at ``target``, with its key; waits for nobody."""
    db.execute("VACUUM INTO ?", (str(target),))


def copy_without_key(db: Any, target: Path, application: int) -> None:
    """One moment of the book lies at ``target`` as an ordinary file that any program can open."""
    db.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    db.execute("SELECT sqlcipher_export('plain')").fetchall()
    db.execute(f"PRAGMA plain.user_version = {version(db)}")
    db.execute(f"PRAGMA plain.application_id = {application}")
    db.execute("DETACH DATABASE plain")


# Rows


def upsert(table: str, columns: Collection[str], key: Collection[str], *, add: bool = False) -> str:
    """The text that makes one row exactly so, or (``add``) adds its values to those of that key: a ``?`` for each of ``columns``."""
    rest = [name for name in columns if name not in key] or list(key)
    change = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' if add else f'"{name}" = excluded."{name}"' for name in rest)
    return f'INSERT INTO "{table}" ({_names(columns)}) VALUES ({_marks(columns)}) ON CONFLICT ({_names(key)}) DO UPDATE SET {change}'


def insert(db: Any, table: str, columns: Mapping[str, object]) -> None:
    """Many rows: a list has a value for each row, as long as the others; anything else is the same in all rows.

    What rows share stands in the statement, and one statement takes many rows.
    """
    lists = {name: column for name, column in columns.items() if isinstance(column, list)}
    rows = len(next(iter(lists.values())))
    if not rows:
        return
    varied = {name: column for name, column in lists.items() if rows == 1 or not (_same(column) and _plain(column[0]))}
    varied = varied or dict([next(iter(lists.items()))])
    same = {name: lists[name][0] if name in lists else value for name, value in columns.items() if name not in varied}
    head = f'INSERT INTO "{table}" ({_names((*varied, *same))}) VALUES '
    row = f"({', '.join(['?'] * len(varied) + [_literal(value) for value in same.values()])})"
    flat, width = tuple(chain.from_iterable(zip(*varied.values(), strict=True))), len(varied)
    wide = width * TOGETHER
    whole = len(flat) // wide * wide
    db.executemany(head + ", ".join([row] * TOGETHER), (flat[at : at + wide] for at in range(0, whole, wide)))
    db.executemany(head + row, (flat[at : at + width] for at in range(whole, len(flat), width)))


def listed(values: Collection[Any]) -> tuple[str, str]:
    """A table of one column, ``value``, that holds ``values``: the text that stands after FROM, and the value for its ``?``."""
    return "json_each(?)", json.dumps(list(values))


def member(column: str, name: str) -> str:
    """The text that reads one member of a column of JSON."""
    return f"json_extract({column}, '$.{name}')"


def scratch(name: str, whole: Collection[str], text: Collection[str]) -> str:
    """The text that makes a table of this connection alone, if it is not there: an ``id``, then columns of whole numbers and of text."""
    columns = ["id INTEGER PRIMARY KEY", *(f"{one} TEXT" for one in text), *(f"{one} INTEGER" for one in whole)]
    return f"CREATE TEMP TABLE IF NOT EXISTS {name} ({', '.join(columns)})"


def _names(columns: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _marks(columns: Collection[str]) -> str:
    return ", ".join("?" * len(columns))


def _same(column: list[Any]) -> bool:
    return column[0] == column[-1] and column.count(column[0]) == len(column)


def _plain(value: object) -> bool:
    return value is None or isinstance(value, int) or (isinstance(value, str) and value.isprintable())


def _literal(value: object) -> str:
    assert _plain(value), value
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


# Functions


class days_between(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """``days_between(later, earlier)``: whole days from one day column to another."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(part, **more) for part in element.clauses)
    return f"CAST(round(julianday({later}) - julianday({earlier})) AS INTEGER)"


@compiles(days_between)
def _standard(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(part, **more) for part in element.clauses)
    return f"({later} - {earlier})"


class Median:
    """SQLite's missing aggregate; PostgreSQL has percentile_cont."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        if not self.values:
            return None
        self.values.sort()
        low, high = self.values[(len(self.values) - 1) // 2], self.values[len(self.values) // 2]
        return (low + high) / 2
