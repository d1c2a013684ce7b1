"""The page of the monthly report: the very file is shown, saved and printed, of the month that is chosen."""

import datetime as dt
import subprocess
import sys
from itertools import pairwise

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog

from desktop import app, reports
from desktop.shop.sales import record_void
from desktop.store import Store, Trouble
from desktop.ui import preview
from desktop.ui.preview import rendered
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.text import tr
from tests.little_shop import Shop

TODAY = dt.date(2026, 11, 25)  # 4 Azar 1405


@pytest.fixture
def house(data):
    found = app.App("fa", "light", TODAY)
    yield found
    found.leave()
    app.settle(found)


@pytest.fixture
def sold(book):
    """The book with two sales in Aban and one in Azar."""
    shop = Shop(Store.open(book))
    for total, day in ((4_000_000, "1405-08-03"), (9_000_000, "1405-08-20"), (2_000_000, "1405-09-02")):
        shop.sell(total, day=day, customer="مینا", seller="سارا", cost=total // 2)
    shop.store.close(backup=False)
    return book


@pytest.fixture
def page(house, sold):
    window = house.show(sold)
    window.go("reports")
    app.settle(house)
    return window.page


@pytest.fixture
def chosen(monkeypatch):
    """What the person answers to the system's save dialog; the name that was offered is kept."""
    answer = {"path": "", "offered": ""}

    def dialog(_parent, _title, offered, _kinds):
        answer["offered"] = offered
        return str(answer["path"]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return answer


def text_of(pdf):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_without_a_sale_it_says_what_the_report_is_for_and_starts_one(house, book):
    window = house.show(book)
    window.go("reports")
    app.settle(house)
    page = window.page

    assert page.stack.currentWidget() is page.empty
    assert not any(button.isVisible() for button in (page.save, page.excel, page.print, page.back, page.forth))
    page.empty.button.click()
    assert window.panel is not None


def test_it_opens_on_the_month_that_is_over(page):
    assert page.month == Period.parse("1405-08")
    assert plain(page.name.text()) == "آبان ۱۴۰۵"
    assert page.stack.currentWidget() is page.preview
    assert page.state.text() == ""


def test_pages_lie_below_each_other_in_a_wide_window_too(house, sold):
    """In a window that was wide from the start they kept the places of narrow pages and covered each other."""
    window = house.show(sold)
    window.resize(1920, 1080)
    window.go("reports")
    app.settle(house)
    leaves = [leaf.geometry() for leaf in window.page.preview.leaves]

    assert all(one.bottom() < other.top() for one, other in pairwise(leaves))


def test_what_is_seen_is_the_very_file(page):
    leaf = page.preview.leaves[0]

    assert page.pdf.startswith(b"%PDF")
    assert len(page.preview.leaves) == len(pypdfium2.PdfDocument(page.pdf))
    assert leaf.image == rendered(page.pdf, 0, leaf.image.width())


def test_a_page_fits_the_width_and_is_drawn_anew_for_another(house, page):
    page.window().resize(1366, 768)
    app.settle(house)
    before = page.preview.leaves[0].width()

    page.window().resize(1100, 700)
    app.settle(house)
    leaf = page.preview.leaves[0]

    assert leaf.width() < before
    assert leaf.width() <= page.preview.viewport().width()
    assert leaf.image.width() == round(leaf.width() * page.preview.devicePixelRatioF())


def test_pages_far_from_sight_are_drawn_when_they_come_into_it(house, page):
    last = page.preview.leaves[-1]
    assert last.image is None

    page.preview.verticalScrollBar().setValue(page.preview.verticalScrollBar().maximum())
    app.settle(house)

    assert last.image is not None
    assert page.preview.leaves[0].image is None  # and lets go of those it left


def test_the_arrows_move_by_months_and_stop_at_the_running_one(house, page):
    assert page.forth.isEnabled()

    page.forth.click()
    app.settle(house)

    assert page.month == Period.parse("1405-09")
    assert page.state.text() == tr("up to today")
    assert not page.forth.isEnabled()
    page.back.click()
    page.back.click()
    app.settle(house)
    assert page.month == Period.parse("1405-07")
    assert page.paper.scope.period == Period.parse("1405-07")


def test_a_change_of_the_book_is_on_paper_at_once(house, page):
    before = page.pdf

    record_void(page.desk.store, 2)
    app.settle(house)

    assert page.pdf != before
    assert page.paper.answers["revenue"].value == 4_000_000


def test_a_month_that_cannot_be_laid_out_leaves_the_one_before_in_sight(house, page, monkeypatch):
    before = page.pdf

    def broken(*_):
        raise Trouble("The book's file is damaged. Restore the last backup; nothing was written.")

    with monkeypatch.context() as patch:
        patch.setattr(reports, "gather", broken)
        page.back.click()
        app.settle(house)

    assert page.stage.toast.text == tr("The book's file is damaged. Restore the last backup; nothing was written.")
    assert (page.month, page.pdf) == (Period.parse("1405-08"), before)
    assert page.save.isEnabled()
    page.back.click()
    app.settle(house)
    assert page.paper.scope.period == Period.parse("1405-07")


def test_the_saved_file_is_the_one_that_was_seen(house, page, chosen, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    chosen["path"] = tmp_path / "mine"  # the ending is added

    page.save.click()
    app.settle(house)

    assert chosen["offered"].endswith("گزارش-آبان-۱۴۰۵.pdf")
    assert (tmp_path / "mine.pdf").read_bytes() == page.pdf
    assert "mine.pdf" in page.stage.toast.text
    page.stage.toast._button.click()
    assert opened == [str(tmp_path / "mine.pdf")]
    page.save.click()
    assert chosen["offered"].startswith(str(tmp_path))  # the folder is remembered


def test_the_command_line_makes_the_same_file(house, sold, page, tmp_path):
    pdf = page.pdf
    house.leave()
    command = ["report", "--book", sold, "--period", "1405-08", "--as-of", TODAY, "--print-date", TODAY, "--out", tmp_path / "mine.pdf"]

    subprocess.run([sys.executable, "-m", "desktop", *map(str, command)], check=True, capture_output=True)

    assert (tmp_path / "mine.pdf").read_bytes() == pdf


def test_excel_holds_the_same_month(house, page, chosen, tmp_path):
    from python_calamine import CalamineWorkbook

    chosen["path"] = tmp_path / "month.xlsx"

    page.excel.click()
    app.settle(house)

    assert chosen["offered"].endswith(".xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "month.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][1] == 1_300_000  # tomans


def test_a_folder_that_cannot_be_written_is_said(house, page, chosen, tmp_path):
    chosen["path"] = tmp_path / "gone" / "mine.pdf"

    page.save.click()
    app.settle(house)

    assert "mine.pdf" in page.stage.toast.text
    assert not (tmp_path / "gone").exists()


def test_a_dialog_that_was_left_saves_nothing(house, page, chosen, tmp_path):
    page.save.click()
    app.settle(house)

    assert not list(tmp_path.glob("*.pdf"))


def test_without_a_printer_it_says_what_to_do(page, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))

    page.print.click()

    assert page.stage.toast.text == tr("No printer is set up on this computer. Save the report as PDF and print it where there is one.")


def test_every_page_is_printed(house, page, tmp_path, monkeypatch):
    """The printer is one that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(100)
    monkeypatch.setattr("desktop.ui.pages.reports.choose_printer", lambda *_: printer)

    page.print.click()
    app.settle(house)

    out = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(out) == len(page.preview.leaves)
    seen, printed = (document[1].render(scale=1).to_numpy().mean() for document in (pypdfium2.PdfDocument(page.pdf), out))
    assert abs(seen - printed) < 3  # the same ink on the page
    assert page.stage.toast.text == tr("The report was sent to the printer.")


def test_only_the_pages_asked_for_are_printed(house, page, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(2, 3)
    ended = []

    preview.PrintRun(page.desk.jobs, page.pdf, 9, printer, lambda: ended.append("done"), ended.append).start()
    app.settle(house)

    assert ended == ["done"]
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 2


def test_the_file_says_the_shops_month(page):
    assert "چراغستان" in text_of(page.pdf)
    assert page.accessibleName() == plain(tr("Monthly report"))
