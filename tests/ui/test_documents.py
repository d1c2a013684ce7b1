"""Goods that come back to their sale, and the day's takings in one sum."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.shop.sales import LineDraft, record_takings
from desktop.store.tables import Sale
from desktop.ui.documents import ReturnForm, TakingsForm
from desktop.ui.sale import SaleForm
from desktop.values.digits import plain
from tests.ui.keys import click, enter, press, write

TODAY = dt.datetime.now().astimezone().date()


@pytest.fixture
def sale(counter):
    """Three teas at 15,000 and one rice at 4,000, 10 % off the invoice; yesterday."""
    tea, rice = counter.goods("چای"), counter.goods("برنج")
    lines = (LineDraft(tea, 3000, 15_000), LineDraft(rice, 1000, 4_000))
    return counter.ring_up(*lines, on=TODAY - dt.timedelta(1), payment="card", invoice_discount=4_900)


def test_a_quantity_beside_a_line_comes_back_for_what_was_paid(window, counter, sale):
    window.open_form("sale", sale)
    click(next(one for one in window.panel.findChildren(QPushButton) if one.accessibleName() == "برگشت از فروش"))
    form = window.panel
    assert isinstance(form, ReturnForm)
    write("۲")
    assert plain(form.total.text()) == "۲٬۷۰۰ تومان"
    form.damaged[0].setChecked(True)
    press("Ctrl+Return")

    assert window.panel is None
    back = counter.document(2)
    assert (back.kind, back.original_id, back.total, back.payment, back.day) == ("return", sale, -27_000, "card", TODAY)
    assert counter.lines(2)[0].damaged == 1


def test_everything_comes_back_by_one_button(window, counter, sale):
    window.open_form("return", values={"sale": sale})
    click(next(one for one in window.panel.findChildren(QPushButton) if one.text() == "همه"))
    press("Return")

    assert counter.document(2).total == -44_100


def test_more_than_was_sold_is_refused_beside_the_line(window, counter, sale):
    window.open_form("return", values={"sale": sale})
    write("۴")

    form = window.panel
    assert form.quantities[0].property("wrong")
    assert form.said.isVisible()
    press("Ctrl+Return")
    assert window.panel is form


def test_a_days_takings_are_typed_changed_and_opened_in_their_own_form(window, counter):
    window.open_form("takings")
    enter("۲ میلیون")
    press("Ctrl+Return")
    assert (counter.document(1).kind, counter.document(1).total, counter.document(1).day) == ("lump", 20_000_000, TODAY)

    window.open_form("sale", 1)
    assert isinstance(window.panel, TakingsForm)
    window.panel.amount.selectAll()
    enter("۳ میلیون")
    press("Ctrl+Return")

    assert counter.document(1).total == 30_000_000
    window.undo()
    assert counter.document(1).total == 20_000_000


def test_takings_without_a_sum_are_refused_beside_the_amount(window):
    window.open_form("takings")
    press("Ctrl+Return")

    assert window.panel.spots["amount"][1].isVisible()
    assert window.panel.amount.hasFocus()


def test_each_document_opens_in_the_form_of_its_kind(window, counter, sale):
    with window.desk.store.changing("Takings", "sell") as s:
        lump = record_takings(s, TODAY, 1_000)
    counter.bring_back(sale, on=TODAY)
    with window.desk.store.reading() as s:
        back = s.query(Sale.id).filter(Sale.kind == "return").scalar()
    for row, kind in ((sale, SaleForm), (lump, TakingsForm), (back, SaleForm), (None, SaleForm)):
        window.open_form("sale", row or None)
        assert isinstance(window.panel, kind)
