"""Campaigns: their days."""

from tests.little_shop import day


def test_a_campaign_does_not_end_before_it_begins(shop):
    days = {"first_day": day("1405-09-02"), "last_day": day("1405-09-01")}

    assert shop.problems("campaign", name="Yalda", **days) == ["last_day"]
    assert shop.problems("campaign", name="Yalda", first_day=day("1405-09-01"), last_day=day("1405-09-01")) == []
    assert shop.problems("campaign", name="Yalda", last_day=day("1405-09-01")) == []
