"""Undo and redo."""

import pytest
import sqlalchemy as sa

from desktop.store import Busy, Store
from desktop.store.tables import Barcode, Customer, Product, Sale, SaleLine, SumDay
from desktop.values.text import Refused
from tests.store.strangers import count, raw, totals


def test_undo_takes_the_last_change_back_whole(shop):
    shop.sell(100, customer="Sara")
    shop.sell(200, customer="Ali", seller="Reza")

    assert shop.store.undo() == "Record sale"
    assert totals(shop) == [100]
    assert count(shop, Customer) == 1
    assert shop.store.check() == []


def test_redo_does_it_again_to_the_last_number(shop):
    sale = shop.sell(100, customer="Sara", cost=60)
    with shop.store.reading() as s:
        before = dict(s.execute(sa.text("SELECT * FROM sale")).mappings().one())
    shop.store.undo()

    assert shop.store.redo() == "Record sale"
    with shop.store.reading() as s:
        assert dict(s.execute(sa.text("SELECT * FROM sale")).mappings().one()) == before
        assert s.get(Sale, sale).total == 100
    assert shop.store.check() == []


def test_undoing_everything_gives_the_empty_book(shop):
    sale = shop.sell(300, customer="Sara", seller={"Reza": 3_333, "Mina": 6_667}, cost=100)
    shop.give_back(sale, 100)
    shop.void(sale)
    shop.move(sale, "1405-07-01")
    while shop.store.undo():
        pass

    assert [count(shop, table) for table in (Sale, SaleLine, Customer, SumDay)] == [0, 0, 0, 0]
    assert shop.store.check() == []


def test_undo_and_redo_walk_up_and_down(shop):
    for total in (1, 2, 3):
        shop.sell(total)
    shop.store.undo()
    shop.store.undo()
    seen = [totals(shop)]
    shop.store.redo()
    seen.append(totals(shop))
    shop.store.undo()
    seen.append(totals(shop))
    shop.store.redo()
    shop.store.redo()
    seen.append(totals(shop))

    assert seen == [[1], [1, 2], [1], [1, 2, 3]]
    assert shop.store.redo() is None


def test_a_new_change_forgets_what_could_be_redone(shop):
    shop.sell(1)
    shop.store.undo()
    shop.sell(2)

    assert shop.store.redo() is None
    assert totals(shop) == [2]


def test_undo_outlives_the_program(shop):
    shop.sell(100)
    shop.store.close()

    with Store.open(shop.store.path) as again:
        assert again.undo() == "Record sale"


@pytest.fixture
def other(shop):
    """The same book, used by Mina."""
    raw(shop.store.path, "INSERT INTO user (id, name, role, archived) VALUES (2, 'Mina', 'accountant', 0)")
    store = Store(shop.store.path, shop.store._lock, user=2)
    yield store
    store._engine.dispose()


def test_undo_refuses_when_somebody_else_changed_the_same_thing_since(shop, other):
    sale = shop.sell(100)
    with other.changing("Correct sale", "sell") as s:
        s.get(Sale, sale).note = "by hand"

    with pytest.raises(Refused, match="taken back: “Correct sale”"):
        shop.store.undo()
    assert totals(shop) == [100]


def test_redo_refuses_when_the_thing_was_changed_since(shop, other):
    """Somebody else's change does not clear my redo, but it must not be run over either."""
    with shop.change("Add goods"):
        shop.product("Tea")
    with shop.change("Price tea") as s:
        s.get(Product, 1).price = 10
    shop.store.undo()
    with other.changing("Correct tea", "sell") as s:
        s.get(Product, 1).price = 30

    with pytest.raises(Refused, match="done again: “Correct tea”"):
        shop.store.redo()
    with shop.store.reading() as s:
        assert s.get(Product, 1).price == 30


def test_undo_refuses_what_a_later_change_needs(shop, other):
    """The goods were sold meanwhile: without them the sale would point to nothing."""
    with shop.change("Add goods"):
        tea = shop.product("Tea")
    with other.changing("Sell tea", "sell") as s:
        s.add(Barcode(product_id=tea, text="626"))

    with pytest.raises(Refused, match="“Add goods” stays"):
        shop.store.undo()
    assert count(shop, Product) == 1
    assert shop.store.check() == []


