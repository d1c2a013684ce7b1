"""A seller at every public door: she is told no cost and nobody else's numbers, and changes nothing that is not hers.

Whatever a room offers is tried, found by its public names: a new function fails here until it is tried too.
"""

import datetime as dt
import inspect
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import inspect as inspect_row

from desktop.shop import exporting, lists, search, things
from desktop.shop.drafts import LineDraft, SaleDraft, remarks
from desktop.shop.entity import Entity
from desktop.shop.lists import Filter, Listing
from desktop.shop.sales import record_change, sale_draft
from desktop.shop.things import ENTITIES, LISTINGS
from desktop.store import Store, access, backup, settings
from desktop.store.tables import Row as AnyRow
from desktop.store.tables import every
from desktop.values.text import Refused
from desktop.values.unit import Column, Unit
from tests.little_shop import day
from tests.shop.counter import Counter
from tests.store.strangers import raw

COST, PAY, BUDGET, TARGET, SPENT = 7_654_321, 8_765_432, 6_543_219, 5_432_198, 9_876_543
SECRETS = [str(amount) for amount in (COST, PAY, BUDGET, TARGET, SPENT)]
ROWS = {"price_index": day("1405-08").toordinal(), "day_off": day("1405-08-05").toordinal()}  # their ids; elsewhere 1
FORBIDDEN = ("product", "category", "seller", "campaign", "cost", "target", "stage", "user", "price_index", "day_off")
SHOWN = (Column("cost", "Cost", Unit.MONEY, "cost"),)


@pytest.fixture
def shop(tmp_path, template, in_english, monkeypatch):
    """A shop whose every secret is an amount of its own; Salma, who sells, is at the keyboard."""
    monkeypatch.setenv("CHERAGH_DATA", str(tmp_path / "data"))
    shop = Counter.at(tmp_path / "shop.cheragh", template)
    rice = shop.goods("Rice", price=9_000_000, cost=COST)
    salma, rima = shop.add("seller", name="Salma"), shop.add("seller", name="Rima", pay=PAY)
    shop.add("campaign", name="Nowruz", budget=BUDGET)
    shop.add("cost", day=day("1405-08-01"), amount=SPENT, kind="pay", seller_id=rima)
    shop.add("category", name="Grains")
    shop.add("price_index", month="1405-08", value=1_000)
    shop.add("day_off", day=day("1405-08-05"), name="Inventory", closed=1)
    shop.add("target", month="1405-08", kpi="revenue", amount=TARGET, seller_id=rima)
    shop.ring_up(LineDraft(rice, unit_price=9_000_000), sellers=((rima, 10_000),))
    shop.store.user = shop.add("user", name="Salma", role="seller", seller_id=salma)
    yield shop
    shop.store.close(backup=False)


# What each room offers, and how it is tried; a text says why it need not be


def _listed(shop):
    """Every list, in each order, narrowed by each value that a column has."""
    with shop.store.reading() as s:
        for one in LISTINGS.values():
            for key in one.sortable(s):
                yield one.page(s, Filter(sort=key, all=True))
            ids = [row[0] for row in one.page(s, Filter(all=True))]
            yield one.rows_of(s, Filter(all=True), ids), [one.place(s, Filter(all=True), row) for row in ids]
            yield one.count(s, Filter(all=True)), one.sums(s, Filter(all=True)), one.sortable(s)


def _probed(shop):
    """Rows found by a value that may not be seen would tell it."""
    with shop.store.reading() as s:
        for key, name, amount in (("products", "cost", COST), ("costs", "amount", SPENT), ("targets", "value", TARGET)):
            one, chosen = LISTINGS[key], Filter(only=((name, amount),))
            for ask in (
                one.page,
                one.count,
                lambda *more, one=one: one.rows_of(*more, [1]),
                lambda *more, one=one: one.place(*more, 1) == 0,
            ):
                found = 0
                with suppress(Refused):
                    found = ask(s, chosen)
                yield f"{name} is {amount}" if found else ""


