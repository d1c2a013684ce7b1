"""What `cheragh kpi --json` prints: the shape other programs rely on."""

import json

import pytest

from desktop import kpi
from tests.kpi.test_every_kpi import KEYS
from tests.little_shop import Shop

UNITS = {"money", "money_per_day", "share", "days", "count", "points", "ratio"}
SUMS = ("revenue", "gross_profit", "won_value", "lost_value", "pipeline_value")
COUNTS = ("orders", "customers", "new_customers", "activities", "won_deals", "lost_deals")
RANGED = {"conversion_rate", "win_rate", "retention_rate", "churn_rate", "repeat_rate", "nps", "clv_12m"}


def printed(shop, over="1405-08", as_of=None, seller=None):
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        return json.loads(json.dumps(kpi.as_json(s, asked), allow_nan=False))


def test_the_shape(busy):
    found = printed(busy)

    assert list(found) == ["period", "currency", "kpis", "sellers", "products", "customers", "campaigns", "sources", "lost_reasons",
                           "cohorts", "rfm", "abc"]  # fmt: skip
    assert found["period"] == {"from": "2026-10-23", "to": "2026-11-22", "label": "Aban 1405", "as_of": "2026-11-22"}
    assert found["currency"] == "IRR"
    assert list(found["kpis"]) == KEYS
    for one in found["kpis"].values():
        assert list(one) == ["value", "unit", "previous", "n", "rows", "low", "high", "why_null", "lamp", "why_lamp", "window"]
        assert one["unit"] in UNITS
        assert one["lamp"] in ("on", "dim", "grey", "off")
        assert (one["value"] is None) == (one["why_null"] is not None)


def test_sums_and_counts_are_whole_and_ratios_unrounded(busy):
    found = printed(busy)["kpis"]

    for key in (*SUMS, *COUNTS):
        assert type(found[key]["value"]) is int, key
        assert type(found[key]["n"]) is int, key
    assert found["average_order_value"]["value"] == (300 + 340 + 150 + 60) / 4
    assert found["gross_margin"]["value"] == (found["gross_profit"]["value"]) / (300 + 90 + 200 - 50 - 40 + 60 - 60)


def test_only_some_numbers_have_a_range(busy):
    ranged = {key for key, one in printed(busy)["kpis"].items() if one["low"] is not None}

    assert ranged == RANGED - {"clv_12m", "retention_rate", "churn_rate"}


def test_what_it_prints_is_what_the_window_asks(busy):
    asked = busy.scope()
    found = printed(busy)["kpis"]
    with busy.store.reading() as s:
        for key, answer in kpi.answers(s, asked).items():
            assert (found[key]["value"], found[key]["previous"], found[key]["lamp"]) == (answer.value, answer.previous, answer.lamp.value)


def test_the_lists(busy):
    found = printed(busy)

    assert [(row["id"] is None, row["name"]) for row in found["sellers"]] == [(False, "Mina"), (False, "Reza"), (True, None)]
    for name in ("sellers", "products", "customers", "campaigns", "sources"):
        assert all({"id", "name"} <= row.keys() for row in found[name]), name
        assert found[name], name
    assert [row.keys() for row in found["lost_reasons"]] == [{"reason", "n", "value"}]
    assert all(row.keys() == {"month", "size", "active", "partial_last"} for row in found["cohorts"])
    assert all(row.keys() == {"customer", "id", "r", "f", "m", "segment"} for row in found["rfm"])
    assert all(row.keys() == {"product", "id", "value", "share", "class", "basis"} for row in found["abc"])


def test_the_lists_of_an_empty_book_are_empty(shop):
    found = printed(shop)

    assert not any(found[name] for name in list(found)[3:])


@pytest.mark.parametrize("seller", ["Mina", "Reza"])
def test_under_a_seller_only_what_is_divided_has_a_number(busy, seller):
    found = printed(busy, seller=seller)["kpis"]

    assert found["revenue"]["value"] == {"Mina": 75, "Reza": 225 + 340}[seller]
    assert found["nps"]["value"] is None


def test_other_currencies_and_calendars(tmp_path):
    shop = Shop.at(tmp_path / "uk.cheragh", currency="GBP", calendar="gregorian")
    shop.sell(1234, day="2011-02-05")
    found = printed(shop, "2011-02")
    shop.store.close(backup=False)

    assert (found["currency"], found["kpis"]["revenue"]["value"]) == ("GBP", 1234)
    assert found["period"]["label"] == "February 2011"
