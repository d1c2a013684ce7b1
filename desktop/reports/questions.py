"""A page per question: two sentences, the numbers that they cite, one figure, and the rows that tell more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop import kpi
from desktop.charts import Bars, Funnel, Trend
from desktop.reports import figures, sellers, words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import SMALL, SOFT, WASH, Sheet
from desktop.reports.tables import Field, Row, Table
from desktop.values.digits import DASH, foreign, number
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TILE, GAP, BEST, CELL = 98.0, 12.0, 16, 76.0
Listed = tuple[str, float, Unit, Callable[[Any], Any]]  # a column: its title, its share of the width, its unit, what it takes of a line


@dataclass(frozen=True)
class Question:
    """A page of the booklet: what it asks, how it is drawn, the KPI that speaks for it where there is no answer yet."""

    title: str
    draw: Callable[..., None]
    key: str
    known: Callable[[Monthly], bool]


def asked(m: Monthly, *, known: bool) -> list[Question]:
    """The questions that this month's book can say something about, or the others: a line tells more of those than a hollow page."""
    return [one for one in QUESTIONS if one.known(m) == known]


def _any(m: Monthly, *keys: str) -> bool:
    """Whether one of the KPIs has a number in one of its months."""
    return any(m.answers[key].value or m.answers[key].previous or any(value for _, value in m.answers[key].trend) for key in keys)


def _open(sheet: Sheet, m: Monthly, title: str, sentences: Sequence[str], keys: Sequence[str]) -> float:
    """The page's head: the question, two sentences, and a tile for each number they cite."""
    y = sheet.title(title, m.head)
    for sentence in sentences:
        y = sheet.paragraph(0, y, sheet.width, sentence, px=15, weight=500, most=2)
    y += 10
    width = (sheet.width - GAP * (len(keys) - 1)) / len(keys)
    for at, key in enumerate(keys):
        _tile(sheet, at * (width + GAP), y, width, m, key)
    return y + TILE + 20


def _tile(sheet: Sheet, start: float, y: float, width: float, m: Monthly, key: str) -> None:
    answer, one = m.answers[key], kpi.BY_KEY[key]
    sheet.fill(start, y, width, TILE, WASH, round_by=6)
    sheet.lamp(start + 10, y + 19, answer.lamp, radius=4.5)
    inner = width - 20
    sheet.say(start + 26, y + 8, inner - 16, tr(one.short or one.title), px=SMALL, weight=500, height=22)
    sheet.amount(start + 10, y + 28, inner, *one.unit.tile(answer.value))
    past = tr("before: {value}", value=words.short(one.unit, answer.previous))
    year = tr("last year: {value}", value=words.short(one.unit, words.last_year(m, answer)))
    sheet.say(start + 10, y + 58, inner, past, px=SMALL, color=SOFT, height=18)
    sheet.say(start + 10, y + 75, inner, year, px=SMALL, color=SOFT, height=18)


def _figure(sheet: Sheet, y: float, height: float, figure: Bars | Trend | Funnel, nothing: str) -> float:
    """The figure, or a sentence where it has nothing to show; gives back the y below."""
    values = [n for _, n in figure.stages] if isinstance(figure, Funnel) else figure.values
    if not any(values):
        return sheet.paragraph(0, y, sheet.width, nothing, color=SOFT) + 20
    figures.draw(sheet, 0, y, sheet.width, height, figure)
    return y + height + 12


def _list(sheet: Sheet, lines: Sequence[Any], *columns: Listed, start: float = 0, width: float = 0) -> Table:
    """A table of lines; the money of a column stands on one scale under its word."""
    fields, cells = [], []
    for title, share, unit, take in columns:
        taken = [take(line) for line in lines]
        word, written = ("", taken) if unit is Unit.TEXT else words.column(unit, taken)
        fields.append(Field(title, share, unit is not Unit.TEXT, word if unit in (Unit.MONEY, Unit.RATIO) else ""))
        cells.append(written)
    return Table(sheet, fields, [Row(row) for row in zip(*cells, strict=True)], start, width)


