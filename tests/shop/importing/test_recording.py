"""What of a sale reaches the book beside its lines: payments, sellers' shares, sources, notes, numbers, day sums."""

from desktop.store.tables import Sale

HEAD = "number,date,product,unit_price"


def test_the_book_is_whole_after_an_import_and_the_day_sums_are_its_documents(desk):
    desk.shop.ring_up(500)
    desk.take(
        f"{HEAD},customer,seller\n" + "".join(f"{n},1405/08/{1 + n % 20:02},P{n % 7},{n},C{n % 5},S{n % 3}\n" for n in range(100, 180))
    )

    assert desk.shop.store.check() == []
    assert desk.one("SELECT sum(net) FROM sum_day") == 500 + sum(range(100, 180))


def test_what_was_paid_at_once_is_a_payment_with_its_tax(desk):
    desk.take(
        "number,date,unit_price,tax,payment\n1,2026-01-02,100,9,نقدی\n2,2026-01-02,50,,کارتخوان\n3,2026-01-02,70,,نسیه\n4,2026-01-02,5,,\n"
    )

    assert desk.rows("SELECT kind, amount FROM payment ORDER BY id") == [("cash", 109), ("card", 50)]
    assert desk.sales("payment") == [("cash",), ("card",), ("credit",), (None,)]


def test_several_sellers_of_an_invoice_share_it_by_what_they_sold(desk):
    desk.take("number,date,unit_price,seller\n1,2026-01-02,300,Sara\n1,2026-01-02,100,Ali\n2,2026-01-02,50,Ali\n")

    shares = "SELECT sale_id, name, share FROM sale_seller p JOIN seller s ON s.id = p.seller_id ORDER BY sale_id, share DESC"
    assert desk.rows(shares) == [(1, "Sara", 7500), (1, "Ali", 2500), (2, "Ali", 10_000)]


def test_a_new_customers_first_source_is_that_of_the_first_sale(desk):
    desk.take("number,date,customer,unit_price,source\n1,2026-01-05,Ali,10,Telegram\n2,2026-01-02,Ali,10,Instagram\n")

    assert desk.rows("SELECT s.name, since FROM customer c JOIN source s ON s.id = c.first_source_id") == [("Instagram", "2026-01-02")]


def test_a_note_of_the_whole_invoice_is_kept_once(desk):
    desk.take("number,date,unit_price,note\n1,2026-01-02,10,by post\n1,2026-01-02,20,by post\n1,2026-01-02,30,red\n")

    assert (desk.one("SELECT note FROM sale"), desk.lines("note")) == ("by post", [(None,), (None,), ("red",)])


def test_our_own_numbers_go_on_from_the_largest_that_came(desk):
    desk.take("number,date,unit_price\n1041,2026-01-02,10\nA-7,2026-01-02,10\n")

    assert desk.shop.document(desk.shop.ring_up(10)).number == "1042"


def test_goods_sold_by_weight_count_one_a_line(desk):
    desk.take(
        "number,date,product,quantity,unit,unit_price\n1,2026-01-02,Rice,2.5,کیلو,10\n1,2026-01-02,Cup,3,عدد,10\n1,2026-01-02,Rice,1.5,,10\n"
    )

    assert desk.lines("measured") == [(1,), (0,), (1,)]


def test_many_rows_keep_every_index_of_the_book(desk):
    before = desk.rows("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name")
    desk.take(f"{HEAD}\n" + "".join(f"{n},1405/08/{1 + n % 20:02},P{n % 7},{n}\n" for n in range(12_000)))

    assert desk.rows("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name") == before
    assert desk.one("SELECT count(*) FROM sale") == 12_000


def test_a_sale_that_came_can_be_changed_and_undone_like_any_other(desk):
    desk.take(f"{HEAD}\n1,2026-01-02,Rice,10\n")

    desk.shop.void(1)
    desk.shop.store.undo()

    with desk.shop.store.reading() as s:
        assert s.get_one(Sale, 1).status == "final"


def test_a_file_that_was_taken_back_can_be_brought_again(desk):
    """Costs have no number of their own: the same file twice is an accident, unless the first is gone."""
    costs = "date,kind,amount\n1405/08/01,rent,500\n1405/08/02,pay,700\n"
    first = desk.take(costs, "costs")
    again = desk.take(costs, "costs")
    assert (first.accepted, again.accepted, desk.one("SELECT sum(amount) FROM cost")) == (2, 0, 1200)

    desk.shop.store.revert(first.batch)
    assert desk.one("SELECT count(*) FROM cost") == 0
    assert desk.take(costs, "costs").accepted == 2
    assert desk.one("SELECT sum(amount) FROM cost") == 1200
