"""The monthly booklet, page by page: each page answers one question with one figure and two sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop import kpi
from desktop.kpi.kpi import Answer, Lamp
from desktop.reports import figures, words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import INK, LINE, ROW, SOFT, WASH, Field, Sheet
from desktop.values.digits import foreign, number
from desktop.values.text import tr
from desktop.values.unit import Unit

# the twelve lines of the report, in the seed's order; the second key of a pair stands in the table below the first
LINES = (
    "revenue", "gross_profit", "gross_margin", "conversion_rate", "average_order_value", "average_purchase_value",
    "clv_12m", "romi", "retention_rate", "nps", "sales_growth", "cac", "target_attainment", "sales_cycle", "activities",
)  # fmt: skip
MORE = (
    "orders", "customers", "new_customers", "units_per_transaction", "discount_rate", "returns_rate", "repeat_rate",
    "churn_rate", "win_rate", "won_deals", "won_value", "lost_deals", "pipeline_value", "weighted_forecast", "roas",
    "cac_loaded", "clv_historic", "ltv_cac", "target_pace",
)  # fmt: skip
SELLERS_A_PAGE, DEFINITIONS_A_PAGE = 26, 14


@dataclass(frozen=True)
class Page:
    """One page: its bookmark and how it is drawn; ``level`` 1 stands under the bookmark before it."""

    title: str
    draw: Callable[[Sheet], None]
    level: int = 0


def pages(m: Monthly) -> tuple[Page, ...]:
    """Every page of the booklet, in order."""
    found = [
        Page(tr("Cover"), lambda sheet: _cover(sheet, m)),
        Page(tr("The month's KPIs"), lambda sheet: _table_page(sheet, m, tr("The month's KPIs"), LINES)),
        Page(tr("More KPIs"), lambda sheet: _table_page(sheet, m, tr("More KPIs"), MORE), 1),
        Page(tr("What did we earn?"), lambda sheet: _earned(sheet, m)),
        *_sellers_pages(m),
        Page(tr("Who bought?"), lambda sheet: _bought(sheet, m)),
        Page(tr("What did it cost?"), lambda sheet: _cost(sheet, m)),
        Page(tr("What is coming?"), lambda sheet: _coming(sheet, m)),
        Page(tr("Risks, decisions and the quality of the data"), lambda sheet: _risks(sheet, m)),
    ]
    keys = [*LINES, *MORE]
    for at in range(0, len(keys), DEFINITIONS_A_PAGE):
        part = tuple(keys[at : at + DEFINITIONS_A_PAGE])
        title = tr("What each number means")
        found.append(Page(title, lambda sheet, part=part, title=title: _definitions(sheet, title, part), int(at > 0)))  # type: ignore[misc]
    return tuple(found)


def _cover(sheet: Sheet, m: Monthly) -> None:
    sheet.say(0, 0, sheet.width, m.shop or tr("Our shop"), px=16, weight=600, color=SOFT, height=28)
    sheet.say(0, 70, sheet.width, tr("Monthly sales report"), px=20, weight=500, color=SOFT, height=34)
    sheet.say(0, 104, sheet.width, m.label, px=40, weight=700, height=64)
    sheet.rule(184, color=INK, width=72, thick=3)
    y = sheet.paragraph(0, 206, sheet.width, words.verdict(m), px=17, weight=500)
    if m.scope.period.running(m.scope.as_of):
        sheet.say(0, y + 2, sheet.width, tr("The month is not over: numbers up to today."), px=12, color=SOFT)
        y += 22
    y += 22
    columns, gap, height = 3, 12.0, 92.0
    width = (sheet.width - gap * (columns - 1)) / columns
    for at, key in enumerate(LINES):
        start, top = (at % columns) * (width + gap), y + at // columns * (height + gap)
        _card(sheet, start, top, width, height, m, key)
    bottom = y + ((len(LINES) - 1) // columns + 1) * (height + gap) + 10
    for start, lamp, text in (
        (0.0, Lamp.ON, tr("lamp on: good")),
        (150.0, Lamp.DIM, tr("half: watch it")),
        (300.0, Lamp.GREY, tr("small sample")),
        (450.0, Lamp.OFF, tr("no data yet")),
    ):
        sheet.lamp(start, bottom + 10, lamp)
        sheet.say(start + 16, bottom, 130, text, px=11, color=SOFT, height=20)


def _card(sheet: Sheet, start: float, y: float, width: float, height: float, m: Monthly, key: str) -> None:
    answer, one = m.answers[key], kpi.BY_KEY[key]
    sheet.fill(start, y, width, height, WASH, round_by=6)
    sheet.lamp(start + 12, y + 21, answer.lamp)
    sheet.say(start + 30, y + 8, width - 40, tr(one.short or one.title), px=11.5, color=SOFT, height=26)
    amount, unit = one.unit.tile(answer.value)
    sheet.say(start + 12, y + 34, width - 24, f"{amount} {unit}".strip(), px=19, weight=700, height=32)
    change = one.unit.change(answer.value, answer.previous)
    state = words.word(answer)
    if change is not None and change.up is not None:
        state = f"{'▲' if change.up else '▼'} {change.text}  ·  {state}"
    sheet.say(start + 12, y + 64, width - 24, state, px=11, color=SOFT, height=20)


def _table_page(sheet: Sheet, m: Monthly, title: str, keys: Sequence[str]) -> None:
    y = sheet.heading(0, title, px=20)
    fields = (
        Field(tr("KPI"), 3.1, number=False),
        Field(m.label, 1.65),
        Field(tr("Period before"), 1.65),
        Field(tr("Same last year"), 1.65),
        Field(tr("Target"), 1.3),
        Field(tr("In a word"), 1.5, number=False),
    )
    rows = [_row(m, key) for key in keys]
    top = y + ROW
    sheet.table(y, fields, [(f"      {row[0]}", *row[1:]) for row in rows])
    for at, key in enumerate(keys):
        sheet.lamp(2, top + at * ROW + ROW / 2, m.answers[key].lamp, radius=4.5)
    bottom = top + len(keys) * ROW + 12
    sheet.paragraph(
        0, bottom, sheet.width,
        tr("Money in {unit}, shortened where a column is narrow; the Excel file of this report has every digit.", unit=Unit.MONEY.word),
        px=11, color=SOFT,
    )  # fmt: skip


def _row(m: Monthly, key: str) -> tuple[str, ...]:
    answer, one = m.answers[key], kpi.BY_KEY[key]
    aim = "—" if answer.aim is None else _short(one.unit, answer.aim.value)
    return (
        tr(one.title),
        _short(one.unit, answer.value),
        _short(one.unit, answer.previous),
        _short(one.unit, answer.last_year),
        aim,
        words.word(answer),
    )


def _short(unit: Unit, value: Any) -> str:
    amount, word = unit.tile(value)
    return f"{amount} {word}".strip()


def _two_sentences(sheet: Sheet, y: float, sentences: Sequence[str]) -> float:
    for sentence in sentences:
        y = sheet.paragraph(0, y, sheet.width, sentence, px=13.5)
    return y + 8


def _earned(sheet: Sheet, m: Monthly) -> None:
    y = sheet.heading(0, tr("What did we earn?"), px=20)
    y = _two_sentences(sheet, y, [words.compare(m, "revenue"), words.compare(m, "gross_margin")])
    y = sheet.heading(y, tr("Sales day by day"))
    figures.draw(sheet, 0, y, sheet.width, 190, figures.days(m))
    y = sheet.heading(y + 204, tr("Twelve months of net sales and gross profit"))
    figures.draw(sheet, 0, y, sheet.width, 190, figures.months(m))
    y = sheet.heading(y + 206, tr("From list price to profit"))
    figures.draw(sheet, 0, y, sheet.width, 170, figures.bridge(m))


def _sellers_pages(m: Monthly) -> list[Page]:
    sellers = sorted(m.board.sellers, key=lambda line: -line.net)
    chunks = [sellers[at : at + SELLERS_A_PAGE] for at in range(0, len(sellers), SELLERS_A_PAGE)] or [[]]
    return [
        Page(tr("Who sold it?"), lambda sheet, part=part, first=not at: _sold(sheet, m, part, first), int(at > 0))  # type: ignore[misc]
        for at, part in enumerate(chunks)
    ]


def _sold(sheet: Sheet, m: Monthly, sellers: Sequence[Any], first: bool) -> None:
    y = sheet.heading(0, tr("Who sold it?"), px=20)
    if not sellers:
        sheet.paragraph(0, y, sheet.width, tr("No seller has a sale in this month."), color=SOFT)
        return
    total = m.answers["revenue"].value or 0
    if first:
        best = sellers[0]
        share = Unit.SHARE.write(best.net / total) if total else "—"
        y = _two_sentences(
            sheet, y,
            [
                tr("{name} sold the most: {net}, {share} of all.", name=foreign(best.name), net=Unit.MONEY.write(best.net), share=share),
                words.compare(m, "target_attainment"),
            ],
        )  # fmt: skip
    fields = (
        Field(tr("Seller"), 1.9, number=False), Field(tr("Net sales"), 1.7), Field(tr("Share"), 0.9),
        Field(tr("Margin"), 0.9), Field(tr("Invoices"), 0.9), Field(tr("Each invoice"), 1.5), Field(tr("Won / lost"), 1.0),
        Field(tr("Activities"), 0.9), Field(tr("To target"), 1.0),
    )  # fmt: skip
    rows = [
        (
            line.name,
            _short(Unit.MONEY, line.net),
            Unit.SHARE.number(line.net / total) if total else "—",
            Unit.SHARE.number(line.margin),
            Unit.COUNT.number(line.orders),
            _short(Unit.MONEY, line.average_order),
            f"{number(line.won)} / {number(line.lost)}",
            number(line.activities),
            Unit.SHARE.number(line.attainment),
        )
        for line in sellers
    ]
    y = sheet.table(y, fields, rows) + 22
    if y < sheet.height - 240:
        y = sheet.heading(y, tr("Net sales by seller"))
        figures.draw(sheet, 0, y, sheet.width, 190, figures.sellers(sellers))


def _bought(sheet: Sheet, m: Monthly) -> None:
    y = sheet.heading(0, tr("Who bought?"), px=20)
    y = _two_sentences(sheet, y, [words.compare(m, "customers"), words.compare(m, "retention_rate")])
    y = sheet.heading(y, tr("Customers of each month who came back"))
    cohorts = figures.cohorts(m)
    if cohorts is None:
        y = sheet.paragraph(0, y, sheet.width, tr("No named customer has bought yet."), color=SOFT) + 16
    else:
        figures.draw(sheet, 0, y, sheet.width, 250, cohorts)
        y += 268
    y = sheet.heading(y, tr("Groups of customers by last visit, visits and purchases (RFM)"))
    counted: dict[str, int] = {}
    for row in m.lists["rfm"]:
        counted[row["segment"]] = counted.get(row["segment"], 0) + 1
    pairs = sorted(counted.items(), key=lambda pair: -pair[1])
    y = _pairs(sheet, y, [(name, number(n)) for name, n in pairs]) + 18
    y = sheet.heading(y, tr("The ten who bought most this month"))
    best = sorted(m.lists["customers"], key=lambda row: -(row.get("revenue") or 0))[:10]
    fields = (Field(tr("Customer"), 3, number=False), Field(tr("Net sales"), 2), Field(tr("Invoices"), 1))
    rows = [(foreign(row["name"]), _short(Unit.MONEY, row.get("revenue")), Unit.COUNT.number(row.get("orders"))) for row in best]
    sheet.table(y, fields, rows)


def _pairs(sheet: Sheet, y: float, pairs: Sequence[tuple[str, str]], columns: int = 3) -> float:
    """Name and number side by side, in columns; gives back the y below."""
    if not pairs:
        return sheet.paragraph(0, y, sheet.width, tr("Nothing to show yet."), color=SOFT)
    width = sheet.width / columns
    for at, (name, value) in enumerate(pairs):
        start, top = at % columns * width, y + at // columns * ROW
        sheet.say(start, top, width * 0.62, name, px=12.5, height=ROW)
        sheet.say(start + width * 0.62, top, width * 0.3, value, px=12.5, weight=600, height=ROW, end=True)
        sheet.rule(top + ROW, start=start, width=width - 12, color=LINE)
    return y + ((len(pairs) - 1) // columns + 1) * ROW


def _cost(sheet: Sheet, m: Monthly) -> None:
    y = sheet.heading(0, tr("What did it cost?"), px=20)
    y = _two_sentences(sheet, y, [words.compare(m, "cac"), words.compare(m, "romi")])
    y = sheet.heading(y, tr("Cost of winning one customer, twelve months"))
    figures.draw(sheet, 0, y, sheet.width, 180, figures.trend(m, "cac"))
    y = sheet.heading(y + 196, tr("Campaigns of the month"))
    fields = (
        Field(tr("Campaign"), 2.6, number=False), Field(tr("Cost"), 1.6), Field(tr("Sales"), 1.6), Field(tr("ROAS"), 1.2),
        Field(tr("ROI"), 1.2),
    )  # fmt: skip
    rows = [
        (
            foreign(row["name"]),
            _short(Unit.MONEY, row.get("cost")),
            _short(Unit.MONEY, row.get("revenue")),
            Unit.RATIO.number(row.get("roas")),
            Unit.SHARE.number(row.get("romi")),
        )
        for row in m.lists["campaigns"]
        if row.get("cost") or row.get("revenue")
    ]
    if rows:
        sheet.table(y, fields, rows[:20])
    else:
        sheet.paragraph(0, y, sheet.width, tr("No campaign had a cost or a sale this month."), color=SOFT)


def _coming(sheet: Sheet, m: Monthly) -> None:
    y = sheet.heading(0, tr("What is coming?"), px=20)
    y = _two_sentences(sheet, y, [words.compare(m, "pipeline_value"), words.compare(m, "win_rate")])
    y = sheet.heading(y, tr("From lead to won deal"))
    figures.draw(sheet, 0, y, sheet.width, 150, figures.funnel(m))
    y = sheet.heading(y + 168, tr("The pipeline in numbers"))
    keys = (
        "pipeline_value",
        "weighted_forecast",
        "sales_velocity",
        "pipeline_coverage",
        "sales_cycle",
        "sales_cycle_median",
    )
    y = _pairs(sheet, y, [(m.title(key), _short(kpi.BY_KEY[key].unit, m.answers[key].value)) for key in keys], 2) + 20
    y = sheet.heading(y, tr("Why deals were lost"))
    rows = [
        (row["reason"] or tr("reason not recorded"), number(row["n"]), _short(Unit.MONEY, row["value"])) for row in m.lists["lost_reasons"]
    ]
    fields = (Field(tr("Reason"), 3, number=False), Field(tr("Deals"), 1), Field(tr("Value"), 1.6))
    if rows:
        sheet.table(y, fields, rows[:14])
    else:
        sheet.paragraph(0, y, sheet.width, tr("No deal was lost this month."), color=SOFT)


def _risks(sheet: Sheet, m: Monthly) -> None:
    y = sheet.heading(0, tr("Risks, decisions and the quality of the data"), px=20)
    y = sheet.heading(y, tr("Lamps that need watching"))
    watched = [key for key in (*LINES, *MORE) if m.answers[key].lamp is Lamp.DIM]
    y = _bullets(
        sheet,
        y,
        [f"{words.compare(m, key)} {m.answers[key].why_lamp}" for key in watched[:8]],
        tr("Every lamp with data is on."),
    )
    y = sheet.heading(y, tr("Decisions that are open"))
    y = _bullets(sheet, y, words.decisions(m), tr("Nothing is waiting for a decision."))
    y = sheet.heading(y, tr("Quality of the data"))
    _bullets(sheet, y, words.quality(m), tr("Every number had the data it needs."))


def _bullets(sheet: Sheet, y: float, sentences: Sequence[str], none: str) -> float:
    for sentence in sentences or [none]:
        sheet.fill(2, y + 9, 5, 5, "#E09B12", round_by=2.5)
        y = sheet.paragraph(16, y, sheet.width - 16, sentence, px=12.5) + 2
    return y + 14


def _definitions(sheet: Sheet, title: str, keys: Sequence[str]) -> None:
    y = sheet.heading(0, title, px=20)
    for key in keys:
        one = kpi.BY_KEY[key]
        sheet.say(0, y, sheet.width, tr(one.title), px=12.5, weight=600)
        y = sheet.paragraph(0, y + 21, sheet.width, f"{tr(one.help)} {tr(one.formula_text)}", px=11.5, color=SOFT) + 6


def lamps(m: Monthly) -> dict[str, Answer]:
    """The answers that the cover shows, by key."""
    return {key: m.answers[key] for key in LINES}
