"""Lines gathered into invoices, and what is wrong with a whole invoice."""

import pytest

from tests.shop.importing.conftest import reasons

COMPANION = "Another row of this invoice was refused, and a shortened invoice would be a false one."


def test_rows_of_one_number_are_one_invoice_wherever_they_stand(desk):
    outcome = desk.take("number,date,unit_price\n1,2026-01-02,10\n2,2026-01-02,20\n1,2026-01-02,30\n")

    assert desk.sales("number, lines, total") == [("1", 2, 40), ("2", 1, 20)]
    assert (outcome.accepted, outcome.documents) == (3, 2)


def test_a_row_without_a_number_is_its_own_sale(desk):
    desk.take("number,date,unit_price\n,2026-01-02,10\n7,2026-01-02,20\n,2026-01-03,30\n")

    assert desk.sales("number, total") == [("8", 10), ("7", 20), ("9", 30)]


def test_an_invoice_on_two_days_is_of_the_first_with_its_first_time(desk):
    desk.take("number,date,unit_price\n1,2026-01-03 08:00,10\n1,2026-01-02 19:31,30\n1,2026-01-02 19:30,30\n")

    assert desk.sales("day, time") == [("2026-01-02", "19:30")]


def test_a_bad_line_refuses_its_whole_invoice(desk):
    outcome = desk.take("number,date,unit_price\n1,2026-01-02,10\n1,2026-01-02,ten\n2,2026-01-02,20\n")

    assert desk.sales("number, total") == [("2", 20)]
    assert reasons(outcome) == [(2, "", COMPANION), (3, "unit_price", "“ten” is not an amount of money.")]


def test_one_number_with_two_customers_is_refused(desk):
    outcome = desk.take("number,date,customer,unit_price\n1,2026-01-02,Ali,10\n1,2026-01-02,Sara,10\n2,2026-01-02,Ali,5\n2,2026-01-02,,5\n")

    assert desk.sales("number") == [("2",)]
    assert {(row, reason) for row, _, reason in reasons(outcome)} == {
        (2, "The invoice names two different customers."), (3, "The invoice names two different customers.")
    }  # fmt: skip


def test_a_number_already_in_the_book_is_skipped_and_counted(desk):
    desk.take("number,date,unit_price\n1,2026-01-02,10\n", name="first.csv")

    outcome = desk.take("number,date,unit_price\n1,2026-01-02,999\n2,2026-01-02,20\n", name="second.csv")

    assert (outcome.accepted, outcome.skipped) == (1, 1)
    assert desk.sales("number, total") == [("1", 10), ("2", 20)]


def test_a_return_may_have_the_number_of_a_sale_that_is_there(desk):
    desk.take("number,date,quantity,unit_price\n1,2026-01-02,1,10\n")

    outcome = desk.take("number,date,quantity,unit_price\n1,2026-01-05,-1,10\n", name="returns.csv")

    assert (outcome.accepted, outcome.skipped) == (1, 0)


def test_a_cancelled_line_of_a_living_invoice_is_left_out(desk):
    outcome = desk.take("number,date,unit_price,status\n1,2026-01-02,10,\n1,2026-01-02,90,cancelled\n")

    assert desk.sales("status, total") == [("final", 10)]
    assert (outcome.accepted, outcome.skipped) == (1, 1)


@pytest.mark.parametrize("kind", ["sales", "costs"])
def test_a_row_of_a_closed_month_is_refused(desk, kind):
    desk.shop.close_month("1405-07")
    column = "unit_price" if kind == "sales" else "amount"

    outcome = desk.take(f"date,{column}\n1405/07/30,10\n1405/08/01,20\n", kind)

    assert outcome.accepted == 1
    assert reasons(outcome) == [(2, "date", "That month is closed: record a correction in an open month, or reopen it first.")]
