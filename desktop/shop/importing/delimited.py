"""Reading CSV and other plain text tables: encoding, separator, rows. Runs in the limited child process.

A row is a record as a spreadsheet shows it: blank lines count, a line break inside quotes does not.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from desktop.shop.importing.blocks import Block, Words, blocks_of

MOST_BYTES = 2 * 1024**3
LONGEST_CELL = 131_072  # characters
FAST_FROM = 4_000_000  # bytes from which loading pandas pays
PIECE = 4_000_000  # characters (or bytes) read at once
LONG_WORD = 64  # bytes
SAMPLE = 200

_DELIMITERS = (",", ";", "\t", "|")
_BLANKS = re.compile(r"\S\s{2,}\S|^\s+\S")


class Delimited:
    """A text table, one sheet without a name: ``encoding`` and ``delimiter`` (" " = runs of blanks) as found."""

    names = visible = ("",)
    since_1904 = False

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.stat().st_size > MOST_BYTES:
            raise MemoryError(path)
        csv.field_size_limit(LONGEST_CELL)
        self.encoding, self.errors = _encoding(path)
        with self._open() as file:
            lines = list(islice(iter(partial(file.readline, LONGEST_CELL), ""), SAMPLE))  # none longer than a header could be
        said = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
        self.delimiter = said[1] if said else _delimiter(lines)

    def sample(self, _name: str, rows: int) -> list[list[str]]:
        """The first rows, as they are."""
        with self._open() as file:
            return [row if row is not None else [] for row in islice(self._rows(file), rows)]

    def blocks(self, _name: str, first: int, width: int, columns: list[int]) -> Iterator[Block]:
        """The cells of ``columns`` from row ``first`` (0-based) on, block by block; ``width``: cells in a whole row."""
        size, met = max(1, self.path.stat().st_size), [Words() for _ in columns]
        with self._open() as file:
            fast = size >= FAST_FROM and self.delimiter != " " and self.errors == "strict"
            read = _bytes_after(file, first) if fast and self.encoding in ("utf-8", "utf-8-sig") else None
            records = self._rows(file)
            if read is None:
                for _ in islice(records, first):
                    pass
                read = partial(_encoded, file)
            if fast:
                done = yield from self._fast(read, lambda: file.buffer.tell() / size, width, columns, met)
                if done is None:
                    return
                records = self._rows(chain(io.StringIO(done.decode(), newline=""), file))
            yield from blocks_of(records, width, columns, met, lambda: file.buffer.tell() / size)

    def _fast(
        self, read: Callable[[], bytes], share: Callable[[], float], width: int, columns: list[int], met: list[Words]
    ) -> Generator[Block, None, bytes | None]:
        """Blocks as long as the text is plain; returns the first piece that is not, or None at the end."""
        import numpy as np

        while data := read():
            if (cells := _plain_cells(data, self.delimiter, width)) is None:
                return data
            starts, ends = cells
            eights = np.ndarray(len(data) + LONG_WORD, "<u8", data + bytes(LONG_WORD + 8), strides=(1,))
            coded = [_coded(data, eights, starts[:, at], ends[:, at], words) for at, words in zip(columns, met, strict=True)]
            yield Block(rows=len(starts), words=[words for words, _ in coded], codes=[codes for _, codes in coded], share=share())
        return None

    def _open(self) -> Any:
        return self.path.open(encoding=self.encoding, errors=self.errors, newline="")

    def _rows(self, lines: Iterable[str]) -> Iterator[list[str] | None]:
        """Records; None for one whose quotes make no sense.

        Raises:
            csv.Error: a quotation mark is never closed, or a cell is longer than any cell should be.
        """
        if self.delimiter == " ":
            yield from (line.split() for line in lines)
            return
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            try:
                yield from reader
                return
            except csv.Error as error:
                if "expected after" not in str(error):
                    raise
                yield None


def _encoded(file: TextIO) -> bytes:
    """The next piece of whole lines as UTF-8; nothing at the end."""
    text = file.read(PIECE)
    return (text + file.readline()).encode() if text else b""


def _bytes_after(file: TextIO, lines: int) -> Callable[[], bytes] | None:
    """The same of a file that is UTF-8, read past text; None where its first ``lines`` are no plain lines, and nothing was read."""
    raw: Any = file.buffer
    if raw.peek(3)[:3] == codecs.BOM_UTF8:
        raw.read(3)
    head = [raw.readline() for _ in range(lines)]
    if any(b'"' in line or line.count(b"\r") != line.count(b"\r\n") for line in head):
        raw.seek(0)
        return None

    def read() -> bytes:
        data = raw.read(PIECE)
        return data + raw.readline() if data else b""

    return read


def _plain_cells(data: bytes, delimiter: str, width: int) -> tuple[Any, Any] | None:
    """Where each row's cells begin and end, if every line is exactly ``width`` cells without quotes, blank lines or monsters."""
    import numpy as np

    if b'"' in data or b"\0" in data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return None
    letters = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", np.uint8)
    marks = np.flatnonzero((letters == ord(delimiter)) | (letters == 10)).astype(np.int32)
    if len(marks) % width:
        return None
    ends = marks.reshape(-1, width)
    if (letters[ends[:, -1]] != 10).any() or (letters[ends[:, :-1]] == 10).any():
        return None
    starts = np.concatenate(([0], marks[:-1] + 1), dtype=np.int32).reshape(-1, width)
    ends[:, -1] -= letters[ends[:, -1] - 1] == 13
    if (ends[:, -1] - starts[:, 0]).max() >= LONGEST_CELL:
        return None
    empty = (letters[starts[:, 0]] <= 32) | (ends[:, 0] == starts[:, 0])
    blanks = delimiter.encode() + b" \t"
    lines = zip(starts[empty, 0].tolist(), ends[empty, -1].tolist(), strict=True)
    return None if any(not data[start:end].strip(blanks) for start, end in lines) else (starts, ends)


