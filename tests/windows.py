"""The real application on a real book, with its own data folder: fixtures for every test that opens the window."""

import os
import shutil

import pytest

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where this test's backups, preferences and logs lie."""
    folder = tmp_path / "data"
    monkeypatch.setenv("CHERAGH_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def named_template(tmp_path_factory):
    """An empty book with a shop's name, closed: to be copied."""
    from desktop.store import Store

    path = tmp_path_factory.mktemp("named") / "shop.cheragh"
    Store.create(path, shop="چراغستان").close(backup=False)
    return path


@pytest.fixture
def book(tmp_path, named_template):
    """The path of an empty book that nobody has open."""
    return shutil.copy(named_template, tmp_path / "shop.cheragh")


@pytest.fixture
def house(data):
    """The application without a book yet; whatever it opened is closed afterwards, and no window is left behind."""
    from PySide6.QtCore import QEvent

    from desktop import app

    application = app.App("fa", "light")
    yield application
    application.leave()
    app.settle(application)
    application.qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.objectName() for one in application.qt.topLevelWidgets() if one.isVisible()] == []


@pytest.fixture
def window(house, book):
    """The window on the empty book, everything asked and answered."""
    from desktop import app

    shown = house.show(book)
    app.settle(house)
    return shown