def _forms(shop):
    with shop.store.reading() as s:
        for one in ENTITIES.values():
            for row in s.query(one.table):
                (key,) = inspect_row(row).identity
                number = key.toordinal() if isinstance(key, dt.date) else key
                yield one.read(s, number), one.problems(s, number, {}), one.remarks(s, number, {"price": COST - 1})


def _found(shop, ask):
    with shop.store.reading() as s:
        return [ask(s, word) for word in ("", "r", "Rice", "Rima", "1", *SECRETS)]


def _refused(*attempts):
    """Each is refused."""
    for attempt in attempts:
        with pytest.raises(Refused, match="role does not allow"):
            attempt()


def _each(shop, do):
    return [lambda key=key: do(shop.store, key) for key in FORBIDDEN]


def _put(shop):
    with shop.store.changing("Sell", "sell") as s:
        settings.put(s, "shop_name", "Salma's")


def _all_settings(shop):
    with shop.store.reading() as s:
        return [settings.get(s, one.key) for one in settings.ALL]


def _write(shop, out):
    with shop.store.reading() as s:
        exporting.write_table(s, out, SHOWN, [(1, COST)])


def _restore(shop):
    copy = backup.backup(shop.store.place.db)
    shop.store.close(backup=False)
    backup.restore(copy, shop.store.path, user=shop.store.user)


def _import(shop):
    with shop.store.importing("costs", "costs.csv", "digest", "{}"):
        pass


def _begin(shop):
    for verb in ("product", "settings", "import", "export", "user", "restore"):
        _refused(lambda verb=verb: shop.store.changing("Do", verb).__enter__())


VALUE, INNER = "a value, or what makes one", "the store's own; no person is at that door"

ROOMS = {
    lists: dict.fromkeys(("Listing", "listing", "Filter", "standing", "holding", "state", "by_person", "named_like"), VALUE),
    Listing: {"question": VALUE}
    | dict.fromkeys(("page", "sums", "sortable"), _listed)
    | dict.fromkeys(("rows_of", "place", "count"), _probed),
    things: {
        "in_tabs": VALUE,
        "save": lambda shop: _refused(*_each(shop, lambda store, key: things.save(store, key, None, {}))),
        "remove": lambda shop: _refused(*_each(shop, lambda store, key: things.remove(store, key, ROWS.get(key, 1)))),
        "restore": lambda shop: _refused(*_each(shop, lambda store, key: things.restore(store, key, ROWS.get(key, 1)))),
    },
    Entity: {
        "read": _forms,
        "problems": _forms,
        "remarks": _forms,
        "field": VALUE,
        "row": "the row itself, which leaves no session",
    }
    | dict.fromkeys(("save", "remove", "restore"), "tried by their changes"),
    search: {
        "Hit": VALUE,
        "find": lambda shop: _found(shop, lambda s, word: [search.find(s, key, word) for key in ("product", "seller", "campaign", "deal")]),
        "search": lambda shop: _found(shop, search.search),
        "sellers": "ids, names and codes, which every role may see",
    },
    exporting: {
        "questions": VALUE,
        "export_all": lambda shop: _refused(lambda: exporting.export_all(shop.store, shop.out)),
        "export_plain": lambda shop: _refused(lambda: exporting.export_plain(shop.store, shop.out)),
        "write_table": lambda shop: _refused(lambda: _write(shop, shop.out / "rows.csv")),
    },
    settings: {
        "Setting": VALUE,
        "writing_of": VALUE,
        "get": _all_settings,
        "put": lambda shop: _refused(lambda: _put(shop)),
        "store": INNER,
    },
    Store: {
        "undo": lambda shop: shop.store.undo(),
        "redo": lambda shop: shop.store.redo(),
        "revert": lambda shop: _refused(lambda: shop.store.revert(1)),
        "check": lambda shop: _refused(shop.store.check),
        "backup": lambda shop: _refused(lambda: shop.store.backup(shop.out)),
        "changing": _begin,
        "importing": lambda shop: _refused(lambda: _import(shop)),
    }
    | {"takes_long": "says whether undo or redo of one's own is an import"}
    | dict.fromkeys(("create", "open", "close", "rest", "listen"), "shows and changes no row")
    | dict.fromkeys(("reading", "rewriting", "trying", "keeping"), INNER),
    backup: {"restore": lambda shop: _refused(lambda: _restore(shop))},
}
ONLY = {backup}  # of this room the named ones alone


