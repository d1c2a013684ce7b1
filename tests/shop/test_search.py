"""Finding things while they are typed."""

import pytest

from desktop.shop import sales, things
from desktop.shop.search import find, search
from desktop.shop.things.product import by_code
from tests.little_shop import day


def names(shop, entity, text, **more):
    with shop.store.reading() as s:
        return [name for _, name, _ in find(s, entity, text, **more)]


def hits(shop, text, **more):
    with shop.store.reading() as s:
        return [(hit.kind, hit.title, hit.hint) for hit in search(s, text, **more)]


# Picking one thing


def test_names_that_begin_so_come_first_then_the_alphabet(shop):
    for name in ("روغن زیتون", "زیتون سبز", "پودر زیتون", "زیتون سیاه", "چای"):
        shop.goods(name)

    assert names(shop, "product", "زيتون") == ["زیتون سبز", "زیتون سیاه", "پودر زیتون", "روغن زیتون"]
    assert names(shop, "product", "") == ["پودر زیتون", "چای", "روغن زیتون", "زیتون سبز", "زیتون سیاه"]
    assert names(shop, "product", "زیتون", limit=2) == ["زیتون سبز", "زیتون سیاه"]


def test_a_barcode_or_whole_code_finds_its_product_alone(shop):
    rice = shop.goods("Rice 12", code="R12", barcodes="6260001112223 55")
    shop.goods("Oil", code="12")
    shop.goods("R12 box")

    assert names(shop, "product", "۶۲۶۰۰۰۱۱۱۲۲۲۳") == ["Rice 12"]
    assert names(shop, "product", " 55 ") == ["Rice 12"]
    assert names(shop, "product", "R12") == ["Rice 12"]
    assert names(shop, "product", "12") == ["Oil"]
    with shop.store.reading() as s:
        assert by_code(s, "55") == (rice, "Rice 12", "R12")
        assert by_code(s, "626000111222") is None
        assert by_code(s, "") is None


def test_a_barcode_goes_before_a_code(shop):
    shop.goods("Oil", code="55")
    shop.goods("Rice", barcodes="55")

    assert names(shop, "product", "55") == ["Rice"]


def test_part_of_a_code_finds_products_whose_code_begins_so(shop):
    shop.goods("Rice", code="AB-12")
    shop.goods("Oil", code="XAB-1")

    assert names(shop, "product", "AB-") == ["Rice"]


@pytest.mark.parametrize("typed", ["09123456789", "۰۹۱۲۳۴", "345 67", "6789", "+98 912 345 6789"])
def test_a_customer_is_found_by_part_of_the_phone(shop, typed):
    shop.add("customer", name="Ali", phone="0912 345 6789")
    shop.add("customer", name="Tom", phone="0935 111 0000")

    assert names(shop, "customer", typed) == ["Ali"]


def test_three_digits_say_nothing_about_a_phone(shop):
    shop.add("customer", name="Ali", phone="09123456789")
    shop.add("customer", name="Box 345")

    assert names(shop, "customer", "345") == ["Box 345"]


def test_what_is_typed_is_looked_for_as_it_is(shop):
    shop.goods("Chocolate 70%")
    shop.goods("Chocolate 700")
    shop.goods("A_B"), shop.goods("AxB")

    assert names(shop, "product", "70%") == ["Chocolate 70%"]
    assert names(shop, "product", "A_B") == ["A_B"]
    assert names(shop, "product", "%") == ["Chocolate 70%"]


def test_archived_and_void_things_are_not_offered(shop):
    for key, values in (
        ("product", {"name": "Rice", "barcodes": "55"}),
        ("customer", {"name": "Rice"}),
        ("lead", {"name": "Rice", "day": day("1405-08-01")}),
        ("deal", {"name": "Rice", "stage_id": 1}),
    ):
        row = shop.add(key, **values)
        assert names(shop, key, "rice") == ["Rice"]
        things.remove(shop.store, key, row)
        assert names(shop, key, "rice") == []
    assert names(shop, "product", "55") == []


def test_deals_are_found_by_name_or_number_newest_first(shop):
    for name in ("Gift baskets", "Office tea", "Gifts for staff"):
        shop.add("deal", name=name, stage_id=1)

    assert names(shop, "deal", "gift") == ["Gifts for staff", "Gift baskets"]
    assert names(shop, "deal", "۲") == ["Office tea"]
    assert names(shop, "deal", "") == ["Gifts for staff", "Office tea", "Gift baskets"]


def test_stages_stand_in_their_order(shop):
    with shop.store.reading() as s:
        assert [row for row, *_ in find(s, "stage", "")] == [shop.stage(at) for at in range(6)]


# The one search box


def test_a_number_finds_its_invoice_and_its_return(shop):
    ali = shop.add("customer", name="Ali")
    shop.bring_back(shop.ring_up(100, number="1", customer=ali))
    shop.ring_up(100, number="11")

    assert hits(shop, "۱") == [("sale", "Invoice 1", "Ali"), ("sale", "Return 1", "Ali")]


def test_a_void_invoice_is_found_too(shop):
    sales.record_void(shop.store, shop.ring_up(100, number="77"))

    assert hits(shop, "77") == [("sale", "Invoice 77", "")]


def test_one_word_finds_things_of_every_kind_a_few_of_each(shop):
    for n in range(9):
        shop.add("customer", name=f"Yalda {n}", phone=f"0912000000{n}")
    for key in ("product", "seller", "campaign", "source", "category"):
        shop.add(key, name="Yalda")
    shop.add("lead", name="Yalda", day=day("1405-08-01"))
    shop.add("deal", name="Yalda", stage_id=1)

    found = hits(shop, "yalda", limit=3)

    assert [kind for kind, _, _ in found] == [
        "customer", "customer", "customer", "product", "lead", "deal", "seller", "campaign", "source", "category",
    ]  # fmt: skip
    assert found[0] == ("customer", "Yalda 0", "09120000000")


@pytest.mark.parametrize("typed", ["", "   ", "\u200c"])
def test_nothing_typed_finds_nothing(shop, typed):
    shop.goods("Rice")

    assert hits(shop, typed) == []
