"""A KPI's number with its comparison, its lamp and the reason for it, its trend, rows and formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import hypot, sqrt
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.kpi import campaigns, customers, leads, lifetime, nps, pipeline, sales, targets
from desktop.kpi.behind import COLUMNS, her_part
from desktop.kpi.formula import Formula, Value, Z
from desktop.kpi.kpi import FEEDS, NOT_YOURS, Aim, Answer, Better, Kpi, Lamp, Measured, Number, Part, Scope, shows
from desktop.kpi.totals import setting
from desktop.store.access import own_seller
from desktop.store.tables import Seller
from desktop.values.digits import left_to_right, local
from desktop.values.fold import code, fold
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Column, Unit

NOISE = 0.05  # of the previous value, where nothing better is known
SHORTEST_MONTH, QUARTER = 28, 90

_FAMILIES = (sales, customers, leads, pipeline, campaigns, targets, nps, lifetime)
BY_KEY: dict[str, Kpi] = {one.key: one for family in _FAMILIES for one in family.KPIS}

# the dashboard's order, and that of `kpi --json`; a number that is not named here stands behind them
_ORDER = (
    "revenue", "gross_profit", "gross_margin", "markup", "conversion_rate", "average_order_value", "average_purchase_value",
    "clv_historic", "clv_12m", "romi", "roas", "retention_rate", "nps", "sales_growth", "sales_growth_yoy", "sales_growth_real", "cac",
    "cac_loaded", "target_attainment", "target_pace", "sales_cycle", "sales_cycle_median", "activities", "won_deals",
    "won_value", "lost_deals", "lost_value", "win_rate", "pipeline_value", "weighted_forecast", "sales_velocity", "pipeline_coverage",
    "returns_rate", "discount_rate", "units_per_transaction", "repeat_rate", "churn_rate", "orders", "customers", "new_customers",
    "ltv_cac", "cac_paid",
)  # fmt: skip
ALL: tuple[Kpi, ...] = tuple(BY_KEY[key] for key in dict.fromkeys((*_ORDER, *BY_KEY)))

# the seed's twelve lines, in its order; a line may hold a second number
LINES: tuple[tuple[str, ...], ...] = (
    ("revenue",), ("gross_profit", "gross_margin"), ("conversion_rate",), ("average_order_value", "average_purchase_value"),
    ("clv_12m",), ("romi",), ("retention_rate", "nps"), ("sales_growth",), ("cac",), ("target_attainment",), ("sales_cycle",),
    ("activities",),
)  # fmt: skip
TILES: tuple[str, ...] = tuple(key for line in LINES for key in line)


def scope(s: Session, period: Period | None = None, as_of: dt.date | None = None, seller: int | None = None) -> Scope:
    """The question about ``period`` (default: the running month) in the book's calendar, seen from ``as_of`` (today).

    A user who is a seller asks about herself.
    """
    calendar = setting(s, "calendar")
    if seller is None:
        seller = own_seller(s)
    day = as_of or dt.date.today()  # noqa: DTZ011 - the shop's own clock
    return Scope(period or Period.month(day, calendar), day, seller, calendar)


def seller_named(s: Session, name: str) -> int:
    """The id of the seller of this code, else of this folded name.

    Raises:
        Refused: nobody is called that, or several are.
    """
    asked = or_(Seller.code == code(name), Seller.name_fold == fold(name))
    fitting = s.execute(select(Seller.id, Seller.code).where(asked).order_by(Seller.id)).all()
    found = [one for one in fitting if one.code == code(name)] or fitting
    if not found:
        raise Refused(N_("There is no seller called {name}."), name=name)
    if len(found) > 1:
        codes = ", ".join(one.code or tr("without a code") for one in found)
        raise Refused(N_("Several sellers are called {name}; say the code of the one you mean: {codes}."), name=name, codes=codes)
    return int(found[0].id)


def answer(s: Session, key: str, asked: Scope, *, rows: bool = False, last_year: bool = False) -> Answer:
    """Everything a tile, a report line or `kpi --json` says about one KPI.

    ``rows`` counts the drill-down's rows and ``last_year`` asks the same days a year ago; who wants either also gets
    what stands beside the number (`Kpi.aside`). Each costs a question more.
    """
    one = BY_KEY[key]
    before = asked.before()
    seen, seen_before = windowed(s, one, asked), windowed(s, one, before)
    measured, earlier = one.measure(s, seen), _in_money_of(s, one, seen_before, seen)
    goal = targets.aim(s, key, one.unit, asked, measured.value) if one.shown(s, asked) else None
    lamp, why, entry = _lamp(s, one, (measured, asked), (earlier, before), goal)
    beside = one.aside(s, seen) if one.aside and measured.value is not None and (rows or last_year) else None
    return Answer(
        key=key,
        value=measured.value,
        previous=earlier.value,
        n=measured.n,
        rows=sum(part.count(s, seen) for part in _parts(s, one, seen)[:1]) if rows else 0,
        low=measured.low,
        high=measured.high,
        why_null=measured.why_null,
        lamp=lamp,
        why_lamp=why,
        period=seen.period,
        before=seen_before.days if before.as_of in seen_before.period else seen_before.period,
        aim=goal,
        note=" ".join(said for said in (measured.note, beside) if said) or None,
        last_year=_in_money_of(s, one, windowed(s, one, asked.year_before()), seen).value if last_year else None,
        entry=entry,
    )


def _in_money_of(s: Session, one: Kpi, then: Scope, now: Scope) -> Measured:
    """What the number was ``then``, in the money of ``now``."""
    found = one.measure(s, then)
    levels = (one.prices(s, then), one.prices(s, now)) if one.prices and found.value is not None else (None, None)
    if found.value is None or not levels[0] or not levels[1]:
        return found
    dearer = levels[1] / levels[0]
    low, high = (None if edge is None else edge * dearer for edge in (found.low, found.high))
    return replace(found, value=found.value * dearer, low=low, high=high)


def answers(s: Session, asked: Scope, keys: Iterable[str] | None = None, **more: bool) -> dict[str, Answer]:
    """`answer` for many KPIs, in the dashboard's order."""
    return {key: answer(s, key, asked, **more) for key in (keys if keys is not None else (one.key for one in ALL))}


