"""The start: a first picture by plain reads, before anything heavy is loaded, then the window in its place."""

import dataclasses
import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop import app, start
from desktop.kpi.totals import day_totals
from desktop.store.glance import glance
from desktop.store.tables import User
from desktop.ui.memory import preferences
from desktop.ui.opening import Opening, _day
from desktop.values.day import write_day
from desktop.values.period import Period
from desktop.values.text import tr
from tests.little_shop import Shop
from tests.ui.keys import focused, press

NOON = dt.datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the shop's own wall clock


@pytest.fixture
def opening(house, book):
    """The first picture of the book."""
    shown = start._opening(book, "fa")
    QApplication.processEvents()
    yield shown
    shown.close()


def test_the_first_picture_loads_nothing_heavy(book, data):
    code = (
        "import sys; from pathlib import Path; import desktop.cli; from desktop import start\n"
        "start.qt_application(); assert start._opening(Path(sys.argv[1]), None)\n"
        "print([name for name in ('sqlalchemy', 'numpy', 'pandas', 'pyqtgraph', 'desktop.kpi', 'desktop.reports') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, book], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])

    assert done.stdout.strip() == "[]"


def test_the_window_itself_loads_no_pandas_chart_or_report():
    code = (
        "import sys; from desktop import app\n"
        "print([name for name in ('numpy', 'pandas', 'pyqtgraph', 'desktop.reports', 'xlsxwriter') if name in sys.modules])"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert done.stdout.strip() == "[]"


def test_its_day_is_the_day_of_the_kpis(tmp_path):
    shop = Shop.at(tmp_path / "shop.cheragh")
    shop.sell(1_000, day="2026-11-23")
    shop.give_back(shop.sell(700, day="2026-11-23"), 200, day="2026-11-23")
    shop.sell(50, day="2026-11-22")
    shop.setting("day_starts", "13:00")
    with shop.store.reading() as s:
        days = [dt.date(2026, 11, day) for day in (22, 23)]
        kpis = [day_totals(s, shop.scope(Period(day, day + dt.timedelta(days=1)))) for day in days]

    shop.store.close()

    seen = [glance(shop.store.path, NOON + dt.timedelta(hours=hours)) for hours in (0, 2)]

    assert [one.day for one in seen] == days
    assert [(one.net, one.orders) for one in seen] == [(one["net"], one["orders"]) for one in kpis]


def test_it_tells_nobody_the_shops_takings_who_may_not_see_them(tmp_path, house):
    shop = Shop.at(tmp_path / "shop.cheragh")
    shop.sell(1_000, day="2026-11-23")
    with shop.store.changing("Let in a seller", "user") as s:
        s.add(user := User(name="Sara", role="seller"))
        s.flush()
        sara = user.id
    shop.store.close()

    owner, seller, stranger = (glance(shop.store.path, NOON, user) for user in (1, sara, 99))

    assert (owner.net, owner.orders) == (1_000, 1)
    assert seller == stranger == dataclasses.replace(owner, net=None, orders=None)
    card = _day(seller)
    assert [label.text() for label in card.findChildren(QLabel)] == [write_day(NOON.date(), weekday=True), tr("today")]


def test_what_cannot_be_read_has_no_first_picture(tmp_path, house, window):
    (tmp_path / "torn.cheragh").write_bytes(b"not a book" * 1000)

    assert glance(tmp_path / "torn.cheragh", NOON) is None
    assert start._opening(tmp_path / "torn.cheragh", None) is None
    assert start._opening(tmp_path / "none.cheragh", None) is None
    assert start._opening(house.desk.store.path, None) is None  # somebody has it open


def test_what_is_typed_meanwhile_is_typed_into_the_window(house, book, opening):
    press("F2", widget=opening)
    QTest.keyClicks(opening, "tea")
    window = house.show(book)
    opening.hand_over(window)
    app.settle(house)

    assert focused().text() == "tea"
    assert window.isAncestorOf(focused())


def test_what_is_typed_while_the_window_is_made_is_not_lost(house, book, opening, monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "exec", lambda *_: heard.append(focused().text()) or 0)
    for key, text in ((Qt.Key.Key_F2, ""), (Qt.Key.Key_T, "t"), (Qt.Key.Key_E, "e"), (Qt.Key.Key_A, "a")):
        QApplication.postEvent(opening, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))

    assert app.run(book, language="fa", opening=opening) == 0
    assert heard == ["tea"]


def test_the_page_chosen_meanwhile_is_opened(house, book, monkeypatch):
    monkeypatch.setattr(QApplication, "exec", lambda *_: 0)
    opening = start._opening(book, "fa")
    opening.sidebar.buttons["customers"].click()

    assert app.run(book, language="fa", opening=opening) == 0
    assert preferences().value("page") == "customers"


def test_who_closes_the_first_picture_is_not_made_to_wait(house, book, monkeypatch):
    monkeypatch.setattr(start, "import_module", lambda _: time.sleep(0.1))
    monkeypatch.setattr(app, "run", lambda *_, **__: pytest.fail("went on"))
    QTimer.singleShot(50, lambda: [one.close() for one in QApplication.topLevelWidgets() if isinstance(one, Opening)])

    assert start.run(book, language="fa") == 0


def test_the_picture_hears_while_the_rest_is_loaded(house, book, monkeypatch):
    heard = []
    monkeypatch.setattr(start, "import_module", lambda part: time.sleep(0.3 if part == start.PARTS[0] else 0))
    monkeypatch.setattr(app, "run", lambda *_, opening, **__: int(not opening.close()))

    def type_tea():
        (picture,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Opening) and one.isVisible()]
        sell = next(one for one in picture.findChildren(QPushButton) if one.objectName() == "primary")
        sell.click()
        QTest.keyClicks(picture, "tex")
        press("Backspace", widget=picture)
        QTest.keyClicks(picture, "a")
        heard.append(picture.heard.text())

    QTimer.singleShot(100, type_tea)

    assert start.run(book, language="en") == 0
    assert heard == ["Record a sale: tea"]


def test_it_marks_the_page_of_last_time(house, book):
    preferences().setValue("page", "reports")
    opening = start._opening(book, "en")

    assert opening.sidebar.buttons["reports"].isChecked()
    opening.close()
