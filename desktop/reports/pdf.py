"""A written PDF made searchable, bookmarked and repeatable.

Qt finds the letters of a glyph by looking it up backwards in the font, so the joined forms of Persian come
out empty or as presentation forms. Our fonts give each such glyph a private code point at build time
(`build_scripts/fonts.py`); here those code points become letters again, in the text maps only: the picture stays.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from desktop.store.outputs import CREATOR
from desktop.values.places import place


def finish(raw: bytes, *, title: str, language: str, bookmarks: Sequence[tuple[str, int]], printed: dt.date) -> bytes:
    """``raw`` with readable text, bookmarks and page labels; same input, same bytes.

    ``bookmarks``: each page's title and level; 1 stands under the last 0. Nothing but ``printed`` tells when the file was made.
    """
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import ArrayObject, BooleanObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=BytesIO(raw))
    for thing in writer._objects:  # noqa: SLF001 - pypdf has no public walk over all objects
        if isinstance(thing, DictionaryObject) and thing.get("/Subtype") == "/Type0" and "/ToUnicode" in thing:
            _mend(thing)
    parent = None
    for page, (name, level) in enumerate(bookmarks):
        item = writer.add_outline_item(title=name, page_number=page, parent=parent if level else None)
        parent = parent if level else item
    persian = language == "fa"
    reading = {NameObject("/Direction"): NameObject("/R2L" if persian else "/L2R"), NameObject("/DisplayDocTitle"): BooleanObject(True)}
    writer.root_object[NameObject("/Lang")] = TextStringObject("fa-IR" if persian else "en")
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(reading)
    writer.page_mode = "/UseOutlines"
    writer.root_object.pop("/Metadata", None)  # Qt's XMP carries the clock
    writer.set_page_label(0, len(writer.pages) - 1, PageLabelStyle.DECIMAL)
    stamp = f"D:{printed:%Y%m%d}000000Z"
    writer.add_metadata(
        {"/Title": title, "/CreationDate": stamp, "/ModDate": stamp, "/Producer": "Cheragh", "/Creator": CREATOR, "/Subject": "report"}
    )
    writer._ID = ArrayObject([ByteStringObject(b"cheragh-monthly!")] * 2)  # noqa: SLF001 - as above
    writer.compress_identical_objects()
    writer.pdf_header = "%PDF-1.6"
    done = BytesIO()
    writer.write(done)
    return done.getvalue()


@cache
def _letters() -> dict[str, dict[str, str]]:
    """Font name → code point (hex) → the letters a reader should find."""
    found: dict[str, dict[str, str]] = json.loads(place("resources", "fonts", "text-map.json").read_text("utf-8"))
    return found


def _mend(font: Any) -> None:
    name = str(font["/BaseFont"])[1:].partition("+")[2] or str(font["/BaseFont"])[1:]
    letters = _letters().get(name, {})
    stream = font["/ToUnicode"].get_object()

    def one(code: re.Match[str]) -> str:
        text = letters.get(code[1])
        # readers turn several letters in one entry round unless the glyph had no code point of its own
        private = "E000" <= code[1] < "F900"
        if text is None or (len(text) > 1 and not private):
            return code[0]
        return f"<{text.encode('utf-16-be').hex().upper()}>"

    def ranges(found: re.Match[str]) -> str:
        return re.sub(r"<([0-9A-F]{4})>", one, found[0])

    stream.set_data(re.sub(r"\[[^\]]*\]", ranges, stream.get_data().decode("latin-1")).encode("latin-1"))
