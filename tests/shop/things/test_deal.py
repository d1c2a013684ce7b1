"""Deals that move from stage to stage until they are won or lost."""

import pytest
from sqlalchemy import select

from desktop.shop import things
from desktop.shop.things import deal as deals
from desktop.shop.things import lead as leads
from desktop.store.tables import Deal, Stage
from desktop.values.text import Refused
from tests.little_shop import day
from tests.shop.things.pipeline import (
    ABAN_1,
    ABAN_5,
    ABAN_9,
    LOST,
    NEGOTIATION,
    NEW,
    OFFER,
    WON,
    deal,
    do,
    history,
    lead,
    move,
    row,
)

pytestmark = pytest.mark.usefixtures("aban_20")


# A new deal


def test_a_new_deal_has_a_number_of_ours_and_a_history(shop):
    with shop.change() as s:
        s.add(Deal(number="D7", stage_id=shop.stage(NEW), entered_at="", name=""))
        s.add(Deal(number="41", stage_id=shop.stage(NEW), entered_at="", name=""))

    first, second = deal(shop), deal(shop, at=OFFER)

    assert [row(shop, Deal, number).number for number in (first, second)] == ["42", "43"]
    assert (history(shop, first), history(shop, second)) == ([(NEW, ABAN_1)], [(OFFER, ABAN_1)])


def test_a_deal_without_a_day_was_opened_today(shop):
    assert row(shop, Deal, deal(shop, opened=None)).opened == day("1405-08-20")


def test_a_deal_takes_from_its_lead_what_nobody_said(shop):
    friends, mary, tom = shop.add("source", name="Friends"), shop.seller("Mary"), shop.seller("Tom")
    asked = lead(shop, day=day("1405-07-25"), source_id=friends, seller_id=mary)

    quiet, told = row(shop, Deal, deal(shop, lead_id=asked)), row(shop, Deal, deal(shop, lead_id=asked, seller_id=tom))

    assert (quiet.source_id, quiet.seller_id, told.seller_id) == (friends, mary, tom)
    assert quiet.first_contact == day("1405-07-25")


def test_first_contact_without_a_lead_is_the_day_it_was_opened_also_when_that_is_put_right(shop):
    """A deal whose day was corrected kept a sales cycle that nobody could mend."""
    number = deal(shop, opened=ABAN_5)
    assert row(shop, Deal, number).first_contact == ABAN_5

    shop.change_thing("deal", number, opened=ABAN_1)
    do(shop, deals.win, number, day=ABAN_9)

    assert row(shop, Deal, number).first_contact == ABAN_1
    assert shop.kpi("sales_cycle") == 8


def test_first_contact_of_a_deal_without_any_day_is_its_earliest_activity(shop):
    with shop.change() as s:
        bare = Deal(number="1", stage_id=shop.stage(NEW), entered_at="", name="Old")
        s.add(bare)
        s.flush()
        number = bare.id
    for when in (ABAN_9, ABAN_5):
        shop.add("activity", kind="call", day=when, deal_id=number)

    move(shop, number, OFFER)

    assert (row(shop, Deal, number).opened, row(shop, Deal, number).first_contact) == (None, ABAN_5)


# Moving


def test_every_move_is_a_step_of_the_history(shop):
    number = deal(shop)

    move(shop, number, OFFER)
    move(shop, number, OFFER)
    move(shop, number, NEGOTIATION)

    assert history(shop, number) == [(NEW, ABAN_1), (OFFER, day("1405-08-20")), (NEGOTIATION, day("1405-08-20"))]


def test_a_won_deal_is_closed_that_day_and_counts_there(shop):
    number = deal(shop, value=900)

    do(shop, deals.win, number, day=ABAN_9)

    found = row(shop, Deal, number)
    assert (found.outcome, found.closed, found.stage_id) == ("won", ABAN_9, shop.stage(WON))
    assert history(shop, number)[-1] == (WON, ABAN_9)
    assert (shop.kpi("won_deals"), shop.kpi("won_value"), shop.kpi("sales_cycle")) == (1, 900, 8)


def test_a_lost_deal_keeps_its_reason(shop):
    number = deal(shop, value=900)

    do(shop, deals.lose, number, reason="price")

    found = row(shop, Deal, number)
    assert (found.outcome, found.closed, found.reason) == ("lost", day("1405-08-20"), "price")
    assert (shop.kpi("lost_deals"), shop.kpi("lost_value")) == (1, 900)


