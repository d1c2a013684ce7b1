"""The monthly booklet, page by page: cover, the table of KPIs, a page per question, sellers, risks, definitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop import kpi
from desktop.kpi.kpi import Answer, Lamp
from desktop.reports import closing, figures, questions, sellers, words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import INK, SMALL, SOFT, TEXT, WASH, Sheet
from desktop.reports.tables import Field, Row, Table
from desktop.values.digits import foreign
from desktop.values.text import tr

LOW, HIGHEST, GAP, COLUMNS = 92.0, 116.0, 10.0, 2  # px: a card's words, a card, between cards


@dataclass(frozen=True)
class Page:
    """One page: its bookmark and how it is drawn; ``level`` 1 stands under the bookmark before it."""

    title: str
    draw: Callable[[], object]
    level: int = 0


def pages(m: Monthly, sheet: Sheet) -> list[Page]:
    """Every page of the booklet on ``sheet``, in order."""
    more = [one.key for one in kpi.ALL if one.key not in kpi.TILES]
    return [
        Page(tr("Cover"), partial(_cover, sheet, m)),
        *_table_pages(sheet, m, tr("The month's KPIs"), kpi.TILES, notes=True),
        *_table_pages(sheet, m, tr("More KPIs"), more, notes=False),
        *(Page(tr(one.title), partial(one.draw, sheet, m)) for one in questions.asked(m, known=True)),
        *_several(tr("Sellers one by one"), sellers.one_by_one(sheet, m)),
        Page(tr("Risks, decisions and the quality of the data"), partial(closing.risks, sheet, m)),
        *_several(tr("What each number means"), closing.definitions(sheet, m)),
    ]


def _several(title: str, draws: Sequence[Callable[[], object]]) -> list[Page]:
    """Pages of one title; the second and later ones stand under the first in the bookmarks."""
    return [Page(title, draw, int(at > 0)) for at, draw in enumerate(draws)]


# The cover


def _cover(sheet: Sheet, m: Monthly) -> None:
    name = foreign(m.shop) if m.shop else tr("Our shop")
    y = max(44, sheet.paragraph(0, 0, sheet.width, name, px=16, weight=600, color=SOFT, most=2, spacing=1.5) + 6)
    sheet.say(0, y, sheet.width, tr("Monthly sales report"), px=20, weight=500, color=SOFT, height=34)
    taken = sheet.say(0, y + 32, sheet.width * 0.7, m.label, px=42, weight=700, height=70)
    if m.running:
        sheet.say(taken + 18, y + 48, sheet.width - taken - 18, tr("up to today"), px=16, weight=500, color=SOFT, height=40)
    sheet.fill(0, y + 110, 72, 4, INK)
    verdict = words.verdict(m)
    y = sheet.paragraph(0, y + 127, sheet.even(verdict, 18, 500), verdict, px=18, weight=500, most=4) + 18
    rows, width = len(kpi.LINES) // COLUMNS, (sheet.width - GAP * (COLUMNS - 1)) / COLUMNS
    high = min(HIGHEST, (sheet.height - 30 - y) / rows - GAP)
    for at, line in enumerate(kpi.LINES):
        _card(sheet, m, line, at % COLUMNS * (width + GAP), y + at // COLUMNS * (high + GAP), width, high)
    _legend(sheet, sheet.height - 24)


def _card(sheet: Sheet, m: Monthly, line: Sequence[str], start: float, y: float, width: float, high: float) -> None:
    """A line of the seed: one number with its last twelve months (or what there is to say instead), or two side by side."""
    sheet.fill(start, y, width, high, WASH, round_by=6)
    inner, top = width - 24, y + (high - LOW) / 2
    if len(line) > 1:
        _pair(sheet, m, line, start + 12, top, inner)
        return
    wide, answer = inner * 0.6, m.answers[line[0]]
    _number(sheet, answer, start + 12, top, wide, alone=True)
    if not figures.spark(sheet, start + 24 + wide, y + 18, inner - wide - 16, high - 26, answer):
        said = words.reason(answer) if answer.lamp is Lamp.OFF else answer.note or ""
        sheet.paragraph(start + 24 + wide, top + 3, inner - wide - 16, said, px=SMALL, color=SOFT, most=5, spacing=1.5)


def _pair(sheet: Sheet, m: Monthly, line: Sequence[str], start: float, y: float, width: float) -> None:
    """Two numbers side by side; the second one begins earlier where its name needs it."""
    names = [18 + sheet.wide(_name(key), TEXT, 500) for key in line]
    half = (width - 12) / 2
    first = max(min(half, width - 12 - names[1]), min(half, names[0]))
    _number(sheet, m.answers[line[0]], start, y, first, alone=False)
    _number(sheet, m.answers[line[1]], start + first + 12, y, width - first - 12, alone=False)


def _name(key: str) -> str:
    return tr(kpi.BY_KEY[key].short or kpi.BY_KEY[key].title)


def _number(sheet: Sheet, answer: Answer, start: float, y: float, width: float, *, alone: bool) -> None:
    """Lamp, name, number, a word (and how far it moved, where there is room), target."""
    one = kpi.BY_KEY[answer.key]
    sheet.lamp(start, y + 12, answer.lamp)
    sheet.say(start + 18, y, width - 18, _name(answer.key), px=TEXT, weight=500, height=24)
    sheet.amount(start, y + 21, width, *one.unit.tile(answer.value))
    sheet.say(start, y + 52, width, _state(answer) if alone else words.word(answer), px=SMALL, color=SOFT, height=20)
    sheet.say(start, y + 70, width, _target(answer), px=SMALL, color=SOFT, height=20)


def _state(answer: Answer) -> str:
    moved = words.moved(answer)
    return f"{moved} · {words.word(answer)}" if moved else words.word(answer)


def _target(answer: Answer) -> str:
    if answer.aim is None:
        return tr("no target")
    amount = words.short(kpi.BY_KEY[answer.key].unit, answer.aim.value)
    return tr("target: {amount}", amount=amount) if answer.aim.at_least else tr("target: at most {amount}", amount=amount)


def _legend(sheet: Sheet, y: float) -> None:
    at = 4.0
    for light in Lamp:
        sheet.lamp(at, y + 10, light, radius=4.5)
        at += 16 + sheet.say(at + 16, y, 170, words.lamp(light), px=SMALL, color=SOFT, height=20) + 24


# The table of KPIs


def _table_pages(sheet: Sheet, m: Monthly, title: str, keys: Sequence[str], *, notes: bool) -> list[Page]:
    fields = (
        Field(tr("KPI"), 2.65, number=False),
        Field(tr("Unit"), 1.45, number=False),
        Field(m.label, 0.92),
        Field(tr("Same days, month before") if m.running else tr("Month before"), 0.92),
        Field(tr("Same days last year") if m.running else tr("Same month last year"), 0.92),
        Field(tr("Target"), 0.92),
        Field(tr("In a word"), 1.3, number=False),
    )
    table = Table(sheet, fields, [_row(m, key, note=notes) for key in keys])
    return _several(title, [partial(_table, title, m.head, part) for part in table.parts(sheet.height - 62)])


def _table(title: str, aside: str, table: Table) -> None:
    table.draw(table.sheet.title(title, aside))


def _row(m: Monthly, key: str, *, note: bool) -> Row:
    answer, one = m.answers[key], kpi.BY_KEY[key]
    aim = answer.aim.value if answer.aim else None
    word, cells = words.row(one.unit, (answer.value, answer.previous, words.last_year(m, answer), aim))
    return Row((tr(one.title), word, *cells, words.word(answer)), answer.lamp, words.note(m, answer) if note else "")
