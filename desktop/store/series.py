"""The numbers of our own documents: each kind goes on after its largest plain number, and passes over what is taken."""

from __future__ import annotations

from typing import Any

from desktop.store import dialect
from desktop.store.dialect import Run
from desktop.store.photos import Photos
from desktop.store.tables import models

# A number is plain when it is up to 15 latin digits. A kind is the document's own where its table has several, else the table's name.
_PLAIN = "ltrim(number, '0123456789') = '' AND length(number) BETWEEN 1 AND 15"
_TABLES = {name: "kind" in model.__table__.columns for name, model in sorted(models().items()) if model.numbered}


def coming(ask: Run, table: str, kind: str = "") -> int:
    """The number that the next document of this kind has, unless that is taken."""
    kept = ask("SELECT next FROM series WHERE kind = ? AND year IS NULL", (kind or table,)).fetchone()
    if kept:
        return int(kept[0])
    where, values = _of(kind)
    return (ask(f"SELECT max(CAST(number AS INTEGER)) FROM {table} WHERE {_PLAIN}{where}", values).fetchone()[0] or 0) + 1


def take(ask: Run, table: str, kind: str = "", count: int = 1) -> list[str]:
    """The next ``count`` numbers of a kind, ours from now on; inside the change that records their documents."""
    found = _free(ask, table, kind, coming(ask, table, kind), count)
    _keep(ask, kind or table, int(found[-1]) + 1)
    return found


def filled(ask: Run, table: str, numbers: list[str], kind: str = "") -> list[str]:
    """``numbers`` of documents that an import brings, ours where one has none: after the largest of them and of the book."""
    lacking = numbers.count("")
    largest = max((own for number in numbers if (own := plain(number)) is not None), default=0)
    ours = iter(_free(ask, table, kind, max(coming(ask, table, kind), largest + 1), lacking) if lacking else ())
    return [number or next(ours) for number in numbers]


def follow(ask: Run, photos: Photos) -> None:
    """The series stand after every number that these rows have now, and give again one that was the last and is gone."""
    for table, _, before, after in photos:
        if table in _TABLES:
            was, now = ((_kind(table, values), values["number"]) if values else ("", None) for values in (before, after))
            if now != was:
                _rise(ask, table, *now)
                _fall(ask, table, *was)


def remake(ask: Run) -> None:
    """The series stand as the documents have it, after many came or went."""
    ask("DELETE FROM series")
    for table, kinds in _TABLES.items():
        name = "kind" if kinds else f"'{table}'"
        for kind, largest in ask(f"SELECT {name}, max(CAST(number AS INTEGER)) FROM {table} WHERE {_PLAIN} GROUP BY 1").fetchall():
            _keep(ask, kind, largest + 1)


def plain(number: str | None) -> int | None:
    """The number that a text is, if it is a plain one."""
    return int(number) if number and number.isdecimal() and number.isascii() and len(number) < 16 else None


def _free(ask: Run, table: str, kind: str, at: int, count: int) -> list[str]:
    """``count`` plain numbers from ``at`` on that no document has."""
    found: list[str] = []
    where, values = _of(kind)
    while len(found) < count:
        asked = [str(number) for number in range(at, at + count - len(found))]
        numbers, mark = dialect.listed(asked)
        taken = {row[0] for row in ask(f"SELECT number FROM {table} WHERE number IN (SELECT value FROM {numbers}){where}", (mark, *values))}
        found += [number for number in asked if number not in taken]
        at += len(asked)
    return found


def _rise(ask: Run, table: str, kind: str, number: str | None) -> None:
    own = plain(number)
    if own is not None:
        ask("UPDATE series SET next = ? WHERE kind = ? AND year IS NULL AND next <= ?", (own + 1, kind or table, own))


def _fall(ask: Run, table: str, kind: str, number: str | None) -> None:
    own = plain(number)
    if own is None or not ask("SELECT 1 FROM series WHERE kind = ? AND year IS NULL AND next = ?", (kind, own + 1)).fetchone():
        return
    where, values = _of(kind if _TABLES[table] else "")
    if own == 1 or ask(f"SELECT 1 FROM {table} WHERE number = ?{where}", (str(own - 1), *values)).fetchone():
        _keep(ask, kind, own)
    else:  # it stood alone above the others: they are looked through when the next is asked for
        ask("DELETE FROM series WHERE kind = ? AND year IS NULL", (kind,))


def _keep(ask: Run, kind: str, following: int) -> None:
    if not ask("UPDATE series SET next = ? WHERE kind = ? AND year IS NULL", (following, kind)).rowcount:
        ask("INSERT INTO series (kind, next) VALUES (?, ?)", (kind, following))


def _kind(table: str, values: dict[str, Any]) -> str:
    return str(values["kind"]) if _TABLES[table] else table


def _of(kind: str) -> tuple[str, tuple[str, ...]]:
    return (" AND kind = ?", (kind,)) if kind else ("", ())
