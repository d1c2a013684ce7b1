"""Which column is which: headers of many programs are known, and what only resembles one is asked."""

import pytest

from desktop.shop.importing import heading
from desktop.shop.importing.options import Options
from desktop.shop.importing.reader import Sample
from desktop.shop.things import KINDS


def columns(*labels):
    found = heading.find([Sample("", [list(labels), ["x"] * len(labels)])], KINDS["sales"], Options("sales"))
    return {field: labels[at] for field, at in found.columns.items()}


@pytest.mark.parametrize(
    "labels",
    [
        {"number": "شماره صورت‌حساب", "date": "تاریخ صدور", "customer": "نام تفصیلی", "customer_code": "کد تفصیلی"},
        {"number": "شناسه سفارش", "date": "زمان سفارش", "customer": "نام و نام خانوادگی خریدار", "phone": "شماره همراه"},
        {"product": "کالا یا خدمت", "quantity": "تعداد/وزن", "unit_price": "قیمت هر واحد (ریال)", "total": "مبلغ کل ردیف"},
        {"product": "عنوان محصول", "unit_price": "مبلغ فی", "discount_rate": "تخفیف ٪", "total": "مبلغ پس از کسر تخفیف"},
        {"seller": "نام ویزیتور", "tax": "جمع مالیات و عوارض", "total": "جمع مبلغ (تومان)", "discount": "مبلغ تخفیف ردیف"},
        {"number": "Bill No.", "date": "Bill Date", "customer": "Bill To", "phone": "Contact Number"},
        {"number": "Ticket #", "date": "Posting_Date", "product": "Item Description", "quantity": "Units Sold"},
        {"product": "Product Title", "quantity": "Qty. Sold", "unit_price": "Price Each", "total": "Ext. Price"},
        {"unit_price": "PRICE PER UNIT", "discount_rate": "Disc %", "tax": "VAT Amt", "total": "Line Amount"},
        {"seller": "Served by", "discount": "Discount Amt.", "total": "Net Sales", "date": "Sold on"},
    ],
)
def test_a_header_is_known_however_it_is_spelt(labels):
    assert columns(*labels.values()) == labels


@pytest.mark.parametrize(
    ("label", "never"),
    [
        ("تاریخ انقضا", "date"), ("تاریخ تولد", "date"), ("تاریخ تحویل", "date"), ("سررسید", "date"), ("Due Date", "date"),
        ("Expiry date", "date"), ("مانده حساب", "total"), ("هزینه ارسال", "total"), ("Balance", "total"), ("Shipping", "total"),
        ("کارمزد", "total"), ("Refunded Amount", "total"), ("Discount %", "discount"), ("تخفیف (٪)", "discount"), ("Tax %", "tax"),
    ],
)  # fmt: skip
def test_what_only_resembles_a_column_is_none(label, never):
    assert never not in columns("کالا", "تعداد", "فروشنده", label)


@pytest.mark.parametrize(
    ("header", "field"),
    [("تاریخ انقضا,کالا,مبلغ", "date"), ("Due Date,Item,Amount", "date"), ("تاریخ,کالا,مانده حساب", "unit_price"),
     ("Date,Item,Shipping", "unit_price"), ("Date,Item,Balance", "unit_price"), ("تاریخ,کالا,هزینه ارسال", "unit_price"),
     ("روز تحویل,کالا,جمع کل", "date"), ("Created,Item,Total", "date")],
)  # fmt: skip
def test_a_needed_column_that_is_not_known_is_asked(desk, header, field):
    outcome = desk.take(f"{header}\n1405/08/03,Tea,1000\n")

    assert [(one.about, one.field) for one in outcome.asked] == [("mapping", field)]
    assert desk.sales() == []
