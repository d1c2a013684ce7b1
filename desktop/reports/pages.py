"""The monthly booklet, page by page: cover, the table of KPIs, a page per question, sellers, risks, definitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from desktop import kpi
from desktop.kpi.kpi import Answer, Lamp
from desktop.reports import closing, questions, sellers, words
from desktop.reports.paper import INK, SMALL, SOFT, TEXT, WASH, Sheet
from desktop.reports.tables import Field, Row, Table, parts
from desktop.values.digits import foreign
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.reports.monthly import Monthly

HIGHEST, GAP, COLUMNS = 150.0, 12.0, 3


@dataclass(frozen=True)
class Page:
    """One page: its bookmark and how it is drawn; ``level`` 1 stands under the bookmark before it."""

    title: str
    draw: Callable[[Sheet], object]
    level: int = 0


def pages(m: Monthly, sheet: Sheet) -> list[Page]:
    """Every page of the booklet, in order; ``sheet`` measures how much fits on one."""
    more = [one.key for one in kpi.ALL if one.key not in kpi.TILES]
    return [
        Page(tr("Cover"), lambda sheet: _cover(sheet, m)),
        *_table_pages(m, sheet, tr("The month's KPIs"), kpi.TILES, notes=True),
        *_table_pages(m, sheet, tr("More KPIs"), more, notes=False),
        Page(tr("What did we earn?"), lambda sheet: questions.earned(sheet, m)),
        Page(tr("Who sold it?"), lambda sheet: questions.sold(sheet, m)),
        Page(tr("Who bought?"), lambda sheet: questions.bought(sheet, m)),
        Page(tr("What did it cost?"), lambda sheet: questions.cost(sheet, m)),
        Page(tr("What is coming?"), lambda sheet: questions.coming(sheet, m)),
        *_several(tr("Sellers one by one"), sellers.one_by_one(m)),
        Page(tr("Risks, decisions and the quality of the data"), lambda sheet: closing.risks(sheet, m)),
        *_several(tr("What each number means"), closing.definitions(m, sheet)),
    ]


def _several(title: str, draws: Sequence[Callable[[Sheet], object]]) -> list[Page]:
    """Pages of one title; the second and later ones stand under the first in the bookmarks."""
    return [Page(title, draw, int(at > 0)) for at, draw in enumerate(draws)]


# The cover


def _cover(sheet: Sheet, m: Monthly) -> None:
    sheet.say(0, 0, sheet.width, foreign(m.shop) if m.shop else tr("Our shop"), px=16, weight=600, color=SOFT, height=28)
    sheet.say(0, 54, sheet.width, tr("Monthly sales report"), px=20, weight=500, color=SOFT, height=34)
    taken = sheet.say(0, 88, sheet.width * 0.7, m.label, px=42, weight=700, height=70)
    if m.running:
        sheet.say(taken + 18, 104, sheet.width - taken - 18, tr("up to today"), px=16, weight=500, color=SOFT, height=40)
    sheet.fill(0, 168, 72, 4, INK)
    y = sheet.paragraph(0, 190, sheet.width, words.verdict(m), px=18, weight=500, most=4) + 22
    rows, width = len(kpi.LINES) // COLUMNS, (sheet.width - GAP * (COLUMNS - 1)) / COLUMNS
    high = min(HIGHEST, (sheet.height - 40 - y) / rows - GAP)
    for at, line in enumerate(kpi.LINES):
        _card(sheet, sheet.box(at % COLUMNS * (width + GAP), y + at // COLUMNS * (high + GAP), width, high), m, line)
    _legend(sheet, sheet.height - 28)


def _card(sheet: Sheet, place: QRectF, m: Monthly, line: Sequence[str]) -> None:
    """A line of the seed: its lamp, number, target and word; a second number of the same line stands below."""
    start = sheet.x(place.x(), place.width())  # its own inverse
    y, inner = place.y(), place.width() - 24
    sheet.fill(start, y, place.width(), place.height(), WASH, round_by=6)
    answer, one = m.answers[line[0]], kpi.BY_KEY[line[0]]
    sheet.lamp(start + 12, y + 21, answer.lamp)
    sheet.say(start + 30, y + 9, inner - 18, tr(one.short or one.title), px=TEXT, weight=500, height=24)
    sheet.amount(start + 12, y + 34, inner, *one.unit.tile(answer.value), px=22)
    if len(line) == 1:
        sheet.say(start + 12, y + 72, inner, _state(answer), px=SMALL, color=SOFT, height=20)
        sheet.say(start + 12, y + 94, inner, _target(answer), px=SMALL, color=SOFT, height=20)
        return
    _two(sheet, start + 12, y + 64, inner, words.word(answer), _target(answer))
    y += place.height() - 56
    sheet.rule(y, start=start + 12, width=inner)
    answer, one = m.answers[line[1]], kpi.BY_KEY[line[1]]
    sheet.lamp(start + 12, y + 17, answer.lamp, radius=4)
    _two(sheet, start + 26, y + 6, inner - 14, tr(one.short or one.title), words.word(answer), color=INK)
    taken = sheet.say(start + 12, y + 28, inner * 0.7, words.short(one.unit, answer.value), px=14, weight=700, height=22)
    sheet.say(start + 20 + taken, y + 28, inner - taken - 8, _target(answer), px=SMALL, color=SOFT, height=22, end=True)


def _two(sheet: Sheet, start: float, y: float, width: float, first: str, last: str, color: str = SOFT) -> None:
    """One small line with a word at each end."""
    taken = sheet.say(start, y, width * 0.7, first, px=SMALL, color=color, height=22)
    sheet.say(start + taken + 8, y, width - taken - 8, last, px=SMALL, color=SOFT, height=22, end=True)


def _state(answer: Answer) -> str:
    moved = _moved(answer)
    return f"{moved} · {words.word(answer)}" if moved else words.word(answer)


def _moved(answer: Answer) -> str:
    """How far it moved, with an arrow; empty where it did not, or nobody can say."""
    change = kpi.BY_KEY[answer.key].unit.change(answer.value, answer.previous)
    return "" if change is None or change.up is None else f"{'▲' if change.up else '▼'} {change.text}"


def _target(answer: Answer) -> str:
    if answer.aim is None:
        return tr("no target")
    amount = words.short(kpi.BY_KEY[answer.key].unit, answer.aim.value)
    return tr("target: {amount}", amount=amount) if answer.aim.at_least else tr("target: at most {amount}", amount=amount)


def _legend(sheet: Sheet, y: float) -> None:
    at = 0.0
    for light in Lamp:
        sheet.lamp(at, y + 10, light, radius=4.5)
        at += 16 + sheet.say(at + 16, y, 170, words.lamp(light), px=SMALL, color=SOFT, height=20) + 24


# The table of KPIs


def _table_pages(m: Monthly, sheet: Sheet, title: str, keys: Sequence[str], *, notes: bool) -> list[Page]:
    fields = (
        Field(tr("KPI"), 2.5, number=False),
        Field(tr("Unit"), 1.15, number=False),
        Field(m.label, 1),
        Field(tr("Same days, month before") if m.running else tr("Month before"), 1),
        Field(tr("Same days last year") if m.running else tr("Same month last year"), 1),
        Field(tr("Target"), 1),
        Field(tr("In a word"), 1.35, number=False),
    )
    table = Table(sheet, fields, [_row(m, key, note=notes) for key in keys])
    room = sheet.height - 62
    return _several(title, [_table(title, m.head, part) for part in parts(table, room, room)])


def _table(title: str, aside: str, table: Table) -> Callable[[Sheet], object]:
    return lambda sheet: Table(sheet, table.fields, table.rows).draw(sheet.title(title, aside))


def _row(m: Monthly, key: str, *, note: bool) -> Row:
    answer, one = m.answers[key], kpi.BY_KEY[key]
    aim = answer.aim.value if answer.aim else None
    word, cells = words.column(one.unit, (answer.value, answer.previous, answer.last_year, aim))
    said = " · ".join(part for part in (_moved(answer), answer.why_lamp, answer.note or "") if part) if note else ""
    return Row((tr(one.title), word, *cells, words.word(answer)), answer.lamp, said)
