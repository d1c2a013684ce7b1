"""Picking a thing by some of its name, its code or its barcode, and making one that is not there."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.picker import Picker
from desktop.values.text import Refused
from tests.ui.keys import press, wait_until, write

BOOK = [(1, "علی رضایی", "0912"), (2, "علی احمدی", ""), (3, "مینا کریمی", "")]


@pytest.fixture
def picker(shown):
    """A picker among three customers, and a field after it; ``made`` hears the names of new ones."""
    frame = QWidget()
    box = QHBoxLayout(frame)
    made = []

    def find(_, text):
        return [row for row in BOOK if text in row[1]]

    def make(_, name):
        made.append(name)
        return 9

    found = Picker("customer", find, make)
    found.made, found.after = made, QLineEdit()
    box.addWidget(found)
    box.addWidget(found.after)
    shown(frame)
    found.setFocus()
    return found


def test_the_list_comes_while_typing_and_arrows_choose(picker):
    write("علی")
    wait_until(lambda: picker.offers)
    assert [one.split("   ")[0] for one in picker.offers[:2]] == ["علی رضایی", "علی احمدی"]

    press("Down", "Return")

    assert (picker.value(), picker.text()) == (2, "علی احمدی")
    assert picker.offers == []


def test_enter_takes_the_first_even_before_the_list_had_time_to_come(picker):
    write("مینا")
    press("Return")

    assert (picker.value(), picker.text()) == (3, "مینا کریمی")


def test_tab_takes_it_too_and_goes_on(picker):
    write("مینا")
    press("Tab")

    assert picker.known == 3
    assert picker.after.hasFocus()


def test_a_new_name_is_made_when_it_is_asked_for_not_while_typing(picker):
    write("زهرا")
    press("Return")
    assert (picker.known, picker.made) == (None, [])

    assert picker.value() == 9
    assert picker.value() == 9
    assert picker.made == ["زهرا"]


def test_escape_closes_the_list_and_keeps_the_text(picker):
    write("علی")
    wait_until(lambda: picker.offers)
    press("Escape")

    assert picker.offers == []
    assert picker.text() == "علی"


def test_where_nothing_can_be_made_an_unknown_name_is_refused(picker):
    picker.make = None
    write("زهرا")
    press("Return")

    with pytest.raises(Refused, match="زهرا"):
        picker.value()


def test_the_list_goes_with_the_field(picker):
    write("علی")
    wait_until(lambda: picker.offers)
    picker.after.setFocus()

    assert picker.offers == []
