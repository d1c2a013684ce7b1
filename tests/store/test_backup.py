"""Backups are verified before they are called so; restoring keeps what it replaces."""

import datetime as dt
import os
import shutil
from collections import namedtuple

import pytest
import sqlalchemy as sa

from desktop.store import Store, Trouble, dialect
from desktop.store import backup as backups
from desktop.store.backup import _thin, folder_of, restore
from desktop.store.tables import Sale
from desktop.values.text import Refused
from tests.store.strangers import last_done, raw, totals

TODAY = dt.datetime.now().astimezone().date()
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(shop):
    """Where this shop's backups go."""
    return folder_of(raw(shop.store.path, "SELECT value FROM setting WHERE key = 'book_id'")[0][0])


def kept(folder):
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


def totals_of(path):
    with Store.open(path) as store, store.reading() as s:
        return s.scalars(sa.select(Sale.total).order_by(Sale.id)).all()


# On close


def test_closing_a_changed_book_makes_a_backup_that_opens(shop, folder):
    shop.sell(500)
    shop.store.close()

    (name,) = kept(folder)
    assert totals_of(folder / name) == [500]


def test_closing_a_book_that_did_not_change_makes_none(shop, folder):
    shop.store.close()

    assert kept(folder) == []


def test_what_a_killed_session_did_is_in_the_next_backup(shop, folder, tmp_path):
    shop.sell(500)
    after = tmp_path / "after" / "shop.cheragh"  # the files as a kill leaves them
    after.parent.mkdir()
    for tail in ("", "-wal"):
        shutil.copyfile(f"{shop.store.path}{tail}", f"{after}{tail}")
    Store.open(after).close()

    (name,) = kept(folder)
    assert totals_of(folder / name) == [500]


def test_a_backup_holds_everything_but_its_place(shop, folder):
    """Schema, settings, audit trail: it is the book, and can take its place."""
    shop.sell(500, customer="Sara")
    path = shop.store.backup()

    with Store.open(path) as copy:
        assert copy.check() == []
        assert last_done(copy) == "Record sale"


def test_a_sale_during_the_backup_calls_for_another(shop, folder, monkeypatch):
    copy = dialect.copy_into

    def slowly(*args, **more):
        copy(*args, **more)
        shop.sell(2)

    shop.sell(1)
    monkeypatch.setattr(dialect, "copy_into", slowly)
    shop.store.backup()

    assert shop.store.changed


def test_two_backups_of_one_second_have_two_names(shop, folder):
    paths = {shop.store.backup() for _ in range(3)}

    assert len(paths) == len(kept(folder)) == 3


def test_a_backup_can_go_to_another_disk(shop, tmp_path):
    path = shop.store.backup(tmp_path / "stick")

    assert path.parent == tmp_path / "stick"
    assert kept(path.parent) == [path.name]


# What is verified


def test_wrong_totals_of_this_month_are_no_backup(shop, folder):
    shop.sell(100, day=TODAY)
    shop.store.backup()
    raw(shop.store.path, "UPDATE sum_day SET net = 7")

    with pytest.raises(Trouble, match="totals differ"):
        shop.store.backup()
    assert len(kept(folder)) == 1


def test_the_first_backup_of_a_week_compares_every_total(shop, folder):
    """Old days and customers are compared once a week, the last month's days every time."""
    shop.sell(100, day="1400-01-05", customer="Sara")
    path = shop.store.backup()
    raw(shop.store.path, "UPDATE sum_customer SET net = 7")
    shop.store.backup()
    for name in kept(folder):
        (folder / name).rename(folder / name.replace(path.name[:10], (TODAY - dt.timedelta(days=7)).isoformat()))

    with pytest.raises(Trouble, match="totals differ"):
        shop.store.backup()
    assert len(kept(folder)) == 2


def test_a_backup_before_an_import_compares_every_total(shop):
    shop.sell(100, day="1400-01-05", customer="Sara")
    shop.store.backup()
    raw(shop.store.path, "UPDATE sum_customer SET net = 7")

    with pytest.raises(Trouble, match="totals differ"):
        shop.store.backup(whole=True)


