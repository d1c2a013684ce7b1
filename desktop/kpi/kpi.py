"""What a KPI is: the rows it looks at, how it folds them, and everything that may be asked of it.

From one `Kpi` value derive the tile, its comparison and lamp, the trend, the drill-down, the report's
section, the Excel sheet, the help and the translations. Periods are half-open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from desktop.store.access import sees
from desktop.values.digits import local
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import KPI_UNITS, Unit
from desktop.values.writing import CALENDARS

Number = int | float
Values = tuple[Number | None, ...]
T = TypeVar("T")
P = ParamSpec("P")
Question = Select[*tuple[Any, ...]]
Fold = Callable[[Any], ColumnElement[Any]]
NOT_YOURS = N_("Your role does not allow this; ask the owner of the shop.")
SHARED_TABLES = frozenset({"target", "setting", "day_off"})  # every number may have a target, and a pace on working days


@dataclass(frozen=True)
class Feed:
    """What an entry form gives to the numbers: the sentence that asks for it, and the tables whose change moves them."""

    asks: str
    tables: frozenset[str]


_SALE = frozenset({"sale", "sale_line", "sale_seller"})
FEEDS: dict[str, Feed] = {
    "sale": Feed(N_("Record a sale to light this lamp."), _SALE),
    "product": Feed(N_("Enter the purchase price of your goods to light this lamp."), _SALE),
    "customer": Feed(N_("Name the customer on your invoices to light this lamp."), _SALE | {"customer"}),
    "lead": Feed(N_("Record a lead to light this lamp."), frozenset({"lead", "deal", "sale", "customer"})),
    "deal": Feed(N_("Record deals and close them as won or lost to light this lamp."), frozenset({"deal", "deal_stage", "stage"})),
    "activity": Feed(N_("Record a call or visit to light this lamp."), frozenset({"activity"})),
    "cost": Feed(N_("Record what you spent to light this lamp."), _SALE | {"customer", "lead", "campaign", "cost"}),
    "target": Feed(N_("Set a target to light this lamp."), _SALE),
    "nps": Feed(N_("Record a customer's answer to light this lamp."), frozenset({"nps_answer"})),
    "price_index": Feed(N_("Enter the price index to light this lamp."), frozenset({"price_index"})),
}


def once(ask: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """``ask``, remembering in a snapshot what it said of the same arguments; a session that may write is asked anew each time."""

    @wraps(ask)
    def known(s: Session, /, *args: P.args, **more: P.kwargs) -> T:
        bind = s.bind
        if bind is None or bind.get_execution_options().get("door") != "reading":
            return ask(s, *args, **more)
        asked: dict[object, T] = s.info.setdefault("asked", {}).setdefault(ask, {})
        key = (args, *more.values())
        if key not in asked:
            asked[key] = ask(s, *args, **more)
        return asked[key]

    return known


@once
def shows(s: Session, secret: str, seller: int | None = None) -> bool:
    """Whether the session's user may see what is so secret: `sees`, asked once in a snapshot."""
    return sees(s, secret, seller)


class Better(StrEnum):
    """Which way is good news."""

    HIGHER = "higher"
    LOWER = "lower"


class Lamp(StrEnum):
    """The light on a tile: on, dim (watch it), grey (small sample), off (no data yet)."""

    ON = "on"
    DIM = "dim"
    GREY = "grey"
    OFF = "off"


