"""Targets as typed and as kept, campaigns, the price index, days off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.drafts import Problem
from desktop.store import settings
from desktop.store.tables import DayOff, PriceIndex, Target
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr

Values = dict[str, Any]
SPANS = {1: "month", 3: "quarter", 12: "year"}
_WHOSE = ("seller", "category", "campaign")


def span_of(s: Session, text: str) -> Period:
    """See `span`; a day names its month in the book's calendar."""
    return span(text, settings.get(s, "calendar"))


def span(text: str, calendar: str) -> Period:
    """The month, quarter or year that ``text`` names; a day names its month.

    Raises:
        Refused: it is none.
    """
    period = Period.parse(text, calendar)
    if period.days == 1:
        period = Period.month(period.start, calendar)
    if not any(period.whole_months(one) in SPANS for one in ("jalali", "gregorian")):
        raise Refused(N_("A target is for a month, a quarter or a year."))
    return period


# Targets


def check_target(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """One target for one KPI, span and person; a target for revenue is above zero."""
    try:
        period = span_of(s, str(values["month"]))
    except Refused as refused:
        return [Problem("month", str(refused))]
    if values["kpi"] == "revenue" and values["amount"] <= 0:
        return [Problem("amount", tr("A target is above zero."))]
    whose = [name for name in _WHOSE if values.get(f"{name}_id") is not None]
    if len(whose) > 1:
        return [Problem(f"{whose[1]}_id", tr("A target belongs to a seller, a category or a campaign, not to two of them."))]
    twin = select(Target.id).where(
        Target.status == "final", Target.kpi == values["kpi"], Target.start == period.start, Target.end == period.end,
        *(getattr(Target, f"{name}_id").is_not_distinct_from(values.get(f"{name}_id")) for name in _WHOSE), Target.id != (row_id or 0),
    )  # fmt: skip
    if s.scalar(twin) is not None:
        return [Problem("month", tr("There is a target for this already; change that one."))]
    return []


def keep_target(s: Session, row: Target, values: Values, _new: bool) -> None:
    """``month`` and ``amount`` as typed become days and steps; whose it is follows from the ids."""
    period = span_of(s, str(values["month"]))
    months = next(filter(None, (period.whole_months(one) for one in ("jalali", "gregorian"))))
    row.start, row.end, row.span = period.start, period.end, SPANS[months]
    row.value, row.direction = values["amount"], row.direction or "at_least"
    row.scope = next((name for name in _WHOSE if values.get(f"{name}_id") is not None), "team")


def show_target(_: Session, row: Target) -> Values:
    """A kept target's span and value as they are typed."""
    return {"month": Period(row.start, row.end).key(), "amount": row.value}


# Campaigns


def check_campaign(_: Session, _row_id: int | None, values: Values) -> list[Problem]:
    """A campaign ends after it begins."""
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        return [Problem("last_day", tr("A campaign cannot end before it begins."))]
    return []


# Price index and days off: their key is a day


def check_index(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """One value a month."""
    try:
        month = _month(s, values["month"])
    except Refused as refused:
        return [Problem("month", str(refused))]
    if month.toordinal() != row_id and s.get(PriceIndex, month) is not None:
        return [Problem("month", tr("The price index of this month is there already; change that one."))]
    return []


def keep_index(s: Session, row: PriceIndex, values: Values, _new: bool) -> None:
    """The index of the month that was typed."""
    row.month, row.origin = _month(s, values["month"]), "entered"


def show_index(_: Session, row: PriceIndex) -> Values:
    """The month as it is typed."""
    calendar = next(one for one in ("jalali", "gregorian") if Period.month(row.month, one).start == row.month)
    return {"month": Period.month(row.month, calendar).key()}


def check_day_off(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """One word on a day."""
    if values["day"].toordinal() != row_id and s.get(DayOff, values["day"]) is not None:
        return [Problem("day", tr("This day is in the list already; change that one."))]
    return []


def keep_day_off(_: Session, row: DayOff, _values: Values, _new: bool) -> None:
    """The owner's word on a day wins over the shipped calendar."""
    row.name, row.closed = row.name or "", int(row.closed)


def _month(s: Session, text: Any) -> dt.date:
    calendar = settings.get(s, "calendar")
    return Period.month(Period.parse(str(text), calendar).start, calendar).start
