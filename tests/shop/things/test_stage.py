"""Stages: their order, their probability, and which of them stay."""

import pytest
from sqlalchemy import select

from desktop.shop import things
from desktop.store.tables import Stage
from desktop.values.text import Refused
from tests.shop.things.pipeline import (
    LOST,
    NEGOTIATION,
    OFFER,
    WON,
    deal,
    move,
)

pytestmark = pytest.mark.usefixtures("aban_20")


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
