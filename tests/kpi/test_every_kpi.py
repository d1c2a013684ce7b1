"""What holds for every KPI, whatever it measures."""

import pytest

from desktop import kpi
from desktop.kpi.behind import COLUMNS
from desktop.kpi.kpi import FEEDS, Lamp
from desktop.store import tables
from desktop.values.text import tr
from tests.kpi.conftest import fill
from tests.little_shop import Line

FOLDED = {
    "measured",
    "campaign_id",
    "document",
    "costed",
    "uncosted",
    "shares",
    "part",
    "index",
}  # what a question selects beside what its list shows
KEYS = """
    revenue gross_profit gross_margin markup conversion_rate average_order_value average_purchase_value clv_historic clv_12m romi roas
    retention_rate nps sales_growth sales_growth_yoy sales_growth_real cac cac_loaded target_attainment target_pace sales_cycle
    sales_cycle_median activities won_deals won_value lost_deals lost_value win_rate pipeline_value weighted_forecast sales_velocity
    pipeline_coverage returns_rate discount_rate units_per_transaction repeat_rate churn_rate orders customers new_customers ltv_cac
    cac_paid
""".split()
PER_SELLER = [one for one in kpi.ALL if one.per_seller]
ADD_UP = ("revenue", "gross_profit", "orders", "activities", "won_deals", "won_value", "lost_deals", "lost_value", "pipeline_value",
          "weighted_forecast")  # fmt: skip


def values(shop, over="1405-08", as_of=None, seller=None):
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        return {one.key: one.measure(s, asked).value for one in kpi.ALL}


def answers(shop, over="1405-08", as_of=None, seller=None):
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        return kpi.answers(s, asked, rows=True)


def test_every_key_is_there_in_its_order():
    assert [one.key for one in kpi.ALL] == KEYS
    assert tuple(key for key in KEYS if key in kpi.TILES) == kpi.TILES
    assert len(kpi.LINES) == 12


@pytest.mark.parametrize("one", kpi.ALL, ids=lambda one: one.key)
def test_it_says_what_it_is(one):
    assert one.title
    assert one.help.endswith((".", "?", "!"))
    assert one.in_words()
    assert one.feeds in FEEDS
    assert one.secret in ("none", "cost")
    assert one.window in ("day", "month", "quarter", "rhythm", "year")
    assert len({part.key for part in one.parts}) == len(one.parts) > 0
    assert one.tables | FEEDS[one.feeds].tables <= tables.Row.metadata.tables.keys()


def test_titles_tell_them_apart():
    assert len({one.title for one in kpi.ALL}) == len(kpi.ALL)
    assert len({one.help for one in kpi.ALL}) == len(kpi.ALL)


# Nothing entered


def test_an_empty_book_has_no_number_and_says_why(shop):
    for key, found in answers(shop).items():
        assert not found.value, key
        assert found.lamp is Lamp.OFF, key
        assert found.why_lamp, key
        assert found.rows == 0, key
        assert (found.low, found.high) == (None, None), key
        if found.value is None:
            assert found.why_null, key


def test_a_dark_lamp_names_the_entry_that_lights_it(shop):
    for key, found in answers(shop).items():
        if found.entry:
            assert tr(FEEDS[found.entry].asks) in found.why_lamp, key
    named = {key for key, found in answers(shop).items() if found.entry}
    assert named >= set(KEYS) - {"retention_rate", "churn_rate", "sales_growth", "sales_growth_yoy", "sales_growth_real"}


def test_a_busy_shop_has_every_number_but_those_that_need_years(busy):
    dark = {key for key, found in answers(busy).items() if found.value is None}

    assert dark == {"clv_12m", "ltv_cac", "retention_rate", "churn_rate"}


# Where the rows lie


def later(shop):
    """Everything again, a month after the last day asked for."""
    with shop.change():
        shop.sell(9999, day="1405-09-05", customer="Ali", cost=1, discount=5, seller="Mina", product="Cup", campaign="Eid")
        shop.sell(5555, day="1405-09-05", customer="Later")
        shop.sell(lines=[Line(-7, -1, cost=-1)], kind="return", customer="Ali", day="1405-09-06")
        shop.lump(777, day="1405-09-07")
        shop.lead(day="1405-09-05", customer="Later", seller="Mina", source="Instagram")
        shop.deal(888, opened="1405-09-05", seller="Mina")
        shop.deal(111, outcome="won", opened="1405-09-01", closed="1405-09-05", contact="1405-09-01", seller="Mina")
        shop.activity(done="1405-09-05", seller="Mina")
        shop.cost(4444, day="1405-09-05", campaign="Eid")
        shop.cost(3333, day="1405-09-05", kind="pay")
        shop.nps(0, day="1405-09-05", customer="Ali")
        shop.price_index("1405-09", 200_000)


def test_what_comes_later_moves_nothing(busy):
    before = {seller: answers(busy, seller=seller) for seller in (None, "Mina", "Reza")}
    later(busy)

    for seller, known in before.items():
        for key, found in answers(busy, seller=seller).items():
            assert found == known[key], (key, seller)