def test_a_reopened_deal_stands_where_it_stood_last_and_its_history_tells_all(shop):
    number = deal(shop)
    move(shop, number, OFFER)
    do(shop, deals.lose, number, day=ABAN_9)

    do(shop, deals.reopen, number)

    found = row(shop, Deal, number)
    assert (found.outcome, found.closed, found.stage_id) == ("open", None, shop.stage(OFFER))
    assert [stage for stage, _ in history(shop, number)] == [NEW, OFFER, LOST, OFFER]


def test_a_deal_that_was_closed_at_once_reopens_in_the_first_stage(shop):
    number = deal(shop, at=WON, closed=ABAN_5)

    do(shop, deals.reopen, number)

    assert row(shop, Deal, number).stage_id == shop.stage(NEW)


def test_the_last_close_counts(shop):
    number = deal(shop, value=900)
    do(shop, deals.lose, number, day=ABAN_5)
    do(shop, deals.reopen, number)
    do(shop, deals.win, number, day=day("1405-08-19"))

    assert (shop.kpi("won_deals"), shop.kpi("lost_deals")) == (1, 0)


def test_putting_the_day_of_a_close_right_is_no_second_close(shop):
    number = deal(shop)
    do(shop, deals.win, number, day=ABAN_5)

    shop.change_thing("deal", number, closed=ABAN_9)

    assert (row(shop, Deal, number).closed, history(shop, number)) == (ABAN_9, [(NEW, ABAN_1), (WON, ABAN_9)])


def test_a_deal_is_not_closed_before_it_was_opened(shop):
    number = deal(shop, opened=ABAN_5)

    with pytest.raises(Refused) as refused:
        do(shop, deals.win, number, day=ABAN_1)
    assert refused.value.field == "closed"
    assert shop.problems("deal", number, stage_id=shop.stage(WON), closed=ABAN_1) == ["closed"]
    assert row(shop, Deal, number).outcome == "open"


def test_what_a_deal_lacks_is_noticed(shop):
    asked = {"name": "Gift", "opened": ABAN_1}

    assert "Why was it lost?" in shop.remarks("deal", **asked, stage_id=shop.stage(LOST))[0]
    assert "no month's forecast" in shop.remarks("deal", **asked, stage_id=shop.stage(OFFER))[0]
    assert shop.remarks("deal", **asked, stage_id=shop.stage(OFFER), expected=ABAN_9) == []


def test_a_move_is_undone_with_its_step(shop):
    number = deal(shop)
    move(shop, number, OFFER)

    shop.store.undo()

    assert (row(shop, Deal, number).stage_id, history(shop, number)) == (shop.stage(NEW), [(NEW, ABAN_1)])


def test_an_undone_deal_or_lead_can_not_be_moved(shop):
    number = deal(shop)
    shop.store.undo()
    asked = lead(shop)
    shop.store.undo()

    with pytest.raises(Refused, match="not in the book any more"):
        do(shop, deals.win, number)
    with pytest.raises(Refused, match="not in the book any more"):
        do(shop, leads.become_customer, asked)


def test_a_closed_month_keeps_its_deals(shop):
    number = deal(shop, opened=day("1405-07-01"))
    do(shop, deals.win, number, day=day("1405-07-20"))
    shop.close_month("1405-07")

    for verb in (deals.reopen, deals.lose):
        with pytest.raises(Refused, match="closed"):
            do(shop, verb, number)
    with pytest.raises(Refused, match="closed"):
        shop.change_thing("deal", number, value=5)


# Stages


def test_a_new_stage_is_the_last_open_one(shop):
    sample = shop.add("stage", name="Sample sent", probability=5_000)

    with shop.store.reading() as s:
        order = s.scalars(select(Stage).order_by(Stage.position)).all()
    assert [stage.outcome for stage in order] == ["open"] * 5 + ["won", "lost"]
    assert order[4].id == sample


def test_won_is_certain_and_lost_is_nothing(shop):
    assert shop.problems("stage", shop.stage(WON), probability=9_000) == ["probability"]
    assert shop.problems("stage", shop.stage(LOST), probability=1) == ["probability"]
    assert shop.problems("stage", shop.stage(WON), name="Sold") == []


def test_a_stage_that_deals_need_stays(shop):
    number = deal(shop, at=OFFER)

    for position in (WON, LOST, OFFER):
        with pytest.raises(Refused):
            things.remove(shop.store, "stage", shop.stage(position))
    move(shop, number, NEGOTIATION)
    things.remove(shop.store, "stage", shop.stage(OFFER))
