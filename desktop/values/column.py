"""A column of a list, a drill-down or an export: what it is called and what its values are."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.unit import Unit


@dataclass(frozen=True)
class Column:
    """``title`` is marked with ``N_``; ``secret``: none, cost (what goods cost), others (other sellers' numbers)."""

    key: str
    title: str
    unit: Unit
    secret: str = "none"
