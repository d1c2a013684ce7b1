"""A column of a list, a drill-down or an export: all three follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.values.unit import Unit


@dataclass(frozen=True)
class Column:
    """``title`` is marked by `N_`; ``secret``: none, cost (what goods cost), others (other sellers' numbers)."""

    key: str
    title: str
    unit: Unit
    secret: str = "none"
