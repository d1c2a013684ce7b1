"""Who sells here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.drafts import Problem
from desktop.shop.entity import CODE, NAME, PHONE, Entity, Field, Values
from desktop.shop.lists import Listing, columns
from desktop.shop.questions import named
from desktop.shop.thing import Thing
from desktop.store.tables import Seller
from desktop.values.column import Column
from desktop.values.fold import fold
from desktop.values.text import N_, tr
from desktop.values.unit import Unit


def _remark(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """A seller of this name is in the book."""
    same = select(Seller.id).where(Seller.name_fold == fold(values["name"]), Seller.id != (row_id or 0))
    return [] if s.scalar(same) is None else [Problem("name", tr("Another seller is called so too."))]


THING = Thing(
    entity=Entity(
        "seller", N_("Seller"), Seller, "seller", (NAME, PHONE, CODE, Field("pay", N_("Monthly pay"), "money")),
        N_("Add seller {name}"), N_("Change seller {name}"), N_("Archive seller {name}"), remark=_remark,
    ),
    listing=Listing(
        "sellers", N_("Sellers"), "seller", columns("name", "phone", "code", Column("pay", N_("Monthly pay"), Unit.MONEY, "others")),
        Seller, named(Seller, Seller.phone, Seller.code, Seller.pay), ("name", False),
    ),
)  # fmt: skip
