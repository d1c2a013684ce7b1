"""Which days the shop is open: not its weekly days off, and not the holidays of the calendar and its owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.kpi.kpi import once
from desktop.kpi.totals import setting
from desktop.store.tables import DayOff
from desktop.values.holidays import holidays
from desktop.values.period import Period
from desktop.values.text import tr


@once
def days_off(s: Session) -> Callable[[dt.date], str | None]:
    """A question: the name of the day's reason to be closed, None on a working day."""
    weekend = {int(day) for day in setting(s, "weekend").split(",") if day}
    own = {day: (closed, name) for day, closed, name in s.execute(select(DayOff.day, DayOff.closed, DayOff.name))}
    iranian = setting(s, "currency") == "IRR"

    def reason(day: dt.date) -> str | None:
        if day in own:
            closed, name = own[day]
            return (name or tr("Holiday")) if closed else None
        if day.weekday() in weekend:
            return tr("Weekly day off")
        found = holidays().get(day) if iranian else None
        return found.name if found else None

    return reason


@once
def working_days(s: Session, period: Period) -> int:
    """How many days of ``period`` the shop is open."""
    closed = days_off(s)
    return sum(closed(period.start + dt.timedelta(days=n)) is None for n in range(period.days))


def elapsed_share(s: Session, period: Period, as_of: dt.date) -> float:
    """The share of the period's working days that is over, the as-of day included; by days where none is working."""
    spent, whole = period.clip(as_of), working_days(s, period)
    return working_days(s, spent) / whole if whole else spent.days / period.days
