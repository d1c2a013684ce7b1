"""The program's users; somebody is always the owner."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.drafts import Problem
from desktop.shop.entity import NAME, SELLER, Entity, Field, Values
from desktop.shop.thing import Thing
from desktop.store.access import ACCOUNTANT, OWNER
from desktop.store.access import SELLER as SELLING
from desktop.store.tables import User
from desktop.values.text import N_, Refused, tr

ROLES = ((OWNER, N_("Owner")), (ACCOUNTANT, N_("Accountant")), (SELLING, N_("Seller")))


def _check(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """There is always an owner."""
    if row_id and values["role"] != OWNER and _last_owner(s, row_id):
        return [Problem("role", tr("Somebody has to be the owner."))]
    return []


def _stays(s: Session, user: int) -> None:
    """Goes on if somebody else is an owner too.

    Raises:
        Refused: ``user`` is the last one.
    """
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
