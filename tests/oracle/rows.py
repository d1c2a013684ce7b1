"""A book as plain rows: whole tables, read once, and nothing asked of the database afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import cached_property

from sqlalchemy import select

from desktop.store import tables


@dataclass(frozen=True)
class Sale:
    id: int
    kind: str
    status: str
    day: dt.date
    customer_id: int | None
    source_id: int | None
    campaign_id: int | None
    original_id: int | None


@dataclass(frozen=True)
class SaleLine:
    sale_id: int
    product_id: int | None
    quantity: int
    measured: int
    gross: int
    discount: int
    total: int
    cost: int | None
    damaged: int


@dataclass(frozen=True)
class SaleSeller:
    sale_id: int
    seller_id: int
    share: int


@dataclass(frozen=True)
class Named:
    id: int
    name: str


@dataclass(frozen=True)
class Seller(Named):
    archived: int


@dataclass(frozen=True)
class Product(Named):
    code: str | None


@dataclass(frozen=True)
class Customer(Named):
    first_source_id: int | None
    first_campaign_id: int | None
    since: dt.date | None


@dataclass(frozen=True)
class Campaign(Named):
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True)
class Lead:
    id: int
    day: dt.date
    status: str
    source_id: int | None
    campaign_id: int | None
    seller_id: int | None
    customer_id: int | None


@dataclass(frozen=True)
class Stage(Named):
    probability: int
    outcome: str


@dataclass(frozen=True)
class Deal:
    id: int
    status: str
    customer_id: int | None
    lead_id: int | None
    seller_id: int | None
    value: int | None
    opened: dt.date | None
    expected: dt.date | None
    first_contact: dt.date | None
    closed: dt.date | None
    outcome: str
    stage_id: int
    reason: str | None


@dataclass(frozen=True)
class DealStage:
    id: int
    deal_id: int
    stage_id: int
    day: dt.date | None


@dataclass(frozen=True)
class Activity:
    status: str
    done: dt.date | None
    seller_id: int | None


@dataclass(frozen=True)
class Cost:
    day: dt.date
    status: str
    amount: int
    kind: str
    campaign_id: int | None


@dataclass(frozen=True)
class Target:
    kpi: str
    scope: str
    seller_id: int | None
    start: dt.date
    end: dt.date
    value: int
    status: str


@dataclass(frozen=True)
class NpsAnswer:
    id: int
    day: dt.date
    status: str
    score: int
    customer_id: int | None


@dataclass(frozen=True)
class PriceIndex:
    month: dt.date
    value: int


@dataclass(frozen=True)
class DayOff:
    day: dt.date
    closed: int


@dataclass(frozen=True)
class SettingRow:
    key: str
    value: str


class Book:
    """All rows of a book, as they lie there."""

    def __init__(self, session):
        def whole(kind, table=None):
            table = table or getattr(tables, kind.__name__)
            columns = [getattr(table, field.name) for field in fields(kind)]
            return [kind(*row) for row in session.execute(select(*columns))]

        self.sales, self.lines, self.parts = whole(Sale), whole(SaleLine), whole(SaleSeller)
        self.sellers, self.products, self.customers = whole(Seller), whole(Product), whole(Customer)
        self.campaigns, self.sources, self.stages = whole(Campaign), whole(Named, tables.Source), whole(Stage)
        self.leads, self.deals, self.history, self.activities = whole(Lead), whole(Deal), whole(DealStage), whole(Activity)
        self.costs, self.targets, self.answers = whole(Cost), whole(Target), whole(NpsAnswer)
        self.indexes, self.days_off = whole(PriceIndex), whole(DayOff)
        self._settings = {row.key: row.value for row in whole(SettingRow)}

    def setting(self, key, default=""):
        return self._settings.get(key) or default

    @cached_property
    def calendar(self):
        return self.setting("calendar", "jalali")