def offered(room):
    """The public names of a module, or of a class."""
    home = getattr(room, "__module__", room.__name__)
    own = [name for name, what in vars(room).items() if getattr(inspect.unwrap(getattr(what, "__func__", what)), "__module__", "") == home]
    return {name for name in getattr(room, "__all__", own) if not name.startswith("_") and callable(getattr(room, name))}


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in ONLY], ids=lambda room: room.__name__)
def test_whatever_a_room_offers_is_tried(room):
    assert offered(room) - set(ROOMS[room]) == set()


def book(shop):
    return {one.__tablename__: raw(shop.store.path, f'SELECT * FROM "{one.__tablename__}"') for one in every(AnyRow)}


@pytest.mark.parametrize(("room", "name"), [(room, name) for room, tried in ROOMS.items() for name, how in tried.items() if callable(how)],
                         ids=lambda one: getattr(one, "__name__", one))  # fmt: skip
def test_a_seller_is_told_no_secret_and_changes_nothing(shop, room, name, tmp_path):
    shop.out, before = tmp_path / "out", book(shop)
    told = ROOMS[room][name](shop)
    told = repr(list(told) if inspect.isgenerator(told) else told)

    assert [secret for secret in SECRETS if secret in told] == []
    assert not shop.out.exists()
    assert book(shop) == before


def test_the_owner_is_told_them_all(shop):
    """Else the test above would pass by asking nothing."""
    shop.store.user = 1

    told = repr([*_listed(shop), *_forms(shop)])
    assert [secret for secret in SECRETS if secret not in told] == []
    assert any(_probed(shop))


def test_an_order_by_what_is_hidden_tells_nothing(shop):
    """The dearest of three goods stood first for whoever asked for that order."""
    shop.store.user, seller = 1, shop.store.user
    shop.goods("Tea", cost=COST + 1)
    shop.goods("Bread", cost=COST - 1)
    shop.store.user = seller

    with shop.store.reading() as s:
        ordered = [LISTINGS["products"].page(s, Filter(sort="cost", descending=down)) for down in (False, True)]
    assert ordered[0] == ordered[1]


def test_a_sale_that_a_seller_changes_keeps_what_its_goods_cost(shop):
    """She sees no cost, so she sends none; and what she would send is not hers to say."""
    ((sale,),) = raw(shop.store.path, "SELECT id FROM sale")
    with shop.store.reading() as s:
        draft = sale_draft(s, sale)
    assert draft.lines[0].unit_cost is None

    line = replace(draft.lines[0].retyped(quantity=2000), unit_cost=1)
    record_change(shop.store, sale, replace(draft, lines=(line,)))

    assert raw(shop.store.path, "SELECT unit_cost, cost FROM sale_line") == [(COST, 2 * COST)]


def test_a_seller_is_not_warned_of_a_price_below_cost(shop):
    """Typing prices until the warning goes would tell the cost."""
    draft = SaleDraft(day("1405-08-01"), (LineDraft(1, unit_price=COST - 1),))
    with shop.store.reading() as s:
        hers = [*remarks(s, draft)]
    shop.store.user = 1
    with shop.store.reading() as s:
        assert len([*remarks(s, draft)]) == len(hers) + 1


def test_a_product_keeps_its_cost_when_who_does_not_see_it_saves_it(shop, monkeypatch):
    """No seller may save goods today; a role that may, and does not see the cost, must not lose it."""
    monkeypatch.setitem(access._MAY, "seller", access._SELLERS | {"product"})
    shop.change_thing("product", 1, name="Basmati", cost=None)

    assert raw(shop.store.path, "SELECT name, cost FROM product") == [("Basmati", COST)]
