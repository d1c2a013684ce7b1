"""The things that documents name: sellers, goods, customers, where they came from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import Archived, Counted, Imported, Named, PartOf, Row


class Seller(Named, Archived, Imported, Row):
    verb = "seller"
    code: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]
    pay: Mapped[int | None]
    __table_args__ = c.args(c.ck("archived", "archived IN (0, 1)"))


class Category(Named, Archived, Imported, Row):
    verb = "product"
    __table_args__ = c.args(UniqueConstraint("name_fold"))


class Product(Named, Archived, Imported, Row):
    """A good or service; ``unit`` as written, ``measured`` = sold by kg, g, m, l; ``cost`` = latest purchase cost."""

    verb, begins = "product", True
    code: Mapped[str | None] = mapped_column(unique=True)
    category_id: Mapped[int | None] = c.to("category.id")
    unit: Mapped[str] = mapped_column(default="")
    measured: Mapped[int] = mapped_column(default=0)
    price: Mapped[int | None]
    cost: Mapped[int | None]
    __table_args__ = c.args(
        c.ck("price", "price IS NULL OR price >= 0"),
        c.ck("cost", "cost IS NULL OR cost >= 0"),
        c.ck("flags", "archived IN (0, 1) AND measured IN (0, 1)"),
    )


class Barcode(PartOf, Counted, Row):
    owner = "product_id"
    product_id: Mapped[int] = c.to("product.id")
    text: Mapped[str] = mapped_column(unique=True)


class Source(Named, Archived, Imported, Row):
    """How somebody came to know the shop (شیوهٔ آشنایی)."""

    verb = "lead"
    __table_args__ = c.args(UniqueConstraint("name_fold"))


class Campaign(Named, Archived, Imported, Row):
    """A campaign; ``last_day`` is inside it."""

    verb, dated = "campaign", ()
    channel: Mapped[str | None]
    first_day: Mapped[dt.date | None]
    last_day: Mapped[dt.date | None]
    budget: Mapped[int | None]
    __table_args__ = c.args(
        UniqueConstraint("name_fold"),
        c.ck("order", "first_day IS NULL OR last_day IS NULL OR last_day >= first_day"),
        c.ck("budget", "budget IS NULL OR budget >= 0"),
    )


class Customer(Named, Archived, Imported, Row):
    """A named customer; ``since`` is when the first source was written down."""

    verb, dated, begins = "customer", (), True
    code: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(index=True)
    first_source_id: Mapped[int | None] = c.to("source.id")
    first_campaign_id: Mapped[int | None] = c.to("campaign.id")
    since: Mapped[dt.date | None]
    note: Mapped[str | None]
    __table_args__ = c.args(c.ck("archived", "archived IN (0, 1)"))
