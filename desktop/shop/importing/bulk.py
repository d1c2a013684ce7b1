"""Many rows into one table: what they share stands in the statement, and one statement takes many."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

TOGETHER = 50  # rows a statement


def insert(connection: Any, table: str, columns: Mapping[str, object]) -> None:
    """``columns``: a list has a value for each row, as long as the others; anything else is the same in all rows."""
    lists = {name: column for name, column in columns.items() if isinstance(column, list)}
    rows = len(next(iter(lists.values())))
    if not rows:
        return
    varied = {name: column for name, column in lists.items() if rows == 1 or not (_same(column) and _plain(column[0]))}
    varied = varied or dict([next(iter(lists.items()))])
    same = {name: lists[name][0] if name in lists else value for name, value in columns.items() if name not in varied}
    head = f"INSERT INTO {table} ({', '.join((*varied, *same))}) VALUES "
    row = f"({', '.join(['?'] * len(varied) + [_literal(value) for value in same.values()])})"
    flat, width = tuple(chain.from_iterable(zip(*varied.values(), strict=True))), len(varied)
    wide = width * TOGETHER
    whole = len(flat) // wide * wide
    connection.executemany(head + ", ".join([row] * TOGETHER), (flat[at : at + wide] for at in range(0, whole, wide)))
    connection.executemany(head + row, (flat[at : at + width] for at in range(whole, len(flat), width)))


def _same(column: list[Any]) -> bool:
    return column[0] == column[-1] and column.count(column[0]) == len(column)


def _plain(value: object) -> bool:
    return value is None or isinstance(value, int) or (isinstance(value, str) and value.isprintable())


def _literal(value: object) -> str:
    assert _plain(value), value
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
