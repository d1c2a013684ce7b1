"""Nasty shops by chance: everything that makes a number hard, done by the shop's own verbs."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from hypothesis import strategies as st

from desktop.shop import returns, sales
from desktop.shop.sales import WHOLE, LineDraft, SaleDraft
from desktop.store.tables import Customer, Sale, Seller
from desktop.values.text import Refused
from tests.oracle.days import ONE, Asked, first_of, month_of, ymd
from tests.shop.counter import Counter

FIRST = dt.date(2025, 8, 23)  # 1 Shahrivar 1404
LAST = 470  # days later, in Azar 1405
CALENDARS = {"jalali": "IRR", "gregorian": "EUR"}

SELLERS = ("Mina", "Reza", "Reza", "Omid")  # two of one name; Omid has left
CUSTOMERS = ("Ali", "Sara", "Zahra", "Ali", "Nima", "Parisa")
GOODS = (("Cup", "", 60), ("Rice", "kg", 40), ("Tea", "", None), ("Pen", "", 5))
CAMPAIGNS = (
    ("Eid", "2025-12-22", "2026-01-20"),
    ("Yalda", "2025-12-01", "2026-03-20"),
    ("Sign", None, None),
    ("Autumn", "2026-09-23", None),
)
SOURCES = ("Instagram", "Friends")


def furnish(store):
    """The things that every such shop has, in the order of their ids from 1."""
    shop = Counter(store)
    with shop.change() as s:
        for at, name in enumerate(SELLERS, 1):
            s.add(Seller(name=name, name_fold=name.lower(), name_sort=name.lower(), code=f"R{at}", archived=int(name == "Omid")))
    for name, first, last in CAMPAIGNS:
        shop.add("campaign", name=name, first_day=first and dt.date.fromisoformat(first), last_day=last and dt.date.fromisoformat(last))
    for name in SOURCES:
        shop.add("source", name=name)
    for name, unit, cost in GOODS:
        shop.goods(name, price=100, cost=cost, unit=unit)
    for at, name in enumerate(CUSTOMERS, 1):
        shop.add("customer", name=name, code=f"C{at}", first_source_id=at % 3 or None, first_campaign_id=(0, 1, 2, 4)[at % 4] or None)
    with shop.change() as s:
        for row in s.query(Customer):
            row.since = FIRST + 60 * row.id * ONE
    return shop


# What happens


@dataclass(frozen=True)
class Sold:
    draft: SaleDraft

    def happen(self, s, shop):
        sales.sell(s, self.draft)


@dataclass(frozen=True)
class Back:
    """Part of the ``nth`` last sale comes back, ``later`` days after it."""

    nth: int
    part: int
    later: int
    damaged: bool

    def happen(self, s, shop):
        sale = shop.nth(s, self.nth, "sale")
        left = returns.returnable(s, sale.id)[:2]
        lines = [returns.BackLine(line.line, max(1, line.left // self.part), damaged=self.damaged) for line in left]
        returns.give_back(s, sale.id, lines, day=sale.day + self.later * ONE)


@dataclass(frozen=True)
class Voided:
    nth: int

    def happen(self, s, shop):
        sales.void_sale(s, shop.nth(s, self.nth, "sale", "return", "lump").id)


@dataclass(frozen=True)
class Changed:
    """The ``nth`` last sale was of somebody else, and on another day."""

    nth: int
    draft: SaleDraft

    def happen(self, s, shop):
        sales.change_sale(s, shop.nth(s, self.nth, "sale").id, self.draft)


@dataclass(frozen=True)
class Lump:
    day: dt.date
    amount: int
    seller: int | None

    def happen(self, s, shop):
        sales.record_takings(s, self.day, self.amount, seller=self.seller)


@dataclass(frozen=True)
class Plain:
    """What `little_shop.Shop` writes in one row: a lead, deal, activity, cost, target, answer ..."""

    verb: str
    values: tuple

    def happen(self, s, shop):
        getattr(shop, self.verb)(**dict(self.values))


class Nasty(Counter):
    """A shop in which such things happen, all in one change of its book."""

    def nth(self, s, at, *kinds):
        known = [one for one in s.query(Sale).order_by(Sale.id) if one.kind in kinds and one.status == "final"]
        if not known:
            raise Refused("nothing was sold")
        return known[-1 - at % len(known)]

    def live(self, events):
        """Everything happens that the shop does not refuse."""
        with self.change("Live") as s:
            for event in events:
                with suppress(Refused):
                    event.happen(s, self)


def lived(store, book, look):
    """What ``look`` sees of a furnished shop in which a book's events have happened; then they are taken back."""
    _, (events, plans) = book
    Nasty(store).live([*events, *plans])
    try:
        return look(store)
    finally:
        store.undo()


# By chance

