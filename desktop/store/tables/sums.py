"""Day sums: kept equal to the documents by `desktop.store.sums`, in the same transaction."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables.columns import Row, Sum


class SumDay(Sum, Row):
    """One seller's part of one day (seller 0 = documents without seller); their sum over sellers is the shop's day.

    Money in the smallest unit; ``orders``, ``documents`` and other counts in 1/10,000 so that shared
    documents stay exact; ``units`` in thousandths × 1/10,000.
    """

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    seller_id: Mapped[int] = mapped_column(primary_key=True)
    net: Mapped[int] = mapped_column(default=0)  # totals of final sales, returns and lumps: S1
    lump: Mapped[int] = mapped_column(default=0)  # the part of net that came as lumps
    sold: Mapped[int] = mapped_column(default=0)  # totals of sale documents, before returns: S4
    gross: Mapped[int] = mapped_column(default=0)  # positive lines at list price
    returned: Mapped[int] = mapped_column(default=0)  # what was given back, after its own discount: > 0
    discount: Mapped[int] = mapped_column(default=0)  # discounts of positive lines
    discounted_gross: Mapped[int] = mapped_column(default=0)  # gross of the positive lines that had a discount
    costed_net: Mapped[int] = mapped_column(default=0)  # totals of costed lines, returns reversed
    uncosted_net: Mapped[int] = mapped_column(default=0)  # totals of lines without cost
    cost: Mapped[int] = mapped_column(default=0)  # cost of costed lines, returns reversed (damaged: not taken back)
    tax: Mapped[int] = mapped_column(default=0)
    costed_lines: Mapped[int] = mapped_column(default=0)  # how many lines have a cost
    units: Mapped[int] = mapped_column(default=0)  # units of positive lines of sales: measured goods 1 a line
    sale_lines: Mapped[int] = mapped_column(default=0)  # positive lines of sales
    orders: Mapped[int] = mapped_column(default=0)  # sale documents
    discounted_orders: Mapped[int] = mapped_column(default=0)  # sale documents with any discount
    returns: Mapped[int] = mapped_column(default=0)  # return documents
    documents: Mapped[int] = mapped_column(default=0)  # all final documents
    named_sold: Mapped[int] = mapped_column(default=0)  # totals of sale documents of named customers
    named_orders: Mapped[int] = mapped_column(default=0)
    __table_args__ = ({"sqlite_strict": True, "sqlite_with_rowid": False},)


class SumPayment(Sum, Row):
    """A day's takings by kind of payment (net of returns) and hour-free count of documents."""

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    payment: Mapped[str] = mapped_column(primary_key=True)  # '' = not said
    net: Mapped[int] = mapped_column(default=0)
    documents: Mapped[int] = mapped_column(default=0)
    __table_args__ = ({"sqlite_strict": True, "sqlite_with_rowid": False},)


class SumDayCustomer(Sum, Row):
    """What one named customer did on one day. Rows with ``orders`` = 0 are days of returns only."""

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[int] = mapped_column(default=0)
    sold: Mapped[int] = mapped_column(default=0)
    net: Mapped[int] = mapped_column(default=0)
    costed_net: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int] = mapped_column(default=0)
    costed_lines: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        Index("ix_sum_day_customer_customer", "customer_id", "day", "orders"),  # who bought when, without looking at the rows
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )


class SumCustomer(Sum, Row):
    """One named customer's whole history."""

    customer_id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[dt.date | None] = mapped_column(index=True)  # first sale document
    last_day: Mapped[dt.date | None]
    orders: Mapped[int] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)
    sold: Mapped[int] = mapped_column(default=0)
    net: Mapped[int] = mapped_column(default=0)
    costed_net: Mapped[int] = mapped_column(default=0)
    cost: Mapped[int] = mapped_column(default=0)
    costed_lines: Mapped[int] = mapped_column(default=0)
    __table_args__ = ({"sqlite_strict": True},)
