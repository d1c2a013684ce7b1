"""Groups of goods."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop.shop.entity import NAME, Entity
from desktop.shop.lists import Listing, columns
from desktop.shop.places import PRODUCTS
from desktop.shop.questions import Filter, Question, named
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Category, Product
from desktop.values.text import N_
from desktop.values.unit import Unit


def _question(chosen: Filter) -> Question:
    goods = select(func.count()).where(Product.category_id == Category.id, Product.archived == 0).scalar_subquery()
    return named(Category, goods)(chosen)


THING = Thing(
    entity=Entity(
        "category", N_("Category"), Category, (NAME,),
        N_("Add category {name}"), N_("Change category {name}"), N_("Archive category {name}"),
    ),
    listing=Listing(
        "categories", N_("Categories"), "category", columns("name", ("products", N_("Products"), Unit.COUNT)), Category, _question,
        ("name", False),
    ),
    new=N_("New category"),
    picture="tag",
    empty=N_("Groups of goods: which of them earns most?"),
    place=PRODUCTS, tab=1,
    search=Search(9),
)  # fmt: skip