days = st.one_of(st.integers(LAST - 130, LAST), st.integers(0, LAST)).map(lambda n: FIRST + n * ONE)
who = st.sampled_from((None, 1, 2, 3, 4, 5, 6, 1, 2))
seller = st.sampled_from((None, 1, 2, 3, 4))
campaign = st.sampled_from((None, None, None, 1, 2, 3, 4))
shares = st.sampled_from(
    ((), ((1, WHOLE),), ((2, WHOLE),), ((4, WHOLE),), ((1, 3333), (2, 6667)), ((1, 3333), (2, 3333), (3, 3334)), ((3, 5000), (4, 5000)))
)
lines = st.builds(
    LineDraft,
    product=st.sampled_from((None, 1, 2, 3, 4)),
    quantity=st.sampled_from((1000, 1000, 3000, 250, 1333, -1000, -500)),
    unit_price=st.sampled_from((0, 1, 99, 100, 101, 333, 5000, 1_000_003)),
    unit_cost=st.sampled_from((None, None, 0, 60, 77, 333, 4001)),
    discount=st.sampled_from((0, 0, 0, 7)),
    damaged=st.booleans(),
)
drafts = st.builds(
    SaleDraft, day=days, lines=st.lists(lines, min_size=1, max_size=3).map(tuple), customer=who, sellers=shares, campaign=campaign,
    source=st.sampled_from((None, None, 1, 2)), payment=st.sampled_from((None, "cash")), invoice_discount=st.sampled_from((0, 0, 0, 5)),
)  # fmt: skip
months = days.map(lambda day: month_of(day, "jalali")).map(lambda month: "{:04}-{:02}".format(*ymd(month[0], "jalali")))


def _plain(verb, **values):
    return st.builds(Plain, verb=st.just(verb), values=st.fixed_dictionaries(values).map(lambda known: tuple(sorted(known.items()))))


@st.composite
def _deals(draw):
    """Opened, moved on, closed, opened again ... each some days after the step before."""
    opened = draw(days)
    day, history = opened, [(0, opened)]
    for stage in draw(st.lists(st.sampled_from((1, 2, 3, 4, 5, 4)), max_size=4)):
        day += draw(st.integers(0, 25)) * ONE
        history.append((stage, day))
    outcome = {4: "won", 5: "lost"}.get(history[-1][0], "open")
    values = {
        "value": draw(st.sampled_from((None, 0, 1000, 70_000, 999_999))), "opened": opened, "history": tuple(history), "outcome": outcome,
        "closed": day if outcome != "open" else None, "expected": draw(st.none() | days), "customer": draw(who), "seller": draw(seller),
        "contact": draw(st.sampled_from((None, opened - 3 * ONE, opened, opened + 9 * ONE))),
        "reason": draw(st.sampled_from((None, "price", "late"))),
    }  # fmt: skip
    return Plain("deal", tuple(values.items()))


back = st.builds(Back, st.integers(0, 5), st.sampled_from((1, 2, 3)), st.sampled_from((0, 0, 1, 9, 40)), st.booleans())
EVENTS = (
    *[st.builds(Sold, drafts)] * 8,
    *[back] * 3,
    st.builds(Voided, st.integers(0, 5)),
    st.builds(Changed, st.integers(0, 5), drafts),
    st.builds(Lump, days, st.integers(1, 9000), seller),
    *[_deals()] * 3,
    *[
        _plain("lead", day=days, customer=who, source=st.sampled_from((None, 1, 2)), campaign=campaign, seller=seller,
               status=st.sampled_from(("open", "open", "converted", "disqualified", "duplicate", "spam"))),
    ] * 2,
    _plain("activity", done=st.none() | days, due=days, seller=seller),
    *[_plain("cost", amount=st.integers(1, 9000), day=days, kind=st.sampled_from(("advertising", "pay", "rent")), campaign=campaign)] * 3,
    *[_plain("nps", score=st.integers(0, 10), day=days, customer=who)] * 3,
)  # fmt: skip
PLANS = (
    *[_plain("target", value=st.sampled_from((1, 900, 9000, 90_000, 5_000_000)), month=months, seller=seller)] * 4,
    _plain(
        "target", value=st.integers(1, 90_000), month=st.sampled_from(("1405-q2", "1405-q3")), seller=st.none(), span=st.just("quarter")
    ),
    _plain("price_index", month=months, value=st.integers(90_000, 190_000)),
    _plain("price_index", month=st.sampled_from(("1404-07", "1404-08", "1405-07", "1405-08")), value=st.integers(90_000, 190_000)),
    _plain("day_off", when=days, closed=st.booleans()),
)
stories = st.tuples(
    st.lists(st.one_of(*EVENTS), min_size=30, max_size=90),
    st.lists(
        st.one_of(*PLANS),
        min_size=4,
        max_size=20,
        unique_by=lambda one: (one.verb, *(dict(one.values).get(key) for key in ("when", "month", "seller"))),
    ),
)
books = st.tuples(st.sampled_from(tuple(CALENDARS)), stories)


@st.composite
def asks(draw):
    """A question: a month, quarter, half-year or year of either calendar, or any days; over, running or hardly over."""
    day, calendar = draw(days), draw(st.sampled_from(("jalali", "gregorian")))
    year, month, _ = ymd(day, calendar)
    n = draw(st.sampled_from((1, 1, 1, 1, 3, 6, 12, 2, 0)))
    first = (month - 1) // n * n + 1 if n else month
    start, end = (
        (first_of(year, first, calendar), first_of(year, first + n, calendar)) if n else (day, day + draw(st.integers(1, 40)) * ONE)
    )
    as_of = draw(st.sampled_from((start, start + (end - start) // 2, end - ONE, end, end + 20 * ONE, FIRST + (LAST + 40) * ONE)))
    return Asked(start, end, as_of, draw(st.sampled_from((None, None, 1, 2, 3, 4))))
