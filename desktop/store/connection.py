"""One connection to a book: its key, its pragmas, and the sentence for a disk that refuses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as driver

from desktop.store import steps
from desktop.store.trouble import Trouble
from desktop.values.text import N_, Refused

# Every book is an SQLCipher file: each page carries a checksum that no flipped bit survives. Without a password the
# key is this published constant - integrity, not secrecy.
OPEN_KEY = bytes.fromhex("c4e2a64f1b0d5e3790a8f6cc21b75d9e4a3f8812d06be97453c1fa08e7269bd1")
APPLICATION_ID = 0x43524748  # "CRGH"

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # with NORMAL a power cut loses sales that were said to be saved
    "foreign_keys = ON",
    "cell_size_check = ON",
    "trusted_schema = OFF",
)

_DAMAGED = N_("The book's file is damaged. Restore the last backup; nothing was written.")
_EIO = "disk I/O error"
_TROUBLES = {  # what SQLite says, and what we say
    "unable to open database file": N_("The book cannot be opened: its folder is full, gone or not writable."),
    "readonly": N_("The book is in a place that may only be read. Copy it to a folder of your own."),
    "database is locked": N_("Another program holds the book. Wait a moment, then try again."),
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "integer overflow": N_("These amounts together are more than can be added up. Look for one that has too many zeros."),
    _EIO: N_("The disk reports an error. Make a backup to another disk, then open the book again."),
}

# For each NULL the driver looks for an adapter and, finding none, makes and drops an error: four fifths of the time of a
# row's INSERT. This one, in C, gives None back.
driver.register_adapter(type(None), {}.get)


def address(path: Path, mode: str) -> str:
    """The file for SQLite, which may read it (``ro``), write it (``rw``) or make it (``rwc``)."""
    name = path.absolute().as_posix()
    return f"file://{'' if name[0] == '/' else '/'}{quote(os.fsencode(name))}?mode={mode}"


def connect(path: Path, *, new: bool = False) -> Any:
    """A driver connection with its own transaction handling off; waits 5 s for another writer. A file is made only if ``new``."""
    from desktop.store.dialect import Median

    if not new and path.is_file() and not path.stat().st_size:
        raise driver.DatabaseError("file is not a database")  # SQLite would take it for an empty one, and write into it
    db = driver.connect(address(path, "rwc" if new else "rw"), uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    unlock(db)
    for pragma in _PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    db.create_aggregate("median", 1, Median)
    return db


def unlock(db: Any) -> None:
    """The connection can read the book; must come before anything else is asked."""
    db.execute("PRAGMA cipher_log_level = NONE")  # else SQLCipher prints its errors on standard error
    db.execute(f"PRAGMA key = \"x'{OPEN_KEY.hex()}'\"")


def connect_checked(path: Path, name: str = "") -> Any:
    """A connection to what is surely a book of ours that we understand, else it is `Refused`; ``name``: what the person calls the file."""
    name = name or path.name
    stranger = Refused(N_("{file} is not a Cheragh book. To bring its rows in, use import."), file=name)
    try:
        db = connect(path)
        ours, schema = (db.execute(f"PRAGMA {word}").fetchone()[0] for word in ("application_id", "user_version"))
    except driver.DatabaseError as error:
        if "not a database" in str(error):
            raise stranger from error
        raise
    if ours == APPLICATION_ID and schema <= steps.SCHEMA:
        return db
    db.close()
    raise stranger if ours != APPLICATION_ID else Refused(N_("{file} was made by a newer Cheragh; update this one first."), file=name)


def is_book(path: Path) -> bool:
    """Whether the file is a book of ours, whatever it is called; nothing is locked or written, and any error means no."""
    try:
        with closing(driver.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            unlock(db)
            return bool(db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except driver.Error:
        return False


def is_full(error: BaseException) -> bool:
    """Whether the disk (or the quota) had no room."""
    return "database or disk is full" in str(error) or getattr(error, "errno", None) in (28, 122)  # ENOSPC, EDQUOT


def trouble(error: BaseException) -> Trouble | None:
    """The sentence for an error of the disk or of another program; None: the error is our own."""
    if is_full(error):
        return Trouble(N_("The disk is full, so nothing was saved. Make room on the disk, then save again."))
    text = _EIO if getattr(error, "errno", None) == 5 else str(getattr(error, "orig", error))
    sentence = next((sentence for words, sentence in _TROUBLES.items() if words in text), None)
    return Trouble(sentence) if sentence else None


@contextmanager
def laid_whole(target: Path, part: Path | None = None) -> Iterator[Path]:
    """The part file for the block to make; at its end a whole book lies on the disk under the name ``target``, or nothing at all."""
    part = part or target.with_name(target.name + ".part")
    leftovers = [part, *(part.with_name(part.name + tail) for tail in ("-wal", "-shm", "-journal"))]
    try:
        for leftover in leftovers:  # of somebody who was killed in the middle
            leftover.unlink(missing_ok=True)
        yield part
        sync(part)
        part.replace(target)
        sync(target)
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """The file's bytes and its name are on the disk."""
    with path.open("rb+") as file:  # rb+: Windows needs write access to flush
        os.fsync(file.fileno())
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
