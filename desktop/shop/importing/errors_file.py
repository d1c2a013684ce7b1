"""The rows that were not taken, as a file that can be put right and taken again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.shop.importing.reader import Numeric
from desktop.shop.importing.rows import Rows
from desktop.shop.kind import header_key
from desktop.shop.sheet import Cell, head, write_sheet
from desktop.store.outputs import allow
from desktop.values.text import tr

KIND = "refused"


def allow_errors(path: Path, rows: Rows, reading: Path, *, replace: bool = False) -> None:
    """Goes on if the file of refused rows may lie at ``path``; raises as `desktop.store.outputs.allow` does."""
    allow(path, KIND, head(path, _headers(rows)), replace=replace, reading=reading)


def write_errors(path: Path, rows: Rows, *, replace: bool = False) -> int:
    """Every refused row with its own columns, its number in the file and why it was refused; gives back how many."""
    names = _names(rows)
    lines: Iterator[list[Cell]] = ([*(_cell(rows, name, at) for name in names), one.row, one.reason] for at, one in rows.refusals())
    return write_sheet(path, _headers(rows), lines, KIND, replace=replace)


def _names(rows: Rows) -> list[str]:
    return [name for name in rows.columns if name not in rows.options.fixed]


def _headers(rows: Rows) -> list[str]:
    # Translators: the last two columns of the file of refused rows; never the name of a column that an import looks for.
    return [*(_header(rows, name) for name in _names(rows)), tr("Row of the file"), tr("Why it was not taken")]


def _header(rows: Rows, name: str) -> str:
    """The header as the file has it if the field is found by it again, else the field's own name."""
    label, field = rows.heading.label(name), rows.kind.field(name)
    known = field is not None and header_key(label) in field.spellings
    return label if rows.options.header and (known or name in rows.heading.by_hand) else name


def _cell(rows: Rows, name: str, at: int) -> str:
    """What stands in the cell; a number that a spreadsheet told keeps its decimals from looking like thousands."""
    column = rows.columns[name]
    word = column.words[column.codes[at]]
    decimals = len(word.partition(".")[2]) if isinstance(word, Numeric) else 0
    return f"{word}0" if decimals == 3 else str(word)
