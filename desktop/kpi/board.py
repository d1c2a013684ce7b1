"""Everything «امروز» shows, from one snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.kpi import targets
from desktop.kpi.answers import ALL, BY_KEY, answer, of_tile
from desktop.kpi.calls import calls
from desktop.kpi.kpi import NOT_YOURS, Answer, Board, DayBar, Scope, SellerLine, Today, shows
from desktop.kpi.totals import day_totals, setting
from desktop.kpi.workdays import days_off
from desktop.store.tables import Seller, SumDay, SumPayment, models
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

USUAL_OF, USUAL_WEEKS, LONGEST_CHART = 8, 26, 62


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
    amount, word = Unit.MONEY.tile(net)
    change = Unit.MONEY.change(net, before)
    says = _so_far(scope) if scope.period.running(scope.as_of) else _in_the_end(scope)
    said = says[0] if change is None else says[1] if change.up is None else says[2] if change.up else says[3]
    holes = {"amount": f"{amount} {word}", "change": change.text if change else "", "period": scope.period.label(scope.calendar)}
    return tr(said, **holes)


def _so_far(scope: Scope) -> tuple[str, str, str, str]:
    """What to say of a running period: nothing to compare with, as before, ahead, behind."""
    if scope.period.month_calendar():
        return (
            N_("You have sold {amount} up to today."),
            N_("You have sold {amount} up to today; as much as at the same point last month."),
            N_("You have sold {amount} up to today; {change} ahead of the same point last month."),
            N_("You have sold {amount} up to today; {change} behind the same point last month."),
        )
    if scope.period.days == 1:
        return (
            N_("You have sold {amount} today."),
            N_("You have sold {amount} today; as much as the day before."),
            N_("You have sold {amount} today; {change} more than the day before."),
            N_("You have sold {amount} today; {change} less than the day before."),
        )
    return (
        N_("You have sold {amount} up to today."),
        N_("You have sold {amount} up to today; as much as in the same days of the period before."),
        N_("You have sold {amount} up to today; {change} ahead of the same days of the period before."),
        N_("You have sold {amount} up to today; {change} behind the same days of the period before."),
    )


def _in_the_end(scope: Scope) -> tuple[str, str, str, str]:
    """The same of a period that is over."""
    if scope.period.month_calendar():
        return (
            N_("In {period} you sold {amount}."),
            N_("In {period} you sold {amount}; as much as the month before."),
            N_("In {period} you sold {amount}; {change} more than the month before."),
            N_("In {period} you sold {amount}; {change} less than the month before."),
        )
    return (
        N_("In {period} you sold {amount}."),
        N_("In {period} you sold {amount}; as much as in the days before it."),
        N_("In {period} you sold {amount}; {change} more than in the days before it."),
        N_("In {period} you sold {amount}; {change} less than in the days before it."),
    )


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
        line = _seller(s, Scope(scope.period, scope.as_of, seller, scope.calendar), name)
        if line.net or line.orders or line.won or line.lost or line.activities or (line.target and not gone):
            found.append(line)
    return tuple(sorted(found, key=lambda line: (line.seller is None, -line.net)))


def _seller(s: Session, mine: Scope, name: str) -> SellerLine:
    totals = day_totals(s, mine)
    profit, costs = totals["costed_net"] - totals["cost"], shows(s, "cost")
    value = {
        key: BY_KEY[key].measure(s, mine).value
        for key in ("won_deals", "lost_deals", "won_value", "activities", "conversion_rate", "target_attainment")
    }
    return SellerLine(
        seller=mine.seller or None,
        name=name or tr("Without a seller"),
        net=int(totals["net"]),
        profit=int(profit) if totals["costed_lines"] and costs else None,
        margin=profit / totals["costed_net"] if totals["costed_net"] > 0 and costs else None,
        orders=totals["orders"],
        average_order=totals["sold"] / totals["orders"] if totals["orders"] else None,
        returned=int(totals["returned"]),
        discount=int(totals["discount"]),
        won=int(value["won_deals"] or 0),
        lost=int(value["lost_deals"] or 0),
        won_value=int(value["won_value"] or 0),
        activities=int(value["activities"] or 0),
        conversion=value["conversion_rate"],
        target=targets.revenue_target(s, mine),
        attainment=value["target_attainment"],
    )
