"""A page per question: two sentences, the numbers that they cite, one figure, and the rows that tell more; sellers one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from desktop import kpi
from desktop.charts import Bars, Bullet, Ranks, Trend
from desktop.kpi.board import SellerLine
from desktop.reports import figures, words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import SMALL, SOFT, TEXT, WASH, Sheet
from desktop.reports.tables import Field, Row, Table
from desktop.values.digits import DASH, foreign
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

TILE, GAP, BEST, CELL = 98.0, 12.0, 16, 76.0
BLOCK, A_PAGE = 218.0, 4  # a seller's block, and how many stand on a page
HERS = (
    "revenue", "gross_profit", "gross_margin", "orders", "average_order_value", "won_deals", "lost_deals", "won_value", "conversion_rate",
)  # fmt: skip
PIPELINE = ("won_value", "lost_value", "sales_velocity", "pipeline_coverage", "sales_cycle", "sales_cycle_median")
Listed = tuple[str, float, Unit, Callable[[Any], Any]]  # a column: its title, its share of the width, its unit, what it takes of a line
Below = Callable[[Sheet, Monthly, float], None]  # what stands on a page from a y on


@dataclass(frozen=True)
class Question:
    """A page of the booklet: what it asks, its two sentences (a KPI's, or others), the tiles of the numbers they cite, what stands below.

    It has an answer where one of ``asks`` has a number, or ``also`` finds something; the first of them says why there is none.
    """

    title: str
    sentences: tuple[str | Callable[[Monthly], str], ...]
    tiles: tuple[str, ...]
    below: Below
    asks: tuple[str, ...]
    also: Callable[[Monthly], object] = lambda _: False

    def known(self, m: Monthly) -> bool:
        answers = [m.answers[key] for key in self.asks]
        return any(one.value or one.previous or any(value for _, value in one.trend) for one in answers) or bool(self.also(m))

    def draw(self, sheet: Sheet, m: Monthly) -> None:
        y = sheet.title(tr(self.title), m.head)
        for one in self.sentences:
            y = sheet.paragraph(0, y, sheet.width, words.compare(m, one) if isinstance(one, str) else one(m), px=15, weight=500, most=2)
        width = (sheet.width - GAP * (len(self.tiles) - 1)) / len(self.tiles)
        for at, answer in enumerate(map(m.answers.__getitem__, self.tiles)):
            unit, start = kpi.BY_KEY[answer.key].unit, at * (width + GAP)
            sheet.fill(start, y + 10, width, TILE, WASH, round_by=6)
            past = tr("before: {value}", value=unit.short(answer.previous))
            year = tr("last year: {value}", value=unit.short(words.last_year(m, answer)))
            figures.number_of(sheet, answer, start + 10, y + 15, width - 20, past, year)
        self.below(sheet, m, y + 10 + TILE + 20)


def asked(m: Monthly, *, known: bool) -> list[Question]:
    """The questions that this month's book can say something about, or the others: a line tells more of those than a hollow page."""
    return [one for one in QUESTIONS if one.known(m) == known]


def _figure(
    sheet: Sheet, y: float, title: str, height: float, figure: Bars | Trend | Ranks, nothing: str, aside: str = ""
) -> float:  # fmt: skip
    """The figure under its heading, or a sentence where it has nothing to show; gives back the y below."""
    y = sheet.heading(y, title, aside)
    values = [n for _, n, _ in figure.rows] if isinstance(figure, Ranks) else figure.values
    if not any(values):
        return sheet.paragraph(0, y, sheet.width, nothing, color=SOFT) + 20
    sheet.figure(0, y, sheet.width, height, figure)
    return y + height + 12


def _list(sheet: Sheet, lines: Sequence[Any], *columns: Listed, nothing: str = "", start: float = 0, width: float = 0) -> Table:
    """A table of lines, or of one that says ``nothing``; the money of a column stands on one scale under its word."""
    fields, cells = [], []
    for title, share, unit, take in columns:
        taken = [take(line) for line in lines]
        word, written = ("", taken) if unit is Unit.TEXT else words.aligned(unit, taken)
        fields.append(Field(title, share, unit is not Unit.TEXT, word if unit in (Unit.MONEY, Unit.RATIO) else ""))
        cells.append(written)
    rows = list(zip(*cells, strict=True)) or [(nothing, *(DASH for _ in columns[1:]))]
    return Table(sheet, fields, [Row(row) for row in rows], start, width)


def _earned(sheet: Sheet, m: Monthly, y: float) -> None:
    pace = m.board.pace_per_day
    dashed = tr("dashed: even pace, {amount} a day", amount=Unit.MONEY.short(pace)) if pace else ""
    y = _figure(sheet, y, tr("Sales day by day; closed days are grey"), 240, figures.days(m), tr("No sale in this month."), dashed)
    title = tr("Twelve months of net sales and gross profit")
    y = _figure(sheet, y, title, 196, figures.months(m), tr("No sale in these twelve months."))
    if m.totals["gross"] and "cost" in m.totals:
        y = sheet.heading(y, tr("From list price to profit"), tr("rounded numbers"))
        sheet.figure(0, y, sheet.width, min(220, sheet.height - y - 8), figures.bridge(m))


def _best(m: Monthly) -> SellerLine | None:
    return next((line for line in m.board.sellers if line.seller is not None), None)


def _who_sold(m: Monthly) -> str:
    """Who sold the most."""
    total, best = m.answers["revenue"].value or 0, _best(m)
    if best is None or total <= 0 or best.net <= 0:
        return tr("No seller has a sale in this month.")
    name, net = foreign(best.name), Unit.MONEY.short(best.net)
    if len(m.board.sellers) == 1:
        return tr("{name} sold everything: {net}.", name=name, net=net)
    return tr("{name} sold the most: {net}, {share} of all.", name=name, net=net, share=Unit.SHARE.write(best.net / total))


def _sold(sheet: Sheet, m: Monthly, y: float) -> None:
    if len(m.board.sellers) > 1:
        y = sheet.heading(y, tr("Net sales by seller, and each one's share"))
        high = figures.ranks_height(m)
        sheet.figure(0, y, sheet.width, high, figures.sellers(m))
        y += high + 16
    elif best := _best(m):
        _block(sheet, y, m, best)
        y += BLOCK + 20
    if m.lists.products:
        basis = m.lists.abc[0].basis if m.lists.abc else ""
        y = sheet.heading(y, tr("Goods that sold the most"), tr("ABC by: {basis}", basis=basis) if basis else "")
        y = _goods(sheet, m).draw(y, sheet.height) + 24
    _months(sheet, y, m, "orders")


def _months(sheet: Sheet, y: float, m: Monthly, key: str) -> None:
    """Twelve months of something counted, where the page has room left for them."""
    if sheet.height - y >= 230 and sum(bool(value) for _, value in m.answers[key].trend) > 1:
        y = sheet.heading(y, tr("{name} in twelve months", name=m.title(key)))
        sheet.figure(0, y, sheet.width, min(280, sheet.height - y), figures.counts(m, key))


def _goods(sheet: Sheet, m: Monthly) -> Table:
    total, classes = m.answers["revenue"].value or 0, {row.id: row.grade for row in m.lists.abc}
    return _list(
        sheet,
        sorted(m.lists.products, key=lambda row: -row.revenue)[:BEST],
        (tr("Product"), 2.6, Unit.TEXT, lambda row: words.owner(row.name, "products")),
        (tr("Quantity"), 1, Unit.COUNT, lambda row: row.quantity),
        (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        (tr("Share"), 0.9, Unit.SHARE, lambda row: row.revenue / total if total > 0 else None),
        (tr("Gross profit"), 1.3, Unit.MONEY, lambda row: row.gross_profit),
        (tr("Margin"), 1.1, Unit.SHARE, lambda row: row.gross_margin),
        (tr("ABC"), 0.6, Unit.TEXT, lambda row: classes.get(row.id or 0, "")),
    )


def _bought(sheet: Sheet, m: Monthly, y: float) -> None:
    y = sheet.heading(y, tr("Of each month's new customers, the share that bought again in the months after"))
    cohorts = figures.cohorts(m)
    if cohorts is None:
        y = sheet.paragraph(0, y, sheet.width, tr("No named customer has bought yet."), color=SOFT) + 16
    else:
        high = 24 + 26.0 * len(cohorts.rows)
        # few months make narrow cells, not bars
        width = min(sheet.width, sheet.wide(max(cohorts.rows, key=sheet.wide)) + 12 + CELL * len(cohorts.columns))
        sheet.figure(0, y, width, high, cohorts)
        said = tr("Columns: months after the month of the first purchase. In brackets: how many new customers that month had.")
        y = sheet.paragraph(0, y + high + 4, sheet.width, said, px=SMALL, color=SOFT, most=2, spacing=1.5) + 16
    narrow, wide = sheet.width * 0.38, sheet.width * 0.62 - 24
    top = sheet.heading(y, tr("Groups of customers (RFM)"), width=narrow)
    sheet.heading(y, tr("Who bought the most this month"), start=narrow + 24, width=wide)
    groups = _list(
        sheet,
        Counter(row.segment for row in m.lists.rfm).most_common(),
        (tr("Group"), 1.8, Unit.TEXT, lambda group: group[0]),
        (tr("Customers"), 1.3, Unit.COUNT, lambda group: group[1]),
        (tr("Share"), 1, Unit.SHARE, lambda group: group[1] / len(m.lists.rfm)),
        nothing=tr("Nothing to show yet."),
        width=narrow,
    )
    buyers = _list(
        sheet,
        [row for row in sorted(m.lists.customers, key=lambda row: -row.revenue) if row.revenue > 0][:10],
        (tr("Customer"), 2.4, Unit.TEXT, lambda row: foreign(row.name)),
        (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        (tr("Invoices"), 1, Unit.COUNT, lambda row: row.orders),
        nothing=tr("Nobody by name"),
        start=narrow + 24,
        width=wide,
    )
    ends = [replace(groups, least=buyers.head).draw(top, sheet.height), buyers.draw(top, sheet.height)]
    _months(sheet, max(ends) + 24, m, "new_customers")


def _cost(sheet: Sheet, m: Monthly, y: float) -> None:
    nobody = tr("No new customer was won at a cost in these twelve months.")
    y = _figure(sheet, y, tr("Cost of winning one customer, twelve months"), 210, figures.trend(m, "cac"), nobody)
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
            (tr("Source"), 2.6, Unit.TEXT, lambda row: words.owner(row.name, "sources")),
            (tr("Leads"), 1, Unit.COUNT, lambda row: row.leads),
            (tr("Conversion"), 1, Unit.SHARE, lambda row: row.conversion_rate),
            (tr("Invoices"), 1, Unit.COUNT, lambda row: row.orders),
            (tr("Net sales"), 1.3, Unit.MONEY, lambda row: row.revenue),
        ).draw(y, sheet.height)


def _coming(sheet: Sheet, m: Monthly, y: float) -> None:
    nothing, aside = tr("No lead came and no deal was opened in this month."), tr("in brackets: how many of the step before")
    y = _figure(sheet, y, tr("From lead to won deal"), 176, figures.funnel(m), nothing, aside)
    y = sheet.heading(y, tr("The pipeline in numbers"))
    y = figures.table(sheet, m, PIPELINE).draw(y) + 20
    y = sheet.heading(y, tr("Why deals were lost"))
    if not m.lists.lost_reasons:
        sheet.paragraph(0, y, sheet.width, tr("No deal was lost this month."), color=SOFT)
        return
    _list(
        sheet,
        m.lists.lost_reasons,
        (tr("Reason"), 3, Unit.TEXT, lambda row: words.owner(row.reason, "lost_reasons")),
        (tr("Deals"), 1, Unit.COUNT, lambda row: row.n),
        (tr("Value"), 1.6, Unit.MONEY, lambda row: row.value),
    ).draw(y, sheet.height)


QUESTIONS = (
    Question(N_("What did we earn?"), ("revenue", "gross_margin"), ("revenue", "gross_profit", "gross_margin"), _earned, ("revenue",)),
    Question(N_("Who sold it?"), (_who_sold, "target_attainment"), ("revenue", "target_attainment", "orders"), _sold, ("orders",),
             lambda m: m.board.sellers),
    Question(N_("Who bought?"), ("customers", "retention_rate"), ("customers", "new_customers", "retention_rate"), _bought, ("customers",),
             lambda m: m.lists.rfm),
    Question(N_("What did it cost?"), ("cac", "romi"), ("cac", "romi", "roas"), _cost, ("cac", "romi", "roas"),
             lambda m: any(row.cost for row in m.lists.campaigns)),
    Question(N_("What is coming?"), ("pipeline_value", "win_rate"), ("pipeline_value", "weighted_forecast", "win_rate"), _coming,
             ("pipeline_value", "won_deals", "lost_deals"), lambda m: any(n for _, n in m.funnel)),
)  # fmt: skip


# Sellers one by one


def sellers(sheet: Sheet, m: Monthly) -> list[Callable[[], object]]:
    """A page for every four sellers; a lone one stands on the page of who sold."""
    lines = m.board.sellers if len(m.board.sellers) > 1 else ()
    return [partial(_sellers, sheet, m, lines[at : at + A_PAGE]) for at in range(0, len(lines), A_PAGE)]


def _sellers(sheet: Sheet, m: Monthly, lines: Sequence[SellerLine]) -> None:
    y = sheet.title(tr("Sellers one by one"), m.head)
    for line in lines:
        _block(sheet, y, m, line)
        y += BLOCK + 14
    if any((line.numbers["orders"] or 0) % 1 for line in lines):
        said = tr("An invoice that two sellers share counts for each of them by the share.")
        sheet.say(0, y - 6, sheet.width, said, px=SMALL, color=SOFT)


def _block(sheet: Sheet, y: float, m: Monthly, line: SellerLine) -> None:
    """One seller: the share of all, the way to the target, twelve numbers."""
    sheet.fill(0, y, sheet.width, BLOCK, WASH, round_by=6)
    inner, total = sheet.width - 32, m.answers["revenue"].value or 0
    sheet.say(16, y + 10, inner * 0.6, foreign(line.name), px=16, weight=600, height=30)
    share = tr("{share} of all sales", share=Unit.SHARE.write(line.net / total)) if total > 0 else ""
    sheet.say(16 + inner * 0.6, y + 10, inner * 0.4, share, px=TEXT, color=SOFT, height=30, side="end")
    _target(sheet, y + 46, inner, line)
    cells = [
        *((figures.name(key), kpi.BY_KEY[key].unit.short(line.numbers[key])) for key in HERS),
        (tr("Discounts"), Unit.MONEY.short(line.discount)), (tr("Returns"), Unit.MONEY.short(line.returned)),
        (tr("Activities"), Unit.COUNT.write(line.numbers["activities"])),
    ]  # fmt: skip
    wide = inner / 4
    for at, (name, value) in enumerate(cells):
        start, top = 16 + at % 4 * wide, y + 80 + at // 4 * 46
        sheet.say(start, top, wide - 10, name, px=SMALL, color=SOFT, height=18)
        sheet.say(start, top + 17, wide - 10, value, px=14, weight=600, height=22)


def _target(sheet: Sheet, y: float, inner: float, line: SellerLine) -> None:
    """A bar as far as the target is reached, and in words."""
    reached = line.numbers["target_attainment"]
    if line.target is None or reached is None:
        sheet.say(16, y, inner, tr("no target"), px=SMALL, color=SOFT, height=20)
        return
    sheet.figure(16, y + 6, inner * 0.5, 8, Bullet(reached))
    text = tr("{share} of the target of {amount}", share=Unit.SHARE.write(reached), amount=Unit.MONEY.short(line.target))
    sheet.say(16 + inner * 0.5 + 14, y, inner * 0.5 - 14, text, px=SMALL, color=SOFT, height=20)
