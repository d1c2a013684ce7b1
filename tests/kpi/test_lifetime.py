"""What customers are worth: so far by hand, ahead against the model itself."""

import datetime as dt

import numpy as np
import pytest

from desktop import kpi
from desktop.kpi import clv, lifetime, lists
from tests.little_shop import Line, day

BEGAN = day("1405-01-05")
TODAY = "1405-08-30"


def crowd(shop, customers=100, *, cost=600, weeks=30):
    """Named customers, one new every other day or so; every second comes again two weeks later, every fourth once more."""
    with shop.change():
        for n in range(customers):
            first = BEGAN + dt.timedelta(days=n * weeks * 7 // customers)
            for visit in range(1 + (n % 2 == 0) + (n % 4 == 0)):
                shop.sell(1000 + n, day=first + dt.timedelta(days=14 * visit), customer=f"c{n}", cost=cost)


# So far


def test_customer_value_is_profit_to_date_per_named_customer(shop):
    shop.sell(1000, customer="Ali", cost=600, day="1405-07-01")
    shop.sell(2000, customer="Ali", cost=1500, day="1405-08-01")
    shop.sell(900, customer="Sara", cost=800, day="1405-08-02")
    shop.sell(5000, cost=1, day="1405-08-02")

    assert shop.kpi("clv_historic") == (400 + 500 + 100) / 2


def test_a_return_takes_its_profit_back_on_its_own_day(shop):
    sale = shop.sell(1000, customer="Ali", cost=600, day="1405-08-01")
    shop.give_back(sale, 1000, cost=600, day="1405-09-01")

    assert shop.kpi("clv_historic", "1405-08") == 400
    assert shop.kpi("clv_historic", "1405-09") == 0


def test_what_comes_later_is_not_looked_at(shop):
    shop.sell(1000, customer="Ali", cost=600, day="1405-08-01")
    shop.sell(1000, customer="Sara", cost=0, day="1405-08-20")

    assert shop.kpi("clv_historic", as_of="1405-08-10") == 400


def test_uncosted_purchases_are_said_and_not_guessed(shop):
    shop.sell(customer="Ali", lines=[Line(1000, cost=600), Line(700)])

    assert shop.kpi("clv_historic") == 400
    assert "70" in shop.note("clv_historic")


def test_nobody_costed_is_null_with_the_reason(shop):
    shop.sell(1000, customer="Ali")
    found = shop.ask("clv_historic")

    assert found.value is None
    assert "has a cost" in found.why_null


# Ahead


def test_the_prediction_waits_for_a_hundred_customers(shop):
    crowd(shop, 99)
    found = shop.ask("clv_12m", as_of=TODAY)

    assert found.value is None
    assert "100" in found.why_null
    assert "99" in found.why_null


def test_the_prediction_waits_for_half_a_year(shop):
    crowd(shop, 120, weeks=20)

    assert shop.kpi("clv_12m", "1405-06") is None


def test_the_prediction_is_the_models_on_merged_days(shop):
    crowd(shop)
    shop.sell(500, customer="c0", day=BEGAN, cost=100)  # a second invoice of the same day is the same order
    found = shop.ask("clv_12m", as_of=TODAY)

    n = np.arange(100)
    x = (n % 2 == 0).astype(float) + (n % 4 == 0)
    first = n * 210 // 100
    age = ((day(TODAY) - BEGAN).days - first) / 7
    expected = clv.predict(x, x * 2, age, np.where(x > 0, 400.0 + n, 0.0))
    assert found.value == pytest.approx(expected.mean)
    assert (found.low, found.high) == (pytest.approx(expected.low), pytest.approx(expected.high))
    assert found.n == 100


def test_void_sales_and_returns_are_no_orders(shop):
    crowd(shop)
    before = shop.kpi("clv_12m", as_of=TODAY)
    shop.void(shop.sell(9000, customer="c1", day="1405-08-01", cost=1))
    sale = shop.sell(700, day="1405-08-01", cost=10)
    shop.give_back(sale, 700, cost=10)

    assert shop.kpi("clv_12m", as_of=TODAY) == before


def margins(shop):
    """What a repeat order of each customer brought on average."""
    with shop.store.reading() as s:
        table = lifetime._purchases(s, day(TODAY))
        each = np.unique(table[:, 0], return_counts=True)[1]
        return lifetime._repeat_margins(s, day(TODAY), table, np.flatnonzero(np.diff(table[:, 0], prepend=-1)), each)


def test_an_order_without_cost_alone_takes_the_shops_margin(shop):
    """Nobody else is touched; the shop's is that of everything it sold, walk-ins too, whatever came back."""
    crowd(shop)
    shop.sell(1000, customer="c0", day="1405-08-29")
    shop.give_back(shop.sell(9000, cost=0, day="1405-08-01"), 9000, cost=0)

    costed = 9000 + sum((1000 + n) * (1 + (n % 2 == 0) + (n % 4 == 0)) for n in range(100))
    visits = sum(1 + (n % 2 == 0) + (n % 4 == 0) for n in range(100))
    found = margins(shop)

    assert found[0] == pytest.approx((400 + 400 + 1000 * (1 - 600 * visits / costed)) / 3)
    assert found[2] == pytest.approx(402)


def test_what_is_given_back_on_a_day_of_purchase_changes_no_purchase(shop):
    crowd(shop)
    sale = shop.sell(1500, day="1405-07-01", customer="c0", cost=600)
    shop.sell(500, day="1405-07-20", customer="c0", cost=300)
    before = margins(shop)
    with shop.change() as s:
        shop.give_back(sale, 1500, cost=600, day="1405-07-20")
        s.flush()

    assert list(margins(shop)) == list(before)


def test_no_cost_at_all_is_null(shop):
    crowd(shop, cost=None)

    assert "has a cost" in shop.ask("clv_12m", as_of=TODAY).why_null


def test_selling_at_a_loss_foretells_nothing(shop):
    crowd(shop, cost=2000)

    assert "loss" in shop.ask("clv_12m", as_of=TODAY).why_null


def test_a_price_index_brings_old_money_to_today(shop):
    """Prices doubled on 1 Mordad: what was bought before counts twice."""
    crowd(shop)
    shop.price_index("1405-01", 100_000)
    shop.price_index("1405-05", 200_000)
    with shop.store.reading() as s:
        table = lifetime._purchases(s, day(TODAY))

    doubled = table[:, 1] < day("1405-05-01").toordinal()
    first = table[np.argmin(table[:, 1])]
    assert first[2] == 2000
    assert doubled.any()
    assert not doubled.all()
    assert table[~doubled][:, 2].max() < 1100
    assert "today's money" in shop.note("clv_12m", as_of=TODAY)


def test_each_customers_future_is_in_the_list_and_averages_to_the_kpi(shop):
    crowd(shop)
    asked = shop.scope(as_of=TODAY)
    with shop.store.reading() as s:
        rows = lists.customers(s, asked)

    assert sum(row.clv_12m for row in rows) / len(rows) == pytest.approx(shop.kpi("clv_12m", as_of=TODAY))
    assert sum(row.clv_historic for row in rows) / len(rows) == pytest.approx(shop.kpi("clv_historic", as_of=TODAY))
    assert {row.name: row.clv_historic for row in rows}["c2"] == 2 * 402


def test_the_same_purchases_are_fitted_once(shop):
    crowd(shop)
    shop.kpi("clv_12m", as_of=TODAY)
    before = lifetime._fitted.cache_info().misses
    shop.lead(customer="c0")
    shop.kpi("clv_12m", as_of=TODAY)

    assert lifetime._fitted.cache_info().misses == before


def test_customer_value_to_acquisition_cost(shop):
    crowd(shop)
    shop.cost(5000, day="1405-07-10")
    with shop.store.reading() as s:
        model, _ = lifetime.prediction(s, shop.scope("1405-07").now)
    new = shop.kpi("new_customers", "1405-07")

    assert new > 0
    assert shop.kpi("ltv_cac", "1405-07") == pytest.approx((1 + model.newcomer_orders) * model.amount / (5000 / new))


def test_without_acquisition_cost_there_is_no_ratio(shop):
    crowd(shop)

    assert shop.ask("ltv_cac", "1405-07").why_null


def test_worth_is_not_divided_by_seller(shop):
    shop.sell(1000, customer="Ali", cost=600, seller="Reza")

    for key in ("clv_12m", "clv_historic", "ltv_cac"):
        assert kpi.BY_KEY[key].per_seller is False
        assert shop.kpi(key, seller="Reza") is None


def test_what_customers_were_worth_is_said_in_the_money_of_now(shop):
    crowd(shop)
    for month, value in (("1405-07", 100_000), ("1405-08", 120_000)):
        shop.price_index(month, value)

    assert shop.ask("clv_12m", as_of=TODAY).previous == pytest.approx(1.2 * shop.ask("clv_12m", "1405-07").value)
