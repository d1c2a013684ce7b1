"""Targets as they are typed, the price index, campaigns and days off."""

import pytest

from desktop.shop import things
from desktop.shop.things import target as targets
from desktop.store.tables import Target
from desktop.values.period import Period
from desktop.values.text import Refused


def target(shop, **more):
    return shop.add("target", **({"month": "1405-08", "kpi": "revenue", "amount": 1_000} | more))


def kept(shop, number):
    with shop.store.reading() as s:
        return s.get_one(Target, number)


@pytest.mark.parametrize(
    ("typed", "span", "days"),
    [
        ("1405-08", "month", "1405-08"),
        ("۱۴۰۵/۰۸", "month", "1405-08"),
        ("1405-08-17", "month", "1405-08"),
        ("1405-q3", "quarter", "1405-07..1405-09"),
        ("1405", "year", "1405"),
        ("2026-11", "month", "2026-11"),
        ("2026-q4", "quarter", "2026-10..2026-12"),
        ("2026", "year", "2026"),
    ],
)
def test_a_target_is_for_the_month_quarter_or_year_that_was_typed(shop, typed, span, days):
    row = kept(shop, target(shop, month=typed))

    assert (row.span, Period(row.start, row.end)) == (span, Period.parse(days))
    assert Period.parse(shop.read("target", row.id)["month"]) == Period.parse(days)


def test_a_day_names_the_month_of_the_books_calendar():
    assert targets.span("2026-11-17", "gregorian") == Period.parse("2026-11")
    assert targets.span("2026-11-17", "jalali") == Period.parse("1405-08")


@pytest.mark.parametrize("typed", ["next month", "1405-13", "1405-08-01..1405-08-09", "1405-01..1405-02", "1405-08-31"])
def test_what_is_no_month_quarter_or_year_is_refused(shop, typed):
    assert shop.problems("target", month=typed, kpi="revenue", amount=5) == ["month"]


def test_there_is_one_target_for_a_thing(shop):
    mary, tom = shop.seller("Mary"), shop.seller("Tom")
    first = target(shop)
    target(shop, seller_id=mary)

    again = {"month": "1405-08-03", "kpi": "revenue", "amount": 7}
    assert shop.problems("target", **again) == ["month"]
    assert shop.problems("target", **again, seller_id=mary) == ["month"]
    assert shop.problems("target", **again, seller_id=tom) == []
    assert shop.problems("target", **(again | {"month": "1405-q3"})) == []
    assert shop.problems("target", **(again | {"kpi": "orders"})) == []
    assert shop.problems("target", first, amount=9) == []


def test_a_void_target_makes_room(shop):
    things.remove(shop.store, "target", target(shop))

    assert shop.problems("target", month="1405-08", kpi="revenue", amount=5) == []


def test_a_target_belongs_to_one_seller_category_or_campaign(shop):
    mary, nuts, yalda = shop.seller("Mary"), shop.add("category", name="Nuts"), shop.add("campaign", name="Yalda")

    scopes = [kept(shop, target(shop, **whose)).scope for whose in ({}, {"seller_id": mary}, {"category_id": nuts}, {"campaign_id": yalda})]

    assert scopes == ["team", "seller", "category", "campaign"]
    assert shop.problems("target", month="1405-09", kpi="revenue", amount=5, seller_id=mary, category_id=nuts) == ["category_id"]


@pytest.mark.parametrize("amount", [0, -5])
def test_a_revenue_target_is_above_zero_others_need_not_be(shop, amount):
    assert shop.problems("target", month="1405-08", kpi="revenue", amount=amount) == ["amount"]
    assert shop.problems("target", month="1405-08", kpi="sales_growth", amount=amount) == []


def test_a_target_is_reached_or_not(shop):
    target(shop, amount=400, person="Mary")
    shop.ring_up(300)

    assert shop.kpi("target_attainment") == 0.75
    assert shop.ask("target_attainment").aim.person == "Mary"


def test_at_least_is_meant_where_nobody_says_so(shop):
    number = target(shop, kpi="returns_rate", amount=200)
    assert kept(shop, number).direction == "at_least"

    shop.change_thing("target", number, direction="at_most")
    shop.bring_back(shop.ring_up(100, 9_900))
    assert (shop.ask("returns_rate").aim.at_least, shop.ask("returns_rate").aim.value) == (False, 0.02)


def test_a_target_of_a_closed_month_stays(shop):
    number = target(shop, month="1405-07")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        shop.change_thing("target", number, amount=5)
