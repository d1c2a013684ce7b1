"""Numbers of documents: after the largest plain one of their kind, never one that is taken."""

import pytest

from desktop.store import dialect, series
from desktop.store.tables import Sale
from tests.store.strangers import raw


@pytest.fixture
def ask(shop):
    """Raw questions inside one change that is thrown away."""
    with shop.store.trying() as s:
        yield dialect.run(s.connection())


def put(ask, *numbers, kind="sale"):
    for number in numbers:
        ask(
            "INSERT INTO sale (kind, status, number, day, entered_at, lines, gross, discount, total, tax) "
            "VALUES (?, 'final', ?, '2026-01-01', '', 0, 0, 0, 0, 0)",
            (kind, number),
        )


def test_each_kind_goes_on_for_itself(ask):
    put(ask, "7", "A-90", "1234567890123456", "12")
    put(ask, "3", kind="return")

    assert [series.coming(ask, "sale", kind) for kind in ("sale", "return", "lump")] == [13, 4, 1]
    assert (series.take(ask, "sale", "sale"), series.take(ask, "sale", "sale", 2)) == (["13"], ["14", "15"])
    assert (series.take(ask, "deal"), series.take(ask, "deal")) == (["1"], ["2"])


def test_what_is_taken_is_passed_over(ask):
    series.take(ask, "sale", "sale")
    put(ask, "3", "5")

    assert series.take(ask, "sale", "sale", 3) == ["2", "4", "6"]
    assert series.coming(ask, "sale", "sale") == 7


def test_documents_that_come_together_are_filled_up_after_their_largest(ask):
    put(ask, "20")

    assert series.filled(ask, "sale", ["", "41", "", "x"], "sale") == ["42", "41", "43", "x"]
    assert series.filled(ask, "sale", ["", "7", ""], "sale") == ["21", "7", "22"]
    assert series.filled(ask, "sale", ["7", "8"], "sale") == ["7", "8"]


def test_many_that_came_or_went_are_counted_anew(ask):
    put(ask, "20", "30")
    series.remake(ask)
    assert series.coming(ask, "sale", "sale") == 31
    ask("DELETE FROM sale WHERE number = '30'")
    series.remake(ask)

    assert ask("SELECT kind, year, next FROM series").fetchall() == [("sale", None, 21)]


def test_a_series_is_no_part_of_the_audit_trail(shop):
    with shop.change("Record sale") as s:
        number = series.take(dialect.run(s.connection()), "sale", "sale")[0]
        s.add(Sale(kind="sale", number=number, day=shop.scope().period.start, entered_at="", lines=0, gross=0, discount=0, total=0))

    assert raw(shop.store.path, "SELECT DISTINCT table_name FROM photo") == [("sale",)]
    assert raw(shop.store.path, "SELECT kind, next FROM series") == [("sale", 2)]
    shop.store.undo()
    assert raw(shop.store.path, "SELECT kind, next FROM series") == [("sale", 1)]
    assert shop.store.check() == []
