"""What a file would bring, known before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

Tick = Callable[[float], None]  # hears the share done, 0 to 1; raises Refused if the person stopped


class Plan(Protocol):
    """The rows that are right, understood: ``documents`` of them, ``total`` in smallest units, into ``tables``."""

    @property
    def documents(self) -> int: ...

    @property
    def total(self) -> int: ...

    @property
    def tables(self) -> frozenset[str]: ...

    def created(self) -> dict[str, int]:
        """How many things of each table would be new."""

    def record(self, connection: Any, batch: int, tick: Tick) -> set[dt.date]:
        """Everything is in the book; gives back the days whose sums may have moved."""
