"""A file that another program wrote is known by its columns and read as that program means it; every file here is made up."""

import pytest

from desktop.shop.importing import presets
from desktop.shop.things import KINDS
from desktop.values.digits import plain

WOO = "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution"
WOO_LINES = (
    "Order Number,Order Status,Order Date,Full Name (Billing),Phone (Billing),SKU,Name,Quantity,Item Cost,Order Line (w/o tax),"
    "Order Line Tax,Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Total Amount"
)
WOO_ORDERS = (
    "order_id,order_number,order_date,status,shipping_total,tax_total,discount_total,order_total,order_subtotal,order_currency,"
    "billing_phone"
)
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Source"
)
SQUARE = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,"
    "Payment ID,Notes,Details,Event Type,Customer ID,Customer Name,Unit,Count,Employee"
)
LOYVERSE = (
    "Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Quantity,Gross sales,Discounts,Net sales,Cost of goods,Gross profit,"
    "Taxes,POS,Store,Cashier name,Customer name,Customer contacts,Comment,Status"
)
RECEIPTS = (
    "Date,Receipt number,Receipt type,Gross sales,Discounts,Net sales,Taxes,Total collected,Cost of goods,Gross profit,Payment type,"
    "Description,POS,Store,Cashier name,Customer name,Customer contacts,Status"
)
ZOHO = (
    "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Currency Code,Discount Type,Item Name,Quantity,"
    "Usage unit,Item Price,Discount,Discount Amount,Item Total,Item Tax Amount,SubTotal,Total,Balance,Shipping Charge,Sales person"
)

