"""What «امروز» says of the day and of the sellers, small enough to count by hand."""

import datetime as dt

from desktop import kpi
from desktop.kpi.board import Call, calls
from desktop.store.tables import Seller
from tests.little_shop import day

DAY = day("1405-08-20")
WEEK = dt.timedelta(days=7)


def today(shop):
    asked = shop.scope("1405-08", DAY)
    with shop.store.reading() as s:
        return kpi.board(s, asked, []).today


def test_the_usual_day_is_the_median_of_the_last_eight_of_its_weekday_on_which_was_sold(shop):
    """Of 3 to 10 weeks ago: the two before were holidays. With 7 of them it would be 60, with 9 of them 70."""
    with shop.change():
        for week, total in ((3, 10), (4, 20), (5, 30), (6, 60), (7, 70), (8, 80), (9, 90), (10, 100), (11, 110)):
            shop.sell(total, day=DAY - week * WEEK)
            shop.sell(5000, day=DAY - week * WEEK - dt.timedelta(days=1))

    assert (today(shop).usual_net, today(shop).usual_orders) == (65, 1)


def test_what_was_half_a_year_ago_is_not_usual_any_more(shop):
    shop.sell(100, day=DAY - 27 * WEEK)
    assert today(shop).usual_net is None

    shop.sell(300, day=DAY - 26 * WEEK)
    assert today(shop).usual_net == 300


def test_who_left_stands_in_the_table_with_what_she_sold(shop):
    """She vanished with her sales, and the table came to less than the shop."""
    shop.sell(300, seller="Ali")
    shop.sell(1000, seller="Mina")
    with shop.change("Archive seller") as s:
        s.get(Seller, 2).archived = 1
    with shop.store.reading() as s:
        found = kpi.board(s, shop.scope(), []).sellers

    assert [(line.name, line.net) for line in found] == [("Mina", 1000), ("Ali", 300)]


# Whom to call: a customer with a rhythm is missed when she is late by it, and let go when she is long gone


def called(shop, as_of):
    with shop.store.reading() as s:
        return calls(s, shop.scope("1405-08", as_of))


def test_whoever_came_every_ten_days_is_missed_from_the_fifteenth_to_the_fortieth(shop):
    for when in ("1405-06-01", "1405-06-11", "1405-06-21", "1405-06-31"):
        shop.sell(1000, day=when, customer="Zahra")
    row = next(iter(called(shop, "1405-07-20"))).customer

    assert called(shop, "1405-07-13") == ()
    assert called(shop, "1405-07-15") == (Call(row, "Zahra", None, every=10, silent=15),)
    assert called(shop, "1405-08-10") == (Call(row, "Zahra", None, every=10, silent=40),)
    assert called(shop, "1405-08-11") == ()


def test_three_purchases_are_no_rhythm_and_who_brought_most_is_called_first(shop):
    for when in ("1405-06-01", "1405-06-11", "1405-06-21"):
        shop.sell(9000, day=when, customer="Once or twice")
    for total, name in ((1000, "Small"), (5000, "Great")):
        for when in ("1405-06-01", "1405-06-11", "1405-06-21", "1405-06-31"):
            shop.sell(total, day=when, customer=name)

    assert [one.name for one in called(shop, "1405-07-20")] == ["Great", "Small"]
