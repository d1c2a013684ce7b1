"""What `cheragh kpi --json` prints."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from desktop.kpi import lists
from desktop.kpi.answers import BY_KEY, answers
from desktop.kpi.kpi import Scope
from desktop.store import settings


def as_json(s: Session, scope: Scope) -> dict[str, Any]:
    """Every KPI and list of the scope; money and counts whole, ratios unrounded, shares as fractions."""
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
            }
            for key, one in answers(s, scope, rows=True).items()
        },
        **all_lists(s, scope),
    }  # fmt: skip


def all_lists(s: Session, scope: Scope) -> dict[str, Any]:
    """Every list of the scope."""
    return {
        "sellers": lists.sellers(s, scope),
        "products": lists.products(s, scope),
        "customers": lists.customers(s, scope),
        "campaigns": lists.campaigns(s, scope),
        "sources": lists.sources(s, scope),
        "lost_reasons": lists.lost_reasons(s, scope),
        "cohorts": lists.cohorts(s, scope),
        "rfm": lists.rfm(s, scope),
        "abc": lists.abc(s, scope),
    }
