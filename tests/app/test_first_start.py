"""The first start: what is asked, and the book it leads to."""

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.store import settings
from desktop.ui.first_start import DEMO, EMPTY, EXCEL, Beginning, FirstStart
from desktop.ui.memory import last_book
from desktop.values.places import first_book
from desktop.values.text import language
from tests.store.strangers import last_done
from tests.ui.keys import click, press, write


def setting(house, key):
    with house.desk.store.reading() as s:
        return settings.get(s, key)


def answering(*answers):
    """Answers each form of the first start in turn, from inside its event loop."""
    waiting = list(answers)

    def answer():
        form = QApplication.activeModalWidget()
        if isinstance(form, FirstStart) and form.isActiveWindow():
            try:
                waiting.pop(0)(form)
            except BaseException:
                form.reject()
                raise
        if waiting:
            QTimer.singleShot(1, answer)

    QTimer.singleShot(0, answer)


def test_a_name_and_enter_make_an_empty_book_in_toman(house):
    def by_keys(form):
        write("فروشگاه آفتاب", form.shop)
        press("Return")

    answering(by_keys)
    window = house.begin(house.welcome())
    app.settle(house)

    assert window.page.key == "today"
    assert [setting(house, key) for key in ("shop_name", "currency", "money_unit", "language")] == ["فروشگاه آفتاب", "IRR", "toman", "fa"]
    assert last_book() == house.desk.store.path == first_book()
    assert last_done(house.desk.store) is None


def test_another_language_asks_again_in_it_and_keeps_what_was_said(house):
    house._language = None
    titles = []

    def to_english(form):
        titles.append(form.shop.accessibleName())
        form.shop.setText("Sun")
        form.language.set_value("en")
        form.language.activated.emit(1)

    def in_euros(form):
        titles.append(form.shop.accessibleName())
        form.money.set_value("EUR major")
        click(form.buttons[EMPTY])

    answering(to_english, in_euros)
    house.begin(house.welcome())

    assert titles == ["نام فروشگاه", "Shop's name"]
    assert language() == "en"
    assert [setting(house, key) for key in ("shop_name", "currency", "calendar", "language")] == ["Sun", "EUR", "gregorian", "en"]


def test_nothing_is_made_where_nobody_answers(house, data):
    answering(lambda form: press("Escape", widget=form))

    assert house.welcome() is None
    assert not first_book().exists()


@pytest.mark.parametrize(("then", "page"), [(EXCEL, "importing"), (EMPTY, "today")])
def test_what_comes_then(house, then, page):
    window = house.begin(Beginning(then=then))

    assert window.page.key == page


def test_the_demo_shop_comes_beside_the_own_book(house):
    house.begin(Beginning(shop="آفتاب", then=DEMO))
    app.settle(house)

    assert house.window.demo
    assert first_book().is_file()


def test_it_is_asked_once(house, monkeypatch):
    house.begin(Beginning(then=EMPTY))
    house.leave()
    monkeypatch.setattr(app.App, "welcome", lambda self: pytest.fail("asked again"))
    monkeypatch.setattr(QApplication, "exec", lambda self: 0)

    assert app.run(None) == 0


def test_an_unpacked_program_keeps_everything_beside_itself_if_asked(house, tmp_path, monkeypatch):
    home = tmp_path / "stick" / "cheragh"
    home.mkdir(parents=True)
    monkeypatch.delenv("CHERAGH_DATA")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(home / "cheragh"))

    def beside(form):
        click(form.beside)
        click(form.buttons[EMPTY])

    answering(beside)
    house.begin(house.welcome())
    house.leave()

    assert [path.name for path in home.iterdir()] == ["cheragh-data"]
    assert last_book() == home / "cheragh-data" / "books" / "shop.cheragh"
    moved = home.rename(tmp_path / "another drive")
    monkeypatch.setattr(sys, "executable", str(moved / "cheragh"))
    assert last_book() == moved / "cheragh-data" / "books" / "shop.cheragh"


@pytest.mark.parametrize("installed", [True, False])
def test_an_installed_program_is_not_asked_to(house, tmp_path, monkeypatch, installed):
    if installed:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "cheragh.exe"))
        (tmp_path / "uninstall.exe").touch()
    seen = []
    answering(lambda form: (seen.append(form.beside.isVisible()), form.reject()))

    house.welcome()

    assert seen == [False]
