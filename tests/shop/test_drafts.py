"""What a typed sale comes to, and what is wrong with it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.shop.drafts import LineDraft, SaleDraft, amounts, blank_sale, problems, product_line, remarks
from desktop.shop.sales import record_sale
from desktop.values.money import MOST
from desktop.values.text import Refused
from tests.little_shop import day

ABAN = day("1405-08-03")


def sale(*lines, **more):
    return SaleDraft(more.pop("on", ABAN), lines, **more)


def found(shop, draft, sale_id=None):
    with shop.store.reading() as s:
        return [problem.field for problem in problems(s, draft, sale_id)]


def noticed(shop, draft):
    with shop.store.reading() as s:
        return [remark.field for remark in remarks(s, draft)]


# What it comes to


def test_a_line_is_quantity_times_price_rounded_half_up_once():
    half = LineDraft(1, quantity=500, unit_price=3)
    pinch = LineDraft(1, quantity=499, unit_price=1)

    worked = amounts(sale(half, pinch))

    assert [line.gross for line in worked.lines] == [2, 0]
    assert worked.total == 2


def test_what_is_given_back_mirrors_what_was_sold():
    sold = amounts(sale(LineDraft(1, 2500, 3, discount=2, tax=1, unit_cost=2))).lines[0]
    back = amounts(sale(LineDraft(1, -2500, 3, discount=2, tax=1, unit_cost=2))).lines[0]

    assert tuple(back) == tuple(-amount for amount in sold)


def test_the_invoices_discount_goes_to_positive_lines_by_their_net():
    draft = sale(LineDraft(1, 1000, 300), LineDraft(2, 1000, 200, discount=100), LineDraft(3, -1000, 50), invoice_discount=100)

    worked = amounts(draft)

    assert [line.invoice_discount for line in worked.lines] == [75, 25, 0]
    assert [line.total for line in worked.lines] == [225, 75, -50]
    assert worked.total == 250


def test_tax_stands_beside_the_total():
    worked = amounts(sale(LineDraft(1, 1000, 100, tax=9)))

    assert (worked.total, worked.tax) == (100, 9)


def test_an_amount_that_came_without_price_stays_until_price_or_quantity_is_typed():
    line = LineDraft(1, 2000, None, gross=999, note="as imported")

    assert amounts(sale(line)).total == 999
    assert amounts(sale(line.retyped(discount=9))).total == 990
    assert amounts(sale(line.retyped(unit_price=500))).total == 1000


lines = st.builds(
    LineDraft,
    product=st.none(),
    quantity=st.integers(-5000, 5000).filter(bool),
    unit_price=st.integers(0, 10**7),
    discount=st.integers(0, 10**6),
    tax=st.integers(0, 10**6),
    unit_cost=st.none() | st.integers(0, 10**7),
)


@given(st.lists(lines, min_size=1, max_size=8), st.integers(0, 10**7))
def test_lines_add_up_to_the_document_whatever_the_discount(typed, invoice_discount):
    typed = [replace(line, discount=min(line.discount, abs(amounts(sale(line)).gross))) for line in typed]
    payable = sum(max(0, line.total) for line in amounts(sale(*typed)).lines if line.total > 0)
    invoice_discount = min(invoice_discount, payable)

    worked = amounts(sale(*typed, invoice_discount=invoice_discount))

    assert worked.total == worked.gross - worked.discount == sum(line.total for line in worked.lines)
    assert sum(line.invoice_discount for line in worked.lines) == (invoice_discount if payable else 0)
    for line, figures in zip(typed, worked.lines, strict=True):
        assert figures.total == figures.gross - figures.discount
        assert figures.total >= 0 if line.quantity > 0 else figures.total <= 0
        assert figures.discount * line.quantity >= 0


# What is wrong


def test_nothing_is_wrong_with_an_ordinary_sale(shop):
    draft = sale(LineDraft(None, 1500, 100, discount=150), LineDraft(None, 1000, 0), invoice_discount=0)

    assert found(shop, draft) == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (sale(), "lines"),
        (sale(LineDraft(None, 0, 100)), "quantity"),
        (sale(LineDraft(None, 1000)), "price"),
        (sale(LineDraft(None, 1000, -1)), "price"),
        (sale(LineDraft(None, 1000, 100, discount=101)), "discount"),
        (sale(LineDraft(None, 1000, 100, discount=-1)), "discount"),
        (sale(LineDraft(None, -1000, 100, discount=101)), "discount"),
        (sale(LineDraft(None, 1000, 100, tax=-1)), "lines"),
        (sale(LineDraft(None, 1000, 100), invoice_discount=101), "invoice_discount"),
        (sale(LineDraft(None, 1000, 100), invoice_discount=-1), "invoice_discount"),
        (sale(LineDraft(None, 1000, 100), sellers=((1, 9_999),)), "sellers"),
        (sale(LineDraft(None, 1000, 100), sellers=((1, 11_000), (2, -1_000))), "sellers"),
        (sale(LineDraft(None, 1000, 100), sellers=((1, 5_000), (1, 5_000))), "sellers"),
        (sale(LineDraft(None, 1000, 100), payment="shells"), "payment"),
        (sale(LineDraft(None, 1000, 100), payment="credit"), "customer"),
        (sale(LineDraft(None, 1000, 100), on=None), "day"),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_its_field(shop, draft, field):
    shop.seller("Mary"), shop.seller("Ali")

    assert found(shop, draft) == [field]


def test_the_line_with_the_problem_is_named(shop):
    with shop.store.reading() as s:
        (problem,) = problems(s, sale(LineDraft(None, 1000, 1), LineDraft(None, 0, 1)))

    assert problem.line == 1


def test_a_number_is_given_once_for_each_kind(shop):
    sold = shop.ring_up(100, number="A-7")

    assert found(shop, sale(LineDraft(None, 1000, 100), number=" A-7 ")) == ["number"]
    assert found(shop, sale(LineDraft(None, -1000, 100), number="A-7")) == []
    assert found(shop, sale(LineDraft(None, 1000, 100), number="A-7"), sold) == []


def test_a_day_of_a_closed_month_is_refused_before_it_is_saved(shop):
    shop.close_month("1405-07")

    assert found(shop, sale(LineDraft(None, 1000, 100), on=day("1405-07-30"))) == ["day"]
    assert found(shop, sale(LineDraft(None, 1000, 100), on=day("1405-08-01"))) == []


# What is worth a second look


def test_a_price_below_cost_is_remarked_but_not_refused(shop):
    rice = shop.goods(price=100, cost=80)
    line = LineDraft(rice, unit_price=100)

    assert noticed(shop, sale(line, on=day("1400-01-01"))) == []
    assert noticed(shop, sale(replace(line, discount=21), on=day("1400-01-01"))) == ["price"]
    assert found(shop, sale(replace(line, discount=21))) == []


def test_a_day_to_come_and_a_day_recorded_as_one_sum_are_remarked(shop):
    shop.lump(900, day="1400-01-05")

    assert noticed(shop, sale(LineDraft(None, unit_price=1), on=dt.date.today() + dt.timedelta(days=2))) == ["day"]  # noqa: DTZ011 - the shop's wall clock
    assert noticed(shop, sale(LineDraft(None, unit_price=1), on=day("1400-01-05"))) == ["day"]


# A new one


def test_a_new_sale_starts_with_today_and_the_hour(shop):
    shop.setting("day_starts", "04:00")
    with shop.store.reading() as s:
        late, early = blank_sale(s, dt.datetime(2030, 1, 2, 23, 5)), blank_sale(s, dt.datetime(2030, 1, 3, 3, 59))  # noqa: DTZ001 - the shop's wall clock

    assert (late.day, late.time) == (dt.date(2030, 1, 2), "23:05")
    assert early.day == dt.date(2030, 1, 2)


def test_a_clock_behind_the_last_entry_asks_for_the_day(shop):
    shop.ring_up(100)

    with shop.store.reading() as s:
        blank = blank_sale(s, dt.datetime(2020, 1, 1, 12, 0))  # noqa: DTZ001 - the shop's wall clock

    assert blank.day is None
    assert found(shop, replace(blank, lines=(LineDraft(None, unit_price=1),))) == ["day"]


def test_a_product_comes_with_its_price(shop):
    rice = shop.goods(price=450)

    with shop.store.reading() as s:
        assert product_line(s, rice) == LineDraft(rice, 1000, 450)


def test_what_was_undone_beside_the_form_is_said_beside_its_field(shop):
    """A customer added from the open form and undone made the sale fail at COMMIT."""
    rice, ali, mary = shop.goods(), shop.add("customer", name="Ali"), shop.seller("Mary")
    draft = sale(LineDraft(rice, unit_price=5), customer=ali, sellers=((mary, 10_000),))
    for _ in range(3):
        shop.store.undo()

    with shop.store.reading() as s:
        found = [(problem.field, problem.line) for problem in problems(s, draft)]

    assert found == [("product", 0), ("sellers", None), ("customer", None)]


@pytest.mark.parametrize(
    "draft",
    [
        sale(LineDraft(None, 10**12, MOST)),  # a thousand million pieces
        sale(LineDraft(None, 2000, MOST // 2 + 1)),
        sale(*[LineDraft(None, unit_price=10**15)] * 10),
        sale(LineDraft(None, unit_price=5, tax=10**18)),
        sale(LineDraft(None, unit_price=5, unit_cost=10**17)),
        sale(LineDraft(None, unit_price=5, quantity=10**12, unit_cost=10**7)),
        sale(LineDraft(None, gross=10**16)),
        sale(LineDraft(None, unit_price=10**16), LineDraft(None, -1000, 10**16)),  # an exchange that comes to nothing
        sale(LineDraft(None, 10**12, 10**7 - 1, discount=10**16)),
    ],
    ids=range(9),
)
def test_a_sale_of_more_than_a_book_can_hold_is_refused_in_the_form(shop, draft, in_english):
    """64 bits hold less than a thousand million pieces at that price: the error came from the database."""
    assert "lines" in found(shop, draft)
    with pytest.raises(Refused):
        record_sale(shop.store, draft)
    assert (shop.store.undo(), shop.store.check()) == (None, [])


def test_a_products_cost_can_be_too_much_for_so_many(shop, in_english):
    gold = shop.goods("Gold", price=1, cost=10**13)
    with pytest.raises(Refused, match="This comes to 1,000,000,000,000,000 toman, more than a book can hold; check the number of zeros"):
        record_sale(shop.store, sale(LineDraft(gold, 10**6, 1)))


def test_the_largest_sale_is_recorded_to_the_rial(shop):
    record_sale(shop.store, sale(LineDraft(None, 1000, MOST, unit_cost=MOST - 1), LineDraft(None, 1000, 0, tax=MOST)))

    assert (shop.kpi("revenue"), shop.kpi("gross_profit")) == (MOST, 1)
    assert shop.store.check() == []
