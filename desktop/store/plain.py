"""An ordinary SQLite copy of a book, without a key, for other programs."""

from __future__ import annotations

from pathlib import Path

from desktop.store.connection import APPLICATION_ID, connect
from desktop.store.dialect import copy_without_key


def write(book: Path, target: Path) -> None:
    """A copy lies at ``target`` when it is whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    db = connect(book)
    try:
        copy_without_key(db, part, APPLICATION_ID)
        part.replace(target)
    finally:
        db.close()
        part.unlink(missing_ok=True)
