"""Everything «امروز» shows, from one snapshot; and what its numbers lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.kpi import leads, pipeline, sales, targets
from desktop.kpi.answers import ALL, BY_KEY, answer, of_tile
from desktop.kpi.behind import in_days
from desktop.kpi.kpi import NOT_YOURS, Answer, Number, Scope, shows
from desktop.kpi.totals import day_totals, days_off, setting
from desktop.store.dialect import days_between
from desktop.store.tables import Customer, Deal, Lead, PriceIndex, Seller, SumCustomer, SumDay, SumPayment, models
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

USUAL_OF, USUAL_WEEKS, LONGEST_CHART = 8, 26, 62
REGULAR, SILENT, MOST_CALLS = 4, 10, 3  # purchase days that make a rhythm, and days away before anybody is missed
LATE, GONE = 1.5, 4  # usual gaps: from the first on one is late, beyond the second not coming back
BUSY = ("revenue", "orders", "won_deals", "lost_deals", "activities")  # a seller's line is shown if one is not 0
OF_SELLER = (*BUSY, "gross_profit", "gross_margin", "average_order_value", "won_value", "conversion_rate", "target_attainment")

# nothing to compare with, as before, ahead, behind: of a running period, and of one that is over
_SO_FAR = {
    "month": (
        N_("You have sold {amount} up to today."),
        N_("You have sold {amount} up to today; as much as at the same point last month."),
        N_("You have sold {amount} up to today; {change} ahead of the same point last month."),
        N_("You have sold {amount} up to today; {change} behind the same point last month."),
    ),
    "day": (
        N_("You have sold {amount} today."),
        N_("You have sold {amount} today; as much as the day before."),
        N_("You have sold {amount} today; {change} more than the day before."),
        N_("You have sold {amount} today; {change} less than the day before."),
    ),
    "days": (
        N_("You have sold {amount} up to today."),
        N_("You have sold {amount} up to today; as much as in the same days of the period before."),
        N_("You have sold {amount} up to today; {change} ahead of the same days of the period before."),
        N_("You have sold {amount} up to today; {change} behind the same days of the period before."),
    ),
}
_DAYS_OVER = (
    N_("In {period} you sold {amount}."),
    N_("In {period} you sold {amount}; as much as in the days before it."),
    N_("In {period} you sold {amount}; {change} more than in the days before it."),
    N_("In {period} you sold {amount}; {change} less than in the days before it."),
)
_IN_THE_END = {
    "month": (
        N_("In {period} you sold {amount}."),
        N_("In {period} you sold {amount}; as much as the month before."),
        N_("In {period} you sold {amount}; {change} more than the month before."),
        N_("In {period} you sold {amount}; {change} less than the month before."),
    ),
    "day": _DAYS_OVER,
    "days": _DAYS_OVER,
}


@dataclass(frozen=True)
class Today:
    """The first line of «امروز»: one day against this weekday's usual (median of the last eight that were open)."""

    day: dt.date
    net: int
    orders: int
    payments: tuple[tuple[str, int], ...]
    profit: int | None
    usual_net: int | None
    usual_orders: float | None


@dataclass(frozen=True)
class DayBar:
    """One day of the month chart; ``net`` None = still to come; ``closed`` = weekly day off or holiday (its name)."""

    day: dt.date
    net: int | None
    closed: bool
    holiday: str | None


@dataclass(frozen=True)
class SellerLine:
    """One seller's row under the tiles; ``seller`` None = documents without seller; ``numbers``: by KPI."""

    seller: int | None
    name: str
    numbers: Mapping[str, Number | None]
    returned: int
    discount: int
    target: int | None

    @property
    def net(self) -> int:
        return int(self.numbers["revenue"] or 0)


@dataclass(frozen=True)
class Call:
    """A regular customer who is late: used to come ``every`` so many days, and has not for ``silent`` days."""

    customer: int
    name: str
    phone: str | None
    every: int
    silent: int


