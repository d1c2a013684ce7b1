"""A file of targets: a KPI's value for a month, quarter or year; the team's, or a seller's, category's or campaign's."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import numpy as np

from desktop.shop.importing import dates, numbers, words
from desktop.shop.importing.documents import MILLION
from desktop.shop.importing.options import Plan
from desktop.shop.importing.records import named_things, records, texts_of
from desktop.shop.importing.rows import Flags, Ints, Rows, each, holds, times_half_up, undashed
from desktop.shop.importing.things import Shelf
from desktop.shop.things.target import ABOVE_ZERO, OWNERS, TWIN, TWO_OWNERS, span, span_name
from desktop.values.fold import fold
from desktop.values.period import Period
from desktop.values.text import N_, Refused
from desktop.values.unit import KPI_UNITS, WHOLE, Unit

NO_SPAN = N_("“{value}” is no month, quarter or year; write it like 1405-07, 1405-q2 or 1405.")


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The targets that are new; one that the book has already, with the same value, is skipped."""
    del taken_before  # what a target is for identifies it
    rows.need("month")
    rows.need("amount")
    spans = _spans(rows)
    last = np.array([spans[at].last.toordinal() if at in spans else 0 for at in range(len(rows))], np.int64)
    rows.refuse_closed(last, "month", connection)
    kpis = {fold(key): key for key in KPI_UNITS} | {fold(key.replace("_", " ")): key for key in KPI_UNITS}
    kpi = np.array(_own(rows, "kpi", kpis, "revenue", N_("There is no KPI called “{value}”.")), object)
    value = _values(rows, kpi)
    direction = _own(rows, "direction", words.DIRECTION, "at_least", N_("“{value}” is neither at least nor at most."))
    rows.refuse((kpi == "revenue") & (value <= 0), "amount", ABOVE_ZERO)
    rows.refuse(np.sum([holds(rows.texts(name)) for name in OWNERS], axis=0) > 1, "", TWO_OWNERS)
    _refuse_twins(rows, shelf, connection, spans, kpi, value)
    chosen = np.flatnonzero(rows.fine)
    things = named_things(rows, shelf, chosen, *OWNERS)
    scope = np.full(len(chosen), "team", object)
    for name in OWNERS:
        scope[things[f"{name}_id"][1] != 0] = name
    periods = [spans[at] for at in chosen.tolist()]
    columns = {
        "kpi": kpi[chosen].tolist(),
        "scope": scope.tolist(),
        "span": [span_name(period) for period in periods],
        "start": [period.start.isoformat() for period in periods],
        "end": [period.end.isoformat() for period in periods],
        "direction": [direction[at] for at in chosen.tolist()],
        "value": value[chosen].tolist(),
        "person": texts_of(rows, "person", chosen),
    }
    return records(shelf, "target", columns, things)


def _spans(rows: Rows) -> dict[int, Period]:
    """Each row's span of days, where its word names one."""
    column = rows.columns["month"]
    found = [_span(word, rows) for word in column.words]
    rows.refuse_words("month", {at: NO_SPAN for at, one in enumerate(found) if one is None and column.words[at].strip()})
    return {at: one for at, code in enumerate(column.codes.tolist()) if (one := found[code]) is not None}


def _span(word: str, rows: Rows) -> Period | None:
    with suppress(Refused):
        return span(word.replace(".", "-"), rows.book.calendar)
    for text in (word, f"1 {word}"):  # a day in any writing, or a month by its name
        days = dates.read([text], dates.Orders())
        if days.days[0]:
            return Period.month(dt.date.fromordinal(int(days.days[0])), rows.book.calendar)
    return None


def _own(rows: Rows, name: str, known: dict[str, str], usual: str, message: str) -> list[str]:
    """Each row's word as the book knows it, ``usual`` where it says none; a row whose word nobody knows is refused."""
    codes, texts = rows.folded(name)
    found = [known.get(text, "") if text else usual for text in texts]
    rows.refuse(~holds((codes, found)), name, message)
    return [found[code] for code in codes.tolist()]


def _values(rows: Rows, kpi: Any) -> Ints:
    """Each target in its KPI's smallest step: money in smallest units, counts whole, shares 1/10,000, the rest thousandths."""
    column = rows.columns["amount"]
    given, codes = undashed(column.words), column.codes
    shape = rows.shape("amount", given, whole=False)
    money = numbers.amounts(given, shape, rows.scale("amount"), rows.book.currency)
    plain = numbers.scaled(given, shape, MILLION, percents=True)
    unit = np.array([KPI_UNITS.get(key, Unit.MONEY) for key in kpi.tolist()], object)
    is_money = (unit == Unit.MONEY) | (unit == Unit.MONEY_PER_DAY)
    for chosen, parsed in ((is_money, money), (~is_money, plain)):
        for at, message in parsed.bad.items():
            rows.refuse(chosen & (codes == at), "amount", message)
    value = np.where(is_money, money.values[codes], plain.values[codes])
    percent: Flags = plain.percent[codes] | (np.abs(value) > MILLION)  # 30 is 30 %, and so is 0.3
    share = (unit == Unit.SHARE) & percent
    value = np.where(share, value // 100, value)
    step = np.array([one.step for one in unit.tolist()], np.int64)
    rows.refuse((unit == Unit.COUNT) & (value % MILLION != 0), "amount", WHOLE)
    kept: Ints = np.where(is_money, value * step, times_half_up(value, step, MILLION))
    return kept


def _refuse_twins(rows: Rows, shelf: Shelf, connection: Any, spans: dict[int, Period], kpi: Any, value: Ints) -> None:
    """A second target for the same KPI, days and owner is skipped if it says the same, else refused."""
    seen: dict[tuple[Any, ...], int] = {}
    question = "SELECT kpi, start, \"end\", seller_id, category_id, campaign_id, value FROM target WHERE status = 'final'"
    for key, start, end, *owners, known in connection.execute(question):
        seen[(key, start, end, *(one or 0 for one in owners))] = known
    names = [(name, each(rows.texts(name))) for name in OWNERS]
    for at in np.flatnonzero(rows.fine).tolist():
        owners = [shelf.named(name, text(at)) for name, text in names]
        key = (kpi[at], spans[at].start.isoformat(), spans[at].end.isoformat(), *owners)
        known = seen.get(key)
        if known is None:
            seen[key] = int(value[at])
        elif known == int(value[at]):
            rows.skipped[at] = True
        else:
            rows.refuse([at], "month", TWIN)
