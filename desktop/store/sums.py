"""Day sums: what each day, each customer brought, kept equal to the documents.

The sums of a touched day (or customer) are remade from its documents by one set of questions. Recording, editing,
undoing, importing and checking all use it, so none can drift from another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex

from desktop.store import dialect
from desktop.store.dialect import Run
from desktop.store.tables import SaleLine, Sum, SumDay, SumDayCustomer, every
from desktop.values.rounding import split
from desktop.values.text import N_, Refused
from desktop.values.unit import Unit

# One row per final document. The lines are added up first, in the order of their index, and only then meet their document.
_FILL = """
INSERT INTO document_sum ({columns})
SELECT id, day, coalesce(payment, ''),
  {seller},
  customer_id, total, 0, CASE kind WHEN 'sale' THEN total ELSE 0 END,
  plus_gross, returned, plus_discount, discounted_gross, costed_net, uncosted_net, cost, tax, costed_lines,
  CASE kind WHEN 'sale' THEN units ELSE 0 END, CASE kind WHEN 'sale' THEN sale_lines ELSE 0 END,
  CASE kind WHEN 'sale' THEN 1 ELSE 0 END, CASE WHEN kind = 'sale' AND discounts > 0 THEN 1 ELSE 0 END,
  CASE kind WHEN 'return' THEN 1 ELSE 0 END, 1,
  CASE WHEN kind = 'sale' AND customer_id IS NOT NULL THEN total ELSE 0 END,
  CASE WHEN kind = 'sale' AND customer_id IS NOT NULL THEN 1 ELSE 0 END
FROM (
  SELECT sale_id,
    coalesce(sum(gross) FILTER (WHERE quantity > 0), 0) AS plus_gross,
    coalesce(-sum(total) FILTER (WHERE quantity < 0), 0) AS returned,
    coalesce(sum(discount) FILTER (WHERE quantity > 0), 0) AS plus_discount,
    coalesce(sum(gross) FILTER (WHERE quantity > 0 AND discount > 0), 0) AS discounted_gross,
    coalesce(sum(total) FILTER (WHERE cost IS NOT NULL), 0) AS costed_net,
    coalesce(sum(total) FILTER (WHERE cost IS NULL), 0) AS uncosted_net,
    coalesce(sum({cost}), 0) AS cost,
    count(cost) AS costed_lines,
    coalesce(sum(CASE measured WHEN 1 THEN 1000 ELSE quantity END) FILTER (WHERE quantity > 0), 0) AS units,
    count(*) FILTER (WHERE quantity > 0) AS sale_lines,
    count(*) FILTER (WHERE quantity > 0 AND discount > 0) AS discounts
  FROM sale_line {lines} GROUP BY sale_id)
CROSS JOIN sale s ON s.id = sale_id WHERE s.status = 'final' AND s.kind <> 'lump'
UNION ALL
SELECT id, day, coalesce(payment, ''),
  {seller},
  customer_id, total, total, 0, 0, 0, 0, 0, 0, total, 0, tax, 0, 0, 0, 0, 0, 0, 1, 0, 0
