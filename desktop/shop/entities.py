"""Everything a shop keeps besides sales: what each thing consists of, how it is checked, saved, archived or voided.

One `Entity` value a thing; forms, undo and audit follow from it. Values are plain: text, ints, dates, ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop import following, people, planning, things
from desktop.shop.clock import utc_now
from desktop.shop.drafts import GONE, Problem, there
from desktop.shop.things import MEASURED
from desktop.store.access import may
from desktop.store.tables import (
    Activity,
    Campaign,
    Category,
    Cost,
    Customer,
    DayOff,
    Deal,
    Lead,
    Named,
    NpsAnswer,
    PriceIndex,
    Product,
    Seller,
    Source,
    Stage,
    Target,
    User,
)  # fmt: skip
from desktop.values import fold
from desktop.values.money import MOST
from desktop.values.quantity import parse_quantity, parse_share
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.store import Store

__all__ = ["ACTIVITY_KINDS", "COST_KINDS", "DIRECTIONS", "ENTITIES", "LEAD_STATUSES", "MEASURED", "ROLES", "Entity", "Field", "remove",
           "restore", "save"]  # fmt: skip

Values = dict[str, Any]

ACTIVITY_KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("message", N_("Message")), ("meeting", N_("Meeting")),
                  ("other", N_("Other")))  # fmt: skip
COST_KINDS = (("advertising", N_("Advertising")), ("pay", N_("Pay")), ("rent", N_("Rent")), ("other", N_("Other")))
LEAD_STATUSES = (("open", N_("open")), ("converted", N_("became a customer")), ("disqualified", N_("not suitable")),
                 ("duplicate", N_("duplicate")), ("spam", N_("spam")))  # fmt: skip
DIRECTIONS = (("at_least", N_("at least")), ("at_most", N_("at most")))
CLOSED = ((1, N_("closed")), (0, N_("open that day")))
ROLES = (("owner", N_("Owner")), ("accountant", N_("Accountant")), ("seller", N_("Seller")))

_READ: dict[str, Callable[[str], Any]] = {"phone": lambda text: fold.phone(text) or text, "code": fold.code, "codes": fold.code,
                                          "share": parse_share, "number": parse_quantity, "month": fold.code}  # fmt: skip
_RANGES = {"money": (0, MOST), "amount": (-MOST, MOST), "score": (0, 10), "share": (0, 10_000), "number": (0, 10**12)}


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    ``kind``: text, note, phone, code, codes (several, blanks between), money, amount (in a KPI's steps), share, number (in
    thousandths), day, month (also a quarter or year), score, kpi, choice (one of ``choices``, or when ``free`` the owner's own
    word) or ref (an id of entity ``ref``).
    """

    key: str
    title: str
    kind: str = "text"
    needed: bool = False
    choices: tuple[tuple[Any, str], ...] = ()
    ref: str = ""
    hint: str = ""
    least: int | None = None
    free: bool = False