SALES = {  # rows; then number, kind, net total and tax of each document; and who bought
    "WooCommerce": (
        WOO, "2026-10-03 10:00,101,۹۰۰ تومان,completed,Sara Ahmadi,new,2× Tea,2,,900,Direct",
        "2026-10-04 11:00,102,۵۰۰ تومان,cancelled,Reza Karimi,new,1× Tea,1,,500,Direct",
        "2026-10-04 11:00,103,0,pending,Ali,new,1× Tea,1,,70,Direct",
        [("101", "sale", 900, 0), ("102", "sale", 500, 0)], {"Sara Ahmadi", "Reza Karimi"},
    ),
    "WooCommerce lines": (
        WOO_LINES, "11,Completed,2026-10-03,Sara Ahmadi,09121112233,T1,Tea,2,500,900,90,Card,100,1500,50,1540",
        "11,Completed,2026-10-03,Sara Ahmadi,09121112233,C1,Cup,1,500,500,50,Card,100,1500,50,1540",
        [("11", "sale", 1400, 140)], {"Sara Ahmadi"},
    ),
    "WooCommerce orders": (
        WOO_ORDERS, "7,7,2026-10-03 09:00:00,wc-completed,40,90,100,1030,1000,IRR,09121112233", [("7", "sale", 900, 90)], {"09121112233"},
    ),
    "Shopify": (
        SHOPIFY, "#1001,a@b.c,paid,,fulfilled,IRR,900,50,81,1031,100,2026-10-03 10:00:00 +0330,1,Tea,400,450,T1,Sara Ahmadi,web",
        "#1001,a@b.c,,,,,,,,,,2026-10-03 10:00:00 +0330,2,Cup,300,,C1,,",
        "#1002,d@b.c,authorized,,unfulfilled,IRR,400,0,0,400,0,2026-10-05 10:00:00 +0330,1,Tea,400,,T1,Reza Karimi,web",
        "#1003,d@b.c,voided,,unfulfilled,IRR,400,0,0,400,0,2026-10-05 11:00:00 +0330,1,Tea,400,,T1,Reza Karimi,web",
        [("#1001", "sale", 900, 81), ("#1003", "sale", 400, 0)], {"Sara Ahmadi", "Reza Karimi"},
    ),
    "Shopify with tax inside": (
        SHOPIFY, "#1001,a@b.c,paid,,fulfilled,IRR,1090,50,90,1140,0,2026-10-03 10:00:00 +0330,1,Tea,1090,,T1,Sara Ahmadi,web",
        "#1002,a@b.c,paid,,fulfilled,IRR,500,0,0,500,0,2026-10-03 10:00:00 +0330,1,Tea,500,,T1,Sara Ahmadi,web",
        [("#1001", "sale", 1000, 90), ("#1002", "sale", 500, 0)], {"Sara Ahmadi"},
    ),
    "Square": (
        SQUARE, "2026-10-03,10:15:00,Tehran,Drinks,Tea,2,Regular,T1,,800,-80,720,72,A1,P1,,,Payment,C9,Sara Ahmadi,,2,Ali",
        "2026-10-04,10:15:00,Tehran,Drinks,Tea,-1,Regular,T1,,-400,0,-400,-40,A2,P2,,,Refund,C9,Sara Ahmadi,,-1,Ali",
        [("A1", "sale", 720, 72), ("A2", "return", -400, -40)], {"Sara Ahmadi"},
    ),
    "Loyverse": (
        LOYVERSE, "2026-10-03 10:15,1-1,Sale,Drinks,T1,Tea,,2,800,80,720,300,420,0,POS,Shop,Ali,Sara Ahmadi,,,Closed",
        "2026-10-03 11:15,1-2,Refund,Drinks,T1,Tea,,-1,-400,0,-400,-150,-250,0,POS,Shop,Ali,,,,Closed",
        "2026-10-03 12:15,1-3,Sale,Drinks,T1,Tea,,1,400,0,400,150,250,0,POS,Shop,Ali,,,,Cancelled",
        [("1-1", "sale", 720, 0), ("1-2", "return", -400, 0), ("1-3", "sale", 400, 0)], {"Sara Ahmadi"},
    ),
    "Loyverse receipts": (
        RECEIPTS, "2026-10-03 10:15,1-1,Sale,800,80,720,0,720,300,420,Cash,2 x Tea,POS,Shop,Ali,Sara Ahmadi,,Closed",
        [("1-1", "sale", 720, 0)], {"Sara Ahmadi"},
    ),
    "ERPNext": (
        "ID,Customer,Date,Status,Item Code (Items),Item Name (Items),Quantity (Items),Rate (Items),Amount (Items)",
        "SINV-1,Sara Ahmadi,2026-10-03,Unpaid,T1,Tea,2,400,800", ",,,,C1,Cup,1,100,100",
        "SINV-2,Sara Ahmadi,2026-10-04,Return,T1,Tea,-1,400,-400",
        [("SINV-1", "sale", 900, 0), ("SINV-2", "return", -400, 0)], {"Sara Ahmadi"},
    ),
    "Zoho": (
        ZOHO, "2026-10-03,98,INV-1,Sent,5,Sara Ahmadi,IRR,item_level,Tea,2,pcs,400,10,80,720,72,1120,1232,0,60,Ali",
        "2026-10-03,98,INV-1,Sent,5,Sara Ahmadi,IRR,item_level,Cup,1,pcs,400,0,0,400,40,1120,1232,0,60,Ali",
        "2026-10-04,99,INV-2,Draft,5,Sara Ahmadi,IRR,item_level,Cup,1,pcs,400,0,0,400,40,400,440,0,0,Ali",
        [("INV-1", "sale", 1120, 112)], {"Sara Ahmadi"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SALES)
def test_an_export_is_read_as_its_program_means_it(desk, name):
    *rows, documents, people = SALES[name]
    outcome = desk.take("\n".join(rows) + "\n")

    assert (outcome.asked, [plain(one.sentence()) for one in outcome.refusals]) == ((), [])
    assert name.split()[0] in " ".join(outcome.notes)
    sums = "(SELECT sum(tax) FROM sale_line WHERE sale_id = sale.id)"
    assert desk.sales(f"number, kind, total, {sums}") == documents
    assert {who for (who,) in desk.rows("SELECT name FROM customer")} == people


def test_what_was_cancelled_is_void(desk):
    *rows, _, _ = SALES["Loyverse"]
    desk.take("\n".join(rows) + "\n")

    assert desk.rows("SELECT number FROM sale WHERE status = 'void'") == [("1-3",)]


def test_the_table_speaks_of_fields_that_there_are():
    for one in presets._presets():
        assert set(one.columns) <= {field.name for field in KINDS[one.kind].fields}


GOODS = {
    "WooCommerce": (
        "ID,Type,SKU,Name,Published,Is featured?,Regular price,Sale price,Categories,Stock",
        "1,simple,T1,Tea,1,0,500,400,Drinks,9",
    ),
    "Shopify": (
        "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price",
        "tea,Tea,<p>,Us,Drinks,hot,Title,Default,T1,500,600",
    ),
}


@pytest.mark.parametrize("name", GOODS)
def test_a_list_of_goods_is_read_as_its_program_means_it(desk, name):
    outcome = desk.take("\n".join(GOODS[name]) + "\n", "products")

    assert name in " ".join(outcome.notes)
    assert desk.rows("SELECT code, name, price FROM product") == [("T1", "Tea", 500)]
    assert desk.one("SELECT name FROM category") == "Drinks"


@pytest.mark.parametrize("lacking", ["Lineitem name", "Financial Status", "Subtotal"])
def test_a_file_that_half_matches_is_nobodys_export(desk, lacking):
    _, *rows, _, _ = SALES["Shopify"]
    seen = desk.look("\n".join((SHOPIFY.replace(lacking, "Else"), *rows)) + "\n")

    assert "Shopify" not in " ".join(seen.outcome.notes)


def test_what_the_person_says_goes_before(desk):
    header, *rows, _, _ = SALES["Shopify"]
    seen = desk.look("\n".join((header, *rows)) + "\n", mapping={"customer": "Email"}, words={"authorized": "live"})

    found = {one.field: (one.header, one.by_hand) for one in seen.columns if one.field}
    assert found["customer"] == ("Email", True)
    assert found["product"] == ("Lineitem name", False)
    assert seen.outcome.skipped == 0
