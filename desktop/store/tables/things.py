"""The things that documents name: sellers, goods, customers, where they came from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import Archived, Imported, Named, PartOf, Row


class Seller(Named, Archived, Imported, Row):
    __tablename__ = "seller"
    verb = "seller"
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    phone: Mapped[str | None] = c.text()
    pay: Mapped[int | None] = c.money(null=True)
    __table_args__ = c.args(c.ck("archived", "archived IN (0, 1)"))


class Category(Named, Archived, Imported, Row):
    __tablename__ = "category"
    verb = "product"
    __table_args__ = c.args(UniqueConstraint("name_fold"))


class Product(Named, Archived, Imported, Row):
    """A good or service; ``unit`` as written, ``measured`` = sold by kg, g, m, l; ``cost`` = latest purchase cost."""

    __tablename__ = "product"
    verb, begins = "product", True
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    category_id: Mapped[int | None] = c.to("category.id")
    unit: Mapped[str] = c.text(null=False, default="")
    measured: Mapped[int] = c.flag()
    price: Mapped[int | None] = c.money(null=True)
    cost: Mapped[int | None] = c.money(null=True)
    __table_args__ = c.args(
        c.ck("price", "price IS NULL OR price >= 0"),
        c.ck("cost", "cost IS NULL OR cost >= 0"),
        c.ck("flags", "archived IN (0, 1) AND measured IN (0, 1)"),
    )


class Barcode(PartOf, Row):
    __tablename__ = "barcode"
    owner = "product_id"
    id: Mapped[int] = c.id()
    product_id: Mapped[int] = c.to("product.id", null=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, unique=True)
    __table_args__ = c.args()


class Source(Named, Archived, Imported, Row):
    """How somebody came to know the shop (شیوهٔ آشنایی)."""

    __tablename__ = "source"
    verb = "lead"
    __table_args__ = c.args(UniqueConstraint("name_fold"))


class Campaign(Named, Archived, Imported, Row):
    """A campaign; ``last_day`` is inside it."""

    __tablename__ = "campaign"
    verb, dated = "campaign", ()
    channel: Mapped[str | None] = c.text()
    first_day: Mapped[dt.date | None] = c.day(null=True)
    last_day: Mapped[dt.date | None] = c.day(null=True)
    budget: Mapped[int | None] = c.money(null=True)
    __table_args__ = c.args(
        UniqueConstraint("name_fold"),
        c.ck("order", "first_day IS NULL OR last_day IS NULL OR last_day >= first_day"),
        c.ck("budget", "budget IS NULL OR budget >= 0"),
    )


class Customer(Named, Archived, Imported, Row):
    """A named customer; ``since`` is when the first source was written down."""

    __tablename__ = "customer"
    verb, dated, begins = "customer", (), True
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    phone: Mapped[str | None] = mapped_column(Text, index=True)
    first_source_id: Mapped[int | None] = c.to("source.id")
    first_campaign_id: Mapped[int | None] = c.to("campaign.id")
    since: Mapped[dt.date | None] = c.day(null=True)
    note: Mapped[str | None] = c.text()
    __table_args__ = c.args(c.ck("archived", "archived IN (0, 1)"))
