"""Leads, deals and activities, small enough to count by hand."""

import pytest

from desktop import kpi
from desktop.kpi import pipeline
from desktop.store.tables import Deal, DealStage
from tests.little_shop import ENTERED, day

NEW, CONTACTED, OFFER, NEGOTIATION, WON, LOST = range(6)


def won(shop, value=None, *, closed="1405-08-10", contact="1405-08-01", **more):
    return shop.deal(value, outcome="won", closed=closed, contact=contact, **more)


def lost(shop, value=None, *, closed="1405-08-10", **more):
    return shop.deal(value, outcome="lost", closed=closed, **more)


def part_rows(shop, key, part, **more):
    asked = shop.scope(**more)
    with shop.store.reading() as s:
        return kpi.rows(s, key, asked, part)


def holds(shop, over="1405-08", as_of=None, seller=None):
    """Every part of these KPIs says the same from its rows and from what was read in blocks."""
    asked = shop.scope(over, as_of, seller)
    with shop.store.reading() as s:
        for one in pipeline.KPIS:
            for part in one.parts:
                assert part.value(s, asked) == pytest.approx(part.counted(s, asked)), (one.key, part.key)
    return True


# Conversion


def test_conversion_is_converted_leads_of_the_cohort_to_its_leads(shop):
    for name in ("Ali", "Sara", "Reza"):
        shop.lead(customer=name)
    shop.sell(100, customer="Ali", day="1405-09-03")
    shop.lead(customer="Ali", day="1405-07-30")

    assert shop.kpi("conversion_rate", as_of="1405-09-05") == pytest.approx(1 / 3)
    assert shop.kpi("conversion_rate", as_of="1405-09-02") == 0


def test_who_buys_on_the_very_last_day_has_bought(shop):
    shop.lead(customer="Ali")
    shop.sell(100, customer="Ali", day="1405-08-10")

    assert [shop.kpi("conversion_rate", as_of=day) for day in ("1405-08-09", "1405-08-10")] == [0, 1]


def test_a_won_deal_converts_its_lead_even_without_a_customer(shop):
    lead = shop.lead()
    won(shop, lead=lead)

    assert shop.kpi("conversion_rate") == 1


def test_a_purchase_before_the_first_contact_converts_too(shop):
    shop.sell(100, customer="Ali", day="1405-06-01")
    shop.lead(customer="Ali")

    assert shop.kpi("conversion_rate") == 1


def test_leads_of_people_who_had_bought_already_are_counted_and_said(shop):
    shop.sell(100, customer="Ali", day="1405-06-01")
    shop.sell(100, customer="Sara", day="1405-08-05")
    for name in ("Ali", "Sara"):
        shop.lead(customer=name, day="1405-08-05")
    shop.lead()

    found = shop.ask("conversion_rate")

    assert found.value == pytest.approx(2 / 3)
    assert "1 of these was a customer already." in found.note


def test_a_lost_deal_and_a_void_sale_convert_nobody(shop):
    lead = shop.lead(customer="Ali")
    lost(shop, lead=lead)
    shop.void(shop.sell(100, customer="Ali"))

    assert shop.kpi("conversion_rate") == 0


@pytest.mark.parametrize(("status", "rate"), [("open", 0.5), ("disqualified", 0.5), ("duplicate", 1), ("spam", 1), ("void", 1)])
def test_only_duplicates_and_spam_leave_the_denominator(shop, status, rate):
    shop.lead(customer="Ali")
    shop.sell(100, customer="Ali")
    shop.lead(status=status)

    assert shop.kpi("conversion_rate") == rate


def test_marking_a_lead_converted_does_not_make_it_buy(shop):
    shop.lead(status="converted")

    assert shop.kpi("conversion_rate") == 0


def test_no_leads_is_null_with_the_reason(shop):
    found = shop.ask("conversion_rate")

    assert found.value is None
    assert "No lead" in found.why_null


