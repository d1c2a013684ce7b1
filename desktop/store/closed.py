"""Closed months: nothing dated in one may be added or changed, by whatever door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, and_, select

from desktop.store.photos import Photos, rows
from desktop.store.tables import Closing, models, of_batch
from desktop.values.period import DAY
from desktop.values.text import N_, Refused

CLOSED = N_("That month is closed: record a correction in an open month, or reopen it first.")


def guard(connection: Connection, photos: Photos, days: Collection[str]) -> None:
    """Neither the photographed rows nor ``days`` (ISO texts) lie in a closed month, else it is `Refused`."""
    months = [(start.isoformat(), end.isoformat()) for start, end in connection.execute(select(Closing.start, Closing.end))]
    if not months:
        return
    dates = {*days, *(_last(name, values[name]) for model, values in rows(photos) for name in model.dated if values[name])}
    if any(start <= day < end for day in dates for start, end in months):
        raise Refused(CLOSED)


def guard_batch(connection: Connection, batch: int) -> None:
    """Nothing that an import brought lies in a closed month, else it is `Refused`."""
    if connection.scalar(select(Closing.id).limit(1)) is None:
        return
    for model in models().values():
        for name in model.dated:
            day = model.__table__.columns[name]
            inside = and_(day > Closing.start, day <= Closing.end) if name == "end" else and_(day >= Closing.start, day < Closing.end)
            if connection.scalar(select(Closing.id).join(model, inside).where(of_batch(model, batch)).limit(1)) is not None:
                raise Refused(CLOSED)


def _last(column: str, day: str) -> str:
    """The day that counts: a target's is its last, so a year's target stays open until its last month is closed."""
    return (dt.date.fromisoformat(day) - DAY).isoformat() if column == "end" else day
