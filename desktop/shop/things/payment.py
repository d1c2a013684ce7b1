"""Payments: what was paid for the sales, and how; they are written with the sale."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.shop.drafts import PAYMENT_NAMES
from desktop.shop.entity import Field
from desktop.shop.lists import listing
from desktop.shop.places import SALES
from desktop.shop.thing import Thing
from desktop.shop.things.sale import KIND
from desktop.store.tables import Payment
from desktop.values.text import N_


def _sale(s: Session, payment: int) -> tuple[str, int] | None:
    sale = s.get_one(Payment, payment).sale_id
    return ("sale", sale) if sale is not None else None


THING = Thing(
    listing=listing(
        "payments", N_("Payments"), Payment, "day", "kind", Field("sale", N_("Invoice"), "code"), "customer", "amount",
        looks=("customer", "sale"),
    ),
    new=N_("Record a sale"),
    empty=N_("What was paid for your sales, and how; it is written here by itself."),
    place=SALES, tab=1,
    kind=KIND,
    starts="sale",
    opens=_sale,
    cells={"kind": PAYMENT_NAMES},
)  # fmt: skip