def _said(text: str | None, blank: str) -> str:
    """Somebody's text, or what is said where there is none."""
    return foreign(text) if text else blank


def earned(sheet: Sheet, m: Monthly) -> None:
    """What did we earn?"""
    sentences = [words.compare(m, "revenue"), words.compare(m, "gross_margin")]
    y = _open(sheet, m, tr("What did we earn?"), sentences, ("revenue", "gross_profit", "gross_margin"))
    pace = m.board.pace_per_day
    dashed = tr("dashed: even pace, {amount} a day", amount=words.short(Unit.MONEY, pace)) if pace else ""
    y = sheet.heading(y, tr("Sales day by day; closed days are grey"), dashed)
    y = _figure(sheet, y, 240, figures.days(m), tr("No sale in this month."))
    y = sheet.heading(y, tr("Twelve months of net sales and gross profit"))
    y = _figure(sheet, y, 196, figures.months(m), tr("No sale in these twelve months."))
    if m.totals["gross"] and "cost" in m.totals:
        y = sheet.heading(y, tr("From list price to profit"), tr("rounded numbers"))
        figures.draw(sheet, 0, y, sheet.width, min(220, sheet.height - y - 8), figures.bridge(m))


def sold(sheet: Sheet, m: Monthly) -> None:
    """Who sold it, and what?"""
    total, best = m.answers["revenue"].value or 0, next((line for line in m.board.sellers if line.seller is not None), None)
    alone = len(m.board.sellers) == 1
    if best is None or total <= 0 or best.net <= 0:
        first = tr("No seller has a sale in this month.")
    elif alone:
        first = tr("{name} sold everything: {net}.", name=foreign(best.name), net=words.short(Unit.MONEY, best.net))
    else:
        net, share = words.short(Unit.MONEY, best.net), Unit.SHARE.write(best.net / total)
        first = tr("{name} sold the most: {net}, {share} of all.", name=foreign(best.name), net=net, share=share)
    sentences = [first, words.compare(m, "target_attainment")]
    y = _open(sheet, m, tr("Who sold it?"), sentences, ("revenue", "target_attainment", "orders"))
    if alone and best is not None:
        sellers.block(sheet, y, m, best)
        y += sellers.BLOCK + 20
    elif not alone and m.board.sellers:
        y = sheet.heading(y, tr("Net sales by seller, and each one's share"))
        high = figures.ranks_height(m)
        figures.draw(sheet, 0, y, sheet.width, high, figures.sellers(m))
        y += high + 16
    if m.lists.products:
        y = sheet.heading(y, tr("Goods that sold the most"))
        y = _goods(sheet, m).draw(y, sheet.height) + 24
    _months(sheet, y, m, "orders")


def _months(sheet: Sheet, y: float, m: Monthly, key: str) -> None:
    """Twelve months of something counted, where the page has room left for them."""
    if sheet.height - y >= 230 and sum(bool(value) for _, value in m.answers[key].trend) > 1:
        y = sheet.heading(y, tr("{name} in twelve months", name=m.title(key)))
        figures.draw(sheet, 0, y, sheet.width, min(280, sheet.height - y), figures.counts(m, key))


