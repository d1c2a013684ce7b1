"""The book on disk: tables, two doors, news, undo, day sums, migrations, backup, keys, audit."""

from sqlalchemy.orm import Session

from desktop.store.book import Change, Store
from desktop.store.trouble import Busy, Elsewhere, NoRoom, Trouble, Unsure

__all__ = ["Busy", "Change", "Elsewhere", "NoRoom", "Session", "Store", "Trouble", "Unsure"]
