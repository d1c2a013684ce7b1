"""The settings page: each setting saved as it is left, refused ones said beside it; safety by buttons."""

import sys

import pytest

from desktop import app
from desktop.store import settings
from desktop.ui.pages.settings import Licences
from desktop.values.text import tr
from tests.store.strangers import last_done
from tests.ui.keys import click


@pytest.fixture
def general(house, window):
    window.go("settings")
    app.settle(house)
    return window.page.general


def kept(house, key):
    with house.desk.store.reading() as s:
        return settings.get(s, key)


def test_a_setting_is_saved_as_it_is_left_and_can_be_undone(house, window, general):
    general.fields["shop_name"].setText("فروشگاه آفتاب")
    general.fields["shop_name"].editingFinished.emit()
    app.settle(house)

    assert kept(house, "shop_name") == "فروشگاه آفتاب"
    assert "فروشگاه آفتاب" in window.sidebar.shop.text()
    window.undo()
    assert kept(house, "shop_name") == "چراغستان"


def test_a_setting_left_as_it_was_is_no_change(house, general):
    general.fields["shop_name"].editingFinished.emit()

    assert last_done(house.desk.store) is None


def test_a_share_is_typed_and_shown_in_percent(house, general):
    share = general.fields["acquisition_share"]
    share.setText("۳۰٪")
    general.save("acquisition_share")
    assert kept(house, "acquisition_share") == "0.3"
    general.refresh()
    assert share.text() == "۳۰٪"

    share.setText("۲۰۰")
    general.save("acquisition_share")
    assert (kept(house, "acquisition_share"), general.says["acquisition_share"].text()) == ("0.3", tr("A share is from 0 to 100%."))


def test_the_lists_in_settings_have_their_button(house, window, general):
    window.page.holder.setCurrentIndex(2)
    assert window.page.add.text().strip() == tr("New holiday")
    click(window.page.add)

    assert window.panel.entity.key == "day_off"


@pytest.mark.parametrize(("key", "typed"), [("active_days", "0"), ("day_starts", "25:00")])
def test_a_setting_that_cannot_be_is_refused_beside_its_field(house, general, key, typed):
    before = kept(house, key)
    general.fields[key].setText(typed)
    general.save(key)

    assert kept(house, key) == before
    assert typed in general.says[key].text()


def test_persian_digits_are_understood(house, general):
    general.fields["active_days"].setText("۱۸۰")
    general.save("active_days")

    assert kept(house, "active_days") == "180"


def test_the_weekly_days_off_are_chosen_by_day(house, general):
    assert [day for day, button in general.week.items() if button.isChecked()] == [4]

    general.week[3].click()

    assert kept(house, "weekend") == "3,4"


def test_seven_days_off_are_refused_and_the_buttons_tell_what_is_kept(house, window, general):
    for day in (0, 1, 2, 3, 5, 6):
        general.week[day].click()

    assert kept(house, "weekend") == "0,1,2,3,4,5"
    assert not general.week[6].isChecked()


def test_a_backup_is_counted(house, window, general):
    window.back_up()
    app.settle(house)
    general.refresh()

    assert "۱" in general.kept.text()


def test_a_whole_book_is_said_to_be_whole(house, window, general):
    general._check()
    app.settle(house)

    assert window.toast.text.startswith(app.tr("The book is whole: every total equals its rows and the audit trail is unbroken.")[:10])


def test_about_shows_the_licences_that_came_with_the_program(window, monkeypatch, tmp_path):
    (tmp_path / "LICENSES.txt").write_text("Qt: LGPL-3.0-only", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "cheragh"))

    assert Licences(window).text.toPlainText() == "Qt: LGPL-3.0-only"
    monkeypatch.delattr(sys, "_MEIPASS")
    assert "MIT License" in Licences(window).text.toPlainText()
