"""Whose a sale is, as a cell says it."""

import pytest

from tests.shop.importing.conftest import reasons

SHARES = "say each seller once, with shares above 0 that add up to 100%."


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("Ali", {"Ali": 10_000}),
        ("Ali 100%", {"Ali": 10_000}),
        ("Sara 75% + Ali 25%", {"Sara": 7500, "Ali": 2500}),
        ("سارا ۷۵٪ + علی ۲۵٪", {"سارا": 7500, "علی": 2500}),
        ("Sara 75.0% + x + y 25.0%", {"Sara": 7500, "x + y": 2500}),
        ("x + y", {"x + y": 10_000}),
    ],
)
def test_a_cell_names_one_seller_or_those_who_share_a_sale(desk, cell, shares):
    outcome = desk.take(f"number,date,unit_price,seller\n1,2026-01-02,300,{cell}\n2,2026-01-02,300,{cell}\n")

    assert outcome.accepted == 2
    assert desk.shop.shares(2) == shares
    assert desk.shop.store.check() == []


@pytest.mark.parametrize(
    "cell",
    ["علی + علی", "علی 50% + علی 50%", "Ali 25% + Sara 50% + ALI 25%", "Ali 0% + Sara 100%", "Ali 60% + Sara 60%", "Ali 40%", "Ali 120%"],
)
def test_shares_that_are_no_whole_refuse_their_row_alone(desk, in_english, cell):
    """They once broke the whole file, gave a sale away in silence, or made a seller who is called so."""
    outcome = desk.take(f"number,date,unit_price,seller\n1,2026-01-02,300,{cell}\n2,2026-01-02,300,Sara\n")

    assert reasons(outcome) == [(2, "seller", f"“{cell}”: {SHARES}")]
    assert desk.sales("number") == [("2",)]


def test_a_name_that_two_sellers_bear_is_asked_for_by_code(desk, in_english):
    desk.shop.add("seller", name="علی", code="R1")
    desk.shop.add("seller", name="علي")
    desk.shop.add("seller", name="سارا", code="R3")
    meant = "Several sellers are called “علی”; write the code of the one that is meant: R1, without a code."

    lines = "".join(
        f"{at},2026-01-0{at},300,{cell}\n" for at, cell in enumerate(("علی", "R1", "سارا 50% + علی 50%", "R1 50% + سارا 50%"), 1)
    )
    outcome = desk.take(f"number,date,unit_price,seller\n{lines}")
    leads = desk.take("date,name,seller\n2026-01-02,Kim,علی\n2026-01-02,Lee,R1\n", "leads")

    assert reasons(outcome) == [(2, "seller", meant), (4, "seller", meant)]
    assert desk.rows("SELECT sale_id, seller_id, share FROM sale_seller ORDER BY 1, 2") == [(1, 1, 10_000), (2, 1, 5000), (2, 3, 5000)]
    assert reasons(leads) == [(2, "seller", meant)]
    assert desk.rows("SELECT name, seller_id FROM lead") == [("Lee", 1)]


def test_a_seller_of_the_book_whose_name_has_a_plus_is_herself(desk):
    desk.shop.add("seller", name="x + x")

    desk.take("number,date,unit_price,seller\n1,2026-01-02,300,x + x\n")

    assert desk.shop.shares(1) == {"x + x": 10_000}


def test_lines_of_shared_sellers_share_the_sale_by_what_was_sold(desk):
    desk.take("number,date,unit_price,seller\n1,2026-01-02,300,Sara 50% + Ali 50%\n1,2026-01-02,100,Ali\n")

    assert desk.shop.shares(1) == {"Sara": 3750, "Ali": 6250}
