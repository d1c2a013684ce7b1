"""What the demo shop spends and aims at: campaigns, costs, targets, the price index."""

from __future__ import annotations

import datetime as dt
from random import Random

from desktop.shop.demo.chance import SELLERS, WORDS, Deck, amount
from desktop.shop.demo.people import People
from desktop.shop.demo.rows import Rows
from desktop.shop.demo.seasons import DAY, Seasons
from desktop.values.jalali import to_jalali
from desktop.values.period import Period
from desktop.values.rounding import WHOLE

_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_REACHED = ((0.8, 1), (0.88, 2), (0.93, 2), (0.98, 3), (1.02, 3), (1.06, 2), (1.11, 1))
_IN_REACH = 1.06  # the running month


class Campaigns:
    """One in most months; `on` says which runs and how well it draws."""

    def __init__(self, rows: Rows, seasons: Seasons) -> None:
        self._running: dict[dt.date, tuple[int, float]] = {}
        for month in seasons.months:
            year, number, _ = to_jalali(month.start)
            if str(number) not in WORDS["campaigns"]:
                continue
            name, channel, first, length, spent, draw = WORDS["campaigns"][str(number)]
            begins = month.start + (first - 1) * DAY
            if begins > seasons.until:
                continue
            cost = amount(spent * seasons.level(month.start))
            row = rows.add("campaign", name=f"{name} {str(year).translate(_PERSIAN)}", channel=channel, first_day=begins,
                           last_day=min(month.last, begins + (length - 1) * DAY), budget=amount(cost, 1_000_000))  # fmt: skip
            for n in range(length):
                self._running[begins + n * DAY] = (row["id"], draw)
            for week in range(0, length, 7):
                spend(rows, seasons, begins + week * DAY, cost / -(-length // 7), "advertising", campaign=row["id"])

    def on(self, day: dt.date) -> tuple[int | None, float]:
        """The campaign of the day and how well it draws; (None, 0) without one."""
        return self._running.get(day, (None, 0.0))


def spend(
    rows: Rows, seasons: Seasons, day: dt.date, rials: float, kind: str, *, campaign: int | None = None, seller: int | None = None,
    note: str | None = None,
) -> None:  # fmt: skip
    """A cost is paid, if its day has come."""
    if day <= seasons.until:
        rows.add("cost", day=day, amount=amount(rials), kind=kind, campaign_id=campaign, seller_id=seller, note=note)


def running_costs(random: Random, rows: Rows, seasons: Seasons, people: People) -> None:
    """Rent, pay, bills and what keeps the shop known, month by month."""
    for month in seasons.months:
        level = seasons.level(month.start)
        for after, kind, note, rials, *between in WORDS["costs"]:
            part = random.uniform(*between) if between else 1
            spend(rows, seasons, month.start + after * DAY, rials * level * part, kind, note=note)
        for seller, her in enumerate(SELLERS, 1):
            if seller < len(SELLERS) or month.start >= people.joined:
                spend(rows, seasons, month.last - DAY, her.pay * level, "pay", seller=seller, note=her.name)


def targets(random: Random, rows: Rows, seasons: Seasons, people: People) -> None:
    """What the team and each seller were to sell in each month: a little more or less than they did, or could."""
    reached, sold = Deck(random, _REACHED), _sold(rows, seasons)
    if seasons.until < seasons.months[-1].last:
        sold[-1] = _foreseen(seasons, sold)
    for month, each in zip(seasons.months, sold, strict=True):
        if month in seasons.months[-12:]:
            for kpi, value, direction, who in WORDS["aims"]:
                _aim(rows, month, kpi, value, direction=direction, person=SELLERS[who].name)
        running = month.end > seasons.until + DAY
        for seller in range(len(SELLERS) - (month.start < people.joined), 0, -1):
            aimed = amount(each[seller - 1] / (_IN_REACH if running else reached.deal()), 1_000_000)
            _aim(rows, month, "revenue", aimed, seller=seller, person=SELLERS[seller - 1].name)
        # the team's own last: lists show the latest row first
        aimed = amount(sum(each) / (_IN_REACH if running else reached.deal()), 5_000_000)
        _aim(rows, month, "revenue", aimed, person=SELLERS[0].name)


def price_index(rows: Rows, seasons: Seasons) -> None:
    """The index of each month, 100 in the first."""
    for month, level in zip(seasons.months, seasons.levels, strict=True):
        rows.add("price_index", month=month.start, value=round(100_000 * level / seasons.levels[0]), origin="entered")


def _sold(rows: Rows, seasons: Seasons) -> list[list[float]]:
    found = [[0.0] * len(SELLERS) for _ in seasons.months]
    sales = {row["id"]: row for row in rows.of("sale") if row["status"] == "final"}
    for part in rows.of("sale_seller"):
        if sale := sales.get(part["sale_id"]):
            found[seasons.at(sale["day"])][part["seller_id"] - 1] += sale["total"] * part["share"] / WHOLE
    return found


def _foreseen(seasons: Seasons, sold: list[list[float]]) -> list[float]:
    """What the running month will bring each seller, going by the three before (or itself, if it is the first)."""
    last, known = seasons.months[-1], range(len(sold))[-4:-1] or range(1)
    rate = _coming(seasons, last) / sum(_coming(seasons, seasons.months[n].clip(seasons.until)) for n in known)
    return [rate * sum(sold[n][seller] for n in known) for seller in range(len(SELLERS))]


def _coming(seasons: Seasons, days: Period) -> float:
    """How many come in these days, each with what money is worth then."""
    return sum(seasons.busy(days.start + n * DAY) for n in range(days.days)) * seasons.level(days.start)


def _aim(
    rows: Rows, month: Period, kpi: str, value: int, *, seller: int | None = None, direction: str = "at_least", person: str | None = None
) -> None:
    rows.add("target", kpi=kpi, scope="seller" if seller else "team", seller_id=seller, span="month", start=month.start, end=month.end,
             value=value, direction=direction, person=person)  # fmt: skip