def _goods(sheet: Sheet, m: Monthly) -> Table:
    total, classes = m.answers["revenue"].value or 0, {row.id: row.grade for row in m.lists.abc}
    return _list(
        sheet,
        sorted(m.lists.products, key=lambda row: -row.revenue)[:BEST],
        (tr("Product"), 2.6, Unit.TEXT, lambda row: _said(row.name, tr("no product named"))),
        (tr("Quantity"), 1, Unit.COUNT, lambda row: row.quantity),
        (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        (tr("Share"), 0.9, Unit.SHARE, lambda row: row.revenue / total if total > 0 else None),
        (tr("Gross profit"), 1.3, Unit.MONEY, lambda row: row.gross_profit),
        (tr("Margin"), 1.1, Unit.SHARE, lambda row: row.gross_margin),
        (tr("ABC"), 0.6, Unit.TEXT, lambda row: classes.get(row.id or 0, "")),
    )


def bought(sheet: Sheet, m: Monthly) -> None:
    """Who bought?"""
    sentences = [words.compare(m, "customers"), words.compare(m, "retention_rate")]
    y = _open(sheet, m, tr("Who bought?"), sentences, ("customers", "new_customers", "retention_rate"))
    y = sheet.heading(y, tr("Of each month's new customers, the share that bought again in the months after"))
    cohorts = figures.cohorts(m)
    if cohorts is None:
        y = sheet.paragraph(0, y, sheet.width, tr("No named customer has bought yet."), color=SOFT) + 16
    else:
        high = 24 + 26.0 * len(cohorts.rows)
        # few months make narrow cells, not bars
        width = min(sheet.width, sheet.wide(max(cohorts.rows, key=sheet.wide)) + 12 + CELL * len(cohorts.columns))
        figures.draw(sheet, 0, y, width, high, cohorts)
        said = tr("Columns: months after the month of the first purchase. In brackets: how many new customers that month had.")
        y = sheet.paragraph(0, y + high + 4, sheet.width, said, px=SMALL, color=SOFT, most=2, spacing=1.5) + 16
    narrow, wide = sheet.width * 0.38, sheet.width * 0.62 - 24
    top = sheet.heading(y, tr("Groups of customers (RFM)"), width=narrow)
    sheet.heading(y, tr("Who bought the most this month"), start=narrow + 24, width=wide)
    buyers = _buyers(sheet, m, narrow + 24, wide)
    ends = [replace(_groups(sheet, m, narrow), least=buyers.head).draw(top, sheet.height), buyers.draw(top, sheet.height)]
    _months(sheet, max(ends) + 24, m, "new_customers")


def _groups(sheet: Sheet, m: Monthly, width: float) -> Table:
    counted = Counter(row.segment for row in m.lists.rfm)
    rows = [Row((name, number(n), Unit.SHARE.number(n / len(m.lists.rfm)))) for name, n in counted.most_common()]
    fields = (Field(tr("Group"), 1.8, number=False), Field(tr("Customers"), 1.3), Field(tr("Share"), 1))
    return Table(sheet, fields, rows or [Row((tr("Nothing to show yet."), DASH, DASH))], 0, width)


def _buyers(sheet: Sheet, m: Monthly, start: float, width: float) -> Table:
    table = _list(
        sheet,
        [row for row in sorted(m.lists.customers, key=lambda row: -row.revenue) if row.revenue > 0][:10],
        (tr("Customer"), 2.4, Unit.TEXT, lambda row: foreign(row.name)),
        (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        (tr("Invoices"), 1, Unit.COUNT, lambda row: row.orders),
        start=start,
        width=width,
    )
    return table if table.rows else replace(table, rows=[Row((tr("Nobody by name"), DASH, DASH))])


def cost(sheet: Sheet, m: Monthly) -> None:
    """What did it cost?"""
    sentences = [words.compare(m, "cac"), words.compare(m, "romi")]
    y = _open(sheet, m, tr("What did it cost?"), sentences, ("cac", "romi", "roas"))
    y = sheet.heading(y, tr("Cost of winning one customer, twelve months"))
    y = _figure(sheet, y, 210, figures.trend(m, "cac"), tr("No new customer was won at a cost in these twelve months."))
    y = sheet.heading(y, tr("Campaigns of the month"))
    if campaigns := [row for row in m.lists.campaigns if row.cost or row.revenue]:
        table = _list(
            sheet,
            campaigns,
            (tr("Campaign"), 2.6, Unit.TEXT, lambda row: foreign(row.name)),
            (tr("Cost"), 1.3, Unit.MONEY, lambda row: row.cost),
            (tr("Sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
            (tr("ROAS"), 1, Unit.RATIO, lambda row: row.roas),
            (tr("ROI"), 1, Unit.SHARE, lambda row: row.romi),
        )
        y = table.draw(y, min(sheet.height, y + 240)) + 20
    else:
        y = sheet.paragraph(0, y, sheet.width, tr("No campaign had a cost or a sale this month."), color=SOFT) + 20
    if m.lists.sources:
        y = sheet.heading(y, tr("How customers came to know the shop"))
        _list(
            sheet,
            m.lists.sources,
            (tr("Source"), 2.6, Unit.TEXT, lambda row: _said(row.name, tr("not recorded"))),
            (tr("Leads"), 1, Unit.COUNT, lambda row: row.leads),
            (tr("Conversion"), 1, Unit.SHARE, lambda row: row.conversion_rate),
            (tr("Invoices"), 1, Unit.COUNT, lambda row: row.orders),
            (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        ).draw(y, sheet.height)


def coming(sheet: Sheet, m: Monthly) -> None:
    """What is coming?"""
    sentences = [words.compare(m, "pipeline_value"), words.compare(m, "win_rate")]
    y = _open(sheet, m, tr("What is coming?"), sentences, ("pipeline_value", "weighted_forecast", "win_rate"))
    y = sheet.heading(y, tr("From lead to won deal"), tr("in brackets: how many of the step before"))
    y = _figure(sheet, y, 176, figures.funnel(m), tr("No lead came and no deal was opened in this month."))
    y = sheet.heading(y, tr("The pipeline in numbers"))
    y = _pipeline(sheet, m).draw(y) + 20
    y = sheet.heading(y, tr("Why deals were lost"))
    rows = m.lists.lost_reasons
    if not rows:
        sheet.paragraph(0, y, sheet.width, tr("No deal was lost this month."), color=SOFT)
        return
    _list(
        sheet,
        rows,
        (tr("Reason"), 3, Unit.TEXT, lambda row: _said(row.reason, tr("reason not recorded"))),
        (tr("Deals"), 1, Unit.COUNT, lambda row: row.n),
        (tr("Value"), 1.6, Unit.MONEY, lambda row: row.value),
    ).draw(y, sheet.height)


def _pipeline(sheet: Sheet, m: Monthly) -> Table:
    keys = ("won_value", "lost_value", "sales_velocity", "pipeline_coverage", "sales_cycle", "sales_cycle_median")
    fields = (
        Field(tr("KPI"), 3, number=False), Field(tr("Unit"), 1.6, number=False), Field(m.label, 1.2),
        Field(tr("Same days, month before") if m.running else tr("Month before"), 1.2),
    )  # fmt: skip
    rows = []
    for key in keys:
        answer, one = m.answers[key], kpi.BY_KEY[key]
        word, cells = words.row(one.unit, (answer.value, answer.previous))
        rows.append(Row((tr(one.title), word, *cells), answer.lamp))
    return Table(sheet, fields, rows)


QUESTIONS = (
    Question(N_("What did we earn?"), earned, "revenue", lambda m: _any(m, "revenue")),
    Question(N_("Who sold it?"), sold, "orders", lambda m: _any(m, "orders") or bool(m.board.sellers)),
    Question(N_("Who bought?"), bought, "customers", lambda m: _any(m, "customers") or bool(m.lists.rfm)),
    Question(N_("What did it cost?"), cost, "cac",
             lambda m: _any(m, "cac", "romi", "roas") or any(row.cost for row in m.lists.campaigns)),
    Question(N_("What is coming?"), coming, "pipeline_value",
             lambda m: _any(m, "pipeline_value", "won_deals", "lost_deals") or any(n for _, n in m.funnel)),
)  # fmt: skip
