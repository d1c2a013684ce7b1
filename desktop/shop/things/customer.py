"""Customers: who may be one person twice, which leads she was, by which ways they heard of the shop, what they think of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.clock import shop_day
from desktop.shop.entity import CODE, CUSTOMER, DAY, NAME, NOTE, PHONE, Field, Problem, Values, ref
from desktop.shop.known import ties
from desktop.shop.lists import by_person, listing
from desktop.shop.places import CUSTOMERS, OPINIONS
from desktop.shop.thing import Search, Shortcut, Thing
from desktop.store.dialect import run
from desktop.store.tables import Campaign, Customer, Lead, NpsAnswer, Source, SumCustomer
from desktop.values.fold import fold
from desktop.values.text import N_, tr


def _keep(s: Session, row: Customer, _values: Values, new: bool) -> None:
    """Since when the source is known; leads that are this person belong to her from now on."""
    if row.since is None and (row.first_source_id is not None or row.first_campaign_id is not None):
        row.since = shop_day(s)
    s.add(row)
    s.flush()
    if new:
        for customer, lead in ties(run(s.connection()), row.id):
            s.get_one(Lead, lead).customer_id = customer


def _remark(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    others = select(Customer.name).where(Customer.id != (row_id or 0), Customer.archived == 0)
    if values.get("phone") and (name := s.scalar(others.where(Customer.phone == values["phone"]))):
        yield Problem("phone", tr("{name} has this phone number too.", name=name))
    elif s.scalar(others.where(Customer.name_fold == fold(values["name"]))):
        yield Problem("name", tr("Another customer is called so too."))


THING = Thing(
    "customer", N_("Customer"), Customer,
    (NAME, PHONE, CODE, ref("first_source_id", N_("Source"), Source), ref("first_campaign_id", N_("Campaign"), Campaign), NOTE),
    N_("Add customer {name}"), N_("Change customer {name}"), N_("Archive customer {name}"), after=_keep, remark=_remark,
    lists=listing(
        "customers", N_("Customers"), "name", "phone", "source",
        (Field("last_day", N_("Last purchase"), "day"), SumCustomer.last_day),
        (Field("orders", N_("Invoices"), "count"), SumCustomer.orders), (Field("net", N_("Purchases"), "money"), SumCustomer.net),
        joins=[(SumCustomer, SumCustomer.customer_id == Customer.id)], looks=by_person(Customer),
    ),
    new=N_("New customer"),
    picture="user",
    empty=N_("Your customers: with a name on the invoice you see who comes back."),
    place=CUSTOMERS,
    shortcut=Shortcut("F4"),
    lights=N_("Add a customer"),
    search=Search(2, Customer.phone),
    file=kind.of_form(
        "customers", N_("Customers"), "code", "name", "phone", kind.Field("source", N_("Source"), key="first_source_id"), "note",
        blank={"name"}, any_of=("code", "name", "phone"), at=3,
    ),
)  # fmt: skip

_CAME = select(func.count()).where(Customer.first_source_id == Source.id, Customer.archived == 0).scalar_subquery()
SOURCES = Thing(
    "source", N_("Source"), Source, (NAME,),
    N_("Add source {name}"), N_("Change source {name}"), N_("Archive source {name}"),
    lists=listing("sources", N_("Sources"), "name", (Field("customers", N_("Customers"), "count"), _CAME)),
    new=N_("New source"),
    picture="filter",
    empty=N_("Ways by which customers heard of you: which of them brings buyers?"),
    place=CUSTOMERS, tab=1,
    search=Search(8),
)  # fmt: skip
ASKED = Thing(
    "nps", N_("Customer's opinion"), NpsAnswer,
    (DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), CUSTOMER, Field("reason", N_("Reason"))),
    N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion"),
    lists=listing(
        "nps", N_("Customers' opinions"), "day", Field("score", N_("Score"), "count"), "customer", "reason",
        looks=("customer", "reason"),
    ),
    new=N_("New opinion"),
    empty=N_("Ask customers: from 0 to 10, how likely would you recommend us? Enter the answers here."),
    place=OPINIONS,
    shortcut=Shortcut("F12", N_("A customer's answer (NPS)")),
    lights=N_("Enter an opinion"),
    file=kind.of_form("nps", N_("Customers' opinions"), "date", "score", "customer_code", "customer", "reason", at=11),
)  # fmt: skip