def test_a_young_cohort_says_how_much_of_it_is_open(shop):
    shop.lead(customer="Ali")
    shop.sell(100, customer="Ali")
    for _ in range(3):
        shop.lead()

    assert "75" in shop.note("conversion_rate")


def test_the_second_view_counts_this_periods_conversions_and_may_pass_100_percent(shop):
    for name in ("Ali", "Sara", "Reza"):
        shop.lead(customer=name, day="1405-07-10")
        shop.sell(100, customer=name, day="1405-08-10")
    shop.lead(day="1405-08-01")
    shop.lead(day="1405-08-01")

    assert "150" in shop.ask("conversion_rate", rows=True).note
    assert shop.kpi("conversion_rate") == 0


def test_conversion_has_a_range(shop):
    for name in ("Ali", "Sara", "Reza", "a", "b", "c", "d"):
        shop.lead(customer=name)
    for name in ("Ali", "Sara", "Reza"):
        shop.sell(100, customer=name)
    found = shop.ask("conversion_rate")

    assert (round(found.low, 3), round(found.high, 3), found.n) == (0.158, 0.75, 7)


def test_a_lead_belongs_to_its_seller(shop):
    shop.lead(customer="Ali", seller="Reza")
    shop.sell(100, customer="Ali", seller="Mina")
    shop.lead(seller="Mina")

    assert shop.kpi("conversion_rate", seller="Reza") == 1
    assert shop.kpi("conversion_rate", seller="Mina") == 0


# Won and lost


def test_deals_count_by_the_day_they_closed(shop):
    won(shop, 500, closed="1405-08-30", opened="1405-06-01")
    won(shop, 700, closed="1405-09-01", opened="1405-08-01")
    lost(shop, 300, closed="1405-08-01")

    assert shop.kpi("won_deals") == 1
    assert shop.kpi("won_value") == 500
    assert shop.kpi("lost_deals") == 1
    assert shop.kpi("lost_value") == 300
    assert shop.kpi("win_rate") == 0.5


def test_a_deal_closed_after_the_as_of_day_is_not_yet_closed(shop):
    won(shop, 500, closed="1405-08-20")

    assert shop.kpi("won_deals", as_of="1405-08-19") == 0
    assert shop.kpi("won_deals", as_of="1405-08-20") == 1


def test_a_blank_value_counts_as_a_deal_worth_nothing_and_is_said(shop):
    won(shop, 500)
    won(shop, None)

    assert (shop.kpi("won_deals"), shop.kpi("won_value")) == (2, 500)
    assert "1 of them" in shop.note("won_value")


def test_a_void_deal_never_happened(shop):
    deal = won(shop, 500)
    with shop.change() as s:
        s.get(Deal, deal).status = "void"

    assert shop.kpi("won_deals") == 0
    assert shop.kpi("win_rate") is None


def test_win_rate_of_no_closed_deal_is_null(shop):
    shop.deal(100)
    found = shop.ask("win_rate")

    assert found.value is None
    assert found.why_null


def test_all_won_is_100_percent_with_a_word_about_it(shop):
    won(shop)

    assert shop.kpi("win_rate") == 1
    assert "No lost deal" in shop.note("win_rate")


def test_a_reopened_deal_counts_at_its_last_close(shop):
    won(shop, 500, closed="1405-09-05", opened="1405-07-01", history=[(NEW, "1405-07-01"), (LOST, "1405-08-03"), (OFFER, "1405-08-20")])

    assert shop.kpi("lost_deals", "1405-08") == 0
    assert shop.kpi("won_deals", "1405-09") == 1