def _parts(s: Session, one: Kpi, asked: Scope) -> tuple[Part, ...]:
    """The parts of a number; what is null has none (not divided by seller, not for this user, no data)."""
    return one.parts if one.measure(s, asked).value is not None else ()


def of_tile(one: Kpi, asked: Scope) -> Scope:
    """What a tile asks: of a shorter period the month, where the number is one of a month."""
    short = one.window == "month" and asked.period.days < SHORTEST_MONTH
    return asked.over(Period.month(asked.now, asked.calendar)) if short else asked


def windowed(s: Session, one: Kpi, asked: Scope) -> Scope:
    """The days that a number looks at which needs more of them than were asked: back from their end."""
    least = QUARTER if one.window == "quarter" else customers.active_days(s, asked) if one.window == "rhythm" else 0
    if not least or not asked.days.days or asked.seller is not None:
        return asked
    start = asked.period.start if asked.period.days >= least else asked.days.end - dt.timedelta(days=least)
    return replace(asked, period=Period(start, asked.days.end), year_of=asked.year_of or asked.period.start)


def trend(s: Session, key: str, asked: Scope, months: int = 12) -> tuple[tuple[Period, Number | None], ...]:
    """The KPI of each of the ``months`` months that end with the scope's; future months None, slow KPIs not at all.

    Of a running month the period given is of its days so far: few days beside whole months are no fall.
    """
    one = BY_KEY[key]
    if one.slow:
        return ()
    scopes = [asked.over(month) for month in asked.period.months(months, asked.calendar)]

    def value(each: Scope) -> Number | None:
        return one.measure(s, windowed(s, one, of_tile(one, each))).value

    return tuple((each.days, value(each)) if each.days.days else (each.period, None) for each in scopes)


def with_trend(s: Session, known: Answer, asked: Scope) -> Answer:
    return replace(known, trend=trend(s, known.key, asked))


# The lamp: one rule for tile, report and command line


