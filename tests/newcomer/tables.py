"""The tables of two things that the program has never heard of: a supplier, and what was ordered of one."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import Archived, Document, Imported, Named, Row
from desktop.store.tables import columns as c


class Supplier(Named, Archived, Imported, Row):
    verb = "product"
    code: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]


class Order(Document, Imported, Row):
    __tablename__ = "stock_order"
    verb, dated = "product", ("day",)
    day: Mapped[dt.date]
    status: Mapped[str] = mapped_column(default="final")
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    supplier_id: Mapped[int | None] = c.to("supplier.id")
    amount: Mapped[int]
    kind: Mapped[str | None]
    __table_args__ = c.args(c.ck("status", c.DOCUMENT_STATUS))
