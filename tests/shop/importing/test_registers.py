"""Goods and people from a file are what the form would have made of them."""

import pytest

from desktop.shop.clock import shop_day
from desktop.store import settings
from tests.little_shop import day
from tests.shop.importing.conftest import reasons

ALIKE = {
    "product": ({"name": "چای كیسه‌ای", "code": "۱۲", "barcodes": "626 627", "unit": "کیلو", "price": 1500, "cost": 0},
                "name,code,barcode,unit,price,cost\nچای كیسه‌ای,۱۲,626 627,کیلو,1500,0\n"),
    "customer": ({"name": "Ali  Reza", "code": "C-1", "phone": "+98 912 111 1111", "note": "by post"},
                 "name,code,phone,note\nAli  Reza,C-1,+98 912 111 1111,by post\n"),
    "seller": ({"name": "Sara", "code": "7", "pay": 900}, "name,code,pay\nSara,7,900\n"),
    "campaign": ({"name": "یلدا", "channel": "Instagram", "first_day": day("1405-09-01"), "last_day": day("1405-09-30"), "budget": 5000},
                 "name,channel,start,end,budget\nیلدا,Instagram,1405/09/01,1405/09/30,5000\n"),
}  # fmt: skip


@pytest.mark.parametrize("key", ALIKE)
def test_a_thing_that_is_typed_is_the_imported_one(desk, key):
    values, file = ALIKE[key]
    desk.shop.add(key, **values)
    typed = kept(desk, key)
    desk.shop.store.undo()

    assert desk.take(file, f"{key}s").accepted == 1
    assert kept(desk, key) == typed


def kept(desk, key):
    """All of a thing but its number and where it came from, and its barcodes."""
    names = [name for (name,) in desk.rows(f"SELECT name FROM pragma_table_info('{key}')") if name not in ("id", "batch_id")]
    return desk.rows(f"SELECT {', '.join(names)} FROM {key}"), desk.rows("SELECT text FROM barcode")


def test_what_a_file_names_beside_is_made_once_and_counted(desk):
    outcome = desk.take("name,category,price\nRice,Food,5\nTea,food,7\n,,\nRice,Other,9\n", "products")

    assert (outcome.accepted, outcome.skipped, dict(outcome.created)) == (2, 1, {"product": 2, "category": 1})
    assert desk.rows("SELECT p.name, c.name, price FROM product p JOIN category c ON c.id = category_id") == [
        ("Rice", "Food", 5), ("Tea", "Food", 7),
    ]  # fmt: skip


def test_a_source_is_known_since_the_shops_day_by_form_and_by_file(desk):
    """By a file it was the day in Greenwich."""
    with desk.shop.change() as s:
        settings.put(s, "day_starts", "23:59")
        today = shop_day(s).isoformat()

    desk.shop.add("customer", name="Ali", first_source_id=desk.shop.add("source", name="Telegram"))
    desk.take("name,source\nSara,Telegram\nMina,\n", "customers")

    assert desk.rows("SELECT name, since, first_source_id FROM customer") == [("Ali", today, 1), ("Sara", today, 1), ("Mina", None, None)]


@pytest.mark.parametrize(
    ("kind", "file", "field", "reason"),
    [
        ("campaigns", "name,start,end\nYalda,1405/09/30,1405/09/01\n", "end", "A campaign cannot end before it begins."),
        ("sellers", "name,pay\nSara,-1\n", "pay", "An amount cannot be negative."),
        ("customers", "code,name,phone,note\n,,,lost\n", "", "The row names nobody: it has neither a code, a name nor a phone."),
        ("products", "name,price\n,5\n", "name", "The cell is empty, and this field is needed."),
    ],
)
def test_a_row_that_no_form_would_take_is_refused_with_its_reason(desk, kind, file, field, reason):
    assert reasons(desk.take(file, kind)) == [(2, field, reason)]


@pytest.mark.parametrize(
    ("file", "field", "value", "owner"),
    [
        ("code,name\n7,شکر\n7,نمک\n", "code", "7", "شکر"),
        ("code,name\n۷,شکر\n7,نمک\n", "code", "7", "شکر"),
        ("code,name,barcode\n7,شکر,1\n7,نمک,2\n", "code", "7", "شکر"),
        ("name,barcode\nشامپو,6260001\nنرم‌کننده,6260001\n", "barcode", "6260001", "شامپو"),
        ("code,name,barcode\n1,شامپو,6260001\n,نرم‌کننده,6260001\n", "barcode", "6260001", "شامپو"),
        ("name,barcode\nTea,\"55, 66\"\nRice,66\n", "barcode", "66", "Tea"),
        ("code,name\nA-1,Tea\nA-1,Rice\n", "code", "A-1", "Tea"),
        ("name,barcode\nTea,55\nRice,55\n", "barcode", "55", "Tea"),
    ],
)  # fmt: skip
def test_the_code_of_another_good_refuses_the_row_and_says_whose_it_is(desk, file, field, value, owner):
    outcome = desk.take(file, "products")

    assert (outcome.accepted, outcome.refused) == (1, 1)
    assert reasons(outcome) == [(3, field, f"“{value}” belongs to “{owner}”.")]


def test_the_barcode_of_a_good_with_another_code_stays_where_it_is_and_is_said(desk):
    outcome = desk.take("code,name,barcode\n1,Tea,55\n2,Rice,55\n2,Rice,55\n", "products")

    assert (outcome.accepted, outcome.skipped) == (2, 1)
    assert any("belongs to “Tea”" in note for note in outcome.notes)


@pytest.mark.parametrize(("header", "price"), [("Sale price,Regular price", 20), ("قیمت فروش ویژه,قیمت اصلی", 20), ("sale price,note", 16)])
def test_the_list_price_is_taken_where_a_reduced_one_stands_beside(desk, header, price):
    desk.take(f"name,{header}\nTea,16,20\n", "products")

    assert desk.one("SELECT price FROM product") == price
