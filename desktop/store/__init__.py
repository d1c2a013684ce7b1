"""The book on disk: tables, two doors, news, undo, day sums, migrations, backup, keys, audit.

Names that need SQLAlchemy are fetched when first asked for: the first picture of the window needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.store.trouble import Busy, Elsewhere, Trouble, Unsure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.store.book import Change, Store

__all__ = ["Busy", "Change", "Elsewhere", "Session", "Store", "Trouble", "Unsure"]

_LATER = {"Session": "sqlalchemy.orm", "Change": "desktop.store.audit", "Store": "desktop.store.book"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(_LATER[name]), name)
