"""Many rows at once are the same rows, one by one."""

import pytest

from desktop.shop.importing.bulk import TOGETHER, insert
from desktop.store.connection import connect


@pytest.fixture
def table(tmp_path):
    db = connect(tmp_path / "bulk.db")
    db.execute("CREATE TABLE t (a INTEGER, b TEXT, c INTEGER, d TEXT)")
    yield db
    db.close()


@pytest.mark.parametrize("rows", [1, 2, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7])
def test_each_row_is_there_in_its_order(table, rows):
    numbers = [None if at % 3 else at for at in range(rows)]
    words = [f"چای «{at}»" if at % 2 else None for at in range(rows)]
    insert(table, "t", {"a": numbers, "b": words, "c": 7, "d": ["same"] * rows})

    assert table.execute("SELECT * FROM t").fetchall() == [(a, b, 7, "same") for a, b in zip(numbers, words, strict=True)]


@pytest.mark.parametrize("word", ["it's", "'; DROP TABLE t; --", "a\0b", "a\nb", "٪ %s {x} ?1", "", None])
def test_what_all_rows_share_is_written_as_it_is(table, word):
    insert(table, "t", {"a": [1, 2, 3], "b": [word] * 3})
    insert(table, "t", {"a": [4], "b": [word]})

    assert table.execute("SELECT a, b FROM t").fetchall() == [(at, word) for at in (1, 2, 3, 4)]


def test_rows_that_are_all_alike_are_as_many(table):
    insert(table, "t", {"a": [5] * 120, "b": ["x"] * 120, "c": None})

    assert table.execute("SELECT count(*), sum(a), max(c) FROM t").fetchone() == (120, 600, None)


def test_no_rows_are_no_rows(table):
    insert(table, "t", {"a": [], "b": []})

    assert table.execute("SELECT count(*) FROM t").fetchone() == (0,)
