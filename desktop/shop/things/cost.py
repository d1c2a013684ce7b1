"""Money spent: advertising, pay, rent, or the owner's own word."""

from __future__ import annotations

from desktop.shop.entity import CAMPAIGN, DAY, NOTE, SELLER, Entity, Field
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import CAMPAIGNS
from desktop.shop.thing import Shortcut, Thing
from desktop.store.tables import Cost
from desktop.values.text import N_

KINDS = (("advertising", N_("Advertising")), ("pay", N_("Pay")), ("rent", N_("Rent")), ("other", N_("Other")))
FORM = Entity(
    "cost", N_("Cost"), Cost,
    (DAY, Field("amount", N_("Amount"), "money", needed=True, least=1, secret="cost"),
     Field("kind", N_("Kind"), "choice", needed=True, choices=KINDS, free=True), CAMPAIGN, SELLER, NOTE),
    N_("Add cost"), N_("Change cost"), N_("Void cost"),
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing(
        "costs", N_("Costs"), FORM, "day", "kind", "campaign", "seller", "amount", "note", looks=("campaign", "seller", "note")
    ),
    new=N_("New cost"),
    empty=N_("Costs: advertising for the cost of a new customer, pay and rent for the whole picture."),
    place=CAMPAIGNS, tab=1,
    shortcut=Shortcut("F9"),
    lights=N_("Enter a cost"),
    kind=of_form(FORM, "costs", N_("Costs"), "date", "amount", "kind", "campaign", "seller", "note", blank={"kind"}, at=9),
)  # fmt: skip
