"""What was sold, worked out by hand: revenue, profit, baskets, discounts, returns, growth."""

import pytest

from desktop import kpi
from desktop.kpi import sales
from desktop.store.tables import Sale
from desktop.values.period import Period
from tests.little_shop import Line, Shop


def holds(shop, over="1405-08", as_of=None, seller=None):
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        for one in sales.KPIS:
            for part in one.parts:
                assert part.value(s, asked) == part.counted(s, asked), (one.key, part.key)
    return True


def exchange(shop, **more):
    """A cup of 900 (cost 500) for a pen of 400 (cost 300) that came back: 500 to pay."""
    lines = [Line(900, cost=500, product="Cup"), Line(-400, -1, cost=-300, product="Pen")]
    return shop.sell(lines=lines, **more)


# Revenue, S1


def test_revenue_is_net_of_discounts_returns_and_tax(shop):
    sale = shop.sell(900, discount=100, tax=90)
    shop.give_back(sale, 300)
    shop.lump(50)
    found = shop.ask("revenue")

    assert found.value == 900 - 300 + 50
    assert found.n == 3
    assert "100" in found.note.replace(",", "")  # 1,000 rials at list price, in toman


def test_a_return_counts_in_the_period_of_the_return(shop):
    sale = shop.sell(900, day="1405-08-30")
    shop.give_back(sale, 900, day="1405-09-01")

    assert shop.kpi("revenue", "1405-08") == 900
    assert shop.kpi("revenue", "1405-09") == -900


def test_void_documents_never_happened(shop):
    shop.void(shop.sell(900, cost=1, customer="Ali"))

    for key in ("revenue", "orders", "customers", "new_customers"):
        assert shop.kpi(key) == 0, key
    assert shop.kpi("gross_profit") is None


def test_a_month_without_a_sale_is_zero_with_the_reason(shop):
    found = shop.ask("revenue")

    assert (found.value, found.n) == (0, 0)
    assert "No sale" in found.note


def test_what_is_dated_after_the_as_of_day_is_not_looked_at(shop):
    shop.sell(100, day="1405-08-10")
    shop.sell(200, day="1405-08-11")

    assert shop.kpi("revenue", as_of="1405-08-10") == 100


# Gross profit, margin and markup (S2)


def test_margin_is_by_sales_and_markup_by_cost(shop):
    """160 → 200 is 20 % margin and 25 % markup."""
    shop.sell(200, cost=160)

    assert shop.kpi("gross_profit") == 40
    assert shop.kpi("gross_margin") == 0.2
    assert shop.kpi("markup") == 0.25


def test_lines_without_cost_stay_out_and_the_coverage_is_said(shop):
    shop.sell(lines=[Line(300, cost=100), Line(100)])
    found = shop.ask("gross_margin")

    assert found.value == pytest.approx(200 / 300)
    assert found.n == 1
    assert "75" in found.note


def test_no_costed_line_is_null_though_a_cost_of_nothing_is_not(shop):
    shop.sell(300)
    for key in ("gross_profit", "gross_margin", "markup"):
        assert shop.kpi(key) is None, key
    assert "cost" in shop.ask("gross_profit").why_null

    shop.sell(100, cost=0, day="1405-09-01")
    assert shop.kpi("gross_profit", "1405-09") == 100
    assert shop.kpi("gross_margin", "1405-09") == 1
    assert "cost nothing" in shop.ask("markup", "1405-09").why_null


def test_a_return_reverses_both_sides_unless_the_goods_are_damaged(shop):
    sale = shop.sell(lines=[Line(200, 2, cost=120)])
    shop.give_back(sale, 100, cost=60, day="1405-08-03")
    assert shop.kpi("gross_profit") == 100 - 60

    shop.give_back(sale, 100, cost=60, damaged=True, day="1405-08-04")
    assert shop.kpi("gross_profit") == 0 - 60


def test_more_back_than_sold_has_a_profit_but_no_margin(shop):
    sale = shop.sell(200, cost=150, day="1405-07-01")
    shop.give_back(sale, 200, cost=150)

    assert shop.kpi("gross_profit") == -50
    assert shop.kpi("gross_margin") is None
    assert "not above zero" in shop.ask("gross_margin").why_null


