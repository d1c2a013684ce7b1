"""Who may do what: the verb asks, hiding a button is never the rule."""

import pytest

from desktop.shop import returns, sales, things
from desktop.shop.sales import LineDraft, SaleDraft
from desktop.store import Store, settings
from desktop.store.access import allowed, hidden, may, sees
from desktop.store.backup import restore
from desktop.store.tables import Seller
from desktop.values.text import Refused
from desktop.values.unit import Column, Unit
from tests.little_shop import day
from tests.shop.counter import Counter

OPEN, COST, OTHERS = (Column(secret, secret, Unit.MONEY, secret) for secret in ("none", "cost", "others"))


@pytest.fixture
def shop(tmp_path, template):
    shop = Counter.at(tmp_path / "shop.cheragh", template)
    yield shop
    shop.store.close(backup=False)


def seen(shop):
    with shop.store.reading() as s:
        return [column.key for column in (OPEN, COST, OTHERS) if column.key not in hidden(s, (OPEN, COST, OTHERS))]


def test_a_seller_sells_and_takes_back(shop):
    shop.hire("seller")
    sold = shop.ring_up(100)

    shop.bring_back(sold)
    shop.store.user = 1

    assert shop.kpi("revenue") == 0


def test_who_was_let_go_may_do_nothing(shop):
    sold = shop.ring_up(100)
    mary = shop.add("user", name="Mary", role="seller")
    things.remove(shop.store, "user", mary)
    shop.store.user = mary

    for attempt in (
        lambda: sales.record_sale(shop.store, SaleDraft(day("1405-08-01"), (LineDraft(None, unit_price=5),))),
        lambda: sales.record_change(shop.store, sold, shop.draft(sold)),
        lambda: sales.record_void(shop.store, sold),
        lambda: returns.record_return(shop.store, sold, [returns.BackLine(shop.lines(sold)[0].id, 1000)], day=day("1405-08-01")),
    ):
        with pytest.raises(Refused, match="role does not allow"):
            attempt()
    with shop.store.reading() as s:
        assert not allowed(s, "sell")


def test_what_goods_cost_and_others_earn_is_for_owner_and_accountant(shop):
    assert seen(shop) == ["none", "cost", "others"]

    shop.hire("accountant")
    assert seen(shop) == ["none", "cost", "others"]

    shop.hire("seller")
    assert seen(shop) == ["none"]


@pytest.mark.parametrize(("role", "can"), [("owner", True), ("accountant", True), ("seller", False)])
def test_import_and_export_are_not_for_sellers(shop, role, can):
    shop.hire(role)

    with shop.store.reading() as s:
        assert allowed(s, "import") == allowed(s, "export") == can


SALMA, RIMA = 1, 2  # sellers


@pytest.mark.parametrize(
    ("role", "cost", "of_shop", "own", "another"),
    [
        ("owner", True, True, True, True),
        ("accountant", True, True, True, True),
        ("seller", False, False, True, False),
    ],
)
def test_a_seller_sees_her_own_numbers_and_nobody_else_s(shop, role, cost, of_shop, own, another):
    shop.add("seller", name="Salma")
    shop.add("seller", name="Rima")
    shop.store.user = shop.add("user", name="Salma", role=role, seller_id=SALMA)

    with shop.store.reading() as s:
        assert sees(s, "none")
        assert sees(s, "cost") == cost
        assert (sees(s, "others"), sees(s, "others", SALMA), sees(s, "others", RIMA)) == (of_shop, own, another)
        assert not (sees(s, "cost", SALMA) and role == "seller")


def test_the_counter_that_is_no_seller_sees_nobody_s_numbers(shop):
    shop.add("seller", name="Salma")
    shop.hire("seller")

    with shop.store.reading() as s:
        assert sees(s, "none")
        assert not sees(s, "others")
        assert not sees(s, "others", SALMA)


def test_whom_the_book_does_not_know_sees_and_does_nothing(shop):
    shop.store.user = 99

    with shop.store.reading() as s:
        assert not any(sees(s, secret) for secret in ("none", "cost", "others"))
        with pytest.raises(Refused, match="role does not allow"):
            may(s, "sell")


def test_a_verb_that_no_role_may_do_is_a_mistake_of_ours(shop):
    with shop.store.reading() as s, pytest.raises(AssertionError):
        allowed(s, "sel")


# The verb is asked when a change begins


@pytest.mark.parametrize("verb", ["product", "import", "settings", "user", "closing", "restore"])
def test_a_seller_begins_no_change_that_is_not_hers(shop, verb):
    shop.hire("seller")

    with pytest.raises(Refused, match="role does not allow"), shop.store.changing("Do", verb) as s:
        s.get(Seller, 1).name = "never reached"


def test_whom_the_book_does_not_know_begins_no_change_and_no_import(shop):
    shop.store.user = 99

    with pytest.raises(Refused, match="role does not allow"), shop.store.changing("Do", "sell"):
        pass
    with pytest.raises(Refused, match="role does not allow"), shop.store.importing("costs", "c.csv", "digest", "{}"):
        pass
    with pytest.raises(Refused, match="role does not allow"):
        shop.store.undo()


def test_a_setting_of_the_shop_is_not_for_a_seller_whatever_the_change_is_called(shop):
    shop.hire("seller")

    with pytest.raises(Refused, match="role does not allow"), shop.store.changing("Sell", "sell") as s:
        settings.put(s, "shop_name", "Salma's")


def test_undo_is_for_what_the_role_still_allows(shop):
    """Mina kept the goods, then sold only: what she priced is no longer hers to turn back, what she sells is."""
    mina = shop.add("user", name="Mina", role="accountant")
    shop.store.user = mina
    shop.goods("Tea", price=10)
    shop.store.user = 1
    shop.change_thing("user", mina, role="seller")
    shop.store.user = mina

    with pytest.raises(Refused, match="role does not allow"):
        shop.store.undo()
    shop.ring_up(100)

    assert shop.store.undo() == "Record sale 1"
    shop.store.user = 1
    assert shop.kpi("revenue") == 0


def test_who_may_not_ask_for_a_backup_leaves_one_when_she_closes(shop, tmp_path, monkeypatch):
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))
    shop.hire("seller")

    with pytest.raises(Refused, match="role does not allow"):
        shop.store.backup(tmp_path)
    shop.ring_up(100)
    shop.store.close()

    assert len(list((tmp_path / "data").rglob("*.cheragh"))) == 1


@pytest.mark.parametrize("book", ["whole", "damaged", "gone"])
def test_only_the_owner_puts_a_backup_in_the_book_s_place(shop, tmp_path, book):
    """The book that would go says who she is; where it cannot, the backup does."""
    shop.hire("accountant")
    copy, path = shop.store.backup(tmp_path), shop.store.path
    shop.store.close(backup=False)
    if book == "damaged":
        path.write_bytes(b"x" * 8192)
    elif book == "gone":
        path.unlink()
    before = path.read_bytes() if path.exists() else None

    with pytest.raises(Refused, match="role does not allow"):
        restore(copy, path, user=shop.store.user)
    assert (path.read_bytes() if path.exists() else None) == before

    restore(copy, path)
    with Store.open(path) as store:
        assert store.check() == []
