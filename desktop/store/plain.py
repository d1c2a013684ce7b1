"""An ordinary SQLite copy of a book, without a key, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.store.connection import APPLICATION_ID
from desktop.store.dialect import copy_without_key


def write(db: Any, target: Path) -> None:
    """A copy of the book that ``db`` is connected to lies at ``target`` when it is whole; ``db`` is closed."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        copy_without_key(db, part, APPLICATION_ID)
        part.replace(target)
    finally:
        db.close()
        part.unlink(missing_ok=True)
