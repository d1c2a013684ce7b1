"""The lists of `kpi --json`: each adds up to its KPI, and each line can be worked out by hand."""

import datetime as dt

import pytest

from desktop import kpi
from desktop.kpi import lists
from desktop.kpi.lines import LISTS, CohortLine, ReasonLine
from desktop.values.period import Period
from desktop.values.writing import Writing, use_writing
from tests.little_shop import Line, Shop, day


def made(shop, name, over="1405-08", as_of=None):
    asked = shop.scope(over, as_of)
    with shop.store.reading() as s:
        return getattr(lists, name)(s, asked)


def by(rows, key="name"):
    return {getattr(row, key): row for row in rows}


# Sellers


def test_sellers_add_up_to_the_shop(shop):
    shop.sell(900, cost=300, seller={"Reza": 3333, "Mina": 6667}, customer="Ali")
    shop.sell(101, cost=50, seller={"Reza": 5000, "Mina": 5000})
    shop.sell(70, cost=20)
    shop.deal(40, outcome="won", closed="1405-08-05", contact="1405-08-01", seller="Mina")
    shop.deal(60, outcome="lost", closed="1405-08-05")
    shop.activity(seller="Reza")
    rows = made(shop, "sellers")

    for key in ("revenue", "gross_profit", "orders", "won_deals", "won_value", "lost_deals", "lost_value", "activities", "pipeline_value"):
        assert sum(row.numbers[key] for row in rows) == pytest.approx(shop.kpi(key)), key
    assert by(rows)[None].numbers["revenue"] == 70
    assert by(rows)["Mina"].numbers["orders"] == pytest.approx(0.6667 + 0.5)


def test_each_sellers_keys_are_the_kpis_under_her(shop):
    shop.sell(900, cost=300, seller="Mina", customer="Ali")
    shop.target(1800, seller="Mina")
    row = by(made(shop, "sellers"))["Mina"]

    for key, one in kpi.BY_KEY.items():
        if one.per_seller and not one.slow:
            assert row.numbers[key] == shop.kpi(key, seller="Mina"), key
        else:
            assert key not in row.numbers
    assert row.numbers["target_attainment"] == 0.5


def test_everything_sold_by_somebody_leaves_no_nameless_line(shop):
    shop.sell(900, seller="Mina")

    assert [row.name for row in made(shop, "sellers")] == ["Mina"]


# Goods


def test_damaged_goods_of_unknown_cost_lose_nothing(shop):
    """What was sold without a cost and came back broken says nothing about the profit of the good."""
    shop.sell(500_000, cost=300_000, product="Tea")
    shop.sell(1_000_000, product="Tea")
    shop.sell(kind="return", day="1405-08-02", lines=[Line(-1_000_000, -1, product="Tea", damaged=True)])

    assert by(made(shop, "products"))["Tea"].gross_profit == shop.kpi("gross_profit") == 200_000


def test_products_carry_their_sales_and_returns(shop):
    sale = shop.sell(lines=[Line(900, 3, cost=600, discount=100, product="Cup"), Line(200, product="Pen")])
    shop.sell(day="1405-08-03", kind="return", original=sale, lines=[Line(-300, -1, cost=-200, product="Cup")])
    shop.void(shop.sell(5000, product="Pen"))
    rows = by(made(shop, "products"))

    assert rows["Cup"].revenue == 600
    assert rows["Cup"].gross_profit == 600 - 400
    assert rows["Cup"].gross_margin == pytest.approx(1 / 3)
    assert rows["Cup"].quantity == 2
    assert rows["Cup"].returns_rate == 0.3
    assert (rows["Pen"].revenue, rows["Pen"].gross_profit, rows["Pen"].gross_margin) == (200, None, None)
    assert sum(row.revenue for row in rows.values()) == shop.kpi("revenue")


def test_lines_without_a_product_are_a_nameless_line(shop):
    shop.sell(200, product="Pen")
    shop.sell(300)
    shop.lump(9000)

    assert by(made(shop, "products"))[None].revenue == 300


def test_abc_by_profit(shop):
    """50 and 30 make 80 % of the 100 above zero: the item that crosses the line is still A."""
    for name, profit in (("a", 50), ("b", 30), ("c", 12), ("d", 5), ("e", 3), ("f", 0), ("g", -7)):
        shop.sell(1000, cost=1000 - profit, product=name)
    rows = made(shop, "abc")

    assert [(row.product, row.grade) for row in rows] == [
        ("a", "A"), ("b", "A"), ("c", "B"), ("d", "B"), ("e", "C"), ("f", "D"), ("g", "D"),
    ]  # fmt: skip
    assert [row.share for row in rows] == [0.5, 0.3, 0.12, 0.05, 0.03, 0, 0]
    assert rows[-1].value == -7


