"""The monthly report on paper: every page painted, then finished into a PDF that can be searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, Qt, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.charts.fonts import install_fonts
from desktop.reports.monthly import Monthly
from desktop.reports.pages import pages
from desktop.reports.paper import LINE, SOFT, Sheet
from desktop.reports.pdf import finish
from desktop.values.day import write_day
from desktop.values.digits import foreign, number
from desktop.values.text import tr

_ID = QUuid.fromRfc4122(QByteArray(b"cheragh-monthly!"))
PUNCHED, OUTER, TOP, BOTTOM = 24.0, 16.0, 15.0, 12.0  # mm; the wide margin lies where the booklet is bound
FOOT = 28.0


class Booklet:
    """A month on its way to paper: `paint` a page at a time where Qt's window lives, then `bind` anywhere."""

    def __init__(self, m: Monthly, printed: dt.date) -> None:
        self.m, self.printed = m, printed
        self.title = tr("Monthly sales report, {month}", month=m.label)
        self._buffer = QBuffer()
        self._marks: list[tuple[str, int]] = []

    @property
    def pages(self) -> int:
        """How many are painted."""
        return len(self._marks)

    def paint(self) -> Iterator[tuple[int, int]]:
        """Paints a page and says (page, of all), so that a window can breathe between two."""
        install_fonts()
        QHashSeed.setDeterministicGlobalSeed()  # else the order of the fonts in a PDF changes from run to run
        rtl = self.m.language == "fa"
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(self._buffer)
        writer.setResolution(96)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        left, right = (OUTER, PUNCHED) if rtl else (PUNCHED, OUTER)
        writer.setPageMargins(QMarginsF(left, TOP, right, BOTTOM), QPageLayout.Unit.Millimeter)
        writer.setTitle(self.title)
        writer.setDocumentId(_ID)
        pen = QPainter(writer)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        sheet = Sheet(pen, writer.width(), writer.height() - FOOT, rtl)
        found = pages(self.m, sheet)
        try:
            for at, page in enumerate(found):
                if at:
                    writer.newPage()
                page.draw()
                self._foot(sheet, at + 1, len(found))
                self._marks.append((page.title, page.level))
                yield at + 1, len(found)
        finally:  # a page whose reader went away is left half painted, but no pen without its paper
            pen.end()
            self._buffer.close()

    def bind(self) -> bytes:
        """The PDF, once every page is painted; no Qt is asked any more."""
        return finish(
            bytes(self._buffer.data().data()), title=self.title, language=self.m.language, bookmarks=self._marks, printed=self.printed
        )  # fmt: skip

    def _foot(self, sheet: Sheet, at: int, of: int) -> None:
        y, third = sheet.height + 6, sheet.width / 3
        sheet.rule(y, color=LINE)
        middle = tr("Demo shop: these numbers are invented") if self.m.board.demo else self.title
        sheet.say(0, y + 2, third, tr("Page {n} of {all}", n=number(at), all=number(of)), px=12, color=SOFT)
        sheet.say(third, y + 2, third, middle, px=12, color=SOFT, side="middle")
        sheet.say(2 * third, y + 2, third, self._printed_by(sheet, third), px=12, color=SOFT, side="end")

    def _printed_by(self, sheet: Sheet, width: float) -> str:
        """The shop's name and the day of printing; the day alone where the name is too long for its place."""
        day = write_day(self.printed)
        # Translators: at the foot of every page: the shop's name and the day of printing.
        whole = tr("{shop}, printed {day}", shop=foreign(self.m.shop), day=day)
        return whole if self.m.shop and sheet.wide(whole, 12) <= width else tr("Printed {day}", day=day)


def print_booklet(m: Monthly, printed: dt.date) -> bytes:
    """The month as a PDF in one go, for those who have no window to keep awake."""
    booklet = Booklet(m, printed)
    for _ in booklet.paint():
        pass
    return booklet.bind()
