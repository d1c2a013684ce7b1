"""Everything a shop keeps besides sales: what each thing consists of, how it is saved, archived or voided.

One `Entity` value a thing; forms, lists, undo and audit follow from it. Values are plain: text, ints, dates, ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop import following, planning
from desktop.shop.access import may
from desktop.shop.sales import Problem, utc_now
from desktop.store.tables import (
    Activity,
    Barcode,
    Campaign,
    Category,
    Cost,
    Customer,
    Deal,
    Lead,
    Named,
    NpsAnswer,
    Product,
    Seller,
    Source,
    Target,
)  # fmt: skip
from desktop.values.fold import clean, fold, sort_key
from desktop.values.text import N_, Refused, tr

Values = dict[str, Any]
MEASURED = frozenset(fold(unit) for unit in ("kg", "g", "gr", "m", "l", "کیلو", "کیلوگرم", "گرم", "متر", "لیتر", "کیلو گرم"))

ACTIVITY_KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("message", N_("Message")), ("meeting", N_("Meeting")),
                  ("other", N_("Other")))  # fmt: skip
COST_KINDS = (("advertising", N_("Advertising")), ("pay", N_("Pay")), ("rent", N_("Rent")), ("other", N_("Other")))
LEAD_STATUSES = (("open", N_("open")), ("converted", N_("became a customer")), ("disqualified", N_("not suitable")),
                 ("duplicate", N_("duplicate")), ("spam", N_("spam")))  # fmt: skip
DIRECTIONS = (("at_least", N_("at least")), ("at_most", N_("at most")))


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: text, note, phone, code, codes, money, day, month, score, choice or ref (``ref``: the entity)."""

    key: str
    title: str
    kind: str = "text"
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    ref: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Entity:
    """``save(s, id or None, values)`` gives back the id; ``gone`` is the name of the change that voids or archives it."""

    key: str
    title: str
    table: type[Any]
    verb: str
    fields: tuple[Field, ...]
    added: str
    changed: str
    gone: str
    after: Callable[[Session, Any, Values, bool], None] | None = None

    def read(self, s: Session, row_id: int) -> Values:
        """The row as a form shows it."""
        row = s.get_one(self.table, row_id)
        values = {field.key: getattr(row, field.key, None) for field in self.fields}
        if self.key == "product":
            values["barcodes"] = " ".join(s.scalars(select(Barcode.text).where(Barcode.product_id == row_id).order_by(Barcode.id)))
        if self.key == "target":
            values |= planning.target_values(row)
        return values

    def problems(self, s: Session, row_id: int | None, values: Values) -> tuple[Problem, ...]:
        """What keeps the values from being saved."""
        found = [
            Problem(field.key, tr("{field} is needed.", field=tr(field.title)))
            for field in self.fields
            if field.needed and values.get(field.key) in (None, "")
        ]
        for key in ("code", "number", "name"):
            column = getattr(self.table, key if key != "name" else "name_fold", None)
            value = values.get(key)
            if not value or column is None or not any(f.key == key for f in self.fields):
                continue
            if key == "name" and self.table not in (Source, Category, Campaign):
                continue
            same = select(self.table.id).where(column == (fold(value) if key == "name" else value), self.table.id != (row_id or 0))
            if s.scalar(same):
                found.append(Problem(key, tr("“{value}” is there already.", value=value)))
        return tuple(found)

    def save(self, s: Session, row_id: int | None, values: Values) -> int:
        """The thing is as ``values`` say; gives back its id.

        Raises:
            Refused: the first of `problems`, or the role does not allow it.
        """
        may(s, self.verb)
        for problem in self.problems(s, row_id, values):
            raise Refused(problem.sentence, field=problem.field)
        row = s.get_one(self.table, row_id) if row_id else self.table()
        for field in self.fields:
            if field.key in values and hasattr(self.table, field.key) and not (self.key == "target" and field.key in ("month", "amount")):
                setattr(row, field.key, _kept(field, values[field.key]))
        if isinstance(row, Named):
            row.name_fold, row.name_sort = fold(row.name), sort_key(row.name)
        if row_id is None:
            if hasattr(self.table, "entered_at"):
                row.entered_at = utc_now()
            if self.after is None or self.key == "product":
                s.add(row)
        if self.after is not None:
            self.after(s, row, values, row_id is None)
        s.add(row)
        s.flush()
        found: int = row.id
        return found

    def remove(self, s: Session, row_id: int) -> None:
        """A document is voided, a thing that documents name is archived."""
        may(s, self.verb)
        row = s.get_one(self.table, row_id)
        if hasattr(self.table, "archived"):
            row.archived = 1
        else:
            row.status = "void"