def test_the_item_that_crosses_eighty_percent_is_a(shop):
    for name, sold in (("a", 79), ("b", 20), ("c", 1)):
        shop.sell(sold, product=name)

    assert [row.grade for row in made(shop, "abc")] == ["A", "A", "C"]


@pytest.mark.parametrize(("uncosted", "basis"), [(500, "Gross profit"), (501, "Net sales (revenue)")])
def test_abc_has_one_basis_and_says_it(shop, uncosted, basis):
    """Gross profit where 95 % of the sales has a cost, else sales: of every good alike."""
    shop.sell(10_000 - uncosted, cost=9000, product="Cup")
    shop.sell(uncosted, product="Pen")

    rows = made(shop, "abc")

    assert {row.basis for row in rows} == {basis}
    assert by(rows, "product")["Pen"].value == (0 if basis == "Gross profit" else uncosted)


@pytest.mark.parametrize(("gift_cost", "basis"), [(5, "Gross profit"), (None, "Net sales (revenue)")])
def test_abc_where_more_came_back_than_went_out_asks_whether_every_line_has_its_cost(shop, gift_cost, basis):
    """Of sales below nothing no share is costed: a gift without its cost is enough."""
    shop.sell(90, cost=60, product="Cup")
    shop.sell(0, cost=gift_cost)
    shop.sell(lines=[Line(-500, -1, cost=-300, product="Pen")], kind="return")

    rows = made(shop, "abc")

    assert {row.basis for row in rows} == {basis}
    assert by(rows, "product")["Cup"].value == (30 if basis == "Gross profit" else 90)


def test_the_goods_of_a_seller_are_her_part(shop):
    shop.sell(500_000, cost=300_000, seller={"Mina": 3333, "Reza": 6667}, product="Cup", quantity=3)
    asked = shop.scope(seller=shop.seller("Mina"))
    with shop.store.reading() as s:
        (cup,) = lists.products(s, asked)

    assert (cup.revenue, cup.gross_profit, cup.quantity) == (pytest.approx(166_650), pytest.approx(66_660), pytest.approx(0.9999))
    assert cup.revenue == pytest.approx(shop.kpi("revenue", seller=shop.seller("Mina")))


def test_what_came_back_whole_has_no_margin_for_a_seller_either(shop):
    """Her thirds of the sale and of the return are nothing together, whatever floats make of them."""
    hers = {"Mina": 3333, "Reza": 6667}
    for price in (1_000_003, 77_777):
        shop.sell(price, cost=7, seller=hers, product="Cup")
    shop.sell(lines=[Line(-1_077_780, -1, cost=-7, product="Cup")], kind="return", seller=hers)
    with shop.store.reading() as s:
        (cup,) = lists.products(s, shop.scope(seller=shop.seller("Mina")))

    assert (cup.revenue, cup.gross_margin) == (0, None)


# Customers


def test_customers_carry_the_period_and_their_worth(shop):
    shop.sell(100, customer="Ali", day="1405-07-05", cost=40)
    sale = shop.sell(300, customer="Ali", cost=100)
    shop.give_back(sale, 100, cost=40)
    shop.sell(50, customer="Sara", day="1405-06-05")
    rows = by(made(shop, "customers"))

    assert (rows["Ali"].revenue, rows["Ali"].orders) == (200, 1)
    assert (rows["Ali"].revenue_to_date, rows["Ali"].orders_to_date) == (300, 2)
    assert rows["Ali"].clv_historic == 60 + 200 - 60
    assert (rows["Sara"].revenue, rows["Sara"].orders, rows["Sara"].clv_historic) == (0, 0, None)
    assert rows["Ali"].first_day == day("1405-07-05")
    assert rows["Ali"].clv_12m is None


# Sources and reasons


def test_a_blank_source_is_its_own_group(shop):
    shop.lead(customer="Ali", source="Instagram")
    shop.lead(customer="Sara", source="unknown")
    shop.lead(name="x")
    shop.sell(100, customer="Ali", source="Instagram")
    shop.sell(40)
    rows = by(made(shop, "sources"))

    assert set(rows) == {"Instagram", "unknown", None}
    assert (rows["Instagram"].leads, rows["Instagram"].conversion_rate, rows["Instagram"].revenue) == (1, 1, 100)
    assert (rows[None].leads, rows[None].conversion_rate, rows[None].revenue) == (1, 0, 40)
    assert sum(row.revenue for row in rows.values()) == shop.kpi("revenue")


