"""Writing a table for a spreadsheet program: CSV or XLSX, safe to open, and read back by our own import as it was."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop.store.outputs import CREATOR, laid

LONGEST = 32_767  # letters; a longer cell would be cut without a word
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[\d۰-۹٠-٩][\d۰-۹٠-٩.,٬٫ ]*")
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Cell = str | int | float | dt.date | None
Sheets = dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]


class Figure(str):
    """A number written with a point; a spreadsheet gets it as a number."""

    __slots__ = ()


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], kind: str, *, replace: bool = False) -> int:
    """The table lies at ``path``, by its ending as XLSX or as CSV; gives back how many rows it has. Raises as `laid` does."""
    with laid(path, kind, head(path, header), replace=replace) as part:
        return fill(part, {path.stem: (header, rows)}, kind)[path.stem]


def head(path: Path, header: Sequence[str]) -> bytes:
    """The first bytes of the table as a CSV, by which it is known as ours; none of an XLSX, whose mark is inside."""
    first = io.StringIO(newline="")
    csv.writer(first).writerow(map(_text, header))
    return b"" if path.suffix.lower() == ".xlsx" else codecs.BOM_UTF8 + first.getvalue().encode()


def fill(path: Path, sheets: Sheets, kind: str) -> dict[str, int]:
    """The tables stand in the file ``path``, as an XLSX of several sheets or a CSV of one; gives back how many rows each has."""
    return _xlsx(path, sheets, kind) if path.suffix.lower() == ".xlsx" else _csv(path, sheets)


def guarded(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula; numbers stay numbers."""
    return "'" + text if text.startswith(_FORMULA) and len(text) > 1 and not _NUMBER.fullmatch(text) else text


def decimal(value: int, places: int) -> str:
    """``value`` of 10 ** -places as a number in which the mark can only part decimals: never exactly three of them."""
    whole, part = divmod(abs(value), 10**places)
    decimals = f"{part:0{places}}".rstrip("0") if places else ""
    decimals += "0" if len(decimals) == 3 else ""
    return f"{'-' if value < 0 else ''}{whole}{'.' + decimals if decimals else ''}"


def _csv(path: Path, sheets: Sheets) -> dict[str, int]:
    ((name, (header, rows)),) = sheets.items()
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(file)
        writer.writerow(map(_text, header))
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last one is the count
            writer.writerow(map(_text, row))
    return {name: count}


def _text(cell: Cell) -> Any:
    if cell is None:
        return ""
    return guarded(_BROKEN.sub("", cell)) if isinstance(cell, str) and not isinstance(cell, Figure) else cell


def _xlsx(path: Path, sheets: Sheets, kind: str) -> dict[str, int]:
    import xlsxwriter

    counts = {}
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"author": CREATOR, "category": kind})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (header, rows) in sheets.items():
            sheet, counts[name] = book.add_worksheet(name[:31]), 0
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(header):
                sheet.write_string(0, column, title, bold)
            for at, row in enumerate(rows, 1):
                counts[name] = at
                for column, cell in enumerate(row):
                    _put(sheet, at, column, cell, day)
    return counts


def _put(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.date):
        sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day without a clock
    elif isinstance(cell, Figure) and len(cell) < 16:  # a longer one would lose digits
        sheet.write_number(row, column, float(cell))
    elif isinstance(cell, str):
        sheet.write_string(row, column, _BROKEN.sub("", cell)[:LONGEST])
    else:
        sheet.write_number(row, column, cell)
