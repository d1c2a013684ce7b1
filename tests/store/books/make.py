"""Writes the kept book of today's schema: a row of every kind, done, undone and imported. Once per schema, before it is shipped.

`python -m tests.store.books.make`
"""

from pathlib import Path

from desktop.store import Store
from desktop.store.steps import SCHEMA
from desktop.store.tables import Barcode, Category, Payment, Product, Sale, SaleSeller, User
from tests.little_shop import ENTERED, Shop, day

BOOKS = Path(__file__).parent


def main():
    path = BOOKS / f"schema-{SCHEMA}.cheragh"
    path.unlink(missing_ok=True)
    shop = Shop(Store.create(path, shop="چراغ"))
    fill(shop)
    shop.store.close(backup=False)
    for rest in BOOKS.glob("*.lock"):
        rest.unlink()


def fill(shop):
    campaign = shop.campaign("یلدا", "1405-07-01", "1405-09-30")
    shop.customer("سارا", source="اینستاگرام", campaign=campaign, since="1405-07-02")
    with shop.change("Add goods") as s:
        s.add(Barcode(product_id=shop.product("چای"), text="6260001"))
        s.add(User(name="مینا", role="seller", seller_id=shop.seller("مینا")))
    sale = shop.sell(300_000, day="1405-07-30", customer="سارا", seller={"مینا": 6_667, "رضا": 3_333}, cost=200_000, discount=10_000,
                     product="چای", payment="cash", tax=9, campaign=campaign)  # fmt: skip
    with shop.change("Record payment") as s:
        s.add(Payment(day=day("1405-07-30"), kind="cash", amount=300_009, sale_id=sale, entered_at=ENTERED))
    shop.give_back(sale, 100_000, cost=70_000, day="1405-08-01")
    shop.lump(1_000_000, day="1405-08-02")
    shop.void(shop.sell(5, day="1405-08-02"))
    lead = shop.lead(day="1405-07-02", customer="سارا", source="اینستاگرام", campaign=campaign, seller="مینا", status="converted")
    shop.deal(900_000, outcome="won", closed="1405-08-01", opened="1405-07-03", contact="1405-07-02", lead=lead, seller="مینا",
              history=((0, "1405-07-03"), (2, "1405-07-20"), (4, "1405-08-01")))  # fmt: skip
    shop.deal(100_000, outcome="lost", closed="1405-08-02", reason="گران بود")
    shop.activity("call", done="1405-08-01", seller="مینا")
    shop.cost(50_000, day="1405-08-01", campaign=campaign)
    shop.target(2_000_000)
    shop.nps(9, customer="سارا")
    shop.price_index("1405-07", 100_000)
    shop.day_off("1405-08-03")
    shop.setting("weekend", "3,4")
    shop.close_month("1405-06")
    with shop.store.importing("costs", "costs.csv", "digest", "{}") as load:
        load.connection.execute(
            "INSERT INTO cost (day, status, entered_at, amount, kind, batch_id) VALUES ('2026-10-25', 'final', ?, 7, 'rent', ?)",
            (ENTERED, load.batch_id),
        )
        load.counts, load.tables = '{"taken": 1}', frozenset({"cost"})
    work(shop, sale)
    shop.sell(1, day="1405-08-03")
    shop.store.undo()


def work(shop, sale):
    """A day of corrections: edited, voided, given back, undone and done again."""
    with shop.change("Price tea") as s:
        tea = s.get(Product, 1)
        tea.price, tea.cost, tea.category_id = 400_000, 200_000, shop._named(Category, "نوشیدنی")
    with shop.change("Correct sale") as s:
        s.get(Sale, sale).note = "تحویل در مغازه"
        s.delete(s.get(SaleSeller, (sale, shop.seller("رضا"))))
        s.get(SaleSeller, (sale, shop.seller("مینا"))).share = 10_000
    wrong = shop.sell(40_000, day="1405-08-03", customer="بهرام", seller="مینا", cost=9_000, product="قند")
    shop.move(wrong, "1405-08-01")
    shop.void(shop.give_back(wrong, 20_000, cost=4_500, day="1405-08-04"))
    shop.void(wrong)
    with shop.change("Price sugar") as s:
        s.get(Product, shop.product("قند")).price = 45_000
    for _ in range(3):
        shop.store.undo()
    for _ in range(2):
        shop.store.redo()


if __name__ == "__main__":
    main()
