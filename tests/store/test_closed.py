"""Nothing moves in a closed month."""

import pytest
import sqlalchemy as sa

from desktop.store.tables import Activity, Closing, Cost, Deal, DealStage, Lead, NpsAnswer, Payment, SaleLine, Target
from desktop.values.text import Refused
from tests.little_shop import ENTERED, day, period
from tests.store.strangers import count, raw, totals

INSIDE = day("1405-07-30")


def add(shop, row):
    with shop.change() as s:
        s.add(row)


def set_void(shop, model):
    with shop.change("Void") as s:
        s.scalars(sa.select(model)).one().status = "void"


def change_cost(shop):
    with shop.change() as s:
        line = s.scalars(sa.select(SaleLine)).one()
        line.unit_cost = line.cost = 10


def bring(shop, when):
    """An import of one cost."""
    with shop.store.importing("costs", "costs.csv", "digest", "{}") as load:
        load.connection.execute(
            "INSERT INTO cost (day, status, entered_at, amount, kind, batch_id) VALUES (?, 'final', ?, 5, 'rent', ?)",
            (day(when).isoformat(), ENTERED, load.batch_id),
        )


@pytest.mark.parametrize("event", ["sell", "void", "move in", "move out", "return"])
def test_nothing_moves_in_a_closed_month(shop, event):
    inside, outside = shop.sell(100, day="1405-07-30"), shop.sell(100, day="1405-08-01")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        {
            "sell": lambda: shop.sell(5, day="1405-07-01"),
            "void": lambda: shop.void(inside),
            "move in": lambda: shop.move(outside, "1405-07-30"),
            "move out": lambda: shop.move(inside, "1405-08-01"),
            "return": lambda: shop.give_back(inside, 50, day="1405-07-30"),
        }[event]()
    assert shop.kpi("revenue", "1405-07") == 100


@pytest.mark.parametrize("event", ["payment", "lead", "deal won", "deal stage", "activity", "activity done", "cost", "nps", "target"])
def test_nothing_dated_in_a_closed_month_is_added(shop, event):
    deal = shop.deal(100, opened="1405-06-01")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        {
            "payment": lambda: add(shop, Payment(day=INSIDE, kind="cash", amount=5, entered_at=ENTERED)),
            "lead": lambda: shop.lead(day=INSIDE),
            "deal won": lambda: shop.deal(5, outcome="won", closed=INSIDE, opened="1405-06-01"),
            "deal stage": lambda: add(shop, DealStage(deal_id=deal, stage_id=shop.stage(1), day=INSIDE, entered_at=ENTERED)),
            "activity": lambda: shop.activity(done=INSIDE),
            "activity done": lambda: add(shop, Activity(kind="call", day=day("1405-08-01"), done=INSIDE, entered_at=ENTERED)),
            "cost": lambda: shop.cost(5, day=INSIDE),
            "nps": lambda: shop.nps(9, day=INSIDE),
            "target": lambda: shop.target(5, month="1405-07"),
        }[event]()


@pytest.mark.parametrize("table", ["payment", "lead", "deal", "activity", "cost", "nps_answer", "target"])
def test_nothing_dated_in_a_closed_month_is_changed(shop, table):
    add(shop, Payment(day=INSIDE, kind="cash", amount=5, entered_at=ENTERED))
    shop.lead(day=INSIDE)
    shop.deal(5, outcome="won", closed=INSIDE, opened="1405-06-01")
    shop.activity(done=INSIDE)
    shop.cost(5, day=INSIDE)
    shop.nps(9, day=INSIDE)
    shop.target(5, month="1405-07")
    shop.close_month("1405-07")
    row = next(model for model in (Payment, Lead, Deal, Activity, Cost, NpsAnswer, Target) if model.__tablename__ == table)

    with pytest.raises(Refused, match="closed"):
        set_void(shop, row)


def test_a_year_that_goes_on_keeps_its_target_open(shop):
    shop.target(5, month="1405", span="year")
    shop.close_month("1405-07")
    set_void(shop, Target)


def test_things_stay_open(shop):
    """Goods, customers and settings have no month."""
    shop.close_month("1405-07")
    shop.product("Tea")
    shop.customer("Sara", since="1405-07-10")
    shop.setting("weekend", "3,4")


def test_an_import_cannot_bring_rows_into_a_closed_month(shop):
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        bring(shop, "1405-07-30")
    assert raw(shop.store.path, "SELECT count(*) FROM cost") == [(0,)]


def test_an_import_is_not_taken_back_out_of_a_closed_month(shop):
    bring(shop, "1405-07-30")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        shop.store.revert(1)


def bring_target(shop, span, over):
    """An import of one target."""
    days = period(over)
    with shop.store.importing("targets", "targets.csv", "digest", "{}") as load:
        load.connection.execute(
            'INSERT INTO target (kpi, scope, span, start, "end", value, direction, status, batch_id) '
            "VALUES ('revenue', 'team', ?, ?, ?, 5, 'at_least', 'final', ?)",
            (span, days.start.isoformat(), days.end.isoformat(), load.batch_id),
        )


def test_an_imported_target_of_a_closed_month_stays(shop):
    bring_target(shop, "month", "1405-07")
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        shop.store.revert(1)
    assert count(shop, Target) == 1


@pytest.mark.parametrize(("span", "over"), [("year", "1405"), ("month", "1405-06")])
def test_an_imported_target_that_ends_outside_a_closed_month_can_go(shop, span, over):
    """A month's end is the first day of the next: that one is not its own."""
    bring_target(shop, span, over)
    shop.close_month("1405-07")
    shop.store.revert(1)

    assert count(shop, Target) == 0


def test_a_reopened_month_takes_rows_again_and_the_trail_says_so(shop):
    shop.close_month("1405-07")
    with shop.change("Reopen month") as s:
        s.delete(s.scalars(sa.select(Closing)).one())
    shop.sell(7, day="1405-07-30")

    assert shop.kpi("revenue", "1405-07") == 7
    assert raw(shop.store.path, "SELECT name FROM change ORDER BY id")[:2] == [("Close month",), ("Reopen month",)]


def test_a_line_in_a_closed_month_stays(shop):
    """The lines carry no day of their own; their document's counts."""
    shop.sell(100, day="1405-07-30", cost=60)
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        change_cost(shop)


def test_the_days_around_a_closed_month_stay_open(shop):
    shop.close_month("1405-07")
    shop.sell(1, day="1405-06-31")
    shop.sell(2, day="1405-08-01")

    assert totals(shop) == [1, 2]


def test_undo_cannot_reach_into_a_closed_month(shop):
    shop.sell(100, day="1405-07-30")
    raw(shop.store.path, "INSERT INTO closing (start, \"end\", at, user_id) VALUES ('2026-09-23', '2026-10-23', 'x', 1)")

    with pytest.raises(Refused, match="closed"):
        shop.store.undo()
