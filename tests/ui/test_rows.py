"""The cells of a table: written for a person when they are painted, and copied as a spreadsheet takes them."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from desktop.ui.rows import RowsModel, decimals, side
from desktop.values.digits import plain
from desktop.values.unit import Column, Unit
from desktop.values.writing import Writing, use_writing

COLUMNS = (
    Column("name", "Name", Unit.TEXT),
    Column("day", "Day", Unit.DAY),
    Column("amount", "Amount", Unit.MONEY),
    Column("quantity", "Quantity", Unit.QUANTITY),
    Column("share", "Margin", Unit.SHARE),
)
ROWS = [
    (7, "final", "چای", dt.date(2026, 11, 25), 1_500_000, 2500, 0.25),
    (8, "void", "قند\nشکسته", dt.date(2026, 11, 24), -20_000, 1000, None),
]


@pytest.fixture
def model(house):
    made = RowsModel(COLUMNS)
    made.show_rows(ROWS)
    return made


def text(model, row, column, role=Qt.ItemDataRole.DisplayRole):
    return model.data(model.index(row, column), role)


def test_a_cell_is_written_for_a_person_and_keeps_its_value(model):
    assert [plain(text(model, 0, at)) for at in range(5)] == ["چای", "۱۴۰۵/۰۹/۰۴", "۱۵۰٬۰۰۰", "۲٫۵", "۲۵٫۰٪"]
    assert text(model, 0, 2, Qt.ItemDataRole.UserRole) == 1_500_000
    assert text(model, 1, 4) == ""
    assert "\u2066" not in text(model, 0, 2, Qt.ItemDataRole.AccessibleTextRole)


def test_texts_are_made_when_they_are_painted(house):
    written = []
    model = RowsModel(COLUMNS[:1], lambda _, value, __: written.append(value) or value)
    model.show_rows([(at, "final", str(at)) for at in range(1000)])
    assert written == []

    assert [text(model, at, 0) for at in (5, 5, 7)] == ["5", "5", "7"]
    assert written == ["5", "7"]


def test_a_void_row_is_struck_out(model):
    assert text(model, 1, 0, Qt.ItemDataRole.FontRole).strikeOut()
    assert not text(model, 0, 0, Qt.ItemDataRole.FontRole).strikeOut()


def test_numbers_stand_at_the_right_and_words_where_reading_starts(model):
    right = Qt.AlignmentFlag.AlignRight
    assert all(side(column) & right for column in COLUMNS)  # in Persian reading starts there too
    use_writing(Writing(language="en"))
    assert side(COLUMNS[0]) & Qt.AlignmentFlag.AlignLeft
    assert side(COLUMNS[2]) & right


@pytest.mark.parametrize(("written", "places"), [("۲٫۵", 1), ("1,250.75", 2), ("۱٬۲۵۰", 0), ("", 0)])
def test_decimal_places_are_counted_as_written(written, places):
    assert decimals(written) == places


def test_codes_are_copied_as_the_words_that_are_read(house):
    model = RowsModel((Column("kind", "Kind", Unit.TEXT), Column("target", "Target", Unit.TEXT)), lambda *_: "۲٫۵٪")
    model.show_rows([(1, "final", "cash", 250)])
    copied = []
    model.copy([range(1)], lambda *found: copied.append(found), head=False)

    assert copied == [("۲٫۵٪\t2٫5٪", 1)]


def test_the_sorted_column_has_an_arrow(model):
    model.sorted_by = ("amount", True)
    arrow = Qt.ItemDataRole.DecorationRole

    assert model.headerData(2, Qt.Orientation.Horizontal, arrow) is not None
    assert model.headerData(1, Qt.Orientation.Horizontal, arrow) is None
