"""Targets as typed and as kept, the price index, days off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.access import may
from desktop.store import settings
from desktop.store.tables import DayOff, PriceIndex, Target
from desktop.values.period import Period
from desktop.values.text import N_, Refused


def set_target(s: Session, row: Target, values: dict[str, Any]) -> None:
    """``values``: month (text such as 1405-08, 1405-q3, 1405, or any day in it), amount in the KPI's smallest steps."""
    calendar = settings.get(s, "calendar")
    period = values["month"] if isinstance(values["month"], Period) else Period.parse(str(values["month"]), calendar)
    if period.days == 1:
        period = Period.month(period.start, calendar)
    row.start, row.end = period.start, period.end
    row.span = "month" if period.days < 32 else "quarter" if period.days < 100 else "year"
    row.kpi, row.value = values.get("kpi") or "revenue", int(values["amount"])
    row.direction = values.get("direction") or "at_least"
    row.scope = "seller" if row.seller_id else "category" if row.category_id else "campaign" if row.campaign_id else "team"
    if row.value <= 0 and row.kpi == "revenue":
        raise Refused(N_("A target is above zero."), field="amount")
    twin = select(Target.id).where(
        Target.status == "final", Target.kpi == row.kpi, Target.scope == row.scope, Target.start == row.start, Target.end == row.end,
        Target.seller_id.is_not_distinct_from(row.seller_id), Target.category_id.is_not_distinct_from(row.category_id),
        Target.campaign_id.is_not_distinct_from(row.campaign_id), Target.id != (row.id or 0),
    )  # fmt: skip
    with s.no_autoflush:
        if s.scalar(twin):
            raise Refused(N_("There is a target for this already; change that one."), field="month")


def target_values(row: Target) -> dict[str, Any]:
    """A kept target as its form shows it."""
    return {"month": Period(row.start, row.end).key(), "amount": row.value}


def set_price_index(s: Session, month: dt.date, value: int) -> None:
    """The index of the month that holds ``month`` is ``value`` thousandths."""
    may(s, "settings")
    start = Period.month(month, settings.get(s, "calendar")).start
    row = s.get(PriceIndex, start)
    if row is None:
        s.add(PriceIndex(month=start, value=value))
    else:
        row.value = value


def set_day_off(s: Session, day: dt.date, *, closed: bool, name: str = "") -> None:
    """The owner's word on a day wins over the shipped calendar."""
    may(s, "settings")
    row = s.get(DayOff, day)
    if row is None:
        s.add(DayOff(day=day, name=name, closed=int(closed)))
    else:
        row.name, row.closed = name, int(closed)
