"""The disk is in the way: full, failing, damaged or read-only. Nothing is half saved, and what is said is true."""

import os

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import orm

from desktop.store import Store, Trouble, Unsure, place
from desktop.store.connection import connect, trouble
from desktop.store.tables import Sale
from tests.store.strangers import raw, totals


def sell_until_full(shop):
    """The book may not grow by a page."""
    with shop.change() as s:
        pages = s.connection().exec_driver_sql("PRAGMA page_count").scalar()
        s.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for total in range(1000):
            shop.sell(total)


def failing_commit(monkeypatch, *, after, gone=False):
    """The disk fails once at COMMIT: before the change is in the book, or after it; ``gone``: and then for ever."""
    commit = orm.Session.commit

    def no_disk(path):
        raise driver.OperationalError("disk I/O error")

    def fail(session):
        monkeypatch.setattr(orm.Session, "commit", commit)
        if after:
            commit(session)
        if gone:
            monkeypatch.setattr(place, "connect", no_disk)
        raise sa.exc.OperationalError("COMMIT", {}, driver.OperationalError("disk I/O error"))

    monkeypatch.setattr(orm.Session, "commit", fail)


# Full


def test_a_full_disk_saves_nothing_and_says_what_to_do(shop):
    shop.sell(7)

    with pytest.raises(Trouble, match="Make room"):
        sell_until_full(shop)
    assert totals(shop) == [7]
    assert shop.store.check() == []


def test_with_room_again_the_next_sale_is_saved(shop):
    with pytest.raises(Trouble, match="Make room"):
        sell_until_full(shop)
    shop.store._engine.dispose()  # room again: the limit went with its connection
    shop.sell(7)

    assert totals(shop) == [7]
    assert shop.store.check() == []


@pytest.mark.skipif(os.name == "nt", reason="quotas of one process are POSIX")
def test_a_log_that_cannot_grow_saves_nothing(shop, quota):
    shop.sell(7)
    quota(shop.store.path.with_name("shop.cheragh-wal").stat().st_size)

    with pytest.raises(Trouble):
        shop.sell(8)
    assert totals(shop) == [7]


@pytest.mark.skipif(os.name == "nt", reason="quotas of one process are POSIX")
def test_reading_goes_on_while_the_disk_is_full(shop, quota):
    shop.sell(7, day="1405-08-01")
    quota(0)

    assert shop.kpi("revenue") == 7


# Failing at COMMIT: what the disk kept decides what is said


def test_a_change_that_is_in_the_book_is_said_to_be_saved(shop, monkeypatch):
    heard = []
    shop.store.listen(heard.append)
    failing_commit(monkeypatch, after=True)
    shop.sell(7)

    assert [change.name for change in heard] == ["Record sale"]
    assert totals(shop) == [7]
    assert shop.store.changed


def test_a_change_that_is_not_in_the_book_is_said_not_to_be(shop, monkeypatch):
    heard = []
    shop.store.listen(heard.append)
    failing_commit(monkeypatch, after=False)

    with pytest.raises(Trouble, match="disk reports an error"):
        shop.sell(7)
    assert heard == []
    assert totals(shop) == []
    shop.sell(8)
    assert totals(shop) == [8]


@pytest.mark.parametrize("after", [True, False])
def test_what_cannot_be_known_is_said_to_be_unknown(shop, monkeypatch, after):
    with monkeypatch.context() as patch:
        failing_commit(patch, after=after, gone=True)
        with pytest.raises(Unsure, match="see whether the last change is in it"):
            shop.sell(7)

    shop.store.close()
    with Store.open(shop.store.path) as again, again.reading() as s:
        assert s.scalars(sa.select(Sale.total)).all() == ([7] if after else [])


def test_a_log_that_a_reader_holds_leaves_it_unknown(shop, monkeypatch):
    """While the log is there it could still bring the change back after a power cut."""
    monkeypatch.setattr(place, "connect", lambda path: impatient(path))
    with shop.store.reading() as s:
        s.scalars(sa.select(Sale.total)).all()
        shop.sell(1)
        failing_commit(monkeypatch, after=False)

        with pytest.raises(Unsure, match="see whether the last change is in it"):
            shop.sell(7)


def impatient(path):
    db = connect(path)
    db.execute("PRAGMA busy_timeout = 10")
    return db


# Other faults


def test_every_connection_is_as_safe_as_the_drill_says(shop):
    """WAL with NORMAL loses acknowledged sales in a power cut; WAL with FULL none."""
    assert [raw(shop.store.path, f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size")] == [
        "wal",
        2,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("database or disk is full", "The disk is full"),
        ("unable to open database file", "cannot be opened"),
        ("attempt to write a readonly database", "may only be read"),
        ("database is locked", "Another program"),
        ("database disk image is malformed", "damaged"),
        ("file is not a database", "damaged"),
        ("disk I/O error", "disk reports an error"),
    ],
)
def test_each_fault_of_the_world_has_a_sentence(error, sentence):
    assert sentence in str(trouble(driver.OperationalError(error)))


def test_a_fault_of_ours_has_none():
    assert trouble(driver.IntegrityError("UNIQUE constraint failed: sale.number")) is None


def test_a_damaged_page_is_trouble_not_a_number(shop):
    """Every page of a book carries a checksum: a flipped bit must never become an amount."""
    with shop.change():
        for total in range(300):
            shop.sell(total)
    shop.store.close()
    size = shop.store.path.stat().st_size
    with shop.store.path.open("r+b") as file:
        for at in range(4096 + 100, size, 4096):
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 1]))

    with pytest.raises(Trouble, match="damaged"), Store.open(shop.store.path) as store, store.reading() as s:
        s.scalars(sa.select(Sale.total)).all()
