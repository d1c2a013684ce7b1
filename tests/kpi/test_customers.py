"""Who bought, who came again, who stayed: a handful of customers, counted by hand."""

import datetime as dt
from contextlib import contextmanager

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop import kpi
from desktop.kpi import customers
from desktop.values.period import Period
from tests.little_shop import Line, day, period

START = day("1405-08-01")


def holds(shop, over="1405-08", as_of=None, seller=None):
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        for one in customers.KPIS:
            for part in one.parts if one.per_seller or seller is None else ():
                assert part.value(s, asked) == part.counted(s, asked), (one.key, part.key)
    return True


def buy(shop, who, *days, seller=None):
    """One sale of 100 on each day, given as days from the first of Aban."""
    with shop.change():
        for n in days:
            shop.sell(100, customer=who, day=START + dt.timedelta(days=n), seller=seller)


def active_days(shop, over="1405-08"):
    asked = shop.scope(over)
    with shop.store.reading() as s:
        return customers.active_days(s, asked)


# Buyers


def test_customers_are_distinct_however_often_they_buy(shop):
    """ERPNext adds one per invoice."""
    buy(shop, "Ali", 0, 1, 2)
    buy(shop, "Sara", 5)
    shop.sell(100)

    assert shop.kpi("customers") == 2
    assert shop.ask("customers", rows=True).rows == 2


def test_who_only_gave_back_did_not_buy(shop):
    shop.sell(customer="Ali", kind="return", lines=[Line(-50, -1)])

    assert shop.kpi("customers") == 0
    assert shop.kpi("new_customers") == 0


def test_new_is_who_never_bought_before(shop):
    buy(shop, "Old", -200, 3)
    buy(shop, "Ali", 3, 40)

    assert shop.kpi("new_customers", "1405-08") == 1
    assert shop.kpi("new_customers", "1405-09") == 0


def test_a_return_before_the_first_sale_does_not_make_somebody_old(shop):
    buy(shop, "Old", -200)
    shop.sell(customer="Ali", kind="return", lines=[Line(-50, -1)], day="1405-07-01")
    buy(shop, "Ali", 3)

    assert shop.kpi("new_customers") == 1


def test_voiding_the_first_purchase_makes_the_second_the_first(shop):
    buy(shop, "Old", -200)
    first = shop.sell(100, customer="Ali", day="1405-07-05")
    buy(shop, "Ali", 3)
    assert shop.kpi("new_customers") == 0

    shop.void(first)
    assert shop.kpi("new_customers") == 1


def test_the_first_period_of_a_book_says_that_everybody_is_new(shop):
    buy(shop, "Ali", 3)

    assert "everybody is new" in shop.note("new_customers")
    assert shop.note("new_customers", "1405-09") is None


# What each one buys (S5)


def test_each_customers_purchases_leave_the_walk_ins_out(shop):
    buy(shop, "Ali", 0, 1)
    buy(shop, "Sara", 2)
    shop.sell(900)
    found = shop.ask("average_purchase_value")

    assert found.value == 150
    assert found.n == 2
    assert "25" in found.note  # 300 of 1,200 were sold to somebody with a name


def test_before_returns_it_is_the_named_order_times_orders_per_buyer(shop):
    sale = shop.sell(500, customer="Ali")
    shop.give_back(sale, 500)
    buy(shop, "Ali", 3)
    buy(shop, "Sara", 4)

    assert shop.kpi("average_purchase_value") == (700 / 3) * (3 / 2) == 350


def test_without_a_named_buyer_it_is_null(shop):
    shop.sell(900)

    assert "named" in shop.ask("average_purchase_value").why_null


# Coming again (R10)


def test_two_invoices_on_one_day_are_a_repeat_purchase(shop):
    buy(shop, "Ali", 3, 3)
    buy(shop, "Sara", 3)
    found = shop.ask("repeat_rate")

    assert (found.value, found.n) == (0.5, 2)
    assert 0 < found.low < 0.5 < found.high < 1


def test_a_purchase_in_another_month_is_no_repeat_of_this_one(shop):
    buy(shop, "Ali", -20, 3)

    assert shop.kpi("repeat_rate") == 0
    assert shop.kpi("repeat_rate", "1405") == 1


# Those who stay: S8a and R11


@pytest.fixture
def old(shop):
    """A shop older than any window, where a customer is active for 60 days."""
    shop.sell(1, day="1404-01-05")
    shop.setting("active_days", "60")
    return shop