def test_a_source_without_leads_has_no_rate(shop):
    shop.sell(100, source="Passing by")

    assert by(made(shop, "sources"))["Passing by"].conversion_rate is None


def test_lost_reasons_are_dated_by_close_and_keep_the_blank(shop):
    """Frappe CRM drops blank reasons and dates by creation."""
    for reason, value in (("price", 100), ("price ", 50), (None, 70), ("", None)):
        shop.deal(value, outcome="lost", closed="1405-08-05", opened="1405-06-01", reason=reason)
    shop.deal(900, outcome="lost", closed="1405-09-05", opened="1405-08-01", reason="late")
    shop.deal(5, outcome="won", closed="1405-08-05", reason="price")
    rows = by(made(shop, "lost_reasons"), "reason")

    assert rows == {"price": ReasonLine("price", 2, 150), None: ReasonLine(None, 2, 70)}
    assert sum(row.n for row in rows.values()) == shop.kpi("lost_deals")


# Cohorts


def test_cohorts_follow_the_buyers_of_each_month(shop):
    for who, days in {
        "Ali": ("1405-06-05", "1405-06-06", "1405-08-02"),
        "Sara": ("1405-06-30", "1405-07-01"),
        "Reza": ("1405-08-01",),
    }.items():
        for when in days:
            shop.sell(10, customer=who, day=when)
    shop.sell(10, day="1405-06-01")

    assert made(shop, "cohorts") == (
        CohortLine(Period.parse("1405-06"), 2, (2, 1, 1), partial_last=False),
        CohortLine(Period.parse("1405-08"), 1, (1,), partial_last=False),
    )


def test_a_return_alone_is_no_activity_and_a_first_return_no_cohort(shop):
    shop.sell(customer="Ali", day="1405-06-05", kind="return", lines=[Line(-10, -1)])
    shop.sell(10, customer="Ali", day="1405-07-05")
    shop.sell(customer="Ali", day="1405-08-05", kind="return", lines=[Line(-10, -1)])

    assert made(shop, "cohorts") == (CohortLine(Period.parse("1405-07"), 1, (1, 0), partial_last=False),)


@pytest.mark.parametrize(("as_of", "partial"), [("1405-08-29", True), ("1405-08-30", False), ("1405-09-10", False)])
def test_the_last_month_is_partial_while_it_runs(shop, as_of, partial):
    shop.sell(10, customer="Ali", day="1405-08-05")

    assert made(shop, "cohorts", as_of=as_of)[0].partial_last is partial


@pytest.mark.parametrize("as_of", [None, "1405-09-20"])
def test_a_period_that_ends_within_a_month_sees_a_part_of_it(shop, as_of):
    shop.sell(10, customer="Ali", day="1405-08-05")
    rows = made(shop, "cohorts", Period.between(day("1405-08-01"), day("1405-08-10")), as_of)

    assert rows[0].partial_last is True


def test_cohorts_of_nobody(shop):
    shop.sell(10)

    assert made(shop, "cohorts") == ()


def test_gregorian_books_have_gregorian_cohorts(tmp_path):
    shop = Shop.at(tmp_path / "uk.cheragh", currency="GBP", calendar="gregorian")
    shop.sell(10, customer="Ali", day=dt.date(2011, 1, 31))
    shop.sell(10, customer="Ali", day=dt.date(2011, 2, 1))
    rows = made(shop, "cohorts", "2011-02")
    shop.store.close(backup=False)

    assert rows == (CohortLine(Period.parse("2011-01"), 1, (1, 1), partial_last=False),)


# RFM


def scored(shop, **more):
    return {row.customer: (row.r, row.f, row.m) for row in made(shop, "rfm", **more)}


def test_a_hundred_customers_are_scored_by_fifths(shop):
    """Customer n bought last on day n, spent n, once: everybody ties in frequency."""
    with shop.change():
        for n in range(100):
            shop.sell(n + 1, customer=f"c{n}", day=day("1405-05-01") + dt.timedelta(days=n))
    found = scored(shop)

    assert [found[f"c{n}"] for n in (0, 19, 20, 59, 60, 99)] == [(1, 1, 1), (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 1, 4), (5, 1, 5)]


def test_fewer_than_a_hundred_are_scored_by_thirds(shop):
    with shop.change():
        for n in range(9):
            shop.sell(n + 1, customer=f"c{n}", day=day("1405-05-01") + dt.timedelta(days=n))
    found = scored(shop)

    assert [found[f"c{n}"][0] for n in range(9)] == [1, 1, 1, 3, 3, 3, 5, 5, 5]


