"""A new book for each test, its backups in the test's own folder; sentences in English, as the code has them."""

import pytest

from desktop.store import Store
from desktop.values.writing import Writing, use_writing
from tests.little_shop import Line, Shop
from tests.oracle import shops


@pytest.fixture(autouse=True)
def _alone(in_english, monkeypatch, tmp_path):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))


@pytest.fixture
def shop(tmp_path, template):
    shop = Shop.at(tmp_path / "shop.cheragh", template)
    yield shop
    shop.store.close(backup=False)


def fill(shop):
    """Something of everything that is entered, in Mehr and Aban 1405."""
    with shop.change():
        shop.campaign("Eid", "1405-08-01", "1405-08-20")
        shop.customer("Zahra", source="Instagram", campaign="Eid", since="1405-08-01")
        shop.sell(80, day="1404-08-10", customer="Ali", cost=50)
        shop.sell(120, day="1405-07-10", customer="Ali", cost=70, seller="Mina")
        shop.sell(300, customer="Ali", cost=200, discount=20, tax=30, seller={"Mina": 2500, "Reza": 7500}, product="Cup")
        shop.sell(
            lines=[Line(250, 2, product="Pen"), Line(90, 3, cost=30, measured=True)], customer="Zahra", seller="Reza", day="1405-08-04"
        )
        shop.sell(lines=[Line(200, cost=100), Line(-50, -1, cost=-20)], day="1405-08-06", payment="card")
        shop.sell(lines=[Line(-40, -1, cost=-20, damaged=True)], kind="return", customer="Ali", day="1405-08-09")
        shop.lump(70)
        lead = shop.lead(customer="Ali", source="Instagram", seller="Mina", day="1405-08-02")
        shop.lead(campaign="Eid", day="1405-08-03")
        shop.deal(900, outcome="won", closed="1405-08-11", contact="1405-08-02", lead=lead, seller="Mina", customer="Ali")
        shop.deal(None, outcome="lost", closed="1405-08-12", reason="price", seller="Reza")
        shop.deal(400, expected="1405-08-25", history=[(0, "1405-07-01"), (2, "1405-08-05")], seller="Reza")
        shop.activity(done="1405-08-03", due="1405-08-03", seller="Mina")
        shop.cost(60, campaign="Eid")
        shop.cost(500, kind="pay", day="1405-08-30")
        shop.target(1000, month="1405-07")
        shop.target(2000)
        shop.target(600, seller="Mina")
        shop.nps(9, customer="Ali")
        shop.nps(3, day="1405-08-05")
        shop.price_index("1404-08", 100_000)
        shop.price_index("1405-08", 140_000)
    sale = shop.sell(60, customer="Sara", cost=30, day="1405-08-13", campaign="Eid")
    shop.give_back(sale, 60, cost=30, day="1405-08-14")


@pytest.fixture
def busy(shop):
    fill(shop)
    return shop


@pytest.fixture(scope="module")
def empty_shops(tmp_path_factory):
    """One furnished shop a calendar: each story is lived in one of them and taken back."""
    use_writing(Writing(language="en"))
    stores = {}
    for calendar, currency in shops.CALENDARS.items():
        stores[calendar] = Store.create(tmp_path_factory.mktemp(calendar) / "shop.cheragh", currency=currency, calendar=calendar)
        shops.furnish(stores[calendar])
    yield stores
    for store in stores.values():
        store.close(backup=False)