@dataclass(frozen=True)
class Entity:
    """What a thing consists of. ``gone`` names the change that archives, voids or removes it.

    ``check`` finds what fields alone cannot tell; ``after`` brings about what goes with saving; ``show`` adds values for the
    form that are no columns (named in ``apart``); ``remark`` finds what is worth a second look; ``stays`` refuses to let go of
    what the shop cannot do without. ``by_day``: the key is a day, and a row's id that day's ordinal.
    """

    key: str
    title: str
    table: type[Any]
    verb: str
    fields: tuple[Field, ...]
    added: str
    changed: str
    gone: str
    check: Callable[[Session, int | None, Values], list[Problem]] | None = None
    after: Callable[[Session, Any, Values, bool], None] | None = None
    show: Callable[[Session, Any], Values] | None = None
    apart: frozenset[str] = frozenset()
    remark: Callable[[Session, int | None, Values], list[Problem]] | None = None
    stays: Callable[[Session, int], None] | None = None
    by_day: bool = False

    def row(self, s: Session, row_id: int) -> Any:
        """The row with this id.

        Raises:
            Refused: it is gone; adding it was undone.
        """
        return there(s, self.table, dt.date.fromordinal(row_id) if self.by_day else row_id)

    def read(self, s: Session, row_id: int) -> Values:
        """The thing as a form shows it."""
        row = self.row(s, row_id)
        values = {field.key: getattr(row, field.key) for field in self.fields if field.key not in self.apart}
        return values | (self.show(s, row) if self.show else {})

    def problems(self, s: Session, row_id: int | None, values: Values) -> tuple[Problem, ...]:
        """What keeps the values from being saved; a change needs only what changes."""
        tidy, found = self._tidied(self._whole(s, row_id, values))
        found += [] if found else self._gone(s, tidy)
        found += [] if found else [*self._taken(s, row_id, tidy), *(self.check(s, row_id, tidy) if self.check else ())]
        return tuple(found)

    def remarks(self, s: Session, row_id: int | None, values: Values) -> tuple[Problem, ...]:
        """What is worth a second look, though it can be saved as it is."""
        tidy, found = self._tidied(self._whole(s, row_id, values))
        return tuple(self.remark(s, row_id, tidy)) if self.remark and not found else ()

    def save(self, s: Session, row_id: int | None, values: Values) -> int:
        """The thing is as ``values`` say; gives back its id.

        Raises:
            Refused: the first of `problems`, or the role does not allow it.
        """
        may(s, self.verb)
        for problem in self.problems(s, row_id, values):
            raise Refused(problem.sentence, field=problem.field)
        values, _ = self._tidied(self._whole(s, row_id, values))
        row = self.row(s, row_id) if row_id and not self.by_day else self.table()
        for field in self.fields:
            if field.key not in self.apart:
                setattr(row, field.key, values.get(field.key))
        if isinstance(row, Named):
            row.name_fold, row.name_sort = fold.fold(row.name), fold.sort_key(row.name)
        if row_id is None and hasattr(self.table, "entered_at"):
            row.entered_at = utc_now()
        with s.no_autoflush:  # a row is whole only when ``after`` is done with it
            if self.after is not None:
                self.after(s, row, values, row_id is None)
            if self.by_day:
                row = self._on_its_day(s, row_id, row)
            s.add(row)
        s.flush()
        return _id(self, row)

    def _on_its_day(self, s: Session, row_id: int | None, row: Any) -> Any:
        """The row of that day; on another day than before it is another row."""
        if row_id and _id(self, row) != row_id:
            s.delete(self.row(s, row_id))
        return s.merge(row)

    def remove(self, s: Session, row_id: int) -> None:
        """A document is voided, a thing that documents name is archived, what nothing names is gone."""
        may(s, self.verb)
        row = self.row(s, row_id)
        if self.stays is not None:
            self.stays(s, row_id)
        if hasattr(self.table, "archived"):
            row.archived = 1
        elif hasattr(self.table, "status"):
            row.status = "void"
        else:
            s.delete(row)

    def restore(self, s: Session, row_id: int) -> None:
        """An archived thing is back in its list."""
        may(s, self.verb)
        self.row(s, row_id).archived = 0

    def _whole(self, s: Session, row_id: int | None, values: Values) -> Values:
        return self.read(s, row_id) | values if row_id else values

    def _tidied(self, values: Values) -> tuple[Values, list[Problem]]:
        """The values as they are kept, and what is wrong with each alone."""
        tidy: Values = dict(values)
        found: list[Problem] = []
        for field in self.fields:
            try:
                tidy[field.key] = _tidy(field, values.get(field.key))
            except Refused as refused:
                found.append(Problem(field.key, str(refused)))
        return tidy, found

    def _gone(self, s: Session, values: Values) -> Iterator[Problem]:
        """What the values name and the book has not: it was added beside the form, and that was undone."""
        for field in self.fields:
            if field.kind == "ref" and values.get(field.key) is not None and s.get(ENTITIES[field.ref].table, values[field.key]) is None:
                yield Problem(field.key, tr(GONE))

    def _taken(self, s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
        """Codes, and the names of what is known by name alone, are given once."""
        for key in ("code", "name"):
            column = {"code": "code", "name": "name_fold"}[key]
            value = values.get(key)
            if not value or not hasattr(self.table, column) or (key == "name" and not _by_name(self.table)):
                continue
            same = getattr(self.table, column) == (fold.fold(value) if key == "name" else value)
            said = Unit.CODE.number(value) if key == "code" else value
            twin = s.scalar(select(self.table).where(same, self.table.id != (row_id or 0)))
            if twin is not None and getattr(twin, "archived", False):
                yield Problem(key, tr("“{value}” is in the archive; bring it back from there.", value=said))
            elif twin is not None:
                yield Problem(key, tr("“{value}” is there already.", value=said))


def save(store: Store, key: str, row_id: int | None, values: Values) -> int:
    """Saves one thing as one change of the book; gives back its id."""
    entity = ENTITIES[key]
    with store.changing(entity.changed if row_id else entity.added, name=_name(store, entity, row_id, values)) as s:
        return entity.save(s, row_id, values)


def remove(store: Store, key: str, row_id: int) -> None:
    """Archives or voids one thing as one change of the book."""
    entity = ENTITIES[key]
    with store.changing(entity.gone, name=_name(store, entity, row_id, {})) as s:
        entity.remove(s, row_id)


def restore(store: Store, key: str, row_id: int) -> None:
    """Brings an archived thing back as one change of the book."""
    entity = ENTITIES[key]
    with store.changing(N_("Bring {name} back"), name=_name(store, entity, row_id, {})) as s:
        entity.restore(s, row_id)


def _name(store: Store, entity: Entity, row_id: int | None, values: Values) -> str:
    if values.get("name") or not row_id:
        return fold.clean(str(values.get("name") or ""))
    with store.reading() as s:
        return getattr(entity.row(s, row_id), "name", "")


def _id(entity: Entity, row: Any) -> int:
    key = next(iter(entity.table.__mapper__.primary_key)).key
    found: Any = getattr(row, key)
    return found.toordinal() if entity.by_day else int(found)


def _by_name(table: type[Any]) -> bool:
    return table in (Source, Category, Campaign, Stage)


def _tidy(field: Field, value: Any) -> Any:
    """``value`` as it is kept.

    Raises:
        Refused: it is missing, or not what the field is for.
    """
    if isinstance(value, str):
        value = fold.clean(value)
        value = _READ[field.kind](value) if value and field.kind in _READ else value
    if value is None or value == "":
        if field.needed:
            raise Refused(N_("{name} is needed."), name=tr(field.title))
        return None
    if field.kind == "phone" and fold.phone(value) is None:
        raise Refused(N_("“{text}” is not a phone number."), text=value)
    if field.kind == "choice" and not field.free and value not in dict(field.choices):
        raise Refused(N_("“{text}” is not one of the choices."), text=value)
    if field.kind in _RANGES:
        low, high = _RANGES[field.kind]
        low = low if field.least is None else field.least
        if not low <= value <= high:
            raise Refused(_too_far(field, low))
    return value


def _too_far(field: Field, low: int) -> str:
    if field.kind == "score":
        return N_("A score is from 0 to 10.")
    if field.kind == "share":
        return N_("A share is from 0 to 100%.")
    return N_("Type an amount above zero.") if low > 0 else N_("An amount cannot be negative.")


_NAME = Field("name", N_("Name"), needed=True)
_NOTE = Field("note", N_("Note"), "note")
_DAY = Field("day", N_("Day"), "day", needed=True)
_PHONE, _CODE = Field("phone", N_("Phone"), "phone"), Field("code", N_("Code"), "code")


def _ref(key: str, title: str, ref: str, *, needed: bool = False) -> Field:
    return Field(key, title, "ref", needed, ref=ref)


_SELLER, _CUSTOMER = _ref("seller_id", N_("Seller"), "seller"), _ref("customer_id", N_("Customer"), "customer")
_SOURCE, _CAMPAIGN = _ref("source_id", N_("Source"), "source"), _ref("campaign_id", N_("Campaign"), "campaign")
_CATEGORY = _ref("category_id", N_("Category"), "category")

ENTITIES: dict[str, Entity] = {
    one.key: one
    for one in (
        Entity("product", N_("Product"), Product, "product",
               (_NAME, _CODE, Field("barcodes", N_("Barcodes"), "codes"), _CATEGORY, Field("unit", N_("Unit"), hint=N_("piece, kg, m ...")),
                Field("price", N_("Price"), "money"), Field("cost", N_("Purchase price"), "money")),
               N_("Add product {name}"), N_("Change product {name}"), N_("Archive product {name}"),
               check=things.check_product, after=things.keep_product, show=things.show_product, apart=frozenset({"barcodes"}),
               remark=things.remark_product),
        Entity("customer", N_("Customer"), Customer, "customer",
               (_NAME, _PHONE, _CODE, _ref("first_source_id", N_("Source"), "source"),
                _ref("first_campaign_id", N_("Campaign"), "campaign"), _NOTE),
               N_("Add customer {name}"), N_("Change customer {name}"), N_("Archive customer {name}"), after=people.keep_customer,
               remark=people.remark_customer),
        Entity("seller", N_("Seller"), Seller, "seller", (_NAME, _PHONE, _CODE, Field("pay", N_("Monthly pay"), "money")),
               N_("Add seller {name}"), N_("Change seller {name}"), N_("Archive seller {name}"), remark=people.remark_seller),
        Entity("category", N_("Category"), Category, "product", (_NAME,), N_("Add category {name}"), N_("Change category {name}"),
               N_("Archive category {name}")),
        Entity("source", N_("Source"), Source, "lead", (_NAME,), N_("Add source {name}"), N_("Change source {name}"),
               N_("Archive source {name}")),
        Entity("campaign", N_("Campaign"), Campaign, "campaign",
               (_NAME, Field("channel", N_("Channel")), Field("first_day", N_("First day"), "day"),
                Field("last_day", N_("Last day"), "day"), Field("budget", N_("Budget"), "money")),
               N_("Add campaign {name}"), N_("Change campaign {name}"), N_("Archive campaign {name}"), check=planning.check_campaign),
        Entity("lead", N_("Lead"), Lead, "lead",
               (_NAME, _PHONE, _DAY, _SOURCE, _CAMPAIGN, _SELLER, _CUSTOMER,
                Field("status", N_("Status"), "choice", choices=LEAD_STATUSES), _NOTE),
               N_("Add lead {name}"), N_("Change lead {name}"), N_("Void lead {name}"), after=following.keep_lead,
               remark=following.remark_lead),
        Entity("deal", N_("Deal"), Deal, "deal",
               (_NAME, _CUSTOMER, _ref("lead_id", N_("Lead"), "lead"), _SELLER,
                _ref("stage_id", N_("Stage"), "stage", needed=True), Field("value", N_("Value"), "money"),
                Field("opened", N_("Opened"), "day"), Field("expected", N_("Expected"), "day"), Field("closed", N_("Closed"), "day"),
                Field("reason", N_("Reason")), _NOTE),
               N_("Add deal {name}"), N_("Change deal {name}"), N_("Void deal {name}"), check=following.check_deal,
               after=following.keep_deal, apart=frozenset({"closed"}), show=following.show_deal, remark=following.remark_deal),
        Entity("activity", N_("Activity"), Activity, "activity",
               (Field("kind", N_("Kind"), "choice", needed=True, choices=ACTIVITY_KINDS, free=True), _DAY, Field("due", N_("Due"), "day"),
                Field("done", N_("Done"), "day"), _SELLER, _CUSTOMER, _ref("deal_id", N_("Deal"), "deal"),
                _ref("lead_id", N_("Lead"), "lead"), _NOTE),
               N_("Add activity"), N_("Change activity"), N_("Void activity"), after=following.keep_activity),
        Entity("cost", N_("Cost"), Cost, "cost",
               (_DAY, Field("amount", N_("Amount"), "money", needed=True, least=1),
                Field("kind", N_("Kind"), "choice", needed=True, choices=COST_KINDS, free=True), _CAMPAIGN, _SELLER, _NOTE),
               N_("Add cost"), N_("Change cost"), N_("Void cost")),
        Entity("target", N_("Target"), Target, "target",
               (Field("month", N_("Month, quarter or year"), "month", needed=True), Field("kpi", N_("KPI"), "kpi", needed=True),
                Field("amount", N_("Target"), "amount", needed=True), _SELLER, _CATEGORY, _CAMPAIGN,
                Field("direction", N_("At least or at most"), "choice", choices=DIRECTIONS), Field("person", N_("Answerable"))),
               N_("Add target"), N_("Change target"), N_("Void target"), check=planning.check_target, after=planning.keep_target,
               show=planning.show_target, apart=frozenset({"month", "amount"})),
        Entity("nps", N_("Customer's opinion"), NpsAnswer, "nps",
               (_DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), _CUSTOMER, Field("reason", N_("Reason"))),
               N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion")),
        Entity("stage", N_("Stage"), Stage, "stage", (_NAME, Field("probability", N_("Probability"), "share", needed=True)),
               N_("Add stage {name}"), N_("Change stage {name}"), N_("Archive stage {name}"), check=following.check_stage,
               after=following.keep_stage, stays=following.keep_a_stage),
        Entity("price_index", N_("Price index"), PriceIndex, "calendar",
               (Field("month", N_("Month"), "month", needed=True), Field("value", N_("Index"), "number", needed=True, least=1)),
               N_("Add price index"), N_("Change price index"), N_("Remove price index"), check=planning.check_index,
               after=planning.keep_index, show=planning.show_index, apart=frozenset({"month"}), by_day=True),
        Entity("day_off", N_("Holiday of your own"), DayOff, "calendar",
               (_DAY, Field("name", N_("Name")), Field("closed", N_("Shop is closed"), "choice", needed=True, choices=CLOSED)),
               N_("Add day off"), N_("Change day off"), N_("Remove day off"), check=planning.check_day_off, after=planning.keep_day_off,
               by_day=True),
        Entity("user", N_("User"), User, "user",
               (_NAME, Field("role", N_("Role"), "choice", needed=True, choices=ROLES), _SELLER),
               N_("Add user {name}"), N_("Change user {name}"), N_("Archive user {name}"), check=people.check_user,
               stays=people.keep_an_owner),
    )
}  # fmt: skip
