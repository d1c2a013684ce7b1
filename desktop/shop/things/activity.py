"""Activities: calls, visits, messages ... done for a sale, or due."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.entity import CUSTOMER, DAY, NOTE, SELLER, Entity, Field, Values, ref
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.places import PIPELINE
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Shortcut, Thing
from desktop.shop.things.customer import CUSTOMER_CODE
from desktop.shop.things.deal import DEAL_CODE
from desktop.shop.things.lead import LEAD_CODE
from desktop.store.tables import Activity, Customer, Deal, Lead, Seller
from desktop.values.text import N_
from desktop.values.unit import Unit

KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("message", N_("Message")), ("meeting", N_("Meeting")), ("other", N_("Other")))

FROM_DEAL = ("customer_id", "seller_id")  # what an activity does not say of itself


def _keep(s: Session, row: Activity, _values: Values, _new: bool) -> None:
    """An activity of a deal is of its customer and seller too, when nobody says otherwise."""
    if row.deal_id is not None:
        deal = s.get_one(Deal, row.deal_id)
        for name in FROM_DEAL:
            setattr(row, name, getattr(row, name) or getattr(deal, name))


def _question(chosen: Filter) -> Question:
    question = (
        select(Activity.id, Activity.status, Activity.day, Activity.kind, Seller.name, Customer.name, Deal.name, Activity.due,
               Activity.done, Activity.note)
        .outerjoin(Seller, Seller.id == Activity.seller_id)
        .outerjoin(Customer, Customer.id == Activity.customer_id)
        .outerjoin(Deal, Deal.id == Activity.deal_id)
    )  # fmt: skip
    return narrowed(holding(question, chosen, Customer.name_fold, Deal.name_fold, Activity.note), chosen, Activity, Activity.day)


_EXPORT = f"""
    SELECT t.kind, t.day AS date, t.due, t.done, e.name AS seller, {CUSTOMER_CODE} AS customer,
      CASE WHEN d.status = 'final' THEN {DEAL_CODE} END AS deal, CASE WHEN l.status <> 'void' THEN {LEAD_CODE} END AS lead, t.note
    FROM activity t LEFT JOIN seller e ON e.id = t.seller_id LEFT JOIN customer c ON c.id = t.customer_id
    LEFT JOIN deal d ON d.id = t.deal_id LEFT JOIN lead l ON l.id = t.lead_id WHERE t.status = 'final' ORDER BY t.id"""
KIND = kind.Kind(
    "activities",
    N_("Activities"),
    (
        kind.Field("kind", N_("Kind"), "text", "نوع,نوع فعالیت,فعالیت,type,activity,activity type", needed=True),
        kind.Field("date", N_("Date"), "day", kind.DATE + ",activity date,تاریخ فعالیت", needed=True),
        kind.Field("due", N_("Due"), "day", "موعد,سررسید,مهلت,due date,deadline,تاریخ سررسید"),
        kind.Field("done", N_("Done"), "text", "انجام,انجام شد,انجام شده,تاریخ انجام,done date,completed,completed on,done on"),
        kind.SELLER_FIELD,
        kind.CUSTOMER_FIELD,
        kind.Field("deal", N_("Deal"), "text", "معامله,شماره معامله,deal id,deal number,opportunity,opportunity id"),
        kind.Field("lead", N_("Lead"), "text", "سرنخ,کد سرنخ,lead id,lead code"),
        kind.Field("note", N_("Note"), "text", kind.NOTE + ",شرح,subject,موضوع"),
    ),
    at=7,
)  # fmt: skip
THING = Thing(
    entity=Entity(
        "activity", N_("Activity"), Activity,
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
    new=N_("New activity"),
    empty=N_("Calls, visits, messages: what was done for a sale, and what is due."),
    place=PIPELINE, tab=2,
    shortcut=Shortcut("F8"),
    lights=N_("Enter an activity"),
    kind=KIND,
    exports={"activities": _EXPORT},
)  # fmt: skip
