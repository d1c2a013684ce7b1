"""What a line of a sale comes to: quantities, prices, discounts, taxes, states."""

import pytest

from desktop import kpi
from desktop.values.text import Refused
from tests.shop.importing.conftest import reasons

DAY = "2026-10-25"


def csv(header, *rows):
    return "\n".join((f"date,{header}", *(f"{DAY},{row}" for row in rows))) + "\n"


def test_a_line_is_quantity_times_price_less_its_whole_discount(desk):
    outcome = desk.take(csv("product,quantity,unit_price,discount", "Rice,2.5,1000,300"))

    assert desk.lines() == [(2500, 1000, 300, 2200)]
    assert (outcome.accepted, outcome.documents, outcome.total) == (1, 1, 2200)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("2,1000,10%,", (2000, 1000, 200, 1800)),
        ("2,1000,۱۰٪,", (2000, 1000, 200, 1800)),
        ("2,1000,,0.1", (2000, 1000, 200, 1800)),
        ("2,1000,50,0.1", (2000, 1000, 50, 1950)),  # an amount decides over a rate
        ("2,1000,-,", (2000, 1000, 0, 2000)),
        ("-2,1000,200,", (-2000, 1000, -200, -1800)),  # a discount carries the sign of its line
    ],
)
def test_a_discount_is_an_amount_or_a_percentage(desk, row, line):
    desk.take(csv("quantity,unit_price,discount,discount_rate", row))

    assert desk.lines() == [line]


@pytest.mark.parametrize(("rates", "discounts"), [(("0.1", "1"), [10, 100]), (("10", "1"), [10, 1]), (("10%", "1"), [10, 1])])
def test_rates_are_fractions_if_none_is_above_one(desk, rates, discounts):
    desk.take(csv("unit_price,discount_rate", *(f"100,{rate}" for rate in rates)))

    assert [discount for _, _, discount, _ in desk.lines()] == discounts


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("900,100,", (None, 1000, 100, 900)),
        ("900,,10%", (None, 1000, 100, 900)),
        ("995,,0", (None, 995, 0, 995)),
        ("5,,50%", (None, 10, 5, 5)),
        ("2,,33%", (None, 3, 1, 2)),
    ],
)
def test_a_total_alone_gives_the_price_before_the_discount_and_no_unit_price(desk, row, line):
    desk.take(csv("total,discount,discount_rate", row))

    assert desk.lines("unit_price, gross, discount, total") == [line]


def test_a_given_total_decides_where_rounding_explains_the_difference(desk):
    outcome = desk.take(csv("number,quantity,unit_price,total", "1,3,333,1000", "2,3,333,1200"))

    assert desk.lines("gross, total") == [(1000, 1000)]
    assert reasons(outcome) == [(3, "total", "Quantity × price − discount is not the total, and rounding does not explain it.")]


def test_the_invoices_discount_is_spread_over_what_was_bought(desk):
    desk.take(csv("number,quantity,unit_price,invoice_discount", "7,1,100,10", "7,1,200,10", "7,-1,50,"))

    assert desk.lines("discount, invoice_discount, total") == [(3, 3, 97), (7, 7, 193), (0, 0, -50)]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("7,100,400", "7,200,400"), "The invoice's discount is more than the invoice."),
        (("7,100,10", "7,200,20"), "The rows of the invoice give it different discounts."),
    ],
)
def test_an_invoices_discount_that_cannot_be_refuses_the_invoice(desk, rows, reason):
    outcome = desk.take(csv("number,unit_price,invoice_discount", *rows))

    assert desk.sales() == []
    assert {refusal.reason for refusal in outcome.refusals} == {reason}


# What comes back, what was cancelled, what never was


@pytest.mark.parametrize("state", ["returned", "مرجوعی", "برگشتي", "برگشت از فروش", "Refund"])
def test_a_status_of_return_turns_the_line_around(desk, state):
    desk.take(csv("number,quantity,unit_price,status", f"5,2,100,{state}"))

    assert desk.sales() == [("5", "return", -200)]


