"""The few SQL words that differ between databases, spelled once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """``days_between(later, earlier)``: whole days from one day column to another."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(part, **more) for part in element.clauses)
    return f"CAST(round(julianday({later}) - julianday({earlier})) AS INTEGER)"


@compiles(days_between)
def _plain(element: Any, compiler: Any, **more: Any) -> str:
    later, earlier = (compiler.process(part, **more) for part in element.clauses)
    return f"({later} - {earlier})"


class Median:
    """SQLite's missing aggregate; PostgreSQL has percentile_cont."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        if not self.values:
            return None
        self.values.sort()
        low, high = self.values[(len(self.values) - 1) // 2], self.values[len(self.values) // 2]
        return (low + high) / 2
