"""Customers' opinions: how likely they would recommend the shop, from 0 to 10."""

from __future__ import annotations

from sqlalchemy import select

from desktop.shop import kind
from desktop.shop.entity import CUSTOMER, DAY, Entity, Field
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.places import OPINIONS
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Shortcut, Thing
from desktop.store.tables import Customer, NpsAnswer
from desktop.values.text import N_
from desktop.values.unit import Unit


def _question(chosen: Filter) -> Question:
    question = select(
        NpsAnswer.id, NpsAnswer.status, NpsAnswer.day, NpsAnswer.score, Customer.name, NpsAnswer.reason
    ).outerjoin(Customer, Customer.id == NpsAnswer.customer_id)  # fmt: skip
    return narrowed(holding(question, chosen, Customer.name_fold, NpsAnswer.reason), chosen, NpsAnswer, NpsAnswer.day)


_EXPORT = """
    SELECT t.day AS date, t.score, c.code AS customer_code, c.name AS customer, t.reason
    FROM nps_answer t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.status = 'final' ORDER BY t.id"""
KIND = kind.Kind(
    "nps",
    N_("Customers' opinions"),
    (
        kind.Field("date", N_("Date"), "day", kind.DATE + ",تاریخ پاسخ,answer date,response date", needed=True),
        kind.Field("score", N_("Score, 0 to 10"), "score", "امتیاز,نمره,nps,rating,nps score", needed=True),
        kind.CODE_FIELD,
        kind.CUSTOMER_FIELD,
        kind.Field("reason", N_("Reason"), "text", "دلیل,علت,نظر,comment,feedback," + kind.NOTE),
    ),
    at=11,
)  # fmt: skip
THING = Thing(
    entity=Entity(
        "nps", N_("Customer's opinion"), NpsAnswer,
        (DAY, Field("score", N_("Score, 0 to 10"), "score", needed=True), CUSTOMER, Field("reason", N_("Reason"))),
        N_("Add an opinion"), N_("Change an opinion"), N_("Void an opinion"),
    ),
    listing=Listing(
        "nps", N_("Customers' opinions"), "nps",
        columns("day", ("score", N_("Score"), Unit.COUNT), "customer", ("reason", N_("Reason"), Unit.TEXT)),
        NpsAnswer, _question, ("day", True), sorting(Customer, day=NpsAnswer.day), frozenset({"day"}),
    ),
    new=N_("New opinion"),
    empty=N_("Ask customers: from 0 to 10, how likely would you recommend us? Enter the answers here."),
    place=OPINIONS,
    shortcut=Shortcut("F12", N_("A customer's answer (NPS)")),
    lights=N_("Enter an opinion"),
    kind=KIND,
    exports={"nps": _EXPORT},
)  # fmt: skip
