"""The open book: two doors, news, making and closing one."""

import os
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from desktop.store import Busy, Store, Trouble, place, settings
from desktop.store.tables import Customer, Product, Sale, SaleLine, SumDay
from tests.little_shop import Line
from tests.store.strangers import count, last_done, raw, totals


class Wrong(Line):
    """A line whose total is not what gross and discount give."""

    def row(self, *args):
        row = super().row(*args)
        row.total -= 30
        return row


def fail_after_selling(shop):
    with suppress(ZeroDivisionError), shop.change():
        shop.sell(100, customer="Sara")
        raise ZeroDivisionError


# The two doors


def test_what_was_sold_is_there_after_reopening(shop):
    shop.sell(500, customer="Sara")
    shop.store.close()

    with Store.open(shop.store.path) as again, again.reading() as s:
        assert s.scalars(sa.select(Sale.total)).all() == [500]


def test_reading_cannot_write(shop):
    with shop.store.reading() as s, pytest.raises(sa.exc.OperationalError, match="readonly"):
        s.execute(sa.text("DELETE FROM stage"))


def test_a_reader_sees_one_moment(shop):
    with shop.store.reading() as s:
        before = s.scalar(sa.select(sa.func.count()).select_from(Sale))
        shop.sell(100)

        assert (before, s.scalar(sa.select(sa.func.count()).select_from(Sale))) == (0, 0)
    assert count(shop, Sale) == 1


def test_nothing_is_half_saved(shop):
    fail_after_selling(shop)

    assert (count(shop, Sale), count(shop, SaleLine), count(shop, Customer), count(shop, SumDay)) == (0, 0, 0, 0)
    assert last_done(shop.store) is None


def test_what_the_database_refuses_leaves_nothing(shop):
    with pytest.raises(sa.exc.IntegrityError):
        shop.sell(lines=[Line(100), Wrong(100)])

    assert count(shop, Sale) == 0
    assert shop.store.check() == []


def test_a_change_of_nothing_is_no_change(shop):
    news = []
    shop.store.listen(news.append)
    with shop.change():
        pass

    assert news == []
    assert last_done(shop.store) is None


def test_rows_are_written_one_by_one(shop):
    """A bulk update would be invisible to undo and to the audit trail."""
    with pytest.raises(AssertionError, match="one by one"), shop.change() as s:
        s.execute(sa.update(Product).values(archived=1))


def test_news_goes_out_after_the_commit(shop):
    heard = []
    shop.store.listen(lambda change: heard.append((change.sentence(), change.tables, count(shop, Sale))))
    shop.sell(100, seller="Reza")

    assert heard == [("Record sale", frozenset({"sale", "sale_line", "sale_seller", "seller"}), 1)]


def test_no_news_of_what_failed(shop):
    heard = []
    shop.store.listen(heard.append)
    fail_after_selling(shop)

    assert heard == []


def test_a_second_change_is_told_to_wait(shop):
    with shop.change(), pytest.raises(Busy), shop.store.changing("Other", "sell"):
        raise AssertionError("let in")  # pragma: no cover


def test_readers_read_while_a_change_is_under_way(shop):
    shop.sell(100)
    seen = []
    with shop.change():
        shop.sell(200)
        reader = threading.Thread(target=lambda: seen.append(count(shop, Sale)))
        reader.start()
        reader.join(20)

    assert seen == [1]


# Making and closing one


def test_an_iranian_book_is_in_rials_jalali_and_persian(shop):
    with shop.store.reading() as s:
        assert [settings.get(s, key) for key in ("currency", "calendar", "money_unit")] == ["IRR", "jalali", "toman"]
        assert s.scalars(sa.text("SELECT name FROM stage ORDER BY position")).all()[-1] == "ناموفق"


def test_a_foreign_book_is_gregorian(tmp_path):
    with Store.create(tmp_path / "uk.cheragh", currency="GBP", shop="Lamp") as store, store.reading() as s:
        assert [settings.get(s, key) for key in ("currency", "calendar", "money_unit", "shop_name")] == [
            "GBP",
            "gregorian",
            "major",
            "Lamp",
        ]


def test_a_book_lies_in_one_file_when_closed(shop):
    shop.sell(100)
    shop.store.close()

    assert [p.name for p in shop.store.path.parent.glob("shop.cheragh-*")] == []


def test_closing_twice_is_closing_once(shop):
    shop.store.close()

    shop.store.close()


def test_a_book_that_could_not_be_made_leaves_nothing(tmp_path, quota):
    """Under its own name there is a whole book or none."""
    quota(20_000)

    with pytest.raises(Trouble):
        Store.create(tmp_path / "shop.cheragh")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


