"""The window is made anew at midnight, at sunset, in another language or unit: nothing that is open or half typed is lost."""

import datetime as dt
import threading

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTabWidget

from desktop import app
from desktop.shop.sales import LineDraft, record_takings
from desktop.shop.things import ENTITIES, save
from desktop.store.tables import Product, Sale
from desktop.ui.keys import KeySheet
from desktop.values.digits import plain
from tests.ui.keys import click, enter, press, wait_until, write

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
WRITTEN = {QLineEdit: "text", QPlainTextEdit: "toPlainText", QComboBox: "currentText", QCheckBox: "isChecked"}
BY_HAND = [key for key, entity in ENTITIES.items() if entity.fields]


def midnight(house, window):
    """The window of the shop's next day."""
    house.as_of = window.as_of + dt.timedelta(1)
    window._tick()
    return another(house, window)


def another(house, window):
    """The window that has come in the place of ``window``."""
    wait_until(lambda: house.window is not window)
    house.window.activateWindow()
    app.settle(house)
    return house.window


def stands(panel):
    """Everything a person sees in a form: title, fields, red edges, sentences, and where the keyboard is."""
    fields = [
        (one.objectName(), getattr(one, WRITTEN[kind])(), bool(one.property("wrong")), one.isVisible(), one.isEnabled())
        for kind in FIELDS
        for one in panel.findChildren(kind)
    ]
    said = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    here = panel.window().focusWidget()
    cursor = (here.cursorPosition(), here.selectedText()) if isinstance(here, QLineEdit) else None
    return type(panel), fields, sorted(said), (type(here), here.objectName(), cursor)


def test_a_half_typed_name_is_there_after_midnight(house, window):
    window.open_form("customer")
    write("Half typed name ")

    window = midnight(house, window)
    write("goes on")
    press("Ctrl+Return")

    assert window.panel is None
    assert [row[1] for row in window.desk.find("customer", "")] == ["Half typed name goes on"]


@pytest.mark.parametrize("key", BY_HAND)
def test_every_thing(house, window, key):
    window.open_form(key)
    for field in [one for one in window.panel.fields.values() if isinstance(one, (QLineEdit, QPlainTextEdit))]:
        field.clear()
        write("نیمه ۱۲", field)
    press("Left", "Left")
    before = stands(window.panel)

    window = midnight(house, window)

    assert stands(window.panel) == before


def test_what_a_refused_save_said_is_still_said(house, window):
    window.open_form("product")
    press("Ctrl+Return")
    before = stands(window.panel)
    assert any(wrong for _, _, wrong, _, _ in before[1])

    assert stands(midnight(house, window).panel) == before


def test_a_thing_that_is_being_changed(house, window):
    row = save(window.desk.store, "customer", None, {"name": "مینا", "phone": "09121234567"})
    window.open_form("customer", row)
    press("End")
    write(" یا مهسا")

    window = midnight(house, window)
    press("Ctrl+Return")

    assert [one[1] for one in window.desk.find("customer", "")] == ["مینا یا مهسا"]


@pytest.fixture
def shelf(counter):
    """Tea at 15,000 rials, and who sells it."""
    for name in ("علی", "زهرا"):
        counter.add("seller", name=name)
    return counter.goods("چای", 15_000, 9_000)


def half_a_sale(window):
    """One line in, another half typed, two sellers, a discount that cannot be read yet, a note."""
    window.open_form("sale")
    form = window.panel
    enter("چای", "۲", "", "")
    form._show_more()
    write("علی", form.sellers.pickers[0])
    press("Return")
    click(form.sellers.more)
    write("زهرا")
    press("Return")
    write("شنبه می‌آید", form.note)
    write("۱۰٫٪٪", form.off)
    write("چای", form.entry.product)
    press("Return")
    write("۳")


def test_a_new_sale_with_all_that_was_begun_in_it(house, window, shelf, counter):
    today = window.as_of
    half_a_sale(window)
    before = stands(window.panel)

    window = midnight(house, window)
    assert stands(window.panel) == before

    window.panel.off.clear()
    press("Return", "Return", "Return")
    press("Ctrl+Return")

    assert window.panel is None
    draft = counter.draft(1)
    assert (draft.day, [line.quantity for line in draft.lines], draft.note) == (today, [2000, 3000], "شنبه می‌آید")
    assert list(counter.shares(1)) == ["علی", "زهرا"]
    window.open_form("sale")
    assert window.panel.entry.lines == []


def test_a_sale_that_is_being_changed(house, window, shelf, counter):
    sale = counter.ring_up(LineDraft(shelf, 1000, 15_000), on=window.as_of, payment="card")
    window.open_form("sale", sale)
    window.panel.entry.reopen(0)
    write("۴")
    before = stands(window.panel)

    window = midnight(house, window)
    assert stands(window.panel) == before
    press("Ctrl+Return")

    assert (counter.lines(sale)[0].quantity, counter.document(sale).payment) == (4000, "card")
    assert len(counter.lines(sale)) == 1


