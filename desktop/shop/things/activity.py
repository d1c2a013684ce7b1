"""Activities: calls, visits, messages ... done for a sale, or due."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.entity import CUSTOMER, DAY, NOTE, SELLER, Field, Values, ref
from desktop.shop.lists import listing
from desktop.shop.places import PIPELINE
from desktop.shop.thing import Shortcut, Thing
from desktop.store.tables import Activity, Deal, Lead
from desktop.values.text import N_

KINDS = (("call", N_("Call")), ("visit", N_("Visit")), ("message", N_("Message")), ("meeting", N_("Meeting")), ("other", N_("Other")))

FROM_DEAL = ("customer_id", "seller_id")  # what an activity does not say of itself


def _keep(s: Session, row: Activity, _values: Values, _new: bool) -> None:
    """An activity of a deal is of its customer and seller too, when nobody says otherwise."""
    if row.deal_id is not None:
        deal = s.get_one(Deal, row.deal_id)
        for name in FROM_DEAL:
            setattr(row, name, getattr(row, name) or getattr(deal, name))


THING = Thing(
    "activity", N_("Activity"), Activity,
    (Field("kind", N_("Kind"), "choice", needed=True, choices=KINDS, free=True), DAY, Field("due", N_("Due"), "day"),
     Field("done", N_("Done"), "day"), SELLER, CUSTOMER, ref("deal_id", N_("Deal"), Deal), ref("lead_id", N_("Lead"), Lead), NOTE),
    N_("Add activity"), N_("Change activity"), N_("Void activity"), after=_keep,
    lists=listing(
        "activities", N_("Activities"), "day", "kind", "seller", "customer", "deal", "due", "done", "note",
        looks=("customer", "deal", "note"),
    ),
    new=N_("New activity"),
    empty=N_("Calls, visits, messages: what was done for a sale, and what is due."),
    place=PIPELINE, tab=2,
    shortcut=Shortcut("F8"),
    lights=N_("Enter an activity"),
    file=kind.of_form(
        "activities", N_("Activities"), "kind", "date", "due", kind.Field("done", N_("Done")), "seller", "customer", "deal",
        "lead", "note",
        at=7,
    ),
)  # fmt: skip