def _coded(data: bytes, eights: Any, starts: Any, ends: Any, met: Words) -> tuple[list[Any], bytes]:
    """One column's new words and each row's place among all; ``eights[i]``: the eight bytes from ``data[i]`` on as a number."""
    import numpy as np
    import pandas as pd

    sizes = ends - starts
    if (longest := int(sizes.max())) > LONG_WORD:
        codes, _ = pd.factorize(np.array([data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)], object))
    else:
        codes = np.zeros(len(starts), np.int64)
        for at in range(0, longest, 8):  # told apart eight bytes at a time; none of them is zero
            beyond = (64 - 8 * np.clip(sizes - at, 0, 8)).astype(np.uint64)  # bits; a shift by 64 leaves 0
            part, found = pd.factorize(eights[starts + at] << beyond)
            codes, _ = pd.factorize(codes * len(found) + part) if at else (part, found)
    first = np.zeros(size := int(codes.max()) + 1, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    words = [data[start:end].decode() for start, end in zip(starts[first].tolist(), ends[first].tolist(), strict=True)]
    new = met.add(words)
    return new, np.fromiter(met.places(words), "<i4", size)[codes].tobytes()


def _encoding(path: Path) -> tuple[str, str]:
    """The encoding of the whole file, and what to do with bytes that do not fit it."""
    with path.open("rb") as file:
        head = file.read(65536)
        for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
            if head.startswith(mark):
                return name, "strict" if name == "utf-8-sig" and _is_utf8(path) else "surrogateescape" if "8" in name else "surrogatepass"
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd + even and odd + even >= len(head) // 8:  # without its mark: nearly every other byte of digits and separators is zero
        return "utf-16-le" if odd > even else "utf-16-be", "surrogatepass"
    if _is_utf8(path):
        return "utf-8", "strict"
    text = head.decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" for letter in text)
    # nearly all of it is UTF-8: a few broken bytes, refused row by row, not another encoding
    return ("utf-8", "surrogateescape") if text.count("\ufffd") * 50 < foreign else ("cp1256", "strict")


def _is_utf8(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            for _ in codecs.iterdecode(iter(partial(file.read, 1 << 20), b""), "utf-8"):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(lines: list[str]) -> str:
    """The separator that gives most lines the same number of cells, two or more."""
    filled = [line for line in lines if line.strip()]
    best, most = ",", (0, 0)
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(filled, delimiter=mark)]
        except csv.Error:
            continue
        if modal := [width for width in widths if width > 1]:
            usual = max(set(modal), key=modal.count)
            most, best = max((most, best), ((modal.count(usual), usual), mark))
    if most[0] * 2 < len(filled) and filled and sum(bool(_BLANKS.search(line)) for line in filled) * 2 > len(filled):
        return " "
    return best
