"""Many rows at once into a small book: what is cheaper asked once at the end than for every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop.store import dialect
from desktop.store.tables import Document, PartOf, models

FROM = 10_000  # rows


@dataclass
class Load:
    """The inside of an import: the driver's own connection within the one transaction."""

    connection: Any
    batch_id: int
    days: set[dt.date]
    all_days: bool = False
    counts: str = "{}"
    rows_digest: str = ""
    tables: frozenset[str] = frozenset()


def is_filling(connection: Any, rows: int) -> bool:
    """Whether this many new rows are most of what the book will hold."""
    return rows >= FROM and connection.execute("SELECT count(*) FROM (SELECT 1 FROM sale_line LIMIT ?)", (rows,)).fetchone()[0] < rows


@contextmanager
def indexes_later(connection: Any, rows: int, but: Collection[str] = ()) -> Iterator[None]:
    """The documents' indexes are made at the end, each sorted in one go; those of the columns ``but``, which no row fills, stay."""
    if not is_filling(connection, rows):
        yield
        return
    found = dialect.indexes(connection.execute, [name for name, model in models().items() if issubclass(model, Document | PartOf)])
    indexes = [(name, sql) for name, sql in found if not any(sql.endswith(f"({one}) WHERE {one} IS NOT NULL") for one in but)]
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, sql in indexes:
        connection.execute(sql)


def vouch(connection: Any, table: str, ids: Iterable[int]) -> None:
    """Rows of ``table`` have these ids, else it is a `driver.IntegrityError`."""
    source, asked = dialect.listed(set(ids))
    lost = connection.execute(f"SELECT value FROM {source} WHERE value NOT IN (SELECT id FROM {table}) LIMIT 1", (asked,)).fetchone()
    if lost:
        raise driver.IntegrityError(f"FOREIGN KEY constraint failed: {table} {lost[0]}")
