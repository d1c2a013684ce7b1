"""The monthly report: a month to choose, the very pages that will be printed, and the ways to hand them over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from desktop import kpi, reports
from desktop.reports.booklet import Booklet
from desktop.store.outputs import put
from desktop.ui.memory import preferences
from desktop.ui.page import Empty, Page
from desktop.ui.period_bar import beside
from desktop.ui.preview import Preview, PrintRun, choose_printer
from desktop.ui.saving import ask_where, open_file
from desktop.ui.theme import onward
from desktop.ui.widgets import NONE, across, button, fill, icon_button, label, stacked
from desktop.values.digits import foreign, plain
from desktop.values.period import Period
from desktop.values.text import tr
from desktop.values.writing import writing

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

KINDS = {".pdf": "PDF", ".xlsx": "Excel"}


class ReportsPage(Page):
    """The preview is the file: what is saved or printed is what is seen; it is laid out anew when the book changes."""

    key = "reports"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, tr("Monthly report"))
        self.calendar = writing().calendar
        self.month: Period | None = None  # until the first answer: the last month that is over, if it has a sale
        self.pdf = b""
        self.paper: reports.Monthly | None = None
        self._round = 0
        self._printing: PrintRun | None = None
        self.save = self.primary(tr("Save as PDF …"), lambda: self._save(".pdf"), "download")
        self.bar = self._bar()
        self.preview = Preview(self.desk.jobs)
        self.wait = label("", "soft", wrap=False, centred=True)
        self.empty = Empty(
            tr("The report is made of your sales: a cover with the month in one sentence, every number with its lamp, sellers, risks."),
            tr("Record a sale"), self.begin, tr("No sale to report yet"),
            ((tr("See it with a demo shop"), "eye", stage.host.open_demo),),
        )  # fmt: skip
        self.stack = stacked(self.wait, self.preview, self.empty)
        fill(self.body, self.bar, (self.stack, 1))
        self._allow(False)

    def _bar(self) -> QWidget:
        whole = QWidget()
        self.back = icon_button(onward(back=True), tr("The month before"), lambda: self._move(before=True))
        self.name, self.state = label("", "h2", wrap=False, centred=True), label("", "soft", wrap=False)
        self.name.setMinimumWidth(112)
        self.forth = icon_button(onward(), tr("The month after"), lambda: self._move(before=False))
        self.excel = button(tr("Excel …"), lambda: self._save(".xlsx"), "file-spreadsheet")
        self.print = button(tr("Print …"), lambda: self.stage.attempt(self._print), "printer")
        across(self.back, self.name, self.forth, self.state, None, self.excel, self.print, gap=8, edge=NONE, on=whole)
        return whole

    def _move(self, *, before: bool) -> None:
        """The month beside it from now on; one that has not begun is not shown."""
        month = self.month and beside(self.month, self.calendar, before=before)
        if month is None or month.start <= self.stage.as_of:
            self.month = month
            self._say()
            self.refresh()

    # From the book to paper

    def refresh(self) -> None:
        self._round += 1
        now, month, as_of = self._round, self.month, self.stage.as_of
        if not self.pdf:
            self.wait.setText(tr("Laying out the report …"))
            self.stack.setCurrentWidget(self.wait)
        self.state.setText(tr("Laying out the report …") if self.pdf else "")
        self._allow(False)
        self.desk.ask(lambda s: _gathered(s, month, as_of), lambda found: self._lay_out(found, now), self._failed, slow=True)

    def _lay_out(self, found: reports.Monthly | None, now: int) -> None:
        if now != self._round:
            return
        if found is None:
            self.pdf, self.month = b"", None
            self._offer(self.empty)
            return
        self.month = found.scope.period
        booklet = Booklet(found, self.stage.as_of)
        self._paint(booklet, booklet.paint(), now)

    def _paint(self, booklet: Booklet, pages: Iterator[tuple[int, int]], now: int) -> None:
        """One page a turn of the event loop, between which the lane does nothing; then it binds them."""
        if now != self._round:
            return
        if next(pages, None) is None:
            self.desk.jobs.long(booklet.bind, lambda pdf: self._show(booklet, pdf, now), self._failed)
        else:
            self.desk.jobs.long(lambda: None, lambda _: self._paint(booklet, pages, now), self._failed)

    def _show(self, booklet: Booklet, pdf: bytes, now: int) -> None:
        if now != self._round:
            return
        self.pdf, self.paper = pdf, booklet.m
        self._say()
        self._allow(True)
        self.preview.show_pdf(pdf, booklet.pages)
        self._offer(self.preview)

    def _offer(self, shown: QWidget) -> None:
        """One of the states; months and files are offered only where there is something to report."""
        self.stack.setCurrentWidget(shown)
        self.bar.setVisible(shown is not self.empty)
        self.save.setVisible(shown is not self.empty)

    def _say(self) -> None:
        if self.month is not None:
            self.name.setText(self.month.label(self.calendar))
            self.state.setText(tr("up to today") if self.stage.as_of in self.month else "")
            self.forth.setEnabled(self.month.end <= self.stage.as_of)

    def _allow(self, ready: bool) -> None:
        for one in (self.save, self.excel, self.print):
            one.setEnabled(ready)

    def _failed(self, error: BaseException) -> None:
        """What was seen before stays, with its own month; without it, the arrows try again."""
        self.stage.failed(error)
        self.wait.setText(tr("The report could not be laid out."))
        self.state.clear()
        if self.pdf and self.paper is not None:
            self.month = self.paper.scope.period
            self._say()
            self._allow(True)

    # Handing it over

    def suggested(self, ending: str) -> str:
        """The file's name as it is offered: «گزارش-آبان-۱۴۰۵.pdf»."""
        assert self.month is not None
        # Translators: the name of a file, without its ending; the month is written with a hyphen.
        return tr("report-{month}", month=plain(self.month.label(self.calendar)).replace(" ", "-")) + ending

    def _save(self, ending: str) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(str(preferences().value("report_folder") or home))
        chosen = ask_where(self, tr("Save the report"), folder / self.suggested(ending), KINDS[ending])
        if chosen is None:
            return
        (path, replace), pdf, paper, printed = chosen, self.pdf, self.paper, self.stage.as_of
        assert paper is not None

        def work() -> Path:
            from desktop.reports.xlsx import write_xlsx

            put(path, pdf if ending == ".pdf" else write_xlsx(paper, printed), reports.KIND, replace=replace)
            return path

        self.desk.jobs.long(work, self._saved, self.stage.failed)

    def _saved(self, path: Path) -> None:
        preferences().setValue("report_folder", str(path.parent))
        self.stage.say(
            tr("The report is in {file}.", file=foreign(path.name)), tr("Open"),
            partial(open_file, path), longer=True,
        )  # fmt: skip

    def _print(self) -> None:
        pages = len(self.preview.leaves)
        printer = choose_printer(self, tr("Monthly sales report, {month}", month=self.name.text()), pages)
        if printer is not None:
            self._printing = PrintRun(self.desk.jobs, self.pdf, pages, printer, self._printed, self.stage.failed)
            self._printing.start()

    def _printed(self) -> None:
        self._printing = None
        self.stage.say(tr("The report was sent to the printer."))


def _gathered(s: Any, month: Period | None, as_of: dt.date) -> reports.Monthly | None:
    """The month (or the usual one); None: the book has no sale."""
    usual = reports.usual_month(s, as_of)
    return reports.gather(s, kpi.scope(s, period=month or usual, as_of=as_of)) if usual else None
