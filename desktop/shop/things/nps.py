"""Customers' opinions: how likely they would recommend the shop, from 0 to 10."""

from __future__ import annotations

from desktop.shop.entity import CUSTOMER, DAY, Entity, Field
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import OPINIONS
from desktop.shop.thing import Shortcut, Thing
from desktop.store.tables import NpsAnswer
from desktop.values.text import N_

FORM = Entity(
    "nps", N_("Customer's opinion"), NpsAnswer,
    (DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), CUSTOMER, Field("reason", N_("Reason"))),
    N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion"),
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing(
        "nps", N_("Customers' opinions"), FORM, "day", Field("score", N_("Score"), "count"), "customer", "reason",
        looks=("customer", "reason"),
    ),
    new=N_("New opinion"),
    empty=N_("Ask customers: from 0 to 10, how likely would you recommend us? Enter the answers here."),
    place=OPINIONS,
    shortcut=Shortcut("F12", N_("A customer's answer (NPS)")),
    lights=N_("Enter an opinion"),
    kind=of_form(FORM, "nps", N_("Customers' opinions"), "date", "score", "customer_code", "customer", "reason", at=11),
)  # fmt: skip
