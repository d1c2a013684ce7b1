"""Leads: known as customers, and becoming ones."""

import pytest

from desktop.shop.things import lead as leads
from desktop.store.tables import Customer, Lead
from tests.shop.things.pipeline import (
    ABAN_1,
    do,
    lead,
    row,
)

pytestmark = pytest.mark.usefixtures("aban_20")


def test_a_new_lead_is_open_and_known_by_phone_or_by_a_name_only_one_bears(shop):
    ali = shop.add("customer", name="Ali", phone="09121111001")
    shop.add("customer", name="Reza"), shop.add("customer", name="Reza")

    assert row(shop, Lead, lead(shop, "Somebody", phone="0912 111 1001")).customer_id == ali
    assert row(shop, Lead, lead(shop, "ALI")).customer_id == ali
    assert row(shop, Lead, lead(shop, "Reza")).customer_id is None
    assert row(shop, Lead, lead(shop, "Reza")).status == "open"


def test_one_who_asks_twice_is_noticed_while_the_first_is_open(shop):
    first = lead(shop, "Sara", phone="09121111001")
    assert shop.remarks("lead", name="S.", day=ABAN_1, phone="0912-111-1001") == [
        "Sara has asked with this number already; mark one of them as duplicate."
    ]

    shop.change_thing("lead", first, status="duplicate")
    assert shop.remarks("lead", name="S.", day=ABAN_1, phone="09121111001") == []


def test_a_lead_becomes_a_customer_with_her_source_and_campaign(shop):
    friends, yalda = shop.add("source", name="Friends"), shop.add("campaign", name="Yalda")
    asked = lead(shop, "Sara", phone="09121111001", source_id=friends, campaign_id=yalda)

    sara = do(shop, leads.become_customer, asked)

    customer = row(shop, Customer, sara)
    assert (customer.name, customer.phone, customer.first_source_id, customer.first_campaign_id, customer.since) == (
        "Sara", "09121111001", friends, yalda, ABAN_1,
    )  # fmt: skip
    assert (row(shop, Lead, asked).customer_id, row(shop, Lead, asked).status) == (sara, "converted")


def test_a_lead_that_is_a_customer_already_makes_no_second_one(shop):
    ali = shop.add("customer", name="Ali", phone="09121111001")
    asked = lead(shop, "Ali K.", phone="09121111001")

    assert do(shop, leads.become_customer, asked) == ali
    assert row(shop, Lead, asked).status == "converted"


def test_becoming_a_customer_is_undone_whole(shop):
    asked = lead(shop, "Sara")
    sara = do(shop, leads.become_customer, asked)
    shop.store.undo()

    assert (row(shop, Lead, asked).customer_id, row(shop, Lead, asked).status) == (None, "open")
    with shop.store.reading() as s:
        assert s.get(Customer, sara) is None
