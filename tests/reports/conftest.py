"""A demo shop, its month as every report has it, and a reader of the paper that came out."""

import datetime as dt
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desktop import kpi, reports
from desktop.shop.demo import write_demo
from desktop.store import Store
from desktop.store.settings import writing_of
from desktop.values.period import Period
from desktop.values.writing import use_writing
from tests.little_shop import Shop
from tests.reports.reader import Paper

UNTIL = dt.date(2026, 11, 25)  # 4 Azar 1405


@pytest.fixture(scope="session")
def application():
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """A shop of fourteen months, so that last year is there to compare with."""
    path = tmp_path_factory.mktemp("demo") / "demo.cheragh"
    write_demo(path, months=15, seed=1, until=UNTIL)
    return path


@pytest.fixture
def shop(tmp_path):
    made = Shop.at(tmp_path / "shop.cheragh", shop="چراغستان")
    yield made
    made.store.close(backup=False)


@pytest.fixture(scope="session")
def known():
    """What was gathered and printed already: the demo shop never changes."""
    found = {}
    yield found
    for _, paper in (kept for key, kept in found.items() if isinstance(key, int)):
        paper.close()


@pytest.fixture
def month(known):
    """What the report of a month says, in ``language``, of the demo's file or an open store."""

    def gathered(book, language="fa", period="1405-08", as_of=UNTIL):
        store = book if isinstance(book, Store) else Store.open(book)
        try:
            with store.reading() as s:
                use_writing(writing_of(s, language=language))
                asked = (book, language, period, as_of)
                if store is book or asked not in known:
                    known[asked] = reports.gather(s, kpi.scope(s, period=Period.parse(period), as_of=as_of))
                return known[asked]
        finally:
            if store is not book:
                store.close(backup=False)

    return gathered


@pytest.fixture
def printed(application, known):
    """A month as paper."""

    def made(m):
        from desktop.reports.booklet import print_booklet

        if id(m) not in known:
            known[id(m)] = m, Paper(print_booklet(m, UNTIL))
        return known[id(m)][1]

    return made