def test_the_past_is_as_it_was_known(shop):
    """Won on the 10th, taken up again on the 20th: on the 15th it was won, its lead had bought, and nothing of it was open."""
    lead = shop.lead(day="1405-08-02", seller="Mina")
    history = [(NEW, "1405-08-02"), (WON, "1405-08-10"), (OFFER, "1405-08-20")]
    shop.deal(9_000_000, opened="1405-08-02", contact="1405-08-01", lead=lead, seller="Mina", history=history)

    known = {
        key: shop.kpi(key, as_of="1405-08-15") for key in ("won_deals", "won_value", "pipeline_value", "conversion_rate", "sales_cycle")
    }

    assert known == {"won_deals": 1, "won_value": 9_000_000, "pipeline_value": 0, "conversion_rate": 1, "sales_cycle": 9}
    assert shop.kpi("won_deals", as_of="1405-08-15", seller="Mina") == 1
    assert (shop.kpi("won_deals"), shop.kpi("pipeline_value"), shop.kpi("conversion_rate")) == (0, 9_000_000, 0)
    assert holds(shop, as_of="1405-08-15")


def test_the_leads_of_the_month_before_are_not_given_more_time(shop):
    """On the 10th of Aban its leads are ten days old: those of Mehr are looked at when they were, not a month later."""
    shop.lead(day="1405-07-01", customer="Ali")
    shop.lead(day="1405-08-01")
    shop.sell(100, day="1405-07-28", customer="Ali")

    assert shop.ask("conversion_rate", as_of="1405-08-10").previous == 0
    assert shop.ask("conversion_rate", as_of="1405-08-29").previous == 1


# The cycle


def test_the_cycle_is_from_first_contact_to_winning(shop):
    won(shop, closed="1405-08-11", contact="1405-08-01")
    won(shop, closed="1405-08-12", contact="1405-08-12")
    won(shop, closed="1405-08-30", contact="1405-07-30")
    lost(shop, closed="1405-08-30", contact="1404-01-01")

    assert shop.kpi("sales_cycle") == (10 + 0 + 30) / 3
    assert shop.kpi("sales_cycle_median") == 10


def test_the_median_of_an_even_number_is_between_the_middle_two(shop):
    won(shop, closed="1405-08-11", contact="1405-08-01")
    won(shop, closed="1405-08-11", contact="1405-08-08")

    assert shop.kpi("sales_cycle_median") == 6.5


def test_a_negative_or_unknown_cycle_leaves_the_mean_and_is_listed(shop):
    won(shop, closed="1405-08-11", contact="1405-08-01")
    won(shop, closed="1405-08-11", contact="1405-08-12")
    won(shop, closed="1405-08-11", contact=None)
    found = shop.ask("sales_cycle")

    assert (found.value, found.n) == (10, 1)
    assert "2 won deals" in found.note
    assert shop.kpi("won_deals") == 3
    wrong = part_rows(shop, "sales_cycle", 1)
    assert wrong.total == 2
    assert sorted(row[-2] for row in wrong.rows if row[-2] is not None) == [-1]


def test_without_a_contact_anywhere_the_cycle_is_null(shop):
    won(shop, contact=None)
    found = shop.ask("sales_cycle")

    assert found.value is None
    assert found.why_null


# Velocity


def test_velocity_is_won_value_by_the_median_cycle(shop):
    """24 closed × 30 % × 12 m ÷ 18 days = 4.8 m a day, the four factors reduced: 7.2 × 12 m is what was won."""
    for _ in range(3):
        won(shop, 12_000_000, closed="1405-08-19", contact="1405-08-01")
    for _ in range(7):
        lost(shop)
    closed, rate = 10, shop.kpi("win_rate")

    assert shop.kpi("sales_velocity") == pytest.approx(closed * rate * 12_000_000 / 18) == 2_000_000
    assert "not income" in shop.note("sales_velocity")


def test_a_cycle_of_no_days_has_no_velocity(shop):
    won(shop, 100, closed="1405-08-10", contact="1405-08-10")

    assert shop.ask("sales_velocity").why_null


# Open deals


