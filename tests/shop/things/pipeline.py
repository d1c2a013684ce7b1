"""What the tests of the pipeline share: leads and deals of Aban 1405."""

from sqlalchemy import select

from desktop.shop.things import deal as deals
from desktop.store.tables import DealStage
from tests.little_shop import day

NEW, CONTACTED, OFFER, NEGOTIATION, WON, LOST = range(6)
ABAN_1, ABAN_5, ABAN_9 = day("1405-08-01"), day("1405-08-05"), day("1405-08-09")


def row(shop, table, number):
    with shop.store.reading() as s:
        return s.get_one(table, number)


def lead(shop, name="Sara", **more):
    return shop.add("lead", **({"name": name, "day": ABAN_1} | more))


def deal(shop, name="Gift baskets", *, at=NEW, **more):
    return shop.add("deal", **({"name": name, "stage_id": shop.stage(at), "opened": ABAN_1} | more))


def do(shop, verb, *arguments, **more):
    with shop.store.changing("Do", "deal") as s:
        return verb(s, *arguments, **more)


def move(shop, number, to, **more):
    do(shop, deals.move, number, shop.stage(to), **more)


def history(shop, number):
    """The deal's stages as (position, day)."""
    with shop.store.reading() as s:
        steps = s.execute(select(DealStage.stage_id, DealStage.day).where(DealStage.deal_id == number).order_by(DealStage.id)).all()
    return [(next(at for at in range(6) if shop.stage(at) == stage), when) for stage, when in steps]
