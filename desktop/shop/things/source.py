"""Ways by which customers heard of the shop."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop.shop.entity import NAME, Entity
from desktop.shop.lists import Listing, columns
from desktop.shop.places import CUSTOMERS
from desktop.shop.questions import Filter, Question, named
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Customer, Source
from desktop.values.text import N_
from desktop.values.unit import Unit


def _question(chosen: Filter) -> Question:
    came = select(func.count()).where(Customer.first_source_id == Source.id, Customer.archived == 0).scalar_subquery()
    return named(Source, came)(chosen)


THING = Thing(
    entity=Entity(
        "source", N_("Source"), Source, (NAME,),
        N_("Add source {name}"), N_("Change source {name}"), N_("Archive source {name}"),
    ),
    listing=Listing(
        "sources", N_("Sources"), "source", columns("name", ("customers", N_("Customers"), Unit.COUNT)), Source, _question,
        ("name", False),
    ),
    new=N_("New source"),
    picture="filter",
    empty=N_("Ways by which customers heard of you: which of them brings buyers?"),
    place=CUSTOMERS, tab=1,
    search=Search(8),
)  # fmt: skip
