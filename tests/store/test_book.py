"""The open book: two doors, undo and redo, one opener, closed months, and what check finds."""

import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from desktop.store import Busy, Store, Trouble, settings
from desktop.store.connection import connect
from desktop.store.migrations import SCHEMA
from desktop.store.tables import Customer, Product, Sale, SaleLine, SumDay
from desktop.values.text import Refused


def count(shop, table):
    with shop.store.reading() as s:
        return s.scalar(sa.select(sa.func.count()).select_from(table))


def raw(path, sql, *values):
    """What a stranger's tool would do to the file."""
    db = connect(path)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


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
    with pytest.raises(ZeroDivisionError), shop.change():
        shop.sell(100, customer="Sara")
        raise ZeroDivisionError

    assert (count(shop, Sale), count(shop, SaleLine), count(shop, Customer), count(shop, SumDay)) == (0, 0, 0, 0)
    assert shop.store.can_undo() is None


def test_what_the_database_refuses_leaves_nothing(shop):
    with pytest.raises(sa.exc.IntegrityError), shop.change() as s:
        shop.sell(100)
        s.add(SaleLine(sale_id=1, position=1, quantity=1000, gross=100, discount=0, total=70))

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
    with pytest.raises(ZeroDivisionError), shop.change():
        shop.sell(100)
        raise ZeroDivisionError

    assert heard == []


def test_a_second_change_is_told_to_wait(shop):
    with shop.change(), pytest.raises(Busy), shop.store.changing("Other"):
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


# Undo


def totals(shop):
    with shop.store.reading() as s:
        return s.scalars(sa.select(Sale.total).where(Sale.status == "final").order_by(Sale.id)).all()


def test_undo_takes_the_last_change_back_whole(shop):
    shop.sell(100, customer="Sara")
    shop.sell(200, customer="Ali", seller="Reza")

    assert shop.store.undo() == "Record sale"
    assert totals(shop) == [100]
    assert count(shop, Customer) == 1
    assert shop.store.check() == []


def test_redo_does_it_again_to_the_last_number(shop):
    sale = shop.sell(100, customer="Sara", cost=60)
    with shop.store.reading() as s:
        before = dict(s.execute(sa.text("SELECT * FROM sale")).mappings().one())
    shop.store.undo()

    assert shop.store.redo() == "Record sale"
    with shop.store.reading() as s:
        assert dict(s.execute(sa.text("SELECT * FROM sale")).mappings().one()) == before
        assert s.get(Sale, sale).total == 100
    assert shop.store.check() == []


def test_undoing_everything_gives_the_empty_book(shop):
    sale = shop.sell(300, customer="Sara", seller={"Reza": 3_333, "Mina": 6_667}, cost=100)
    shop.give_back(sale, 100)
    shop.void(sale)
    shop.move(sale, "1405-07-01")
    while shop.store.undo():
        pass

    assert [count(shop, table) for table in (Sale, SaleLine, Customer, SumDay)] == [0, 0, 0, 0]
    assert shop.store.check() == []


def test_undo_and_redo_walk_up_and_down(shop):
    for total in (1, 2, 3):
        shop.sell(total)
    shop.store.undo()
    shop.store.undo()
    seen = [totals(shop)]
    shop.store.redo()
    seen.append(totals(shop))
    shop.store.undo()
    seen.append(totals(shop))
    shop.store.redo()
    shop.store.redo()
    seen.append(totals(shop))

    assert seen == [[1], [1, 2], [1], [1, 2, 3]]
    assert shop.store.redo() is None


def test_a_new_change_forgets_what_could_be_redone(shop):
    shop.sell(1)
    shop.store.undo()
    shop.sell(2)

    assert shop.store.can_redo() is None
    assert shop.store.redo() is None
    assert totals(shop) == [2]


def test_undo_says_what_it_would_take_back(shop):
    assert (shop.store.can_undo(), shop.store.can_redo()) == (None, None)
    with shop.store.changing("Record sale to {name}", name="Sara") as s:
        settings.put(s, "weekend", "3,4")

    assert shop.store.can_undo() == "Record sale to Sara"
    shop.store.undo()
    assert shop.store.can_redo() == "Record sale to Sara"


def test_undo_outlives_the_program(shop):
    shop.sell(100)
    shop.store.close()

    with Store.open(shop.store.path) as again:
        assert again.undo() == "Record sale"


