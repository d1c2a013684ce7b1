"""Activities: calls, visits, messages ... done for a sale, or due."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.entity import CUSTOMER, DAY, NOTE, SELLER, Entity, Field, Values, ref
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Thing
from desktop.store.tables import Activity, Customer, Deal, Lead, Seller
from desktop.values.text import N_
from desktop.values.unit import Unit

KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("message", N_("Message")), ("meeting", N_("Meeting")), ("other", N_("Other")))


def _keep(s: Session, row: Activity, _values: Values, _new: bool) -> None:
    """An activity of a deal is of its customer and seller too, when nobody says otherwise."""
    if row.deal_id is not None:
        deal = s.get_one(Deal, row.deal_id)
        row.customer_id, row.seller_id = row.customer_id or deal.customer_id, row.seller_id or deal.seller_id


def _question(chosen: Filter) -> Question:
    question = (
        select(Activity.id, Activity.status, Activity.day, Activity.kind, Seller.name, Customer.name, Deal.name, Activity.due,
               Activity.done, Activity.note)
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .outerjoin(Deal, Deal.id == Activity.deal_id)
    )  # fmt: skip
    return narrowed(holding(question, chosen, Customer.name_fold, Deal.name_fold, Activity.note), chosen, Activity, Activity.day)


THING = Thing(
    entity=Entity(
        "activity", N_("Activity"), Activity, "activity",
        (Field("kind", N_("Kind"), "choice", needed=True, choices=KINDS, free=True), DAY, Field("due", N_("Due"), "day"),
         Field("done", N_("Done"), "day"), SELLER, CUSTOMER, ref("deal_id", N_("Deal"), Deal), ref("lead_id", N_("Lead"), Lead), NOTE),
        N_("Add activity"), N_("Change activity"), N_("Void activity"), after=_keep,
    ),
    listing=Listing(
        "activities", N_("Activities"), "activity",
        columns("day", "kind", "seller", "customer", ("deal", N_("Deal"), Unit.TEXT), ("due", N_("Due"), Unit.DAY),
                ("done", N_("Done"), Unit.DAY), "note"),
        Activity, _question, ("day", True), sorting(Customer, Seller, day=Activity.day), frozenset({"day"}),
    ),
)  # fmt: skip
