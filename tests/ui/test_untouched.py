"""A form that is opened and saved without a change leaves the thing exactly as it was, whatever the shop holds."""

import shutil

import pytest

from desktop import app
from desktop.shop.demo import write_demo
from desktop.shop.lists import Filter
from desktop.shop.sales import sale_draft
from desktop.shop.things import LISTINGS, THINGS
from desktop.store import Store
from tests.ui.keys import press

OF_EACH = 6
LISTED = {one.listing.key: one for one in THINGS.values() if one.listing and one.fields}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo shop of two months."""
    import datetime as dt

    path = tmp_path_factory.mktemp("demo") / "demo.cheragh"
    write_demo(path, months=2, seed=1, until=dt.date(2026, 11, 25))
    return path


@pytest.fixture
def shop(house, demo, tmp_path):
    """The window on a copy of the demo shop."""
    copy = tmp_path / "copy.cheragh"
    shutil.copyfile(demo, copy)
    window = house.show(copy)
    app.settle(house)
    yield window
    house.leave(lambda store: store.close(backup=False))


def some(store: Store, key: str) -> list[int]:
    """A few rows of a list, from its beginning to its end."""
    with store.reading() as s:
        rows = [row[0] for row in LISTINGS[key].page(s, Filter(), limit=10_000)]
    return rows[:: max(1, len(rows) // OF_EACH)]


@pytest.mark.parametrize("key", LISTED)
def test_a_thing(house, shop, key):
    entity = LISTED[key]
    for row in some(shop.desk.store, key):
        with shop.desk.store.reading() as s:
            before = entity.read(s, row)
        shop.open_form(entity.key, row)
        press("Ctrl+Return")
        assert shop.panel is None, (key, before)
        with shop.desk.store.reading() as s:
            assert entity.read(s, row) == before


def test_a_sale(house, shop):
    rows = some(shop.desk.store, "sales")
    assert len(rows) >= OF_EACH
    for row in rows:
        with shop.desk.store.reading() as s:
            before = sale_draft(s, row)
        shop.open_form("sale", row)
        if not shop.panel.button.isEnabled():
            continue
        press("Ctrl+Return")
        assert shop.panel is None, before
        with shop.desk.store.reading() as s:
            assert sale_draft(s, row) == before
