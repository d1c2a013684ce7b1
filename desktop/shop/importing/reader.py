"""A stranger's file as columns of words: it is read by a limited child process, and only plain data comes back."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from desktop.shop.importing import frames
from desktop.shop.importing.blocks import CLOCK, MOMENT, NUMBER, WRONG
from desktop.values.text import N_, Refused

STOPPED = N_("The import was stopped; nothing was written.")
PATIENCE = 180.0  # seconds without a sign of life from the child
VERB = "read-table"

Codes = NDArray[np.int32]
Progress = Callable[[float], None]


class Typed(str):
    """A cell's text whose type the file told (a date as ISO text): no guessing about marks and orders of date."""

    __slots__ = ()


class Numeric(Typed):
    """A number, written with a point."""

    __slots__ = ()


class Clock(Typed):
    """A time of day."""

    __slots__ = ()


class Wrong(Typed):
    """An error, or a formula that was never computed."""

    __slots__ = ()


_TYPES: dict[str, type[Typed]] = {NUMBER: Numeric, MOMENT: Typed, CLOCK: Clock, WRONG: Wrong}


@dataclass
class Column:
    """One column: row ``i`` holds ``words[codes[i]]``."""

    codes: Codes
    words: list[str]


@dataclass
class Sample:
    """The first rows of a sheet (of a text file: of the file)."""

    name: str
    rows: list[list[str]]


@dataclass
class Table:
    """The data rows that are not blank. ``numbers``: each row's number in the spreadsheet; ``odd``: rows (by place) that are malformed."""

    numbers: NDArray[np.int32]
    columns: dict[int, Column]
    odd: dict[int, str] = field(default_factory=dict)


_SENTENCES = {
    "password": N_("The file is protected by a password. Open it in Excel, save it without a password, then try again."),
    "broken": N_("The file cannot be read; it may be damaged. Open it in Excel, save it again as .xlsx or .csv, then try again."),
    "bomb": N_("The file is too large to be a shop's table: it was not opened. Keep only the columns that are needed, then try again."),
    "columns": N_("The file has more than 500 columns. Keep only the columns that are needed, then try again."),
    "empty": N_("The file is empty."),
    "web page": N_("This is a web page that only calls itself a spreadsheet. Open it in Excel, save it as .xlsx, then try again."),
    "other kind": N_("This is no table. Excel (.xlsx, .xls, .ods) and text (.csv, .txt) files can be taken."),
    "quotes": N_("A quotation mark in the file is opened and never closed, so its rows cannot be told apart. Save it again from Excel."),
}


class Reader:
    """The child at work on one file: ``about`` and ``samples`` first, `table` once."""

    def __init__(self, path: Path, sheet: str | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        """Raises: Refused: the file cannot be read; FileNotFoundError: there is none."""
        with path.open("rb"):
            pass
        self._cancelled = cancelled or (lambda: False)
        self._stopped = False
        self._heard = time.monotonic()
        self._child = _start()
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._to, self._from = self._child.stdin, self._child.stdout
        threading.Thread(target=self._watch, daemon=True).start()
        self._say({"path": str(path.resolve()), "sheet": sheet})
        try:
            self.about = self._hear()
        except BaseException:
            self.close()
            raise
        self.samples = [Sample(one["name"], [[_typed(cell) for cell in row] for row in one["rows"]]) for one in self.about["samples"]]

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The child is gone."""
        self._child.kill()
        for pipe in (self._to, self._from):
            with suppress(OSError):  # what was still unsent has nobody to go to
                pipe.close()
        self._child.wait()

    def table(self, sheet: str, first: int, width: int, columns: list[int], progress: Progress | None = None) -> Table:
        """The ``columns`` (0-based) of every row from ``first`` (0-based) on that is not blank."""
        self._say({"sheet": sheet, "first": first, "width": width, "columns": columns})
        words: list[list[str]] = [[] for _ in columns]
        codes: list[list[Codes]] = [[] for _ in columns]
        keep: list[Codes] = []
        odd: dict[int, str] = {}
        seen = kept = 0
        while "end" not in (block := self._hear()):
            rows = int(block["rows"])
            filled = np.ones(rows, bool)
            filled[np.array(block["blank"], np.int64)] = False
            coded = [self._take() for _ in columns]  # all of them first: the child goes on while they are put together
            for met, parts, new, data in zip(words, codes, block["words"], coded, strict=True):
                met.extend(map(_typed, new))
                parts.append(_codes(data, len(met), filled))
            places = kept + np.cumsum(filled) - 1
            odd.update({int(places[int(at)]): reason for at, reason in block["odd"].items()})
            keep.append((np.flatnonzero(filled) + (seen + first + 1)).astype(np.int32))
            seen, kept = seen + rows, kept + int(filled.sum())
            if progress:
                progress(float(block["share"]))
        found = {at: Column(_joined(parts), met) for at, parts, met in zip(columns, codes, words, strict=True)}
        return Table(_joined(keep), found, odd)

    # The child

    def _say(self, message: dict[str, Any]) -> None:
        try:
            frames.say(self._to, message)
        except OSError:
            self._dead()

    def _hear(self) -> dict[str, Any]:
        try:
            message = frames.hear(self._from)
        except (EOFError, ValueError):
            self._dead()
        self._heard = time.monotonic()
        if reason := message.get("refused"):
            raise Refused(_SENTENCES.get(str(reason), _SENTENCES["broken"]))
        if trace := message.get("bug"):
            raise RuntimeError(f"the reading process failed:\n{trace}")
        return message

    def _take(self) -> bytes:
        try:
            return frames.take(self._from)
        except EOFError:
            self._dead()

    def _dead(self) -> NoReturn:
        """The child ended without a word: killed by its limits, by our clock, or because the person stopped."""
        raise Refused(STOPPED if self._stopped else _SENTENCES["bomb"])

    def _watch(self) -> None:
        while self._child.poll() is None:
            if self._cancelled():
                self._stopped = True
                self._child.kill()
            elif time.monotonic() - self._heard > PATIENCE:
                self._child.kill()
            time.sleep(0.1)


def _codes(data: bytes, words: int, filled: NDArray[np.bool_]) -> Codes:
    """The codes of a block's filled rows, each below ``words``. Raises: Refused: the child spoke nonsense."""
    codes = np.frombuffer(data, "<i4")
    if len(codes) != len(filled) or (len(codes) and not 0 <= int(codes.min()) <= int(codes.max()) < words):
        raise Refused(_SENTENCES["broken"])
    return codes if filled.all() else codes[filled]


def _joined(parts: list[Codes]) -> Codes:
    return np.concatenate(parts) if parts else np.zeros(0, np.int32)


def _typed(word: Any) -> str:
    if isinstance(word, str):
        return word
    kind, text = word
    return _TYPES[kind](text)


def _start() -> subprocess.Popen[bytes]:
    """The reading child, with pipes to it; it finds the program where this one runs from."""
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, VERB] if frozen else [sys.executable, "-m", "desktop", VERB]
    home = str(Path(__file__).resolve().parents[3])
    search = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"} | ({} if frozen else {"PYTHONPATH": search})
    flags = 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, creationflags=flags
    )