def test_goods_that_come_back(house, window, shelf, counter):
    sale = counter.ring_up(LineDraft(shelf, 3000, 15_000), on=window.as_of)
    window.open_form("return", values={"sale": sale})
    write("۲")
    window.panel.damaged[0].setChecked(True)
    before = stands(window.panel)

    window = midnight(house, window)
    assert stands(window.panel) == before
    press("Ctrl+Return")

    assert (counter.document(2).total, counter.lines(2)[0].damaged) == (-30_000, 1)


@pytest.mark.parametrize("kept", [False, True], ids=["new", "of the book"])
def test_a_days_takings(house, window, counter, kept):
    if kept:
        with window.desk.store.changing("takings", "sell") as s:
            sale = record_takings(s, window.as_of, 70_000)
        window.open_form("sale", sale)
    else:
        window.open_form("takings")
    window.panel.amount.clear()
    write("۵۰۰", window.panel.amount)
    before = stands(window.panel)

    window = midnight(house, window)
    assert stands(window.panel) == before
    press("Ctrl+Return")

    with window.desk.store.reading() as s:
        assert s.get_one(Sale, 1).total == 5_000


def test_an_amount_in_toman_is_the_same_amount_in_a_window_of_rials(house, window):
    window.go("settings")
    app.settle(house)
    window.open_form("product")
    write("چای", window.panel.fields["name"])
    write("۵٬۰۰۰", window.panel.fields["price"])
    window.page.general.fields["money_unit"].set_value("rial")
    window.page.general.save("money_unit")

    window = another(house, window)
    assert plain(window.panel.fields["price"].text()) == "۵۰٬۰۰۰"
    press("Ctrl+Return")

    with window.desk.store.reading() as s:
        assert s.get_one(Product, 1).price == 50_000


def test_in_another_language_the_form_speaks_it_and_keeps_what_is_typed(data, book):
    house = app.App(None, "light")
    try:
        window = house.show(book)
        window.go("settings")
        app.settle(house)
        window.open_form("customer")
        write("مینا")
        window.page.general.fields["language"].set_value("en")
        window.page.general.save("language")

        window = another(house, window)

        assert (window.panel.head.text(), window.panel.fields["name"].text()) == ("New customer", "مینا")
    finally:
        house.leave()


def test_the_list_in_sight_and_what_is_looked_for_in_it(house, window):
    window.go("pipeline", "deals")
    write("پارچه", window.page.current().search)

    window = midnight(house, window)

    assert (window.page.current().key, window.page.current().search.text()) == ("deals", "پارچه")
    assert window.focusWidget() is window.page.current().search
    assert window.page.findChild(QTabWidget).currentIndex() == 1


@pytest.mark.parametrize("typed", ["", "مشتری"])
def test_the_row_on_which_somebody_stood(house, window, typed):
    rows = [save(window.desk.store, "customer", None, {"name": f"مشتری {n:03}"}) for n in range(150)]
    window.go("customers")
    app.settle(house)
    tab = window.page.current()
    write(typed, tab.search)
    wait_until(lambda: tab.filter == tab.model.chosen)
    tab.stand_on(rows[130])
    app.settle(house)
    tab.table.setFocus()

    window = midnight(house, window)
    wait_until(lambda: window.page.current().table.chosen() == rows[130])

    assert window.page.current().search.text() == typed
    assert window.focusWidget() is window.page.current().table


def test_yesterday_is_seen_from_the_new_day(house, window):
    window.page.bar.take("yesterday")
    today = window.as_of

    window = midnight(house, window)

    assert window.page.bar.period.start == today
    assert window.page.bar.buttons["yesterday"].isChecked()


def test_days_of_ones_own_stay_and_so_does_the_half_typed_one(house, window):
    window.page.bar.take("own")
    window.page.bar.first.clear()
    write("1405-0", window.page.bar.first)
    period = window.page.bar.period

    window = midnight(house, window)

    assert (window.page.bar.period, window.page.bar.first.text(), window.page.bar.first.isVisible()) == (period, "1405-0", True)


def test_a_file_that_is_looked_at_is_looked_at_again(house, window, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("نام,تلفن\nمینا,09121234567\n", "utf-8")
    window.bring(file)
    window.page.kind.set_value("customers")
    window.page.kind.activated.emit(window.page.kind.currentIndex())
    app.settle(house)

    window = midnight(house, window)

    assert (window.page.path, window.page.kind.value()) == (file, "customers")
    assert window.page.stack.currentWidget() is window.page.plan


def test_the_window_waits_until_what_lies_over_it_is_closed(house, window):
    keys = KeySheet(window)
    keys.open()
    house.rebuild()
    app.settle(house)
    assert house.window is window

    keys.close()

    another(house, window)


def test_what_was_begun_ends_in_the_window_it_was_begun_in(house, window):
    """Its answer was dropped at midnight: a demo shop that was written never opened."""
    gate, heard = threading.Event(), []
    window.desk.jobs.long(gate.wait, heard.append, window.failed)
    house.rebuild()
    house.qt.processEvents()
    assert house.window is window

    gate.set()
    app.settle(house)
    assert heard == [True]
    wait_until(lambda: house.window is not window)
