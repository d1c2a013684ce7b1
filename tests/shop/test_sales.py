"""Recording, changing and voiding sales."""

from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.shop import returns, sales
from desktop.shop.sales import LineDraft, SaleDraft
from desktop.store import dialect, series
from desktop.store.sums import differing
from desktop.store.tables import Sale, SaleLine
from desktop.values.text import Refused
from tests.little_shop import Line, day
from tests.shop.counter import Counter
from tests.store.strangers import last_done, raw


def change(shop, sale, **fields):
    sales.record_change(shop.store, sale, replace(shop.draft(sale), **fields))


def number(shop, kind="sale"):
    with shop.store.reading() as s:
        return str(series.coming(dialect.run(s.connection()), "sale", kind))


# Recording


def test_a_sale_is_kept_with_its_lines_its_cost_and_its_payment(shop):
    rice = shop.goods("Rice", price=500, cost=400, unit="kg")

    sold = shop.ring_up(LineDraft(rice, 2500, 500, discount=50), LineDraft(None, 1000, 30, tax=3, note=" bag "), invoice_discount=23)

    document, (first, second) = shop.document(sold), shop.lines(sold)
    assert (document.kind, document.lines, document.gross, document.discount, document.total, document.tax) == (
        "sale",
        2,
        1280,
        73,
        1207,
        3,
    )
    assert (first.gross, first.discount, first.invoice_discount, first.cost, first.unit_cost, first.measured) == (
        1250,
        72,
        22,
        1000,
        400,
        1,
    )
    assert (second.total, second.cost, second.measured, second.note) == (29, None, 0, "bag")
    assert shop.paid(sold) == [("cash", 1210)]


def test_what_is_sold_on_credit_is_not_paid_yet(shop):
    ali = shop.add("customer", name="Ali")

    assert shop.paid(shop.ring_up(100, payment="credit", customer=ali)) == []


def test_only_goods_given_back_make_a_return(shop):
    back = shop.ring_up(LineDraft(None, -1000, 40), LineDraft(None, -1000, 60, tax=2))
    exchange = shop.ring_up(LineDraft(None, -1000, 40), LineDraft(None, 1000, 60))

    assert (shop.document(back).kind, shop.document(back).total, shop.paid(back)) == ("return", -100, [("cash", -102)])
    assert (shop.document(exchange).kind, shop.document(exchange).total) == ("sale", 20)


def test_goods_given_back_without_their_sale_have_the_cost_that_was_typed_or_none(shop):
    rice = shop.goods(price=100, cost=80)

    back = shop.ring_up(LineDraft(rice, -1000, 100), LineDraft(rice, -1000, 100, unit_cost=70, damaged=True))

    assert [(line.cost, line.damaged) for line in shop.lines(back)] == [(None, 0), (-70, 1)]


def test_a_sale_knows_the_source_its_customer_came_from(shop):
    friend = shop.add("source", name="Friends")
    ali = shop.add("customer", name="Ali", first_source_id=friend)

    assert shop.document(shop.ring_up(100, customer=ali)).source_id == friend


def test_sellers_share_a_sale(shop):
    mary, ali = shop.seller("Mary"), shop.seller("Ali")

    sold = shop.ring_up(101, sellers=((mary, 5_000), (ali, 5_000)))

    assert shop.shares(sold) == {"Mary": 5_000, "Ali": 5_000}
    assert shop.kpi("revenue", seller="Mary") + shop.kpi("revenue", seller="Ali") == 101


def test_a_later_price_does_not_change_what_was_sold(shop):
    rice = shop.goods(price=100, cost=80)
    shop.ring_up(LineDraft(rice, unit_price=100))

    shop.change_thing("product", rice, price=300, cost=250)

    assert shop.kpi("gross_profit") == 20


def test_a_sale_that_cannot_be_recorded_leaves_nothing(shop):
    with pytest.raises(Refused) as refused:
        shop.ring_up(LineDraft(None, 0, 100))

    assert refused.value.field == "quantity"
    assert last_done(shop.store) is None


def test_undo_says_which_sale(shop):
    shop.ring_up(100)

    assert shop.store.undo() == "Record sale 1"
    assert shop.kpi("revenue") == 0


# Numbers


def test_numbers_continue_the_largest_of_their_kind(shop):
    assert number(shop) == "1"

    shop.ring_up(100, number="250")
    shop.ring_up(100, number="A-900")
    shop.ring_up(100, number="12")

    assert number(shop) == "251"
    assert number(shop, "return") == "1"


