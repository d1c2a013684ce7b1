"""The open book is a file, not a name: one connection stays with it, whatever becomes of its name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop.store import dialect
from desktop.store.backup import backup
from desktop.store.connection import connect
from desktop.store.trouble import Trouble
from desktop.values.text import N_

TWO_NAMES = N_(
    "{file} has a second name on this disk (a hard link); what is saved under one is not seen under the other. "
    "Delete the other name, then do it again."
)
GONE = N_(
    "{file} was moved, renamed or replaced while it was open. Put it back in its place, then save again; until then nothing is saved."
)
KEPT = N_(
    "{file} was moved, renamed or replaced while it was open. Put it back in its place, then save again; until then nothing is saved. "
    "All that was saved before is also in the backup {copy}."
)


def one_name(path: Path) -> None:
    """Goes on if the file at ``path`` has no other name, else `Trouble`: each name would have a log of its own."""
    if path.stat().st_nlink > 1:
        raise Trouble(TWO_NAMES, file=path.name)


class Place:
    """Where the open book lies and which file it is; ``db`` reaches that file wherever it was moved to."""

    def __init__(self, path: Path) -> None:
        self.path, self._file, self.db = path, _file(path), connect(path)
        self._copy: Path | None = None

    def connect(self) -> Any:
        """One more connection to the same file. `Trouble`: it is not where it was."""
        self.insist()
        return connect(self.path)

    def insist(self) -> None:
        """Goes on if the book's name still means its file alone; else all that was saved is made safe, then it is `Trouble`."""
        if self._file == _file(self.path):
            self._copy = None
            one_name(self.path)
            return
        if not self._copy:
            with suppress(Trouble, driver.Error, OSError):  # said without a copy
                dialect.settle(self.db)
                self._copy = backup(self.db)
        raise Trouble(KEPT if self._copy else GONE, file=self.path, copy=self._copy)

    def leave(self) -> None:
        """The file is whole in itself, and let go."""
        try:
            dialect.settle(self.db)
        finally:
            self.db.close()


def _file(path: Path) -> tuple[int, int] | None:
    """Which file it is; Windows lets no open file be moved, and its numbers do not hold on every disk."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (0, 0) if os.name == "nt" else (found.st_dev, found.st_ino)
