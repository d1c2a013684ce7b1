"""What `cheragh kpi --json` prints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from desktop.kpi.answers import BY_KEY, answers
from desktop.kpi.kpi import Scope
from desktop.kpi.lines import LISTS
from desktop.kpi.lists import all_lists
from desktop.store import settings
from desktop.values.column import Column
from desktop.values.period import Period


def as_json(s: Session, scope: Scope) -> dict[str, Any]:
    """Every KPI and list of the scope; money and counts whole, ratios unrounded, shares as fractions."""
    lists = all_lists(s, scope)
    return {
        "period": {
            "from": scope.period.start.isoformat(),
            "to": scope.period.end.isoformat(),
            "label": scope.period.label(scope.calendar),
            "as_of": scope.as_of.isoformat(),
        },
        "currency": settings.get(s, "currency"),
        "kpis": {
            key: {
                "value": one.value, "unit": BY_KEY[key].unit.value, "previous": one.previous, "n": one.n, "rows": one.rows,
                "low": one.low, "high": one.high, "why_null": one.why_null, "lamp": one.lamp.value, "why_lamp": one.why_lamp,
                "window": {"from": one.period.start.isoformat(), "to": one.period.end.isoformat()},
            }
            for key, one in answers(s, scope, rows=True).items()
        },
        **{name: _lines(*lists.table(name)) for name in LISTS},
    }  # fmt: skip


def _lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    return [{column.key: _plain(value) for column, value in zip(columns, row, strict=True)} for row in rows]


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return value.key()
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value
