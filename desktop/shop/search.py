"""Finding things while they are typed: by folded name, phone, code, barcode or number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, literal, or_, select
from sqlalchemy.orm import Session

from desktop.shop.questions import named_like
from desktop.store.tables import Barcode, Campaign, Category, Customer, Deal, Lead, Product, Sale, Seller, Source, Stage
from desktop.values.fold import code as clean_code
from desktop.values.fold import fold
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

_TABLES: dict[str, Any] = {
    "product": Product, "customer": Customer, "seller": Seller, "source": Source, "category": Category, "campaign": Campaign,
    "lead": Lead, "stage": Stage,
}  # fmt: skip
_HINTS: dict[str, Any] = {"product": Product.code, "customer": Customer.phone, "lead": Lead.phone}


@dataclass(frozen=True)
class Hit:
    """Something that the search box found: ``kind`` is an entity's key, or ``sale``."""

    kind: str
    id: int
    title: str
    hint: str = ""


def find(s: Session, entity: str, text: str, limit: int = 20) -> list[tuple[int, str, str]]:
    """Things to pick, as (id, name, hint), names that begin so first; a whole code or barcode finds its product alone."""
    if entity == "deal":
        return _deals(s, text, limit)
    if entity == "product" and (product := by_code(s, text)):
        return [product]
    table, hint = _TABLES[entity], _HINTS.get(entity)
    folded = fold(text)
    question = select(table.id, table.name, literal("") if hint is None else hint).limit(limit)
    if hasattr(table, "archived"):
        question = question.where(table.archived == 0)
    if entity == "lead":
        question = question.where(table.status != "void")
    if folded:
        question = question.where(named_like(table, text, hint)).order_by(_begins(table, folded))
    question = question.order_by(table.position) if entity == "stage" else question.order_by(table.name_sort, table.id)
    return [(row_id, name, more or "") for row_id, name, more in s.execute(question)]


def by_code(s: Session, text: str) -> tuple[int, str, str] | None:
    """The product with exactly this barcode, else this code: what a scanner types."""
    typed = clean_code(text)
    if not typed:
        return None
    question = select(Product.id, Product.name, Product.code).where(Product.archived == 0)
    found = (
        s.execute(question.join(Barcode).where(Barcode.text == typed)).first() or s.execute(question.where(Product.code == typed)).first()
    )
    return (found[0], found[1], found[2] or "") if found else None


def search(s: Session, text: str, limit: int = 6) -> list[Hit]:
    """Whatever of the book is called so: invoices by number, then customers, goods and the rest, a few of each."""
    if not fold(text):
        return []
    hits = [Hit("sale", row_id, _document(kind, number), name or "") for row_id, kind, number, name in _documents(s, text, limit)]
    for entity in ("customer", "product", "lead", "deal", "seller", "campaign", "source", "category"):
        hits += [Hit(entity, *row) for row in find(s, entity, text, limit)]
    return hits


def _begins(table: Any, folded: str) -> ColumnElement[int]:
    return case((table.name_fold.startswith(folded, autoescape=True), 0), else_=1)


def _deals(s: Session, text: str, limit: int) -> list[tuple[int, str, str]]:
    question = select(Deal.id, Deal.name, Deal.number).where(Deal.status == "final").order_by(Deal.id.desc()).limit(limit)
    if fold(text):
        named = Deal.name_fold.contains(fold(text), autoescape=True)
        question = question.where(or_(named, Deal.number == clean_code(text)))
    return [(row_id, name or number or "", number or "") for row_id, name, number in s.execute(question)]


def _documents(s: Session, text: str, limit: int) -> list[Any]:
    question = (
        select(Sale.id, Sale.kind, Sale.number, Customer.name)
        .outerjoin(Customer, Customer.id == Sale.customer_id)
        .where(Sale.kind.in_(("sale", "return")), Sale.number == clean_code(text))
    )
    return list(s.execute(question.order_by(Sale.kind.desc()).limit(limit)))


def _document(kind: str, number: str) -> str:
    titles = {"sale": N_("Invoice {number}"), "return": N_("Return {number}")}
    return tr(titles[kind], number=Unit.CODE.number(number))