FROM sale s WHERE status = 'final' AND kind = 'lump' {days}
"""
_SELLER = "(SELECT CASE WHEN count(*) > 1 THEN -1 ELSE coalesce(max(seller_id), 0) END FROM sale_seller WHERE sale_id = id)"
_COST = str(SaleLine.counted_cost.compile(compile_kwargs={"literal_binds": True}))
_LINES = "WHERE sale_id IN (SELECT s.id FROM sale s WHERE s.status = 'final' {days})"

_COUNTS = (
    "costed_lines", "units", "sale_lines", "orders", "discounted_orders", "returns", "documents", "named_orders",
)  # fmt: skip
_COLUMNS = tuple(column.name for column in SumDay.__table__.columns)[2:]

_DAYS = f"""
INSERT INTO sum_day (day, seller_id, {", ".join(_COLUMNS)})
SELECT day, seller, {", ".join(f"sum({c}){' * 10000' if c in _COUNTS else ''}" for c in _COLUMNS)}
FROM document_sum WHERE seller >= 0 GROUP BY day, seller
"""
_DOCUMENT = ("id", "day", "payment", "seller", "customer", *_COLUMNS)  # a document's row of sums, in the making
_SCRATCH = dialect.scratch("document_sum", text=_DOCUMENT[1:3], whole=_DOCUMENT[3:])
_ADD = dialect.upsert("sum_day", ("day", "seller_id", *_COLUMNS), ("day", "seller_id"), add=True)
_PAYMENTS = """
INSERT INTO sum_payment (day, payment, net, documents)
SELECT day, payment, sum(net), sum(documents) FROM document_sum GROUP BY day, payment
"""
_DAY_CUSTOMERS = """
INSERT INTO sum_day_customer (day, customer_id, orders, sold, net, costed_net, cost, costed_lines)
SELECT day, customer, sum(orders), sum(sold), sum(net), sum(costed_net), sum(cost), sum(costed_lines)
FROM document_sum WHERE customer IS NOT NULL GROUP BY day, customer
"""
_CUSTOMERS = """
INSERT INTO sum_customer (customer_id, first_day, last_day, orders, days, sold, net, costed_net, cost, costed_lines)
SELECT customer_id, min(CASE WHEN orders > 0 THEN day END), max(CASE WHEN orders > 0 THEN day END), sum(orders),
  count(*) FILTER (WHERE orders > 0), sum(sold), sum(net), sum(costed_net), sum(cost), sum(costed_lines)
