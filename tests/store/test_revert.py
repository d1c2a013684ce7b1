"""An import is taken back as one step, or not at all."""

import pytest
import sqlalchemy as sa

from desktop.store import Busy
from desktop.store.tables import Barcode, Customer, Lead, Payment, Product, Sale, SaleLine
from desktop.values.fold import fold, sort_key
from desktop.values.text import Refused
from tests.little_shop import ENTERED, day
from tests.store.strangers import count, raw, totals


def bring(shop, *rows, file="sales.csv"):
    """Imports sales given as (customer, product, total); gives the batch's number."""
    with shop.store.importing("sales", file, "digest", "{}") as load:
        run = load.connection.execute
        for number, (customer, product, total) in enumerate(rows, 1):
            buyer, goods = (thing(run, load, table, name) for table, name in (("customer", customer), ("product", product)))
            (sale,) = run(
                "INSERT INTO sale (kind, status, number, day, entered_at, customer_id, lines, gross, discount, total, tax, batch_id) "
                "VALUES ('sale', 'final', ?, '2026-10-23', ?, ?, 1, ?, 0, ?, 0, ?) RETURNING id",
                (f"{file}-{number}", ENTERED, buyer, total, total, load.batch_id),
            ).fetchone()
            run(
                "INSERT INTO sale_line (sale_id, position, product_id, quantity, measured, gross, discount, invoice_discount, total, "
                "tax, damaged) VALUES (?, 1, ?, 1000, 0, ?, 0, 0, ?, 0, 0)",
                (sale, goods, total, total),
            )
        load.days, load.tables = {day("1405-08-01")}, frozenset({"sale"})
        return load.batch_id


def thing(run, load, table, name):
    found = run(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()
    more = ", unit, measured" if table == "product" else ""
    values = ", '', 0" if table == "product" else ""
    return (
        found
        or run(
            f"INSERT INTO {table} (name, name_fold, name_sort, archived, batch_id{more}) VALUES (?, ?, ?, 0, ?{values}) RETURNING id",
            (name, fold(name), sort_key(name), load.batch_id),
        ).fetchone()
    )[0]


def test_an_import_goes_as_it_came(shop):
    shop.sell(1, customer="Ali")
    before = raw(shop.store.path, "SELECT * FROM sum_day"), raw(shop.store.path, "SELECT * FROM sum_customer")
    batch = bring(shop, ("Sara", "Tea", 100), ("Ali", "Tin", 200))
    assert totals(shop) == [1, 100, 200]
    shop.store.revert(batch)

    assert totals(shop) == [1]
    assert (raw(shop.store.path, "SELECT * FROM sum_day"), raw(shop.store.path, "SELECT * FROM sum_customer")) == before
    assert (count(shop, Customer), count(shop, Product), count(shop, SaleLine)) == (1, 0, 1)
    assert shop.store.check() == []


def test_an_import_is_one_row_of_the_audit_trail(shop):
    shop.store.revert(bring(shop, ("Sara", "Tea", 100), ("Ali", "Tin", 200)))

    assert raw(shop.store.path, "SELECT kind, batch_id FROM change") == [("import", 1), ("revert", 1)]
    assert raw(shop.store.path, "SELECT count(*) FROM photo") == [(0,)]


def test_both_are_heard_of(shop):
    heard = []
    shop.store.listen(lambda change: heard.append(change.sentence()))
    shop.store.revert(bring(shop, ("Sara", "Tea", 100)))

    assert heard == ["Import sales.csv", "Take back import sales.csv"]


def test_only_its_own_rows_go(shop):
    first = bring(shop, ("Sara", "Tea", 100))
    bring(shop, ("Sara", "Tea", 200), file="more.csv")
    shop.store.revert(first)

    assert totals(shop) == [200]
    assert count(shop, Customer) == 1, "the second import names her"
    assert shop.store.check() == []


@pytest.mark.parametrize("change", ["note", "line"])
def test_an_import_stays_once_a_row_of_it_was_changed(shop, change):
    batch = bring(shop, ("Sara", "Tea", 100))
    with shop.change("Correct sale") as s:
        if change == "note":
            s.get(Sale, 1).note = "by hand"
        else:
            s.get(SaleLine, 1).unit_cost = s.get(SaleLine, 1).cost = 60

    with pytest.raises(Refused, match="“Correct sale” changed a row of it"):
        shop.store.revert(batch)
    assert totals(shop) == [100]


def test_an_import_stays_while_something_belongs_to_it(shop):
    batch = bring(shop, ("Sara", "Tea", 100))
    with shop.change("Record payment") as s:
        s.add(Payment(day=day("1405-08-02"), kind="cash", amount=100, sale_id=1, entered_at=ENTERED))

    with pytest.raises(Refused, match="something recorded since"):
        shop.store.revert(batch)
    assert totals(shop) == [100]
    assert shop.store.check() == []


def test_what_it_brought_and_somebody_worked_on_stays(shop):
    batch = bring(shop, ("Sara", "Tea", 100), ("Ali", "Tin", 200))
    with shop.change("Price tea") as s:
        s.get(Product, 1).price = 10
        s.add(Barcode(product_id=2, text="626"))
    shop.store.revert(batch)

    assert raw(shop.store.path, "SELECT name FROM product") == [("Tea",)]


def test_leads_that_it_found_to_be_its_customers_are_nobodys_again(shop):
    """The one tied by hand stays tied, and its customer with it."""
    found, tied = shop.lead(name="Sara"), shop.lead(name="Ali")
    with shop.store.importing("customers", "customers.csv", "digest", "{}") as load:
        for lead, name in ((found, "Sara"), (tied, "Ali")):
            customer = thing(load.connection.execute, load, "customer", name)
            if lead == found:
                load.connection.execute("UPDATE lead SET customer_id = ? WHERE id = ?", (customer, lead))
    with shop.change("Tie lead") as s:
        s.get(Lead, tied).customer_id = s.scalar(sa.select(Customer.id).where(Customer.name == "Ali"))
    shop.store.revert(load.batch_id)

    assert raw(shop.store.path, "SELECT lead.name, customer.name FROM lead LEFT JOIN customer ON customer.id = customer_id") == [
        ("Sara", None),
        ("Ali", "Ali"),
    ]
    assert raw(shop.store.path, "SELECT name FROM customer") == [("Ali",)]
    assert shop.store.check() == []


def test_an_import_goes_once(shop):
    batch = bring(shop, ("Sara", "Tea", 100))
    shop.store.revert(batch)

    with pytest.raises(Refused, match="no import 1"):
        shop.store.revert(batch)
    with pytest.raises(Refused, match="no import 7"):
        shop.store.revert(7)


def test_an_import_that_fails_leaves_nothing(shop):
    with pytest.raises(ZeroDivisionError), shop.store.importing("sales", "x.csv", "d", "{}") as load:
        thing(load.connection.execute, load, "customer", 1 / 0)

    assert raw(shop.store.path, "SELECT count(*) FROM batch") == [(0,)]


def test_a_sale_waits_for_an_import_and_is_told_so(shop):
    with shop.store.importing("sales", "x.csv", "d", "{}"), pytest.raises(Busy, match="saved when it is done"):
        shop.sell(1)
