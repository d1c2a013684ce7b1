"""What a file would bring, known before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Tick = Callable[[float], None]  # hears the share done, 0 to 1; raises Refused if the person stopped


@dataclass(frozen=True)
class Plan:
    """The rows that are right, understood: ``documents`` of them, ``total`` in smallest units.

    ``created``: how many things of each table would be new. ``record(connection, batch, tick)`` writes them and the rows (into
    ``tables``), and gives back the days whose sums may have moved.
    """

    documents: int
    total: int
    tables: frozenset[str]
    created: dict[str, int]
    record: Callable[[Any, int, Tick], set[dt.date]]
