"""The rows that were not taken, as a file that can be put right and taken again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.shop.importing.reader import Numeric
from desktop.shop.importing.rows import Rows
from desktop.shop.kind import header_key
from desktop.shop.sheet import Cell, write_sheet
from desktop.values.text import tr


def write_errors(path: Path, rows: Rows) -> int:
    """Every refused row with its own columns, its number in the file and why it was refused; gives back how many."""
    names = [name for name in rows.columns if name not in rows.options.fixed]
    # Translators: the last two columns of the file of refused rows; never the name of a column that an import looks for.
    header = [*(_header(rows, name) for name in names), tr("Row of the file"), tr("Why it was not taken")]
    lines: Iterator[list[Cell]] = ([*(_cell(rows, name, at) for name in names), one.row, one.reason] for at, one in rows.refusals())
    return write_sheet(path, header, lines)


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
