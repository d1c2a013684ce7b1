"""Giving goods back: never more than was sold, and all returns of a line together exactly what was paid for it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.shop import returns, sales
from desktop.shop.returns import BackLine
from desktop.shop.sales import LineDraft
from desktop.values.text import Refused
from tests.little_shop import day
from tests.shop.counter import Counter
from tests.store.strangers import last_done


def left(shop, sale):
    """What can still be given back, as (name, thousandths)."""
    with shop.store.reading() as s:
        return [(line.name, line.left) for line in returns.returnable(s, sale)]


def give(shop, sale, *lines, on="1405-08-02", **more):
    return returns.record_return(shop.store, sale, lines, day=day(on), **more)


# What comes back


def test_a_return_is_the_mirror_of_what_was_sold(shop):
    rice = shop.goods("Rice", price=500, cost=400, unit="kg")
    sold = shop.ring_up(LineDraft(rice, 2000, 500, discount=100, tax=20), payment="card")

    back = shop.bring_back(sold, 1000)

    document, (line,) = shop.document(back), shop.lines(back)
    assert (document.kind, document.original_id, document.gross, document.discount, document.total, document.tax) == (
        "return", sold, -500, -50, -450, -10,
    )  # fmt: skip
    assert (line.quantity, line.unit_price, line.unit_cost, line.cost, line.measured) == (-1000, 500, 400, -400, 1)
    assert shop.paid(back) == [("card", -460)]


def test_a_return_belongs_to_the_sales_customer_sellers_and_campaign(shop):
    ali, mary, tom = shop.add("customer", name="Ali"), shop.seller("Mary"), shop.seller("Tom")
    campaign = shop.add("campaign", name="Yalda")
    sold = shop.ring_up(100, customer=ali, sellers=((mary, 3_000), (tom, 7_000)), campaign=campaign)

    back = shop.bring_back(sold)

    assert (shop.document(back).customer_id, shop.document(back).campaign_id) == (ali, campaign)
    assert shop.shares(back) == {"Mary": 3_000, "Tom": 7_000}


def test_the_part_of_the_invoices_discount_stays_with_the_goods(shop):
    sold = shop.ring_up(100, 300, invoice_discount=40)

    assert shop.document(shop.bring_back(sold, line=1)).total == -270


def test_a_return_counts_on_its_own_day(shop):
    sold = shop.ring_up(100)
    shop.bring_back(sold, on="1405-09-05")

    assert (shop.kpi("revenue"), shop.kpi("revenue", over="1405-09")) == (100, -100)


def test_damaged_goods_do_not_bring_their_cost_back(shop):
    rice = shop.goods(price=100, cost=80)
    sold = shop.ring_up(LineDraft(rice, 2000, 100))
    assert shop.kpi("gross_profit") == 40

    shop.bring_back(sold, 1000, damaged=True)
    assert shop.kpi("gross_profit") == -60

    shop.bring_back(sold, 1000)
    assert shop.kpi("gross_profit") == -80


def test_another_way_of_paying_back_can_be_chosen(shop):
    sold = shop.ring_up(100, payment="card")

    assert shop.paid(give(shop, sold, BackLine(shop.lines(sold)[0].id, 1000), payment="cash")) == [("cash", -100)]


def test_the_form_knows_what_the_customer_gets(shop):
    sold = shop.ring_up(LineDraft(None, 3000, 100, tax=30), 50)
    first, second = shop.lines(sold)

    with shop.store.reading() as s:
        assert returns.paid_back(s, sold, [BackLine(first.id, 1000), BackLine(second.id, 1000)]) == 160


# Never more than was sold


def test_what_is_left_grows_less_with_every_return_and_more_with_a_void_one(shop):
    rice = shop.goods("Rice", price=10)
    sold = shop.ring_up(LineDraft(rice, 3000, 10), LineDraft(None, unit_price=7, note="bag"), LineDraft(None, -1000, 2))
    assert left(shop, sold) == [("Rice", 3000), ("bag", 1000)]

    back = shop.bring_back(sold, 2000)
    shop.bring_back(sold, line=1)
    assert left(shop, sold) == [("Rice", 1000)]

    sales.record_void(shop.store, back)
    assert left(shop, sold) == [("Rice", 3000)]


@pytest.mark.parametrize("quantity", [0, -1000, 2001])
def test_more_than_is_left_can_not_be_given_back(shop, quantity):
    sold = shop.ring_up(LineDraft(None, 3000, 10))
    shop.bring_back(sold, 1000)

    with pytest.raises(Refused, match="Of this line 2 can still be given back") as refused:
        shop.bring_back(sold, quantity)

    assert refused.value.field == "lines"


def test_one_line_named_twice_is_given_back_once(shop):
    sold = shop.ring_up(LineDraft(None, 2000, 10))
    line = shop.lines(sold)[0].id

    with pytest.raises(Refused, match="still be given back"):
        give(shop, sold, BackLine(line, 1500), BackLine(line, 1000))

    assert left(shop, sold) == [("", 2000)]


# Of what, and when


def test_a_refused_return_leaves_nothing(shop):
    sold = shop.ring_up(100, 200)

    with pytest.raises(Refused):
        give(shop, sold, BackLine(shop.lines(sold)[0].id, 1000), BackLine(99, 1000))

    assert shop.kpi("returns_rate") == 0
    assert last_done(shop.store) == "Record sale 1"


def test_nothing_chosen_is_no_return(shop):
    with pytest.raises(Refused, match="Choose what was given back"):
        give(shop, shop.ring_up(100))


def test_goods_do_not_come_back_before_they_were_sold(shop):
    with pytest.raises(Refused) as refused:
        shop.bring_back(shop.ring_up(100, on="1405-08-10"), on="1405-08-09")

    assert refused.value.field == "day"


def test_nothing_comes_back_of_a_void_sale(shop):
    sold = shop.ring_up(100)
    sales.record_void(shop.store, sold)

    with pytest.raises(Refused, match="void"):
        shop.bring_back(sold)


def test_nothing_comes_back_of_a_return_or_of_a_days_takings(shop):
    back = shop.ring_up(LineDraft(None, -1000, 40))
    with shop.store.changing("Record takings", "sell") as s:
        lump = sales.record_takings(s, day("1405-08-01"), 5_000)

    for document in (back, lump):
        with pytest.raises(Refused, match="Only goods of a sale"):
            shop.bring_back(document)


def test_a_closed_month_takes_no_return(shop):
    sold = shop.ring_up(100, on="1405-07-05")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        shop.bring_back(sold, on="1405-07-06")
    assert shop.document(shop.bring_back(sold, on="1405-08-01")).total == -100


# The sale after a return


def test_a_sale_with_a_return_keeps_its_lines_and_is_not_void(shop):
    sold = shop.ring_up(LineDraft(None, 2000, 100))
    shop.bring_back(sold)

    with pytest.raises(Refused, match="given back"):
        sales.record_void(shop.store, sold)
    draft = shop.draft(sold)
    with pytest.raises(Refused, match="given back"):
        sales.record_change(shop.store, sold, sales.SaleDraft(draft.day, (draft.lines[0].retyped(quantity=1000),)))


def test_a_return_follows_its_sale_to_another_customer_and_seller(shop):
    sold = shop.ring_up(100)
    back = shop.bring_back(sold)

    ali, mary = shop.add("customer", name="Ali"), shop.seller("Mary")
    sales.record_change(shop.store, sold, replace(shop.draft(sold), customer=ali, sellers=((mary, 10_000),)))

    assert shop.document(back).customer_id == ali
    assert shop.shares(back) == {"Mary": 10_000}


def test_a_return_is_undone_by_name(shop):
    sold = shop.ring_up(100)
    shop.bring_back(sold)

    assert shop.store.undo() == "Give goods of sale 1 back"
    assert left(shop, sold) == [("", 1000)]


# The law


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(1, 9_999),
    discount=st.integers(0, 99),
    tax=st.integers(0, 99),
    cost=st.none() | st.integers(0, 999),
    parts=st.lists(st.integers(1, 1_700), min_size=1, max_size=6),
)
def test_all_returns_of_a_line_together_are_exactly_the_line(template, tmp_path, price, discount, tax, cost, parts):
    shop = Counter.at(tmp_path / f"{uuid4()}.cheragh", template)
    quantity = sum(parts)
    gross = (price * quantity + 500) // 1000
    sold = shop.ring_up(LineDraft(None, quantity, price, discount=min(discount, gross), tax=tax, unit_cost=cost))
    (line,) = shop.lines(sold)

    backs = [shop.bring_back(sold, part) for part in parts]

    lines = [back for document in backs for back in shop.lines(document)]
    for column in ("quantity", "gross", "discount", "total", "tax", "cost"):
        assert -sum(getattr(back, column) or 0 for back in lines) == (getattr(line, column) or 0)
    assert all(back.total <= 0 and back.gross == back.total + back.discount for back in lines)
    assert [number.number for number in map(shop.document, backs)] == [str(n) for n in range(1, len(parts) + 1)]
    assert shop.kpi("revenue") == 0
    shop.store.close(backup=False)
