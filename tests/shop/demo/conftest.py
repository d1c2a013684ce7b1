"""One demo shop for all tests that only look at it."""

import datetime as dt

import pytest

from desktop.shop.demo import write_demo
from desktop.store import Store

UNTIL = dt.date(2026, 11, 25)


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.cheragh"
    write_demo(path, until=UNTIL)
    return path


@pytest.fixture
def demo(written):
    store = Store.open(written)
    yield store
    store.close(backup=False)
