"""A book with very many sales, made in seconds; a lane that answers when it is told to, and counts what was asked."""

import datetime as dt

from sqlalchemy import event, func, insert, literal, select

from desktop.store import Store
from desktop.store.tables import Sale, SaleLine, SumDay
from desktop.ui.listed import ListModel

FIRST, DAYS = dt.date(2024, 3, 20), 1000


def write_sales(path, count):
    """A new book at ``path`` with so many sales over `DAYS` days, oldest first, and their day sums."""
    store = Store.create(path)
    with store.trying() as s:
        run = s.connection().exec_driver_sql
        run(
            f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO sale (id, kind, status, number, day, entered_at, payment, lines, gross, discount, total, tax)
            SELECT i, 'sale', 'final', i, date('{FIRST}', '+' || ((i - 1) * {DAYS} / {count}) || ' days'), '2026-11-25T06:35:00Z',
                   CASE i % 3 WHEN 0 THEN 'cash' ELSE 'card' END, 1, i % 1000 * 1000, 0, i % 1000 * 1000, 0 FROM n"""
        )
        lines = select(Sale.id, literal(1), literal(1000), Sale.gross, Sale.total)
        s.execute(insert(SaleLine).from_select(["sale_id", "position", "quantity", "gross", "total"], lines))
        days = select(Sale.day, literal(0), func.sum(Sale.total), func.count() * 10_000).group_by(Sale.day)
        s.execute(insert(SumDay).from_select(["day", "seller_id", "net", "documents"], days))
        s.commit()
    return store


class Lane:
    """The quick lane of a test: work waits until `run`; ``asked`` counts the SELECTs."""

    def __init__(self, store):
        self.store, self.waiting, self.asked = store, [], 0
        event.listen(store._engine, "before_cursor_execute", self._count)

    def __call__(self, work, then, failed):
        self.waiting.append((work, then, failed))

    def _count(self, _connection, _cursor, statement, *_):
        self.asked += statement.lstrip().startswith("SELECT")

    def answer(self):
        """The next answer comes home."""
        work, then, failed = self.waiting.pop(0)
        try:
            with self.store.reading() as s:
                found = work(s)
        except ArithmeticError as error:
            failed(error)
        else:
            then(found)

    def run(self):
        """Everything that is asked is answered; how many SELECTs that took."""
        before = self.asked
        while self.waiting:
            self.answer()
        return self.asked - before


class Touched:
    """Which rows a model has said to have moved or changed."""

    def __init__(self, model: ListModel):
        self.inserted, self.removed, self.changed, self.resets = [], [], [], 0
        model.rowsInserted.connect(lambda _, first, last: self.inserted.append((first, last)))
        model.rowsRemoved.connect(lambda _, first, last: self.removed.append((first, last)))
        model.dataChanged.connect(lambda first, last: self.changed.append((first.row(), last.row())))
        model.modelReset.connect(self._reset)

    def _reset(self):
        self.resets += 1

    @property
    def rows(self):
        return sum(last - first + 1 for first, last in (*self.inserted, *self.removed, *self.changed))


def change_sale(store, row, **values):
    """A sale is changed by hand, its sums follow."""
    with store.changing("Record sale", "sell") as s:
        sale = s.get_one(Sale, row)
        for name, value in values.items():
            setattr(sale, name, value)
