"""Goods: what is weighed or measured, barcodes that belong to one product only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.shop.drafts import Problem
from desktop.store.tables import Barcode, Product
from desktop.values.fold import fold
from desktop.values.text import tr

# goods sold in these count one a line, however much of it there is
MEASURED = frozenset(
    fold(unit)
    for unit in (
        "kg",
        "kilo",
        "g",
        "gr",
        "gram",
        "m",
        "meter",
        "metre",
        "l",
        "liter",
        "litre",
        "کیلو",
        "کیلوگرم",
        "کیلو گرم",
        "گرم",
        "متر",
        "لیتر",
    )
)


def measured(unit: str | None) -> bool:
    """Whether goods of this unit are weighed or measured, not counted."""
    return fold(unit or "") in MEASURED


def show_product(s: Session, row: Product) -> dict[str, Any]:
    """The product's barcodes in one text."""
    return {"barcodes": " ".join(s.scalars(select(Barcode.text).where(Barcode.product_id == row.id).order_by(Barcode.id)))}


def check_product(s: Session, row_id: int | None, values: dict[str, Any]) -> list[Problem]:
    """A barcode belongs to one product."""
    others = (
        select(Barcode.text, Product.name).join(Product).where(Barcode.text.in_(_barcodes(values)), Barcode.product_id != (row_id or 0))
    )
    return [Problem("barcodes", tr("Barcode {code} belongs to {product}.", code=text, product=name)) for text, name in s.execute(others)]


def remark_product(s: Session, row_id: int | None, values: dict[str, Any]) -> list[Problem]:
    """Two goods of one name, or a price below cost: allowed, but rarely meant."""
    found = []
    same = select(Product.id).where(Product.name_fold == fold(values["name"]), Product.archived == 0, Product.id != (row_id or 0))
    if s.scalar(same) is not None:
        found.append(Problem("name", tr("Another product is called so too; give each its code.")))
    if values.get("price") is not None and (values.get("cost") or 0) > values["price"]:
        found.append(Problem("price", tr("The price is below the purchase price.")))
    return found


def keep_product(s: Session, row: Product, values: dict[str, Any], _new: bool) -> None:
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


def _barcodes(values: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys((values.get("barcodes") or "").split()))
