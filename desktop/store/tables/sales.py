"""What was sold, brought back and paid, and what each day and customer brought."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, and_, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import DOCUMENT_STATUS, Counted, Document, Imported, PartOf, Row, Sum

PAYMENTS = ("cash", "card", "transfer", "credit", "cheque", "other")  # ways of paying
OWED = "credit"  # nothing is paid at once


class Sale(Document, Imported, Row):
    """A document: a sale, a return or a day's lump of takings. Totals are those of its lines, without tax.

    ``day`` and ``time`` are as on paper; ``entered_at`` is UTC. A return has negative totals.
    """

    verb, dated = "sell", ("day",)
    numbered = True
    kind: Mapped[str] = mapped_column(default="sale")
    status: Mapped[str] = mapped_column(default="final")
    number: Mapped[str]
    day: Mapped[dt.date]
    time: Mapped[str | None]
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    customer_id: Mapped[int | None] = c.to("customer.id", index=False)
    source_id: Mapped[int | None] = c.to("source.id", index=False)
    campaign_id: Mapped[int | None] = c.to("campaign.id")
    original_id: Mapped[int | None] = c.to("sale.id")
    deal_id: Mapped[int | None] = c.to("deal.id", index=False)
    payment: Mapped[str | None]
    note: Mapped[str | None]
    lines: Mapped[int]
    gross: Mapped[int]
    discount: Mapped[int]
    total: Mapped[int]
    tax: Mapped[int] = mapped_column(default=0)
    batch_id: Mapped[int | None] = c.to("batch.id", index=False)  # looked through once, when an import is taken back
    __table_args__ = c.args(
        c.ck("kind", "kind IN ('sale', 'return', 'lump')"),
        c.ck("status", "status IN ('final', 'void')"),
        c.ck("total", "total = gross - discount"),
        c.ck("lines", "lines >= 0"),
        c.ck("payment", f"payment IS NULL OR payment IN {PAYMENTS}"),
        c.ck("original", "original_id IS NULL OR kind = 'return'"),
        # The kind first would draw questions about days away from their index; an index, since a large import makes it at its end.
        Index("uq_sale_number_kind", "number", "kind", unique=True),
        Index("ix_sale_day", "day", "id"),
        Index("ix_sale_customer_day", "customer_id", "day"),
    )


class SaleSeller(PartOf, Row):
    """A seller's part of a document; the parts of one document add up to 10,000."""

    owner = "sale_id"
    sale_id: Mapped[int] = c.to("sale.id", index=False, primary_key=True)
    seller_id: Mapped[int] = c.to("seller.id", primary_key=True)
    share: Mapped[int]
    __table_args__ = (
        c.ck("share", "share > 0 AND share <= 10000"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )


class SaleLine(PartOf, Counted, Row):
    """One line. ``discount`` = the line's own + its part of the invoice's; ``unit_cost`` is a snapshot, null = uncosted.

    A returned line has negative quantity, gross, discount and total.
    """

    owner = "sale_id"
    sale_id: Mapped[int] = c.to("sale.id")
    position: Mapped[int]
    product_id: Mapped[int | None] = c.to("product.id", index=False)  # nobody asks by it, and a million lines are sorted for it
    quantity: Mapped[int]
    measured: Mapped[int] = mapped_column(default=0)
    unit_price: Mapped[int | None]
    unit_cost: Mapped[int | None]
    gross: Mapped[int]
    discount: Mapped[int] = mapped_column(default=0)
    invoice_discount: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    cost: Mapped[int | None]
    tax: Mapped[int] = mapped_column(default=0)
    damaged: Mapped[int] = mapped_column(default=0)
    original_line_id: Mapped[int | None] = c.to("sale_line.id")
    note: Mapped[str | None]

    @hybrid_property
    def counted_cost(self) -> Any:
        """The cost as every number counts it: of what came back damaged nothing is taken back. For questions alone."""
        return case((and_(SaleLine.damaged == 1, SaleLine.quantity < 0), 0), else_=SaleLine.cost)

    __table_args__ = c.args(
        c.ck("total", "total = gross - discount"),
        c.ck("price", "unit_price IS NULL OR unit_price >= 0"),
        c.ck("cost", "(unit_cost IS NULL AND cost IS NULL) OR (unit_cost >= 0 AND cost IS NOT NULL)"),
        c.ck("flags", "measured IN (0, 1) AND damaged IN (0, 1)"),
    )


class Payment(Document, Imported, Row):
    """Money received for a sale (or paid back: negative)."""

    verb, dated = "payment", ("day",)
    number: Mapped[str | None]
    day: Mapped[dt.date]
    time: Mapped[str | None]
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    status: Mapped[str] = mapped_column(default="final")
    customer_id: Mapped[int | None] = c.to("customer.id")
    sale_id: Mapped[int | None] = c.to("sale.id")
    kind: Mapped[str]
    amount: Mapped[int]
    note: Mapped[str | None]
    batch_id: Mapped[int | None] = c.to("batch.id", index=False)
    __table_args__ = c.args(
        c.ck("kind", f"kind IN {tuple(one for one in PAYMENTS if one != OWED)}"),
        c.ck("status", DOCUMENT_STATUS),
        Index("ix_payment_day", "day", "id"),
    )


# Day sums: kept equal to the documents by `desktop.store.sums`, in the same transaction


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
