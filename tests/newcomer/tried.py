"""What a thing gets by its table, its file and its sentences alone; run by `tests/ui/test_acts.py` in a program of its own."""

import pytest
from PySide6.QtGui import QShortcut
from sqlalchemy import select

from desktop import app
from desktop.shop.exporting import export_all
from desktop.shop.importing import Options, import_file
from desktop.shop.lists import Filter
from desktop.shop.search import search
from desktop.shop.things import KINDS, LISTINGS, remove, restore, save
from desktop.values.text import Refused
from tests.little_shop import day
from tests.newcomer.tables import Order, Supplier
from tests.shop.counter import Counter
from tests.ui.keys import press, write

ABAN_3 = day("1405-08-03")


@pytest.fixture
def store(house, window):
    return window.desk.store


def rows(store, key, **chosen):
    with store.reading() as s:
        return [row[2:] for row in LISTINGS[key].page(s, Filter(**chosen))]


def everything(store, table):
    with store.reading() as s:
        return [(one.id, *(getattr(one, name) for name in ("name", "amount", "status", "archived") if hasattr(one, name)))
                for one in s.scalars(select(table))]  # fmt: skip


def test_it_is_typed_listed_and_found(house, window, store):
    window.go("suppliers")
    app.settle(house)
    listed = window.page.current()
    assert listed.stack.currentIndex() == 1
    assert window.sidebar.buttons["suppliers"].isChecked()

    window.page.begin()
    write("Tea House")
    press("Ctrl+Return")
    app.settle(house)

    assert rows(store, "suppliers") == [("Tea House", None, None)]
    with store.reading() as s:
        assert [(hit.kind, hit.title) for hit in search(s, "tea")] == [("supplier", "Tea House")]
    assert "Shift+F3" in [one.key().toString() for one in window.findChildren(QShortcut)]


def test_its_verbs_open_a_filled_form_and_change_the_book(house, window, store):
    tea = save(store, "supplier", None, {"name": "Tea House"})
    window.go("suppliers")
    app.settle(house)

    dict(window.page.tabs[0]._verbs(tea))["Order"]()
    assert window.panel.fields["supplier_id"].value() == tea
    order = save(store, "stock_order", None, {"day": ABAN_3, "supplier_id": tea, "amount": 500, "kind": "gift"})
    window.page.show_listing("stock_orders")
    app.settle(house)
    dict(window.page.tabs[1]._verbs(order))["Twice as much"]()

    assert rows(store, "stock_orders") == [(ABAN_3, "Tea House", 1000, "gift")]


def test_each_step_is_taken_back(store):
    tea = save(store, "supplier", None, {"name": "Tea House"})
    order = save(store, "stock_order", None, {"day": ABAN_3, "supplier_id": tea, "amount": 500})
    remove(store, "stock_order", order)
    remove(store, "supplier", tea)
    assert (rows(store, "suppliers"), rows(store, "stock_orders")) == ([], [])
    restore(store, "supplier", tea)

    for _ in range(3):
        store.undo()

    assert (len(rows(store, "suppliers")), len(rows(store, "stock_orders"))) == (1, 1)
    store.undo(), store.undo()
    assert everything(store, Supplier) == everything(store, Order) == []


def test_a_closed_month_keeps_it(store):
    Counter(store).close_month("1405-07")

    with pytest.raises(Refused, match="بسته"):
        save(store, "stock_order", None, {"day": day("1405-07-30"), "amount": 500})


def test_it_goes_out_and_comes_back(store, tmp_path):
    tea = save(store, "supplier", None, {"name": "Tea House", "code": "T1", "phone": "09121234567"})
    save(store, "stock_order", None, {"day": ABAN_3, "supplier_id": tea, "amount": 500, "kind": "gift"})
    save(store, "stock_order", None, {"day": ABAN_3, "amount": 70})
    before = rows(store, "suppliers"), sorted(rows(store, "stock_orders"), key=str)
    export_all(store, tmp_path)
    for _ in range(3):
        store.undo()

    for kind in ("suppliers", "stock_orders"):
        taken = import_file(store, tmp_path / f"{kind}.csv", Options(kind, unit="rial"), backup=False)
        assert (taken.accepted, taken.refused) == ({"suppliers": 1, "stock_orders": 2}[kind], 0)

    assert (rows(store, "suppliers"), sorted(rows(store, "stock_orders"), key=str)) == before
    store.revert(taken.batch)
    assert rows(store, "stock_orders") == []


def test_what_cannot_be_is_refused_and_what_is_there_skipped(store, tmp_path):
    Counter(store).close_month("1405-07")
    save(store, "supplier", None, {"name": "Tea House", "code": "T1"})
    file = tmp_path / "orders.csv"
    file.write_text("date,amount,kind,supplier\n1405/08/03,0,,\n1405/08/03,5,loan,\n1405/07/03,5,,\n1405/08/04,5,as a gift,Rice House\n")
    codes = tmp_path / "suppliers.csv"
    codes.write_text("name,code\nTea,T1\nOil,O1\nOil,O1\n")

    taken = import_file(store, file, Options("stock_orders", unit="rial"), backup=False)
    known = import_file(store, codes, Options("suppliers"), backup=False)

    assert (taken.accepted, [(one.row, one.field) for one in taken.refusals]) == (1, [(2, "amount"), (3, "kind"), (4, "date")])
    assert (known.accepted, known.skipped) == (1, 2)
    assert rows(store, "stock_orders") == [(day("1405-08-04"), "Rice House", 5, "gift")]
    assert set(KINDS) > {"suppliers", "stock_orders"}
