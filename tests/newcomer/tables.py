"""The tables of two things that the program has never heard of: a supplier, and what was ordered of one."""

import datetime as dt

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import Archived, Document, Imported, Named, Row
from desktop.store.tables import columns as c


class Supplier(Named, Archived, Imported, Row):
    __tablename__ = "supplier"
    verb = "product"
    code: Mapped[str | None] = mapped_column(Text, unique=True)
    phone: Mapped[str | None] = c.text()
    __table_args__ = c.args()


class Order(Document, Imported, Row):
    __tablename__ = "stock_order"
    verb, dated = "product", ("day",)
    day: Mapped[dt.date] = c.day()
    status: Mapped[str] = c.text(null=False, default="final")
    entered_at: Mapped[str] = c.moment()
    supplier_id: Mapped[int | None] = c.to("supplier.id")
    amount: Mapped[int] = c.money()
    kind: Mapped[str | None] = c.text()
    __table_args__ = c.args(c.ck("status", c.DOCUMENT_STATUS))
