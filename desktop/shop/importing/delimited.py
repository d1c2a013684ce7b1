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

from desktop.shop.importing.blocks import Block, blocks_of

MOST_BYTES = 2 * 1024**3
LONGEST_CELL = 131_072  # characters
FAST_FROM = 4_000_000  # bytes from which loading pandas pays
PIECE = 4_000_000  # characters (or bytes) read at once
SAMPLE = 200

_DELIMITERS = (",", ";", "\t", "|")
_BLANKS = re.compile(r"\S\s{2,}\S|^\s+\S")


class Delimited:
    """A text table: ``encoding`` and ``delimiter`` (" " = runs of blanks) as found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.stat().st_size > MOST_BYTES:
            raise MemoryError(path)
        csv.field_size_limit(LONGEST_CELL)
        self.encoding, self.errors = _encoding(path)
        with self._open() as file:
            lines = list(islice(_short_lines(file), SAMPLE))
        said = re.fullmatch(r"sep=(.)\s*", lines[0]) if lines else None
        self.delimiter = said[1] if said else _delimiter(lines)

    def sample(self, rows: int) -> list[list[str]]:
        """The first rows, as they are."""
        with self._open() as file:
            return [row if row is not None else [] for row in islice(self._rows(file), rows)]

    def blocks(self, first: int, width: int, columns: list[int]) -> Iterator[Block]:
        """The cells of ``columns`` from row ``first`` (0-based) on, block by block; ``width``: cells in a whole row."""
        size = max(1, self.path.stat().st_size)
        with self._open() as file:
            fast = size >= FAST_FROM and self.delimiter != " " and self.errors == "strict"
            read = _bytes_after(file, first) if fast and self.encoding in ("utf-8", "utf-8-sig") else None
            records = self._rows(file)
            if read is None:
                for _ in islice(records, first):
                    pass
                read = partial(_encoded, file)
            if fast:
                done = yield from self._fast(read, lambda: file.buffer.tell() / size, width, columns)
                if done is None:
                    return
                records = self._rows(chain(io.StringIO(done.decode(), newline=""), file))
            yield from blocks_of(records, width, columns, lambda: file.buffer.tell() / size)

    def _fast(
        self, read: Callable[[], bytes], share: Callable[[], float], width: int, columns: list[int]
    ) -> Generator[Block, None, bytes | None]:
        """Blocks as long as the text is plain; returns the first piece that is not, or None at the end."""
        import pandas as pd

        while data := read():
            if not _is_plain(data, self.delimiter, width):
                return data
            frame = pd.read_csv(  # dtype: "category" would take "007", "7" and "7.0" for one number
                io.BytesIO(data), sep=self.delimiter, header=None, names=range(width), usecols=columns, dtype=object,
                na_filter=False, quoting=csv.QUOTE_NONE, engine="c", encoding="utf-8", skip_blank_lines=False, low_memory=False,
            )  # fmt: skip
            found = [pd.factorize(frame[column].to_numpy()) for column in columns]
            yield Block(
                rows=len(frame),
                words=[list(words) for _, words in found],
                codes=[codes.astype("<i4").tobytes() for codes, _ in found],
                share=share(),
            )
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


def _is_plain(data: bytes, delimiter: str, width: int) -> bool:
    """Whether every line is exactly ``width`` cells without quotes, blank lines or monsters: nothing to interpret."""
    import numpy as np

    if b'"' in data or b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return False
    data = data if data.endswith(b"\n") else data + b"\n"
    letters = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(letters == 10)
    marks = np.flatnonzero(letters == ord(delimiter))
    starts = np.concatenate(([0], ends[:-1] + 1))
    if (np.diff(np.searchsorted(marks, ends), prepend=0) != width - 1).any() or (ends - starts).max() >= LONGEST_CELL:
        return False
    empty = (letters[starts] <= 32) | (letters[starts] == ord(delimiter))
    return not any(not data[start:end].strip(delimiter.encode() + b" \t\r") for start, end in zip(starts[empty], ends[empty], strict=True))


def _short_lines(file: TextIO) -> Iterator[str]:
    """Lines for guessing, none longer than a header could be."""
    while line := file.readline(LONGEST_CELL):
        yield line


def _encoding(path: Path) -> tuple[str, str]:
    """The encoding of the whole file, and what to do with bytes that do not fit it."""
    with path.open("rb") as file:
        head = file.read(65536)
        for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
            if head.startswith(mark):
                return name, "strict" if name == "utf-8-sig" and _is_utf8(path) else "surrogateescape" if "8" in name else "surrogatepass"
    if b"\0" in head and (even := _zeros(head)):
        return even, "surrogatepass"
    if _is_utf8(path):
        return "utf-8", "strict"
    text = head.decode("utf-8", "replace")
    foreign = sum(letter > "\x7f" for letter in text)
    # nearly all of it is UTF-8: a few broken bytes, refused row by row, not another encoding
    return ("utf-8", "surrogateescape") if text.count("\ufffd") * 50 < foreign else ("cp1256", "strict")


def _zeros(head: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte of digits and separators is zero."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd + even < len(head) // 8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
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
