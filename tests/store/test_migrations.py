"""What is opened as a book, and what is not."""

import sqlite3

import pytest

from desktop.store import Store
from desktop.store.migrations import SCHEMA
from desktop.values.text import Refused
from tests.store.strangers import raw


def test_a_file_that_is_no_book_is_refused(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04" + bytes(9_000))

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").stat().st_size == 9_004


def test_a_plain_database_is_refused(tmp_path):

    db = sqlite3.connect(tmp_path / "plain.db")
    db.execute("CREATE TABLE sale (id)")
    db.commit()
    db.close()

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "plain.db")


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "empty.cheragh").touch()

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "empty.cheragh")


def test_another_database_with_our_key_is_refused(tmp_path):
    raw(tmp_path / "other.cheragh", "CREATE TABLE sale (id)")

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "other.cheragh")


def test_a_missing_book_is_refused(tmp_path):
    with pytest.raises(Refused, match="There is no book"):
        Store.open(tmp_path / "none.cheragh")
    assert list(tmp_path.glob("none*")) == []


def test_a_book_is_not_made_over_another(shop):
    with pytest.raises(Refused, match="there already"):
        Store.create(shop.store.path)


def test_a_newer_book_is_refused_and_stays_as_it_is(shop):
    shop.store.close()
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA + 1}")

    with pytest.raises(Refused, match="newer"):
        Store.open(shop.store.path)
    assert raw(shop.store.path, "PRAGMA user_version") == [(SCHEMA + 1,)]


def test_a_refused_book_can_be_opened_by_the_next(shop):
    shop.store.close()
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(Refused):
        Store.open(shop.store.path)
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA}")

    Store.open(shop.store.path).close()
