"""One opener per book: a lock that the system frees when the program ends, however it ends."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop.store.trouble import Elsewhere, Trouble
from desktop.values.text import N_


def opener(book: Path) -> Path:
    """The file that says who holds the book; whoever touches it knocks at the holder's door."""
    book = book.resolve()  # opened through a link it is the same book
    return book.with_name(book.name + ".opener")


class Lock:
    """Holds ``book.lock``; a second file says who holds it (a locked byte cannot be read on Windows)."""

    def __init__(self, book: Path) -> None:
        self._note = opener(book)
        try:
            self._file: IO[bytes] = book.with_name(book.name + ".lock").open("ab")
        except OSError as error:
            raise Trouble(
                N_("Cheragh may not write beside {file}. Move the book to a folder of your own, then open it."),
                file=book,
            ) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            who = self._note.read_text("utf-8") if self._note.is_file() else "?"
            raise Elsewhere(
                N_("{file} is open elsewhere ({who}). Close it there first."),
                here=f"@ {socket.gethostname()}," in who,
                file=book.name,
                who=who,
            ) from error
        with suppress(OSError):  # a full disk: the lock holds without its note
            self._note.write_text(_who(), "utf-8")

    def release(self) -> None:
        """The book is free again; the lock's file stays, deleting it would race with the next opener."""
        if not self._file.closed:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._file.close()


def knock(book: Path) -> None:
    """Whoever holds the book on this computer hears it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else Windows lets nobody come forward
    with suppress(OSError):
        os.utime(opener(book))


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        user = "?"
    since = f"{dt.datetime.now():%Y-%m-%d %H:%M}"  # noqa: DTZ005 - the person's own clock
    return f"{user} @ {socket.gethostname()}, {os.getpid()}, {since}"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
