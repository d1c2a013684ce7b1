"""What campaigns brought, and what a new customer cost."""

import pytest

from desktop.kpi import campaigns, lists
from desktop.store.tables import Campaign, Cost


@pytest.fixture
def eid(shop):
    """A campaign of 1 to 20 Aban that cost 5 million."""
    shop.campaign("Eid", "1405-08-01", "1405-08-20")
    shop.cost(5_000_000, campaign="Eid", day="1405-08-01")
    return "Eid"


def brought(shop, over="1405-08", **more):
    """Numbers of the documents that belong to a campaign, by name of the campaign."""
    asked = shop.scope(over, **more)
    with shop.store.reading() as s:
        return sorted((row.campaign, row.total) for row in s.execute(campaigns.attributed_rows(s, asked)))


# Return on what was spent (S7)


def test_the_roi_family_on_the_same_sales(shop, eid):
    """Cost 5 m, sales 30 m at 25 %: ROAS 6.0 ×, ROMI 50 % - and not (30 − 5) ÷ 5 = 500 %."""
    shop.sell(30_000_000, cost=22_500_000, campaign=eid)
    shop.sell(9_000_000, cost=1, day="1405-08-02")

    assert shop.kpi("roas") == 6.0
    assert shop.kpi("romi") == pytest.approx(0.5)


def test_a_cost_is_counted_once_however_many_sales_it_brought(shop, eid):
    """SuiteCRM joins won opportunities to the campaign and multiplies its cost by their number."""
    for _ in range(4):
        shop.sell(5_000_000, cost=2_500_000, campaign=eid)

    assert shop.kpi("romi") == pytest.approx((4 * 2_500_000 - 5_000_000) / 5_000_000)


def test_a_campaign_without_cost_has_no_return(shop):
    shop.campaign("Free")
    shop.sell(1000, cost=1, campaign="Free")

    for key in ("romi", "roas"):
        found = shop.ask(key)
        assert found.value is None
        assert "cost" in found.why_null


def test_a_campaign_that_brought_nothing_lost_its_cost(shop, eid):
    assert shop.kpi("romi") == -1
    assert shop.kpi("roas") == 0


def test_campaign_sales_of_unknown_margin_have_no_roi_but_a_roas(shop, eid):
    shop.sell(10_000_000, campaign=eid)

    assert "profit is unknown" in shop.ask("romi").why_null
    assert shop.kpi("roas") == 2


def test_general_and_void_costs_are_not_the_campaigns(shop, eid):
    shop.cost(7_000_000)
    shop.cost(9_000_000, kind="rent")
    shop.cost(3_000_000, campaign=eid)
    with shop.change() as s:
        s.query(Cost).filter(Cost.amount == 3_000_000).one().status = "void"
    shop.sell(10_000_000, campaign=eid)

    assert shop.kpi("roas") == 2


def test_a_return_reverses_its_campaign_on_its_own_day(shop, eid):
    sale = shop.sell(30_000_000, cost=22_500_000, campaign=eid)
    shop.give_back(sale, 10_000_000, cost=7_500_000, day="1405-09-05")
    shop.cost(1_000_000, campaign=eid, day="1405-09-01")

    assert shop.kpi("roas", "1405-08") == 6
    assert shop.kpi("roas", "1405-09") == -10
    assert shop.kpi("romi", "1405-09") == pytest.approx((-2_500_000 - 1_000_000) / 1_000_000)


def test_a_running_period_says_so(shop, eid):
    shop.sell(30_000_000, cost=22_500_000, campaign=eid)

    assert "Up to today" in shop.note("romi", as_of="1405-08-15")
    assert not shop.note("romi")


# Which sale belongs to which campaign


def test_the_campaign_on_the_sale_decides_even_long_after(shop, eid):
    shop.campaign("Yalda")
    shop.lead(customer="Ali", campaign="Yalda", day="1405-08-01")
    shop.sell(100, customer="Ali", campaign=eid, day="1406-01-05")

    assert brought(shop, "1406-01") == [("Eid", 100)]


def test_else_the_customers_latest_lead_decides(shop, eid):
    shop.campaign("Yalda")
    shop.lead(customer="Ali", campaign="Yalda", day="1405-08-01")
    shop.lead(customer="Ali", campaign=eid, day="1405-08-03")
    shop.sell(100, customer="Ali", day="1405-08-05")

    assert brought(shop) == [("Eid", 100)]