FROM sum_day_customer {customers} GROUP BY customer_id
"""
TOGETHER, _EVER = 2**62, ("", "9")  # what all amounts may come to: 64 bits hold a sum of two such sums
_TOGETHER = (
    "SELECT coalesce(sum(1.0 * abs(net) + gross + returned + abs(cost) + abs(tax) + units), 0) FROM sum_day WHERE day >= ? AND day <= ?"
)
_LARGEST = (
    "SELECT s.number, l.gross, l.cost, l.tax FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE s.status = 'final' "
    "AND s.day >= ? AND s.day <= ? ORDER BY 1.0 * abs(l.gross) + abs(coalesce(l.cost, 0)) + abs(l.tax) DESC, l.id DESC LIMIT 1"
)
TOO_MUCH = N_("The book cannot add up so much together. The largest amount is {amount}, in document {number}; check its number of zeros.")

ACTIVE_DAYS_OF = "active_days "  # of the fiscal year that begins on the day after it, as `kpi.customers` keeps them among the settings


def rebuild(run: Run, days: Collection[dt.date] | None = None, customers: Collection[int] | None = None) -> None:
    """The sums of ``days`` and ``customers`` equal their documents again; None for ``days``: all of both.

    Args:
        run: executes one SQL text with positional parameters inside the caller's transaction.
        days: the days on which a document was, or now is.
        customers: whose documents moved; None with days given: everybody who bought on those days.

    Raises:
        Refused: the amounts of the book come to more than anybody could add up.
    """
    span = _EVER if days is None else (min(days, default=dt.date.max).isoformat(), max(days, default=dt.date.min).isoformat())
    try:
        _remake(run, days, customers)
        large = run(_TOGETHER, span).fetchone()[0] > TOGETHER / 2**18  # no shop has so many days
        if large and run(_TOGETHER, _EVER).fetchone()[0] > TOGETHER:
            raise OverflowError
    except (OverflowError, DBAPIError) as error:
        if isinstance(error, DBAPIError) and not any(words in str(error.orig) for words in ("integer overflow", "cannot store REAL")):
            raise
        number, *amounts = run(_LARGEST, span).fetchone()
        largest = Unit.MONEY.write(max(abs(one or 0) for one in amounts), to_the_rial=True)
        raise Refused(TOO_MUCH, amount=largest, number=number) from error


def _remake(run: Run, days: Collection[dt.date] | None, customers: Collection[int] | None) -> None:
    run(_SCRATCH)
    _forget(run, days)
    if days is None:
        for model in every(Sum):
            run(f"DELETE FROM {model.__tablename__}")
        (index,) = SumDayCustomer.metadata.tables["sum_day_customer"].indexes
        run(f"DROP INDEX {index.name}")  # made anew in one go; and to sort the rows is quicker than to look each up by it
        _fill(run, "", ())
        run(_CUSTOMERS.format(customers=""))
        run(str(CreateIndex(index)))
        return
    those, asked = dialect.listed(sorted(day.isoformat() for day in days))
    within = f"day IN (SELECT value FROM {those})"
    bought = f"SELECT DISTINCT customer_id FROM sum_day_customer WHERE {within}"
    before = run(bought, (asked,)).fetchall() if customers is None else ()
    for model in every(Sum):
        if "day" in model.__table__.columns:
            run(f"DELETE FROM {model.__tablename__} WHERE {within}", (asked,))
    _fill(run, f"AND s.{within}", (asked, asked))
    moved = {row[0] for row in (*before, *run(bought, (asked,)))} if customers is None else customers
    those, asked = dialect.listed(sorted(moved))
    within = f"WHERE customer_id IN (SELECT value FROM {those})"
    run(f"DELETE FROM sum_customer {within}", (asked,))
    run(_CUSTOMERS.format(customers=within), (asked,))


def _forget(run: Run, days: Collection[dt.date] | None) -> None:
    """What was worked out from the days before a year, and kept, is no more where one of them moves."""
    since = "" if days is None else min(days, default=dt.date.max).isoformat()
    run("DELETE FROM setting WHERE key LIKE ? AND key > ?", (f"{ACTIVE_DAYS_OF}%", f"{ACTIVE_DAYS_OF}{since}"))


def _fill(run: Run, where: str, texts: Sequence[str]) -> None:
    run("DELETE FROM document_sum")
    lines = _LINES.format(days=where) if where else ""
    run(_FILL.format(cost=_COST, columns=", ".join(_DOCUMENT), seller=_SELLER, days=where, lines=lines), texts)
    run(_DAYS)
    _shared(run)
    run(_PAYMENTS)
    run(_DAY_CUSTOMERS)


def _shared(run: Run) -> None:
    """Documents of several sellers: money by largest remainder per document, counts by exact share."""
    rows = run(
        f"SELECT d.id, s.seller_id, s.share, d.day, {', '.join('d.' + c for c in _COLUMNS)} FROM document_sum d "
        "JOIN sale_seller s ON s.sale_id = d.id WHERE d.seller = -1 ORDER BY d.id, s.seller_id"
    )
    for _, group in groupby([tuple(row) for row in rows], key=lambda row: row[0]):
        for seller, day, parts in shares(list(group)):
            run(_ADD, (day, seller, *parts))


def shares(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, str, list[int]]]:
    """One document's parts by seller; ``rows``: (id, seller, share, day, then every column of `SumDay`)."""
    weights = [row[2] for row in rows]
    columns = []
    for at, name in enumerate(_COLUMNS, 4):
        whole = rows[0][at]
        columns.append([whole * weight for weight in weights] if name in _COUNTS else split(whole, weights))
    for i, row in enumerate(rows):
        yield row[1], row[3], [column[i] for column in columns]


def differing(run: Run) -> dict[str, set[tuple[Any, ...]]]:
    """By table, the rows of sums that are not as their documents have them; all are remade on the way: the caller throws that away."""
    before = _snapshot(run)
    _remake(run, None, None)
    return {table: rows ^ before[table] for table, rows in _snapshot(run).items()}


def _snapshot(run: Run) -> dict[str, set[tuple[Any, ...]]]:
    return {table.__tablename__: {tuple(row) for row in run(f"SELECT * FROM {table.__tablename__}")} for table in every(Sum)}
