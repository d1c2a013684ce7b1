"""A photograph holds a row as it lies in the file, and puts it back to the last letter."""

from itertools import pairwise

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.photos import Film, key_text, read_row, write_row
from desktop.store.tables import Customer, Own, SaleSeller, SettingRow, every
from tests.store.strangers import raw


def test_everything_is_photographed_but_the_trail_and_the_sums():
    unseen = {model.__tablename__ for model in every(Own)}

    assert unseen == {"change", "photo", "series"} | {name for name in Customer.metadata.tables if name.startswith("sum_")}


def test_a_row_goes_and_comes_back_as_it_was(shop):
    """Persian, empty, 64-bit, NULL and a key of two columns."""
    shop.sell(2**60, customer="سارا «ی»", seller={"Reza": 3_333, "Mina": 6_667}, cost=0)
    with shop.store.trying() as s:
        connection = s.connection()
        for table, key in (("sale", "1"), ("sale_line", "1"), ("customer", "1"), ("sale_seller", "1/2"), ("setting", "currency")):
            before = read_row(connection, table, key)
            write_row(connection, table, key, None)
            assert read_row(connection, table, key) is None
            write_row(connection, table, key, before)
            assert read_row(connection, table, key) == before != {}


def test_a_change_that_is_changed_back_is_none(shop):
    customer = shop.customer("Sara")
    with shop.change("Rename") as s:
        s.get(Customer, customer).note = "a"
        s.flush()
        s.get(Customer, customer).note = None

    assert raw(shop.store.path, "SELECT name FROM change") == [("Do",)]


def test_what_came_and_went_in_one_change_leaves_no_photograph(shop):
    shop.customer("Sara")
    with shop.change("Try") as s:
        row = SettingRow(key="try", value="1")
        s.add(row)
        s.flush()
        s.delete(row)

    assert raw(shop.store.path, "SELECT count(*) FROM change") == [(1,)]


def test_keys_of_two_columns_are_told_apart(shop):
    shop.sell(100, seller={"Reza": 5_000, "Mina": 5_000})

    keys = {key for (key,) in raw(shop.store.path, "SELECT row_key FROM photo WHERE table_name = 'sale_seller'")}
    assert keys == {"1/1", "1/2"} == {key_text((1, 1)), key_text((1, 2))}
    with shop.store.reading() as s:
        assert s.scalar(sa.select(sa.func.count()).select_from(SaleSeller)) == 2


values = st.none() | st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), min_size=1)


@given(st.lists(values, min_size=2, max_size=6))
def test_a_film_remembers_the_first_and_the_last(seen):
    """However often a row moved inside a change, undo needs what it was and what it became."""
    film = Film()
    for before, after in pairwise(seen):
        film.take("sale", "1", before, after)

    assert film.developed() == ([] if seen[0] == seen[-1] else [("sale", "1", seen[0], seen[-1])])
