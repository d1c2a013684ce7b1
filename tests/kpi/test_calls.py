"""Whom to call: a customer with a rhythm is missed when she is late by it, and let go when she is long gone."""

from desktop.kpi.calls import calls
from desktop.kpi.kpi import Call


def called(shop, as_of):
    with shop.store.reading() as s:
        return calls(s, shop.scope("1405-08", as_of))


def test_whoever_came_every_ten_days_is_missed_from_the_fifteenth_to_the_fortieth(shop):
    for day in ("1405-06-01", "1405-06-11", "1405-06-21", "1405-06-31"):
        shop.sell(1000, day=day, customer="Zahra")
    row = next(iter(called(shop, "1405-07-20"))).customer

    assert called(shop, "1405-07-13") == ()
    assert called(shop, "1405-07-15") == (Call(row, "Zahra", None, every=10, silent=15),)
    assert called(shop, "1405-08-10") == (Call(row, "Zahra", None, every=10, silent=40),)
    assert called(shop, "1405-08-11") == ()


def test_three_purchases_are_no_rhythm_and_who_brought_most_is_called_first(shop):
    for day in ("1405-06-01", "1405-06-11", "1405-06-21"):
        shop.sell(9000, day=day, customer="Once or twice")
    for total, name in ((1000, "Small"), (5000, "Great")):
        for day in ("1405-06-01", "1405-06-11", "1405-06-21", "1405-06-31"):
            shop.sell(total, day=day, customer=name)

    assert [one.name for one in called(shop, "1405-07-20")] == ["Great", "Small"]
