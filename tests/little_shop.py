"""A shop on a real book, told in one line per event: what every test of numbers stands on."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from desktop import kpi
from desktop.kpi.kpi import Scope
from desktop.store import Store, settings
from desktop.store.tables import (
    Activity,
    Campaign,
    Closing,
    Cost,
    Customer,
    DayOff,
    Deal,
    DealStage,
    Lead,
    NpsAnswer,
    PriceIndex,
    Product,
    Sale,
    SaleLine,
    SaleSeller,
    Seller,
    Source,
    Stage,
    Target,
)  # fmt: skip
from desktop.values.fold import fold, sort_key
from desktop.values.period import Period

MONTH = "1405-08"
ENTERED = "2026-10-23T08:00:00Z"


def day(text):
    """``"1405-08-03"`` (or a date) as a date."""
    return text if isinstance(text, dt.date) else Period.parse(text).start


def period(text):
    return text if isinstance(text, Period) else Period.parse(text)


@dataclass
class Line:
    """``total`` and ``cost`` are the whole line's; what comes back has a negative total and quantity."""

    total: int
    quantity: int = 1
    cost: int | None = None
    discount: int = 0
    product: str | None = None
    damaged: bool = False
    measured: bool = False

    def row(self, product_id, position):
        gross = self.total + self.discount
        return SaleLine(
            position=position, product_id=product_id, quantity=self.quantity * 1000, measured=int(self.measured), gross=gross,
            discount=self.discount, invoice_discount=0, total=self.total, cost=self.cost,
            unit_cost=None if self.cost is None else abs(self.cost // self.quantity), damaged=int(self.damaged),
        )  # fmt: skip


class Shop:
    """Writes plain rows through `Store.changing`, reads numbers through `kpi`."""

    def __init__(self, store):
        self.store, self._open, self._numbers = store, None, itertools.count(1)

    @classmethod
    def at(cls, path, template=None, **more):
        """A shop on a new book; ``template``: an empty book to copy, which is faster than making one."""
        if template is None:
            return cls(Store.create(path, **more))
        shutil.copyfile(template, path)
        return cls(Store.open(path))

    @contextmanager
    def change(self, name="Do"):
        """One change around everything inside."""
        if self._open is not None:
            yield self._open
            return
        with self.store.changing(name, "sell") as s:
            self._open = s
            try:
                yield s
            finally:
                self._open = None

    # Things

    def _named(self, kind, name, **more):
        if name is None or isinstance(name, int):
            return name
        with self.change() as s:
            found = s.scalar(select(kind).where(kind.name_fold == fold(name)))
            if found is None:
                found = kind(name=name, name_fold=fold(name), name_sort=sort_key(name), **more)
                s.add(found)
                s.flush()
            return found.id

    def customer(self, name, *, source=None, campaign=None, since=None):
        more = {} if since is None else {"since": day(since)}
        if campaign is not None:
            more["first_campaign_id"] = self._named(Campaign, campaign)
        if source is not None:
            more["first_source_id"] = self._named(Source, source)
        return self._named(Customer, name, **more)

    def seller(self, name):
        return self._named(Seller, name)

    def product(self, name):
        return self._named(Product, name)

    def campaign(self, name, first=None, last=None):
        days = {"first_day": first and day(first), "last_day": last and day(last)}
        return self._named(Campaign, name, **days)

    # Sales

    def sell(self, total=None, *, day="1405-08-01", customer=None, cost=None, discount=0, quantity=1, seller=None, payment=None,
             lines=None, kind="sale", tax=0, campaign=None, source=None, product=None, original=None):  # fmt: skip
        """One document; ``seller`` is a name or {name: share of 10,000}. Gives its id."""
        lines = lines or [Line(total, quantity, cost, discount, product)]
        sellers = {} if seller is None else {seller: 10_000} if isinstance(seller, str) else seller
        with self.change("Record sale") as s:
            rows = [line.row(self._named(Product, line.product), at) for at, line in enumerate(lines)]
            sale = Sale(
                kind=kind, number=f"{kind}-{next(self._numbers)}", day=globals()["day"](day), entered_at=ENTERED, tax=tax,
                customer_id=self._named(Customer, customer), campaign_id=self._named(Campaign, campaign), payment=payment,
                source_id=self._named(Source, source), original_id=original, lines=len(rows), gross=sum(r.gross for r in rows),
                discount=sum(r.discount for r in rows), total=sum(r.total for r in rows),
            )  # fmt: skip
            s.add(sale)
            s.flush()
            if rows:
                rows[0].tax = tax
            s.add_all(rows)
            for row in rows:
                row.sale_id = sale.id
            s.add_all(SaleSeller(sale_id=sale.id, seller_id=self.seller(name), share=share) for name, share in sellers.items())
            return sale.id

    def give_back(self, sale, total, *, day="1405-08-02", quantity=1, cost=None, damaged=False, discount=0):
        """A return document of the sale's customer and sellers; ``total``, ``cost`` and ``quantity`` positive."""
        with self.store.reading() as s:
            sold = s.get(Sale, sale)
            customer, campaign = sold.customer_id, sold.campaign_id
            sellers = s.execute(select(Seller.name, SaleSeller.share).join(SaleSeller).where(SaleSeller.sale_id == sale)).all()
        line = Line(-total, -quantity, None if cost is None else -cost, -discount, damaged=damaged)
        return self.sell(day=day, customer=customer, campaign=campaign, seller=dict(sellers), lines=[line], kind="return", original=sale)

    def lump(self, total, *, day="1405-08-01"):
        return self.sell(total, day=day, kind="lump")

    def void(self, sale):
        with self.change("Void sale") as s:
            s.get(Sale, sale).status = "void"

    def move(self, sale, to):
        """The sale's day is another one."""
        with self.change("Change sale") as s:
            s.get(Sale, sale).day = day(to)

    def close_month(self, text):
        days = period(text)
        with self.change("Close month") as s:
            s.add(Closing(start=days.start, end=days.end, at=ENTERED, user_id=1))

    # From lead to loyal customer

    def lead(self, *, day="1405-08-01", customer=None, source=None, campaign=None, seller=None, status="open", name="somebody"):
        with self.change("Record lead") as s:
            row = Lead(day=globals()["day"](day), entered_at=ENTERED, name=name, name_fold=fold(name), name_sort=sort_key(name),
                       status=status, customer_id=self._named(Customer, customer), source_id=self._named(Source, source),
                       campaign_id=self._named(Campaign, campaign), seller_id=self._named(Seller, seller))  # fmt: skip
            s.add(row)
            s.flush()
            return row.id

    def stage(self, position):
        """The stage's id: 0 new (.1), 1 contacted (.2), 2 offer (.4), 3 negotiation (.6), 4 won, 5 lost."""
        with self.store.reading() as s:
            return s.scalar(select(Stage.id).where(Stage.position == position))

    def deal(self, value=None, *, outcome="open", closed=None, opened="1405-07-01", contact=None, expected=None, stage=0, customer=None,
             lead=None, seller=None, reason=None, history=()):  # fmt: skip
        """A deal; ``history``: (stage's position, day) in order, else it stands in ``stage`` since it was opened."""
        dates = {key: value and day(value) for key, value in (("closed", closed), ("opened", opened), ("expected", expected))}
        at = {"won": 4, "lost": 5}.get(outcome, history[-1][0] if history else stage)
        with self.change("Record deal") as s:
            row = Deal(entered_at=ENTERED, value=value, outcome=outcome, first_contact=contact and day(contact), stage_id=self.stage(at),
                       customer_id=self._named(Customer, customer), lead_id=lead, seller_id=self._named(Seller, seller), reason=reason,
                       name="", **dates)  # fmt: skip
            s.add(row)
            s.flush()
            for position, when in history or ((stage, opened),):
                s.add(DealStage(deal_id=row.id, stage_id=self.stage(position), day=when and day(when), entered_at=ENTERED))
            return row.id

    def activity(self, kind="call", *, done="1405-08-01", due=None, seller=None):
        with self.change("Record activity") as s:
            s.add(Activity(kind=kind, day=day(done or due), done=done and day(done), due=due and day(due), entered_at=ENTERED,
                           seller_id=self._named(Seller, seller)))  # fmt: skip

    def cost(self, amount, *, day="1405-08-01", kind="advertising", campaign=None):
        with self.change("Record cost") as s:
            s.add(Cost(day=globals()["day"](day), amount=amount, kind=kind, campaign_id=self._named(Campaign, campaign),
                       entered_at=ENTERED))  # fmt: skip

    def target(self, value, *, month=MONTH, kpi="revenue", seller=None, direction="at_least", span="month", person=None):
        days = period(month)
        with self.change("Set target") as s:
            s.add(Target(kpi=kpi, scope="team" if seller is None else "seller", seller_id=self._named(Seller, seller), span=span,
                         start=days.start, end=days.end, value=value, direction=direction, person=person))  # fmt: skip

    def nps(self, score, *, day="1405-08-01", customer=None):
        with self.change("Record answer") as s:
            s.add(NpsAnswer(day=globals()["day"](day), score=score, customer_id=self._named(Customer, customer), entered_at=ENTERED))

    def price_index(self, month, value):
        with self.change("Enter price index") as s:
            s.add(PriceIndex(month=period(month).start, value=value))

    def day_off(self, when, *, closed=True):
        with self.change("Mark day off") as s:
            s.add(DayOff(day=day(when), closed=int(closed)))

    def setting(self, key, value):
        with self.change("Change setting") as s:
            settings.put(s, key, value)

    # Numbers

    def scope(self, over=MONTH, as_of=None, seller=None):
        """A finished period unless ``as_of`` says otherwise."""
        days = period(over)
        with self.store.reading() as s:
            calendar = settings.get(s, "calendar")
        return Scope(days, day(as_of) if as_of else days.end, self._named(Seller, seller), calendar)

    def ask(self, key, over=MONTH, as_of=None, seller=None, **more):
        """The whole `Answer`."""
        asked = self.scope(over, as_of, seller)
        with self.store.reading() as s:
            return kpi.answer(s, key, asked, **more)

    def kpi(self, key, over=MONTH, as_of=None, seller=None):
        """The KPI's number alone."""
        asked = self.scope(over, as_of, seller)
        with self.store.reading() as s:
            return kpi.BY_KEY[key].measure(s, asked).value

    def note(self, key, over=MONTH, as_of=None, seller=None):
        asked = self.scope(over, as_of, seller)
        with self.store.reading() as s:
            return kpi.BY_KEY[key].measure(s, asked).note
