"""Campaigns: when they ran, what they may cost and what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.entity import NAME, Entity, Field, Problem, Values
from desktop.shop.lists import listing
from desktop.shop.places import CAMPAIGNS
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Campaign, Cost
from desktop.values.text import N_, tr

BACKWARDS = N_("A campaign cannot end before it begins.")


def _check(_: Session, _row_id: int | None, values: Values) -> Iterator[Problem]:
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        yield Problem("last_day", tr(BACKWARDS))


_SPENT = select(func.sum(Cost.amount)).where(Cost.campaign_id == Campaign.id, Cost.status == "final").scalar_subquery()
FORM = Entity(
    "campaign", N_("Campaign"), Campaign,
    (NAME, Field("channel", N_("Channel")), Field("first_day", N_("First day"), "day"), Field("last_day", N_("Last day"), "day"),
     Field("budget", N_("Budget"), "money", secret="cost")),
    N_("Add campaign {name}"), N_("Change campaign {name}"), N_("Archive campaign {name}"), check=_check,
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing(
        "campaigns", N_("Campaigns"), FORM, "name", "channel", "first_day", "last_day", "budget",
        (Field("spent", N_("Spent"), "money", secret="cost"), _SPENT), order=("first_day", True),
    ),
    new=N_("New campaign"),
    picture="megaphone",
    empty=N_("Campaigns: what they cost and what they brought."),
    place=CAMPAIGNS,
    search=Search(7),
    kind=kind.of_form(
        FORM, "campaigns", N_("Campaigns"), "name", "channel", kind.Field("start", N_("First day"), "day", key="first_day"),
        kind.Field("end", N_("Last day"), "day", key="last_day"), "budget",
        at=8,
    ),
)  # fmt: skip