def test_undo_refuses_when_somebody_else_changed_the_same_thing_since(shop):
    sale = shop.sell(100)
    other = Store(shop.store.path, shop.store._lock, user=2)
    with shop.change() as s:
        s.execute(sa.select(1))
        from desktop.store.tables import User

        s.add(User(id=2, name="Mina", role="seller"))
    shop.store.undo()
    shop.store.redo()
    with other.changing("Correct sale") as s:
        s.get(Sale, sale).note = "by hand"
    shop.store.undo()  # the user that was added

    with pytest.raises(Refused, match="Correct sale"):
        shop.store.undo()
    assert totals(shop) == [100]


def test_redo_refuses_when_the_thing_was_changed_since(shop):
    """Somebody else's change does not clear my redo, but it must not be run over either."""
    with shop.change("Add goods"):
        shop.product("Tea")
    with shop.change("Price tea") as s:
        s.get(Product, 1).price = 10
    shop.store.undo()
    with Store(shop.store.path, shop.store._lock, user=2).changing("Correct tea") as s:
        s.get(Product, 1).price = 30

    with pytest.raises(Refused, match="Correct tea"):
        shop.store.redo()
    with shop.store.reading() as s:
        assert s.get(Product, 1).price == 30


def test_undo_is_heard_of(shop):
    shop.sell(100)
    heard = []
    shop.store.listen(heard.append)
    shop.store.undo()
    shop.store.redo()

    assert [change.kind for change in heard] == ["undo", "redo"]
    assert "sale" in heard[0].tables


# One opener


def test_a_second_opener_is_told_who_holds_it(shop):
    with pytest.raises(Trouble, match="open elsewhere"):
        Store.open(shop.store.path)


def test_a_second_process_is_told_who_holds_it(shop):
    code = f"from desktop.store import Store\ntry:\n    Store.open({str(shop.store.path)!r})\nexcept Exception as e:\n    print(type(e).__name__, e)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert said.stdout.startswith("Trouble")
    assert "@" in said.stdout


def test_the_lock_goes_with_a_killed_program(shop):
    path = shop.store.path
    shop.store.close()
    code = f"import os\nfrom desktop.store import Store\ns = Store.open({str(path)!r})\nos._exit(9)"
    subprocess.run([sys.executable, "-c", code], timeout=60, check=False)

    with Store.open(path) as again:
        assert again.check() == []


def test_what_was_saved_outlives_a_killed_program(shop):
    path = shop.store.path
    shop.store.close()
    code = f"""
import os
from tests.little_shop import Shop
from desktop.store import Store
shop = Shop(Store.open({str(path)!r}))
shop.sell(100)
with shop.change():
    shop.sell(200)
    shop._open.flush()
    os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False, capture_output=True, text=True)

    with Store.open(path) as again, again.reading() as s:
        assert done.returncode == 9, done.stderr
        assert s.scalars(sa.select(Sale.total)).all() == [100]


# Closed months


@pytest.mark.parametrize("event", ["sell", "void", "move in", "move out", "return"])
def test_nothing_moves_in_a_closed_month(shop, event):
    inside, outside = shop.sell(100, day="1405-07-30"), shop.sell(100, day="1405-08-01")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        {
            "sell": lambda: shop.sell(5, day="1405-07-01"),
            "void": lambda: shop.void(inside),
            "move in": lambda: shop.move(outside, "1405-07-30"),
            "move out": lambda: shop.move(inside, "1405-08-01"),
            "return": lambda: shop.give_back(inside, 50, day="1405-07-30"),
        }[event]()
    assert shop.kpi("revenue", "1405-07") == 100


def test_a_line_in_a_closed_month_stays(shop):
    """The lines carry no day of their own; their document's counts."""
    shop.sell(100, day="1405-07-30", cost=60)
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"), shop.change() as s:
        line = s.scalars(sa.select(SaleLine)).one()
        line.unit_cost = line.cost = 10


def test_the_days_around_a_closed_month_stay_open(shop):
    shop.close_month("1405-07")
    shop.sell(1, day="1405-06-31")
    shop.sell(2, day="1405-08-01")

    assert totals(shop) == [1, 2]


def test_undo_cannot_reach_into_a_closed_month(shop):
    shop.sell(100, day="1405-07-30")
    with Store(shop.store.path, shop.store._lock, user=1).rewriting() as s:
        s.execute(sa.text("INSERT INTO closing (start, \"end\", at, user_id) VALUES ('2026-09-23', '2026-10-23', 'x', 1)"))
        s.commit()

    with pytest.raises(Refused, match="closed"):
        shop.store.undo()


# The audit trail


