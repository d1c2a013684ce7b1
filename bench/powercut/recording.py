"""Watching what a program asks of the disk: builds the shim, starts it, reads what it wrote down."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
_HEAD = struct.Struct("=iiqII")
_EVER = 1 << 60


class Kind(IntEnum):
    """What was done; the same numbers as in shim.c."""

    OPENED = 1
    MADE = 2
    WRITTEN = 3
    CUT = 4
    SYNCED = 5
    REMOVED = 6
    RENAMED = 7
    SAID = 8


@dataclass(frozen=True)
class Entry:
    """One change: ``data`` are the bytes written, a path or what was said; ``second`` a rename's new path."""

    kind: Kind
    handle: int
    offset: int
    data: bytes
    second: bytes


def under_the_shim() -> None:
    """This program, begun anew with the shim loaded; returns at once when it already is."""
    if os.environ.get("LD_PRELOAD", "").endswith("cheragh-shim.so"):
        return
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        sys.exit("This drill needs Linux and a C compiler (Debian: apt-get install gcc libc6-dev).")
    library = Path(tempfile.mkdtemp(prefix="cheragh-")) / "cheragh-shim.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {"LD_PRELOAD": str(library)})


def watch(
    folder: Path, *, log: Path | None = None, kill: int = 0, refuse: int = 0, times: int = 0, error: int = 0, syncs: bool = False
) -> None:
    """From now on changes of ``folder`` by this process are counted, and written to ``log``.

    The ``kill``-th is not done: the process dies there. From the ``refuse``-th on, ``times`` of them (0: for ever) fail
    with ``error``; syncs, removals and renames only if ``syncs``.
    """
    until = refuse + times - 1 if times else _EVER
    _shim().shim_watch(os.fsencode(folder), log and os.fsencode(log), kill, refuse, until, error, syncs)


def said(text: str) -> None:
    """Writes into the recording what the person is told at this moment."""
    _shim().shim_said(text.encode())


def changes() -> int:
    """How many changes this process made since `watch`."""
    return int(_shim().shim_done())


def entries(log: Path) -> list[Entry]:
    """What was written down, in order."""
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        kind, handle, offset, size, more = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        found.append(Entry(Kind(kind), handle, offset, raw[at : at + size], raw[at + size : at + size + more]))
        at += size + more
    return found


def _shim() -> ctypes.CDLL:
    shim = ctypes.CDLL(None)
    shim.shim_watch.argtypes = [ctypes.c_char_p, ctypes.c_char_p, *[ctypes.c_long] * 3, ctypes.c_int, ctypes.c_int]
    shim.shim_watch.restype = None
    shim.shim_said.argtypes = [ctypes.c_char_p]
    shim.shim_said.restype = None
    shim.shim_done.restype = ctypes.c_long
    return shim
