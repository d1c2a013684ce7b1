"""Closed months: nothing dated in one may be added or changed, by whatever door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection

from desktop.store.photos import Photos
from desktop.values.period import DAY
from desktop.values.text import N_, Refused

# The columns that date a row. A target is dated by its last day: a year's target stays open until its last month is closed.
DATED = {
    "sale": ("day",),
    "payment": ("day",),
    "lead": ("day",),
    "deal": ("closed",),
    "deal_stage": ("day",),
    "activity": ("day", "done"),
    "cost": ("day",),
    "nps_answer": ("day",),
}


def guard(connection: Connection, photos: Photos, days: Collection[str]) -> None:
    """Neither the photographed rows nor ``days`` (ISO texts) lie in a closed month.

    Raises:
        Refused: one does.
    """
    months = connection.exec_driver_sql('SELECT start, "end" FROM closing').all()
    if not months:
        return
    dates = set(days)
    for table, _, before, after in photos:
        for values in filter(None, (before, after)):
            dates.update(values[column] for column in DATED.get(table, ()) if values[column])
            if table == "target":
                dates.add((dt.date.fromisoformat(values["end"]) - DAY).isoformat())
    if any(start <= day < end for day in dates for start, end in months):
        raise _closed()


def guard_batch(connection: Connection, batch: int) -> None:
    """Nothing that an import brought lies in a closed month.

    Raises:
        Refused: something does.
    """
    run = connection.exec_driver_sql
    if not run("SELECT 1 FROM closing").first():
        return
    dates = [f"SELECT {column} AS day FROM {table} WHERE batch_id = :b" for table, columns in DATED.items() if table != "deal_stage"
             for column in columns]  # fmt: skip
    dates.append("SELECT date(\"end\", '-1 day') AS day FROM target WHERE batch_id = :b")
    dates.append("SELECT h.day FROM deal_stage h JOIN deal d ON d.id = h.deal_id WHERE d.batch_id = :b")
    for question in dates:
        if run(f'SELECT 1 FROM ({question}) d JOIN closing c ON d.day >= c.start AND d.day < c."end" LIMIT 1', {"b": batch}).first():
            raise _closed()


def _closed() -> Refused:
    return Refused(N_("That month is closed: record a correction in an open month, or reopen it first."))
