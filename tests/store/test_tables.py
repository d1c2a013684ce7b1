"""The last line of defence: what the database itself refuses, whoever asks."""

import datetime as dt

import pytest
import sqlcipher3.dbapi2 as driver

from desktop.store.tables import Archived, Day, Document, Imported, Kept, Own, PartOf, Row, every, models, owner_of, utc_now
from tests.store.strangers import raw

NAMED = "name, name_fold, name_sort"
SALE = "kind, status, number, day, entered_at, lines, gross, discount, total, tax"


@pytest.fixture
def path(shop):
    """A book with a sale of two sellers' goods, a deal and a target."""
    shop.sell(300, customer="Sara", seller={"Reza": 4_000, "Mina": 6_000}, cost=100, product="Tea", payment="cash")
    shop.deal(100)
    shop.target(1_000)
    shop.nps(9)
    shop.cost(5)
    return shop.store.path


@pytest.mark.parametrize(
    "sql",
    [
        # amounts that do not add up, or cannot be
        "UPDATE sale SET total = total + 1",
        "UPDATE sale_line SET total = total + 1",
        "UPDATE sale_line SET unit_price = -1",
        "UPDATE sale_line SET unit_cost = -1",
        "UPDATE sale_line SET cost = NULL",
        "UPDATE product SET price = -1",
        "UPDATE deal SET value = -1",
        "UPDATE sale_seller SET share = 0",
        "UPDATE sale_seller SET share = 10001",
        "UPDATE nps_answer SET score = 11",
        "UPDATE stage SET probability = 10001",
        "INSERT INTO price_index (month, value, origin) VALUES ('2026-10-23', 0, 'own')",
        # words that mean nothing
        "UPDATE sale SET kind = 'gift'",
        "UPDATE sale SET status = 'gone'",
        "UPDATE sale SET payment = 'gold'",
        "UPDATE cost SET status = 'gone'",
        "UPDATE deal SET outcome = 'maybe'",
        "UPDATE target SET direction = 'about'",
        "UPDATE user SET role = 'king'",
        # states that contradict themselves
        "UPDATE deal SET outcome = 'won'",
        "UPDATE deal SET closed = '2026-10-23'",
        "UPDATE sale SET original_id = id",
        "UPDATE target SET scope = 'seller'",
        'UPDATE target SET "end" = start',
        "INSERT INTO closing (start, \"end\", at, user_id) VALUES ('2026-10-23', '2026-10-23', 'x', 1)",
        "INSERT INTO photo (change_id, table_name, row_key) VALUES (1, 'sale', '1')",
        # what must be there
        "UPDATE sale SET number = NULL",
        "UPDATE sale SET day = NULL",
        "UPDATE customer SET name = NULL",
        # names that are taken
        f"INSERT INTO sale ({SALE}) SELECT {SALE} FROM sale",
        "INSERT INTO barcode (product_id, text) VALUES (1, '626'), (1, '626')",
        f"INSERT INTO seller ({NAMED}, code, archived) VALUES ('a', 'a', 'a', 'X', 0), ('b', 'b', 'b', 'X', 0)",
        f"INSERT INTO category ({NAMED}, archived) VALUES ('a', 'a', 'a', 0), ('a', 'a', 'a', 0)",
        # rows that point to nothing
        "UPDATE sale SET customer_id = 99",
        "UPDATE sale_line SET sale_id = 99",
        "UPDATE sale_line SET product_id = 99",
        "UPDATE sale_seller SET seller_id = 99",
        "UPDATE deal SET stage_id = 99",
        "DELETE FROM sale",
        "DELETE FROM product",
        "DELETE FROM seller",
    ],
)
def test_the_database_refuses(path, sql):
    with pytest.raises(driver.IntegrityError):
        raw(path, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sale SET total = 'much', gross = 'much', discount = 0",
        "UPDATE sale_line SET quantity = 1.5",
        "UPDATE user SET archived = 'no'",
    ],
)
def test_a_number_is_a_number(path, sql):
    """Tables are strict: a word or a broken number never lies where an amount should."""
    with pytest.raises(driver.IntegrityError, match="cannot store"):
        raw(path, sql)


def test_every_table_is_strict(path):
    strict = {name for _, name, _, _, _, strict in raw(path, "PRAGMA table_list") if strict}

    assert strict == set(Row.metadata.tables)


def test_a_number_is_never_used_twice(path):
    """The audit trail names rows by their number; another row must not take it."""
    raw(path, "DELETE FROM nps_answer")
    raw(path, "INSERT INTO nps_answer (day, status, entered_at, score) VALUES ('2026-10-23', 'final', 'x', 1)")

    assert raw(path, "SELECT id FROM nps_answer") == [(2,)]


def test_every_list_by_day_has_its_index(path):
    for table in ("sale", "payment", "lead", "activity", "cost", "nps_answer"):
        plan = raw(path, f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE day >= '2026' ORDER BY day, id")
        assert f"USING INDEX ix_{table}_day" in plan[0][3]
        assert not any("TEMP B-TREE" in step[3] for step in plan)


# What a table says of itself: closing, undo, import and whatever else looks at many tables asks nothing else


@pytest.mark.parametrize("model", every(Row), ids=lambda model: model.__tablename__)
def test_every_table_says_what_it_is(model):
    days = [column.name for column in model.__table__.columns if column.type is Day]

    assert sum(issubclass(model, kind) for kind in (Document, Archived, PartOf, Kept, Own)) == 1
    assert "dated" in vars(model) or not days or issubclass(model, Own), f"{model.__tablename__} must say which of {days} date it"
    assert set(model.dated) <= set(days)
    assert bool(model.verb) != issubclass(model, PartOf | Own)


def test_a_document_can_be_voided_and_a_thing_archived():
    assert [model for model in every(Document) if "status" not in model.__table__.columns] == []
    assert [model for model in every(Archived) if "archived" not in model.__table__.columns] == []


def test_a_part_names_its_owner():
    owners = {part.__tablename__: owner_of(part).__tablename__ for part in every(PartOf)}

    assert owners == {"sale_line": "sale", "sale_seller": "sale", "deal_stage": "deal", "barcode": "product"}


def test_every_table_is_among_all_and_stands_before_what_it_names():
    order = [model.__tablename__ for model in every(Row)]

    assert set(order) == set(models()) == set(Row.metadata.tables)
    assert order.index("sale_line") < order.index("sale") < order.index("customer")
    assert [model for model in every(Imported) if "batch_id" not in model.__table__.columns] == []


def test_moments_are_kept_in_utc_to_the_second():
    assert dt.datetime.strptime(utc_now(), "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
