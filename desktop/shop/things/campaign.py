"""Campaigns, when they ran and what they may cost; and money spent: advertising, pay, rent, or the owner's own word."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.entity import CAMPAIGN, DAY, NAME, NOTE, SELLER, Field, Values
from desktop.shop.lists import listing
from desktop.shop.places import CAMPAIGNS
from desktop.shop.thing import Search, Shortcut, Thing
from desktop.store.tables import Campaign, Cost
from desktop.values.text import N_, Refused

BACKWARDS = N_("A campaign cannot end before it begins.")


def _check(_: Session, _row_id: int | None, values: Values) -> None:
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        raise Refused(BACKWARDS, field="last_day")


_SPENT = select(func.sum(Cost.amount)).where(Cost.campaign_id == Campaign.id, Cost.status == "final").scalar_subquery()
THING = Thing(
    "campaign", N_("Campaign"), Campaign,
    (NAME, Field("channel", N_("Channel")), Field("first_day", N_("First day"), "day"), Field("last_day", N_("Last day"), "day"),
     Field("budget", N_("Budget"), "money", secret="cost")),
    N_("Add campaign {name}"), N_("Change campaign {name}"), N_("Archive campaign {name}"), check=_check,
    lists=listing(
        "campaigns", N_("Campaigns"), "name", "channel", "first_day", "last_day", "budget",
        (Field("spent", N_("Spent"), "money", secret="cost"), _SPENT), order=("first_day", True),
    ),
    new=N_("New campaign"),
    picture="megaphone",
    empty=N_("Campaigns: what they cost and what they brought."),
    place=CAMPAIGNS,
    search=Search(7),
    file=kind.of_form(
        "campaigns", N_("Campaigns"), "name", "channel", kind.Field("start", N_("First day"), "day", key="first_day"),
        kind.Field("end", N_("Last day"), "day", key="last_day"), "budget",
        at=8,
    ),
)  # fmt: skip

COST_KINDS = (("advertising", N_("Advertising")), ("pay", N_("Pay")), ("rent", N_("Rent")), ("other", N_("Other")))
COSTS = Thing(
    "cost", N_("Cost"), Cost,
    (DAY, Field("amount", N_("Amount"), "money", needed=True, least=1, secret="cost"),
     Field("kind", N_("Kind"), "choice", needed=True, choices=COST_KINDS, free=True), CAMPAIGN, SELLER, NOTE),
    N_("Add cost"), N_("Change cost"), N_("Void cost"),
    lists=listing(
        "costs", N_("Costs"), "day", "kind", "campaign", "seller", "amount", "note", looks=("campaign", "seller", "note")
    ),
    new=N_("New cost"),
    empty=N_("Costs: advertising for the cost of a new customer, pay and rent for the whole picture."),
    place=CAMPAIGNS, tab=1,
    shortcut=Shortcut("F9"),
    lights=N_("Enter a cost"),
    file=kind.of_form("costs", N_("Costs"), "date", "amount", "kind", "campaign", "seller", "note", blank={"kind"}, at=9),
)  # fmt: skip
