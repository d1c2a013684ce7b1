"""The last pages: risks, decisions that wait for the owner, what the data lack, and what each number means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desktop import kpi
from desktop.kpi.kpi import Lamp
from desktop.reports import words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import ACCENT, INK, LINE, SMALL, SOFT, TEXT, WASH, Sheet
from desktop.reports.questions import asked
from desktop.values.text import tr

FREE_LINES = 4  # decisions that the owner writes in by hand
STEP = 1.55


def risks(sheet: Sheet, m: Monthly) -> None:
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
        for one in asked(m, known=False)
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


# What each number means


def definitions(sheet: Sheet, m: Monthly) -> list[Callable[[], object]]:
    """Two columns of every KPI's name, meaning and formula, over as many pages as they need."""
    width = (sheet.width - 28) / 2
    high = {one.key: _entry(sheet, 0, 0, width, one.key, draw=False) for one in kpi.ALL}
    pages: list[list[list[str]]] = []
    keys = [one.key for one in kpi.ALL]
    while keys:
        left = sum(high[key] for key in keys)
        room = min(sheet.height - 62, max(left / 2 + 40, 200))  # the last page's columns end at the same height
        pages.append([_column(keys, high, room), _column(keys, high, room)])
    return [partial(_definitions, sheet, m, columns) for columns in pages]


def _column(keys: list[str], high: Mapping[str, float], room: float) -> list[str]:
    """As many of the keys as there is room for, taken off the list."""
    column: list[str] = []
    while keys and sum(high[key] for key in (*column, keys[0])) <= room:
        column.append(keys.pop(0))
    return column


def _definitions(sheet: Sheet, m: Monthly, columns: Sequence[Sequence[str]]) -> None:
    top = sheet.title(tr("What each number means"), m.head)
    width = (sheet.width - 28) / 2
    for at, keys in enumerate(columns):
        y = top
        for key in keys:
            y += _entry(sheet, at * (width + 28), y, width, key, draw=True)


def _entry(sheet: Sheet, start: float, y: float, width: float, key: str, *, draw: bool) -> float:
    """One KPI's lines; gives back how high they are."""
    one, high = kpi.BY_KEY[key], 0.0
    for text, weight, color in ((tr(one.title), 600, INK), (tr(one.meaning), 400, INK), (one.in_words(), 400, SOFT)):
        if draw:
            sheet.paragraph(start, y + high, width, text, px=SMALL, weight=weight, color=color, spacing=1.5)
        high += sheet.lines(text, width, SMALL, weight) * SMALL * 1.5
    return high + 12