def test_the_margin_of_a_quarter_is_a_ratio_of_sums(shop):
    shop.sell(100, cost=50, day="1405-07-01")
    shop.sell(900, cost=810, day="1405-08-01")

    assert shop.kpi("gross_margin", "1405-q3") == pytest.approx((50 + 90) / 1000)


# Baskets


def test_an_order_is_worth_what_it_was_when_sold(shop):
    sale = shop.sell(900, discount=100, tax=81)
    shop.sell(300)
    shop.give_back(sale, 900)
    found = shop.ask("average_order_value", rows=True)

    assert found.value == 600
    assert (found.n, found.rows) == (2, 2)


def test_the_median_stands_beside_the_mean(shop):
    for total in (10, 20, 900):
        shop.sell(total)

    assert "2" in shop.ask("average_order_value", rows=True).note.split("below")[1]  # 20 rials are 2 toman
    assert shop.kpi("average_order_value") == 310


def test_an_exchange_is_one_order_at_its_net(shop):
    exchange(shop)

    assert shop.kpi("orders") == 1
    assert shop.kpi("average_order_value") == 500
    assert shop.kpi("revenue") == 500
    assert shop.kpi("gross_profit") == 500 - 200


def test_an_invoice_of_nothing_is_an_order(shop):
    """A gift, or goods swapped even."""
    shop.sell(0, cost=0)
    shop.sell(100)

    assert shop.kpi("orders") == 2
    assert shop.kpi("average_order_value") == 50


def test_a_pure_return_is_no_order(shop):
    shop.sell(lines=[Line(-100, -1)], kind="return")

    assert shop.kpi("orders") == 0
    assert shop.kpi("average_order_value") is None
    assert shop.kpi("revenue") == -100


def test_units_of_weighed_goods_count_once_a_line(shop):
    shop.sell(lines=[Line(100, 3), Line(50, 7, measured=True), Line(-10, -1)])
    shop.sell(100, quantity=2)
    shop.sell(lines=[Line(-40, -4)], kind="return")
    found = shop.ask("units_per_transaction")

    assert found.value == (3 + 1 + 2) / 2
    assert found.n == 2
    assert "1.5" in found.note  # 3 lines sold on 2 invoices


@pytest.mark.parametrize("key", ["average_order_value", "units_per_transaction", "returns_rate", "discount_rate"])
def test_a_month_without_sales_has_no_ratio(shop, key):
    found = shop.ask(key)

    assert found.value is None
    assert "No sale" in found.why_null


# Discounts and returns: R6 and R7


def test_discount_rate_depth_and_reach_are_three_numbers(shop):
    shop.sell(lines=[Line(80, discount=20), Line(100)])
    shop.sell(200)
    found = shop.ask("discount_rate")

    assert found.value == 20 / 400
    assert "Depth 20.0%" in found.note
    assert "50.0% of invoices" in found.note


def test_the_discount_of_goods_given_back_is_not_given_twice(shop):
    sale = shop.sell(80, discount=20)
    shop.give_back(sale, 80, discount=20)

    assert shop.kpi("discount_rate") == 0.2


def test_returns_rate_is_what_came_back_by_list_price_of_what_went_out(shop):
    """Its own discount taken off; the negative line of an exchange is a return too."""
    sale = shop.sell(900, discount=100)
    shop.give_back(sale, 90, discount=10)
    exchange(shop)

    assert shop.kpi("returns_rate") == (90 + 400) / (1000 + 900)
    assert shop.ask("returns_rate", rows=True).rows == 2


def test_returns_of_earlier_sales_can_pass_100_percent(shop):
    sale = shop.sell(500, day="1405-07-01")
    shop.give_back(sale, 500)
    shop.sell(100)

    assert shop.kpi("returns_rate") == 5


# A day's takings in one sum


def test_a_lump_is_seen_by_revenue_and_growth_and_by_nothing_else(shop):
    shop.sell(100, cost=60, customer="Ali", day="1405-07-01")
    shop.sell(100, cost=60, customer="Ali")
    before = {one.key: shop.kpi(one.key) for one in kpi.ALL if not one.slow}
    shop.lump(900)
    after = {key: shop.kpi(key) for key in before}

    assert (after["revenue"], after["sales_growth"]) == (1000, 9)
    assert {key for key in before if before[key] != after[key]} == {"revenue", "sales_growth"}


