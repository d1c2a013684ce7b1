"""Who sells here."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.entity import CODE, NAME, PHONE, Entity, Field, Problem, Values
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import TARGETS
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Seller
from desktop.values.fold import fold
from desktop.values.text import N_, tr


def _remark(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    same = select(Seller.id).where(Seller.name_fold == fold(values["name"]), Seller.id != (row_id or 0))
    if s.scalar(same) is not None:
        yield Problem("name", tr("Another seller is called so too."))


FORM = Entity(
    "seller", N_("Seller"), Seller, (NAME, PHONE, CODE, Field("pay", N_("Monthly pay"), "money", secret="cost")),
    N_("Add seller {name}"), N_("Change seller {name}"), N_("Archive seller {name}"), remark=_remark,
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing("sellers", N_("Sellers"), FORM, "name", "phone", "code", "pay"),
    new=N_("New seller"),
    picture="users",
    empty=N_("Who sells here? With a seller on each sale you see who sold what."),
    place=TARGETS, tab=1,
    search=Search(6),
    kind=of_form(FORM, "sellers", N_("Sellers"), "name", "code", "pay", at=4),
)  # fmt: skip
