"""A whole sale without a mouse: lines by name, code or scanner, totals as they are typed, saved, changed, given back."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QPushButton

from desktop import app
from desktop.shop.sales import LineDraft, record_void
from desktop.shop.things import ENTITIES
from desktop.store.tables import Customer, Product, Sale
from desktop.values.digits import plain
from desktop.values.text import tr
from tests.ui.keys import click, enter, press, wait_until, write

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture
def shelf(counter):
    """Tea at 15,000 rials with a barcode, rice at 4,000 a kilo; Mina buys, Ali and Zahra sell."""
    tea = counter.goods("چای", price=15_000, cost=10_000, barcodes="6260001234567")
    rice = counter.goods("برنج", price=4_000, unit="کیلو")
    counter.add("customer", name="مینا کریمی")
    for name in ("علی", "زهرا"):
        counter.add("seller", name=name)
    return {"tea": tea, "rice": rice}


@pytest.fixture
def form(house, window, shelf):
    """The empty sale form, opened by its key."""
    press("F2")
    app.settle(house)
    return window.panel


def total(form):
    return plain(form.total.text())


def wrong(form):
    return form.entry.said.text() if form.entry.said.isVisible() else ""


def test_lines_are_typed_with_enter_and_the_total_follows(form):
    assert form.entry.product.hasFocus()
    enter("چای", "۲", "", "۵۰۰")
    assert total(form) == "۲٬۵۰۰ تومان"
    enter("برنج", "۱٫۵", "", "")

    assert total(form) == "۳٬۱۰۰ تومان"
    assert [row[2:] for row in form.entry.model.rows] == [("چای", 2000, 15_000, 5_000, 25_000), ("برنج", 1500, 4_000, None, 6_000)]
    assert form.entry.product.hasFocus()


def test_a_scanner_adds_a_line_and_then_raises_its_quantity(form):
    for _ in range(3):
        enter("6260001234567")

    assert [(line.product, line.quantity) for line in form.entry.lines] == [(1, 3000)]
    assert form.entry.product.hasFocus()
    assert form.entry.product.text() == ""


def test_a_barcode_nobody_knows_goes_to_the_product_that_is_made_next(form, window):
    enter("6260009999999")
    assert "6260009999999" in plain(wrong(form))
    assert form.entry.lines == []

    enter("نبات", "1", "۵٬۰۰۰", "")

    with window.desk.store.reading() as s:
        made = s.get(Product, form.entry.lines[0].product)
        assert (made.name, made.price) == ("نبات", 50_000)
        assert ENTITIES["product"].read(s, made.id)["barcodes"] == "6260009999999"


def test_enter_with_nothing_typed_goes_on_and_ctrl_enter_saves(form, window):
    enter("چای", "", "", "")
    press("Return")
    assert form.customer.hasFocus()
    enter("مینا", "علی")
    assert form.payment.hasFocus()

    press("Ctrl+Return")

    assert window.panel is None
    with window.desk.store.reading() as s:
        sale = s.get(Sale, 1)
        assert (sale.total, sale.payment, sale.day, s.get(Customer, sale.customer_id).name) == (15_000, "cash", TODAY, "مینا کریمی")


def test_a_half_typed_line_goes_in_when_the_sale_is_saved(form, window):
    write("چای")
    press("Return")
    press("Ctrl+Return")

    assert window.panel is None
    with window.desk.store.reading() as s:
        assert s.get(Sale, 1).lines == 1


def test_discount_and_tax_of_the_invoice_are_amounts_or_shares(form, counter, window):
    enter("چای", "۲", "", "")
    form.off.setFocus()
    enter("۱۰٪")
    assert total(form) == "۲٬۷۰۰ تومان"
    write("۱۰٪", form.tax)
    assert total(form) == "۲٬۹۷۰ تومان"
    press("Ctrl+Return")

    sold = counter.document(1)
    assert (sold.gross, sold.discount, sold.total, sold.tax) == (30_000, 3_000, 27_000, 2_700)


def test_two_sellers_share_a_sale_equally_or_as_typed(form, counter, window):
    enter("چای", "", "", "")
    form.sellers.pickers[0].setFocus()
    write("علی")
    press("Return")
    click(form.sellers.more)
    write("زهرا")
    press("Return")
    assert form.sellers.value() == ((1, 5_000), (2, 5_000))
    write("۳۰")
    press("Return")
    assert form.payment.hasFocus()
    press("Ctrl+Return")

    assert counter.shares(1) == {"علی": 7_000, "زهرا": 3_000}


def test_a_line_that_cannot_be_is_said_at_once_beside_it(form):
    enter("چای", "1", "۱٬۵۰۰", "۲٬۰۰۰")

    assert form.entry.model.rows[0][1] == "wrong"
    assert form.said.isVisible()
    press("Ctrl+Return")
    assert form.entry.quantity.text() == "۱"


def test_a_line_below_cost_is_remarked_and_still_sold(form, window):
    enter("چای", "1", "۹۰۰", "")

    assert form.said.objectName() == "remark"
    assert "۱" in form.said.text()
    press("Ctrl+Return")
    assert window.panel is None


def test_a_sale_needs_a_line_and_credit_needs_a_customer(form, window):
    press("Ctrl+Return")
    assert wrong(form) == tr("A sale needs at least one line.")

    enter("چای", "", "", "")
    form.payment.set_value("credit")
    press("Ctrl+Return")

    assert form.spots["customer"][1].text() == tr("A sale on credit needs a customer.")
    assert form.customer.hasFocus()
    enter("مهمان تازه")
    press("Ctrl+Return")
    assert window.panel is None


def test_lines_are_reached_changed_and_taken_out_by_keyboard(form):
    enter("چای", "", "", "")
    enter("برنج", "۲", "", "")
    press("Up")
    assert form.entry.table.hasFocus()

    press("Return")
    enter("۳", "", "")
    assert [line.quantity for line in form.entry.lines] == [1000, 3000]
    press("Up", "Delete")
    assert [line.quantity for line in form.entry.lines] == [1000]
    press("Escape")
    assert form.entry.product.hasFocus()


def test_escape_steps_back_and_what_was_begun_is_there_again(form, window):
    enter("چای", "۲", "", "")
    write("برن")
    wait_until(lambda: form.entry.product.offers)
    press("Escape")
    press("Escape")
    assert window.panel is form
    press("Escape")
    assert window.panel is None

    press("F2")

    again = window.panel
    assert total(again) == "۳٬۰۰۰ تومان"
    assert again.notice.isVisible()
    click(again.findChildren(QPushButton)[-1])
    assert again.entry.lines == []


def test_the_draft_survives_a_busy_book_and_is_saved_when_it_is_free(form, window):
    enter("چای", "۲", "", "")
    with window.desk.store._alone():
        press("Ctrl+Return")
        assert form.said.isVisible()
        assert len(form.entry.lines) == 1

    wait_until(lambda: window.panel is None)


def test_an_opened_sale_is_changed_and_keeps_its_number_cost_and_hour(house, window, counter, shelf):
    sale = counter.ring_up(LineDraft(shelf["tea"], 2000, 15_000, tax=700), on=TODAY, time="10:15", sellers=((1, 4_000), (2, 6_000)))
    before = counter.lines(sale)[0]
    window.open_form("sale", sale)
    form = window.panel
    assert form.tax.value() == 700
    form.entry.table.setFocus()
    press("Return")
    enter("۳", "", "")
    press("Ctrl+Return")

    after, document = counter.lines(sale)[0], counter.document(sale)
    assert (after.id, after.quantity, after.unit_cost, after.tax) == (before.id, 3000, before.unit_cost, 700)
    assert (document.number, document.time, document.total) == ("1", "10:15", 45_000)
    assert counter.shares(sale) == {"علی": 4_000, "زهرا": 6_000}


def test_a_sale_whose_payment_is_not_known_keeps_it_unknown(house, window, counter, shelf):
    sale = counter.ring_up(LineDraft(shelf["tea"], 1000, 15_000), on=TODAY, payment=None)
    window.open_form("sale", sale)
    press("Ctrl+Return")

    assert counter.document(sale).payment is None


def test_a_void_sale_is_shown_and_cannot_be_touched(house, window, counter, shelf):
    sale = counter.ring_up(LineDraft(shelf["tea"], 1000, 15_000), on=TODAY)
    record_void(window.desk.store, sale)

    window.open_form("sale", sale)

    assert window.panel.notice.isVisible()
    assert not window.panel.button.isEnabled()
    window.panel.entry.table.setFocus()
    press("Delete", widget=window.panel.entry.table)
    assert len(window.panel.entry.lines) == 1


def test_a_sale_is_voided_from_its_form_and_undone(house, window, counter, shelf):
    sale = counter.ring_up(LineDraft(shelf["tea"], 1000, 15_000), on=TODAY)
    window.open_form("sale", sale)
    click(window.panel.findChildren(QPushButton)[-1])
    assert window.panel is None
    assert counter.document(sale).status == "void"

    window.undo()

    assert counter.document(sale).status == "final"
