"""The program's numbers against the oracle's: a demo shop, and shops in which everything happens that makes a number hard.

`KNOWN` lists, by kind, what the program is known to get wrong. Where a kind shows, its figures are left out; a test of its own
holds its smallest book and fails as soon as both agree there: then the entry goes.
"""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from desktop.shop.demo import write_demo
from desktop.store import Store
from tests.little_shop import Shop
from tests.oracle import shops
from tests.oracle.answers import Oracle
from tests.oracle.compare import cells
from tests.oracle.known import KNOWN, ask, crowd
from tests.oracle.tally import Tally

BOOKS = int(os.environ.get("ORACLE_BOOKS", "30"))
UNTIL = dt.date(2026, 11, 30)
DEMO = (
    ask("1405-07", "1405-09-09"), ask("1405-09", "1405-09-05"), ask("1405-08", "1405-09-09", 2), ask("1405-09", "1405-09-05", 1),
    ask("1405", "1405-07-18"), ask("1405-q2", "1405-09-09"), ask("2026-08", "1405-09-09"), ask("1405-06-03..1405-06-10", "1405-09-09", 3),
    ask("1405-10", "1405-09-09"),
)  # fmt: skip


def test_the_demo_shop(tmp_path):
    """Six months of a believable shop: months, quarter and year, over and running, of both calendars, of shop and sellers."""
    write_demo(tmp_path / "demo.cheragh", months=6, seed=14, until=UNTIL)
    store = Store.open(tmp_path / "demo.cheragh")

    differing = Tally().differing(store, DEMO)
    store.close(backup=False)

    assert differing == []


@pytest.mark.parametrize("calendar", shops.CALENDARS)
def test_shops_in_which_everything_happens(empty_shops, calendar):
    """Shared sales, goods that come back the same day or later, damaged or without cost, voids, exchanges, lumps, deals opened
    again, overlapping campaigns, targets for some, people of one name, who left, what was entered late."""

    @seed(len(calendar))
    @settings(
        max_examples=BOOKS // len(shops.CALENDARS), deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(shops.stories, st.lists(shops.asks(), min_size=2, max_size=2))
    def agree(story, asked):
        differing = shops.lived(empty_shops[calendar], (calendar, story), lambda store: Tally().differing(store, asked))
        assert differing == []

    agree()


@pytest.fixture(scope="module")
def bare_shop(tmp_path_factory):
    shop = Shop.at(tmp_path_factory.mktemp("bare") / "shop.cheragh")
    yield shop
    shop.store.close(backup=False)


@pytest.fixture
def empty_shop(bare_shop):
    """Nothing in it; what a test does there is taken back."""
    yield bare_shop
    while bare_shop.store.undo():
        pass


def test_what_customers_will_bring(empty_shop):
    """The models are fitted here once more; nobody gives anything back on the day she buys."""
    crowd(empty_shop)
    asked = ask("1405-08")

    with empty_shop.store.reading() as s:
        found = cells(s, Oracle(s), asked)

    told = [cell for cell in found if cell.name in ("kpis.clv_12m.value", "kpis.ltv_cac.value", "customers.clv_12m")]
    assert len(told) == 103
    assert [str(cell) for cell in told if cell.program is None or not cell.agree] == []


@pytest.mark.parametrize("kind", KNOWN)
def test_what_is_known_to_be_wrong(empty_shop, kind):
    """As long as the smallest book of a kind differs the kind is listed, and not a day longer."""
    known = KNOWN[kind]
    asked = known.book(empty_shop)

    with empty_shop.store.reading() as s:
        oracle = Oracle(s)
        found = [cell for cell in cells(s, oracle, asked) if cell.name == known.shows]

    assert found
    assert all(known.covers(cell, asked, oracle) for cell in found), "the table does not cover its own book"
    assert not all(cell.agree for cell in found), f"mended: take “{kind}” out of KNOWN"
