"""Rows of a table cut into blocks: of each column the words not met before, and per row its word's place among all met so far."""

from __future__ import annotations

import array
import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

ROWS = 20_000

# A word is text as it stands in the file, or for a cell that has a type of its own [type, text]:
NUMBER, MOMENT, CLOCK, WRONG = "n", "d", "t", "e"
MISSING = object()  # stands in a row for a formula without result, or with an error for one
Word = str | list[str]


@dataclass
class Block:
    """``words``: each column's new ones; ``codes``: of each column one little-endian int32 per row, counting all blocks' words.

    ``odd``: rows (0-based here) that cannot be taken as they are.
    """

    rows: int
    words: list[list[Word]]
    codes: list[bytes]
    share: float
    blank: list[int] = field(default_factory=list)
    odd: dict[int, str] = field(default_factory=dict)


class Words:
    """The distinct words of one column, in the order in which they were met."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def add(self, words: Iterable[Any]) -> list[Any]:
        """Those of them that are new."""
        new = [word for word in dict.fromkeys(words) if word not in self._places]
        self._places.update(zip(new, range(len(self._places), len(self._places) + len(new)), strict=True))
        return new

    def places(self, words: Iterable[Any]) -> Iterator[int]:
        """Where words that were added stand."""
        return map(self._places.__getitem__, words)


def blocks_of(
    records: Iterator[Sequence[Any] | None],
    width: int,
    columns: list[int],
    met: Sequence[Words],
    share: Callable[[], float],
    offset: int = 0,
) -> Iterator[Block]:
    """``columns`` of the records; ``width`` counts from column ``offset``, before which nothing is written; ``met``: one per column."""
    while taken := list(islice(records, ROWS)):
        block = Block(len(taken), [], [], share())
        rows = [_whole(row, at, width - offset, block) for at, row in enumerate(taken)]
        cells = list(zip(*rows, strict=True)) or [("",) * len(rows)]
        for column, words in zip(columns, met, strict=True):
            new, codes = _coded(cells[column - offset] if 0 <= column - offset < len(cells) else ("",) * len(rows), words)
            block.words.append(new)
            block.codes.append(codes)
        yield block


def _whole(row: Sequence[Any] | None, at: int, width: int, block: Block) -> Sequence[Any]:
    """The row with exactly ``width`` cells; what is wrong with it is noted in the block."""
    if row is None:
        block.odd[at] = "quotes"
        return ("",) * width
    if not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in row):
        block.blank.append(at)
        return ("",) * width
    if len(row) == width:
        return row
    if len(row) > width and any(cell != "" for cell in row[width:]):
        block.odd[at] = "wide"
    return [*row[:width], *("" for _ in range(width - len(row)))]


def _coded(cells: Sequence[Any], words: Words) -> tuple[list[Word], bytes]:
    if bool in set(map(type, cells)):  # Python holds true and 1 for the same
        cells = [word(cell) if isinstance(cell, bool) else cell for cell in cells]
    new = words.add(cells)
    codes = array.array("i", words.places(cells))
    if sys.byteorder == "big":
        codes.byteswap()
    return [word(cell) for cell in new], codes.tobytes()


def word(cell: Any) -> Word:
    """A cell as it travels: text stays text, what has a type of its own says so."""
    if isinstance(cell, str):
        return cell
    if cell is MISSING:
        return [WRONG, ""]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return [NUMBER, str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}"] if abs(cell) < 1e300 else str(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return [MOMENT, cell.isoformat(" ") if isinstance(cell, dt.datetime) else cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        cell = (dt.datetime(1900, 1, 1) + cell).time()  # noqa: DTZ001 - a span of time, not a moment
    return [CLOCK, cell.isoformat("seconds")] if isinstance(cell, dt.time) else str(cell)