def _lamp(s: Session, one: Kpi, now: tuple[Measured, Scope], before: tuple[Measured, Scope], goal: Aim | None) -> tuple[Lamp, str, str]:
    """The lamp, the reason for it, and the entry form that would light one that is off."""
    found, asked, earlier = *now, before[0]
    if not asked.days.days and found.entry is None:
        return Lamp.OFF, tr("The period has not begun."), ""
    if found.value is None or (found.n == 0 and not found.value and not earlier.value):
        why, entry = found.why_null or found.note or tr("No data yet."), one.feeds if found.entry is None else found.entry
        return Lamp.OFF, f"{why} {tr(FEEDS[entry].asks)}" if entry else why, entry
    if found.n < one.least > 1:  # where one is enough, none at all is no small sample: it fell to nothing
        n, least = Unit.COUNT.number(found.n), Unit.COUNT.number(one.least)
        return Lamp.GREY, tr("Small sample: {n} of at least {least}.", n=n, least=least), ""
    if goal is not None:
        return *_by_target(goal, running=asked.as_of in asked.period), ""
    if one.zero:
        return *_by_zero(s, one, found.value, asked), ""
    if earlier.value is None:
        return Lamp.ON, tr("There is nothing to compare it with yet."), ""
    worse = (earlier.value - found.value) * (1 if one.better is Better.HIGHER else -1)
    if worse <= 0:
        return Lamp.ON, tr("Not worse than the comparison."), ""
    if worse <= _noise(s, one, now, before):
        return Lamp.ON, tr("A little worse than the comparison, within what chance does."), ""
    return Lamp.DIM, tr("Worse than the comparison."), ""


def _noise(s: Session, one: Kpi, now: tuple[Measured, Scope], before: tuple[Measured, Scope]) -> float:
    """How much worse chance alone makes a number with nothing changed.

    By the two ranges where it has one (R. Newcombe, Statistics in Medicine 17, 1998), else by its `Kpi.chance`, else by habit.
    """
    (found, asked), (earlier, then) = now, before
    if found.value is None or earlier.value is None:
        return 0
    edges = (found.high, earlier.low) if one.better is Better.HIGHER else (found.low, earlier.high)
    if edges[0] is not None and edges[1] is not None:
        return hypot(edges[0] - found.value, edges[1] - earlier.value)
    counts = one.unit is Unit.COUNT and isinstance(one.formula, Value)  # as rare events come
    chance = one.chance or ((lambda _, __, value: float(value)) if counts else None)
    variance = chance(s, asked, found.value) + chance(s, then, earlier.value) if chance else 0
    return Z * sqrt(variance) if variance > 0 else NOISE * abs(earlier.value)


def _by_zero(s: Session, one: Kpi, value: Number, asked: Scope) -> tuple[Lamp, str]:
    if value >= 0:
        return Lamp.ON, tr("Not below zero.")
    if one.chance and -value <= Z * sqrt(one.chance(s, asked, value)):
        return Lamp.ON, tr("A little below zero, within what chance does.")
    return Lamp.DIM, tr("Below zero.")


def _by_target(goal: Aim, *, running: bool) -> tuple[Lamp, str]:
    value = goal.reached or 0
    good = value >= goal.value if goal.at_least else value <= goal.value
    if good:
        return Lamp.ON, tr("The target is reached.") if goal.at_least else tr("Within the target.")
    if running and goal.at_least and goal.pace is not None and value >= goal.pace:
        return Lamp.ON, tr("On pace towards the target.")
    return Lamp.DIM, tr("Behind the target.") if goal.at_least else tr("Over the target.")


# Behind the number