def test_retention_is_who_was_active_and_still_is(old):
    """A month is shorter than the 60 days: the 60 that end with it are asked, from 1 Mehr, against the 60 before these."""
    buy(old, "stays", -40, 10)
    buy(old, "stays by one day", -31, -30)
    buy(old, "leaves", -70)
    buy(old, "was gone already", -100)
    buy(old, "comes back", -100, 5)
    buy(old, "new", 5)
    found = old.ask("retention_rate", rows=True)

    assert found.value == pytest.approx(2 / 3)
    assert (found.n, found.rows) == (3, 3)
    assert "60" in found.note
    gone = old.ask("churn_rate", rows=True)
    assert gone.value == pytest.approx(1 / 3)
    assert "1 customer went quiet" in gone.note


def test_the_edges_of_the_window(old):
    buy(old, "first day of it", -90)
    buy(old, "a day too early", -91)
    buy(old, "bought on the day it starts", -30)

    assert old.ask("retention_rate").n == 1


def test_retention_without_reactivation_is_the_textbook_formula(old):
    """S = 120, E = 131, N = 38: (131 − 38) ÷ 120 = 77.5 %."""
    with old.change():
        for n in range(120):
            buy(old, f"c{n}", *((-35, 5) if n < 93 else (-35,)))
        for n in range(38):
            buy(old, f"new{n}", 8)

    assert old.kpi("retention_rate") == 0.775
    assert old.kpi("new_customers") == 38


def test_churn_mirrors_the_range_of_retention(old):
    for n in range(10):
        buy(old, f"c{n}", *((-40, 5) if n < 7 else (-40,)))
    kept, left = old.ask("retention_rate"), old.ask("churn_rate")

    assert (left.value, left.low, left.high) == (1 - kept.value, 1 - kept.high, 1 - kept.low)
    assert left.low < left.value < left.high


def test_a_running_period_ends_after_the_as_of_day(old):
    buy(old, "Ali", -55)

    assert old.kpi("retention_rate", as_of="1405-08-05") == 1
    assert old.kpi("retention_rate", as_of="1405-08-06") == 0


def test_a_book_younger_than_the_window_has_no_retention_yet(shop):
    buy(shop, "Ali", -20, 5)
    found = shop.ask("retention_rate")

    assert found.value is None
    assert "younger" in found.why_null


def test_nobody_active_is_null(old):
    assert "No customer was active" in old.ask("retention_rate").why_null


def test_a_month_that_has_not_begun_has_no_retention(old):
    buy(old, "Ali", 3)

    assert "not begun" in old.ask("retention_rate", "1405-09", as_of="1405-08-10").why_null


# The shop's own rhythm (W)


def visits(shop, gaps, until="1404-12-29"):
    """Customers who came twice, each after one of ``gaps`` days, before the fiscal year."""
    with shop.change():
        for n, gap in enumerate(gaps):
            last = day(until) - dt.timedelta(days=n)
            for when in (last - dt.timedelta(days=gap), last):
                shop.sell(10, customer=f"w{n}", day=when)


def test_too_few_gaps_mean_90_days(shop):
    visits(shop, [40] * 29)

    assert active_days(shop) == 90


def test_w_is_the_90th_percentile_of_the_gaps(shop):
    """31 gaps of 40, 41 ... 70 days: the 28th of them (from 0: 27) is 67."""
    visits(shop, range(40, 71))

    assert active_days(shop) == 67


def test_w_is_between_two_gaps_where_the_percentile_is(shop):
    """30 gaps of 41 ... 70 days: position 26.1 lies a tenth of the way from 67 to 68; whole days."""
    visits(shop, range(41, 71))

    assert active_days(shop) == 67


@pytest.mark.parametrize(("gap", "found"), [(3, 30), (500, 365)])
def test_w_is_from_a_month_to_a_year(shop, gap, found):
    visits(shop, [gap] * 40)

    assert active_days(shop) == found


def test_purchases_of_this_year_do_not_move_w(shop):
    visits(shop, range(40, 71))
    buy(shop, "w0", -100)
    buy(shop, "daily", *range(-60, 0))

    assert active_days(shop) == 67


def test_two_invoices_of_a_day_are_no_gap(shop):
    visits(shop, range(40, 71))
    with shop.change():
        for n in range(31):
            shop.sell(5, customer=f"w{n}", day=day("1404-12-29") - dt.timedelta(days=n))

    assert active_days(shop) == 67


def test_the_owners_own_w_decides(shop):
    visits(shop, range(40, 71))
    shop.setting("active_days", "180")

    assert active_days(shop) == 180


@contextmanager
def gaps_read():
    """How often the purchases of all years were looked through, by what the database was asked."""
    asked = []

    def hear(_, __, statement, *___):
        asked.extend(["gaps"] * ("lag(" in statement))

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", hear)


def kept(shop, over="1405-08"):
    customers.remember(shop.store, day("1405-08-10"))
    return active_days(shop, over)