def test_open_deals_are_those_of_the_last_day(shop):
    shop.deal(100, opened="1405-08-05")
    shop.deal(200, opened="1405-09-05")
    won(shop, 400, opened="1405-07-01", closed="1405-09-01")
    lost(shop, 800, opened="1405-07-01", closed="1405-08-30")

    assert shop.kpi("pipeline_value", "1405-08") == 100 + 400
    assert shop.kpi("pipeline_value", "1405-08", as_of="1405-08-29") == 100 + 400 + 800
    assert shop.kpi("pipeline_value", "1405-09") == 100 + 200


def test_a_deal_without_an_opening_day_is_open_since_its_first_stage_else_always(shop):
    shop.deal(100, opened=None, history=[(NEW, "1405-09-02")])
    shop.deal(200, opened=None, history=[(NEW, None)])

    assert shop.kpi("pipeline_value", "1405-08") == 200
    assert shop.kpi("pipeline_value", "1405-09") == 300


def test_a_deal_is_not_open_between_being_lost_and_being_reopened(shop):
    shop.deal(100, opened="1405-06-01", history=[(NEW, "1405-06-01"), (LOST, "1405-07-10"), (OFFER, "1405-09-10")])

    assert shop.kpi("pipeline_value", "1405-06") == 100
    assert shop.kpi("pipeline_value", "1405-08") == 0
    assert shop.kpi("pipeline_value", "1405-09") == 100


def test_the_forecast_weighs_each_deal_by_the_stage_it_stood_in(shop):
    shop.deal(1000, opened="1405-07-01", history=[(NEW, "1405-07-01"), (OFFER, "1405-08-15"), (NEGOTIATION, "1405-09-03")])
    shop.deal(100, opened="1405-07-01", history=[(CONTACTED, "1405-07-01")])

    assert shop.kpi("weighted_forecast", "1405-07") == pytest.approx(1000 * 0.1 + 100 * 0.2)
    assert shop.kpi("weighted_forecast", "1405-08") == pytest.approx(1000 * 0.4 + 100 * 0.2)
    assert shop.kpi("weighted_forecast", "1405-09") == pytest.approx(1000 * 0.6 + 100 * 0.2)


def test_losing_a_deal_does_not_raise_the_forecast(shop):
    """Frappe CRM counts lost deals at their full value."""
    shop.deal(1000, opened="1405-07-01", history=[(NEW, "1405-07-01")])
    lost(shop, 5000, opened="1405-07-01", closed="1405-08-10", history=[(NEW, "1405-07-01"), (LOST, "1405-08-10")])

    assert shop.kpi("weighted_forecast") == pytest.approx(100)


def test_a_deal_won_later_was_not_certain_before(shop):
    """An imported deal knows only its last stage: in the months it was open its chance is an unknown stage's."""
    won(shop, 1000, opened="1405-07-01", closed="1405-09-10", history=[(WON, "1405-09-10")])

    assert shop.kpi("weighted_forecast", "1405-08") == pytest.approx(200)


def test_a_stage_has_its_own_record_once_twenty_of_its_deals_are_closed(shop):
    with shop.change():
        for n in range(19):
            (won if n < 15 else lost)(shop, closed="1405-08-02", history=[(OFFER, "1405-07-01"), (WON, "1405-08-02")])
        shop.deal(1000, history=[(OFFER, "1405-07-02")])
    before = shop.kpi("weighted_forecast")
    lost(shop, closed="1405-08-03", history=[(OFFER, "1405-07-01"), (LOST, "1405-08-03")])

    assert before == pytest.approx(400)
    assert shop.kpi("weighted_forecast") == pytest.approx(1000 * 15 / 20)
    assert shop.kpi("weighted_forecast", as_of="1405-08-02") == pytest.approx(400)


def test_a_blank_value_lies_in_the_pipeline_as_nothing_and_is_said(shop):
    shop.deal(None)
    shop.deal(100)

    assert shop.kpi("pipeline_value") == 100
    assert "1 of them" in shop.note("pipeline_value")
    assert shop.ask("pipeline_value").n == 2


