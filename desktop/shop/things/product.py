"""Goods and their groups: what is weighed or measured, barcodes that belong to one product only."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import CATEGORY, CODE, NAME, Field, Problem, Values
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import PRODUCTS
from desktop.shop.thing import Found, Search, Shortcut, Thing
from desktop.store.tables import Barcode, Category, Product
from desktop.values.fold import code, fold
from desktop.values.text import N_, Refused, tr

# goods sold in these count one a line, however much of it there is
_MEASURES = "kg,kilo,g,gr,gram,m,meter,metre,l,liter,litre,کیلو,کیلوگرم,کیلو گرم,گرم,متر,لیتر"
MEASURED = frozenset(map(fold, _MEASURES.split(",")))
NAMELESS = "کالای بی‌نام"  # with its code


def measured(unit: str | None) -> bool:
    """Whether goods of this unit are weighed or measured, not counted."""
    return fold(unit or "") in MEASURED


def _show(s: Session, row: Product) -> Values:
    return {"barcodes": " ".join(s.scalars(select(Barcode.text).where(Barcode.product_id == row.id).order_by(Barcode.id)))}


def _check(s: Session, row_id: int | None, values: Values) -> None:
    others = (
        select(Barcode.text, Product.name).join(Product).where(Barcode.text.in_(_barcodes(values)), Barcode.product_id != (row_id or 0))
    )
    for text, name in s.execute(others):
        raise Refused(N_("Barcode {code} belongs to {product}."), code=text, product=name, field="barcodes")


def _remark(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    """Two goods of one name, or a price below cost: allowed, but rarely meant."""
    same = select(Product.id).where(Product.name_fold == fold(values["name"]), Product.archived == 0, Product.id != (row_id or 0))
    if s.scalar(same) is not None:
        yield Problem("name", tr("Another product is called so too; give each its code."))
    if values.get("price") is not None and (values.get("cost") or 0) > values["price"]:
        yield Problem("price", tr("The price is below the purchase price."))


def _keep(s: Session, row: Product, values: Values, _new: bool) -> None:
    """Its barcodes are exactly those typed; its unit says whether it is measured."""
    row.unit = row.unit or ""
    row.measured = int(measured(row.unit))
    s.add(row)
    s.flush()
    wanted = _barcodes(values)
    known = {barcode.text: barcode for barcode in s.scalars(select(Barcode).where(Barcode.product_id == row.id))}
    for text in known.keys() - wanted:
        s.delete(known[text])
    s.add_all(Barcode(product_id=row.id, text=text) for text in wanted if text not in known)


def _barcodes(values: Values) -> list[str]:
    return list(dict.fromkeys((values.get("barcodes") or "").split()))


def by_code(s: Session, text: str) -> Found | None:
    """The product with exactly this barcode, else this code: what a scanner types."""
    typed = code(text)
    if not typed:
        return None
    question = select(Product.id, Product.name, Product.code).where(Product.archived == 0)
    found = (
        s.execute(question.join(Barcode).where(Barcode.text == typed)).first() or s.execute(question.where(Product.code == typed)).first()
    )
    return (found[0], found[1], found[2] or "") if found else None


_BARCODES = select(func.string_agg(Barcode.text, " ")).where(Barcode.product_id == Product.id).scalar_subquery()
THING = Thing(
    "product", N_("Product"), Product,
    (NAME, CODE, Field("barcodes", N_("Barcodes"), "codes"), CATEGORY, Field("unit", N_("Unit"), hint=N_("piece, kg, m ...")),
     Field("price", N_("Price"), "money"), Field("cost", N_("Purchase price"), "money", secret="cost")),
    N_("Add product {name}"), N_("Change product {name}"), N_("Archive product {name}"), check=_check, after=_keep, show=_show,
    apart=frozenset({"barcodes"}), remark=_remark,
    lists=listing(
        "products", N_("Products"), "name", "code", ("barcodes", _BARCODES), "category", "unit", "price", "cost",
        looks=("name", "code", "barcodes", "category"), prices=frozenset({"price", "cost"}),
    ),
    new=N_("New product"),
    picture="package",
    empty=N_("Your goods: with their purchase price, profit is known from the first sale."),
    place=PRODUCTS,
    shortcut=Shortcut("F3"),
    lights=N_("Enter goods with their cost"),
    search=Search(3, Product.code, exactly=by_code),
    file=of_form("products", N_("Products"), "code", "name", "barcode", "category", "unit", "price", "cost", at=2),
    written={"barcode": _BARCODES},
)  # fmt: skip

_GOODS = select(func.count()).where(Product.category_id == Category.id, Product.archived == 0).scalar_subquery()
GROUPS = Thing(
    "category", N_("Category"), Category, (NAME,),
    N_("Add category {name}"), N_("Change category {name}"), N_("Archive category {name}"),
    lists=listing("categories", N_("Categories"), "name", (Field("products", N_("Products"), "count"), _GOODS)),
    new=N_("New category"),
    picture="tag",
    empty=N_("Groups of goods: which of them earns most?"),
    place=PRODUCTS, tab=1,
    search=Search(9),
)  # fmt: skip