def test_a_copy_that_came_out_broken_is_not_kept(shop, folder, monkeypatch):
    shop.sell(100)
    verify = backups._verify

    def after_a_bad_disk(copy, counts, **more):
        with copy.open("r+b") as file:
            file.seek(3 * 4096 + 100)
            file.write(b"?")
        verify(copy, counts, **more)

    monkeypatch.setattr(backups, "_verify", after_a_bad_disk)

    with pytest.raises(Trouble, match="did not verify"):
        shop.store.backup()
    assert kept(folder) == []
    assert shop.store.changed, "it must be tried again"


@pytest.mark.parametrize("table", ["lead", "change"])
def test_a_copy_that_lacks_a_row_is_not_kept(shop, folder, monkeypatch, table):
    """A file that is whole in itself, and whose totals are right: what happened, and the trail of it, is counted all the same."""
    shop.lead()
    shop.lead(name="another")
    copy = dialect.copy_into

    def lose_one(db, part):
        copy(db, part)
        raw(part, f"DELETE FROM {table} WHERE id = 1", keys=False)

    monkeypatch.setattr(dialect, "copy_into", lose_one)

    with pytest.raises(Trouble, match="did not verify"):
        shop.store.backup()
    assert kept(folder) == []


def test_without_room_there_is_no_backup_and_no_half_one(shop, folder, monkeypatch):
    shop.sell(100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 99, 1))

    with pytest.raises(Trouble, match="no room for a backup"):
        shop.store.backup()
    assert kept(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="quotas of one process are POSIX")
