"""Activities: whose they are, and when they count."""

import datetime as dt

import pytest

from desktop.store.tables import Activity
from tests.shop.things.pipeline import (
    ABAN_5,
    ABAN_9,
    deal,
    row,
)

pytestmark = pytest.mark.usefixtures("aban_20")


def test_an_activity_of_a_deal_is_its_customers_and_sellers(shop):
    ali, mary, tom = shop.add("customer", name="Ali"), shop.seller("Mary"), shop.seller("Tom")
    number = deal(shop, customer_id=ali, seller_id=mary)

    quiet = row(shop, Activity, shop.add("activity", kind="call", day=ABAN_5, deal_id=number))
    told = row(shop, Activity, shop.add("activity", kind="call", day=ABAN_5, deal_id=number, seller_id=tom))

    assert (quiet.customer_id, quiet.seller_id, told.seller_id) == (ali, mary, tom)


def test_only_what_was_done_counts(shop):
    call = shop.add("activity", kind="call", day=ABAN_5, due=ABAN_9)
    assert shop.kpi("activities") == 0

    shop.change_thing("activity", call, done=ABAN_9)
    assert shop.kpi("activities", over="1405-08-09") == 1


def test_an_activity_may_be_due_on_a_day_to_come(shop):
    ahead = dt.date(2030, 1, 1)

    assert shop.read("activity", shop.add("activity", kind="visit", day=ABAN_5, due=ahead))["due"] == ahead