def test_a_negative_quantity_is_a_return_and_so_is_a_marked_number(desk):
    desk.take(csv("number,quantity,unit_price", "5,-2,100", "C6,1,70"), return_mark="C")

    assert desk.sales() == [("5", "return", -200), ("C6", "return", -70)]


def test_an_exchange_is_one_sale_at_its_net(desk):
    desk.take(csv("number,quantity,unit_price", "5,1,300", "5,-1,100"))

    assert desk.sales() == [("5", "sale", 200)]


@pytest.mark.parametrize("state", ["cancelled", "void", "لغو", "باطل شده"])
def test_a_cancelled_sale_is_kept_and_counts_nowhere(desk, state):
    outcome = desk.take(csv("number,quantity,unit_price,status", f"5,2,100,{state}"))

    assert desk.sales("number, kind, status, total") == [("5", "sale", "void", 200)]
    assert outcome.total == 0
    assert desk.rows("SELECT * FROM sum_day") == []


def test_a_cancelled_line_of_negative_quantity_is_a_return(desk):
    desk.take(csv("number,quantity,unit_price,status", "5,-2,100,cancelled"))

    assert desk.sales("kind, status, total") == [("return", "final", -200)]


@pytest.mark.parametrize("state", ["draft", "Quote", "پیش‌فاکتور", "پيش فاكتور"])
def test_a_draft_is_skipped_and_counted(desk, state):
    outcome = desk.take(csv("number,unit_price,status", f"5,100,{state}", "6,100,"))

    assert (outcome.accepted, outcome.skipped, outcome.refused) == (1, 1, 0)
    assert desk.sales("number") == [("6",)]


def test_a_gift_has_no_price(desk):
    outcome = desk.take(csv("quantity,unit_price", "1,0"))

    assert (outcome.accepted, desk.lines()) == (1, [(1000, 0, 0, 0)])


