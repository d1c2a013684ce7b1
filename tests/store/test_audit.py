"""The audit trail is only added to, and shows when it was touched."""

import datetime as dt
import json

import pytest

from desktop.store import audit
from desktop.store.tables import Product
from tests.little_shop import Shop
from tests.store.strangers import raw


@pytest.mark.parametrize(
    "verb", ["UPDATE change SET name = 'x'", "DELETE FROM change", "UPDATE photo SET after = 'x'", "DELETE FROM photo"]
)
def test_the_audit_trail_is_only_added_to(shop, verb):
    shop.sell(100)

    with pytest.raises(Exception, match="only added to"):
        raw(shop.store.path, verb)


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE change SET name = 'nothing' WHERE id = 2",
        "UPDATE photo SET after = replace(after, '200', '100') WHERE change_id = 2",
        "DELETE FROM photo WHERE change_id = 2",
        "DELETE FROM change WHERE id = 2",
        "UPDATE change SET at = '2020-01-01T00:00:00Z' WHERE id = 1",
        "UPDATE change SET schema = 1 WHERE id = 2",
        "UPDATE change SET schema = NULL WHERE id = 2",
        "INSERT INTO photo (change_id, table_name, row_key, before) VALUES (99, 'sale', '1', '{}')",
    ],
)
def test_check_finds_an_altered_audit_trail(shop, verb):
    for total in (100, 200, 300):
        shop.sell(total)
    for guard in ("change_no_update", "change_no_delete", "photo_no_update", "photo_no_delete"):
        raw(shop.store.path, f"DROP TRIGGER {guard}")
    raw(shop.store.path, verb, keys=False)

    assert any("audit" in problem for problem in shop.store.check())


def test_check_finds_what_was_cut_off_the_end(shop):
    """The newest change and its photographs are gone; every link that is left fits."""
    shop.sell(100)
    shop.sell(200)
    for guard in ("change_no_delete", "photo_no_delete"):
        raw(shop.store.path, f"DROP TRIGGER {guard}")
    raw(shop.store.path, "DELETE FROM photo WHERE change_id = 2")
    raw(shop.store.path, "DELETE FROM change WHERE id = 2")

    assert any("audit" in problem for problem in shop.store.check())


def test_each_change_says_who_when_what_before_and_after(shop):
    with shop.change("Add goods"):
        shop.product("Tea")
    with shop.change("Price tea") as s:
        s.get(Product, 1).price = 10

    ((user, at, name),) = raw(shop.store.path, "SELECT user_id, at, name FROM change WHERE id = 2")
    ((table, key, before, after),) = raw(shop.store.path, "SELECT table_name, row_key, before, after FROM photo WHERE change_id = 2")
    assert (user, name, table, key) == (1, "Price tea", "product", "1")
    assert dt.datetime.fromisoformat(at).tzinfo == dt.UTC
    assert (json.loads(before)["price"], json.loads(after)["price"]) == (None, 10)


def test_undo_is_a_change_of_its_own_in_the_trail(shop):
    shop.sell(100)
    shop.store.undo()
    shop.store.redo()

    assert raw(shop.store.path, "SELECT kind, of_id FROM change ORDER BY id") == [("do", None), ("undo", 1), ("redo", 1)]
    assert shop.store.check() == []


def test_two_books_tell_the_same_story_by_the_same_hashes(tmp_path, monkeypatch):
    """The hash stands for what was done, nothing else."""
    monkeypatch.setattr(audit, "utc_now", lambda: "2026-11-25T08:00:00Z")
    chains = []
    for name in ("one", "two"):
        shop = Shop.at(tmp_path / f"{name}.cheragh")
        shop.sell(100, customer="Sara", day="1405-08-01")
        chains.append(raw(shop.store.path, "SELECT hash FROM change"))
        shop.store.close(backup=False)

    assert chains[0] == chains[1]