def test_numbers_continue_what_was_imported_in_whatever_order(shop):
    with shop.store.importing("sales", "old.csv", "x", "{}") as load:
        rows = [(str(n), load.batch_id) for n in (*range(900, 400, -1), "B17", "0007", "9" * 17)]
        load.connection.executemany(
            "INSERT INTO sale (kind, status, number, day, entered_at, lines, gross, discount, total, tax, batch_id) "
            "VALUES ('sale', 'final', ?, '2026-01-01', '', 0, 0, 0, 0, 0, ?)", rows)  # fmt: skip

    assert number(shop) == "901"
    assert shop.document(shop.ring_up(100)).number == "901"
    assert number(shop) == "902"


def test_a_number_that_was_undone_is_given_again(shop):
    shop.ring_up(100)
    shop.ring_up(100)
    shop.store.undo()

    assert number(shop) == "2"


def test_the_number_of_a_void_sale_is_not_given_again(shop):
    sales.record_void(shop.store, shop.ring_up(100))

    assert number(shop) == "2"
    with pytest.raises(Refused) as refused:
        shop.ring_up(100, number="1")
    assert refused.value.field == "number"


def test_numbers_go_back_when_an_import_is_taken_back(shop):
    with shop.store.importing("sales", "old.csv", "x", "{}") as load:
        load.connection.execute(
            "INSERT INTO sale (kind, status, number, day, entered_at, lines, gross, discount, total, tax, batch_id) "
            "VALUES ('sale', 'final', '900', '2026-01-01', '', 0, 0, 0, 0, 0, ?)", (load.batch_id,))  # fmt: skip
    assert number(shop) == "901"

    shop.store.revert(load.batch_id)

    assert number(shop) == "1"


def test_our_own_numbers_never_get_stuck(shop):
    """300 was typed once, then a pad of 200 numbers below it: the hundredth sale without a number was refused for ever."""
    shop.ring_up(100, number="300")
    for typed in range(1, 201):
        shop.ring_up(100, number=str(typed))

    assert [shop.document(shop.ring_up(100)).number for _ in range(100)] == [str(number) for number in range(301, 401)]


def test_a_taken_number_is_passed_over(shop):
    """However it came to be there."""
    shop.ring_up(100)
    raw(shop.store.path, "UPDATE series SET next = 1")

    assert shop.document(shop.ring_up(100)).number == "2"


def test_a_change_that_failed_took_no_number(shop):
    with suppress(ZeroDivisionError), shop.store.changing("Record sale", "sell") as s:
        sales.sell(s, SaleDraft(day("1405-08-01"), (LineDraft(None, 1000, 100),)))
        raise ZeroDivisionError

    assert number(shop) == "1"


def test_a_typed_number_that_was_undone_is_forgotten(shop):
    shop.ring_up(100)
    shop.ring_up(100, number="900")
    assert number(shop) == "901"
    shop.store.undo()

    assert number(shop) == "2"
    shop.store.redo()
    assert number(shop) == "901"


def test_an_old_sale_undone_gives_no_number_that_is_there(shop):
    first = shop.ring_up(100)
    shop.ring_up(100)
    change(shop, first, number="77")
    shop.store.undo()

    assert number(shop) == "3"


def test_takings_have_numbers_of_their_own(shop):
    shop.ring_up(100, number="250")
    with shop.store.changing("Record takings", "sell") as s:
        lump = sales.record_takings(s, day("1405-08-01"), 5_000)

    assert shop.document(lump).number == "1"


# Changing


def test_a_changed_sale_says_what_the_form_says(shop):
    rice = shop.goods(price=100, cost=80)
    sold = shop.ring_up(LineDraft(rice, unit_price=100), 50, payment="card")
    first, second = shop.draft(sold).lines

    change(shop, sold, day=day("1405-08-09"), payment="cash", lines=(first.retyped(quantity=3000), LineDraft(None, unit_price=7)))

    assert shop.document(sold).total == 307
    assert [(line.position, line.quantity, line.total) for line in shop.lines(sold)] == [(1, 3000, 300), (2, 1000, 7)]
    assert shop.lines(sold)[0].id == first.id
    assert second.id not in {line.id for line in shop.lines(sold)}
    assert shop.paid(sold) == [("cash", 307)]
    assert shop.kpi("revenue", over="1405-08-09") == 307


def test_saving_an_opened_sale_unchanged_changes_nothing(shop):
    rice = shop.goods(price=333, cost=80, unit="kg")
    mary, ali = shop.seller("Mary"), shop.seller("Ali")
    sold = shop.ring_up(LineDraft(rice, 1234, 333, discount=7, tax=5), 50, invoice_discount=11, sellers=((mary, 3_000), (ali, 7_000)))
    before = last_done(shop.store)

    change(shop, sold)

    assert last_done(shop.store) == before


