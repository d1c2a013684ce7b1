"""The monthly report on paper: every page painted, then finished into a PDF that can be searched."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, Qt, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.charts.fonts import install_fonts
from desktop.reports.monthly import Monthly
from desktop.reports.pages import Page, pages
from desktop.reports.paper import LINE, SOFT, Sheet
from desktop.reports.pdf import Bookmark, finish
from desktop.values.day import write_day
from desktop.values.digits import number
from desktop.values.text import tr

_ID = QUuid.fromRfc4122(QByteArray(b"cheragh-monthly!"))


def print_booklet(m: Monthly, out: Path, printed: dt.date) -> Iterator[int]:
    """Writes the PDF to ``out``, yielding after each page so that a window can breathe; nothing is there until the end."""
    install_fonts()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "raw.pdf")
        writer = QPdfWriter(str(raw))
        writer.setResolution(96)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        near, far = (16.0, 22.0) if m.language == "fa" else (22.0, 16.0)  # the wide margin is for punching
        writer.setPageMargins(QMarginsF(near, 14, far, 12), QPageLayout.Unit.Millimeter)
        writer.setTitle(_title(m))
        writer.setDocumentId(_ID)
        pen = QPainter(writer)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        rtl = m.language == "fa"
        pen.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        sheet = Sheet(pen, writer.width(), writer.height(), rtl)
        found = pages(m)
        for at, page in enumerate(found):
            if at:
                writer.newPage()
            _page(sheet, m, page, at + 1, len(found), printed)
            yield at + 1
        pen.end()
        del writer  # closes the file
        marks = [Bookmark(page.title, at, page.level) for at, page in enumerate(found)]
        finish(raw, out, title=_title(m), language=m.language, bookmarks=marks, printed=printed)


def _title(m: Monthly) -> str:
    return tr("Monthly sales report, {month}", month=m.label)


def _page(sheet: Sheet, m: Monthly, page: Page, at: int, of: int, printed: dt.date) -> None:
    page.draw(sheet)
    y = sheet.height - 20
    sheet.rule(y - 4, color=LINE)
    sheet.say(0, y, 220, tr("Page {n} of {all}", n=number(at), all=number(of)), px=10.5, color=SOFT, height=20)
    middle = tr("Demo shop: these numbers are invented") if m.board.demo else _title(m)
    sheet.say(220, y, sheet.width - 440, middle, px=10.5, color=SOFT, height=20, middle=True)
    sheet.say(sheet.width - 220, y, 220, f"{m.shop}، {write_day(printed)}" if m.language == "fa" else f"{m.shop}, {write_day(printed)}",
              px=10.5, color=SOFT, height=20, end=True)  # fmt: skip
