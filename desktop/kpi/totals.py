"""What the book says of some days, asked once per snapshot however many KPIs and months want it.

Day sums and other dated rows are read in blocks of days and folded here, so a dashboard of forty numbers, their
comparisons and their trends costs a handful of questions, and none of them grows with the years in the book.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.kpi.behind import buyer_rows, in_days, new_buyer_rows, within
from desktop.kpi.kpi import NOT_YOURS, Number, Question, Scope, once, shows
from desktop.store import settings
from desktop.store.tables import DayOff, SettingRow, SumCustomer, SumDay, SumDayCustomer
from desktop.values.holidays import holidays
from desktop.values.period import Period
from desktop.values.rounding import WHOLE
from desktop.values.text import Refused, language, tr

COLUMNS = tuple(column for column in SumDay.__table__.columns if column.name not in ("day", "seller_id"))
COUNTS = frozenset("costed_lines units sale_lines orders discounted_orders returns documents named_orders".split())
OF_COST = frozenset({"cost", "costed_net", "uncosted_net"})
BLOCK = 128  # days read at a time: a month and what it is compared with lie in one or two
LONG = 3 * BLOCK  # of longer spans the database adds the days up itself
DAY = dt.timedelta(days=1)

Row = tuple[Any, ...]
_DAYS = select(SumDay.day, *(func.sum(column) for column in COLUMNS)).group_by(SumDay.day)
_SELLERS_DAYS = select(SumDay.day, SumDay.seller_id, *COLUMNS)
_FIRST_DAYS = select(SumCustomer.first_day, func.count()).group_by(SumCustomer.first_day)


def setting(s: Session, key: str) -> str:
    """A setting of the book, or its default."""
    return kept_settings(s).get(key, settings.BY_KEY[key].default)


@once
def kept_settings(s: Session) -> dict[str, str]:
    """Every setting that the book holds, by key."""
    return dict(s.execute(select(SettingRow.key, SettingRow.value)).all())


def by_day(s: Session, question: Question, days: Period) -> list[Row]:
    """The rows of ``question`` whose first value is one of the days; read by the block and kept as long as the question is."""
    if not days.days:
        return []
    known, asked = _blocks(s, question)
    blocks = range(days.start.toordinal() // BLOCK, (days.end.toordinal() - 1) // BLOCK + 1)
    missing = [block for block in blocks if block not in asked]
    if missing:
        fresh: dict[dt.date, list[Row]] = {}
        span = Period(dt.date.fromordinal(missing[0] * BLOCK), dt.date.fromordinal((missing[-1] + 1) * BLOCK))
        for row in s.execute(question.where(within(span, question.selected_columns[0]))):
            fresh.setdefault(row[0], []).append(tuple(row))
        known.update(fresh)  # a block in between that was known is simply read again
        asked.update(blocks)
    return [row for n in range(days.days) for row in known.get(days.start + n * DAY, ())]


@once
def _blocks(_: Session, question: Question) -> tuple[dict[dt.date, list[Row]], set[int]]:
    """The rows known so far of the question, and the blocks they are of."""
    return {}, set()


# The day sums


def day_totals(s: Session, scope: Scope) -> dict[str, Number]:
    """Every column of `SumDay` over the scope's days and seller; counts whole again (a shared one may be a fraction)."""
    return _day_totals(s, scope.days, scope.seller)


def seen_totals(s: Session, scope: Scope) -> dict[str, Number]:
    """`day_totals` without those from which cost follows, where the session's user may not see it.

    Raises:
        Refused: the user is a seller, and the scope is not hers.
    """
    if not shows(s, "others", scope.seller):
        raise Refused(NOT_YOURS)
    return {name: value for name, value in day_totals(s, scope).items() if name not in OF_COST or shows(s, "cost")}


@once
def _day_totals(s: Session, days: Period, seller: int | None) -> dict[str, Number]:
    if days.days > LONG:
        sums = (func.coalesce(func.sum(column), 0) for column in COLUMNS)
        hers = [] if seller is None else [SumDay.seller_id == seller]
        rows: Sequence[Any] = s.execute(select(*sums).where(within(days, SumDay.day), *hers)).all()
    elif seller is None:
        rows = [row[1:] for row in by_day(s, _DAYS, days)]
    else:
        rows = [row[2:] for row in by_day(s, _SELLERS_DAYS, days) if row[1] == seller]
    added = [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(COLUMNS)
    return {column.name: _whole(value) if column.name in COUNTS else value for column, value in zip(COLUMNS, added, strict=True)}


def _whole(count: int) -> Number:
    return count // WHOLE if count % WHOLE == 0 else count / WHOLE


def total(name: str) -> Callable[[Session, Scope], Number]:
    """A part's ``sums``: one column of `day_totals`."""
    return lambda s, scope: day_totals(s, scope)[name]


@once
def first_day(s: Session) -> dt.date | None:
    """The day of the book's first document."""
    found: dt.date | None = s.scalar(select(func.min(SumDay.day)))
    return found


# Named buyers


@once
def buyers(s: Session, scope: Scope) -> tuple[int, int]:
    """How many named customers bought in the scope's days (under a seller: on her documents), and how many of them twice or more."""
    day = SumDayCustomer
    of_shop = select(func.sum(day.orders).label("orders")).where(in_days(scope, day.day), day.orders > 0).group_by(day.customer_id)
    each = (of_shop if scope.seller is None else buyer_rows(scope).order_by(None)).subquery()
    again = func.sum(case((each.c.orders > 1, 1), else_=0))
    row = s.execute(select(func.count(), func.coalesce(again, 0)).select_from(each)).one()
    return row[0], row[1]


def new_buyers(s: Session, scope: Scope) -> int:
    """The named customers whose first sale document ever lies in the scope; under a seller, is hers."""
    if scope.seller is None:
        return sum(row[1] for row in by_day(s, _FIRST_DAYS, scope.days))
    return s.scalar(select(func.count()).select_from(new_buyer_rows(scope).order_by(None).subquery())) or 0


# Which days the shop is open: not its weekly days off, and not the holidays of the calendar and its owner


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
        return found[language()] if found else None

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
