"""Who may do what: the role decides, at the verb; hiding a button is never the rule."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.store.tables import User
from desktop.values.text import N_, Refused

OWNER, ACCOUNTANT, SELLER = "owner", "accountant", "seller"
_SELLERS_MAY = frozenset({"sell", "customer", "lead", "deal", "activity", "nps", "payment"})
_OWNERS_ONLY = frozenset({"user", "closing", "settings"})


def may(s: Session, verb: str) -> None:
    """Goes on if the user of this session may do ``verb``.

    Raises:
        Refused: her role does not allow it.
    """
    user = s.get(User, s.info["user"])
    role = user.role if user and not user.archived else ""
    if role == OWNER or (role == ACCOUNTANT and verb not in _OWNERS_ONLY) or (role == SELLER and verb in _SELLERS_MAY):
        return
    raise Refused(N_("Your role does not allow this; ask the owner of the shop."))
