"""Day sums equal the documents after whatever happened, and shared documents to the last rial."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop import cli, kpi
from desktop.store.sums import differing
from desktop.store.tables import Sale
from desktop.store.trouble import Trouble
from desktop.values.digits import plain
from desktop.values.text import Refused
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


# Nothing overflows in silence: 64 bits hold 9.2 × 10^18


HUGE = 2**60


@pytest.mark.parametrize(
    ("second", "largest", "number"),
    [
        ({"day": "1405-08-01"}, HUGE, 2),  # a day, its payment and its customer
        ({"day": "1405-08-02"}, HUGE, 2),  # a customer, over the days
        ({"day": "1406-01-01", "customer": None}, HUGE, 2),  # all years together
        ({"lines": [Line(HUGE), Line(-HUGE, -1)]}, HUGE, 1),  # nothing in the end
        ({"lines": [Line(1, cost=HUGE + HUGE // 8)]}, HUGE, 1),
        ({"lines": [Line(5, quantity=922_337_203_686)]}, HUGE, 1),  # pieces
        ({"total": 5, "tax": 2 * HUGE, "cost": 0}, 2 * HUGE, 2),
        ({"total": 2**63 - 10}, 2**63 - 10, 2),
    ],
)
def test_what_the_book_could_not_add_up_is_refused_by_its_amount_and_document(shop, second, largest, number):
    """SQLite adds whole numbers up to 2^63 and then stops, or goes on with floats: both once came as they liked."""
    shop.sell(HUGE, customer="Ali", payment="cash", cost=HUGE // 2, tax=HUGE // 2)
    before = shop.kpi("revenue"), shop.kpi("gross_profit")
    known = {"total": HUGE, "customer": "Ali", "payment": "cash", "cost": HUGE, "tax": HUGE}

    with pytest.raises(Refused) as refused:
        shop.sell(**({"customer": "Ali"} if "lines" in second else known) | second)
    assert plain(str(refused.value)).startswith(f"The book cannot add up so much together. The largest amount is {largest // 10:,}")
    assert f"in document sale-{number};" in plain(str(refused.value))
    assert (shop.kpi("revenue"), shop.kpi("gross_profit")) == before == (HUGE, HUGE // 2)
    assert shop.store.check() == []
    assert shop.store.undo() == "Record sale"
    assert shop.store.redo() == "Record sale"
    assert shop.kpi("revenue") == HUGE


def test_sums_up_to_there_are_right_to_the_last_rial(shop):
    amounts = [10**15 + 1, 10**16 + 3, 10**17 + 7, 10**18 + 9]
    for at, amount in enumerate(amounts, 1):
        shop.sell(amount, day=f"1405-08-0{at}", customer="Ali", seller={"Reza": 3333, "Mina": 6667}, cost=amount - at, product="Gold")
    asked = shop.scope()
    with shop.store.reading() as s:
        found = kpi.all_lists(s, asked)

    assert shop.kpi("revenue") == shop.kpi("revenue", "1400..1410") == sum(amounts)
    assert found.products[0].revenue == found.customers[0].revenue == sum(amounts)
    assert sum(line.numbers["revenue"] for line in found.sellers) == sum(amounts)
    assert shop.kpi("gross_profit") == found.products[0].gross_profit == found.customers[0].clv_historic == 10
    assert shop.store.check() == []


def test_a_book_that_cannot_be_added_up_says_so(shop, capsys):
    """Such a book can only have been made by other hands; it is told in a sentence, and a large document can still be voided."""
    first, _ = shop.sell(5), shop.sell(HUGE)
    for table in ("sale", "sale_line"):
        raw(shop.store.path, f"UPDATE {table} SET gross = ?, total = ? WHERE id = 1", 2**63 - 1, 2**63 - 1)
    for _ in range(3):
        shop.deal(2**62, outcome="lost", closed="1405-08-05", reason="price")

    with pytest.raises(Trouble, match="too many zeros"):
        shop.store.check()
    with pytest.raises(Trouble, match="too many zeros"), shop.store.reading() as s:
        kpi.all_lists(s, shop.scope())
    shop.void(first)
    shop.store.close(backup=False)
    assert cli.run(["--lang", "en", "kpi", "--book", str(shop.store.path), "--period", "1405-08", "--json"]) == 1
    assert "too many zeros" in capsys.readouterr().err