def test_undo_refuses_a_number_that_is_taken_again(shop, other):
    with shop.change("Add goods"):
        shop._named(Product, "Tea", code="T")
    with shop.change("Rename") as s:
        s.get(Product, 1).code = "OLD"
    with other.changing("Add goods", "sell") as s:
        s.add(Product(name="Tin", name_fold="tin", name_sort="tin", code="T"))

    with pytest.raises(Refused, match="“Rename” stays"):
        shop.store.undo()


def test_each_user_undoes_their_own(shop, other):
    shop.sell(1)
    with other.changing("Add goods", "sell") as s:
        s.add(Product(name="Tin", name_fold="tin", name_sort="tin"))

    assert shop.store.undo() == "Record sale"
    assert other.undo() == "Add goods"
    assert totals(shop) == []


def test_the_last_200_changes_can_be_undone_and_no_more(shop):
    for total in range(1, 204):
        shop.sell(total)
    shop.store.close()
    with Store.open(shop.store.path) as again:
        undone = 0
        while again.undo():
            undone += 1
        with again.reading() as s:
            left = s.scalars(sa.select(Sale.total)).all()
        assert (undone, left) == (200, [1, 2, 3])
        while again.redo():
            undone -= 1
        assert undone == 0
        assert again.check() == []


def bring(shop, name, file="list.csv"):
    """Imports one product; gives the batch's number."""
    with shop.store.importing("products", file, "digest", "{}") as load:
        load.connection.execute(
            "INSERT INTO product (name, name_fold, name_sort, archived, unit, measured, batch_id) VALUES (?, ?, ?, 0, '', 0, ?)",
            (name, name, name, load.batch_id),
        )
        load.tables = frozenset({"product"})
    return load.batch_id


def names(shop):
    return [name for (name,) in raw(shop.store.path, "SELECT name FROM product")]


def test_undo_right_after_an_import_takes_the_import_back(shop):
    """It took the sale before it, and the import stayed."""
    shop.sell(100)
    bring(shop, "tin")

    assert shop.store.undo() == "Import list.csv"
    assert (names(shop), totals(shop)) == ([], [100])
    assert shop.store.undo() == "Record sale"
    assert (totals(shop), shop.store.undo()) == ([], None)
    assert shop.store.check() == []


def test_an_import_that_was_taken_back_is_not_skipped_by_redo(shop):
    shop.sell(100)
    bring(shop, "tin")
    shop.store.undo()

    with pytest.raises(Refused, match=r"“Import list\.csv” cannot be done again\. To have those rows again, import the file again\."):
        shop.store.redo()
    shop.store.undo()
    assert shop.store.redo() == "Record sale"
    assert totals(shop) == [100]


def test_an_import_forgets_what_could_be_redone(shop):
    shop.sell(100)
    shop.store.undo()
    bring(shop, "tin")

    assert shop.store.redo() is None
    assert totals(shop) == []


def test_undo_right_after_an_older_import_was_taken_back_names_it(shop):
    """Its rows cannot come again, and the sale made after it is not what was done last."""
    batch = bring(shop, "tin")
    shop.sell(100)
    shop.store.revert(batch)

    with pytest.raises(Refused, match=r"“Take back import list\.csv” cannot be taken back\. To have those rows again, import the file"):
        shop.store.undo()
    assert totals(shop) == [100]
    shop.sell(200)
    assert shop.store.undo() == "Record sale"


def test_undo_of_an_import_leaves_what_somebody_worked_on(shop):
    bring(shop, "tin")
    with shop.change("Price tin") as s:
        s.get(Product, 1).price = 10
    shop.store.undo()

    assert shop.store.undo() == "Import list.csv"
    assert names(shop) == ["tin"], "as whenever an import is taken back"


def test_another_users_import_is_not_mine_to_undo(shop, other):
    shop.sell(100)
    bring(shop, "tin")

    assert other.undo() is None


def test_undo_does_not_wait_behind_a_long_change(shop):
    shop.sell(100)
    with shop.change(), pytest.raises(Busy):
        shop.store.undo()


def test_undo_is_heard_of(shop):
    shop.sell(100)
    heard = []
    shop.store.listen(heard.append)
    shop.store.undo()
    shop.store.redo()

    assert [change.kind for change in heard] == ["undo", "redo"]
    assert "sale" in heard[0].tables
