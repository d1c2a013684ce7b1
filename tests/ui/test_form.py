"""The form of every thing: filled in by keyboard, refused beside the field, changed, archived and brought back."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop import app
from desktop.shop.importing import Options, import_file
from desktop.shop.things import ENTITIES
from desktop.store.tables import Category, Customer, Deal, Lead, Product, Seller, Source, Target
from desktop.ui.fields import go_to
from desktop.values.digits import plain
from desktop.values.text import tr
from desktop.values.unit import Unit
from tests.ui.keys import click, enter, press, wait_until, write

TODAY = dt.datetime.now().astimezone().date()


def said(form):
    """What is said beside each field."""
    return {key: label.text() for key, (_, label) in form.spots.items() if label.isVisible()}


def row(window, table, row_id=1):
    with window.desk.store.reading() as s:
        return s.get(table, row_id)


@pytest.mark.parametrize("key", list(ENTITIES))
def test_every_thing_has_a_form_whose_needed_fields_are_asked_for(house, window, key):
    window.open_form(key)
    form = window.panel
    for widget in form.fields.values():
        if isinstance(widget, QLineEdit):
            widget.set_value(None)

    press("Ctrl+Return")

    asked = {field.key for field in ENTITIES[key].fields if field.needed and field.kind not in ("choice", "kpi")}
    assert asked <= said(form).keys()
    assert window.panel is form


def test_a_product_is_typed_from_field_to_field(house, window):
    window.open_form("product")

    enter("چای", "۱۲", "626 627", "نوشیدنی", "بسته", "۱۵۰٬۰۰۰", "۱۰۰ هزار")
    press("Return")

    assert window.panel is None
    made = row(window, Product)
    assert (made.name, made.code, made.unit, made.price, made.cost) == ("چای", "12", "بسته", 1_500_000, 1_000_000)
    assert row(window, Category).name == "نوشیدنی"
    with window.desk.store.reading() as s:
        assert ENTITIES["product"].read(s, 1)["barcodes"] == "626 627"


def test_a_field_that_cannot_be_read_is_said_as_soon_as_it_is_left(house, window):
    window.open_form("product")
    price = window.panel.fields["price"]
    go_to(price)

    enter("گران")

    assert said(window.panel).keys() == {"price"}
    assert price.property("wrong")
    go_to(price)
    enter("۱۰")
    assert said(window.panel) == {}
    assert not price.property("wrong")


def test_what_is_worth_a_second_look_is_said_gently_and_saved_all_the_same(house, window, counter):
    counter.add("customer", name="مینا", phone="09121234567")
    window.open_form("customer")

    enter("مینا", "")

    form = window.panel
    assert said(form) == {"name": tr("Another customer is called so too.")}
    assert form.spots["name"][1].objectName() == "remark"
    assert not form.fields["name"].property("wrong")
    press("Ctrl+Return")
    assert window.panel is None


def test_a_refusal_of_the_shop_stands_beside_its_field(house, window, counter):
    counter.goods("چای", code="12")
    window.open_form("product")

    enter("قند", "۱۲")
    press("Ctrl+Return")

    assert said(window.panel) == {"code": tr("“{value}” is there already.", value=Unit.CODE.number("12"))}
    assert window.panel.fields["code"].hasFocus()


def test_a_thing_is_opened_changed_and_undone(house, window, counter):
    made = counter.add("lead", name="رضا", phone="09351112233", day=TODAY)
    window.open_form("lead", made)
    form = window.panel
    assert form.fields["name"].text() == "رضا"
    assert form.fields["phone"].text() == "۰۹۳۵۱۱۱۲۲۳۳"

    form.fields["name"].selectAll()
    write("رضا محمدی")
    press("Ctrl+Return")
    assert row(window, Lead).name == "رضا محمدی"

    window.undo()
    assert row(window, Lead).name == "رضا"


def test_a_thing_is_archived_and_brought_back(house, window, counter):
    made = counter.add("seller", name="علی")
    for archived in (1, 0):
        window.open_form("seller", made)
        click(window.panel.findChildren(QPushButton)[-1])
        assert window.panel is None
        assert row(window, Seller).archived == archived


def test_a_void_thing_is_shown_but_not_changed(house, window, counter):
    made = counter.add("cost", day=TODAY, amount=1000, kind="rent")
    window.open_form("cost", made)
    click(window.panel.findChildren(QPushButton)[-1])

    window.open_form("cost", made)

    assert not window.panel.button.isEnabled()
    assert window.panel.said.isVisible()


@pytest.mark.parametrize(("key", "typed", "cell"), [("sales_velocity", "۵٬۰۰۰٬۰۰۰", "5000000 تومان"), ("revenue", "۱۲٬۳۴۵", "12345 تومان"),
                                                   ("conversion_rate", "۳۴٪", "34%"), ("sales_cycle", "۱۲٫۵", "12.5"),
                                                   ("roas", "۳", "3"), ("orders", "۴۰", "40")])  # fmt: skip
def test_a_target_that_is_typed_is_the_one_that_is_imported(house, window, tmp_path, key, typed, cell):
    """Five million toman a day, typed, were kept as five thousand; a file's were right."""
    window.open_form("target")
    window.panel.fields["kpi"].set_value(key)
    for name, text in (("month", "۱۴۰۵-۰۸"), ("amount", typed)):
        go_to(window.panel.fields[name])
        write(text)
    press("Ctrl+Return")
    file = tmp_path / "targets.csv"
    file.write_text(f"month,kpi,amount\n1405-09,{key},{cell}\n", encoding="utf-8")
    assert import_file(window.desk.store, file, Options("targets"), backup=False).accepted == 1

    assert row(window, Target, 1).value == row(window, Target, 2).value
    window.open_form("target", 1)
    assert plain(window.panel.fields["amount"].text()) == typed
    press("Escape")


