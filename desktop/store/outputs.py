"""Files that the program writes for the person: whole under their name or not there, and never in the place of what is not ours."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.store.connection import is_book, is_full, sync
from desktop.store.trouble import Trouble
from desktop.values.places import SUFFIX
from desktop.values.text import N_, Refused

CREATOR = "Cheragh"  # what our PDF, XLSX and PNG name as their creator; beside it stands their kind
_OF_A_BOOK = re.compile(rf"{re.escape(SUFFIX)}(-wal|-shm|-journal|\.lock|\.opener|\.part)?$", re.IGNORECASE)


class There(Refused):
    """A file that is not ours lies under the name; the person may say that it goes."""


def allow(out: Path, kind: str, head: bytes = b"", *, replace: bool = False, reading: Path | None = None) -> Path:
    """Where ``out`` really lies, if it may be written; the one place that decides it.

    An empty file may be replaced, and one of ours of this ``kind``: a CSV begins with the bytes ``head``. ``replace``, the
    person's yes, allows any other, but never a book (known by its content) or the file ``reading``.

    Raises:
        There: another file is there.
        Refused: a book, the file being read, or no ordinary file.
        Trouble: there is no such folder.
    """
    real = Path(os.path.realpath(out))  # through links
    if any(_OF_A_BOOK.search(path.name) for path in (out, real)):
        raise Refused(N_("{file} is the name of a book, or of what belongs to one. Choose another name."), file=out.name)
    if not real.parent.is_dir():
        raise Trouble(N_("{file} cannot be written: there is no folder {folder}."), file=out.name, folder=real.parent)
    if not real.exists():
        return real
    if not real.is_file():
        raise Refused(N_("{file} is a folder, not a file. Choose another name."), file=out)
    if reading is not None and reading.exists() and real.samefile(reading):
        raise Refused(N_("{file} is being read; nothing is written over it. Choose another name."), file=out.name)
    if is_book(real):
        raise Refused(N_("{file} is a book; nothing is written over it. Choose another name."), file=out.name)
    if replace or not real.stat().st_size or _ours(real, kind, head):
        return real
    raise There(N_("{file} is there already, and it is another file than the one to be written. Choose another name."), file=out.name)


@contextmanager
def laid(out: Path, kind: str, head: bytes = b"", *, replace: bool = False) -> Iterator[Path]:
    """The path of a part file for the block to write; at its end all of it lies on the disk under the name ``out``.

    Raises:
        Refused: it may not be written there (`allow`); what was there stays.
        Trouble: the disk is full, or the folder or an older file there cannot be written; what was there stays.
    """
    real = allow(out, kind, head, replace=replace)
    try:
        with TemporaryDirectory(prefix="cheragh-", dir=real.parent, ignore_cleanup_errors=True) as folder:
            part = Path(folder, "part" + real.suffix.lower())
            yield part
            sync(part)
            part.replace(real)
    except Exception as error:
        found = next((one for one in error.args if isinstance(one, OSError)), error)  # xlsxwriter wraps the disk's own
        if is_full(found):
            raise Trouble(N_("There is no room for {file}. Make room on the disk, or choose another folder."), file=out.name) from error
        if not isinstance(found, OSError):
            raise
        sentence = N_("{file} cannot be written in {folder}. If it is open in another program, close it there; or choose another folder.")
        raise Trouble(sentence, file=out.name, folder=real.parent) from error


def put(out: Path, data: bytes, kind: str, *, replace: bool = False) -> None:
    """``out`` holds ``data``; raises as `laid` does."""
    with laid(out, kind, replace=replace) as part:
        part.write_bytes(data)


def _ours(path: Path, kind: str, head: bytes) -> bool:
    """Whether the file bears our mark: for a CSV exactly this header, else creator and kind."""
    with path.open("rb") as file:
        if head:
            return file.read(len(head)) == head
        data = file.read()
    if data.startswith(b"%PDF-"):
        return f"/Creator ({CREATOR})".encode() in data and f"/Subject ({kind})".encode() in data
    if data.startswith(b"\x89PNG"):
        return f"Creator\0{CREATOR} {kind}".encode() in data
    try:
        with zipfile.ZipFile(path) as parts:
            said = parts.read("docProps/core.xml").decode()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return False
    return f"<dc:creator>{CREATOR}</dc:creator>" in said and f"<cp:category>{kind}</cp:category>" in said