def test_the_cost_of_the_day_of_sale_stays_when_a_sale_is_changed(shop):
    rice = shop.goods(price=100, cost=80)
    sold = shop.ring_up(LineDraft(rice, unit_price=100))
    shop.change_thing("product", rice, cost=95)

    change(shop, sold, lines=(shop.draft(sold).lines[0].retyped(quantity=2000),))

    assert shop.lines(sold)[0].cost == 160


def test_an_imported_line_without_price_or_cost_keeps_its_amount(shop):
    """Changing the customer of an imported sale must not invent a price or a cost for its lines."""
    rice = shop.goods("Rice", price=100, cost=80)
    sold = shop.sell(lines=[Line(total=945, quantity=2, discount=5, product="Rice")])
    with shop.change() as s:
        s.get(SaleLine, shop.lines(sold)[0].id).unit_price = None

    change(shop, sold, customer=shop.add("customer", name="Ali"))

    (line,) = shop.lines(sold)
    assert (line.product_id, line.gross, line.total, line.unit_price, line.cost) == (rice, 950, 945, None, None)


def test_a_void_sale_can_not_be_changed(shop):
    sold = shop.ring_up(100)
    sales.record_void(shop.store, sold)

    with pytest.raises(Refused, match="void"):
        change(shop, sold, note="late")


def test_a_sale_that_was_undone_can_not_be_changed_void_or_given_back(shop):
    sold = shop.ring_up(100)
    draft, line = shop.draft(sold), shop.lines(sold)[0].id
    shop.store.undo()

    with pytest.raises(Refused, match="not in the book any more"):
        sales.record_change(shop.store, sold, draft)
    with pytest.raises(Refused, match="not in the book any more"):
        sales.record_void(shop.store, sold)
    with pytest.raises(Refused, match="not in the book any more"):
        returns.record_return(shop.store, sold, [returns.BackLine(line, 1000)], day=day("1405-08-01"))


def test_sellers_of_a_closed_month_stay(shop):
    sold = shop.ring_up(100, on="1405-07-05", sellers=((shop.seller("Mary"), 10_000),))
    shop.close_month("1405-07")

    with pytest.raises(Refused, match="closed"):
        change(shop, sold, sellers=((shop.seller("Ali"), 10_000),))

    assert shop.shares(sold) == {"Mary": 10_000}


def test_a_sale_cannot_take_anothers_number_but_keeps_its_own(shop):
    first, second = shop.ring_up(100), shop.ring_up(50)

    with pytest.raises(Refused) as refused:
        change(shop, second, number="1")
    assert refused.value.field == "number"
    change(shop, first, number="1", note="same")
    change(shop, second, number="۷")
    assert shop.document(second).number == "7"


def test_the_payment_follows_the_sale(shop):
    ali = shop.add("customer", name="Ali")
    sold = shop.ring_up(100, payment="cash", customer=ali)

    change(shop, sold, payment="credit")
    assert shop.paid(sold) == []
    change(shop, sold, payment="card", lines=(*shop.draft(sold).lines, LineDraft(None, unit_price=20, tax=2)))
    assert shop.paid(sold) == [("card", 122)]


def test_lines_keep_their_rows_when_they_change_places(shop):
    sold = shop.ring_up(10, 20, 30)
    one, two, three = (line.id for line in shop.lines(sold))

    change(shop, sold, lines=shop.draft(sold).lines[::-1])
    assert [(line.id, line.total) for line in shop.lines(sold)] == [(three, 30), (two, 20), (one, 10)]

    shop.store.undo()
    assert [(line.id, line.total) for line in shop.lines(sold)] == [(one, 10), (two, 20), (three, 30)]


def test_sellers_can_be_shared_anew(shop):
    mary, tom, sara = shop.seller("Mary"), shop.seller("Tom"), shop.seller("Sara")
    sold = shop.ring_up(100, sellers=((mary, 5_000), (tom, 5_000)))

    change(shop, sold, sellers=((tom, 2_500), (sara, 7_500)))

    assert shop.shares(sold) == {"Tom": 2_500, "Sara": 7_500}
    assert [shop.kpi("revenue", seller=name) for name in ("Mary", "Tom", "Sara")] == [0, 25, 75]


# Voiding


