"""The plain lists: paged, searched, sorted, filtered, emptied, brought back - and all of it remembered."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QPushButton

from desktop import app
from desktop.shop.lists import PAGE, Filter
from desktop.shop.sales import LineDraft
from desktop.shop.things import LISTED, LISTINGS
from desktop.store.tables import Deal, Lead
from desktop.ui.documents import ReturnForm, TakingsForm
from desktop.ui.pages.cells import written
from desktop.ui.pages.listing import ListPage, ListTab
from desktop.ui.sale import SaleForm
from desktop.values.digits import plain
from desktop.values.text import tr
from tests.store.strangers import last_done
from tests.ui.keys import click, press, write

TODAY = dt.datetime.now().astimezone().date()


def tab(house, window, page, key):
    window.go(page)
    window.page.show_listing(key)
    app.settle(house)
    return window.page.current()


def names(listed, at=2):
    return [row[at] for row in listed.model.rows]


def headings(listed):
    return {column.key: at for at, column in enumerate(listed.listing.columns)}


@pytest.mark.parametrize("key", list(LISTINGS))
def test_every_list_opens_empty_and_says_what_it_is_for(house, window, key):
    page = ListPage(window, "lists", "Lists", (key,))
    page.refresh()
    app.settle(house)
    listed = page.tabs[0]

    assert LISTED[key].empty
    if not listed.model.rows:
        assert listed.stack.currentIndex() == 1
        assert bool(listed.new) == listed.stack.widget(1).button.isVisibleTo(listed.stack.widget(1))
    page.deleteLater()


def test_an_empty_list_opens_the_form_that_fills_it(house, window):
    listed = tab(house, window, "customers", "customers")
    click(listed.stack.currentWidget().button)

    assert window.panel.entity.key == "customer"


def test_a_long_list_comes_a_page_at_a_time(house, window, counter):
    with counter.change():
        for at in range(PAGE + 130):
            counter.customer(f"مشتری {at:04}")
    listed = tab(house, window, "customers", "customers")
    assert len(listed.model.rows) == PAGE
    assert plain(listed.count.text()) == "۳۳۰ ردیف، به تومان"

    listed.table.verticalScrollBar().setValue(listed.table.verticalScrollBar().maximum())
    app.settle(house)

    assert len(listed.model.rows) == PAGE + 130
    assert len(set(names(listed))) == PAGE + 130


def test_searching_narrows_the_list_and_nothing_found_says_so(house, window, counter):
    for name in ("مینا", "رضا"):
        counter.add("customer", name=name)
    listed = tab(house, window, "customers", "customers")
    press("Ctrl+F")
    write("مي")
    listed.refresh()
    app.settle(house)
    assert names(listed) == ["مینا"]

    write("خخ")
    listed.refresh()
    app.settle(house)
    assert listed.stack.currentIndex() == 2
    click(listed.stack.currentWidget().button)
    app.settle(house)
    assert names(listed) == ["رضا", "مینا"]


def test_a_header_sorts_up_down_and_as_before_and_is_remembered(house, window, counter):
    for name, price in (("الف", 30), ("ب", 10), ("پ", 20)):
        counter.goods(name, price=price)
    listed = tab(house, window, "products", "products")
    at = headings(listed)["price"]
    for expected in (["ب", "پ", "الف"], ["الف", "پ", "ب"], ["الف", "ب", "پ"], ["ب", "پ", "الف"]):
        listed.table.horizontalHeader().sectionClicked.emit(at)
        app.settle(house)
        assert names(listed) == expected

    house.rebuild()
    app.settle(house)
    while house.window is window:
        house.qt.processEvents()
    app.settle(house)
    assert names(tab(house, house.window, "products", "products")) == ["ب", "پ", "الف"]


def test_archived_rows_are_hidden_shown_and_brought_back(house, window, counter):
    counter.add("customer", name="مینا")
    listed = tab(house, window, "customers", "customers")
    listed.table.setFocus()
    press("Delete")
    app.settle(house)
    assert names(listed) == []
    listed.all.setChecked(True)
    app.settle(house)
    assert names(listed, 1) == ["archived"]

    listed.table.setFocus()
    press("Delete")
    app.settle(house)

    assert names(listed, 1) == ["final"]


def test_the_row_one_stands_on_stays_when_the_book_changes(house, window, counter):
    for name in ("الف", "ب", "پ"):
        counter.add("customer", name=name)
    listed = tab(house, window, "customers", "customers")
    listed.table.stand_on(2)
    before = listed.table.chosen()

    counter.add("customer", name="ا")
    app.settle(house)

    assert listed.table.chosen() == before
    assert len(names(listed)) == 4


def test_sales_are_narrowed_to_a_kind_opened_voided_and_given_back(house, window, counter):
    tea = counter.goods("چای")
    sold = counter.ring_up(LineDraft(tea, 2000, 15_000), on=TODAY)
    counter.bring_back(sold, on=TODAY)
    listed = tab(house, window, "sales", "sales")
    assert len(names(listed)) == 2
    listed.narrow.set_value("sale")
    app.settle(house)
    assert [row[0] for row in listed.model.rows] == [sold]

    verbs = dict(listed._verbs(sold))
    verbs[tr("Give back")]()
    assert isinstance(window.panel, ReturnForm)
    listed.table.setFocus()
    press("Delete")
    assert tr("Part of this sale was given back. Void the return first.") == window.toast.text


def test_a_list_of_dated_things_shows_some_days_only(house, window, counter):
    for days in (0, 0, 400):
        counter.ring_up(10_000, on=TODAY - dt.timedelta(days))
    listed = tab(house, window, "sales", "sales")
    assert len(names(listed)) == 3
    listed.when.set_value("day")
    app.settle(house)
    assert (len(names(listed)), plain(listed.count.text())) == (2, "۲ ردیف، به تومان")
    assert plain(listed.sums.text()) == "جمع به تومان: مبلغ ۲٬۰۰۰"

    listed.when.set_value("before")
    app.settle(house)
    click(listed.stack.currentWidget().button)
    app.settle(house)
    assert len(names(listed)) == 3


def test_enter_in_the_search_goes_to_what_was_found(house, window, counter):
    counter.add("customer", name="مینا")
    listed = tab(house, window, "customers", "customers")
    press("Ctrl+F")
    write("مینا")
    press("Return")

    assert listed.table.hasFocus()
    assert listed.table.chosen() is not None


def test_the_days_takings_have_their_button(house, window):
    window.go("sales")
    click(next(one for one in window.page.findChildren(QPushButton) if one.text() == tr("The day's takings")))

    assert isinstance(window.panel, TakingsForm)


def test_a_deal_is_won_and_opened_again_and_a_lead_becomes_a_customer_from_the_menu(house, window, counter):
    deal = counter.add("deal", name="سفارش", stage_id=counter.stage(0))
    lead = counter.add("lead", name="رضا", day=TODAY)
    listed = tab(house, window, "pipeline", "deals")
    for word, outcome in (("Won today", "won"), ("Lost today", "lost"), ("Open again", "open")):
        dict(listed._verbs(deal))[tr(word)]()
        with window.desk.store.reading() as s:
            assert s.get(Deal, deal).outcome == outcome
    listed = tab(house, window, "pipeline", "leads")
    dict(listed._verbs(lead))[tr("Became a customer")]()

    with window.desk.store.reading() as s:
        assert s.get(Lead, lead).status == "converted"
    assert last_done(window.desk.store) == tr("Lead {name} becomes a customer", name="رضا")


def test_an_import_is_taken_back_from_its_list_and_a_payment_opens_its_sale(house, window, counter, tmp_path):
    from desktop.shop.importing import Options, import_file

    file = tmp_path / "customers.csv"
    file.write_text("نام,تلفن\nمینا,09121234567\n", "utf-8")
    import_file(window.desk.store, file, Options(kind="customers"))
    page = ListPage(window, "lists", "Lists", ("imports",))
    page.refresh()
    app.settle(house)
    listed = page.tabs[0]
    dict(listed._verbs(listed.model.rows[0][0]))[tr("Take this import back")]()
    app.settle(house)
    with window.desk.store.reading() as s:
        assert LISTINGS["customers"].count(s, Filter(all=True)) == 0
    page.deleteLater()

    counter.ring_up(10_000, on=TODAY)
    paid = tab(house, window, "sales", "payments")
    paid.table.setFocus()
    press("Return")
    assert isinstance(window.panel, SaleForm)


def test_a_deal_begins_with_its_lead(house, window, counter):
    lead = counter.add("lead", name="رضا", day=TODAY)
    listed = tab(house, window, "pipeline", "leads")
    dict(listed._verbs(lead))[tr("New deal")]()

    form = window.panel
    assert (form.entity.key, form.fields["name"].text(), form.fields["lead_id"].value()) == ("deal", "رضا", lead)


def test_longer_words_widen_their_column(house, window, counter):
    counter.add("category", name="چای")
    counter.goods("چای", category_id=1)
    listed = tab(house, window, "products", "products")
    at = headings(listed)["code"]
    before = listed.table.columnWidth(at)

    counter.goods("قند", code="1234567890123456789")
    app.settle(house)

    assert listed.table.columnWidth(at) > before


def test_cells_say_words_where_the_book_keeps_codes(window):
    sales, targets = LISTINGS["sales"], LISTINGS["targets"]
    columns = {column.key: column for column in (*targets.columns, *sales.columns)}
    row = (1, "final", dt.date(2026, 10, 23), "month", "conversion_rate", None, 3400, "at_least", None)

    assert written("sales", columns["payment"], "card", ()) == tr("card")
    assert written("sales", columns["discount"], 0, (1, "final", *[None] * 11)) == ""
    assert plain(written("targets", columns["value"], 3400, row)) == "۳۴٪"
    assert written("targets", columns["month"], row[2], row) == "آبان ۱۴۰۵"
    assert written("targets", columns["kpi"], "revenue", row) == tr("Net sales (revenue)")


def test_what_cannot_be_read_is_said(house, window):
    listed = ListTab(window.page, "customers")
    listed._failed(ValueError("broken"))

    assert listed.count.text() == tr("It could not be read.")
    assert window.toast.text
    listed.deleteLater()
