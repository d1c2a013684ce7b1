"""The demo book's rows, gathered table by table and written at once."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from desktop.store.dialect import insert
from desktop.store.tables import Row
from desktop.values.fold import fold, sort_key

Values = dict[str, Any]

_TEHRAN = dt.timedelta(hours=3, minutes=30)


class Rows:
    """What will be inserted; ids count from 1 in each table."""

    def __init__(self, batch: int) -> None:
        self._batch = batch
        self._tables: dict[str, list[Values]] = {}

    def add(self, table: str, **values: Any) -> Values:
        """A row of ``table``; what follows from it (id, folded name, batch, moment) is filled in, what is not given is blank."""
        rows, blank = self._tables.setdefault(table, []), _blank(table)
        usual = {"id": len(rows) + 1, "batch_id": self._batch, "status": "final", "archived": 0}
        if "name_fold" in blank:
            usual |= {"name_fold": fold(values["name"]), "name_sort": sort_key(values["name"])}
        if "entered_at" in blank and "entered_at" not in values:
            usual["entered_at"] = entered(values["day"], values.get("time", "18:00"))
        rows.append(blank | {key: value for key, value in usual.items() if key in blank} | values)
        return rows[-1]

    def of(self, table: str) -> list[Values]:
        return self._tables.get(table, [])

    def write(self, connection: Any) -> None:
        """Every row is in the book; dates as text."""
        for table, rows in self._tables.items():
            insert(connection, table, {name: [_plain(row[name]) for row in rows] for name in rows[0]})

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(self._tables)

    def count(self, *tables: str) -> int:
        return sum(len(self.of(table)) for table in tables or self._tables)


def entered(day: dt.date, time: str = "18:00") -> str:
    """The UTC moment at which Tehran's clocks showed this day and time."""
    return f"{dt.datetime.combine(day, dt.time.fromisoformat(time)) - _TEHRAN:%Y-%m-%dT%H:%M:%SZ}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _blank(table: str) -> Values:
    return dict.fromkeys(Row.metadata.tables[table].columns.keys())