def fresh(shop, over="1405-08"):
    """W worked out anew, whatever is kept."""
    asked = shop.scope(over)
    with shop.store.reading() as s:
        return customers._percentile(customers._gaps(s, Period.year(asked.period.start, asked.calendar).start))


def test_after_a_sale_of_today_the_purchases_are_not_looked_through_again(shop):
    """They once were, at every refresh after every sale: nobody called what keeps W."""
    visits(shop, range(40, 71))
    kept(shop)
    shop.sell(10, customer="w1", day="1405-08-10")

    with gaps_read() as asked:
        assert active_days(shop) == 67
        shop.kpi("retention_rate")
        customers.remember(shop.store, day("1405-08-10"))
    assert asked == []


def test_a_sale_dated_before_the_year_is_looked_at(shop):
    visits(shop, range(40, 71))
    kept(shop)
    visits(shop, [200] * 100, until="1404-10-01")

    with gaps_read() as asked:
        assert active_days(shop) == 200
    assert asked == ["gaps"]
    assert kept(shop) == 200


def test_an_import_of_earlier_days_is_looked_at(shop):
    visits(shop, range(40, 71))
    kept(shop)
    with shop.store.importing("sales", "more.csv", "digest", "{}") as load:
        load.days.add(day("1404-05-01"))

    with gaps_read() as asked:
        active_days(shop, "1404-08")  # its year began before the days that came
        assert asked == []
        active_days(shop)
    assert asked == ["gaps"]


def test_what_was_worked_out_before_a_change_is_not_kept_after_it(shop, monkeypatch):
    """A change that comes between the look and the keeping would leave an old number in the book."""
    visits(shop, range(40, 71))
    look = customers._newest

    def look_then_change(s):
        found = look(s)
        monkeypatch.setattr(customers, "_newest", look)
        visits(shop, [200] * 100, until="1404-10-01")
        return found

    monkeypatch.setattr(customers, "_newest", look_then_change)

    assert kept(shop) == 200
    assert kept(shop) == 200


def test_few_gaps_are_kept_as_90_days(shop):
    visits(shop, [40] * 3)

    assert kept(shop) == 90
    with gaps_read() as asked:
        assert active_days(shop) == 90
    assert asked == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-900, 0), st.sampled_from(("sell", "void", "undo", "keep"))), max_size=8))
def test_what_is_kept_is_what_would_be_worked_out(shop, events):
    for who, back, what in events:
        when = day("1405-08-10") + dt.timedelta(days=back)
        sale = shop.sell(10, customer=f"c{who}", day=when)
        if what == "void":
            shop.void(sale)
        elif what == "undo":
            shop.store.undo()
        elif what == "keep":
            customers.remember(shop.store, day("1405-08-10"))

        for over in ("1405-08", "1404-08", "1403-08"):
            assert active_days(shop, over) == fresh(shop, over)


# Sellers and rows


def test_a_sellers_customers_are_those_of_her_documents(shop):
    buy(shop, "Ali", 1, 2, seller="Mina")
    buy(shop, "Ali", 3, seller="Reza")
    buy(shop, "Sara", 3, seller={"Mina": 5000, "Reza": 5000})

    assert shop.kpi("customers", seller="Mina") == 2
    assert shop.kpi("customers", seller="Reza") == 2
    assert shop.kpi("repeat_rate", seller="Mina") == 0.5
    assert shop.kpi("new_customers", seller="Reza") == 1
    assert shop.kpi("average_purchase_value", seller="Mina") == 250 / 2
    assert shop.kpi("retention_rate", seller="Mina") is None


def test_every_part_counts_the_rows_it_shows(old):
    buy(old, "Ali", -40, 1, 2, seller="Mina")
    buy(old, "Sara", -20, seller="Reza")
    buy(old, "Omid", 3, 3)
    sale = old.sell(400, customer="Zahra", seller="Reza")
    old.give_back(sale, 400)
    old.void(old.sell(100, customer="Nobody"))

    for over, as_of in (("1405-08", None), ("1405-08", "1405-08-02"), ("1405-07", None), ("1405", None)):
        for seller in (None, "Mina", "Reza", 0):
            assert holds(old, over, as_of, seller)


def test_the_rows_of_who_stayed_say_when_each_was_here_last(old):
    buy(old, "leaves", -70)
    buy(old, "stays", -40, 10)
    asked = old.scope()
    with old.store.reading() as s:
        active, stayed = (kpi.rows(s, "retention_rate", asked, part) for part in (0, 1))

    assert [row[1] for row in active.rows] == ["leaves", "stays"]
    assert [row[1] for row in stayed.rows] == ["stays"]
    assert active.rows[0][3] == period("1405-08").start - dt.timedelta(days=70)
