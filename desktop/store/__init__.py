"""The book on disk: tables, two doors, news, undo, day sums, migrations, backup, keys, audit.

Its names are fetched when first asked for: the first picture of the window needs none of SQLAlchemy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.store.book import Change, Store
    from desktop.store.trouble import Busy, Elsewhere, NoRoom, Trouble, Unsure

__all__ = ["Busy", "Change", "Elsewhere", "NoRoom", "Session", "Store", "Trouble", "Unsure"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    home = "sqlalchemy.orm" if name == "Session" else f"{__name__}.{'book' if name in ('Change', 'Store') else 'trouble'}"
    return getattr(import_module(home), name)