def test_a_lead_after_the_sale_did_not_bring_it(shop, eid):
    shop.sell(100, customer="Ali", day="1405-08-05")
    shop.lead(customer="Ali", campaign=eid, day="1405-08-06")

    assert brought(shop) == []


@pytest.mark.parametrize(("sold", "counts"), [("1405-09-29", True), ("1405-09-30", False), ("1405-10-01", False)])
def test_a_lead_brings_sales_for_sixty_days(shop, sold, counts):
    """30 Mehr to 29 Azar are 59 days; the campaign has no end of its own."""
    shop.campaign("Eid")
    shop.lead(customer="Ali", campaign="Eid", day="1405-07-29")
    shop.sell(100, customer="Ali", day=sold)

    assert brought(shop, "1405-09") + brought(shop, "1405-10") == ([("Eid", 100)] if counts else [])


def test_the_window_is_the_owners_choice(shop):
    shop.campaign("Eid")
    shop.lead(customer="Ali", campaign="Eid", day="1405-08-01")
    shop.sell(100, customer="Ali", day="1405-08-12")
    shop.setting("attribution_days", "10")

    assert brought(shop) == []


def test_a_sale_before_the_campaign_or_long_after_it_is_not_its(shop):
    shop.campaign("Short", "1405-08-10", "1405-08-12")
    shop.lead(customer="Ali", campaign="Short", day="1405-08-01")
    shop.lead(customer="Sara", campaign="Short", day="1405-09-25")
    shop.sell(100, customer="Ali", day="1405-08-09")
    shop.sell(200, customer="Ali", day="1405-08-10")
    shop.sell(400, customer="Sara", day="1405-10-12")
    shop.sell(800, customer="Sara", day="1405-10-13")

    assert brought(shop, "1405-08") == [("Short", 200)]
    assert brought(shop, "1405-10") == [("Short", 400)]


def test_the_first_source_counts_where_no_lead_does(shop, eid):
    shop.customer("Ali", campaign=eid, since="1405-08-01")
    shop.sell(100, customer="Ali", day="1405-08-05")
    shop.sell(200, customer="Ali", day="1405-10-20")

    assert brought(shop, "1405-08") == [("Eid", 100)]
    assert brought(shop, "1405-10") == []


def test_spam_brings_nobody(shop, eid):
    shop.lead(customer="Ali", campaign=eid, day="1405-08-01", status="spam")
    shop.sell(100, customer="Ali", day="1405-08-05")

    assert brought(shop) == []


def test_walk_ins_and_lumps_have_no_campaign(shop, eid):
    shop.sell(100)
    shop.lump(500)

    assert brought(shop) == []


def test_a_linked_return_follows_its_original_even_when_the_window_is_over(shop, eid):
    shop.lead(customer="Ali", campaign=eid, day="1405-08-01")
    sale = shop.sell(100, customer="Ali", day="1405-08-05")
    shop.give_back(sale, 40, day="1406-02-01")

    assert brought(shop, "1406-02") == [("Eid", -40)]


def test_the_list_of_campaigns_adds_up_to_the_kpis(shop, eid):
    shop.campaign("Yalda")
    shop.cost(2_000_000, campaign="Yalda")
    shop.sell(8_000_000, cost=2_000_000, campaign=eid)
    asked = shop.scope()
    with shop.store.reading() as s:
        rows = {row.name: row for row in lists.campaigns(s, asked)}

    assert rows["Eid"].roas == 1.6
    assert rows["Eid"].romi == pytest.approx(0.2)
    assert (rows["Yalda"].roas, rows["Yalda"].romi) == (0, -1)
    assert shop.kpi("roas") == sum(row.revenue for row in rows.values()) / sum(row.cost for row in rows.values())


def test_what_is_given_back_is_no_invoice_of_a_campaign(shop, eid):
    sale = shop.sell(8_000_000, cost=2_000_000, campaign=eid)
    shop.give_back(sale, 8_000_000, cost=2_000_000)
    asked = shop.scope()
    with shop.store.reading() as s:
        rows = lists.campaigns(s, asked)

    assert [(row.orders, row.revenue) for row in rows] == [(1, 0)]
    assert shop.ask("romi").n == shop.ask("roas").n == 1