def test_equals_get_equal_scores(shop):
    for name in ("a", "b", "c", "d", "e", "f"):
        shop.sell(100, customer=name)

    assert set(scored(shop).values()) == {(1, 1, 1)}


def test_only_twelve_months_count_and_returns_reduce_the_money(shop):
    shop.sell(100_000, customer="Old", day="1404-08-30")
    shop.sell(50, customer="Ali", day="1404-09-01")
    sale = shop.sell(5000, customer="Sara", day="1405-08-10")
    shop.give_back(sale, 4990, day="1405-08-20")
    shop.sell(60, customer="Reza", day="1405-08-11")
    found = scored(shop)

    assert set(found) == {"Ali", "Sara", "Reza"}
    assert (found["Sara"][2], found["Ali"][2], found["Reza"][2]) == (1, 3, 5)


@pytest.mark.parametrize(
    ("r", "f", "m", "segment"),
    [
        (5, 5, 5, "طلایی"), (5, 1, 1, "تازه‌وارد"), (4, 2, 2, "رو به رشد"), (4, 3, 4, "وفادار"), (3, 1, 2, "گذری"), (3, 3, 3, "معمولی"),
        (2, 1, 1, "کم‌پیدا"), (2, 4, 4, "داره از دست می‌ره"), (1, 5, 4, "از دست ندید"), (1, 4, 3, "داره از دست می‌ره"), (1, 3, 3, "کم‌پیدا"),
        (3, 4, 5, "وفادار"), (2, 3, 3, "معمولی"), (2, 2, 2, "گذری"),
    ],
)  # fmt: skip
def test_the_segments_are_those_of_the_printed_table(r, f, m, segment):
    use_writing(Writing(language="fa"))

    assert lists.segment(r, f, m) == segment


def test_the_funnel_follows_the_leads_of_the_month_alone(shop):
    """Deals of last month's leads, or of nobody's, are another population: no share of these leads can be made of them."""
    shop.lead()
    shop.lead(customer="Ali")
    asked, won, lost = shop.lead(), shop.lead(), shop.lead(day="1405-07-30")
    shop.deal(10, opened="1405-08-02", lead=asked)
    shop.deal(10, outcome="won", opened="1405-08-02", closed="1405-08-05", lead=won)
    shop.deal(10, outcome="lost", opened="1405-08-02", closed="1405-08-06", customer="Ali")
    shop.deal(10, outcome="won", opened="1405-08-02", closed="1405-08-06", lead=lost)
    shop.deal(10, outcome="won", opened="1405-08-02", closed="1405-08-06")

    assert made(shop, "funnel") == (("Leads", 4), ("With a deal", 3), ("Decided", 2), ("Won", 1))


def test_without_leads_the_funnel_follows_the_deals_opened(shop):
    shop.deal(10, opened="1405-08-02")
    shop.deal(10, outcome="won", opened="1405-07-02", closed="1405-08-05")
    shop.deal(10, outcome="won", opened="1405-08-02", closed="1405-08-06")

    assert made(shop, "funnel") == (("Deals opened", 2), ("Decided", 1), ("Won", 1))


def test_money_is_whole_to_the_last_rial_in_every_list(shop):
    """A float knows sixteen digits: 10^16 + 1 would be 10^16."""
    huge = 10**16 + 1
    with shop.change():
        shop.sell(huge, cost=huge - 4, customer="Ali", seller="Mina", product="Cup", campaign=shop.campaign("Eid"), source="Street")
        shop.cost(huge, campaign="Eid")
        shop.deal(huge, outcome="lost", closed="1405-08-05", reason="price")
    asked = shop.scope()
    with shop.store.reading() as s:
        found = lists.all_lists(s, asked)

    assert found.sellers[0].numbers["revenue"] == found.products[0].revenue == found.customers[0].revenue == huge
    assert found.customers[0].revenue_to_date == found.campaigns[0].revenue == found.campaigns[0].cost == huge
    assert found.sources[0].revenue == found.lost_reasons[0].value == huge
    assert found.products[0].gross_profit == found.customers[0].clv_historic == found.campaigns[0].gross_profit == found.abc[0].value == 4


def test_every_list_has_a_column_for_each_of_its_cells(shop):
    shop.sell(100, cost=40, customer="Ali", seller="Mina", product="Cup", campaign=shop.campaign("Eid"))
    shop.deal(5, outcome="lost", closed="1405-08-05")
    with shop.store.reading() as s:
        found = lists.all_lists(s, shop.scope())

    for name in LISTS:
        columns, rows = found.table(name)
        assert rows, name
        assert {len(row) for row in rows} == {len(columns)}, name
