"""The report's figures, tiles and table of KPIs, made of the month's numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop import kpi
from desktop.charts import Bars, Bridge, Heat, Level, Ranks, Trend
from desktop.charts.trend import draw_spark
from desktop.kpi.kpi import Answer, Lamp, Number
from desktop.reports import words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import SMALL, SOFT, Sheet
from desktop.reports.tables import Field, Row, Table
from desktop.values.day import month_name
from desktop.values.digits import number
from desktop.values.period import Period
from desktop.values.text import tr
from desktop.values.unit import Unit

COHORTS, RANKS = 8, 8


def spark(sheet: Sheet, start: float, y: float, width: float, height: float, answer: Answer) -> bool:
    """The KPI's last twelve months as a small line over its first and last month; False and nothing where it has no data."""
    points = [point for point in answer.trend if point[0].month_calendar()]
    if answer.lamp is Lamp.OFF or sum(value is not None for _, value in points) < 2:
        return False
    box = sheet.box(start, y, width, height - 22)
    draw_spark(sheet.canvas, box, [value for _, value in points], lit=answer.lamp is Lamp.ON)
    for period, side in ((points[0][0], "start"), (points[-1][0], "end")):
        sheet.say(start, y + height - 16, width, _month(period), px=SMALL, color=SOFT, height=18, side=side)
    return True


def number_of(sheet: Sheet, answer: Answer, start: float, y: float, width: float, first: str, second: str) -> None:
    """A KPI's lamp, name and number, and two lines in small print under it."""
    one = kpi.BY_KEY[answer.key]
    sheet.lamp(start, y + 12, answer.lamp)
    sheet.say(start + 18, y, width - 18, name(answer.key), weight=500, height=24)
    sheet.amount(start, y + 21, width, *one.unit.tile(answer.value))
    sheet.say(start, y + 52, width, first, px=SMALL, color=SOFT, height=20)
    sheet.say(start, y + 70, width, second, px=SMALL, color=SOFT, height=20)


def name(key: str) -> str:
    """What a KPI is called where there is little room."""
    return tr(kpi.BY_KEY[key].short or kpi.BY_KEY[key].title)


def table(sheet: Sheet, m: Monthly, keys: Iterable[str], *, notes: bool = False) -> Table:
    """KPIs with what they are compared with."""
    fields = (
        Field(tr("KPI"), 2.65, number=False),
        Field(tr("Unit"), 1.45, number=False),
        Field(m.label, 0.92),
        Field(tr("Same days, month before") if m.running else tr("Month before"), 0.92),
        Field(tr("Same days last year") if m.running else tr("Same month last year"), 0.92),
        Field(tr("Target"), 0.92),
        Field(tr("In a word"), 1.3, number=False),
    )
    rows = []
    for answer in map(m.answers.__getitem__, keys):
        one, aim = kpi.BY_KEY[answer.key], answer.aim.value if answer.aim else None
        numbers = (answer.value, answer.previous, words.last_year(m, answer), aim)
        unit, cells = words.aligned(one.unit, numbers, next(filter(None, numbers), None))
        rows.append(Row((tr(one.title), unit, *cells, words.word(answer)), answer.lamp, words.note(m, answer) if notes else ""))
    return Table(sheet, fields, rows)


def days(m: Monthly) -> Bars:
    """Net sales of each day against an even pace to the target."""
    bars = m.board.days
    return Bars(
        values=tuple(bar.net for bar in bars),
        labels=tuple(number(i + 1) if i == 0 or (i + 1) % 5 == 0 or i == len(bars) - 1 else "" for i in range(len(bars))),
        quiet=frozenset(i for i, bar in enumerate(bars) if bar.closed),
        levels=() if m.board.pace_per_day is None else (Level(m.board.pace_per_day, ""),),
    )


def months(m: Monthly) -> Bars:
    """Twelve months of net sales, gross profit inside."""
    profit = tuple(value for _, value in m.answers["gross_profit"].trend)
    return replace(counts(m, "revenue"), unit=Unit.MONEY, second=profit, legend=(tr("Net sales"), tr("Gross profit")))


def _month(period: Period) -> str:
    return month_name(period.start, period.month_calendar(), year=False)


def bridge(m: Monthly) -> Bridge:
    """From list price to gross profit; what was next to nothing is left out."""
    totals = m.totals
    steps = (
        (tr("List price"), totals["gross"] + totals["lump"], True), (tr("Discounts"), -totals["discount"], False),
        (tr("Returns"), -totals["returned"], False), (tr("Net sales"), totals["net"], True),
        (tr("Cost of goods"), -totals["cost"], False), (tr("Without cost"), -totals["uncosted_net"], False),
        (tr("Gross profit"), totals["costed_net"] - totals["cost"], True),
    )  # fmt: skip
    least = abs(steps[0][1]) / 1500  # less would be written 0
    return Bridge(tuple(step for step in steps if abs(step[1]) > least or step[2]))


def ranks_height(m: Monthly) -> float:
    """How high the sellers' bars stand: airy for a few, close together for many."""
    return min(RANKS, len(m.board.sellers)) * (32.0 if len(m.board.sellers) <= 4 else 26.0)


def sellers(m: Monthly) -> Ranks:
    """Net sales of the best sellers, each with her share of all."""
    total = sum(line.net for line in m.board.sellers)
    rows = []
    for line in m.board.sellers[:RANKS]:
        amount = Unit.MONEY.short(line.net)
        rows.append((line.name, float(line.net), f"{amount} ({Unit.SHARE.write(line.net / total)})" if total > 0 else amount))
    return Ranks(tuple(rows))


def trend(m: Monthly, key: str) -> Trend:
    return Trend(*_series(m, key), kpi.BY_KEY[key].unit, running=not m.answers[key].trend[-1][0].month_calendar())


def counts(m: Monthly, key: str) -> Bars:
    """Twelve months of something counted; a running month is dim."""
    running = frozenset(i for i, (period, _) in enumerate(m.answers[key].trend) if not period.month_calendar())
    return Bars(*_series(m, key), Unit.COUNT, quiet=running)


def _series(m: Monthly, key: str) -> tuple[tuple[Number | None, ...], tuple[str, ...]]:
    """A KPI of the last twelve months, and their names."""
    points = m.answers[key].trend
    return tuple(value for _, value in points), tuple(_month(period) for period, _ in points)


def funnel(m: Monthly) -> Ranks:
    """Four counts on the way to a sale, each with its share of the step before."""
    rows, before = [], 0
    for name, n in m.funnel:
        rows.append((tr(name), n, f"{number(n)}  ({Unit.SHARE.write(n / before)})" if before else number(n)))
        before = n
    return Ranks(tuple(rows), highest=44, inset=0, fading=0.17)


def cohorts(m: Monthly) -> Heat | None:
    """The share of each month's new customers who bought again in each month after; the month itself is left out."""
    rows = [row for row in m.lists.cohorts if len(row.active) > 1][-COHORTS:]
    if not rows:
        return None
    width = max(len(row.active) for row in rows)
    shares = tuple(tuple(row.active[k] / row.size if k < len(row.active) and row.size else None for k in range(1, width)) for row in rows)
    texts = tuple(tuple("" if share is None else number(share * 100, percent=True) for share in line) for line in shares)
    names = tuple(f"{month_name(row.month.start)} ({number(row.size)})" for row in rows)
    partial = frozenset((i, len(row.active) - 2) for i, row in enumerate(rows) if row.partial_last)
    return Heat(names, tuple(number(k) for k in range(1, width)), shares, texts, partial)