@dataclass(frozen=True)
class Rows:
    """The rows behind a KPI or one part of it: ``id`` first, then a value per column; ``total`` counts all of them."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int


def rows(s: Session, key: str, asked: Scope, part: int = 0, limit: int | None = None, after: int = 0) -> Rows:
    """Exactly the rows that were counted for one part of the KPI: at most ``limit`` of them, past the first ``after``.

    The last column is what each of them counts, folded the part's number: of what sellers share her part, where all else is
    whole. Secret columns are left out. What is null has no rows.

    Raises:
        Refused: the number itself is not for the session's user.
    """
    if not BY_KEY[key].shown(s, asked):
        raise Refused(NOT_YOURS)
    asked = windowed(s, BY_KEY[key], asked)
    one, null = BY_KEY[key].parts[part], not _parts(s, BY_KEY[key], asked)
    question = one.question(s, asked).limit(0 if null else limit).offset(after or None)
    named = ((at, COLUMNS.get(each.name)) for at, each in enumerate(question.selected_columns))
    seen = {at: column for at, column in named if column and shows(s, column.secret)}
    by_model = one.each(s, asked) if one.each and not null else {}

    def counted(row: Any) -> Number | None:
        if one.each:
            return by_model.get(row.id)
        shares = getattr(row, "shares", None)
        return her_part(row.counted, row.before, shares, money=one.unit is Unit.MONEY) if shares else row.counted

    found = tuple((row[0], *(row[at] for at in seen), counted(row)) for row in s.execute(question))
    columns = *seen.values(), Column("counted", N_("Counted"), one.unit)
    return Rows(one.title, columns, found, 0 if null else one.count(s, asked))


def all_rows(s: Session, key: str, asked: Scope) -> Rows:
    """The rows of all parts, one part after the other, each with its name in the formula: what they count rebuilds the number."""
    one, part = BY_KEY[key], Column("part", N_("Part of the formula"), Unit.TEXT)
    found = [rows(s, key, asked, at) for at in range(len(one.parts))]
    columns = (part, *dict.fromkeys(column for each in found for column in each.columns))
    columns = tuple(sorted(columns, key=lambda column: column.key == "counted"))
    told: list[tuple[Any, ...]] = []
    for its, each in zip(one.parts, found, strict=True):
        for row in each.rows:
            cells = {part: tr(its.says or its.title)} | dict(zip(each.columns, row[1:], strict=True))
            told.append((row[0], *map(cells.get, columns)))
    return Rows(one.title, columns, tuple(told), len(told))


@dataclass(frozen=True)
class Explained:
    """A KPI's formula in words and with the numbers of its parts («۱۸۲٬۷۰۰٬۰۰۰ ÷ ۱۲۰ = ۱٬۵۲۲٬۵۰۰»).

    ``parts``: (key, title, value, how many rows stand behind it); ``written``: their values for a person.
    """

    parts: tuple[tuple[str, str, Number | None, int], ...]
    written: tuple[str, ...]
    answer: Answer
    numbers: str | None

    def sentence(self) -> str:
        """Plain text for the command line."""
        one, said = BY_KEY[self.answer.key], self.answer
        lines = [f"{tr(one.title)}: {one.unit.write(said.value)}", tr(one.help), one.in_words()]
        lines += [line for line in (self.numbers, said.note, said.why_lamp) if line]  # a dark lamp's reason says why null
        for (_, title, _, n), written in zip(self.parts, self.written, strict=True):
            lines.append(tr("  {part}: {value} ({rows} rows)", part=tr(title), value=written, rows=Unit.COUNT.number(n)))
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        said = self.answer
        return {
            "key": said.key, "value": said.value, "previous": said.previous, "formula": BY_KEY[said.key].in_words(),
            "numbers": self.numbers,
            "parts": [{"part": key, "title": tr(title), "value": value, "rows": n} for key, title, value, n in self.parts],
            "change": None if said.value is None or said.previous is None else said.value - said.previous,
            "why_null": said.why_null, "note": said.note, "lamp": said.lamp.value, "why_lamp": said.why_lamp,
        }  # fmt: skip


def explain(s: Session, key: str, asked: Scope) -> Explained:
    """The formula of a KPI with this scope's numbers and how many rows stand behind each."""
    one, said = BY_KEY[key], answer(s, key, asked, rows=True)
    asked = windowed(s, one, asked)
    values = [(part, part.value(s, asked)) for part in _parts(s, one, asked)]
    parts = tuple((part.key, part.says or part.title, value, part.count(s, asked)) for part, value in values)
    written = tuple(part.unit.write(value) for part, value in values)
    return Explained(parts, written, said, _with_numbers(one, [value for _, value in values], said))


def _with_numbers(one: Kpi, values: list[Number | None], said: Answer) -> str | None:
    """``shape`` with the parts' numbers in its holes; a last term that is nothing is left out."""
    if not one.shape or not values or said.value is None or None in values:
        return None
    shape = one.shape
    while (last := _LAST_TERM.search(shape)) and not values[int(last[1])]:
        shape = shape[: last.start()]
    assert isinstance(one.formula, Formula)
    write, seen = Unit.whole, tuple(part.unit.as_written(value) for part, value in zip(one.parts, values, strict=True))
    if write(one.unit, one.formula.told(seen)) != write(one.unit, said.value):  # a reader would not come to the result
        write = Unit.exactly
        if write(one.unit, one.formula.told(tuple(values))) != write(one.unit, said.value):
            return None  # of shared invoices each term is rounded by itself
    numbers = (write(part.unit, value) for part, value in zip(one.parts, values, strict=True))
    return left_to_right(f"{local(shape.format(*numbers))} = {write(one.unit, said.value)}")


_LAST_TERM = re.compile(r" [+−] \{(\d)\}$")
