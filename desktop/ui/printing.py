"""A finished PDF on the person's printer: each page drawn at the printer's own resolution, one a turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.store import Trouble
from desktop.ui.jobs import Jobs
from desktop.ui.preview import fitted, rendered
from desktop.values.text import N_, Refused

FINEST = 600  # dpi; a page at more needs hundreds of megabytes and looks no better


def choose_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """The printer that the person chose for ``pages`` pages; None: she thought better of it.

    Raises:
        Refused: this computer has no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise Refused(N_("No printer is set up on this computer. Save the report as PDF and print it where there is one."))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)  # the margins are on the page already
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setMinMax(1, pages)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return None
    # an unknown name turns into a file somewhere without a word
    if printer.printerName() not in QPrinterInfo.availablePrinterNames():
        raise Refused(N_("The chosen printer is not there any more. Choose another one."))
    return printer


class PrintRun:
    """The pages on their way to ``printer``; ``done`` is called when the last one has left, ``failed`` with what went wrong."""

    def __init__(self, jobs: Jobs, pdf: bytes, pages: int, printer: QPrinter, done: Callable[[], object],
                 failed: Callable[[BaseException], object]) -> None:  # fmt: skip
        self._jobs, self._pdf, self._printer, self._done, self._failed = jobs, pdf, printer, done, failed
        last = min(printer.toPage() or pages, pages)
        self._left = list(range(max(printer.fromPage(), 1) - 1, last))
        self._fresh = True
        self._pen = QPainter()
        paper = printer.pageLayout().fullRectPixels(min(printer.resolution(), FINEST))
        self._width = paper.width()

    def start(self) -> None:
        """Sends the first page on its way.

        Raises:
            Trouble: the printer does not answer.
        """
        if not self._pen.begin(self._printer):
            raise Trouble(N_("The printer does not answer. See that it is on and connected, then print again."))
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._pen.end()
            self._done()
            return
        pdf, at, width = self._pdf, self._left.pop(0), self._width
        self._jobs.long(lambda: rendered(pdf, at, width), self._paint, self._stop)

    def _paint(self, image: QImage) -> None:
        if not self._fresh:
            self._printer.newPage()
        self._fresh = False
        self._pen.drawImage(fitted(image, self._printer.pageLayout().fullRectPixels(self._printer.resolution())), image)
        self._next()

    def _stop(self, error: BaseException) -> None:
        self._printer.abort()
        self._pen.end()
        self._failed(error)
