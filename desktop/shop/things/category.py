"""Groups of goods."""

from __future__ import annotations

from sqlalchemy import func, select

from desktop.shop.entity import NAME, Entity, Field
from desktop.shop.lists import listing
from desktop.shop.places import PRODUCTS
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Category, Product
from desktop.values.text import N_

_GOODS = select(func.count()).where(Product.category_id == Category.id, Product.archived == 0).scalar_subquery()
FORM = Entity(
    "category", N_("Category"), Category, (NAME,),
    N_("Add category {name}"), N_("Change category {name}"), N_("Archive category {name}"),
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing("categories", N_("Categories"), FORM, "name", (Field("products", N_("Products"), "count"), _GOODS)),
    new=N_("New category"),
    picture="tag",
    empty=N_("Groups of goods: which of them earns most?"),
    place=PRODUCTS, tab=1,
    search=Search(9),
)  # fmt: skip