# Sellers


def test_shared_sales_add_up_to_the_team_to_the_rial(shop):
    shop.sell(100, cost=61, seller={"Reza": 3333, "Mina": 3333, "Omid": 3334})
    shop.sell(7, cost=3, seller={"Reza": 5000, "Mina": 5000}, discount=3)
    shop.sell(50)
    shares = [shop.kpi("revenue", seller=who) for who in ("Reza", "Mina", "Omid")]

    assert sum(shares) + 50 == shop.kpi("revenue") == 157
    assert shop.kpi("orders", seller="Reza") == pytest.approx(0.3333 + 0.5)
    assert sum(shop.kpi("gross_profit", seller=who) for who in ("Reza", "Mina", "Omid")) == shop.kpi("gross_profit")


def test_a_sellers_average_is_her_money_by_her_orders(shop):
    shop.sell(100, seller={"Reza": 5000, "Mina": 5000})
    shop.sell(300, seller="Mina")

    assert shop.kpi("average_order_value", seller="Mina") == 350 / 1.5
    assert shop.kpi("average_order_value", seller="Reza") == 100


def test_a_linked_return_is_the_original_sellers(shop):
    sale = shop.sell(100, seller={"Reza": 4000, "Mina": 6000})
    shop.give_back(sale, 50)

    assert shop.kpi("revenue", seller="Reza") == 20
    assert shop.kpi("revenue", seller="Mina") == 30


# Growth, S9


def test_growth_is_against_the_month_before(shop):
    shop.sell(100, day="1405-07-15")
    shop.sell(120)

    assert shop.kpi("sales_growth") == pytest.approx(0.2)


@pytest.mark.parametrize("before", [0, -100])
def test_growth_after_a_month_without_net_sales_is_null(shop, before):
    if before:
        shop.sell(lines=[Line(before, -1)], kind="return", day="1405-07-15")
    shop.sell(120)
    found = shop.ask("sales_growth")

    assert found.value is None
    assert "no net sales" in found.why_null


def test_a_running_month_is_compared_with_the_same_elapsed_days(shop):
    shop.sell(100, day="1405-07-05")
    shop.sell(900, day="1405-07-11")
    shop.sell(150, day="1405-08-10")

    assert shop.kpi("sales_growth", as_of="1405-08-10") == pytest.approx(0.5)
    assert shop.kpi("sales_growth", as_of="1405-08-11") == pytest.approx(150 / 1000 - 1)


def test_the_31st_day_is_compared_with_the_whole_shorter_month(shop):
    """31 Farvardin against Esfand, which has 29 days."""
    for n in range(1, 30):
        shop.sell(1, day=f"1404-12-{n:02}")
    for n in range(1, 32):
        shop.sell(1, day=f"1405-01-{n:02}")

    assert shop.kpi("sales_growth", "1405-01", as_of="1405-01-31") == pytest.approx(2 / 29)
    assert shop.kpi("sales_growth", "1405-01", as_of="1405-01-29") == 0


def test_a_longer_month_is_said_per_working_day(shop):
    """Mehr 1405 has 26 working days, Aban 25: as much money in fewer days is growth."""
    shop.sell(2600, day="1405-07-15")
    shop.sell(2600)
    found = shop.ask("sales_growth", rows=True)

    assert found.value == 0
    assert "4.0%" in found.note


@pytest.mark.parametrize(
    ("asked", "title"),
    [("1405-08", "Monthly sales growth"), ("2026-10", "Monthly sales growth"), ("1405-q3", "Quarterly sales growth"),
     ("1405", "Yearly sales growth"), ("1405-08-03", "Sales growth"), ("1405-05..1405-06", "Sales growth")],
)  # fmt: skip
def test_growth_is_called_after_the_span_that_was_asked(asked, title):
    assert kpi.BY_KEY["sales_growth"].called(Period.parse(asked)) == title
    assert kpi.BY_KEY["orders"].called(Period.parse(asked)) == "Number of invoices"