def test_a_disk_that_gives_out_while_a_book_is_opened_is_said_and_the_book_is_free(shop, monkeypatch):
    """At the last step of opening it was the database's own error, and the book stayed locked."""

    def full(_):
        raise driver.OperationalError("unable to open database file")

    shop.store.close()
    with monkeypatch.context() as patched:
        patched.setattr(place, "connect", full)
        with pytest.raises(Trouble):
            Store.open(shop.store.path)

    Store.open(shop.store.path).close()


def test_a_new_book_can_be_made_after_that(tmp_path):
    (tmp_path / "shop.cheragh.part").write_bytes(b"half")

    with Store.create(tmp_path / "shop.cheragh") as store:
        assert store.check() == []


# The door of caches


def keep(store, value="1", meanwhile=lambda: None):
    """Whether the door was open; writes a cached number if it was."""
    with store.keeping() as s:
        if s is None:
            return False
        settings.store(s, "kept", value)
        s.flush()
        meanwhile()
    return True


def kept(shop):
    return raw(shop.store.path, "SELECT value FROM setting WHERE key = 'kept'")


def test_a_cache_is_kept_without_anybody_hearing_of_it(shop):
    """No news, nothing to undo, nothing in the audit trail, and no backup is due for it."""
    heard = []
    shop.store.listen(heard.append)

    assert keep(shop.store)
    assert kept(shop) == [("1",)]
    assert (heard, last_done(shop.store), shop.store.changed) == ([], None, False)
    assert raw(shop.store.path, "SELECT count(*) FROM change") == [(0,)]
    assert shop.store.check() == []


def test_no_cache_is_kept_while_somebody_writes(shop):
    with shop.change():
        assert not keep(shop.store)

    assert kept(shop) == []
    assert keep(shop.store)


def test_a_sale_does_not_wait_for_a_cache_and_is_not_told_to(shop):
    """It comes in the middle of a question that would go on for ever: that is given up, the sale is saved."""
    asked, harm = threading.Event(), []

    def for_ever():
        try:
            with shop.store.keeping() as s:
                settings.store(s, "kept", "1")
                s.flush()
                asked.set()
                s.execute(sa.text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"))
        except BaseException as error:  # noqa: BLE001
            harm.append(error)

    keeper = threading.Thread(target=for_ever)
    keeper.start()
    assert asked.wait(20)
    shop.sell(100)
    keeper.join(20)

    assert (keeper.is_alive(), harm, totals(shop), kept(shop)) == (False, [], [100], [])
    assert keep(shop.store), "the door opens again"


def test_what_a_cache_wrote_is_given_up_when_a_sale_came_meanwhile(shop):
    """Between two questions nothing can be broken off; it is not committed."""
    sale = threading.Thread(target=shop.sell, args=(100,))

    def meanwhile():
        sale.start()
        while not shop.store._gate.locked():
            pass

    assert keep(shop.store, meanwhile=meanwhile)
    sale.join(20)

    assert (totals(shop), kept(shop)) == ([100], [])


def test_a_mistake_in_a_cache_is_no_secret(shop):
    with pytest.raises(sa.exc.OperationalError, match="no such table"), shop.store.keeping() as s:
        s.execute(sa.text("SELECT 1 FROM nowhere"))

    assert keep(shop.store)


@pytest.mark.skipif(os.name == "nt", reason="quotas of one process are POSIX")
def test_a_disk_that_is_full_keeps_no_cache_and_says_nothing(shop, quota):
    shop.sell(100)
    quota(shop.store.path.with_name("shop.cheragh-wal").stat().st_size)

    assert keep(shop.store, "x" * 10_000)
    assert kept(shop) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move an open file")
def test_where_nothing_can_begin_the_door_of_caches_is_shut(shop, tmp_path):
    shop.store.path.rename(tmp_path / "elsewhere.cheragh")

    assert not keep(shop.store)


def test_killed_in_the_middle_of_a_cache_the_book_is_as_before(shop):
    shop.sell(100)
    shop.store.close(backup=False)
    program = (
        "import os, sys\n"
        "from desktop.store import Store, settings\n"
        "with Store.open(sys.argv[1]).keeping() as s:\n"
        "    settings.store(s, 'kept', '1')\n"
        "    s.flush()\n"
        "    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, shop.store.path], check=False, timeout=60).returncode == 9

    with Store.open(shop.store.path) as again:
        assert again.check() == []
        assert last_done(again) == "Record sale"
    assert kept(shop) == []


def test_what_is_tried_is_not_kept(shop):
    with shop.store.trying() as s:
        settings.store(s, "kept", "1")
        s.flush()

    assert kept(shop) == []
