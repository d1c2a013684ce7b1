"""Who a file names: whoever came by is nobody, and a key that says nothing makes no two people one."""

import pytest

from desktop.shop.importing.keys import apart
from desktop.values.fold import clean, phone
from tests.shop.importing.conftest import reasons


def names(desk):
    return [name for (name,) in desk.rows("SELECT name FROM customer ORDER BY id")]


def sold(*rows):
    return "\n".join(("date,customer_code,phone,customer,total", *(f"2026-10-25,{row},5" for row in rows))) + "\n"


@pytest.mark.parametrize("word", [
    "متفرقه", "مشتری متفرقه", "مشتري نقدي", "عبوری", "مشتریِ گذری", "بی‌نام", "ناشناس ۲", "(مهمان)", "مصرف‌کنندهٔ نهایی", "--", "؟",
    "Walk-in", "WALK IN CUSTOMER", "Guest 12", "Cash customer", "NULL", "nan", "N/A", "#N/A", "n.a.", "Anonymous", "Cash sales",
])  # fmt: skip
def test_whoever_came_by_is_nobody_whatever_code_or_phone_stands_beside(desk, word):
    outcome = desk.take(sold(f"77,09121111111,{word}", f",,{word}", "77,,", f",,{word}", "5,,Sara"))

    assert names(desk) == ["Sara"]
    assert desk.one("SELECT count(*) FROM sale WHERE customer_id IS NULL") == 4
    assert any(clean(word) in note for note in outcome.notes)


@pytest.mark.parametrize("name", [
    "نقدی‌زاده", "علی متفرقه", "مهمان‌نواز", "گذری پور", "رهگذر تهرانی", "Johnny Cash", "Nana", "Guesty", "Walker", "Nan Goldin", "7",
])  # fmt: skip
def test_a_name_that_only_sounds_like_nobody_is_somebody(desk, name):
    desk.take(sold(f",,{name}"))

    assert names(desk) == [name]


def test_goods_and_categories_may_be_called_anything(desk):
    assert desk.take("name,category,price\nمتفرقه,Guest,5\n", "products").accepted == 1
    assert desk.rows("SELECT p.name, c.name FROM product p JOIN category c ON c.id = category_id") == [("متفرقه", "Guest")]


def test_a_list_of_customers_leaves_nobody_out(desk):
    outcome = desk.take("code,name\n1,متفرقه\n2,Sara\n", "customers")

    assert (outcome.accepted, outcome.skipped, names(desk)) == (1, 1, ["Sara"])


def test_a_lead_that_is_nobody_is_no_customer(desk):
    desk.shop.add("customer", name="Guest", code="7", phone="09121111111")

    desk.take("date,name,phone\n2026-10-25,Guest,09121111111\n", "leads")

    assert desk.rows("SELECT phone, customer_id FROM lead") == [(None, None)]


@pytest.mark.parametrize("number", [
    "09000000000", "02111111111", "00000000000", "0912 999 9999", "۰۹۳۵۵۵۵۵۵۵۵", "1234", "۱۲۳", "+98 21 3333 3333", "09121234567",
    "۰۲۱۱۲۳۴۵۶۷",
])  # fmt: skip
def test_a_phone_that_says_nothing_is_kept_and_decides_over_no_name(desk, number):
    desk.take(sold(f",{number},بهار", f",{number},کیان", f",{number},بهار"))

    assert desk.rows("SELECT name, phone FROM customer") == [("بهار", phone(number)), ("کیان", phone(number))]


def test_a_row_of_digits_is_a_phone_as_long_as_one_person_has_it(desk):
    desk.take(sold(",09121234567,Sara", ",09121234567,"))
    assert names(desk) == ["Sara"]

    desk.take(sold(",09121234567,Mina", ",09121234567,"))  # now two in the book's eyes
    assert names(desk) == ["Sara", "Mina"]


@pytest.mark.parametrize("code", ["0", "00", "000", "11111", "۹۹۹۹۹", "-", "--", "9.12E+09", "۶٫۲۶E+۱۲", "77777777"])
def test_a_code_that_says_nothing_is_no_code(desk, code):
    outcome = desk.take(sold(f"{code},,بهار", f"{code},,کیان"))

    assert desk.rows("SELECT name, code FROM customer") == [("بهار", None), ("کیان", None)]
    assert code == "-" or outcome.notes


@pytest.mark.parametrize(("cell", "number", "rest"), [
    ("09121234567 - 02188776655", "09121234567", "02188776655"),
    ("09121234572، 09351234572", "09121234572", "09351234572"),
    ("۰۹۱۲۱۲۳۴۵۶۷ و ۰۲۱۸۸۷۷۶۶۵۵", "09121234567", "۰۲۱۸۸۷۷۶۶۵۵"),
    ("موبایل: ۰۹۱۲۱۲۳۴۵۶۷ خانه: ۸۸۷۷۶۶۵۵", "09121234567", "خانه: ۸۸۷۷۶۶۵۵"),
    ("0912-123-4567/0935-123-4567", "09121234567", "0935-123-4567"),
    ("0912 123 4567 0935 123 4567", "09121234567", "0935 123 4567"),
    ("0912123456709351234567", "09121234567", "09351234567"),
    ("88776655 / 77889900", "88776655", "77889900"),
    ("021-88776655-6", "02188776655", "6"),
    ("021-88776655 داخلی 12", "02188776655", "داخلی 12"),
    ("۰۲۱۸۸۷۷۶۶۵۵ (داخلی ۴)", "02188776655", "داخلی ۴"),
    ("555-867-5309 x89", "5558675309", "x89"),
    ("(555) 867-5309 Ext. 12", "5558675309", "Ext. 12"),
    ("9.12E+09", None, ""),
    ("0912/1234567", "09121234567", ""),
    ("+98 912 123 4567", "09121234567", ""),
    ("0098 21 8877 6655", "02188776655", ""),
    ("+44 20 7946 0958", "442079460958", ""),
    ("+90 532 123 45 67", "905321234567", ""),
    ("021 88 77 66 55", "02188776655", ""),
])  # fmt: skip
def test_the_first_phone_of_a_cell_is_taken_and_the_rest_kept(cell, number, rest):
    first, more = apart(cell)

    assert (phone(first), more) == (number, rest)


def test_the_rest_of_a_phone_stands_in_the_customers_note_and_is_said(desk):
    outcome = desk.take("name,phone,note\nSara,09121111111 / 02188776655,by post\nMina,9.12E+09,\n", "customers")

    assert desk.rows("SELECT phone, note FROM customer") == [("09121111111", "by post · 02188776655"), (None, None)]
    assert len(outcome.notes) == 2


def test_the_phones_of_a_sale_are_read_in_the_same_way(desk):
    desk.take(sold(",09121111111 x 02188776655,Sara"))

    assert desk.rows("SELECT phone, note FROM customer") == [("09121111111", "x 02188776655")]
    assert reasons(desk.take(sold(",,Ali"))) == []
