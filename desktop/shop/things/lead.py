"""Leads: who asked and has not bought yet, and how one becomes a customer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.entity import CAMPAIGN, CUSTOMER, DAY, NAME, NOTE, PHONE, SELLER, SOURCE, Field, Problem, Values, there
from desktop.shop.kind import of_form
from desktop.shop.known import customer_of
from desktop.shop.lists import by_person, listing
from desktop.shop.places import PIPELINE
from desktop.shop.thing import Changes, Opens, Search, Shortcut, Thing, Verb
from desktop.shop.things import customer
from desktop.store.access import may
from desktop.store.dialect import run
from desktop.store.tables import Customer, Lead
from desktop.values.text import N_, tr

STATUSES = (("open", N_("open")), ("converted", N_("became a customer")), ("disqualified", N_("not suitable")),
            ("duplicate", N_("duplicate")), ("spam", N_("spam")))  # fmt: skip
NAMELESS = "سرنخ بی‌نام"


def _keep(s: Session, row: Lead, _values: Values, new: bool) -> None:
    """A new lead is open, and known if she is a customer already."""
    row.status = row.status or "open"
    if new and row.customer_id is None:
        row.customer_id = customer_of(run(s.connection()), row.code, row.phone, row.name)


def _remark(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    same = select(Lead.name).where(Lead.phone == values.get("phone"), Lead.status == "open", Lead.id != (row_id or 0))
    if values.get("phone") and (name := s.scalar(same)):
        yield Problem("phone", tr("{name} has asked with this number already; mark one of them as duplicate.", name=name))


def become_customer(s: Session, lead_id: int) -> int:
    """The lead is a customer from now on, with her source and campaign; gives back the customer's id."""
    may(s, "lead")
    lead = there(s, Lead, lead_id)
    if lead.customer_id is None:
        values = {"name": lead.name, "phone": lead.phone, "first_source_id": lead.source_id, "first_campaign_id": lead.campaign_id}
        lead.customer_id = customer.THING.save(s, None, values)
        s.get_one(Customer, lead.customer_id).since = lead.day
    lead.status = "converted"
    return lead.customer_id


THING = Thing(
    "lead", N_("Lead"), Lead,
    (NAME, PHONE, DAY, SOURCE, CAMPAIGN, SELLER, CUSTOMER, Field("status", N_("Status"), "choice", choices=STATUSES), NOTE),
    N_("Add lead {name}"), N_("Change lead {name}"), N_("Void lead {name}"), after=_keep, remark=_remark,
    lists=listing(
        "leads", N_("Leads"), "day", "name", "phone", "source", "seller", "campaign", "customer", "status", looks=by_person(Lead),
    ),
    new=N_("New lead"),
    picture="message-square",
    empty=N_("A lead is someone who asked and has not bought yet. Write them down, and you know your conversion rate."),
    place=PIPELINE,
    shortcut=Shortcut("F6", words="لید"),
    lights=N_("Add a lead"),
    search=Search(4, Lead.phone),
    verbs=(Verb(N_("Became a customer"), Changes(N_("Lead {name} becomes a customer"), become_customer)),
           Verb(N_("New deal"), Opens("deal", {"name": "name", "lead_id": "id"}))),
    narrow=("status", N_("All statuses"), STATUSES),
    cells={"status": dict(STATUSES) | {"void": N_("void")}},
    file=of_form(
        "leads", N_("Leads"), "code", "date", "name", "phone", "source", "seller", "status", "campaign", blank={"name"}, at=5
    ),
)  # fmt: skip
