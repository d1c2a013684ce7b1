"""A long list is a window on rows: a screenful is asked and kept, and a change touches only what it moved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from desktop.shop.lists import PAGE, Filter
from desktop.shop.things import LISTINGS
from desktop.store import Store
from desktop.store.tables import Sale
from desktop.ui.listed import PAGES, ListModel
from desktop.ui.tables import ROW, Table
from desktop.values.digits import number
from desktop.values.text import tr
from tests.ui.keys import press
from tests.ui.long_list import FIRST, Lane, Touched, change_sale, write_sales

SMALL, LARGE = 24_000, 100_000  # both long enough to be sorted by their index only


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    found = {count: folder / f"{count}.cheragh" for count in (SMALL, LARGE)}
    for count, path in found.items():
        write_sales(path, count).close(backup=False)
    return found


@pytest.fixture
def opened(books, shown):
    """Opens the sales of the small or the large book in a table; each test leaves its book as it was."""
    stores = []

    def open_list(count=SMALL):
        store = Store.open(books[count])
        lane = Lane(store)
        model = ListModel(LISTINGS["sales"], None, lane)
        table = Table(model)
        table.setFixedSize(900, 20 * ROW)
        model.goal.connect(table.stand_on)
        shown(table)
        stores.append((store, table))
        model.begin(Filter())
        lane.run()
        return table, lane

    yield open_list
    for store, _ in stores:
        while store.undo():
            pass
        store.close(backup=False)


def scroll(table, lane, to):
    """So far down, of 1; what that asks."""
    bar = table.verticalScrollBar()
    bar.setValue(round(bar.maximum() * to))
    return lane.run()


def sight(table):
    """The ids in sight, top first."""
    first, last = table.sight()
    return [row[0] if (row := table.rows.at(at)) else None for at in range(first, last + 1)]


def moved(table, lane):
    """What the news of a change asks, and which rows it touches."""
    touched = Touched(table.rows)
    table.rows.again()
    return lane.run(), touched


# A screenful, however long the list is


def test_a_hundred_thousand_rows_cost_the_questions_and_rows_of_a_few(opened):
    found = []
    for count in (SMALL, LARGE):
        table, lane = opened(count)
        steps = [lane.asked, scroll(table, lane, 1), scroll(table, lane, 0.5)]
        table.rows.begin(Filter(sort="day"))
        steps.append(lane.run())
        scroll(table, lane, 0.3)
        change_sale(lane.store, sight(table)[3], payment="other")
        asked, touched = moved(table, lane)
        found.append((steps, asked, touched.rows, touched.resets))
        assert len(table.rows.rows) <= PAGES * PAGE
        assert len(table.rows._made) <= 400

    assert found[0] == found[1]
    assert found[0][2] == 1


def test_the_ends_and_the_middle_show_their_rows(opened):
    table, lane = opened()
    assert (table.rows.total, sight(table)[0]) == (SMALL, SMALL)
    scroll(table, lane, 1)
    assert sight(table)[-1] == 1
    scroll(table, lane, 0.5)
    first, _ = table.sight()
    assert sight(table) == list(range(SMALL - first, SMALL - first - len(sight(table)), -1))


def test_texts_are_made_of_what_is_painted_only(opened):
    table, _ = opened()

    assert len(table.rows.rows) >= PAGE
    assert len(table.rows._made) <= 2 * len(sight(table)) + 2


def test_a_long_ride_keeps_a_few_pages_and_texts(opened):
    table, lane = opened()
    for step in range(40):
        scroll(table, lane, step / 40)
        assert len(table.rows._pages) <= PAGES
        assert len(table.rows._made) <= 400


def test_the_next_page_is_asked_from_its_neighbour_by_key(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)
    known = set(table.rows._pages)
    bar = table.verticalScrollBar()
    while set(table.rows._pages) == known and not lane.waiting:
        bar.setValue(bar.value() + 20 * ROW)

    assert lane.run() == 4  # whether the book is there, who asks, where the last row stands, the rows after it


def test_rows_on_their_way_are_a_placeholder_never_other_rows(opened):
    table, lane = opened()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    index = table.rows.index(table.sight()[0], 0)

    assert set(sight(table)) == {None}
    assert table.rows.data(index) is None
    assert table.rows.data(index, Qt.ItemDataRole.AccessibleTextRole) == tr("Loading …")
    assert table.chosen() is None
    lane.run()
    assert None not in sight(table)


def test_columns_are_fitted_while_rows_are_on_their_way(opened):
    table, lane = opened()
    change_sale(lane.store, SMALL - 2, gross=15, total=15)  # 1.5 tomans: decimals in a column
    moved(table, lane)
    table.fit()
    assert max(table.rows.places) == 1
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    table.fit()

    assert set(sight(table)) == {None}


def test_an_answer_to_what_is_not_asked_any_more_is_dropped(opened):
    table, lane = opened()
    table.rows.begin(Filter(only=(("kind", "return"),)))
    table.rows.begin(Filter(sort="day"))
    lane.answer()
    assert (table.rows.total, sight(table)[0]) == (SMALL, SMALL)

    lane.run()
    assert sight(table)[0] == 1


def test_a_wild_ride_on_the_scroll_bar_asks_for_where_it_ends(opened):
    table, lane = opened()
    bar = table.verticalScrollBar()
    for step in range(1, 40):
        bar.setValue(bar.maximum() * step // 40)
        assert len(lane.waiting) <= 1
    lane.run()

    assert None not in sight(table)
    assert lane.asked < 40


def test_the_news_during_the_first_question_asks_it_anew(opened):
    table, lane = opened()
    table.rows.begin(Filter(sort="day"))
    table.rows.again()
    lane.run()

    assert sight(table)[0] == 1


# A change touches what it moved


def test_a_new_row_above_keeps_sight_current_row_and_selection_where_they_are(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)
    before, down = sight(table), table.verticalScrollBar().value()
    table.stand_on(table.rows.position(before[5]))
    change_sale(lane.store, before[-1] - 300, day=FIRST.replace(year=2027))  # it goes to the very top

    _, touched = moved(table, lane)

    assert sight(table) == before
    assert table.chosen() == before[5]
    assert {index.row() for index in table.selectionModel().selectedRows()} == {table.rows.position(before[5])}
    assert table.verticalScrollBar().value() == down + ROW
    assert touched.rows <= 3
    assert touched.resets == 0


def test_many_rows_that_go_above_leave_the_sight_where_it_is(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)
    before = sight(table)
    with lane.store.changing("Record sale", "sell") as s:
        for sale in s.scalars(select(Sale).where(Sale.id > SMALL - 450)):
            sale.status = "void"

    asked, _ = moved(table, lane)

    assert sight(table) == before
    assert (table.rows.total, table.sight()[0]) == (SMALL - 450, SMALL - 450 - before[0])
    assert asked == moved(table, lane)[0]  # nothing has to be asked a second time


def test_at_the_top_a_new_row_is_seen_at_once(opened):
    table, lane = opened()
    change_sale(lane.store, 17, day=FIRST.replace(year=2027))

    _, touched = moved(table, lane)

    assert sight(table)[:2] == [17, SMALL]
    assert touched.resets == 0
    assert touched.inserted == [(0, 0)]


def test_a_row_that_goes_takes_nothing_else_along(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)
    before = sight(table)
    change_sale(lane.store, before[4], status="void")

    _, touched = moved(table, lane)

    assert sight(table)[:8] == [*before[:4], *before[5:9]]
    assert table.rows.total == SMALL - 1
    assert len(touched.removed) == 1
    assert touched.rows <= 3


def test_a_row_that_moves_away_is_followed(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)
    row = sight(table)[3]
    table.stand_on(table.rows.position(row))
    change_sale(lane.store, row, day=FIRST)

    moved(table, lane)

    assert table.chosen() == row
    assert row in sight(table)
    assert None not in sight(table)


def test_nothing_is_touched_where_nothing_moved(opened):
    table, lane = opened()
    scroll(table, lane, 0.5)

    _, touched = moved(table, lane)

    assert (touched.rows, touched.resets) == (0, 0)


def test_all_rows_in_sight_may_go(opened):
    table, lane = opened()
    table.rows.begin(Filter(period=None, only=(("payment", "cash"),)))
    lane.run()
    change_sale(lane.store, sight(table)[0], payment="card")
    moved(table, lane)
    assert table.rows.total == SMALL // 3 - 1

    table.rows.begin(Filter(only=(("payment", "other"),)))
    lane.run()
    assert (table.rows.total, table.rows.bare) == (0, False)


# What it says of itself


def test_the_count_comes_after_the_first_page_and_the_sums_after_it(opened):
    table, lane = opened()
    told = []
    table.rows.told.connect(lambda: told.append((table.rows.total, table.rows.counted, table.rows.sums.get("total"))))
    table.rows.begin(Filter(only=(("payment", "cash"),)))
    lane.run()

    cash = [row % 1000 * 1000 for row in range(1, SMALL + 1) if row % 3 == 0]
    assert told == [(PAGE, False, None), (len(cash), True, None), (len(cash), True, sum(cash))]


def test_what_cannot_be_read_is_said_and_asked_again_later(opened):
    table, lane = opened()
    failed = []
    table.rows.failed.connect(failed.append)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    *_, wrong = lane.waiting.pop()
    wrong(ArithmeticError("broken"))
    assert len(failed) == 1

    scroll(table, lane, 0.9)
    assert None not in sight(table)


# By keyboard


def test_the_keys_walk_through_rows_that_are_not_here_yet(opened):
    table, lane = opened()
    press("End")
    lane.run()
    assert table.chosen() == 1
    press("PageUp")
    press("Up")
    lane.run()
    assert table.chosen() == SMALL - table.currentIndex().row() > 1
    for _ in range(30):
        press("PageUp")
        lane.run()
        assert None not in sight(table)
        assert table.chosen() == SMALL - table.currentIndex().row()
    press("Home")
    lane.run()
    assert table.chosen() == SMALL
    press("PageDown", "Down")
    lane.run()
    assert table.chosen() == SMALL - table.currentIndex().row() < SMALL


def test_the_current_row_is_known_however_far_one_scrolls(opened):
    table, lane = opened()
    table.stand_on(5)
    for share in (0.2, 0.4, 0.6, 0.8, 0.3, 0.5, 0.7, 0.9, 0.1):
        scroll(table, lane, share)
    assert table.chosen() == SMALL - 5


def test_a_letter_does_not_walk_through_all_rows(opened):
    table, _ = opened()
    assert table.rows.match(table.rows.index(0, 0), 0, "z") == []


# Copied


def test_all_rows_are_copied_though_few_are_here(opened):
    table, lane = opened()
    table.selectAll()
    press("Ctrl+C")
    lane.run()
    lines = QGuiApplication.clipboard().text().split("\n")

    assert (len(lines), lines[0].split("\t")[0], lines[-1].split("\t")[0]) == (SMALL, str(SMALL), "1")


def test_more_rows_than_can_be_copied_are_said(opened, monkeypatch):
    monkeypatch.setattr("desktop.ui.listed.COPIED", 3000)
    table, lane = opened()
    said = []
    table.said.connect(said.append)
    table.selectAll()
    press("Ctrl+Shift+C")
    lane.run()

    assert len(QGuiApplication.clipboard().text().split("\n")) == 3001
    assert said == [tr("The first {n} of {all} rows were copied.", n=number(3000), all=number(SMALL))]
