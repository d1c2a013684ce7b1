"""Leads: who asked and has not bought yet, and how one becomes a customer."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.drafts import Problem, there
from desktop.shop.entity import CAMPAIGN, CUSTOMER, DAY, NAME, NOTE, PHONE, SELLER, SOURCE, Entity, Field, Values
from desktop.shop.known import customer_of
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.places import PIPELINE
from desktop.shop.questions import Filter, Question, named_like, narrowed, state
from desktop.shop.thing import Changes, Opens, Search, Shortcut, Thing, Verb
from desktop.shop.things import customer
from desktop.store.access import may
from desktop.store.dialect import run
from desktop.store.tables import Campaign, Customer, Lead, Seller, Source
from desktop.values.fold import code, fold
from desktop.values.text import N_, tr

STATUSES = (("open", N_("open")), ("converted", N_("became a customer")), ("disqualified", N_("not suitable")),
            ("duplicate", N_("duplicate")), ("spam", N_("spam")))  # fmt: skip
NAMELESS = "سرنخ بی‌نام"


def _keep(s: Session, row: Lead, _values: Values, new: bool) -> None:
    """A new lead is open, and known if she is a customer already."""
    row.status = row.status or "open"
    if new and row.customer_id is None:
        row.customer_id = customer_of(run(s.connection()), row.code, row.phone, row.name)


def _remark(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """Somebody with this phone has asked before."""
    if not values.get("phone"):
        return []
    same = select(Lead.name).where(Lead.phone == values["phone"], Lead.status == "open", Lead.id != (row_id or 0))
    name = s.scalar(same)
    return [Problem("phone", tr("{name} has asked with this number already; mark one of them as duplicate.", name=name))] if name else []


def become_customer(s: Session, lead_id: int) -> int:
    """The lead is a customer from now on, with her source and campaign; gives back the customer's id."""
    may(s, "lead")
    lead = there(s, Lead, lead_id)
    if lead.customer_id is None:
        values = {"name": lead.name, "phone": lead.phone, "first_source_id": lead.source_id, "first_campaign_id": lead.campaign_id}
        lead.customer_id = customer.FORM.save(s, None, values)
        s.get_one(Customer, lead.customer_id).since = lead.day
    lead.status = "converted"
    found: int = lead.customer_id
    return found


def _question(chosen: Filter) -> Question:
    question = (
        select(Lead.id, state(Lead), Lead.day, Lead.name, Lead.phone, Source.name, Seller.name, Campaign.name, Customer.name, Lead.status)
        .outerjoin(Source, Source.id == Lead.source_id)
        .outerjoin(Seller, Seller.id == Lead.seller_id)
        .outerjoin(Campaign, Campaign.id == Lead.campaign_id)
        .outerjoin(Customer, Customer.id == Lead.customer_id)
    )
    if fold(chosen.text):
        question = question.where(or_(named_like(Lead, chosen.text, Lead.phone), Lead.code == code(chosen.text)))
    return narrowed(question, chosen, Lead, Lead.day)


LEAD_CODE = "coalesce(l.code, 'lead-' || l.id)"
_EXPORT = f"""
    SELECT {LEAD_CODE} AS code, l.day AS date, l.name, l.phone, s.name AS source, e.name AS seller, l.status, a.name AS campaign
    FROM lead l LEFT JOIN source s ON s.id = l.source_id LEFT JOIN seller e ON e.id = l.seller_id
    LEFT JOIN campaign a ON a.id = l.campaign_id WHERE l.status <> 'void' ORDER BY l.id"""
KIND = kind.Kind(
    "leads",
    N_("Leads"),
    (
        kind.Field("code", N_("Code"), "code", "کد,کد سرنخ,lead id,lead code,id,شناسه," + kind.CUSTOMER_CODE),
        kind.Field("date", N_("Date"), "day", kind.DATE + ",تاریخ ایجاد,created,create date,created on,lead date,تاریخ تماس,اولین تماس",
                   needed=True),
        kind.Field("name", N_("Name"), "text", "نام,نام سرنخ,سرنخ,lead,lead name,contact,full name,نام و نام خانوادگی," + kind.CUSTOMER),
        kind.Field("phone", N_("Phone"), "phone", kind.PHONE),
        kind.SOURCE_FIELD,
        kind.SELLER_FIELD,
        kind.Field("status", N_("Status"), "text", kind.STATUS + ",وضعیت سرنخ,lead status"),
        kind.CAMPAIGN_FIELD,
    ),
    at=5,
)  # fmt: skip
THING = Thing(
    entity=Entity(
        "lead", N_("Lead"), Lead,
        (NAME, PHONE, DAY, SOURCE, CAMPAIGN, SELLER, CUSTOMER, Field("status", N_("Status"), "choice", choices=STATUSES), NOTE),
        N_("Add lead {name}"), N_("Change lead {name}"), N_("Void lead {name}"), after=_keep, remark=_remark,
    ),
    listing=Listing(
        "leads", N_("Leads"), "lead", columns("day", "name", "phone", "source", "seller", "campaign", "customer", "status"),
        Lead, _question, ("day", True), sorting(Source, Seller, Campaign, Customer, day=Lead.day), frozenset({"day", "name"}),
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
    kind=KIND,
    exports={"leads": _EXPORT},
)  # fmt: skip
