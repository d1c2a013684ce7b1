"""Customers' opinions: how likely they would recommend the shop, from 0 to 10."""

from __future__ import annotations

from sqlalchemy import select

from desktop.shop.entity import CUSTOMER, DAY, Entity, Field
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Thing
from desktop.store.tables import Customer, NpsAnswer
from desktop.values.text import N_
from desktop.values.unit import Unit


def _question(chosen: Filter) -> Question:
    question = select(
        NpsAnswer.id, NpsAnswer.status, NpsAnswer.day, NpsAnswer.score, Customer.name, NpsAnswer.reason
    ).outerjoin(Customer, Customer.id == NpsAnswer.customer_id)  # fmt: skip
    return narrowed(holding(question, chosen, Customer.name_fold, NpsAnswer.reason), chosen, NpsAnswer, NpsAnswer.day)


THING = Thing(
    entity=Entity(
        "nps", N_("Customer's opinion"), NpsAnswer, "nps",
        (DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), CUSTOMER, Field("reason", N_("Reason"))),
        N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion"),
    ),
    listing=Listing(
        "nps", N_("Customers' opinions"), "nps",
        columns("day", ("score", N_("Score"), Unit.COUNT), "customer", ("reason", N_("Reason"), Unit.TEXT)),
        NpsAnswer, _question, ("day", True), sorting(Customer, day=NpsAnswer.day), frozenset({"day"}),
    ),
)  # fmt: skip
