"""Customers: who may be one person twice, and which leads she was."""

import datetime as dt

from desktop.shop import things
from desktop.store.tables import Customer, Lead
from tests.little_shop import day


def lead(shop, name, **more):
    return shop.add("lead", name=name, day=day("1405-08-01"), **more)


def customer_of(shop, row):
    with shop.store.reading() as s:
        return s.get_one(Lead, row).customer_id


def test_a_phone_that_somebody_has_is_noticed_first(shop):
    shop.add("customer", name="Ali", phone="0912 111 1001")

    assert shop.remarks("customer", name="Ali", phone="+98 912 111 1001") == ["Ali has this phone number too."]
    assert shop.remarks("customer", name="ALI") == ["Another customer is called so too."]


def test_an_archived_customer_is_nobodys_double(shop):
    things.remove(shop.store, "customer", shop.add("customer", name="Ali", phone="09121111001"))

    assert shop.remarks("customer", name="Ali", phone="09121111001") == []


def test_since_when_a_source_is_known_is_written_down_once(shop):
    friends, today = shop.add("source", name="Friends"), dt.date.today()  # noqa: DTZ011 - the shop's wall clock
    ali = shop.add("customer", name="Ali")
    with shop.store.reading() as s:
        assert s.get_one(Customer, ali).since is None

    shop.change_thing("customer", ali, first_source_id=friends)
    with shop.store.reading() as s:
        assert today <= s.get_one(Customer, ali).since <= dt.date.today()  # noqa: DTZ011 - the shop's wall clock


def test_who_asked_before_is_the_new_customer_by_phone(shop):
    asked, other = lead(shop, "Ali", phone="09121111001"), lead(shop, "Ali Reza", phone="09122222002")

    ali = shop.add("customer", name="Ali Reza", phone="0912 111 1001")

    assert (customer_of(shop, asked), customer_of(shop, other)) == (ali, None)


def test_who_asked_before_is_the_new_customer_by_name_where_no_phone_is_known(shop):
    asked, other = lead(shop, "علي كريمی"), lead(shop, "علی رضایی")

    ali = shop.add("customer", name="علی کریمی")

    assert (customer_of(shop, asked), customer_of(shop, other)) == (ali, None)


def test_a_changed_customer_takes_no_leads(shop):
    ali = shop.add("customer", name="Ali")
    asked = lead(shop, "Sara")

    shop.change_thing("customer", ali, name="Sara")

    assert customer_of(shop, asked) is None
