"""What check finds."""

import pytest

from tests.store.strangers import raw


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
