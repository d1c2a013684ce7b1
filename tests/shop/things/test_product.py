"""Goods: weighed or counted, with barcodes of their own."""

import pytest
from sqlalchemy import select

from desktop.shop import things
from desktop.store.tables import Barcode, Product
from desktop.values.text import Refused


def test_the_unit_says_whether_goods_are_weighed(shop):
    rice, tea = shop.goods("Rice", unit=" کيلو "), shop.goods("Tea", unit="box")

    with shop.store.reading() as s:
        assert [s.get_one(Product, row).measured for row in (rice, tea)] == [1, 0]
    things.save(shop.store, "product", rice, {"unit": "sack"})
    with shop.store.reading() as s:
        assert s.get_one(Product, rice).measured == 0


def test_a_barcode_belongs_to_one_product(shop):
    rice = shop.goods("Rice", barcodes="111 ۲۲۲ 111")
    tea = shop.goods("Tea", barcodes="333")

    assert shop.read("product", rice)["barcodes"] == "111 222"
    with pytest.raises(Refused, match="Barcode 222 belongs to Rice"):
        things.save(shop.store, "product", tea, {"barcodes": "222"})
    things.save(shop.store, "product", rice, {"barcodes": "222 444"})
    things.save(shop.store, "product", tea, {"barcodes": "333 111"})
    with shop.store.reading() as s:
        assert dict(s.execute(select(Barcode.text, Barcode.product_id)).all()) == {"222": rice, "444": rice, "333": tea, "111": tea}


def test_a_price_below_cost_is_noticed_not_refused(shop):
    assert shop.remarks("product", name="Rice", price=10, cost=11) == ["The price is below the purchase price."]
    assert shop.problems("product", name="Rice", price=10, cost=11) == []


@pytest.mark.parametrize("field", ["price", "cost"])
def test_a_price_is_not_negative(shop, field):
    assert shop.problems("product", name="Rice", **{field: -1}) == [field]
    assert shop.problems("product", name="Gift", **{field: 0}) == []
