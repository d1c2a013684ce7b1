"""What is opened as a book, and what is not."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.store import Store, Trouble, backup, steps
from desktop.store.backup import folder_of
from desktop.store.connection import connect
from desktop.store.steps import SCHEMA, Step
from desktop.store.tables import Barcode, Own, Product, models
from desktop.values.text import Refused
from tests.little_shop import Shop
from tests.store.strangers import last_done, raw, totals

BOOKS = Path(__file__).parent / "books"


def schema_of(path):
    """Every table, index and guard, by name; how a statement is spaced and its names are quoted does not matter."""
    rows = raw(path, "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {(kind, name): "".join((sql or "").replace('"', "").split()) for kind, name, sql in rows}


# Books of every schema that was ever shipped


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_kept_book_of_every_schema_opens_whole(tmp_path, version):
    path = shutil.copy(BOOKS / f"schema-{version}.cheragh", tmp_path / "old.cheragh")

    with Store.open(path) as store:
        assert store.check() == []
        shop = Shop(store)
        assert shop.kpi("revenue", "1405") == 300_000 - 10_000 + 10_000 - 100_000 + 1_000_000
        assert shop.kpi("won_value", "1405") == 900_000
        while store.undo():
            pass
        assert totals(shop) == []
        assert store.check() == []


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_a_kept_book_becomes_what_a_new_one_is(tmp_path, template, version):
    path = shutil.copy(BOOKS / f"schema-{version}.cheragh", tmp_path / "old.cheragh")
    Store.open(path).close()

    assert schema_of(path) == schema_of(template)
    assert raw(path, "PRAGMA user_version") == raw(template, "PRAGMA user_version") == [(SCHEMA,)]
    assert raw(path, "SELECT value FROM setting WHERE key = 'schema'") == [(str(SCHEMA),)]


def rows_of(path):
    """Every kept row, as it lies in the file; the trail and the store's own apart."""
    return {name: sorted(raw(path, f'SELECT * FROM "{name}"'), key=repr) for name, model in models().items() if not issubclass(model, Own)}


def walk(store, step, until="-"):
    """The rows of the book at first and after each ``step`` that went, until there is none or what is done last begins so."""
    stages = [rows_of(store.path)]
    while not (last_done(store) or "").startswith(until) and step():
        stages.append(rows_of(store.path))
    return stages


@pytest.mark.parametrize("version", range(1, SCHEMA + 1))
def test_what_was_done_before_a_step_is_undone_and_done_again_after_it_row_for_row(tmp_path, version):
    """Edits, voids, returns, undo and redo of the old Cheragh, and a change of the new one on top of them."""
    path = shutil.copy(BOOKS / f"schema-{version}.cheragh", tmp_path / "old.cheragh")
    chain = raw(path, "SELECT id, hash FROM change ORDER BY id")
    with Store.open(path) as store:
        with store.changing("Price tea", "product") as s:
            s.get(Product, 1).price += 1
        since_import = walk(store, store.undo, until="Import")
        assert walk(store, store.redo) == since_import[::-1]
        walk(store, store.undo, until="Import")
        assert store.undo() == "Import costs.csv"
        before_import = walk(store, store.undo)
        again = [rows_of(path), *(rows_of(path) for _ in before_import[1:] if store.redo())]

        assert again == before_import[::-1]
        assert len(since_import) > 5
        assert len(before_import) > 20
        assert [len(again[0][table]) for table in ("sale", "sale_line", "product", "deal", "payment", "closing")] == [0] * 6
        with pytest.raises(Refused, match="Import costs"):
            store.redo()
        assert store.check() == []
    assert raw(path, "SELECT id, hash FROM change ORDER BY id")[: len(chain)] == chain
    assert set(raw(path, "SELECT schema FROM change WHERE id > ?", len(chain))) == {(SCHEMA,)}


# The way from one schema to the next, walked by a step that does not exist


def add_colour(db, _=None):
    db.execute("ALTER TABLE product ADD COLUMN colour TEXT")
    db.execute("UPDATE product SET colour = 'red'")


@pytest.fixture
def step(monkeypatch):
    """Cheragh of tomorrow: one more step."""

    def use(step):
        monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, step if isinstance(step, Step) else Step(step)))
        monkeypatch.setattr(steps, "SCHEMA", len(steps.STEPS) + 1)

    return use


@pytest.fixture
def closed(shop):
    """The path of a closed book with one sale."""
    shop.sell(7, product="Tea")
    shop.store.close(backup=False)
    return shop.store.path


