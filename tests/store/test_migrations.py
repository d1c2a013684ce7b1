"""What is opened as a book, and what is not."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.store import NoRoom, Store, Trouble, backup, steps
from desktop.store.backup import folder_of
from desktop.store.steps import SCHEMA
from desktop.values.text import Refused
from tests.little_shop import Shop
from tests.store.strangers import raw, totals

BOOKS = Path(__file__).parent / "books"


def schema_of(path):
    """Every table, index and guard, by name; how a statement is spaced does not matter."""
    rows = raw(path, "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


# Books of every schema that was ever shipped


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_kept_book_of_every_schema_opens_whole(tmp_path, version):
    path = shutil.copy(BOOKS / f"schema-{version}.cheragh", tmp_path / "old.cheragh")

    with Store.open(path) as store:
        assert store.check() == []
        shop = Shop(store)
        assert shop.kpi("revenue", "1405") == 300_000 - 10_000 + 10_000 - 100_000 + 1_000_000
        assert shop.kpi("won_value", "1405") == 900_000
        store.revert(1)
        while store.undo():
            pass
        assert totals(shop) == []
        assert store.check() == []


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_kept_book_becomes_what_a_new_one_is(tmp_path, template, version):
    path = shutil.copy(BOOKS / f"schema-{version}.cheragh", tmp_path / "old.cheragh")
    Store.open(path).close()

    assert schema_of(path) == schema_of(template)
    assert raw(path, "PRAGMA user_version") == raw(template, "PRAGMA user_version") == [(SCHEMA,)]
    assert raw(path, "SELECT value FROM setting WHERE key = 'schema'") == [(str(SCHEMA),)]


# The way from one schema to the next, walked by a step that does not exist


def add_colour(db):
    db.execute("ALTER TABLE product ADD COLUMN colour TEXT")
    db.execute("UPDATE product SET colour = 'red'")


@pytest.fixture
def step(monkeypatch):
    """Cheragh of tomorrow: one more step."""

    def use(step):
        monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, step))
        monkeypatch.setattr(steps, "SCHEMA", SCHEMA + 1)

    return use


@pytest.fixture
def closed(shop):
    """The path of a closed book with one sale."""
    shop.sell(7, product="Tea")
    shop.store.close(backup=False)
    return shop.store.path


def backups_of(path):
    folder = folder_of(raw(path, "SELECT value FROM setting WHERE key = 'book_id'")[0][0])
    return sorted(folder.glob("*")) if folder.exists() else []


def test_an_old_book_is_brought_up_and_a_copy_of_what_it_was_is_kept(closed, step):
    step(add_colour)
    Store.open(closed).close()

    assert raw(closed, "SELECT name, colour FROM product") == [("Tea", "red")]
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA + 1,)]
    (kept,) = backups_of(closed)
    assert kept.name.endswith(f"-schema-{SCHEMA}.cheragh")
    assert raw(kept, "PRAGMA user_version") == [(SCHEMA,)]
    assert raw(kept, "SELECT total FROM sale") == [(7,)]


def test_a_step_is_walked_once(closed, step):
    step(add_colour)
    Store.open(closed).close()
    Store.open(closed).close()

    assert len(backups_of(closed)) == 1


def test_a_step_that_fails_half_way_leaves_the_book_as_it_was(closed, step):
    def fail(db):
        add_colour(db)
        db.execute("SELECT 1 FROM nowhere")

    step(fail)
    before = schema_of(closed)

    with pytest.raises(Exception, match="nowhere"):
        Store.open(closed)
    assert schema_of(closed) == before
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_step_that_leaves_a_row_pointing_nowhere_is_not_taken(closed, step):
    step(lambda db: db.execute("DELETE FROM product"))

    with pytest.raises(AssertionError, match="pointing nowhere"):
        Store.open(closed)
    assert raw(closed, "SELECT count(*) FROM product") == [(1,)]


def test_without_room_for_a_copy_nothing_is_changed(closed, step, monkeypatch):
    step(add_colour)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))

    with pytest.raises(NoRoom):
        Store.open(closed)
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_book_with_wrong_totals_is_not_brought_up(closed, step):
    """First it is checked and mended, then changed."""
    step(add_colour)
    raw(closed, "UPDATE sum_day SET net = 8")

    with pytest.raises(Trouble, match="totals differ"):
        Store.open(closed)
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_book_of_tomorrow_is_refused_today(closed, step, monkeypatch):
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(steps, "STEPS", (*steps.STEPS, add_colour))
        tomorrow.setattr(steps, "SCHEMA", SCHEMA + 1)
        Store.open(closed).close()

    with pytest.raises(Refused, match="newer"):
        Store.open(closed)


# What is no book


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
