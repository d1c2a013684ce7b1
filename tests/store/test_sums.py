"""Day sums equal the documents after whatever happened, and shared documents to the last rial."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.sums import differing
from desktop.store.tables import Sale
from tests.little_shop import Line, Shop
from tests.store.strangers import raw

DAYS = ("1405-07-30", "1405-08-01", "1405-08-02")
SELLERS = (None, "Reza", {"Reza": 3_333, "Mina": 6_667}, {"Reza": 1, "Mina": 4_999, "Omid": 5_000})

documents = st.tuples(
    st.sampled_from(("sale", "return", "lump")), st.sampled_from(DAYS), st.sampled_from((None, "Sara", "Ali")), st.sampled_from(SELLERS),
    st.lists(st.tuples(st.integers(-50, 999), st.sampled_from((None, 0, 7)), st.sampled_from((0, 3))), min_size=1, max_size=3),
)  # fmt: skip
events = st.lists(
    st.tuples(st.sampled_from(("sell", "sell", "void", "move", "customer", "undo", "redo")), documents, st.integers(0, 9)),
    min_size=3,
    max_size=12,
)


def happen(shop, event, document, at):
    kind, when, customer, seller, lines = document
    if event in ("undo", "redo"):
        getattr(shop.store, event)()
    elif event == "sell" or not (there := [number for (number,) in raw(shop.store.path, "SELECT id FROM sale")]):
        sign = -1 if kind == "return" else 1
        rows = [Line(sign * abs(total), sign, None if cost is None else sign * cost, sign * off) for total, cost, off in lines]
        shop.sell(day=when, customer=customer, seller=seller, kind=kind, lines=rows[:1] if kind == "lump" else rows)
    elif event == "void":
        shop.void(there[at % len(there)])
    elif event == "move":
        shop.move(there[at % len(there)], when)
    else:
        new = shop.customer(customer)
        with shop.change("Change customer") as s:
            s.get(Sale, there[at % len(there)]).customer_id = new


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events)
def test_sums_equal_documents_whatever_happened(template, tmp_path, events):
    shop = Shop.at(tmp_path / f"{uuid4()}.cheragh", template)
    for event, document, at in events:
        happen(shop, event, document, at)

    with shop.store.trying() as s:
        assert not any(differing(s.connection().exec_driver_sql).values())
    assert shop.store.check() == []
    shop.store.close(backup=False)


def test_a_shared_sale_is_split_to_the_last_rial(shop):
    shop.sell(100, seller={"Reza": 3_333, "Mina": 3_333, "Omid": 3_334})

    parts = raw(shop.store.path, "SELECT net, orders FROM sum_day ORDER BY seller_id")
    assert parts == [(33, 3_333), (33, 3_333), (34, 3_334)]


def test_void_documents_are_in_no_sum(shop):
    shop.void(shop.sell(100, customer="Sara", payment="cash"))

    for table in ("sum_day", "sum_payment", "sum_day_customer", "sum_customer"):
        assert raw(shop.store.path, f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize(("damaged", "cost"), [(False, 0), (True, 60)])
def test_a_damaged_return_does_not_take_its_cost_back(shop, damaged, cost):
    shop.give_back(shop.sell(100, cost=60), 100, cost=60, damaged=damaged, day="1405-08-01")

    assert raw(shop.store.path, "SELECT net, cost FROM sum_day") == [(0, cost)]


def test_a_sale_moved_to_another_day_leaves_the_first_empty(shop):
    shop.move(shop.sell(100, day="1405-08-01"), "1405-08-05")

    assert raw(shop.store.path, "SELECT day, net FROM sum_day") == [("2026-10-27", 100)]


def test_only_the_touched_days_are_made_anew(shop):
    shop.sell(100, day="1405-08-01")
    raw(shop.store.path, "UPDATE sum_day SET net = 7")
    shop.sell(100, day="1405-08-02")

    assert raw(shop.store.path, "SELECT net FROM sum_day ORDER BY day") == [(7,), (100,)]