@dataclass(frozen=True)
class Scope:
    """What is asked: these days, seen from that day, of one seller or of all.

    Rows dated after ``as_of`` are not looked at; ``calendar`` is the book's. ``leads_at``: the day on which it is asked
    which leads have bought, where that is another; ``year_of``: the first day asked, where a number looks at more.
    """

    period: Period
    as_of: dt.date
    seller: int | None = None
    calendar: str = "jalali"
    leads_at: dt.date | None = None
    year_of: dt.date | None = None

    @property
    def days(self) -> Period:
        """The part of the period that has happened."""
        return self.period.clip(self.as_of)

    @property
    def now(self) -> dt.date:
        """The last day that counts: min(as of, the period's last day)."""
        return min(self.as_of, self.period.last)

    def holds(self, seller: int | None) -> bool:
        """Whether what is this seller's (None: nobody's) is asked for; ``seller`` 0 asks for nobody's."""
        return self.seller is None or self.seller == (seller or 0)

    def over(self, period: Period) -> Scope:
        """The same question over other days."""
        return replace(self, period=period)

    def before(self) -> Scope:
        """The period compared with, seen when as many of its days were over; its leads when they were as old as these are."""
        period = self.period.previous()
        if self.as_of in self.period:
            return replace(self, period=period, as_of=min(period.start + (self.as_of - self.period.start), period.last), leads_at=None)
        aged = self.as_of - (self.period.end - period.end) if self.days.days else None
        return replace(self, period=period, leads_at=aged)

    def year_before(self) -> Scope:
        """The same days a year earlier in the book's calendar."""
        return self.over(self.period.year_before(self.as_of, self.calendar))


def one_each(_: Any) -> ColumnElement[Any]:
    """A part's ``counts``: how many rows there are."""
    return literal(1)


def added(counted: Any) -> ColumnElement[Any]:
    """A part's ``fold``: 0 without rows."""
    return func.coalesce(func.sum(counted), 0)


@dataclass(frozen=True, eq=False)  # told apart by identity: two parts may look alike
class Part:
    """One count or sum inside a KPI, and exactly the rows that were counted.

    ``rows`` selects ``id`` first, then what a drill-down shows (`behind.COLUMNS`); ``counts`` says of the columns of that question
    what a row counts, and ``fold`` makes one number of that. ``sums`` answers the same from day sums. ``each``: what a row counts, by
    its id, where a model says it.
    ``unit`` is what the number is, where a formula is shown with its numbers; ``says`` names it where the rows' ``title``
    would name two numbers of the same rows.
    """

    key: str
    title: str
    rows: Callable[[Session, Scope], Question]
    counts: Fold = one_each
    sums: Callable[[Session, Scope], Number | None] | None = None
    unit: Unit = Unit.COUNT
    says: str = ""
    fold: Fold = added
    each: Callable[[Session, Scope], Mapping[int, Number]] | None = None

    def value(self, s: Session, scope: Scope) -> Number | None:
        """The part's number, from day sums where it has them; asked once in a snapshot."""
        return _value(s, self, scope)

    def counted(self, s: Session, scope: Scope) -> Number | None:
        """The part's number from its rows."""
        found: Number | None = s.scalar(select(self.fold(self.question(s, scope).subquery().c.counted)))
        return found

    def question(self, s: Session, scope: Scope) -> Question:
        """The rows, with what each of them counts: ``counted``, the whole of what sellers share (`behind.her_part`)."""
        rows = self.rows(s, scope)
        seen = rows.selected_columns
        counted = self.counts(seen)
        if "shares" in seen:
            rows = rows.add_columns((func.sum(counted).over(partition_by=seen.document, order_by=seen.id) - counted).label("before"))
        return rows.add_columns(counted.label("counted"))

    def count(self, s: Session, scope: Scope) -> int:
        """How many rows stand behind the part."""
        return s.scalar(select(func.count()).select_from(self.rows(s, scope).order_by(None).subquery())) or 0


@once
def _value(s: Session, part: Part, scope: Scope) -> Number | None:
    return (part.sums or part.counted)(s, scope)


@dataclass(frozen=True)
class Measured:
    """A KPI's number over one scope; ``why_null`` is a sentence where there is none.

    ``entry`` names the entry form that would bring the number where it is not the KPI's own (`Kpi.feeds`);
    empty: none would, only time.
    """

    value: Number | None
    n: Number = 0
    low: float | None = None
    high: float | None = None
    why_null: str | None = None
    note: str | None = None
    entry: str | None = None