@pytest.mark.parametrize(
    ("header", "row", "field", "reason"),
    [
        ("quantity,unit_price", "1,-5", "unit_price", "A price cannot be negative; goods that come back have a negative quantity."),
        ("quantity,unit_price", "0,5", "quantity", "The quantity is zero."),
        ("quantity,unit_price", "x,5", "quantity", "“x” is not a number."),
        ("quantity,unit_price", ",5", "quantity", "The cell is empty, and this field is needed."),
        ("quantity,unit_price", "1,", "unit_price", "The row has neither a unit price nor a total."),
        ("quantity,unit_price", "1,five", "unit_price", "“five” is not an amount of money."),
        ("unit_price", "9999999999999999", "unit_price", "“9999999999999999” is more than a book can hold; check the number of zeros."),
        ("quantity,total", "1,-5", "total", "The total is negative, but the quantity is not."),
        ("unit_price,discount", "5,6", "discount", "The discount is more than the line."),
        ("unit_price,discount", "5,-1", "discount", "A discount cannot be negative."),
        ("unit_price,discount", "5,120%", "discount", "A discount is between 0 and 100 percent."),
        ("unit_price,unit_cost", "5,-1", "unit_cost", "A purchase price cannot be negative."),
        ("unit_price,tax", "5,-1", "tax", "The tax is negative, but the quantity is not."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_its_reason(desk, header, row, field, reason):
    outcome = desk.take(csv(header, row))

    assert reasons(outcome) == [(2, field, reason)]
    assert desk.sales() == []


def test_a_total_without_a_quantity_column_may_be_negative(desk):
    desk.take(csv("number,total", "5,-300"))

    assert (desk.sales(), desk.lines()) == ([("5", "return", -300)], [(-1000, None, 0, -300)])


TOO_MUCH = "The invoice comes to more than a book can hold; check the number of zeros."
MOST = 10**15


@pytest.mark.parametrize(
    ("header", "row", "field", "rows"),
    [
        ("unit_price,tax", f"5,{MOST}", "tax", 10_000),  # 10^19: 64 bits begin anew behind 9.2 × 10^18
        ("unit_price,tax", f"5,{MOST}", "tax", 18_447),  # and these come to 2^64, and a little
        ("unit_price,unit_cost", f"5,{MOST}", "unit_cost", 10),
        ("unit_price", f"{MOST}", "unit_price", 10),
        ("total", f"{MOST}", "total", 18_447),
        ("quantity,unit_price", f"1000000000000,{MOST}", "unit_price", 1),
        ("quantity,unit_price,unit_cost", f"1000000000000,0,{MOST}", "unit_cost", 1),
        ("total,discount_rate", f"{MOST},99.9999", "total", 1),
        ("quantity,unit_price,invoice_discount", f"1000000000000,{MOST},10%", "unit_price", 2),
        ("quantity,unit_price,discount", f"1000000000000,{MOST},50%", "unit_price", 1),
    ],
)  # fmt: skip
def test_an_invoice_of_more_than_a_book_can_hold_is_refused_and_the_others_are_taken(desk, in_english, header, row, field, rows):
    more = header.count(",")
    lines = [f"B,{row}"] * rows + ["A,7" + "," * more if more == 0 or "quantity" not in header else "A,1,7" + "," * (more - 1)]
    outcome = desk.take(csv(f"number,{header}", *lines))

    assert {(one, reason) for _, one, reason in reasons(outcome)} == {(field, TOO_MUCH)}
    assert (outcome.refused, desk.sales()) == (rows, [("A", "sale", 7)])
    assert desk.shop.store.check() == []


def test_prices_with_tax_inside_are_whole_however_large(desk):
    desk.take(csv("quantity,unit_price,tax", f"1,{MOST},{MOST // 11}", "8," + f"{MOST},{MOST // 11}"), tax_included=True)

    one, eight = MOST - MOST // 11, 8 * MOST - MOST // 11
    assert desk.lines("unit_price, total") == [(one, one), ((eight + 4) // 8, eight)]


def test_what_the_book_could_not_add_up_is_not_taken_from_a_file_either(desk, in_english):
    """5,000 invoices of eight thousand million million: a day, and a book, of 4 × 10^19."""
    outcome = desk.take(csv("number,quantity,unit_price", *(f"{at},8,{MOST}" for at in range(100))))
    assert (outcome.total, desk.shop.kpi("revenue")) == (800 * MOST, 800 * MOST)
    before = desk.everything()

    for days in ("2026-10-25", None):
        many = "".join(f"{days or f'20{at % 50 + 10}-0{at % 9 + 1}-01'},B{at},8,{MOST}\n" for at in range(5000))
        text = f"date,number,quantity,unit_price\n{many}"
        assert desk.take(text, dry_run=True).total == 40_000 * MOST
        with pytest.raises(Refused, match=r"The largest amount is 800,000,000,000,000 toman, in document B\d+; check its number of zeros"):
            desk.take(text)
        assert desk.everything() == before
    assert desk.shop.store.check() == []


def test_costs_of_a_file_are_added_up_exactly(desk):
    outcome = desk.take("date,amount\n" + f"2026-10-25,{MOST}\n" * 10_000, "costs")

    assert outcome.total == 10_000 * MOST
    with desk.shop.store.reading() as s:
        assert kpi.answer(s, "cac_loaded", desk.shop.scope()).value is None  # 10^19: nobody new came


# Costs and taxes


def test_a_cost_comes_only_from_its_column(desk):
    desk.shop.goods("Rice", price=100, cost=60)

    desk.take(csv("product,quantity,unit_price,unit_cost", "Rice,2,100,70", "Rice,2,100,"))

    assert desk.lines("unit_cost, cost") == [(70, 140), (None, None)]


def test_tax_is_beside_the_sale(desk):
    desk.take(csv("quantity,unit_price,tax", "2,1000,200"))

    assert desk.lines("total, tax") == [(2000, 200)]


def test_tax_that_is_included_is_taken_out_of_price_and_total(desk):
    desk.take(csv("number,quantity,unit_price,total,tax", "1,2,1100,2200,200"), tax_included=True)

    assert desk.lines("unit_price, total, tax") == [(1000, 2000, 200)]


def test_included_tax_needs_its_column(desk):
    with pytest.raises(Refused, match="need a column that says how much the tax is"):
        desk.take(csv("unit_price", "5"), tax_included=True)
