"""Ways by which customers heard of the shop."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop.shop.entity import NAME, Entity, Field
from desktop.shop.lists import listing
from desktop.shop.places import CUSTOMERS
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Customer, Source
from desktop.values.text import N_

_CAME = select(func.count()).where(Customer.first_source_id == Source.id, Customer.archived == 0).scalar_subquery()
FORM = Entity(
    "source", N_("Source"), Source, (NAME,),
    N_("Add source {name}"), N_("Change source {name}"), N_("Archive source {name}"),
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing("sources", N_("Sources"), FORM, "name", (Field("customers", N_("Customers"), "count"), _CAME)),
    new=N_("New source"),
    picture="filter",
    empty=N_("Ways by which customers heard of you: which of them brings buyers?"),
    place=CUSTOMERS, tab=1,
    search=Search(8),
)  # fmt: skip