def test_a_year_with_a_day_more_is_said_per_working_day(shop):
    """Mehr 1404 has 26 working days as Mehr 1405 has; a day off takes one of them."""
    shop.sell(2600, day="1404-07-15")
    shop.sell(2600, day="1405-07-15")
    shop.day_off("1405-07-04")

    assert "4.0%" in shop.ask("sales_growth_yoy", "1405-07", rows=True).note


def test_year_on_year_takes_the_same_days(shop):
    shop.sell(100, day="1404-08-05")
    shop.sell(500, day="1404-08-20")
    shop.sell(150, day="1405-08-05")

    assert shop.kpi("sales_growth_yoy", as_of="1405-08-10") == pytest.approx(0.5)
    assert shop.kpi("sales_growth_yoy") == pytest.approx(150 / 600 - 1)


def test_the_30th_of_esfand_is_compared_with_the_29th(tmp_path):
    """1403 is a leap year."""
    shop = Shop.at(tmp_path / "leap.cheragh")
    shop.sell(100, day="1402-12-29")
    shop.sell(300, day="1403-12-30")
    found = shop.kpi("sales_growth_yoy", "1403-12-30")
    shop.store.close(backup=False)

    assert found == 2


def test_a_shop_that_grows_30_percent_at_52_6_shrank(shop):
    shop.sell(100, day="1404-08-05")
    shop.sell(130, day="1405-08-05")
    assert "not entered" in shop.ask("sales_growth_real").why_null

    shop.price_index("1404-08", 100_000)
    shop.price_index("1405-08", 152_600)

    assert shop.kpi("sales_growth_real") == pytest.approx(1.3 / 1.526 - 1)
    assert round(shop.kpi("sales_growth_real"), 3) == -0.148
    assert "52.6%" in shop.note("sales_growth_real")


def test_a_month_that_has_not_begun_has_not_grown(shop):
    shop.sell(100, day="1405-08-05")
    found = shop.ask("sales_growth", "1405-09", as_of="1405-08-10")

    assert found.value is None
    assert "not begun" in found.why_null


# Rows


def test_every_part_counts_the_rows_it_shows(shop):
    sale = shop.sell(900, cost=500, discount=100, customer="Ali")
    exchange(shop, day="1405-08-05")
    shop.give_back(sale, 300, cost=200, damaged=True)
    shop.lump(70)
    shop.sell(lines=[Line(20, 2, measured=True), Line(0, cost=5)])
    shop.void(shop.sell(10_000))
    shop.sell(80, day="1405-07-05")

    for over, as_of in (("1405-08", None), ("1405-08", "1405-08-02"), ("1405-07", None), ("1405", None), ("1404", None)):
        assert holds(shop, over, as_of)


def test_rows_past_the_first_are_paged(shop):
    for total in range(1, 8):
        shop.sell(total)
    asked = shop.scope()
    with shop.store.reading() as s:
        pages = [kpi.rows(s, "revenue", asked, limit=3, after=after) for after in (0, 3, 6)]
        numbers = s.query(Sale.total).order_by(Sale.id).all()

    assert [page.total for page in pages] == [7, 7, 7]
    assert [row[-1] for page in pages for row in page.rows] == [total for (total,) in numbers]


def test_a_running_quarter_is_compared_with_the_same_days_of_the_quarter_before(shop):
    shop.sell(100, day="1405-04-01")
    shop.sell(100, day="1405-04-10")
    shop.sell(300, day="1405-07-01")

    assert shop.kpi("sales_growth", "1405-q3", "1405-07-05") == 2
    assert shop.ask("revenue", "1405-q3", "1405-07-10").previous == 200


def test_real_growth_of_a_quarter_takes_the_prices_of_all_its_months(shop):
    """Prices doubled in its last month only: of the quarter they rose by a third."""
    for month in ("1404-04", "1404-05", "1404-06", "1405-04", "1405-05", "1405-06"):
        shop.price_index(month, 200_000 if month == "1405-06" else 100_000)
    shop.sell(100, day="1404-05-01")
    shop.sell(200, day="1405-05-01")

    assert shop.kpi("sales_growth_real", "1405-q2") == pytest.approx(2 / (4 / 3) - 1)
