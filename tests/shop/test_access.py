"""Who may do what: the verb asks, hiding a button is never the rule."""

import pytest

from desktop.shop import entities, returns, sales
from desktop.shop.access import allowed, visible
from desktop.shop.sales import LineDraft, SaleDraft
from desktop.values.column import Column
from desktop.values.text import Refused
from desktop.values.unit import Unit
from tests.little_shop import day

OPEN, COST, OTHERS = (Column(secret, secret, Unit.MONEY, secret) for secret in ("none", "cost", "others"))


def seen(shop):
    with shop.store.reading() as s:
        return [column.key for column in visible(s, (OPEN, COST, OTHERS))]


def test_a_seller_sells_and_takes_back(shop):
    shop.hire("seller")
    sold = shop.ring_up(100)

    shop.bring_back(sold)

    assert shop.kpi("revenue") == 0


def test_who_was_let_go_may_do_nothing(shop):
    sold = shop.ring_up(100)
    mary = shop.add("user", name="Mary", role="seller")
    entities.remove(shop.store, "user", mary)
    shop.store.user = mary

    for attempt in (
        lambda: sales.record_sale(shop.store, SaleDraft(day("1405-08-01"), (LineDraft(None, unit_price=5),))),
        lambda: sales.record_change(shop.store, sold, shop.draft(sold)),
        lambda: sales.record_void(shop.store, sold),
        lambda: returns.record_return(shop.store, sold, [returns.BackLine(shop.lines(sold)[0].id, 1000)], day=day("1405-08-01")),
    ):
        with pytest.raises(Refused, match="role does not allow"):
            attempt()
    with shop.store.reading() as s:
        assert not allowed(s, "sell")


def test_what_goods_cost_and_others_earn_is_for_owner_and_accountant(shop):
    assert seen(shop) == ["none", "cost", "others"]

    shop.hire("accountant")
    assert seen(shop) == ["none", "cost", "others"]

    shop.hire("seller")
    assert seen(shop) == ["none"]


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("accountant", True), ("seller", False)])
def test_import_and_export_are_not_for_sellers(shop, role, may):
    shop.hire(role)

    with shop.store.reading() as s:
        assert allowed(s, "import") == allowed(s, "export") == may
