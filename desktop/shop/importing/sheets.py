"""Reading spreadsheets: what may be opened at all, which sheets there are, their rows. Runs in the limited child process."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.shop.importing.blocks import MISSING, Block, Words, blocks_of

MOST_BYTES = 400 * 1024**2  # of a packed file's contents
MOST_MEMBERS = 2_000
MOST_CELLS = 20_000_000
PIECE = 4 * 1024**2
OVERLAP = 4096

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_FEW_ROWS = 99_999
_WIDE = re.compile(rb"""\br=["']([A-Z]{2,3})(\d{1,7})["']""")
_LOW = re.compile(rb"""\br=["'][A-Z]{1,3}(\d{6,7})["']""")
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>""")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"
)


class Unreadable(Exception):
    """The file cannot be taken; ``str()`` is one of the words the parent has a sentence for."""


class Sheets:
    """A workbook, opened after a look at its wrapping."""

    def __init__(self, path: Path) -> None:
        import python_calamine as calamine

        self.path = path
        data = path.read_bytes()
        packed = data.startswith(b"PK")
        if packed:
            _look_at_wrapping(path)
        elif data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data[: 1 << 20]:  # an old container around the new file
            raise Unreadable("password")
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except calamine.PasswordError as error:
            raise Unreadable("password") from error
        except calamine.CalamineError as error:
            raise Unreadable("broken") from error
        shown = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
        self.visible = [sheet.name for sheet in self._book.sheets_metadata if (sheet.visible, sheet.typ) == shown]
        self.names = [sheet.name for sheet in self._book.sheets_metadata if sheet.typ == shown[1]]
        self._members, self.since_1904 = _members(path) if packed else ({}, False)
        self._last: tuple[str, Any] | None = None

    def sample(self, name: str, rows: int) -> list[list[Any]]:
        """The first rows from column A on; a merged cell stands in all its places."""
        sheet = self._sheet(name)
        if sheet.start is None:
            return []
        left = sheet.start[1]
        found = [[""] * left + list(row) for row in islice(sheet.iter_rows(), rows)]
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
            for row in range(top, min(bottom + 1, len(found))):
                for column in range(first, min(last + 1, len(found[row]))):
                    found[row][column] = found[top][first] if first < len(found[top]) else ""
        return found

    def blocks(self, name: str, first: int, width: int, columns: list[int]) -> Iterator[Block]:
        """The cells of ``columns`` from row ``first`` (0-based) on, block by block."""
        sheet = self._sheet(name)
        left, total, done = sheet.start[1], max(1, sheet.total_height), first
        wrong: dict[int, list[int]] = {}
        for row, column in _wrong_cells(self.path, self._members.get(name)):
            wrong.setdefault(row, []).append(column)

        def records() -> Iterator[list[Any]]:
            nonlocal done
            for at, row in enumerate(sheet.iter_rows()):
                if at < first:
                    continue
                done = at
                for column in wrong.get(at, ()):
                    if left <= column < left + len(row):
                        row[column - left] = MISSING
                yield row

        yield from blocks_of(records(), width, columns, [Words() for _ in columns], lambda: done / total, left)

    def _sheet(self, name: str) -> Any:
        import python_calamine as calamine

        if self._last is None or self._last[0] != name:
            _look_at_size(self.path, self._members.get(name))
            self._last = None
            try:
                self._last = name, self._book.get_sheet_by_name(name)
            except calamine.CalamineError as error:
                raise Unreadable("broken") from error
        return self._last[1]


def _look_at_wrapping(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("broken") from error
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Unreadable("bomb")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("password")


def _members(path: Path) -> tuple[dict[str, str], bool]:
    """Which member of the package holds each sheet of an XLSX, by the workbook's own relations; and whether its days count from 1904."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        wanted = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        book, relations = (package.read(name).decode("utf-8", "replace") if name in names else "" for name in wanted)
    targets = {}
    for relation in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", relations):
        target = _attribute(relation, "Target").lstrip("/")
        targets[_attribute(relation, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
    found = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        member = targets.get(_attribute(sheet, r"\w+:id"), "")
        if member in names:
            found[html.unescape(_attribute(sheet, "name"))] = member
    return found, re.search(r"""\bdate1904=["'](?:1|true)["']""", book) is not None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return (found[1] or found[2] or "") if found else ""


def _pieces(path: Path, member: str) -> Iterator[bytes]:
    """The member's text piece by piece; each begins with the end of the one before, so that no tag is cut."""
    with zipfile.ZipFile(path) as package, package.open(member) as file:
        tail = b""
        try:
            while piece := file.read(PIECE):
                yield tail + piece
                tail = (tail + piece)[-OVERLAP:]
        except (zipfile.BadZipFile, EOFError, ValueError, OSError) as error:
            raise Unreadable("broken") from error


def _look_at_size(path: Path, member: str | None) -> None:
    """Refuses a sheet whose corners span more cells than a reader could hold."""
    if member is None:
        return
    width, height = 26, 0
    for piece in _pieces(path, member):
        width = max(width, max((_column(found[1]) + 1 for found in _WIDE.finditer(piece)), default=0))
        height = max(height, max((int(found[1]) for found in _LOW.finditer(piece)), default=0))
    if width > 16_384 or height > 1_048_576:
        raise Unreadable("bomb")
    if width * max(height, _FEW_ROWS) > MOST_CELLS:
        rows = max((max((int(found[2]) for found in _CELL.finditer(piece)), default=0) for piece in _pieces(path, member)), default=0)
        if width > 26 and width * rows > MOST_CELLS:
            raise Unreadable("bomb")


def _wrong_cells(path: Path, member: str | None) -> set[tuple[int, int]]:
    """Row and column (0-based) of cells that hold an error, or a formula that was never computed."""
    found: set[tuple[int, int]] = set()
    if member is None:
        return found
    for piece in _pieces(path, member):
        for pattern in (_ERROR, _NO_RESULT) if b"<f" in piece or b":f" in piece or b'"e"' in piece or b"'e'" in piece else ():
            for tag in pattern.finditer(piece):
                if place := _CELL.search(tag[1]):
                    found.add((int(place[2]) - 1, _column(place[1])))
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