def backups_of(path):
    folder = folder_of(raw(path, "SELECT value FROM setting WHERE key = 'book_id'")[0][0])
    return sorted(folder.glob("*")) if folder.exists() else []


def test_an_old_book_is_brought_up_and_a_copy_of_what_it_was_is_kept(closed, step):
    step(add_colour)
    Store.open(closed).close()

    assert raw(closed, "SELECT name, colour FROM product") == [("Tea", "red")]
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA + 1,)]
    (kept,) = backups_of(closed)
    assert kept.name.endswith(f"-schema-{SCHEMA}.cheragh")
    assert raw(kept, "PRAGMA user_version") == [(SCHEMA,)]
    assert raw(kept, "SELECT total FROM sale") == [(7,)]


def coloured(table, values):
    return [(table, values | {"colour": "red"} if table == "product" else values)]


def strict_sources(db, progress):
    """A source's name is not empty: what ALTER TABLE cannot say."""
    (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'source'").fetchone()
    steps.remake(db, "source", sql.replace("archived INTEGER", "archived INTEGER CHECK (name <> '')"), progress)


def codes_apart(db, _):
    """One row becomes two: a product's code is a label of its own that belongs to it."""
    db.execute("INSERT INTO barcode (id, product_id, text) SELECT id + 1000, id, code FROM product WHERE code IS NOT NULL")
    db.execute("UPDATE product SET code = NULL")


def code_apart(table, values):
    if table != "product":
        return [(table, values)]
    label = ("barcode", {"id": values["id"] + 1000, "product_id": values["id"], "text": values["code"]})
    return [(table, values | {"code": None}), *([label] if values["code"] else [])]


STEPS_OF_TOMORROW = {
    "a column": Step(add_colour, coloured), "a table anew": Step(strict_sources), "one row in two": Step(codes_apart, code_apart)
}  # fmt: skip


@pytest.fixture
def worked(shop):
    """The path of a closed book: tea came, was priced and coded, sold and the sale voided, undone and half of it done again."""
    with shop.change("Add tea") as s:
        s.get(Product, shop.product("Tea")).code = "T"
    with shop.change("Price tea") as s:
        s.get(Product, 1).price = 10
    with shop.change("Code tea") as s:
        s.get(Product, 1).code = "T-1"
    shop.sell(7, product="Tea", source="Street", customer="Sara")
    shop.void(shop.sell(8, product="Tea", source="Street"))
    shop.store.undo()
    shop.store.undo()
    shop.store.redo()
    shop.store.close(backup=False)
    return shop.store.path


@pytest.mark.parametrize("scratch", STEPS_OF_TOMORROW.values(), ids=STEPS_OF_TOMORROW)
def test_a_step_takes_nothing_from_undo_and_redo(worked, step, scratch):
    """Found by a review: one more column, and no product could be undone any more."""
    step(scratch)
    with Store.open(worked) as store:
        seen = walk(store, store.undo)
        assert len(seen) == 6
        assert (seen[-1]["product"], seen[-1]["barcode"], seen[-1]["sale"]) == ([], [], [])
        again = walk(store, store.redo)

        assert again[: len(seen)] == seen[::-1]
        assert store.check() == []
    assert raw(worked, "SELECT DISTINCT schema FROM change ORDER BY 1") == [(SCHEMA,), (SCHEMA + 1,)]


def test_undo_of_an_old_change_names_who_changed_what_a_step_made_of_it(worked, step):
    """The label was a column when the code was typed; it goes with the product, and guards it."""
    step(STEPS_OF_TOMORROW["one row in two"])
    with Store.open(worked) as store:
        raw(worked, "INSERT INTO user (id, name, role, archived) VALUES (2, 'Mina', 'owner', 0)")
        store.user = 2
        with store.changing("Print another label", "product") as s:
            s.get(Barcode, 1001).text = "T-2"
        store.user = 1
        with pytest.raises(Refused, match="“Code tea” cannot be taken back: “Print another label”"):
            walk(store, store.undo)


def test_a_table_made_anew_keeps_its_rows_indexes_guards_and_last_number(shop):
    shop.sell(7)
    shop.sell(8)
    shop.store.undo()
    shop.store.close(backup=False)
    db = connect(shop.store.path)

    def look():
        texts = "SELECT * FROM sale", "SELECT * FROM change", "SELECT * FROM sqlite_sequence ORDER BY 1"
        return schema_of(shop.store.path), *(raw(shop.store.path, text) for text in texts)

    before = look()
    heard = []
    db.execute("PRAGMA foreign_keys = OFF")
    for table in ("sale", "sale_seller", "change", "sum_day"):
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        steps.remake(db, table, sql, heard.append)
    db.close()

    assert look() == before
    assert heard[-1] == 1.0
    with Store.open(shop.store.path) as again:
        assert again.check() == []


def test_the_opening_hears_how_far_it_is(closed, step):
    heard = []
    step(strict_sources)
    step(add_colour)
    with Store.open(closed, progress=heard.append):
        assert heard == sorted(heard)
        assert heard[-1] <= 1


def test_a_step_is_walked_once(closed, step):
    step(add_colour)
    Store.open(closed).close()
    Store.open(closed).close()

    assert len(backups_of(closed)) == 1


def test_a_step_that_fails_half_way_leaves_the_book_as_it_was(closed, step):
    def fail(db, _):
        add_colour(db)
        db.execute("SELECT 1 FROM nowhere")

    step(fail)
    before = schema_of(closed)

    with pytest.raises(Exception, match="nowhere"):
        Store.open(closed)
    assert schema_of(closed) == before
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_step_that_leaves_a_row_pointing_nowhere_is_not_taken(closed, step):
    step(lambda db, _: db.execute("DELETE FROM product"))

    with pytest.raises(AssertionError, match="pointing nowhere"):
        Store.open(closed)
    assert raw(closed, "SELECT count(*) FROM product") == [(1,)]


def test_without_room_for_a_copy_nothing_is_changed(closed, step, monkeypatch):
    step(add_colour)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))

    with pytest.raises(Trouble, match=r"needs \d+ MB of room"):
        Store.open(closed)
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


