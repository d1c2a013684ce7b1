"""A large import into a small book: what the database is asked once instead of for every row."""

import pytest
import sqlcipher3.dbapi2 as driver

from desktop.store import filling
from desktop.store.filling import indexes_later, vouch


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(filling, "FROM", 10)


def references(connection):
    return connection.execute("PRAGMA foreign_keys").fetchone()[0]


def names(connection):
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}


def test_references_are_not_looked_up_while_most_of_the_book_comes(shop, small):
    with shop.store.importing("sales", "large.csv", "d", "{}", rows=10) as load:
        assert not references(load.connection)


@pytest.mark.parametrize("rows", [0, 9])
def test_for_few_rows_they_are(shop, small, rows):
    with shop.store.importing("sales", "small.csv", "d", "{}", rows=rows) as load:
        assert references(load.connection)


def test_for_rows_that_are_few_beside_the_book_they_are(shop, small):
    for _ in range(11):
        shop.sell(1, day="1405-08-01")

    with shop.store.importing("sales", "small.csv", "d", "{}", rows=11) as load:
        assert references(load.connection)


@pytest.mark.parametrize("fails", [False, True])
def test_they_are_again_in_the_change_after_it(shop, small, fails):
    try:
        with shop.store.importing("sales", "large.csv", "d", "{}", rows=10):
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass

    with shop.store.trying() as s:
        assert references(s.connection().connection.driver_connection)


def test_an_id_that_no_row_has_is_not_vouched_for(shop):
    customer = shop.customer("سارا")

    with shop.store.importing("sales", "large.csv", "d", "{}") as load:
        vouch(load.connection, "customer", [customer, customer])
        with pytest.raises(driver.IntegrityError, match="customer"):
            vouch(load.connection, "customer", [customer, customer + 1])


def test_the_indexes_are_those_of_before(shop, small):
    with shop.store.importing("sales", "large.csv", "d", "{}") as load:
        before = names(load.connection)
        with indexes_later(load.connection, 10, ("original_id",)):
            during = names(load.connection)
        assert names(load.connection) == before

    assert {"ix_sale_day", "uq_sale_number_kind", "ix_sale_line_sale_id"} <= before - during
    assert "ix_sale_original_id" in during
    assert "ix_customer_phone" in during


def test_few_rows_keep_the_indexes(shop, small):
    with shop.store.importing("sales", "small.csv", "d", "{}") as load:
        before = names(load.connection)
        with indexes_later(load.connection, 9):
            assert names(load.connection) == before
