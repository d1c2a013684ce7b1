"""Whose a sale is, as a cell says it."""

import pytest


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("Ali", {"Ali": 10_000}),
        ("Ali 100%", {"Ali": 10_000}),
        ("Sara 75% + Ali 25%", {"Sara": 7500, "Ali": 2500}),
        ("سارا ۷۵٪ + علی ۲۵٪", {"سارا": 7500, "علی": 2500}),
        ("علی + علی", {"علی": 10_000}),
        ("علی 50% + علی 50%", {"علی": 10_000}),
        ("Ali 25% + Sara 50% + ALI 25%", {"Ali": 5000, "Sara": 5000}),
        ("Ali 0% + Sara 100%", {"Sara": 10_000}),
        ("Sara 75.0% + x + y 25.0%", {"Sara": 7500, "x + y": 2500}),
        ("Ali 60% + Sara 60%", {"Ali 60% + Sara 60%": 10_000}),
    ],
)
def test_a_cell_names_one_seller_or_those_who_share_a_sale(desk, cell, shares):
    """A seller named twice in one cell, or with nothing of the sale, once broke the whole file."""
    outcome = desk.take(f"number,date,unit_price,seller\n1,2026-01-02,300,{cell}\n2,2026-01-02,300,{cell}\n")

    assert outcome.accepted == 2
    assert desk.shop.shares(2) == shares
    assert desk.shop.store.check() == []


def test_a_seller_of_the_book_whose_name_has_a_plus_is_herself(desk):
    desk.shop.add("seller", name="x + x")

    desk.take("number,date,unit_price,seller\n1,2026-01-02,300,x + x\n")

    assert desk.shop.shares(1) == {"x + x": 10_000}


def test_lines_of_shared_sellers_share_the_sale_by_what_was_sold(desk):
    desk.take("number,date,unit_price,seller\n1,2026-01-02,300,Sara 50% + Ali 50%\n1,2026-01-02,100,Ali\n")

    assert desk.shop.shares(1) == {"Sara": 3750, "Ali": 6250}
