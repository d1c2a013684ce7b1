"""A book's first words, by plain reads and nothing else: what the window shows while the rest of the program is loaded."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop.store.access import oversees, role_in
from desktop.store.connection import address, unlock
from desktop.values.day import shop_day_at
from desktop.values.rounding import WHOLE


@dataclass(frozen=True)
class Glance:
    """The settings the book holds (not their defaults), and its day: net sales in the smallest unit, sale documents; None: kept secret."""

    settings: dict[str, str]
    day: dt.date
    net: int | None
    orders: int | None


def glance(path: Path, now: dt.datetime, user: int = 1) -> Glance | None:
    """What the book at ``path`` tells ``user`` of the shop's day; None if it cannot be read: whoever opens it says why."""
    try:
        with closing(driver.connect(address(path, "ro"), uri=True, timeout=0.2)) as db:
            unlock(db)
            settings = dict(db.execute("SELECT key, value FROM setting"))
            day = shop_day_at(now, settings.get("day_starts", "00:00"))
            if not oversees(role_in(db, user)):
                return Glance(settings, day, None, None)
            asked = "SELECT coalesce(sum(net), 0), coalesce(sum(orders), 0) FROM sum_day WHERE day = ?"
            net, orders = db.execute(asked, (day.isoformat(),)).fetchone()
    except (driver.Error, ValueError):
        return None
    return Glance(settings, day, net, orders // WHOLE)