def test_an_empty_pipeline_is_worth_nothing(shop):
    assert shop.kpi("pipeline_value") == 0
    assert shop.kpi("weighted_forecast") == 0


# Coverage


def test_coverage_is_what_is_due_against_what_is_missing(shop):
    shop.target(1000)
    shop.sell(400)
    shop.deal(900, expected="1405-08-20")
    shop.deal(300, expected="1405-09-02")
    shop.deal(7000, expected=None)

    assert shop.kpi("pipeline_coverage") == 900 / 600


def test_overdue_deals_cover_a_running_period_only(shop):
    shop.target(1000)
    shop.deal(500, expected="1405-07-20")

    assert shop.kpi("pipeline_coverage", as_of="1405-08-15") == 0.5
    assert shop.kpi("pipeline_coverage") == 0


def test_coverage_of_a_met_or_missing_target_is_null(shop):
    assert "no target" in shop.ask("pipeline_coverage").why_null

    shop.target(1000)
    shop.sell(1000)

    assert "met" in shop.ask("pipeline_coverage").why_null


# Activities


def test_activities_are_those_done_in_the_period(shop):
    shop.activity(done="1405-08-01")
    shop.activity(done="1405-07-30")
    shop.activity(done=None, due="1405-08-05")

    assert shop.kpi("activities") == 1


def test_on_time_is_said_of_what_was_due(shop):
    shop.activity(done="1405-08-01", due="1405-08-02")
    shop.activity(done="1405-08-09", due="1405-08-02")
    shop.activity(done=None, due="1405-08-05")
    shop.activity(done="1405-08-05")

    assert "33" in shop.note("activities")


# Sellers


def test_deals_and_activities_belong_to_one_seller_and_sellers_sum_to_the_team(shop):
    won(shop, 500, seller="Reza")
    won(shop, 300, seller="Mina")
    won(shop, 200)
    lost(shop, 100, seller="Mina")
    shop.activity(seller="Mina")
    shop.deal(50, seller="Mina")

    assert shop.kpi("won_value", seller="Mina") == 300
    assert shop.kpi("win_rate", seller="Mina") == 0.5
    assert shop.kpi("activities", seller="Mina") == 1
    assert shop.kpi("pipeline_value", seller="Mina") == 50
    assert shop.kpi("won_value") == 1000
    with shop.store.reading() as s:
        nobody = kpi.BY_KEY["won_value"].measure(s, shop.scope(seller=0)).value
    assert nobody == 200


def test_every_part_counts_the_rows_it_shows(shop):
    lead = shop.lead(customer="Ali", seller="Mina")
    shop.lead(status="spam")
    shop.lead(day="1405-08-29", seller="Reza")
    shop.sell(100, customer="Ali")
    shop.target(5000)
    won(shop, 500, lead=lead, seller="Mina")
    won(shop, None, closed="1405-08-05", contact="1405-08-09")
    won(shop, 70, contact=None, seller="Reza")
    lost(shop, 40, seller="Mina", reason="price")
    shop.deal(90, expected="1405-08-20", seller="Mina")
    shop.deal(None, expected="1405-07-20")
    shop.activity(seller="Mina", due="1405-08-03")

    for over, as_of in (("1405-08", None), ("1405-08", "1405-08-06"), ("1405-07", None), ("1405", None)):
        for seller in (None, "Mina", "Reza", 0):
            assert holds(shop, over, as_of, seller)


def test_a_change_of_stage_in_the_history_moves_the_past(shop):
    deal = shop.deal(1000, opened="1405-07-01", history=[(NEW, "1405-07-01")])
    with shop.change() as s:
        s.add(DealStage(deal_id=deal, stage_id=shop.stage(NEGOTIATION), day=day("1405-08-02"), entered_at=ENTERED))

    assert shop.kpi("weighted_forecast", "1405-07") == pytest.approx(100)
    assert shop.kpi("weighted_forecast", "1405-08") == pytest.approx(600)