def test_a_target_in_percent_is_kept_and_shown_as_percent(house, window):
    window.open_form("target")
    form = window.panel
    form.fields["kpi"].set_value("conversion_rate")
    go_to(form.fields["amount"])
    enter("۳۴٪")
    press("Ctrl+Return")
    assert row(window, Target).value == 3400

    window.open_form("target", 1)

    assert window.panel.fields["amount"].value() == 3400
    assert "۳۴" in window.panel.fields["amount"].text()


def test_a_new_deal_stands_in_the_first_stage_and_is_won_by_choosing_another(house, window):
    window.open_form("deal")
    form = window.panel
    assert form.fields["stage_id"].value() is not None
    enter("سفارش")
    go_to(form.fields["stage_id"])
    enter("موفق", "۲ میلیون")
    press("Ctrl+Return")

    deal = row(window, Deal)
    assert (deal.outcome, deal.value, deal.closed) == ("won", 20_000_000, TODAY)


def test_while_a_long_change_holds_the_book_the_form_waits_and_then_saves(house, window):
    window.open_form("customer")
    write("مینا")
    store = window.desk.store
    with store._alone():
        press("Ctrl+Return")
        assert window.panel is not None
        assert window.panel.said.isVisible()
        assert window.panel.fields["name"].text() == "مینا"

    wait_until(lambda: window.panel is None)

    assert row(window, Customer).name == "مینا"
    app.settle(house)


def test_new_names_are_made_only_when_the_rest_can_be_saved(house, window):
    window.open_form("lead")
    form = window.panel
    go_to(form.fields["source_id"])
    enter("اینستاگرام")
    press("Ctrl+Return")

    assert "name" in said(form)
    assert row(window, Source, 1) is None
    go_to(form.fields["name"])
    write("رضا")
    press("Ctrl+Return")
    assert row(window, Lead).source_id == 1


def test_everything_that_is_wrong_is_said_at_once_and_the_first_has_the_keyboard(house, window):
    window.open_form("lead")
    form = window.panel
    form.fields["phone"].setText("۱۲")
    form.fields["day"].setText("۱۴۰۵/۱۳/۴۴")
    press("Ctrl+Return")

    assert list(said(form)) == ["name", "phone", "day"]
    assert form.fields["name"].hasFocus()


def test_money_says_its_unit_and_a_target_the_unit_of_its_kpi(house, window):
    window.open_form("product")
    assert window.panel.titles["price"].text() == "قیمت (تومان)"

    window.open_form("target")
    form = window.panel
    form.fields["kpi"].set_value("conversion_rate")
    assert form.titles["amount"].text() == "هدف (٪) *"


def test_a_form_is_called_what_its_button_is_and_then_what_the_thing_is(house, window, counter):
    made = counter.add("customer", name="مینا")
    window.open_form("customer")
    assert window.panel.head.text() == tr("New customer")
    window.open_form("customer", made)
    assert plain(window.panel.head.text()) == "مشتری: مینا"


def test_a_note_in_persian_stands_at_the_right(house, window, counter):
    made = counter.add("cost", day=TODAY, amount=1000, kind="rent", note="برق و تلفن")
    window.open_form("cost", made)

    note = window.panel.fields["note"]
    assert note.cursorRect().center().x() > note.width() / 2
