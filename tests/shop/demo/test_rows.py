"""The demo book's rows: filled in, numbered, in the book."""

import datetime as dt

from desktop.shop.demo.rows import Rows, entered
from desktop.store.tables import Seller, Source


def test_what_follows_from_a_row_is_filled_in():
    rows = Rows(batch=7)

    first, second = rows.add("source", name="علي"), rows.add("source", name="Friends")

    assert (first["id"], second["id"]) == (1, 2)
    assert (first["name_fold"], first["archived"], first["batch_id"]) == ("علی", 0, 7)
    assert rows.of("source") == [first, second]
    assert (rows.count("source", "sale"), rows.tables) == (2, {"source"})


def test_rows_are_written_at_once(shop):
    with shop.store.importing("demo", "demo", "x", "{}") as load:
        rows = Rows(load.batch_id)
        rows.add("source", name="Friends")
        rows.add("seller", name="Mary", pay=5)
        rows.write(load.connection)

    with shop.store.reading() as s:
        assert (s.get_one(Source, 1).name, s.get_one(Seller, 1).pay) == ("Friends", 5)


def test_tehran_is_three_and_a_half_hours_ahead():
    assert entered(dt.date(2026, 11, 25), "18:40") == "2026-11-25T15:10:00Z"
    assert entered(dt.date(2026, 11, 25), "02:00") == "2026-11-24T22:30:00Z"
