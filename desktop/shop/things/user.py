"""The program's users; somebody is always the owner."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import NAME, SELLER, Entity, Field, Problem, Values
from desktop.shop.thing import Thing
from desktop.store.access import ACCOUNTANT, OWNER
from desktop.store.access import SELLER as SELLING
from desktop.store.tables import User
from desktop.values.text import N_, Refused, tr

ROLES = ((OWNER, N_("Owner")), (ACCOUNTANT, N_("Accountant")), (SELLING, N_("Seller")))


def _check(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    if row_id and values["role"] != OWNER and _last_owner(s, row_id):
        yield Problem("role", tr("Somebody has to be the owner."))


def _stays(s: Session, user: int) -> None:
    if _last_owner(s, user):
        raise Refused(N_("Somebody has to be the owner."))


def _last_owner(s: Session, user: int) -> bool:
    return not s.scalar(select(func.count()).select_from(User).where(User.role == OWNER, User.archived == 0, User.id != user))


THING = Thing(
    entity=Entity(
        "user", N_("User"), User, (NAME, Field("role", N_("Role"), "choice", needed=True, choices=ROLES), SELLER),
        N_("Add user {name}"), N_("Change user {name}"), N_("Archive user {name}"), check=_check, stays=_stays,
    ),
)  # fmt: skip
