"""The plain lists: a page at a time in any order, what is searched, what is hidden."""

import datetime as dt
from itertools import pairwise
from random import Random

import pytest

from desktop.shop import sales, things
from desktop.shop.lists import Filter
from desktop.shop.things import LISTINGS
from desktop.store import Store
from desktop.store import tables as book
from desktop.store.sums import rebuild
from desktop.values.fold import fold, sort_key
from desktop.values.period import Period
from desktop.values.unit import Unit
from tests.little_shop import ENTERED, day

N = 450
FIRST = day("1405-01-01")
NAMES = ("علی", "آرش", "ژاله", "Zoe", "کیوان", "۱۲ عددی", "گلناز")


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A book whose every list has 450 rows, many of them equal or blank where they may be."""
    path = tmp_path_factory.mktemp("long") / "long.cheragh"
    Store.create(path).close()
    store = Store.open(path)
    with store.trying() as s:
        s.add_all(row for n in range(1, N + 1) for row in rows(n, Random(n)))
        s.flush()
        rebuild(s.connection().exec_driver_sql)
        s.commit()
    yield store
    store.close(backup=False)


def rows(n, random):
    """The n-th row of every table."""
    when = FIRST + dt.timedelta(days=random.randrange(100))
    name = f"{NAMES[n % len(NAMES)]} {n // 40}"
    named = {"name": name, "name_fold": fold(name), "name_sort": sort_key(name)}
    own = {"name": f"{name} {n}", "name_fold": fold(f"{name} {n}"), "name_sort": sort_key(f"{name} {n}")}

    def some(value):
        return value if random.random() < 0.6 else None

    def one():
        return some(random.randrange(1, N + 1))

    money = {"lines": 1, "gross": n % 7 * 10, "discount": 0, "total": n % 7 * 10, "tax": 0}
    yield book.Source(**own)
    yield book.Category(**own)
    yield book.Seller(**named, phone=some("0912"), code=some(str(n)), pay=some(n % 9))
    yield book.Campaign(**own, channel=some("SMS"), first_day=some(when), budget=some(n % 5))
    yield book.Product(**named, code=some(f"P{n}"), category_id=one(), unit=random.choice(("", "kg")), price=some(n % 11), cost=some(n % 3))
    yield book.Customer(**named, phone=some(f"0912{n:07}"), first_source_id=one())
    yield book.Lead(**named, day=when, entered_at=ENTERED, phone=some("0935"), source_id=one(), seller_id=one(), customer_id=one())
    yield book.Deal(number=some(str(n)), name=name, name_fold=fold(name), entered_at=ENTERED, customer_id=one(), seller_id=one(),
                    stage_id=random.randrange(1, 5), value=some(n % 13), opened=some(when), expected=some(when))  # fmt: skip
    yield book.Activity(
        kind=random.choice(("call", "visit")), day=when, done=some(when), entered_at=ENTERED, seller_id=one(), deal_id=one()
    )
    yield book.Cost(day=when, amount=n % 17 + 1, kind="rent", entered_at=ENTERED, campaign_id=one(), note=some(name))
    yield book.Target(kpi=random.choice(("revenue", "orders")), scope="team", start=when, end=when + dt.timedelta(days=30), value=n % 4)
    yield book.NpsAnswer(day=when, score=n % 11, entered_at=ENTERED, customer_id=one(), reason=some("fresh"))
    yield book.Sale(kind="sale", number=str(n), day=when, time=some("10:30"), entered_at=ENTERED, customer_id=one(), payment=some("card"),
                    **money)  # fmt: skip
    yield book.SaleLine(sale_id=n, position=1, quantity=1000, gross=money["gross"], total=money["total"], discount=0, invoice_discount=0)
    yield book.SaleSeller(sale_id=n, seller_id=n % 40 + 1, share=10_000)
    yield book.Payment(day=when, kind="cash", amount=n % 6, entered_at=ENTERED, sale_id=n, customer_id=one())
    if n <= N - 6:  # six stages are there from the start
        yield book.Stage(**own, position=10 + n, probability=n % 8 * 100)
    yield book.PriceIndex(month=dt.date(1990, 1, 1) + dt.timedelta(days=31 * n), value=n % 9 + 1)
    yield book.DayOff(day=FIRST + dt.timedelta(days=n), name=some(name) or "", closed=n % 2)
    yield book.Batch(kind="sales", file=name, digest=str(n), mapping="{}", counts=f'{{"accepted": {n % 3}}}', at=ENTERED)
    yield book.ChangeRow(at=ENTERED, user_id=1, name="Record sale {number}", holes=f'{{"number": "{n}"}}', hash=str(n))


def pages(s, listing, chosen, limit=190):
    """All rows, page after page."""
    found = []
    while True:
        page = listing.page(s, chosen, after=found[-1][0] if found else None, limit=limit)
        found += page
        if len(page) < limit:
            return found


def shown(store, key, **chosen):
    """The list as tuples without id and status."""
    with store.reading() as s:
        return [row[2:] for row in LISTINGS[key].page(s, Filter(**chosen))]


def first(store, key, **chosen):
    return [row[0] for row in shown(store, key, **chosen)]


def counted(store, key, **chosen):
    with store.reading() as s:
        return LISTINGS[key].count(s, Filter(**chosen))


def summed(store, key, **chosen):
    with store.reading() as s:
        return LISTINGS[key].sums(s, Filter(**chosen))


# A page at a time


@pytest.mark.parametrize("key", LISTINGS)
def test_pages_in_every_order_have_every_row_once(long, key):
    listing = LISTINGS[key]
    with long.reading() as s:
        orders = [Filter(), *(Filter(sort=column, descending=down) for column in listing.sortable(s) for down in (False, True))]
        for chosen in orders:
            whole = listing.page(s, chosen, limit=10 * N)
            paged = pages(s, listing, chosen)

            assert paged == whole
            assert len({row[0] for row in whole}) == len(whole) == listing.count(s, chosen) == N


@pytest.mark.parametrize("key", LISTINGS)
def test_any_part_of_a_list_is_the_same_from_wherever_it_is_asked(long, key):
    listing = LISTINGS[key]
    with long.reading() as s:
        for chosen in (Filter(), *(Filter(sort=column, descending=True) for column in listing.sortable(s))):
            whole = listing.page(s, chosen, limit=N)
            first, last = whole[130][0], whole[180][0]

            assert listing.page(s, chosen, start=131, limit=40) == whole[131:171]
            assert listing.page(s, chosen, start=-40, limit=90) == whole[-40:]
            assert listing.page(s, chosen, start=131 - N, limit=40) == whole[131:171]
            assert listing.page(s, chosen, after=first, limit=40) == whole[131:171]
            assert listing.page(s, chosen, before=last, limit=40) == whole[140:180]
            assert listing.page(s, chosen, before=whole[3][0], limit=40) == whole[:3]
            assert listing.page(s, chosen, start=N + 5) == []
            assert [listing.place(s, chosen, row[0]) for row in (whole[0], whole[180], whole[-1])] == [0, 180, N - 1]
            assert sorted(listing.rows_of(s, chosen, [first, last])) == sorted([whole[130], whole[180]])


def test_a_part_of_some_days_sales_is_found_by_the_day_sums(long):
    sales = LISTINGS["sales"]
    with long.reading() as s:
        for down in (False, True):
            chosen = Filter(period=Period(FIRST + dt.timedelta(20), FIRST + dt.timedelta(70)), sort="day", descending=down)
            whole = sales.page(s, chosen, limit=N)

            assert sales.page(s, chosen, start=60, limit=9) == whole[60:69]
            assert sales.page(s, chosen, start=-60, limit=9) == whole[-60:-51]
            assert sales.place(s, chosen, whole[77][0]) == 77


def test_a_row_that_is_not_shown_has_no_place(shop):
    void = shop.ring_up(50)
    kept = shop.ring_up(100)
    sales.record_void(shop.store, void)
    with shop.store.reading() as s:
        listing = LISTINGS["sales"]
        assert (listing.place(s, Filter(), void), listing.place(s, Filter(), kept)) == (None, 0)
        assert listing.rows_of(s, Filter(), [void]) == []


@pytest.mark.parametrize("key", [key for key, listing in LISTINGS.items() if not listing.fixed])
def test_a_sorted_column_is_in_order_blank_ones_at_the_low_end(long, key):
    listing = LISTINGS[key]
    with long.reading() as s:
        for at, column in enumerate(listing.columns, 2):
            if column.key in ("seller", "stage"):
                continue  # several names in one, or the stages' own order
            own = column.key == "name" and hasattr(listing.table, "name_sort")
            names = (column.key in listing.sorts or own) and column.unit is Unit.TEXT
            for down in (False, True):
                found = [row[at] for row in listing.page(s, Filter(sort=column.key, descending=down), limit=N)]
                values = found[::-1] if down else found
                blank = sum(value in (None, "") for value in values)
                assert all(value in (None, "") for value in values[:blank]), column.key
                assert all(a <= b for a, b in pairwise(sort_key(v) if names and isinstance(v, str) else v for v in values[blank:])), (
                    column.key
                )


def test_names_stand_in_the_order_of_the_alphabet(long):
    names = [row[0].split()[0] for row in shown(long, "categories")]

    with long.reading() as s:
        everything = [row[2].split()[0] for row in LISTINGS["categories"].page(s, Filter(), limit=N)]
    assert list(dict.fromkeys(everything)) == ["۱۲", "آرش", "ژاله", "علی", "کیوان", "گلناز", "Zoe"]
    assert names == everything[:200]


def test_the_page_after_a_row_that_is_gone_is_empty(long):
    with long.reading() as s:
        assert LISTINGS["customers"].page(s, Filter(), after=10_000) == []


def test_a_long_list_is_sorted_by_index_only(shop):
    with shop.store.reading() as s:
        assert {"total", "payment", "day"} <= LISTINGS["sales"].sortable(s)
    with shop.change() as s:
        s.add(book.Sale(id=20_001, kind="sale", number="1", day=FIRST, entered_at=ENTERED, lines=0, gross=0, discount=0, total=0, tax=0))
    with shop.store.reading() as s:
        assert LISTINGS["sales"].sortable(s) == {"day"}


# What is shown


def test_a_sale_is_shown_as_on_paper(shop):
    ali, mary, tom = shop.add("customer", name="Ali"), shop.seller("Mary"), shop.seller("Tom")
    shop.ring_up(100, 20, number="7", customer=ali, sellers=((mary, 5_000), (tom, 5_000)), payment="card", time="10:05", invoice_discount=5)

    (row,) = shown(shop.store, "sales")

    assert row[:5] == ("7", "sale", day("1405-08-01"), "10:05", "Ali")
    assert sorted(row[5].split("، ")) == ["Mary", "Tom"]
    assert row[6:] == ("card", 2, 5, 115, 0)


def test_a_change_is_told_as_a_sentence(shop):
    shop.ring_up(100)

    assert shown(shop.store, "changes")[0][3] == "Record sale 1"


def test_a_customer_is_shown_with_what_she_bought(shop):
    ali = shop.add("customer", name="Ali", phone="09121111111")
    shop.ring_up(100, customer=ali, on="1405-08-03")
    shop.bring_back(shop.ring_up(50, customer=ali, on="1405-08-05"), on="1405-08-06")

    assert shown(shop.store, "customers") == [("Ali", "09121111111", None, day("1405-08-05"), 2, 100)]


def test_a_campaign_is_shown_with_what_it_cost(shop):
    yalda = shop.add("campaign", name="Yalda")
    for amount in (30, 12):
        shop.add("cost", day=day("1405-08-01"), amount=amount, kind="advertising", campaign_id=yalda)

    assert shown(shop.store, "campaigns")[0][5] == 42


def test_a_category_and_a_source_tell_how_many_are_of_it(shop):
    group, source = shop.add("category", name="Tea"), shop.add("source", name="Friends")
    for name in ("Green", "Black"):
        last = shop.goods(name, category_id=group)
    things.remove(shop.store, "product", last)
    shop.add("customer", name="Ali", first_source_id=source)

    assert (shown(shop.store, "categories"), shown(shop.store, "sources")) == ([("Tea", 1)], [("Friends", 1)])


# Void and archived


def test_void_and_archived_rows_are_seen_only_when_asked(shop):
    kept, void = shop.ring_up(100), shop.ring_up(50)
    sales.record_void(shop.store, void)
    shop.goods("Rice"), things.remove(shop.store, "product", shop.goods("Oil"))
    things.remove(shop.store, "cost", shop.add("cost", day=day("1405-08-01"), amount=5, kind="rent"))

    assert (first(shop.store, "sales"), first(shop.store, "products"), first(shop.store, "costs")) == (["1"], ["Rice"], [])
    assert (first(shop.store, "sales", all=True), first(shop.store, "products", all=True)) == (["2", "1"], ["Oil", "Rice"])
    assert (counted(shop.store, "sales"), counted(shop.store, "sales", all=True), counted(shop.store, "costs", all=True)) == (1, 2, 1)
    with shop.store.reading() as s:
        assert [(row[0], row[1]) for row in LISTINGS["sales"].page(s, Filter(all=True))] == [(void, "void"), (kept, "final")]


# What the money comes to


def test_the_money_of_what_is_shown_is_added_up_without_void_ones(shop):
    void = shop.ring_up(70)
    sold = shop.ring_up(100, 20, invoice_discount=5)
    shop.ring_up(30, on="1405-09-01")
    shop.bring_back(sold, on="1405-08-09")
    sales.record_void(shop.store, void)
    shop.add("cost", day=day("1405-08-01"), amount=42, kind="rent")
    shop.add("cost", day=day("1405-08-01"), amount=8, kind="pay")

    aban = Period.parse("1405-08")
    whole = sum(row[9] for row in shown(shop.store, "sales"))
    assert summed(shop.store, "sales")["total"] == summed(shop.store, "sales", all=True)["total"] == whole == 115 + 30 - 96
    assert summed(shop.store, "sales", period=aban, only=(("kind", "sale"),)) == {"discount": 5, "total": 115, "tax": 0}
    assert summed(shop.store, "costs") == {"amount": 50}
    assert summed(shop.store, "costs", only=(("kind", "pay"),)) == {"amount": 8}


def test_prices_are_not_added_up_and_nobody_adds_up_what_she_may_not_see(shop):
    shop.goods("Rice", price=100, cost=80)
    shop.add("seller", name="Mary", pay=500)
    assert (summed(shop.store, "products"), summed(shop.store, "sellers")) == ({}, {"pay": 500})

    shop.hire("seller")
    assert summed(shop.store, "sellers") == {}


# Days and values


def test_a_list_can_be_of_some_days(shop):
    for when in ("1405-07-30", "1405-08-01", "1405-08-30", "1405-09-01"):
        shop.ring_up(100, on=when)
        shop.add("lead", name=when, day=day(when))

    aban = Period.parse("1405-08")
    assert first(shop.store, "sales", period=aban) == ["3", "2"]
    assert counted(shop.store, "sales", period=aban) == counted(shop.store, "leads", period=aban) == 2


def test_a_list_can_be_of_one_kind_or_one_seller(shop):
    mary, tom = shop.seller("Mary"), shop.seller("Tom")
    sold = shop.ring_up(100, sellers=((mary, 4_000), (tom, 6_000)))
    shop.ring_up(100, sellers=((tom, 10_000),))
    shop.bring_back(sold)

    assert first(shop.store, "sales", only=(("kind", "return"),)) == ["1"]
    assert sorted(first(shop.store, "sales", only=(("seller_id", mary),))) == ["1", "1"]
    assert counted(shop.store, "sales", only=(("seller_id", tom),)) == 3


# Search


@pytest.mark.parametrize("typed", ["كيوان", "کیوان پور", "علی‌رضا", "عليرضا", "۰۹۱۲۳۴۵", "912345"])
def test_customers_are_found_however_they_are_typed(shop, typed):
    shop.add("customer", name="کیوان پور", phone="09121111111")
    shop.add("customer", name="علي‌رضا", phone="0912 345 6789")
    shop.add("customer", name="Other", phone="09350000000")

    assert len(first(shop.store, "customers", text=typed)) == counted(shop.store, "customers", text=typed) == 1


@pytest.mark.parametrize("typed", ["626012", "۶۲۶۰۱۲۳", "R-1", "پسته", "آجيل"])
def test_goods_are_found_by_name_code_barcode_and_category(shop, typed):
    nuts = shop.add("category", name="آجیل")
    shop.goods("پستهٔ اکبری", code="R-1", barcodes="999 6260123", category_id=nuts)
    shop.goods("چای")

    assert first(shop.store, "products", text=typed) == ["پستهٔ اکبری"]


def test_sales_are_found_by_number_and_by_customer(shop):
    ali = shop.add("customer", name="Ali", phone="09121111111")
    shop.ring_up(100, number="1205", customer=ali)
    shop.ring_up(100, number="1206")
    shop.ring_up(100, number="51205")

    assert first(shop.store, "sales", text="۱۲۰") == ["1206", "1205"]
    assert first(shop.store, "sales", text="ali") == ["1205"]
    assert first(shop.store, "sales", text="0912111") == ["1205"]
    assert first(shop.store, "sales", text="  ") == ["51205", "1206", "1205"]


@pytest.mark.parametrize(
    ("key", "typed"),
    [("sellers", "مری"), ("categories", "مری"), ("sources", "مری"), ("leads", "مری"), ("deals", "مری"), ("activities", "نوشته"),
     ("campaigns", "مری"), ("costs", "نوشته"), ("targets", "مری"), ("nps", "تازه"), ("payments", "77"), ("stages", "مری")],
)  # fmt: skip
def test_every_list_can_be_searched(shop, key, typed):
    when = day("1405-08-01")
    shop.seller("مريم"), shop.seller("Tom")
    for name in ("مريم", "Tom"):
        for kind in ("category", "source", "campaign"):
            shop.add(kind, name=name)
        shop.add("lead", name=name, day=when)
        shop.add("deal", name=name, stage_id=1)
        shop.add("stage", name=name, probability=1)
        shop.add("target", month="1405-08", kpi="orders" if name == "Tom" else "revenue", amount=5, person=name)
        note = "نوشته" if name == "مريم" else "other"
        shop.add("activity", kind="call", day=when, note=note)
        shop.add("cost", day=when, amount=5, kind="rent", note=note)
        shop.add("nps", day=when, score=9, reason="تازه" if name == "مريم" else "dear")
    shop.ring_up(100, number="77"), shop.ring_up(100, number="5")

    assert len(shown(shop.store, key, text=typed)) == counted(shop.store, key, text=typed) == 1
    assert len(shown(shop.store, key, text="100%")) == 0


# What a seller may not see


def test_a_seller_sees_no_cost_and_nobodys_pay_and_cannot_sort_by_them(shop):
    shop.goods("Rice", price=100, cost=80)
    shop.add("seller", name="Mary", pay=500)
    assert (shown(shop.store, "products")[0][-2:], shown(shop.store, "sellers")[0][-1]) == ((100, 80), 500)

    shop.hire("seller")

    assert (shown(shop.store, "products")[0][-2:], shown(shop.store, "sellers")[0][-1]) == ((100, None), None)
    with shop.store.reading() as s:
        assert "cost" not in LISTINGS["products"].sortable(s)
        assert "price" in LISTINGS["products"].sortable(s)
