"""Payments: what was paid for the sales, and how; they are written with the sale."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.drafts import PAYMENT_NAMES
from desktop.shop.lists import Listing, columns, sorting
from desktop.shop.places import SALES
from desktop.shop.questions import Filter, Question, holding, narrowed
from desktop.shop.thing import Thing
from desktop.shop.things.sale import KIND
from desktop.store.tables import Customer, Payment, Sale
from desktop.values.text import N_
from desktop.values.unit import Unit


def _sale(s: Session, payment: int) -> tuple[str, int] | None:
    """A payment is seen in its sale."""
    sale = s.get_one(Payment, payment).sale_id
    return ("sale", sale) if sale is not None else None


def _question(chosen: Filter) -> Question:
    question = (
        select(Payment.id, Payment.status, Payment.day, Payment.kind, Sale.number, Customer.name, Payment.amount)
        .outerjoin(Sale, Sale.id == Payment.sale_id)
        .outerjoin(Customer, Customer.id == Payment.customer_id)
    )
    return narrowed(holding(question, chosen, Customer.name_fold, Sale.number), chosen, Payment, Payment.day)


THING = Thing(
    listing=Listing(
        "payments", N_("Payments"), "payment", columns("day", "kind", ("sale", N_("Invoice"), Unit.CODE), "customer", "amount"),
        Payment, _question, ("day", True), sorting(Customer, day=Payment.day), frozenset({"day"}),
    ),
    new=N_("Record a sale"),
    empty=N_("What was paid for your sales, and how; it is written here by itself."),
    place=SALES, tab=1,
    kind=KIND,
    starts="sale",
    opens=_sale,
    cells={"kind": PAYMENT_NAMES},
)  # fmt: skip