@dataclass(frozen=True)
class Board:
    """Everything «امروز» shows but the tiles' trends, which follow (`trends`)."""

    scope: Scope
    label: str
    today: Today
    sentence: str
    answers: dict[str, Answer]
    days: tuple[DayBar, ...]
    target: int | None
    pace_per_day: int | None
    needed_per_day: int | None
    sellers: tuple[SellerLine, ...]
    calls: tuple[Call, ...]
    demo: bool
    empty: bool


def board(s: Session, scope: Scope, keys: Iterable[str] | None = None) -> Board:
    """The page for ``scope``; slow KPIs are left out unless ``keys`` names them (they follow on the long lane).

    Raises:
        Refused: the user is a seller, and the scope is not hers.
    """
    if not shows(s, "others", scope.seller):
        raise Refused(NOT_YOURS)
    wanted = [one.key for one in ALL if not one.slow] if keys is None else list(keys)
    return Board(
        scope=scope,
        label=scope.period.label(scope.calendar),
        today=today(s, scope),
        sentence=sentence(s, scope),
        answers=tiles(s, scope, wanted),
        days=days(s, scope),
        target=targets.revenue_target(s, scope),
        pace_per_day=targets.pace_per_day(s, scope),
        needed_per_day=targets.needed_per_day(s, scope),
        sellers=sellers(s, scope),
        calls=calls(s, scope),
        demo=bool(setting(s, "demo")),
        empty=is_empty(s),
    )


def tiles(s: Session, scope: Scope, keys: Iterable[str], *, last_year: bool = False) -> dict[str, Answer]:
    """The answers that tiles and the report show: those of a month over a month at least."""
    return {key: answer(s, key, of_tile(BY_KEY[key], scope), last_year=last_year) for key in keys}


def is_empty(s: Session) -> bool:
    """Whether nothing was ever entered."""
    return not any(s.scalar(select(table.id).limit(1)) for table in models().values() if table.begins)


def today(s: Session, scope: Scope) -> Today:
    """The as-of day against the median of the last eight open days of this weekday."""
    day = scope.as_of
    now = day_totals(s, Scope(Period.day(day), day, scope.seller, scope.calendar))
    paid = s.execute(
        select(SumPayment.payment, SumPayment.net).where(SumPayment.day == day, SumPayment.net != 0).order_by(SumPayment.net.desc())
    )
    earlier = [day - dt.timedelta(days=7 * week) for week in range(1, USUAL_WEEKS + 1)]
    question = (
        select(SumDay.day, func.sum(SumDay.net), func.sum(SumDay.orders))
        .where(SumDay.day.in_(earlier), *([SumDay.seller_id == scope.seller] if scope.seller is not None else []))
        .group_by(SumDay.day)
        .having(func.sum(SumDay.documents) > 0)
        .order_by(SumDay.day.desc())
        .limit(USUAL_OF)
    )
    usual = s.execute(question).all()
    return Today(
        day=day,
        net=int(now["net"]),
        orders=int(now["orders"]),
        payments=tuple(paid) if scope.seller is None else (),  # nobody knows which of them were hers
        profit=int(now["costed_net"] - now["cost"]) if now["costed_lines"] and shows(s, "cost") else None,
        usual_net=round(median(row[1] for row in usual)) if usual else None,
        usual_orders=median(row[2] for row in usual) / 10_000 if usual else None,
    )


def sentence(s: Session, scope: Scope) -> str:
    """The period read aloud: what was sold, and against what."""
    net, before = day_totals(s, scope)["net"], day_totals(s, scope.before())["net"]
    if not day_totals(s, scope)["documents"]:
        return tr("No sale in {period} yet.", period=scope.period.label(scope.calendar))
    change = Unit.MONEY.change(net, before)
    span = "month" if scope.period.month_calendar() else "day" if scope.period.days == 1 else "days"
    says = (_SO_FAR if scope.as_of in scope.period else _IN_THE_END)[span]
    said = says[0] if change is None else says[1] if change.up is None else says[2] if change.up else says[3]
    holes = {"amount": Unit.MONEY.short(net), "change": change.text if change else "", "period": scope.period.label(scope.calendar)}
    return tr(said, **holes)


