"""The pages of a PDF exactly as the file has them: on the screen, drawn when they come into sight, and on the person's printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.store import Trouble
from desktop.ui.jobs import Jobs
from desktop.ui.widgets import down, ground, scrolling
from desktop.values.digits import number, plain
from desktop.values.text import N_, Refused, tr

GAP, WIDEST, TALL = 16, 980, 297 / 210  # px, px, A4
NEAR, KEPT = 1, 3  # pages drawn ahead of sight, and kept behind it
FINEST = 600  # dpi of paper; a page at more needs hundreds of megabytes and looks no better


def rendered(pdf: bytes, page: int, width: int) -> QImage:
    """A page of ``pdf``, ``width`` pixels wide. PDFium knows no threads: only ever call it on the long lane."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        leaf = document[page]
        bitmap = leaf.render(scale=width / leaf.get_width(), rev_byteorder=True, prefer_bgrx=True)
        return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
    finally:
        document.close()


class Leaf(QFrame):
    """One page; blank until it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("leaf")
        self.image: QImage | None = None
        self.asked = 0  # the width that was asked for last

    def paintEvent(self, _event: QPaintEvent) -> None:
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        pen.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            pen.drawImage(self.rect(), self.image)
        pen.setPen(self.palette().mid().color())
        pen.drawRect(self.rect().adjusted(0, 0, -1, -1))
        pen.end()


class Preview(QScrollArea):
    """A column of pages; a new file takes the old one's place without losing the reader's."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs, self._pdf = jobs, b""
        self.leaves: list[Leaf] = []
        self._inside = ground("clear")
        self._column = down(gap=GAP, edge=(0, 0, 0, GAP), on=self._inside)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        scrolling(self._inside, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else its coming changes the width it was asked for
        self.setAccessibleName(tr("The report's pages"))
        self.verticalScrollBar().valueChanged.connect(lambda _: self._look())

    def show_pdf(self, pdf: bytes, pages: int) -> None:
        """Another file; its pages follow one by one."""
        self._pdf = pdf
        while len(self.leaves) > pages:
            self.leaves.pop().deleteLater()
        while len(self.leaves) < pages:
            self.leaves.append(Leaf())
            self._column.addWidget(self.leaves[-1])
        for at, leaf in enumerate(self.leaves):
            leaf.asked = 0
            leaf.setAccessibleName(plain(tr("Page {n} of {all}", n=number(at + 1), all=number(pages))))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = min(WIDEST, self.viewport().width() - 2 * GAP)
        for leaf in self.leaves:
            leaf.setFixedSize(QSize(width, round(width * TALL)))
        # in a column that is still too short for them the pages would lie upon each other, and stay so
        self._inside.resize(self.viewport().width(), max(self.viewport().height(), len(self.leaves) * (round(width * TALL) + GAP)))
        self._column.activate()
        self._look()

    def _look(self) -> None:
        """Asks for the pages in sight and near it; lets go of those far away."""
        if not self.leaves:
            return
        step = self.leaves[0].height() + GAP
        first = self.verticalScrollBar().value() // step
        last = (self.verticalScrollBar().value() + self.viewport().height()) // step
        width = round(self.leaves[0].width() * self.devicePixelRatioF())
        for at, leaf in enumerate(self.leaves):
            if at < first - KEPT or at > last + KEPT:
                leaf.image, leaf.asked = None, 0
            elif first - NEAR <= at <= last + NEAR and leaf.asked != width:
                leaf.asked = width
                self._ask(self._pdf, at, width)

    def _ask(self, pdf: bytes, at: int, width: int) -> None:
        def drawn(image: QImage) -> None:
            if pdf is self._pdf and at < len(self.leaves) and self.leaves[at].asked == width:
                self.leaves[at].image = image
                self.leaves[at].update()

        self._jobs.long(lambda: rendered(pdf, at, width), drawn)


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
        self._width = printer.pageLayout().fullRectPixels(min(printer.resolution(), FINEST)).width()

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
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        into = QRect(QPoint(), image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio))
        into.moveCenter(paper.center())
        self._pen.drawImage(into, image)
        self._next()

    def _stop(self, error: BaseException) -> None:
        self._printer.abort()
        self._pen.end()
        self._failed(error)
