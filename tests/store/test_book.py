"""The open book: two doors, news, making and closing one."""

import threading
from contextlib import suppress

import pytest
import sqlalchemy as sa

from desktop.store import Busy, Store, Trouble, settings
from desktop.store.tables import Customer, Product, Sale, SaleLine, SumDay
from tests.little_shop import Line
from tests.store.strangers import count


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
    assert shop.store.can_undo() is None


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
    assert shop.store.can_undo() is None


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


def test_a_new_book_can_be_made_after_that(tmp_path):
    (tmp_path / "shop.cheragh.part").write_bytes(b"half")

    with Store.create(tmp_path / "shop.cheragh") as store:
        assert store.check() == []
