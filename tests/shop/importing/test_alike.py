"""Sales that are typed and the same sales in a file are the same rows of the book, to the smallest unit."""

import csv
import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.shop.importing import Options, import_file
from desktop.shop.sales import LineDraft, SaleDraft, problems, record_sale
from desktop.store.tables import PAYMENTS
from tests.shop.counter import Counter

FIRST = dt.date(2026, 10, 23)
GOODS = {1: ("Rice", "kg"), 2: ("Cup", "")}
TABLES = {
    "sale": "number, kind, status, day, time, customer_id, payment, note, lines, gross, discount, total, tax",
    "sale_line": "sale_id, position, product_id, quantity, measured, unit_price, unit_cost, gross, discount, invoice_discount, "
    "total, cost, tax, damaged, note",
    "sale_seller": "sale_id, seller_id, share",
    "payment": "day, time, sale_id, customer_id, kind, amount, status",
}
lines = st.builds(
    LineDraft,
    product=st.sampled_from((1, 2)),
    quantity=st.one_of(st.integers(1, 9).map(lambda n: n * 1000), st.integers(1, 9999), st.integers(-3000, -1)),
    unit_price=st.integers(0, 99_999),
    discount=st.integers(0, 300),
    tax=st.integers(0, 99),
    unit_cost=st.one_of(st.none(), st.integers(0, 99_999)),
)
sales = st.builds(
    SaleDraft,
    day=st.integers(0, 40).map(lambda n: FIRST + dt.timedelta(n)),
    lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
    time=st.one_of(st.none(), st.just("18:05")),
    customer=st.sampled_from((None, 1, 2)),
    sellers=st.sampled_from(((), ((1, 10_000),), ((1, 2500), (2, 7500)))),
    payment=st.one_of(st.none(), st.sampled_from(PAYMENTS)),
    invoice_discount=st.integers(0, 5000),
    note=st.one_of(st.none(), st.just("by post")),
)


def shelves(shop):
    """A shop with its goods and people."""
    for name, unit in GOODS.values():
        shop.goods(name, unit=unit)
    for name in ("Ali", "Sara"):
        shop.add("customer", name=name), shop.add("seller", name=name)
    return shop


def written(path, drafts):
    """The sales as a file of lines."""
    people = {None: "", 1: "Ali", 2: "Sara"}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("number", "date", "time", "customer", "seller", "payment", "note", "invoice_discount", "product", "quantity",
                      "unit_price", "discount", "tax", "unit_cost"))  # fmt: skip
        for number, draft in enumerate(drafts, 1):
            sellers = " + ".join(f"{people[one]} {share / 100}%" for one, share in draft.sellers)
            for line in draft.lines:
                out.writerow((number, draft.day, draft.time, people[draft.customer], sellers, draft.payment, draft.note,
                              draft.invoice_discount, GOODS[line.product][0], f"{line.quantity / 1000:.4f}", line.unit_price,
                              line.discount, line.tax, line.unit_cost))  # fmt: skip


def rows(shop):
    with shop.store.reading() as s:
        return {table: s.execute(text(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3")).all() for table, columns in TABLES.items()}


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sales, min_size=6, max_size=12))
def test_a_typed_sale_is_the_imported_one(template, drafts):
    folder = Path(tempfile.mkdtemp())
    typed, brought = (shelves(Counter.at(folder / f"{name}.cheragh", template)) for name in ("typed", "brought"))
    try:
        with typed.store.reading() as s:
            drafts = [draft for draft in drafts if not problems(s, draft)]
        for number, draft in enumerate(drafts, 1):
            record_sale(typed.store, SaleDraft(**vars(draft) | {"number": str(number)}))
        written(folder / "sales.csv", drafts)
        outcome = import_file(brought.store, folder / "sales.csv", Options("sales"), backup=False)

        assert (outcome.refused, outcome.skipped) == (0, 0), [one.reason for one in outcome.refusals]
        assert rows(brought) == rows(typed)
        assert brought.store.check() == typed.store.check() == []
    finally:
        for shop in (typed, brought):
            shop.store.close(backup=False)
        shutil.rmtree(folder)
