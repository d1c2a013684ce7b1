"""Money spent: advertising, pay, rent, or the owner's own word."""

from __future__ import annotations

from sqlalchemy import select

from desktop.shop import kind
from desktop.shop.entity import CAMPAIGN, DAY, NOTE, SELLER, Entity, Field
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.places import CAMPAIGNS
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Shortcut, Thing
from desktop.store.tables import Campaign, Cost, Seller
from desktop.values.column import Column
from desktop.values.text import N_
from desktop.values.unit import Unit

KINDS = (("advertising", N_("Advertising")), ("pay", N_("Pay")), ("rent", N_("Rent")), ("other", N_("Other")))


def _question(chosen: Filter) -> Question:
    question = (
        select(Cost.id, Cost.status, Cost.day, Cost.kind, Campaign.name, Seller.name, Cost.amount, Cost.note)
        .outerjoin(Campaign, Campaign.id == Cost.campaign_id)
        .outerjoin(Seller, Seller.id == Cost.seller_id)
    )
    return narrowed(holding(question, chosen, Campaign.name_fold, Seller.name_fold, Cost.note), chosen, Cost, Cost.day)


KIND = kind.Kind(
    "costs",
    N_("Costs"),
    (
        kind.Field("date", N_("Date"), "day", kind.DATE + ",تاریخ هزینه", needed=True),
        kind.Field("amount", N_("Amount"), "money", "مبلغ,هزینه,مبلغ هزینه,cost,value,total,spend,مقدار", needed=True),
        kind.Field("kind", N_("Kind"), "text", "نوع,نوع هزینه,بابت,سرفصل,type,category,cost type,گروه هزینه,گروه"),
        kind.CAMPAIGN_FIELD,
        kind.SELLER_FIELD,
        kind.Field("note", N_("Note"), "text", kind.NOTE + ",شرح,description"),
    ),
    at=9,
)  # fmt: skip
THING = Thing(
    entity=Entity(
        "cost", N_("Cost"), Cost,
        (DAY, Field("amount", N_("Amount"), "money", needed=True, least=1, secret="cost"),
         Field("kind", N_("Kind"), "choice", needed=True, choices=KINDS, free=True), CAMPAIGN, SELLER, NOTE),
        N_("Add cost"), N_("Change cost"), N_("Void cost"),
    ),
    listing=Listing(
        "costs", N_("Costs"), "cost",
        columns("day", "kind", "campaign", "seller", Column("amount", N_("Amount"), Unit.MONEY, "cost"), "note"), Cost, _question,
        ("day", True), sorting(Campaign, Seller, day=Cost.day), frozenset({"day"}),
    ),
    new=N_("New cost"),
    empty=N_("Costs: advertising for the cost of a new customer, pay and rent for the whole picture."),
    place=CAMPAIGNS, tab=1,
    shortcut=Shortcut("F9"),
    lights=N_("Enter a cost"),
    kind=KIND,
)  # fmt: skip
