"""Who may do what and see what: the role decides, at the verb; hiding a button is never the rule."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from desktop.store.tables import User
from desktop.values.column import Column
from desktop.values.text import N_, Refused

OWNER, ACCOUNTANT, SELLER = "owner", "accountant", "seller"

# what each role may do; the owner may do everything
_SELLERS = frozenset({"sell", "customer", "lead", "deal", "activity", "nps", "payment"})
_ACCOUNTANTS = _SELLERS | {"product", "seller", "campaign", "cost", "target", "calendar", "import", "export"}
_MAY = {ACCOUNTANT: _ACCOUNTANTS, SELLER: _SELLERS}


def role(s: Session) -> str:
    """The role of the session's user; empty for one who was archived."""
    user = s.get(User, s.info["user"])
    return user.role if user and not user.archived else ""


def allowed(s: Session, verb: str) -> bool:
    """Whether the session's user may do ``verb``, for buttons; the verb itself asks `may`."""
    found = role(s)
    return found == OWNER or verb in _MAY.get(found, ())


def may(s: Session, verb: str) -> None:
    """Goes on if the user of this session may do ``verb``.

    Raises:
        Refused: the role does not allow it.
    """
    if not allowed(s, verb):
        raise Refused(N_("Your role does not allow this; ask the owner of the shop."))


def visible(s: Session, columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns that the session's user may see: what goods cost and others' numbers are hidden from a seller."""
    open_to_all = role(s) in (OWNER, ACCOUNTANT)
    return tuple(column for column in columns if open_to_all or column.secret == "none")