def test_what_was_before_moves_nothing_that_looks_at_the_period_alone(busy):
    looks_back = {"sales_growth", "sales_growth_yoy", "sales_growth_real", "retention_rate", "churn_rate", "new_customers", "cac",
                  "cac_loaded", "cac_paid", "clv_historic", "clv_12m", "ltv_cac", "pipeline_value", "weighted_forecast"}  # fmt: skip
    before = values(busy)
    with busy.change():
        busy.sell(9999, day="1405-06-05", customer="Zahra", cost=1, seller="Mina")
        busy.lump(777, day="1405-06-07")
        busy.lead(day="1405-06-05", seller="Mina")
        busy.deal(111, outcome="won", closed="1405-06-05", opened="1405-06-01", contact="1405-06-01", seller="Mina")
        busy.activity(done="1405-06-05", seller="Mina")
        busy.cost(4444, day="1405-06-05", campaign="Eid")
        busy.nps(0, day="1405-04-05", customer="Sara")

    moved = {key for key, value in values(busy).items() if value != before[key]}
    assert moved <= looks_back


def test_whatever_is_voided_is_as_if_it_never_was(shop):
    fill(shop)
    once = values(shop)
    for sale in (shop.sell(900, customer="Ali", cost=1, seller="Mina"), shop.sell(500, day="1405-07-01", customer="Nobody")):
        shop.void(sale)

    assert values(shop) == once


# What stands behind


SCOPES = (("1405-08", None), ("1405-08", "1405-08-05"), ("1405-07", None), ("1405-q3", None), ("1405", None), ("1404-08", None))


def test_the_rows_shown_are_those_that_were_counted(busy):
    """Whatever is on the tile can be counted again from its list, part by part."""
    for over, as_of in SCOPES:
        asked = busy.scope(over, as_of)
        with busy.store.reading() as s:
            for one in kpi.ALL:
                for at, part in enumerate(one.parts):
                    shown = kpi.rows(s, one.key, asked, at)
                    assert shown.total == len(shown.rows), (one.key, part.key)
                    if part.each is None:  # a model says it, not the database: `test_rows_rebuild`
                        assert part.value(s, asked) == pytest.approx(part.counted(s, asked)), (one.key, part.key, over)
                said = kpi.answer(s, one.key, asked, rows=True)
                assert said.rows == kpi.rows(s, one.key, asked).total, one.key


def test_counts_are_the_number_of_their_rows(busy):
    for key in ("orders", "customers", "new_customers", "activities", "won_deals", "lost_deals"):
        found = busy.ask(key, rows=True)
        assert found.value == found.rows > 0, key


def test_a_list_has_a_title_over_each_column(busy):
    asked = busy.scope()
    with busy.store.reading() as s:
        for one in kpi.ALL:
            for part in one.parts:
                named = [column.name for column in part.rows(s, asked).selected_columns]
                assert named[0] == "id", (one.key, part.key)
                assert len(set(named)) == len(named), (one.key, part.key)
                assert {name for name in named[1:] if name not in COLUMNS} <= FOLDED, (one.key, part.key)
                assert part.title
        for at, part in enumerate(kpi.BY_KEY["average_purchase_value"].parts):
            columns = kpi.rows(s, "average_purchase_value", asked, at).columns
            assert [column.key for column in columns][-2:] == ["total", "counted"], part.key
            assert all(column.title for column in columns)


def test_no_row_stands_in_a_list_twice(busy):
    """A join that fans out would count it twice."""
    asked = busy.scope("1405")
    with busy.store.reading() as s:
        for one in kpi.ALL:
            for at, part in enumerate(one.parts):
                ids = [row[0] for row in kpi.rows(s, one.key, asked, at).rows]
                assert len(ids) == len(set(ids)), (one.key, part.key)


# Sellers


def test_sellers_and_nobody_add_up_to_the_team(busy):
    for over, as_of in SCOPES:
        with busy.store.reading() as s:
            team = busy.scope(over, as_of)
            for key in ADD_UP:
                shares = [kpi.BY_KEY[key].measure(s, busy.scope(over, as_of, who)).value or 0 for who in ("Mina", "Reza", 0)]
                assert sum(shares) == pytest.approx(kpi.BY_KEY[key].measure(s, team).value or 0), (key, over)


def test_what_is_not_divided_by_seller_says_so(busy):
    for key, found in answers(busy, seller="Mina").items():
        if not kpi.BY_KEY[key].per_seller:
            assert (found.value, found.rows) == (None, 0), key
            assert "seller" in found.why_null, key


# When to ask again


def test_a_number_that_moved_was_named_by_the_tables_that_changed(busy):
    """Else its tile would show yesterday's number until the page is opened anew."""
    heard = []
    busy.store.listen(heard.append)
    events = (
        lambda: busy.sell(700, customer="Omid", cost=10, discount=3, seller="Mina", campaign="Eid"),
        lambda: busy.lead(seller="Mina"),
        lambda: busy.deal(50, outcome="won", closed="1405-08-20", contact="1405-08-19", seller="Mina"),
        lambda: busy.deal(50, outcome="lost", closed="1405-08-20", seller="Mina"),
        lambda: busy.deal(60, expected="1405-08-20"),
        lambda: busy.activity(seller="Mina"),
        lambda: busy.cost(10, campaign="Eid"),
        lambda: busy.cost(10, kind="pay"),
        lambda: busy.target(900, month="1405-q3", span="quarter"),
        lambda: busy.nps(10),
        lambda: busy.price_index("1404-07", 90_000),
        lambda: busy.day_off("1405-08-05"),
        lambda: busy.setting("active_days", "30"),
    )
    for event in events:
        known = {each: values(busy, *each) for each in SCOPES[:4]}
        heard.clear()
        event()
        changed = frozenset().union(*(news.tables for news in heard))
        for each in SCOPES[:4]:
            for key, value in values(busy, *each).items():
                if value != known[each][key]:
                    assert kpi.BY_KEY[key].moved_by(changed), (key, changed)