@dataclass(frozen=True, eq=False)
class Kpi:
    """One number about the shop.

    ``formula`` makes the number from the parts' values (in order): a value of `formula.py`, else a function; ``said`` is what it
    is in words, where the form and the names of the parts do not say it.
    ``help`` speaks as people speak; ``meaning`` says the same in the plain formal words of a paper that leaves the shop.
    ``least`` is the smallest n with which the number is believed; ``window`` the shortest span a tile uses;
    ``feeds`` names the entry form that lights the lamp (`FEEDS`); ``tables`` what moves the number beside what that form fills.
    ``secret``: cost (what goods or people cost, or all that lets one compute it) or none.
    ``slow`` numbers (CLV ...) are asked on the long lane and cached. ``per_seller`` False: null under a seller.
    ``chance`` is the variance that chance gives the number (of the scope, and its value); ``zero``: it is judged against nothing,
    not against what it was.
    ``prices``: the level of prices in whose money the number is; what it was is brought to that of now before they are compared.
    ``aside`` is a further line about the period shown (the median beside a mean), not asked for its comparisons and trend.
    ``spans``: what it is called where other spans than months are asked: by their whole months, 0 for any other.
    """

    key: str
    title: str
    help: str
    meaning: str
    parts: tuple[Part, ...]
    formula: Callable[[Session, Scope, Values], Measured]
    feeds: str
    better: Better = Better.HIGHER
    said: str = ""
    tables: frozenset[str] = frozenset()
    short: str = ""
    least: int = 10
    window: str = "day"
    secret: str = "none"
    per_seller: bool = True
    slow: bool = False
    chance: Callable[[Session, Scope, Number], float] | None = None
    zero: bool = False
    prices: Callable[[Session, Scope], int | None] | None = None
    aside: Callable[[Session, Scope], str | None] | None = None
    spans: Mapping[int, str] = field(default_factory=dict)

    @property
    def unit(self) -> Unit:
        return KPI_UNITS[self.key]

    @property
    def shape(self) -> str:
        """The formula with a hole for each part ("{0} ÷ {1}"); empty where it is a function, or a part itself."""
        shape: str = getattr(self.formula, "shape", "")
        return shape

    def called(self, period: Period | None = None) -> str:
        """Its title, where only a month has "month" in it."""
        months = next(filter(None, map(period.whole_months, CALENDARS)), 0) if self.spans and period else 1
        title = self.title if months == 1 else self.spans.get(months, self.spans[0])
        return tr(title)

    def in_words(self) -> str:
        """The formula with the names of its parts."""
        return tr(self.said) if self.said else local((self.shape or "{0}").format(*(tr(part.says or part.title) for part in self.parts)))

    def measure(self, s: Session, scope: Scope) -> Measured:
        """The KPI over ``scope``; null with the reason under a seller where it is not divided."""
        return _measure(s, self, scope)

    def shown(self, s: Session, scope: Scope) -> bool:
        """Whether the session's user may see the number over ``scope``, and all that it can be worked out from."""
        return shows(s, self.secret) and shows(s, "others", scope.seller)

    def moved_by(self, tables: Set[str]) -> bool:
        """Whether a change of these tables can move the number, its target or its lamp."""
        return not tables.isdisjoint(FEEDS[self.feeds].tables | self.tables | SHARED_TABLES)


@once
def _measure(s: Session, one: Kpi, scope: Scope) -> Measured:
    if not one.shown(s, scope):
        return Measured(None, why_null=tr("Your role does not show this number."), entry="")
    if scope.seller is not None and not one.per_seller:
        return Measured(None, why_null=tr("This number is not divided by seller."), entry="")
    return one.formula(s, scope, tuple(part.value(s, scope) for part in one.parts))


@dataclass(frozen=True)
class Aim:
    """A target met so far: ``value`` in the KPI's own unit, ``share`` attained, ``pace`` what an even walk asks by now.

    ``reached`` is what is held against it: of net sales those of its days and people.
    """

    value: float
    at_least: bool
    share: float | None
    pace: float | None
    person: str | None
    reached: Number | None = None


@dataclass(frozen=True)
class Answer:
    """A KPI's number with all that a tile, a report line or `kpi --json` says about it.

    ``entry`` names the form that would light a lamp that is off; empty where none would.
    """

    key: str
    value: Number | None
    previous: Number | None
    n: Number
    rows: int
    low: float | None
    high: float | None
    why_null: str | None
    lamp: Lamp
    why_lamp: str
    period: Period
    before: Period
    aim: Aim | None = None
    note: str | None = None
    last_year: Number | None = None
    trend: tuple[tuple[Period, Number | None], ...] = ()
    entry: str = ""
