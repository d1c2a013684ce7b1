"""The application around the window: books opened, changed, restored; the demo shop; the log; a picture."""

import datetime as dt
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel

from desktop import app
from desktop.kpi.totals import kept_settings
from desktop.shop.demo import renew_demo, write_demo
from desktop.shop.things import save
from desktop.store import Store, Trouble, backup
from desktop.store.lock import opener
from desktop.store.sums import ACTIVE_DAYS_OF
from desktop.ui.memory import last_book, preferences
from desktop.values.text import language, tr
from desktop.values.writing import writing
from tests.ui.keys import wait_until


def _customers(store, like=""):
    from desktop.shop.search import find

    with store.reading() as s:
        return [name for _, name, _ in find(s, "customer", like)]


def test_the_last_book_opens_next_time(house, book):
    house.show(book)

    assert last_book() == book


def test_without_any_book_the_shops_first_is_made_empty(data):
    path = app._own_book()

    assert path.is_file()
    with Store.open(path) as store:
        assert _customers(store) == []


def test_a_book_that_cannot_be_opened_leaves_the_open_one_in_the_window(house, window, tmp_path):
    (tmp_path / "other.cheragh").write_text("no book at all")

    house.open_book(tmp_path / "other.cheragh")

    assert house.window is window
    assert "other.cheragh" in window.toast.text


def test_a_second_start_on_the_same_book_brings_the_window_forward(house, window, book, monkeypatch):
    window.showMinimized()
    app.settle(house)

    second = subprocess.run([sys.executable, "-m", "desktop", str(book)], capture_output=True, text=True, timeout=60, check=False)
    wait_until(lambda: not window.isMinimized())

    assert (second.returncode, second.stdout) == (0, "")
    assert house.window is window


def test_a_book_that_is_open_on_another_computer_is_said_so(house, window, book, monkeypatch, capsys):
    opener(book).write_text("مینا @ elsewhere, 7, 2026-10-25 10:00", "utf-8")

    assert app.run(book) == 1


def test_a_change_of_language_builds_the_window_anew_at_the_same_page(data, book):
    house = app.App(None, "light")
    try:
        window = house.show(book)
        window.go("settings")
        app.settle(house)
        window.page.general.fields["language"].set_value("en")
        window.page.general.save("language")
        app.settle(house)

        assert language() == "en"
        assert house.window is not window
        assert house.window.page.key == "settings"
        assert house.window.page.title.text() == "Settings"
    finally:
        house.leave()


def test_the_unit_of_money_is_the_books(house, window):
    window.go("settings")
    window.page.general.fields["money_unit"].set_value("rial")
    window.page.general.save("money_unit")
    app.settle(house)

    assert writing().money == "rial"


def test_closing_makes_a_verified_backup_of_a_changed_book_only(house, book, data):
    house.show(book)
    house.leave()
    assert list((data / "backups").glob("*/*.cheragh")) == []

    house.show(book)
    save(house.desk.store, "customer", None, {"name": "مینا"})
    house.leave()

    (kept,) = (data / "backups").glob("*/*.cheragh")
    with Store.open(kept) as store:
        assert _customers(store) == ["مینا"]


def test_a_backup_that_could_not_be_made_is_said_at_the_close_and_at_each_start_until_one_is(house, book, data, monkeypatch):
    def full(*_, **__):
        raise Trouble("There is no room.")

    window = house.show(book)
    save(window.desk.store, "customer", None, {"name": "Sara"})
    with monkeypatch.context() as patched:
        patched.setattr(backup, "backup", full)
        assert house.leave() == "There is no room."

    def warning(window):
        app.settle(house)
        return [one.text() for one in window.ground.findChildren(QLabel) if "There is no room." in one.text() and one.isVisible()]

    assert len(warning(house.show(book))) == 1
    assert house.leave() == ""
    window = house.show(book)
    assert len(warning(window)) == 1
    window.back_up()
    assert warning(window) == []
    house.leave()
    assert warning(house.show(book)) == []


def test_restoring_brings_the_backup_into_the_window_and_keeps_the_replaced_book(house, window, book):
    store = house.desk.store
    save(store, "customer", None, {"name": "مینا"})
    backup = store.backup()
    save(store, "customer", None, {"name": "رضا"})

    house.restore(backup)

    assert _customers(house.desk.store) == ["مینا"]
    (replaced,) = (book.parent / "replaced").glob("*.cheragh")
    with Store.open(replaced) as kept:
        assert sorted(_customers(kept)) == ["رضا", "مینا"]


def test_the_demo_shop_comes_and_goes_without_touching_the_own_book(house, window, book, data):
    window.as_of = dt.date(2026, 11, 25)
    house.open_demo()
    app.settle(house)
    assert house.desk.store.path == data / "books" / "demo.cheragh"
    assert last_book() == book

    house.remove_demo()

    assert house.desk.store.path == book
    assert not (data / "books" / "demo.cheragh").exists()


def test_a_demo_shop_of_another_day_gives_way_to_one_of_today(tmp_path):
    path = tmp_path / "demo.cheragh"
    write_demo(path, months=1, until=dt.date(2026, 11, 20))

    with Store.open(path) as store:
        save(store, "customer", None, {"name": "یک مهمان"})

    def kept():
        with Store.open(path) as store:
            return _customers(store, "یک مهمان") == ["یک مهمان"]

    renew_demo(path, dt.date(2026, 11, 20), months=1)
    assert kept()
    renew_demo(path, dt.date(2026, 11, 21), months=1)
    assert not kept()


def test_a_picture_of_a_page_lies_in_the_file(data, book, tmp_path):
    from PySide6.QtGui import QImage

    app.picture(book, tmp_path / "today.png", language="en", size=(1366, 768), page="today")

    drawn = QImage(str(tmp_path / "today.png"))
    assert (drawn.width(), drawn.height()) == (1366, 768)
    assert preferences().value("page") == "today"


def test_a_picture_of_no_page_is_refused(data, book, tmp_path):
    from desktop.values.text import Refused

    with pytest.raises(Refused, match="nowhere"):
        app.picture(book, tmp_path / "x.png", page="nowhere")


def test_what_nobody_foresaw_is_logged_and_said(house, window, data):
    import logging
    import sys

    before, hook = list(logging.getLogger().handlers), sys.excepthook
    app._keep_log(house)
    try:
        sys.excepthook(ValueError, ValueError("a bug"), None)
    finally:
        sys.excepthook = hook
        for handler in set(logging.getLogger().handlers) - set(before):
            handler.close()
            logging.getLogger().removeHandler(handler)

    assert "a bug" in (data / "logs" / "cheragh.log").read_text("utf-8")
    assert window.toast.text == tr("Something went wrong inside Cheragh. Nothing was lost; the log tells the details.")


def test_what_is_worked_out_from_the_whole_book_is_kept_when_nobody_works(house, window):
    """Once nobody asked for it: after each sale every purchase of all years was looked through again."""

    def kept():
        with house.desk.store.reading() as s:
            return sum(key.startswith(ACTIVE_DAYS_OF) for key in kept_settings(s))

    wait_until(lambda: kept() == 3)