def test_a_void_sale_counts_nowhere_and_is_not_paid(shop):
    sold = shop.ring_up(100)
    shop.ring_up(40)

    sales.record_void(shop.store, sold)

    assert (shop.kpi("revenue"), shop.kpi("orders"), shop.paid(sold)) == (40, 1, [])


def test_a_sale_is_void_once(shop):
    sold = shop.ring_up(100)
    sales.record_void(shop.store, sold)

    with pytest.raises(Refused, match="void already"):
        sales.record_void(shop.store, sold)


# The day's takings


def test_the_days_takings_count_as_revenue_only(shop):
    with shop.store.changing("Record takings", "sell") as s:
        lump = sales.record_takings(s, day("1405-08-01"), 5_000, payment="card")

    assert (shop.kpi("revenue"), shop.kpi("orders"), shop.paid(lump)) == (5_000, 0, [("card", 5_000)])


def test_the_days_takings_can_be_put_right(shop):
    mary = shop.seller("Mary")
    with shop.store.changing("Record takings", "sell") as s:
        lump = sales.record_takings(s, day("1405-08-01"), 5_000, seller=mary)
    with shop.store.changing("Change takings", "sell") as s:
        sales.record_takings(s, day("1405-08-02"), 7_000, lump=lump)

    assert (shop.kpi("revenue", over="1405-08-01"), shop.kpi("revenue", over="1405-08-02")) == (0, 7_000)
    assert len(shop.lines(lump)) == 1


@pytest.mark.parametrize("amount", [0, -5])
def test_takings_are_above_zero(shop, amount):
    with pytest.raises(Refused) as refused, shop.store.changing("Record takings", "sell") as s:
        sales.record_takings(s, day("1405-08-01"), amount)

    assert refused.value.field == "amount"


def test_takings_and_sales_are_changed_by_their_own_verbs(shop):
    with shop.store.changing("Record takings", "sell") as s:
        lump = sales.record_takings(s, day("1405-08-01"), 5_000)
    sold = shop.ring_up(100)

    with pytest.raises(Refused, match="one sum"):
        change(shop, lump, note="x")
    with pytest.raises(Refused, match="not a day's takings"), shop.store.changing("Change takings", "sell") as s:
        sales.record_takings(s, day("1405-08-01"), 7_000, lump=sold)


# The law: whatever is sold, changed, voided and undone, the day sums equal the documents and each document its lines

lines = st.builds(LineDraft, product=st.sampled_from([None, 1, 2]), quantity=st.sampled_from([-1000, 250, 1000, 3000]),
                  unit_price=st.integers(0, 999), tax=st.integers(0, 9))  # fmt: skip
drafts = st.builds(
    SaleDraft, day=st.sampled_from([day("1405-08-01"), day("1405-08-02")]), lines=st.lists(lines, min_size=1, max_size=3).map(tuple),
    customer=st.sampled_from([None, 1]), sellers=st.sampled_from([(), ((1, 10_000),), ((1, 3_333), (2, 6_667))]),
)  # fmt: skip
steps = st.lists(
    st.tuples(st.sampled_from(["sell", "sell", "change", "return", "void", "undo", "redo"]), drafts, st.integers(0, 9)),
    min_size=4,
    max_size=10,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_day_sums_follow_every_verb(template, tmp_path, steps):
    shop = Counter.at(tmp_path / f"{uuid4()}.cheragh", template)
    shop.goods("Rice", cost=10)
    shop.goods("Oil")
    shop.add("customer", name="Ali")
    shop.seller("Mary"), shop.seller("Ali")
    sold = []
    for verb, draft, at in steps:
        with suppress(Refused):
            if verb == "sell" or not sold:
                sold.append(sales.record_sale(shop.store, draft))
            elif verb in ("undo", "redo"):
                shop.store.undo() if verb == "undo" else shop.store.redo()
            elif verb == "return":
                back = [returns.BackLine(line.id, abs(line.quantity) // 2) for line in shop.lines(sold[at % len(sold)])]
                sold.append(returns.record_return(shop.store, sold[at % len(sold)], back, day=day("1405-08-02")))
            elif verb == "change":
                sales.record_change(shop.store, sold[at % len(sold)], draft)
            else:
                sales.record_void(shop.store, sold[at % len(sold)])

    with shop.store.trying() as s:
        assert not any(differing(s.connection().exec_driver_sql).values())
        for sale in s.scalars(select(Sale)).all():
            lines = s.scalars(select(SaleLine).where(SaleLine.sale_id == sale.id)).all()
            assert (sale.total, sale.tax, sale.lines) == (sum(x.total for x in lines), sum(x.tax for x in lines), len(lines))
    shop.store.close(backup=False)
