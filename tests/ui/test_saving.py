"""What the window saves: the system's dialog has asked about a file that is there, but never a book goes."""

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop import app
from desktop.store.trouble import Trouble
from desktop.values.text import N_


@pytest.fixture
def export(house, window, monkeypatch):
    """Exports everything into the file that the person names; what the window said then."""
    window.go("settings")
    app.settle(house)

    def export(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        window.page.general._export()
        app.settle(house)
        return window.toast.text

    return export


def test_a_file_that_the_dialog_asked_about_is_replaced(export, tmp_path):
    (tmp_path / "old.xlsx").write_bytes(b"Dear Sara")

    assert "old.xlsx" in export(tmp_path / "old.xlsx")

    assert (tmp_path / "old.xlsx").read_bytes().startswith(b"PK")


def test_a_file_that_it_did_not_ask_about_stays(export, tmp_path):
    """The ending was added after the dialog: it asked about «old», and old.xlsx was gone."""
    (tmp_path / "old.xlsx").write_bytes(b"Dear Sara")

    said = export(tmp_path / "old")

    assert "old.xlsx" in said
    assert "--" not in said  # an option helps nobody in a window
    assert (tmp_path / "old.xlsx").read_bytes() == b"Dear Sara"


def test_a_name_without_an_ending_gets_one(export, tmp_path):
    """The tables came as a folder of that name."""
    assert "new.xlsx" in export(tmp_path / "new")

    assert (tmp_path / "new.xlsx").is_file()


def test_a_book_is_not_replaced_though_the_dialog_asked(export, house, tmp_path):
    store = house.desk.store
    (tmp_path / "link.xlsx").symlink_to(store.path)

    assert "دفتر" in export(tmp_path / "link.xlsx")

    assert store.check() == []


def taken(house, window, file):
    """The import page, after these customers were shown and brought."""
    window.go("importing")
    page = window.page
    page.kind.set_value("customers")
    page.show_file(file)
    app.settle(house)
    page.plan.go.click()
    app.settle(house)
    return page


def test_an_import_ends_on_its_page_though_its_refused_rows_cannot_be_written(house, window, tmp_path, monkeypatch):
    """On a full disk the window said that nothing was lost, and never that the rows were in the book, nor how to take them back."""

    def full(*_, **__):
        raise Trouble(N_("There is no room for {file}. Make room on the disk, or choose another folder."), file="x.csv")

    monkeypatch.setattr("desktop.shop.importing.run.write_errors", full)
    file = tmp_path / "customers.csv"
    file.write_text("نام,یادداشت\nمینا,\n,بی‌نام\n", "utf-8")
    page = taken(house, window, file)

    assert page.stack.currentWidget() is page.end
    assert "x.csv" in page.end.says.text()
    assert page.end.back.isEnabled()


def test_a_file_with_a_long_name_is_taken_whole(house, window, tmp_path):
    """115 Persian letters and a date are more than a disk takes for a name: the file of refused rows failed, after the rows were in."""
    file = tmp_path / f"{'م' * 115}.csv"
    file.write_text("نام,یادداشت\nمینا,\n,بی‌نام\n", "utf-8")
    page = taken(house, window, file)

    assert (page.outcome.accepted, page.outcome.refused) == (1, 1)
    assert page.end.errors.is_file()