def days(s: Session, scope: Scope) -> tuple[DayBar, ...]:
    """Net sales of each day; of the month around it when the period is shorter, of the last months when longer: none."""
    period = scope.period if 7 <= scope.period.days <= LONGEST_CHART else Period.month(scope.now, scope.calendar)
    closed = days_off(s)
    found = []
    for n in range(period.days):
        day = period.start + dt.timedelta(days=n)
        reason, net = closed(day), day_totals(s, scope.over(Period.day(day)))["net"]
        found.append(DayBar(day, int(net) if day <= scope.as_of else None, reason is not None, reason))
    return tuple(found)


def sellers(s: Session, scope: Scope) -> tuple[SellerLine, ...]:
    """The sellers' table: those who sold, followed deals or did anything in the period; best first."""
    found = []
    everyone = s.execute(select(Seller.id, Seller.name, Seller.archived).order_by(Seller.name_sort))
    for seller, name, gone in [*everyone, (0, "", 1)]:
        if scope.seller is not None and seller != scope.seller:
            continue
        mine = Scope(scope.period, scope.as_of, seller, scope.calendar)
        totals, target = day_totals(s, mine), targets.revenue_target(s, mine)
        numbers = {key: BY_KEY[key].measure(s, mine).value for key in OF_SELLER}
        if any(numbers[key] for key in BUSY) or (target and not gone):
            returned, discount = int(totals["returned"]), int(totals["discount"])
            found.append(SellerLine(seller or None, name or tr("Without a seller"), numbers, returned, discount, target))
    return tuple(sorted(found, key=lambda line: (line.seller is None, -line.net)))


def calls(s: Session, scope: Scope) -> tuple[Call, ...]:
    """Whom to call: regular customers who are late by their own rhythm, those who brought most first."""
    known = SumCustomer
    every = days_between(known.last_day, known.first_day) / (known.days - 1.0)
    silent = days_between(scope.as_of, known.last_day)
    question = (
        select(Customer.id, Customer.name, Customer.phone, every, silent)
        .join(known, known.customer_id == Customer.id)
        .where(Customer.archived == 0, known.days >= REGULAR, silent >= SILENT, silent.between(LATE * every, GONE * every))
        .order_by(known.net.desc(), Customer.id)
        .limit(MOST_CALLS)
    )
    return tuple(Call(row, name, phone, round(gap), away) for row, name, phone, gap, away in s.execute(question))


def gaps(s: Session, scope: Scope) -> dict[str, Any]:
    """Shares and counts of what is missing in the scope; None or 0 where nothing is.

    Raises:
        Refused: the user is a seller, and the scope is not hers.
    """
    if not shows(s, "others", scope.seller):
        raise Refused(NOT_YOURS)
    totals, whole = day_totals(s, scope), shows(s, "others")
    nobody = day_totals(s, Scope(scope.period, scope.as_of, 0, scope.calendar))
    overdue = pipeline.open_rows(s, scope).order_by(None).where(Deal.expected < scope.now).subquery()
    blank = select(func.count()).where(Lead.source_id.is_(None), Lead.status.in_(leads.COUNTED), in_days(scope, Lead.day))
    month = Period.month(scope.now, scope.calendar)
    return {
        "covered": sales.coverage(s, scope),
        "named": totals["named_sold"] / totals["sold"] if totals["sold"] > 0 else None,
        "no_seller": nobody["net"] if whole else 0,
        "lump": totals["lump"],
        "leads_without_source": (s.scalar(blank) or 0) if whole else 0,
        "overdue_deals": s.scalar(select(func.count()).select_from(overdue)) or 0,
        "wrong_cycles": pipeline.WRONG.count(s, scope),
        "no_next_target": targets.revenue_target(s, scope.over(scope.period.next())) is None,
        "no_price_index": s.get(PriceIndex, month.start) is None,
    }