def test_a_disk_that_fills_while_copying_leaves_no_half_one(shop, folder, quota):
    shop.sell(100)
    quota(shop.store.path.stat().st_size // 2)

    with pytest.raises(Trouble):
        shop.store.backup()
    assert kept(folder) == []


def test_a_folder_that_cannot_be_is_said(shop, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Trouble, match="does not let us write"):
        shop.store.backup(tmp_path / "file" / "folder")


# Which are kept


def test_ten_are_kept_then_one_a_day_then_one_a_month(tmp_path):
    newest = dt.datetime(2026, 11, 20, 21, 0, tzinfo=dt.UTC)
    for hours in range(0, 24 * 400, 12):
        (tmp_path / f"{newest - dt.timedelta(hours=hours):%Y-%m-%dT%H%M%S}.cheragh").touch()
    _thin(tmp_path)

    names = sorted((path.name for path in tmp_path.iterdir()), reverse=True)
    days = [dt.date.fromisoformat(name[:10]) for name in names]
    assert days[:10] == [dt.date(2026, 11, 20) - dt.timedelta(days=n // 2) for n in range(10)]
    assert days[10:40] == [dt.date(2026, 11, 15) - dt.timedelta(days=n) for n in range(30)]
    assert [day.strftime("%Y-%m") for day in days[40:]] == [f"2026-0{m}" for m in range(9, 0, -1)] + ["2025-12", "2025-11", "2025-10"]
    assert all((day + dt.timedelta(days=1)).day == 1 for day in days[40:]), "the month's last one"


def test_the_newest_is_kept_though_the_clock_stands_behind_all_others(shop, folder):
    """A dead battery: each start is in 2015, and what was just verified was the oldest by its name."""
    folder.mkdir(parents=True)
    for minute in range(10, 24):
        (folder / f"2099-12-05T10{minute}00.cheragh").touch()
    shop.sell(500)

    assert totals_of(shop.store.backup()) == [500]


def test_what_a_killed_backup_left_goes_with_the_next(shop, folder):
    folder.mkdir(parents=True)
    old, fresh = folder / "2026-12-05T101000.cheragh.part", folder / "2026-12-05T111000.cheragh.part"
    old.touch()
    fresh.touch()
    os.utime(old, (0, 0))
    shop.store.backup()

    assert not old.exists()
    assert fresh.exists()  # another program may be at it


def test_what_was_kept_before_a_migration_is_never_thinned(tmp_path):
    for number in range(60):
        (tmp_path / f"2026-01-{number % 28 + 1:02}T1200{number:02}.cheragh").touch()
    (tmp_path / "2020-01-01T120000-schema-1.cheragh").touch()
    _thin(tmp_path)

    assert (tmp_path / "2020-01-01T120000-schema-1.cheragh").exists()


# Restoring


def test_restoring_brings_the_book_back_and_keeps_the_replaced_one(shop):
    shop.sell(1)
    path = shop.store.backup()
    shop.sell(2)
    shop.store.close()
    replaced = restore(path, shop.store.path)

    assert totals_of(shop.store.path) == [1]
    assert totals_of(replaced) == [1, 2]
    assert path.exists()


def test_the_replaced_books_log_never_meets_the_restored_one(shop, tmp_path):
    """With the old log beside it the restored book showed the old book's rows, and passed every check."""
    path = shop.store.backup()
    shop.sell(2)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for tail in ("", "-wal"):  # as a power cut would leave it: the sale lies in the log alone
        shutil.copy(f"{shop.store.path}{tail}", crashed / f"shop.cheragh{tail}")
    replaced = restore(path, crashed / "shop.cheragh")

    assert not (crashed / "shop.cheragh-wal").exists()
    assert totals_of(crashed / "shop.cheragh") == []
    assert totals_of(replaced) == [2]


def test_a_damaged_book_is_replaced_and_kept_as_it_is(shop):
    shop.sell(1)
    path = shop.store.backup()
    shop.store.close()
    shop.store.path.write_bytes(b"scratched" * 1000)
    replaced = restore(path, shop.store.path)

    assert totals_of(shop.store.path) == [1]
    assert replaced.read_bytes() == b"scratched" * 1000


def test_a_damaged_book_takes_its_log_along(shop, tmp_path):
    """Nobody could write it into the book, so it still lay there, and would have become a part of the restored one."""
    path = shop.store.backup()
    shop.sell(2)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    (crashed / "shop.cheragh").write_bytes(b"scratched" * 1000)
    shutil.copy(f"{shop.store.path}-wal", crashed / "shop.cheragh-wal")
    log = (crashed / "shop.cheragh-wal").read_bytes()
    replaced = restore(path, crashed / "shop.cheragh")

    assert not (crashed / "shop.cheragh-wal").exists()
    assert totals_of(crashed / "shop.cheragh") == []
    assert replaced.with_name(f"{replaced.name}-wal").read_bytes() == log


def test_a_book_that_is_gone_comes_back(shop):
    shop.sell(1)
    path = shop.store.backup()
    shop.store.close()
    shop.store.path.unlink()

    assert restore(path, shop.store.path) is None
    assert totals_of(shop.store.path) == [1]


def test_a_damaged_backup_changes_nothing(shop, tmp_path):
    shop.sell(1)
    broken = tmp_path / "broken.cheragh"
    broken.write_bytes(shop.store.backup().read_bytes()[:-4096])
    shop.store.close()

    with pytest.raises(Refused, match=r"broken\.cheragh is damaged"):
        restore(broken, shop.store.path)
    assert totals_of(shop.store.path) == [1]
    assert not shop.store.path.with_name("shop.cheragh.part").exists()


def test_a_backup_whose_old_totals_are_wrong_is_not_restored(shop):
    """All of them are compared, not those of the last month alone."""
    shop.sell(100, day="1400-01-05", customer="Sara")
    path = shop.store.backup()
    shop.store.close()
    raw(path, "UPDATE sum_customer SET net = 7")

    with pytest.raises(Refused, match="is damaged"):
        restore(path, shop.store.path)
    assert totals_of(shop.store.path) == [100]


def test_what_is_no_book_is_not_restored(shop, tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK" * 5000)
    shop.store.close()

    with pytest.raises(Refused, match=r"list\.xlsx is not a Cheragh book"):
        restore(tmp_path / "list.xlsx", shop.store.path)
    Store.open(shop.store.path).close()


def test_an_open_book_is_not_replaced(shop):
    shop.sell(1)
    path = shop.store.backup()

    with pytest.raises(Trouble, match="open elsewhere"):
        restore(path, shop.store.path)
    assert totals(shop) == [1]


def test_a_missing_backup_is_said(shop, tmp_path):
    with pytest.raises(Refused, match="There is no book"):
        restore(tmp_path / "none.cheragh", shop.store.path)
