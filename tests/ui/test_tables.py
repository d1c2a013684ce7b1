"""A quiet table: units under units, rows opened and let go by keys, copied as a spreadsheet takes them."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from desktop.ui.tables import RowsModel, Table, decimals, side
from desktop.values.column import Column
from desktop.values.digits import plain
from desktop.values.unit import Unit
from tests.ui.keys import press

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
def table(shown):
    model = RowsModel(COLUMNS)
    made = Table(model)
    made.setFixedSize(700, 300)
    model.show_rows(ROWS)
    return shown(made)


def text(table, row, column, role=Qt.ItemDataRole.DisplayRole):
    return table.rows.data(table.rows.index(row, column), role)


def test_a_cell_is_written_for_a_person_and_keeps_its_value(table):
    assert [plain(text(table, 0, at)) for at in range(5)] == ["چای", "۱۴۰۵/۰۹/۰۴", "۱۵۰٬۰۰۰", "۲٫۵", "۲۵٫۰٪"]
    assert text(table, 0, 2, Qt.ItemDataRole.UserRole) == 1_500_000
    assert text(table, 1, 4) == ""
    assert "\u2066" not in text(table, 0, 2, Qt.ItemDataRole.AccessibleTextRole)


def test_a_void_row_is_struck_out(table):
    assert text(table, 1, 0, Qt.ItemDataRole.FontRole).strikeOut()
    assert not text(table, 0, 0, Qt.ItemDataRole.FontRole).strikeOut()


def test_numbers_stand_at_the_right_and_words_where_reading_starts(table):
    right = Qt.AlignmentFlag.AlignRight
    assert all(side(column) & right for column in COLUMNS)  # in Persian reading starts there too
    from desktop.values.text import use_language

    use_language("en")
    assert side(COLUMNS[0]) & Qt.AlignmentFlag.AlignLeft
    assert side(COLUMNS[2]) & right


@pytest.mark.parametrize(("written", "places"), [("۲٫۵", 1), ("1,250.75", 2), ("۱٬۲۵۰", 0), ("", 0)])
def test_decimal_places_are_counted_as_written(written, places):
    assert decimals(written) == places


def test_rows_are_copied_as_a_spreadsheet_takes_them(table):
    table.stand_on(0)
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "چای\t2026-11-25\t150000\t2.5\t0.25"

    table.selectAll()
    press("Ctrl+Shift+C")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines[0].split("\t")) == 5
    assert lines[2] == "قند شکسته\t2026-11-24\t-2000\t1\t"


def test_codes_are_copied_as_the_words_that_are_read(shown):
    model = RowsModel((Column("kind", "Kind", Unit.TEXT), Column("target", "Target", Unit.TEXT)), lambda *_: "۲٫۵٪")
    model.show_rows([(1, "final", "cash", 250)])

    assert model.copied([0], head=False) == "۲٫۵٪\t2٫5٪"


def test_enter_opens_the_row_and_delete_lets_it_go(table):
    opened, removed = [], []
    table.opened.connect(opened.append)
    table.removed.connect(removed.append)
    press("Return", "Down", "Enter", "Delete")

    assert (opened, removed) == ([7, 8], [8])


def test_the_menu_offers_what_the_list_can_do(table):
    done = []
    table.verbs = lambda row: [("Open", lambda: done.append(row))]
    table.stand_on(1)
    menu = table.menu()

    menu.actions()[0].trigger()

    assert done == [8]
    assert len(menu.actions()) == 4


def test_a_click_on_a_header_asks_for_that_order_and_the_arrow_stands_there(table):
    asked = []
    table.order_wanted.connect(asked.append)
    table.horizontalHeader().sectionClicked.emit(2)
    table.rows.sorted_by = ("amount", True)

    assert asked == ["amount"]
    arrow = Qt.ItemDataRole.DecorationRole
    assert table.rows.headerData(2, Qt.Orientation.Horizontal, arrow) is not None
    assert table.rows.headerData(1, Qt.Orientation.Horizontal, arrow) is None


def test_more_rows_keep_the_decimals_under_each_other(table):
    table.rows.add_rows([(9, "final", "نبات", None, 10, 1125, None)])

    assert table.rows.places[3] == 3
    assert table.rows.rowCount() == 3


def test_columns_fill_the_table_and_widths_given_by_hand_come_back(table):
    from desktop.ui.memory import preferences

    table.fit()
    assert sum(table.columnWidth(at) for at in range(5)) == pytest.approx(table.viewport().width(), abs=5)

    table.remember("goods")
    preferences().setValue("widths/goods", "111,112,113,114,115")
    table.fit()
    assert [table.columnWidth(at) for at in range(4)] == [111, 112, 113, 114]


def test_a_whole_number_among_decimals_has_room_for_their_places(table):
    table.rows.show_rows([(1, "final", "x", None, 1, quantity, None) for quantity in (18_000, 1_250)])
    delegate, option = table.itemDelegate(), QStyleOptionViewItem()
    wide = [delegate.sizeHint(option, table.rows.index(row, 3)).width() for row in (0, 1)]

    table.rows.show_rows([(1, "final", "x", None, 1, 18_000, None)])
    assert delegate.sizeHint(option, table.rows.index(0, 3)).width() < wide[0]


def test_the_end_of_the_rows_asks_for_more(table):
    asked = []
    table.near_end.connect(lambda: asked.append(1))
    table.rows.show_rows([(at, "final", "x", None, 1, 1, None) for at in range(300)])
    QApplication.processEvents()

    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())

    assert asked
