"""Documents of sale in their list: sales, returns, days' takings. Their verbs: `desktop.shop.sales` and `returns`."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.questions import Filter, Question, named_like, narrowed
from desktop.shop.thing import Thing
from desktop.store.tables import Customer, Sale, SaleSeller, Seller, SumDay
from desktop.values.fold import code, fold
from desktop.values.text import N_
from desktop.values.unit import Unit


def _question(chosen: Filter) -> Question:
    sellers = (
        select(func.string_agg(Seller.name, "، "))
        .join(SaleSeller, SaleSeller.seller_id == Seller.id)
        .where(SaleSeller.sale_id == Sale.id)
        .scalar_subquery()
    )
    question = select(
        Sale.id, Sale.status, Sale.number, Sale.kind, Sale.day, Sale.time, Customer.name, sellers, Sale.payment, Sale.lines,
        Sale.discount, Sale.total, Sale.tax,
    ).outerjoin(Customer, Customer.id == Sale.customer_id)  # fmt: skip
    if fold(chosen.text):
        # by index on either side: a number that begins so, or a customer called so
        number = code(chosen.text)
        numbered = and_(Sale.kind.in_(("sale", "return", "lump")), Sale.number >= number, Sale.number < number + chr(0x10FFFF))
        person = aliased(Customer)
        question = question.where(
            or_(numbered, Sale.customer_id.in_(select(person.id).where(named_like(person, chosen.text, person.phone))))
        )
    for seller in (value for name, value in chosen.only if name == "seller_id"):
        question = question.where(select(SaleSeller.sale_id).where(SaleSeller.sale_id == Sale.id, SaleSeller.seller_id == seller).exists())
    plain = replace(chosen, only=tuple(one for one in chosen.only if one[0] != "seller_id"))
    return narrowed(question, plain, Sale, Sale.day)


def _counted(s: Session, chosen: Filter) -> int | None:
    """How many there are of a long list: from the day sums."""
    if chosen.text or chosen.all or chosen.only:
        return None
    question = select(func.coalesce(func.sum(SumDay.documents), 0))
    if chosen.period is not None:
        question = question.where(SumDay.day >= chosen.period.start, SumDay.day < chosen.period.end)
    return int(s.scalar(question) or 0) // 10_000


THING = Thing(
    listing=Listing(
        "sales", N_("Sales"), "sale",
        columns("number", "kind", "day", ("time", N_("Time"), Unit.TIME), "customer", "seller", ("payment", N_("Payment"), Unit.TEXT),
                ("lines", N_("Lines"), Unit.COUNT), ("discount", N_("Discount"), Unit.MONEY), ("total", N_("Amount"), Unit.MONEY),
                ("tax", N_("Tax"), Unit.MONEY)),
        Sale, _question, ("day", True), sorting(Customer, day=Sale.day), frozenset({"day"}), counted=_counted,
    ),
)  # fmt: skip
