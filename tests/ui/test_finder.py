"""The box that finds everything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import app
from desktop.shop.things import save
from desktop.values.text import tr


def look_for(house, window, text):
    """What the box offers for ``text``, typed by hand."""
    window.look()
    box = window.page.search
    box.setText(text)
    box._ask()
    app.settle(house)
    return box


@pytest.mark.parametrize("typed", ["علي", "علی", "0912", "۰۹۱۲"])
def test_a_customer_is_found_however_her_name_or_phone_is_typed(house, window, typed):
    save(house.desk.store, "customer", None, {"name": "علی رضایی", "phone": "09123334455"})

    assert any("علی رضایی" in title for title in look_for(house, window, typed).found)


@pytest.mark.parametrize(("typed", "page"), [("گزارش", "reports"), ("reports", "reports"), ("لید", "lead"), ("تارگت", "target")])
def test_pages_and_commands_are_found_by_the_words_of_the_trade(house, window, typed, page, monkeypatch):
    done = []
    monkeypatch.setattr(window, "go", done.append)
    monkeypatch.setattr(window, "open_form", done.append)
    box = look_for(house, window, typed)

    for one in box._found:
        if one.kind in (tr("page"), "F6", "F11"):
            one.act()

    assert page in done


def test_enter_opens_the_first_and_leaves_the_box_empty(house, window):
    row = save(house.desk.store, "product", None, {"name": "زعفران"})
    box = look_for(house, window, "زعفران")

    QTest.keyClick(box, Qt.Key.Key_Return)

    assert window.panel.entity.key == "product"
    assert box.text() == ""
    with house.desk.store.reading() as s:
        assert window.panel.entity.read(s, row)["name"] == "زعفران"


def test_a_kpi_is_found_and_its_page_opens(house, window):
    box = look_for(house, window, "NPS")
    at = next(i for i, one in enumerate(box._found) if one.picture == "lamp")

    box._choose(at)
    app.settle(house)

    assert window.panel is not None


def test_nothing_found_is_said(house, window):
    box = look_for(house, window, "ققنوسستان")

    assert box.found == []
    assert "ققنوسستان" in box._list.item(0).text()


def test_escape_leaves(house, window):
    box = look_for(house, window, "گزارش")
    QTest.keyClick(box, Qt.Key.Key_Escape)

    assert box.found == []
    assert box.text() == ""
