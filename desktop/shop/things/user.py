"""The program's users; somebody is always the owner."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import NAME, SELLER, Entity, Field, Values
from desktop.shop.thing import Thing
from desktop.store.access import ACCOUNTANT, OWNER
from desktop.store.access import SELLER as SELLING
from desktop.store.tables import User
from desktop.values.text import N_, Refused

ROLES = ((OWNER, N_("Owner")), (ACCOUNTANT, N_("Accountant")), (SELLING, N_("Seller")))


def _check(s: Session, row_id: int | None, values: Values) -> None:
    if row_id and values["role"] != OWNER:
        _stays(s, row_id)


def _stays(s: Session, user: int) -> None:
    if not s.scalar(select(func.count()).select_from(User).where(User.role == OWNER, User.archived == 0, User.id != user)):
        raise Refused(N_("Somebody has to be the owner."), field="role")


THING = Thing(
    entity=Entity(
        "user", N_("User"), User, (NAME, Field("role", N_("Role"), "choice", needed=True, choices=ROLES), SELLER),
        N_("Add user {name}"), N_("Change user {name}"), N_("Archive user {name}"), check=_check, stays=_stays,
    ),
)  # fmt: skip
