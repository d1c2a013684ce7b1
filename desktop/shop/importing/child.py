"""The process that reads a stranger's file: limited in memory and time, and all it can do is answer with cells.

It is started with the file's path on its standard input and speaks in frames (see `frames`): first a look at every
sheet, then, once told which sheet, row and columns, the cells block by block. Its death is one refused file.
"""

from __future__ import annotations

import csv
import os
import sys
import traceback
from pathlib import Path
from typing import IO, Any

from desktop.shop.importing import frames
from desktop.shop.importing.blocks import word
from desktop.shop.importing.delimited import Delimited
from desktop.shop.importing.limits import limit_this_process
from desktop.shop.importing.sheets import OLE, Sheets, Unreadable

SAMPLE_ROWS = 60
MOST_COLUMNS = 500
LONGEST_CELL = 32_768


def main() -> int:
    """Reads one file for the parent; the exit code says nothing that a frame has not said."""
    limit_this_process()
    with os.fdopen(os.dup(0), "rb") as orders, os.fdopen(os.dup(1), "wb") as answers:
        try:
            _serve(orders, answers)
        except BrokenPipeError:
            return 1
        except Unreadable as error:
            frames.say(answers, {"refused": str(error)})
        except csv.Error as error:
            frames.say(answers, {"refused": "quotes", "detail": str(error)})
        except (MemoryError, RecursionError):
            frames.say(answers, {"refused": "bomb"})
        except (OSError, UnicodeError) as error:
            frames.say(answers, {"refused": "broken", "detail": str(error)})
        except BaseException as error:  # noqa: BLE001 - the spreadsheet library's panics are no Exceptions
            if type(error).__name__ == "PanicException":
                frames.say(answers, {"refused": "broken"})
            else:
                frames.say(answers, {"bug": traceback.format_exc()})
    return 0


def _serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    asked = frames.hear(orders)
    table = _opened(Path(asked["path"]))
    names = [asked["sheet"]] if asked.get("sheet") in table.names else table.visible
    samples = [{"name": name, "rows": [_checked(row) for row in table.sample(name, SAMPLE_ROWS)]} for name in names]
    frames.say(answers, {"names": table.visible, "since_1904": table.since_1904, "samples": samples})
    order = frames.hear(orders)
    for block in table.blocks(order["sheet"], order["first"], order["width"], order["columns"]):
        said = {"rows": block.rows, "share": block.share, "blank": block.blank, "odd": block.odd, "words": block.words}
        frames.say(answers, said)
        for codes in block.codes:
            frames.send(answers, codes)
    frames.say(answers, {"end": True})


def _opened(path: Path) -> Sheets | Delimited:
    with path.open("rb") as file:
        head = file.read(2048)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE)):
        return Sheets(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")):
        raise Unreadable("web page")
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Unreadable("other kind")
    return Delimited(path)


def _checked(row: list[Any]) -> list[Any]:
    if len(row) > MOST_COLUMNS and any(cell != "" for cell in row[MOST_COLUMNS:]):
        raise Unreadable("columns")
    return [word(cell[:LONGEST_CELL] if isinstance(cell, str) else cell) for cell in row[:MOST_COLUMNS]]


if __name__ == "__main__":
    sys.exit(main())
