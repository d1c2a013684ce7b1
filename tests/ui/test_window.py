"""The window: pages, keys, the panel at the side, undo, and what is said at its foot."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from desktop import app
from desktop.shop.things import save
from desktop.store.tables import Cost, Customer
from desktop.ui.keys import ANYWHERE, ENTRY
from desktop.ui.pages import PAGES
from desktop.values.text import Refused, tr
from tests.ui.keys import press


@pytest.mark.parametrize("key", PAGES)
def test_every_page_opens_empty_and_is_marked_in_the_sidebar(house, window, key):
    window.go(key)
    app.settle(house)

    assert window.page.key == key
    assert [name for name, button in window.sidebar.buttons.items() if button.isChecked()] == [key]


def test_no_key_is_given_twice():
    keys = [key.keys for key in (*ENTRY, *ANYWHERE)]

    assert sorted(set(keys)) == sorted(keys)


CALLED = {"F12": "New opinion"}  # the form whose title is not the key's


@pytest.mark.parametrize("key", ENTRY, ids=lambda key: key.keys)
def test_a_key_opens_its_form_and_escape_closes_it(house, window, key):
    window.activateWindow()
    press(key.keys, widget=window)
    assert window.panel.head.text() == tr(CALLED.get(key.keys, key.title))
    assert window.panel.isAncestorOf(window.focusWidget())

    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert window.panel is None


def test_a_change_is_said_with_the_way_back_and_undo_takes_it_back(house, window):
    save(house.desk.store, "customer", None, {"name": "مینا"})
    app.settle(house)
    assert "مینا" in window.toast.text

    window.undo()
    assert window.toast.text == tr("Taken back: {what}", what=tr("Add customer {name}", name="مینا"))
    window.undo()
    assert window.toast.text == tr("Nothing to take back.")
    window.redo()
    assert window.toast.text == tr("Done again: {what}", what=tr("Add customer {name}", name="مینا"))


def test_undo_right_after_an_import_says_that_the_import_went(house, window):
    """Off the window's thread: it can be a million rows. It took the change before it, and the import stayed."""
    store = house.desk.store
    save(store, "customer", None, {"name": "مینا"})
    with store.importing("costs", "costs.csv", "", "{}") as load:
        load.connection.execute(
            "INSERT INTO cost (day, status, entered_at, amount, kind, batch_id) VALUES ('2026-10-25', 'final', '', 7, 'rent', ?)",
            (load.batch_id,),
        )
    app.settle(house)

    window.undo()
    assert window.toast.text == tr("Taking the import back …")
    app.settle(house)
    assert window.toast.text == tr("Taken back: {what}", what=tr("Import {file}", file="costs.csv"))
    with store.reading() as s:
        assert [s.scalar(select(func.count()).select_from(table)) for table in (Cost, Customer)] == [0, 1]


def test_what_is_refused_is_said_and_nothing_falls(window):
    def refuse():
        raise Refused("There is no book {file}.", file="x")

    assert not window.attempt(refuse)
    assert window.toast.text == tr("There is no book {file}.", file="x")


def test_a_hidden_page_is_asked_again_when_it_comes_into_sight(house, window):
    window.go("customers")
    window.go("today")
    app.settle(house)
    save(house.desk.store, "customer", None, {"name": "مینا"})
    app.settle(house)

    window.go("customers")
    app.settle(house)

    assert [row[2] for row in window.page.current().model.rows] == ["مینا"]


def test_a_dropped_book_is_opened_and_any_other_file_is_shown_for_import(house, window, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("نام,تلفن\nمینا,09121234567\n", "utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])

    window.dropEvent(
        QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )

    assert window.page.key == "importing"
    assert window.page.path == file
    app.settle(house)


def test_a_new_day_of_the_shop_builds_the_window_anew(house, window):
    import datetime as dt

    window.as_of -= dt.timedelta(days=1)
    window._tick()
    app.settle(house)

    assert house.window is not window


def test_what_is_said_at_the_foot_stays_clear_of_the_panel(window):
    window.resize(1366, 768)
    for form in ("customer", "cost"):
        window.open_form(form)
        window.say("چیزی")
        assert not window.toast.geometry().intersects(window.panel.geometry())
    window.close_panel()
    assert abs(window.toast.geometry().center().x() - window.ground.rect().center().x()) <= 1
