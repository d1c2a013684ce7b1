"""The open book as every page has it."""

from desktop.store import Store
from desktop.ui.memory import last_book, preferences
from tests.store.strangers import last_done


def test_things_are_found_and_made_by_name(window):
    made = window.desk.make("seller", "علی")

    assert window.desk.find("seller", "عل") == [(made, "علی", "")]
    assert last_done(window.desk.store) is not None


def test_the_last_book_comes_back_while_it_is_there(data, tmp_path):
    book = tmp_path / "shop.cheragh"
    assert last_book() is None
    preferences().setValue("last_book", str(book))
    assert last_book() is None
    Store.create(book).close(backup=False)

    assert last_book() == book


def test_wishes_of_this_computer_lie_beside_its_backups(data):
    preferences().setValue("theme", "dark")
    preferences().sync()

    assert "theme=dark" in (data / "window.ini").read_text("utf-8")
