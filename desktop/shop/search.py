"""Finding things while they are typed: by folded name, phone, code, barcode or number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from desktop.shop.lists import named_like, standing
from desktop.shop.thing import Found
from desktop.shop.things import THINGS
from desktop.store.tables import Seller
from desktop.values.fold import fold
from desktop.values.text import tr


@dataclass(frozen=True)
class Hit:
    """Something that the search box found: ``kind`` is a thing's key."""

    kind: str
    id: int
    title: str
    hint: str = ""


def find(s: Session, key: str, text: str, limit: int = 20) -> list[Found]:
    """Things to pick, as (id, name, hint), names that begin so first; a whole code or barcode finds its product alone."""
    how, table = THINGS[key].search, THINGS[key].table
    assert how is not None, f"nobody looks for {key}"
    if how.how is not None:
        return how.how(s, text, limit)
    if how.exactly is not None and (found := how.exactly(s, text)):
        return [found]
    folded = fold(text)
    question = select(table.id, table.name, literal("") if how.hint is None else how.hint).where(*standing(table)).limit(limit)
    if folded:
        begins = table.name_fold.startswith(folded, autoescape=True)
        question = question.where(named_like(table, text, how.hint)).order_by(begins.desc())
    question = question.order_by(how.order if how.order is not None else table.name_sort, table.id)
    return [(row_id, name, more or "") for row_id, name, more in s.execute(question)]


def sellers(s: Session) -> list[tuple[int, str]]:
    """Every seller to ask about, as (id, name): namesakes with their codes, who left marked and after the others."""
    rows = s.execute(select(Seller).order_by(Seller.archived, Seller.name_sort, Seller.id)).scalars().all()
    often = Counter(row.name_fold for row in rows)
    names = (f"{row.name} ({row.code})" if often[row.name_fold] > 1 and row.code else row.name for row in rows)
    return [(row.id, tr("{name}, left", name=name) if row.archived else name) for row, name in zip(rows, names, strict=True)]


def search(s: Session, text: str, limit: int = 6) -> list[Hit]:
    """Whatever of the book is called so: invoices by number, then customers, goods and the rest, a few of each."""
    if not fold(text):
        return []
    sought = sorted((one.search.rank, key) for key, one in THINGS.items() if one.search and one.search.rank)
    return [Hit(key, *found) for _, key in sought for found in find(s, key, text, limit)]
