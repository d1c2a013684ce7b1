"""Customers, sellers and the program's users: who may be one person twice, and that an owner stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.clock import shop_day
from desktop.shop.drafts import Problem
from desktop.shop.known import ties
from desktop.store.access import OWNER
from desktop.store.tables import Customer, Lead, Seller, User
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr


def keep_customer(s: Session, row: Customer, _values: dict[str, Any], new: bool) -> None:
    """Since when the source is known; leads that are this person belong to her from now on."""
    if row.since is None and (row.first_source_id is not None or row.first_campaign_id is not None):
        row.since = shop_day(s)
    s.add(row)
    s.flush()
    if new:
        for customer, lead in ties(s.connection().exec_driver_sql, row.id):
            s.get_one(Lead, lead).customer_id = customer


def remark_customer(s: Session, row_id: int | None, values: dict[str, Any]) -> list[Problem]:
    """Somebody with the same phone, or the same name, is in the book."""
    others = select(Customer.name).where(Customer.id != (row_id or 0), Customer.archived == 0)
    if values.get("phone") and (name := s.scalar(others.where(Customer.phone == values["phone"]))):
        return [Problem("phone", tr("{name} has this phone number too.", name=name))]
    if s.scalar(others.where(Customer.name_fold == fold(values["name"]))):
        return [Problem("name", tr("Another customer is called so too."))]
    return []


def remark_seller(s: Session, row_id: int | None, values: dict[str, Any]) -> list[Problem]:
    """A seller of this name is in the book."""
    same = select(Seller.id).where(Seller.name_fold == fold(values["name"]), Seller.id != (row_id or 0))
    return [] if s.scalar(same) is None else [Problem("name", tr("Another seller is called so too."))]


def check_user(s: Session, row_id: int | None, values: dict[str, Any]) -> list[Problem]:
    """There is always an owner."""
    if row_id and values["role"] != OWNER and _last_owner(s, row_id):
        return [Problem("role", tr("Somebody has to be the owner."))]
    return []


def keep_an_owner(s: Session, user: int) -> None:
    """Goes on if somebody else is an owner too.

    Raises:
        Refused: ``user`` is the last one.
    """
    if _last_owner(s, user):
        raise Refused(N_("Somebody has to be the owner."))


def _last_owner(s: Session, user: int) -> bool:
    return not s.scalar(select(func.count()).select_from(User).where(User.role == OWNER, User.archived == 0, User.id != user))
