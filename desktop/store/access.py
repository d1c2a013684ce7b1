"""Who may do what and see what: the role decides, at the verb and where rows come out; hiding a button is never the rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desktop.values.text import N_, Refused

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_YOURS = N_("Your role does not allow this; ask the owner of the shop.")
OWNER, ACCOUNTANT, SELLER = "owner", "accountant", "seller"

# what each role may do; the owner may do everything
_SELLERS = frozenset({"sell", "customer", "lead", "deal", "activity", "nps", "payment", "undo"})
_ACCOUNTANTS = _SELLERS | {"product", "seller", "campaign", "cost", "target", "calendar", "import", "export", "settings", "check", "backup"}
_MAY = {OWNER: _ACCOUNTANTS | {"stage", "user", "closing", "restore"}, ACCOUNTANT: _ACCOUNTANTS, SELLER: _SELLERS}


def role_in(db: Any, user: int) -> str:
    """The role of a user, asked of a driver's connection; empty for one who was archived, or whom the book does not know."""
    found: tuple[str] | None = db.execute("SELECT role FROM user WHERE id = ? AND archived = 0", (user,)).fetchone()
    return found[0] if found else ""


def allowed(s: Session, verb: str) -> bool:
    """Whether the session's user may do ``verb``, for buttons; the verb itself asks `may`."""
    user = _user(s)
    return can(user.role if user else "", verb)


def can(role: str, verb: str) -> bool:
    """Whether somebody of this role may do ``verb``."""
    assert verb in _MAY[OWNER], f"no role may do {verb}"
    return verb in _MAY.get(role, ())


def oversees(role: str) -> bool:
    """Whether somebody of this role sees all that is secret."""
    return role in (OWNER, ACCOUNTANT)


def may(s: Session, verb: str) -> None:
    """Goes on if the user of this session may do ``verb``, else it is `Refused`."""
    if not allowed(s, verb):
        raise Refused(NOT_YOURS)


def sees(s: Session, secret: str, seller: int | None = None) -> bool:
    """Whether the session's user may see what is so ``secret``: none, cost or others.

    ``cost`` (what goods cost, pay, profit and all that lets one compute them) is for owner and accountant. ``others`` (numbers of
    the shop or of a seller) too; a seller sees those of herself, asked for as ``seller``; who is no seller sees none of them.
    """
    user = _user(s)
    if user is None or oversees(user.role):
        return user is not None
    return secret == "none" or (secret == "others" and seller is not None and seller == user.seller_id)


def own_seller(s: Session) -> int | None:
    """Who the session's user is among the sellers, if the role is a seller's."""
    user = _user(s)
    found: int | None = user.seller_id if user and user.role == SELLER else None
    return found


def hidden(s: Session, said: Iterable[Any]) -> frozenset[str]:
    """The keys of those that the session's user may not see; of columns, or of a form's fields."""
    return frozenset(one.key for one in said if not sees(s, one.secret))


def _user(s: Session) -> Any:
    from desktop.store.tables import User  # not for `role_in`, which the first picture asks

    user = s.info["held"] = s.get(User, s.info["user"])  # what nobody holds, a session forgets: it would ask again for each column
    return user if user and not user.archived else None
