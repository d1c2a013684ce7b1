"""The shop's own clock: which day a new document gets, and what time is written on it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.store import settings
from desktop.store.tables import ChangeRow
from desktop.values.day import shop_day_at

_UTC = "%Y-%m-%dT%H:%M:%SZ"
_SLACK = dt.timedelta(minutes=5)  # a clock set right by its server may step back a little


def shop_day(s: Session, now: dt.datetime | None = None) -> dt.date:
    """The day a new document gets: the computer's, less the hour at which the shop's day starts."""
    now = now or dt.datetime.now()  # noqa: DTZ005 - the shop's own wall clock
    return shop_day_at(now, settings.get(s, "day_starts"))


def is_behind(s: Session, now: dt.datetime | None = None) -> bool:
    """Whether the computer's clock (``now``, UTC) stands before the last thing that was entered: then it cannot be right."""
    last = s.scalar(select(ChangeRow.at).order_by(ChangeRow.id.desc()).limit(1))
    return last is not None and last > ((now or dt.datetime.now(dt.UTC)) + _SLACK).strftime(_UTC)