def test_a_campaign_may_be_archived_and_still_has_its_numbers(shop, eid):
    shop.sell(5_000_000, campaign=eid)
    with shop.change() as s:
        s.query(Campaign).one().archived = 1

    assert shop.kpi("roas") == 1


# What a new customer cost (S10)


def test_acquisition_cost_is_advertising_by_new_customers(shop):
    shop.sell(100, customer="Old", day="1405-07-01")
    shop.sell(100, customer="Old")
    shop.sell(100, customer="Ali")
    shop.sell(100, customer="Sara")
    shop.cost(500, campaign="Eid")
    shop.cost(300)
    shop.cost(9000, kind="rent")
    shop.cost(7000, day="1405-07-30")

    assert shop.kpi("cac") == 400
    assert shop.ask("cac").n == 2


def test_nobody_new_is_null_and_the_cost_is_carried(shop):
    shop.cost(600, day="1405-06-10")
    shop.cost(600, day="1405-08-10")
    shop.sell(100, customer="Ali", day="1405-07-01")
    found = shop.ask("cac")

    assert found.value is None
    assert "carried" in found.why_null
    assert "120" in found.note  # 1200 rials over three months, one new customer, in toman


def test_without_any_advertising_cost_ever_there_is_no_cac(shop):
    """Nothing entered is not «free»: 0 toman a customer would be a claim."""
    shop.sell(100, customer="Ali")
    found = shop.ask("cac")

    assert found.value is None
    assert "advertising" in found.why_null


def test_a_month_without_advertising_in_a_shop_that_advertises_costs_nothing(shop):
    shop.cost(500, day="1405-07-01")
    shop.sell(100, customer="Ali")

    assert shop.kpi("cac") == 0


def test_loaded_cost_waits_for_a_pay_cost_then_adds_its_share(shop):
    shop.sell(100, customer="Ali")
    shop.sell(100, customer="Sara")
    shop.cost(1000)
    assert "pay" in shop.ask("cac_loaded").why_null

    shop.cost(4000, kind="pay")
    assert shop.kpi("cac_loaded") == 2500

    shop.setting("acquisition_share", "0.25")
    assert shop.kpi("cac_loaded") == 1000


def test_pay_counts_by_the_days_of_its_month(shop):
    """3,000 of Mehr, booked on its last day: on the tenth of Aban, with nothing booked, a third of as much is owed."""
    shop.sell(100, customer="Ali")
    shop.cost(3000, kind="pay", day="1405-07-30")

    assert shop.kpi("cac_loaded", as_of="1405-08-10") == pytest.approx(1000)
    assert "Estimate" in shop.note("cac_loaded", as_of="1405-08-10")

    shop.cost(6000, kind="pay", day="1405-08-09")
    assert shop.kpi("cac_loaded", as_of="1405-08-10") == pytest.approx(2000)
    assert shop.kpi("cac_loaded") == 6000


def test_paid_cost_is_of_those_whom_a_campaign_brought(shop, eid):
    """Ali came by Eid, Sara by herself and bought by it only later."""
    shop.cost(1000)
    shop.sell(100, customer="Ali", campaign=eid)
    shop.sell(100, customer="Sara")
    shop.sell(100, customer="Sara", campaign=eid)
    spent = shop.kpi("cac") * 2

    assert shop.kpi("cac_paid") == spent
    assert shop.ask("cac_paid").n == 1
    assert "No campaign brought" in shop.ask("cac_paid", "1405-09").why_null


def test_nothing_here_is_divided_by_seller(shop):
    for key in ("romi", "roas", "cac", "cac_loaded"):
        found = shop.ask(key, seller="Reza")
        assert found.value is None
        assert "seller" in found.why_null


def test_every_part_counts_the_rows_it_shows(shop, eid):
    shop.sell(100, cost=60, campaign=eid, customer="Ali")
    shop.sell(100, customer="Sara", campaign=eid)
    shop.cost(50, kind="pay")
    for over, as_of in (("1405-08", None), ("1405-08", "1405-08-01"), ("1405", None)):
        asked = shop.scope(over, as_of)
        with shop.store.reading() as s:
            for one in campaigns.KPIS:
                for part in one.parts:
                    assert part.value(s, asked) == part.counted(s, asked), (one.key, part.key)
