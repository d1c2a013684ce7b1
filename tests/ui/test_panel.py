"""The panel at the side: it closes by Esc, says things beside fields, and saves when the book is free."""

import pytest

from desktop.shop.entity import Problem
from desktop.store import Busy, Trouble
from desktop.ui.fields import Line
from desktop.ui.panel import Panel, Saying
from desktop.values.text import Refused
from tests.ui.keys import press, wait_until


class Form(Saying):
    """Two fields; each save does the next thing of ``deeds``."""

    def __init__(self):
        super().__init__("Form", lambda: None)
        self.one, self.two, self.deeds, self.saved = Line(), Line(), [], 0
        for key in ("one", "two"):
            self.box.addLayout(self.spot(key, key, getattr(self, key)))
        self.box.addWidget(self.said)

    def save(self):
        self.hush()
        self.saved += self.keep(self.deeds.pop(0))


@pytest.fixture
def form(shown):
    return shown(Form())


def refuse(error):
    def do():
        raise error

    return do


def said(form):
    return {key: (text.text(), text.objectName()) for key, (_, text) in form.spots.items() if text.isVisible()}


def test_escape_closes_it(shown):
    closed = []
    panel = shown(Panel("Title", lambda: closed.append(1)))
    panel.setFocus()
    press("Escape", widget=panel)
    panel.set_title("Another")

    assert closed == [1]
    assert panel.accessibleName() == panel.head.text() == "Another"


def test_a_refusal_stands_beside_its_field_and_goes_when_it_is_mended(form):
    form.deeds = [refuse(Refused("Too much.", field="two")), lambda: None]
    form.save()
    assert said(form) == {"two": ("Too much.", "bad")}
    assert form.two.hasFocus()
    assert form.two.property("wrong")

    form.save()
    assert said(form) == {}
    assert not form.two.property("wrong")
    assert form.saved == 1


def test_what_belongs_to_no_field_is_said_at_the_foot(form):
    form.deeds = [refuse(Refused("The month is closed.")), refuse(Trouble("The disk is full."))]
    for sentence in ("The month is closed.", "The disk is full."):
        form.save()
        assert form.said.isVisible()
        assert form.said.text() == sentence


def test_a_busy_book_is_tried_again_until_it_is_free(form):
    form.deeds = [refuse(Busy("A long change is under way.")), refuse(Busy("A long change is under way.")), lambda: None]
    form.save()
    assert form.said.isVisible()

    wait_until(lambda: form.saved == 1)
    assert not form.said.isVisible()


def test_a_remark_is_quiet_and_never_hides_what_is_wrong(form):
    form.tell([Problem("one", "Wrong.")])
    form.tell([Problem("one", "Odd."), Problem("two", "Odd too.")], wrong=False)
    assert said(form) == {"one": ("Wrong.", "bad"), "two": ("Odd too.", "remark")}

    form.hush(only=form.one)
    assert said(form) == {}
