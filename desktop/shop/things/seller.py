"""Who sells here, and who uses the program; somebody is always the owner."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import CODE, NAME, PHONE, SELLER, Field, Problem, Values
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import TARGETS
from desktop.shop.thing import Search, Thing
from desktop.store.access import ACCOUNTANT, OWNER
from desktop.store.access import SELLER as SELLING
from desktop.store.tables import Seller, User
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr


def _remark(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    same = select(Seller.id).where(Seller.name_fold == fold(values["name"]), Seller.id != (row_id or 0))
    if s.scalar(same) is not None:
        yield Problem("name", tr("Another seller is called so too."))


THING = Thing(
    "seller", N_("Seller"), Seller, (NAME, PHONE, CODE, Field("pay", N_("Monthly pay"), "money", secret="cost")),
    N_("Add seller {name}"), N_("Change seller {name}"), N_("Archive seller {name}"), remark=_remark,
    lists=listing("sellers", N_("Sellers"), "name", "phone", "code", "pay"),
    new=N_("New seller"),
    picture="users",
    empty=N_("Who sells here? With a seller on each sale you see who sold what."),
    place=TARGETS, tab=1,
    search=Search(6),
    file=of_form("sellers", N_("Sellers"), "name", "code", "pay", at=4),
)  # fmt: skip

ROLES = ((OWNER, N_("Owner")), (ACCOUNTANT, N_("Accountant")), (SELLING, N_("Seller")))


def _check(s: Session, row_id: int | None, values: Values) -> None:
    if row_id and values["role"] != OWNER:
        _stays(s, row_id)


def _stays(s: Session, user: int) -> None:
    if not s.scalar(select(func.count()).select_from(User).where(User.role == OWNER, User.archived == 0, User.id != user)):
        raise Refused(N_("Somebody has to be the owner."), field="role")


USERS = Thing(
    "user", N_("User"), User, (NAME, Field("role", N_("Role"), "choice", needed=True, choices=ROLES), SELLER),
    N_("Add user {name}"), N_("Change user {name}"), N_("Archive user {name}"), check=_check, stays=_stays,
)  # fmt: skip
