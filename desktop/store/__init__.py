"""The book on disk: tables, two doors, news, undo, day sums, migrations, backup, keys, audit."""

from desktop.store.book import Change, Store
from desktop.store.trouble import Busy, NoRoom, Trouble

__all__ = ["Busy", "Change", "NoRoom", "Store", "Trouble"]
