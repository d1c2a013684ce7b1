"""The monthly booklet, page by page: cover, the table of KPIs, a page per question, sellers, risks, definitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop import kpi
from desktop.kpi.kpi import Answer, Lamp
from desktop.reports import figures, questions, words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import ACCENT, INK, LINE, SMALL, SOFT, TEXT, WASH, Sheet
from desktop.reports.tables import Field, Row, Table
from desktop.values.digits import foreign
from desktop.values.text import tr

LOW, HIGHEST, GAP, COLUMNS = 92.0, 116.0, 10.0, 2  # px: a card's words, a card, between cards
FREE_LINES = 4  # decisions that the owner writes in by hand
STEP = 1.55


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
        *_tables(sheet, m, tr("The month's KPIs"), figures.table(sheet, m, kpi.TILES, notes=True)),
        *_tables(sheet, m, tr("More KPIs"), figures.table(sheet, m, more)),
        *(Page(tr(one.title), partial(one.draw, sheet, m)) for one in questions.asked(m, known=True)),
        *_several(tr("Sellers one by one"), questions.sellers(sheet, m)),
        Page(tr("Risks, decisions and the quality of the data"), partial(_risks, sheet, m)),
        *_tables(sheet, m, tr("What each number means"), _definitions(sheet)),
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
    state = " · ".join(filter(None, (words.moved(answer), words.word(answer))))
    figures.number_of(sheet, answer, start + 12, top, wide, state, _target(answer))
    if not figures.spark(sheet, start + 24 + wide, y + 18, inner - wide - 16, high - 26, answer):
        said = words.reason(answer) if answer.lamp is Lamp.OFF else answer.note or ""
        sheet.paragraph(start + 24 + wide, top + 3, inner - wide - 16, said, px=SMALL, color=SOFT, most=5, spacing=1.5)


def _pair(sheet: Sheet, m: Monthly, line: Sequence[str], start: float, y: float, width: float) -> None:
    """Two numbers side by side; the second one begins earlier where its name needs it."""
    names = [18 + sheet.wide(figures.name(key), weight=500) for key in line]
    half = (width - 12) / 2
    first = max(min(half, width - 12 - names[1]), min(half, names[0]))
    for answer, at, wide in ((m.answers[line[0]], 0, first), (m.answers[line[1]], first + 12, width - first - 12)):
        figures.number_of(sheet, answer, start + at, y, wide, words.word(answer), _target(answer))


def _target(answer: Answer) -> str:
    if answer.aim is None:
        return tr("no target")
    amount = kpi.BY_KEY[answer.key].unit.short(answer.aim.value)
    return tr("target: {amount}", amount=amount) if answer.aim.at_least else tr("target: at most {amount}", amount=amount)


def _legend(sheet: Sheet, y: float) -> None:
    at = 4.0
    for light in Lamp:
        sheet.lamp(at, y + 10, light, radius=4.5)
        at += 16 + sheet.say(at + 16, y, 170, words.lamp(light), px=SMALL, color=SOFT, height=20) + 24


# Tables over as many pages as they need


def _tables(sheet: Sheet, m: Monthly, title: str, table: Table) -> list[Page]:
    return _several(title, [partial(_table, title, m.head, part) for part in table.parts(sheet.height - 62)])


def _table(title: str, aside: str, table: Table) -> None:
    table.draw(table.sheet.title(title, aside))


def _definitions(sheet: Sheet) -> Table:
    """Every KPI's name, meaning and formula."""
    fields = (
        Field(tr("KPI"), 1.2, number=False),
        Field(tr("In one sentence"), 2, number=False),
        Field(tr("How it is computed"), 1.6, number=False),
    )
    return Table(sheet, fields, [Row((tr(one.title), tr(one.meaning), one.in_words())) for one in kpi.ALL], most=5)


# Risks, decisions that wait for the owner, and what the data lack


def _risks(sheet: Sheet, m: Monthly) -> None:
    """Risks, open decisions with room for an answer, and the box of what the data lack."""
    y = sheet.title(tr("Risks, decisions and the quality of the data"), m.head)
    y = sheet.heading(y, tr("Risks: what needs watching"))
    dark = all(answer.lamp is Lamp.OFF for answer in m.answers.values())
    for sentence in [*words.risks(m)] or [tr("No lamp has data yet.") if dark else tr("Every lamp with data is on.")]:
        sheet.fill(2, y + 8, 6, 6, ACCENT, round_by=3)
        y = sheet.paragraph(18, y, sheet.width - 18, sentence, most=2, spacing=STEP) + 6
    y = sheet.heading(y + 14, tr("Decisions that are open"))
    found = [*words.decisions(m)] or [tr("Nothing is waiting for a decision.")]
    for sentence in found:
        y = _decision(sheet, y, sentence)
    for _ in range(FREE_LINES if len(found) < 4 else 1):
        y = _decision(sheet, y, "")
    # Translators: a question of the report that has no page in this month, and why.
    missing = [
        tr("“{question}” has no page: {why}", question=tr(one.title), why=words.why(m.answers[one.asks[0]]))
        for one in questions.asked(m, known=False)
    ]
    _quality(sheet, y + 20, [*words.quality(m), *missing] or [tr("Every number had the data it needs.")])


def _decision(sheet: Sheet, y: float, sentence: str) -> float:
    """A box to tick, what is to be decided, and a line to write on."""
    sheet.fill(1, y + 4, 12, 12, "#FFFFFF", round_by=2, edge=SOFT)
    if sentence:
        y = sheet.paragraph(24, y, sheet.width - 24, sentence, most=2, spacing=STEP)
    start = 24.0
    for name, share in ((tr("Decision:"), 0.5), (tr("Who:"), 0.25), (tr("Until:"), 0.25)):
        wide = (sheet.width - 24) * share
        taken = sheet.say(start, y, wide, name, px=SMALL, color=SOFT, height=24)
        sheet.rule(y + 20, start=start + taken + 6, width=wide - taken - 16, color=SOFT, thick=0.5)
        start += wide
    return y + 40


def _quality(sheet: Sheet, y: float, sentences: Sequence[str]) -> None:
    inner = sheet.width - 56
    lines = sum(min(2, sheet.lines(sentence, inner)) for sentence in sentences)
    high = 54 + lines * TEXT * STEP + 6 * len(sentences)
    sheet.fill(0, y, sheet.width, high, WASH, round_by=6, edge=LINE)
    top = sheet.heading(y + 10, tr("Quality of the data"), start=20, width=inner)
    for sentence in sentences:
        sheet.fill(22, top + 8, 6, 6, SOFT, round_by=3)
        top = sheet.paragraph(38, top, inner, sentence, most=2, spacing=STEP) + 6
