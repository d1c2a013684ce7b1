"""An ordinary SQLite copy of a book, without a key, for other programs."""

from __future__ import annotations

from pathlib import Path

from desktop.store.connection import APPLICATION_ID, connect


def write(book: Path, target: Path) -> None:
    """A copy lies at ``target`` when it is whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    db = connect(book)
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("ATTACH DATABASE ? AS plain KEY ''", (str(part),))
        db.execute("SELECT sqlcipher_export('plain')").fetchall()
        db.execute(f"PRAGMA plain.user_version = {version}")
        db.execute(f"PRAGMA plain.application_id = {APPLICATION_ID}")
        db.execute("DETACH DATABASE plain")
        part.replace(target)
    finally:
        db.close()
        part.unlink(missing_ok=True)
