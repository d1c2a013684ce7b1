"""Targets as they are typed, the price index, campaigns and days off."""

import pytest

from desktop.shop import entities, planning
from desktop.store.tables import DayOff, PriceIndex, Target
from desktop.values.period import Period
from desktop.values.text import Refused
from tests.little_shop import day


def target(shop, **more):
    return shop.add("target", **({"month": "1405-08", "kpi": "revenue", "amount": 1_000} | more))


def kept(shop, number):
    with shop.store.reading() as s:
        return s.get_one(Target, number)


# Targets


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
    assert planning.span("2026-11-17", "gregorian") == Period.parse("2026-11")
    assert planning.span("2026-11-17", "jalali") == Period.parse("1405-08")


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
    entities.remove(shop.store, "target", target(shop))

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


# Campaigns


def test_a_campaign_does_not_end_before_it_begins(shop):
    days = {"first_day": day("1405-09-02"), "last_day": day("1405-09-01")}

    assert shop.problems("campaign", name="Yalda", **days) == ["last_day"]
    assert shop.problems("campaign", name="Yalda", first_day=day("1405-09-01"), last_day=day("1405-09-01")) == []
    assert shop.problems("campaign", name="Yalda", last_day=day("1405-09-01")) == []


# Price index


def test_a_months_price_index_is_entered_once_and_moved_as_one_row(shop):
    aban = shop.add("price_index", month="1405-08-20", value=123_456)

    assert shop.problems("price_index", month="1405-08", value=5) == ["month"]
    moved = entities.save(shop.store, "price_index", aban, {"month": "1405-09"})
    with shop.store.reading() as s:
        assert s.get(PriceIndex, day("1405-08-01")) is None
        assert s.get_one(PriceIndex, day("1405-09-01")).value == 123_456
    assert shop.read("price_index", moved) == {"month": "1405-09", "value": 123_456}


def test_the_index_tells_real_growth(shop):
    shop.add("price_index", month="1404-08", value=100_000)
    shop.add("price_index", month="1405-08", value=150_000)
    shop.ring_up(100, on="1404-08-05")
    shop.ring_up(180, on="1405-08-05")

    assert shop.kpi("sales_growth_real") == pytest.approx(0.2)


@pytest.mark.parametrize(("values", "field"), [({"month": "soon", "value": 5}, "month"), ({"month": "1405-08", "value": 0}, "value")])
def test_an_index_has_a_month_and_is_above_zero(shop, values, field):
    assert shop.problems("price_index", **values) == [field]


# Days off


def test_a_day_off_moves_the_pace_and_a_holiday_may_be_worked(shop):
    moving = shop.add("day_off", day=day("1405-08-10"), name=" Moving ", closed=1)

    assert shop.problems("day_off", day=day("1405-08-10"), closed=0) == ["day"]
    with shop.store.reading() as s:
        assert s.get_one(DayOff, day("1405-08-10")).name == "Moving"
    entities.save(shop.store, "day_off", moving, {"day": day("1405-08-11"), "name": None})
    with shop.store.reading() as s:
        assert (s.get(DayOff, day("1405-08-10")), s.get_one(DayOff, day("1405-08-11")).name) == (None, "")


def test_a_day_off_that_is_removed_is_a_working_day_again(shop):
    moving = shop.add("day_off", day=day("1405-08-10"), closed=1)

    entities.remove(shop.store, "day_off", moving)

    with shop.store.reading() as s:
        assert s.get(DayOff, day("1405-08-10")) is None