@pytest.mark.skipif(os.name == "nt", reason="quotas of one process are POSIX")
def test_a_disk_that_fills_during_a_step_leaves_the_old_book(closed, step, quota):
    def grow(db, _):
        db.execute("CREATE TABLE much (x)")
        for _ in range(1000):
            db.execute("INSERT INTO much VALUES (randomblob(10000))")

    step(grow)
    quota(closed.stat().st_size * 3)

    with pytest.raises(Trouble):
        Store.open(closed)
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]
    assert raw(closed, "SELECT total FROM sale") == [(7,)]


def test_a_book_with_wrong_totals_is_not_brought_up(closed, step):
    """First it is checked and mended, then changed."""
    step(add_colour)
    raw(closed, "UPDATE sum_day SET net = 8")

    with pytest.raises(Trouble, match="totals differ"):
        Store.open(closed)
    assert raw(closed, "PRAGMA user_version") == [(SCHEMA,)]


def test_a_book_of_tomorrow_is_refused_today(closed, step, monkeypatch):
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(steps, "STEPS", (*steps.STEPS, Step(add_colour)))
        tomorrow.setattr(steps, "SCHEMA", SCHEMA + 1)
        Store.open(closed).close()

    with pytest.raises(Refused, match="newer"):
        Store.open(closed)


# What is no book


def test_a_file_that_is_no_book_is_refused(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04" + bytes(9_000))

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").stat().st_size == 9_004


def test_a_plain_database_is_refused(tmp_path):

    db = sqlite3.connect(tmp_path / "plain.db")
    db.execute("CREATE TABLE sale (id)")
    db.commit()
    db.close()

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "plain.db")


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "empty.cheragh").touch()

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "empty.cheragh")


def test_another_database_with_our_key_is_refused(tmp_path):
    connect(tmp_path / "other.cheragh", new=True).close()
    raw(tmp_path / "other.cheragh", "CREATE TABLE sale (id)")

    with pytest.raises(Refused, match="not a Cheragh book"):
        Store.open(tmp_path / "other.cheragh")


def test_a_missing_book_is_refused(tmp_path):
    with pytest.raises(Refused, match="There is no book"):
        Store.open(tmp_path / "none.cheragh")
    assert list(tmp_path.glob("none*")) == []


def test_a_book_is_not_made_over_another(shop):
    with pytest.raises(Refused, match="there already"):
        Store.create(shop.store.path)


def test_a_newer_book_is_refused_and_stays_as_it_is(shop):
    shop.store.close()
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA + 1}")

    with pytest.raises(Refused, match="newer"):
        Store.open(shop.store.path)
    assert raw(shop.store.path, "PRAGMA user_version") == [(SCHEMA + 1,)]


def test_a_refused_book_can_be_opened_by_the_next(shop):
    shop.store.close()
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(Refused):
        Store.open(shop.store.path)
    raw(shop.store.path, f"PRAGMA user_version = {SCHEMA}")

    Store.open(shop.store.path).close()
