"""A quiet table: units under units, rows opened and let go by keys, walked by keys, copied as a spreadsheet takes them."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.ui.memory import preferences
from desktop.ui.rows import RowsModel
from desktop.ui.tables import Table
from tests.ui.keys import press
from tests.ui.test_rows import COLUMNS, ROWS


@pytest.fixture
def table(shown):
    model = RowsModel(COLUMNS)
    made = Table(model)
    made.setFixedSize(700, 300)
    model.show_rows(ROWS)
    return shown(made)


def test_rows_are_copied_as_a_spreadsheet_takes_them(table):
    table.stand_on(0)
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "چای\t2026-11-25\t150000\t2.5\t0.25"

    table.selectAll()
    press("Ctrl+Shift+C")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines[0].split("\t")) == 5
    assert lines[2] == "قند شکسته\t2026-11-24\t-2000\t1\t"


def test_where_no_row_is_chosen_all_are_copied(table):
    table.clearSelection()
    table.copy(head=False)

    assert len(QGuiApplication.clipboard().text().split("\n")) == 2


def test_enter_opens_the_row_and_delete_lets_it_go(table):
    opened, removed = [], []
    table.opened.connect(opened.append)
    table.removed.connect(removed.append)
    press("Return", "Down", "Enter", "Delete")

    assert (opened, removed) == ([7, 8], [8])


def test_home_and_end_lead_to_the_first_and_the_last_row(table):
    press("End")
    assert table.chosen() == 8
    press("Home")
    assert table.chosen() == 7
    press("Shift+End")
    assert len(table.selectionModel().selectedRows()) == 2


def test_the_menu_offers_what_the_list_can_do(table):
    done = []
    table.verbs = lambda row: [("Open", lambda: done.append(row))]
    table.stand_on(1)
    menu = table.menu()

    menu.actions()[0].trigger()

    assert done == [8]
    assert len(menu.actions()) == 4


def test_a_click_on_a_header_asks_for_that_order(table):
    asked = []
    table.order_wanted.connect(asked.append)
    table.horizontalHeader().sectionClicked.emit(2)

    assert asked == ["amount"]


def test_columns_fill_the_table_and_widths_given_by_hand_come_back(table):
    table.fit()
    assert sum(table.columnWidth(at) for at in range(5)) == pytest.approx(table.viewport().width(), abs=5)

    table.key = "goods"
    preferences().setValue("widths/goods", "111,112,113,114,115")
    table.fit()
    assert [table.columnWidth(at) for at in range(4)] == [111, 112, 113, 114]


def test_a_long_table_is_fitted_by_a_screenful(table):
    table.rows.show_rows([(at, "final", "x", None, 1, 1_000, None) for at in range(5_000)])
    table.fit()

    assert len(table.rows._made) <= 60


def test_a_whole_number_among_decimals_has_room_for_their_places(table):
    table.rows.show_rows([(1, "final", "x", None, 1, quantity, None) for quantity in (18_000, 1_250)])
    delegate, option = table.itemDelegate(), QStyleOptionViewItem()
    wide = [delegate.sizeHint(option, table.rows.index(row, 3)).width() for row in (0, 1)]

    table.rows.show_rows([(1, "final", "x", None, 1, 18_000, None)])
    assert delegate.sizeHint(option, table.rows.index(0, 3)).width() < wide[0]


def test_decimals_that_come_into_sight_move_the_numbers_above_them(table):
    table.rows.show_rows([(at, "final", "x", None, 1, 1_250 if at == 97 else 1_000, None) for at in range(100)])
    assert table.rows.places[3] == 0

    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    assert table.rows.places[3] == 2