@pytest.mark.parametrize("verb", ["UPDATE change SET name = 'x'", "DELETE FROM change", "UPDATE photo SET after = 'x'", "DELETE FROM photo"])
def test_the_audit_trail_is_only_added_to(shop, verb):
    shop.sell(100)

    with pytest.raises(Exception, match="only added to"):
        raw(shop.store.path, verb)


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE change SET name = 'nothing' WHERE id = 2",
        "UPDATE photo SET after = replace(after, '200', '100') WHERE change_id = 2",
        "DELETE FROM photo WHERE change_id = 2",
        "DELETE FROM change WHERE id = 2",
        "UPDATE change SET at = '2020-01-01T00:00:00Z' WHERE id = 1",
        "INSERT INTO photo (change_id, table_name, row_key, before) VALUES (99, 'sale', '1', '{}')",
    ],
)
def test_check_finds_an_altered_audit_trail(shop, verb):
    for total in (100, 200, 300):
        shop.sell(total)
    for guard in ("change_no_update", "change_no_delete", "photo_no_update", "photo_no_delete"):
        raw(shop.store.path, f"DROP TRIGGER {guard}")
    db = connect(shop.store.path)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(verb)
    db.close()

    assert any("audit" in problem for problem in shop.store.check())


def test_check_finds_a_document_that_differs_from_its_lines(shop):
    shop.sell(100)
    raw(shop.store.path, "UPDATE sale SET gross = 900, total = 900")

    problems = shop.store.check()
    assert any("differs from its lines" in problem for problem in problems)
    assert any("sum_day" in problem for problem in problems)


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("sum_day", "UPDATE sum_day SET net = net + 1"),
        ("sum_day", "DELETE FROM sum_day"),
        ("sum_day_customer", "UPDATE sum_day_customer SET orders = 2"),
        ("sum_customer", "UPDATE sum_customer SET first_day = '2020-01-01'"),
        ("sum_payment", "UPDATE sum_payment SET documents = 7"),
    ],
)
def test_check_finds_wrong_kept_totals(shop, table, sql):
    shop.sell(100, customer="Sara", payment="cash")
    raw(shop.store.path, sql)

    assert [table in problem for problem in shop.store.check()] == [True]


def test_check_changes_nothing(shop):
    shop.sell(100)
    raw(shop.store.path, "UPDATE sum_day SET net = 7")
    shop.store.check()

    assert raw(shop.store.path, "SELECT net FROM sum_day") == [(7,)]


def test_a_whole_book_has_no_problems(shop):
    sale = shop.sell(100, customer="Sara", seller={"Reza": 5_000, "Mina": 5_000}, cost=40)
    shop.give_back(sale, 50, cost=20)
    shop.lump(1_000)

    assert shop.store.check() == []


# What is no book


def test_a_file_that_is_no_book_is_refused(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04" + bytes(9_000))

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").stat().st_size == 9_004


def test_a_plain_database_is_refused(tmp_path):
    import sqlite3

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


# Making one


def test_an_iranian_book_is_in_rials_jalali_and_persian(shop):
    with shop.store.reading() as s:
        assert [settings.get(s, key) for key in ("currency", "calendar", "money_unit")] == ["IRR", "jalali", "toman"]
        assert s.scalars(sa.text("SELECT name FROM stage ORDER BY position")).all()[-1] == "ناموفق"


def test_a_foreign_book_is_gregorian(tmp_path):
    with Store.create(tmp_path / "uk.cheragh", currency="GBP", shop="Lamp") as store, store.reading() as s:
        assert [settings.get(s, key) for key in ("currency", "calendar", "money_unit", "shop_name")] == ["GBP", "gregorian", "major", "Lamp"]


def test_a_book_lies_in_one_file_when_closed(shop):
    shop.sell(100)
    shop.store.close()

    assert [p.name for p in shop.store.path.parent.glob("shop.cheragh-*")] == []


def test_closing_twice_is_closing_once(shop):
    shop.store.close()

    shop.store.close()


@pytest.mark.parametrize(("key", "value"), [("weekend", "9"), ("digits", "roman"), ("acquisition_share", "2"), ("day_starts", "25:00")])
def test_a_setting_cannot_be_nonsense(shop, key, value):
    with pytest.raises(Refused):
        shop.setting(key, value)


def test_currency_and_calendar_stay(shop):
    with pytest.raises(Refused, match="stays"):
        shop.setting("currency", "GBP")


def test_an_unknown_setting_names_the_known_ones(shop):
    with pytest.raises(Refused, match="active_days"):
        shop.setting("colour", "red")


@pytest.mark.parametrize(("key", "given", "kept"), [("weekend", "۴,3", "3,4"), ("active_days", "۱۸۰", "180"), ("day_starts", "4:05", "04:05")])
def test_a_setting_is_kept_in_one_way(shop, key, given, kept):
    shop.setting(key, given)

    with shop.store.reading() as s:
        assert settings.get(s, key) == kept