def _kept(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = clean(value)
    return None if value == "" and not field.needed else value


# What saving one thing brings with it


def _product(s: Session, row: Product, values: Values, new: bool) -> None:
    row.unit = row.unit or ""
    row.measured = int(fold(row.unit) in MEASURED)
    s.add(row)
    s.flush()
    wanted = list(dict.fromkeys((values.get("barcodes") or "").split()))
    known = {barcode.text: barcode for barcode in s.scalars(select(Barcode).where(Barcode.product_id == row.id))}
    for text, barcode in known.items():
        if text not in wanted:
            s.delete(barcode)
    for text in wanted:
        if text not in known:
            if s.scalar(select(Barcode.id).where(Barcode.text == text)):
                raise Refused(N_("Barcode {code} belongs to another product."), code=text, field="barcodes")
            s.add(Barcode(product_id=row.id, text=text))


def _customer(s: Session, row: Customer, values: Values, new: bool) -> None:
    if new and row.first_source_id is not None:
        row.since = row.since or dt.date.today()  # noqa: DTZ011 - the shop's own clock
    s.add(row)
    s.flush()
    if new:
        following.tie_leads(s, row)


def _lead(s: Session, row: Lead, values: Values, new: bool) -> None:
    row.status = row.status or "open"
    if new and row.customer_id is None:
        row.customer_id = following.customer_like(s, row.phone, row.name)


def _deal(s: Session, row: Deal, values: Values, new: bool) -> None:
    row.name = row.name or ""
    row.name_fold = fold(row.name)
    following.place(s, row, values.get("closed"), new=new)


def _activity(s: Session, row: Activity, values: Values, new: bool) -> None:
    row.kind = row.kind or "other"


def _target(s: Session, row: Target, values: Values, new: bool) -> None:
    planning.set_target(s, row, values)


def _nps(s: Session, row: NpsAnswer, values: Values, new: bool) -> None:
    if not 0 <= int(row.score) <= 10:
        raise Refused(N_("A score is from 0 to 10."), field="score")


_NAME = Field("name", N_("Name"), needed=True)
_NOTE = Field("note", N_("Note"), "note")
_DAY = Field("day", N_("Day"), "day", needed=True)


def _ref(key: str, title: str, ref: str, *, needed: bool = False) -> Field:
    return Field(key, title, "ref", needed, ref=ref)


_SELLER, _CUSTOMER = _ref("seller_id", N_("Seller"), "seller"), _ref("customer_id", N_("Customer"), "customer")
_SOURCE, _CAMPAIGN = _ref("source_id", N_("Source"), "source"), _ref("campaign_id", N_("Campaign"), "campaign")

ENTITIES: dict[str, Entity] = {
    one.key: one
    for one in (
        Entity("product", N_("Product"), Product, "product",
               (_NAME, Field("code", N_("Code"), "code"), Field("barcodes", N_("Barcodes"), "codes"),
                _ref("category_id", N_("Category"), "category"), Field("unit", N_("Unit"), hint=N_("piece, kg, m ...")),
                Field("price", N_("Price"), "money"), Field("cost", N_("Purchase price"), "money")),
               N_("Add product {name}"), N_("Change product {name}"), N_("Archive product {name}"), _product),
        Entity("customer", N_("Customer"), Customer, "customer",
               (_NAME, Field("phone", N_("Phone"), "phone"), Field("code", N_("Code"), "code"),
                _ref("first_source_id", N_("Source"), "source"), _ref("first_campaign_id", N_("Campaign"), "campaign"), _NOTE),
               N_("Add customer {name}"), N_("Change customer {name}"), N_("Archive customer {name}"), _customer),
        Entity("seller", N_("Seller"), Seller, "seller",
               (_NAME, Field("phone", N_("Phone"), "phone"), Field("code", N_("Code"), "code"), Field("pay", N_("Monthly pay"), "money")),
               N_("Add seller {name}"), N_("Change seller {name}"), N_("Archive seller {name}")),
        Entity("category", N_("Category"), Category, "product", (_NAME,), N_("Add category {name}"), N_("Change category {name}"),
               N_("Archive category {name}")),
        Entity("source", N_("Source"), Source, "lead", (_NAME,), N_("Add source {name}"), N_("Change source {name}"),
               N_("Archive source {name}")),
        Entity("campaign", N_("Campaign"), Campaign, "campaign",
               (_NAME, Field("channel", N_("Channel")), Field("first_day", N_("First day"), "day"),
                Field("last_day", N_("Last day"), "day"), Field("budget", N_("Budget"), "money")),
               N_("Add campaign {name}"), N_("Change campaign {name}"), N_("Archive campaign {name}")),
        Entity("lead", N_("Lead"), Lead, "lead",
               (_NAME, Field("phone", N_("Phone"), "phone"), _DAY, _SOURCE, _CAMPAIGN, _SELLER,
                Field("status", N_("Status"), "choice", choices=LEAD_STATUSES), _NOTE),
               N_("Add lead {name}"), N_("Change lead {name}"), N_("Void lead {name}"), _lead),
        Entity("deal", N_("Deal"), Deal, "deal",
               (Field("name", N_("Deal"), needed=True), _CUSTOMER, _ref("lead_id", N_("Lead"), "lead"), _SELLER,
                _ref("stage_id", N_("Stage"), "stage", needed=True), Field("value", N_("Value"), "money"),
                Field("opened", N_("Opened"), "day"), Field("expected", N_("Expected"), "day"), Field("closed", N_("Closed"), "day"),
                Field("reason", N_("Reason")), _NOTE),
               N_("Add deal {name}"), N_("Change deal {name}"), N_("Void deal {name}"), _deal),
        Entity("activity", N_("Activity"), Activity, "activity",
               (Field("kind", N_("Kind"), "choice", needed=True, choices=ACTIVITY_KINDS), _DAY, Field("due", N_("Due"), "day"),
                Field("done", N_("Done"), "day"), _SELLER, _CUSTOMER, _ref("deal_id", N_("Deal"), "deal"), _NOTE),
               N_("Add activity"), N_("Change activity"), N_("Void activity"), _activity),
        Entity("cost", N_("Cost"), Cost, "cost",
               (_DAY, Field("amount", N_("Amount"), "money", needed=True),
                Field("kind", N_("Kind"), "choice", needed=True, choices=COST_KINDS), _CAMPAIGN, _SELLER, _NOTE),
               N_("Add cost"), N_("Change cost"), N_("Void cost")),
        Entity("target", N_("Target"), Target, "target",
               (Field("month", N_("Month, quarter or year"), "month", needed=True), Field("kpi", N_("KPI"), "kpi", needed=True),
                Field("amount", N_("Target"), "amount", needed=True), _SELLER,
                Field("direction", N_("At least or at most"), "choice", choices=DIRECTIONS), Field("person", N_("Answerable"))),
               N_("Add target"), N_("Change target"), N_("Void target"), _target),
        Entity("nps", N_("Customer's opinion"), NpsAnswer, "nps",
               (_DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), _CUSTOMER, Field("reason", N_("Reason"))),
               N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion"), _nps),
    )
}  # fmt: skip


def save(store: Any, key: str, row_id: int | None, values: Values) -> int:
    """Saves one thing as one change of the book; gives back its id."""
    entity = ENTITIES[key]
    name = entity.changed if row_id else entity.added
    with store.changing(name, name=values.get("name") or "") as s:
        return entity.save(s, row_id, values)


def remove(store: Any, key: str, row_id: int) -> None:
    """Archives or voids one thing as one change of the book."""
    entity = ENTITIES[key]
    with store.reading() as s:
        name = getattr(s.get_one(entity.table, row_id), "name", "")
    with store.changing(entity.gone, name=name) as s:
        entity.remove(s, row_id)
