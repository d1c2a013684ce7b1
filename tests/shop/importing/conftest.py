"""A file to write by hand, and what taking it into a little shop's book comes to."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from desktop.shop.importing import Options, import_file, look
from desktop.store import Store
from desktop.values.digits import plain


@dataclass
class Desk:
    """A shop, a folder, and the file that came by mail; an option of `Options` by its name."""

    shop: object
    folder: object

    def file(self, content, name="file.csv", encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def take(self, content, kind="sales", *, name="file.csv", **options):
        """Imports the text (or the file at a path), without the backup that the command makes."""
        path = self.file(content, name) if isinstance(content, str | bytes) else content
        own = {key: options.pop(key) for key in ("dry_run", "errors", "progress", "cancelled") if key in options}
        return import_file(self.shop.store, path, Options(kind, **options), backup=False, **own)

    def look(self, content, kind="sales", *, name="file.csv", **options):
        path = self.file(content, name) if isinstance(content, str | bytes) else content
        return look(self.shop.store, path, Options(kind, **options))

    def rows(self, question):
        """What the book answers to a question in SQL, as plain tuples."""
        with self.shop.store.reading() as s:
            return [tuple(row) for row in s.execute(text(question))]

    def one(self, question):
        ((value, *rest),) = self.rows(question)
        return (value, *rest) if rest else value

    def lines(self, columns="quantity, unit_price, discount, total"):
        return self.rows(f"SELECT {columns} FROM sale_line ORDER BY sale_id, position")

    def sales(self, columns="number, kind, total"):
        return self.rows(f"SELECT {columns} FROM sale ORDER BY id")

    def everything(self):
        """All rows of all tables, but for the trail of what was done."""
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: self.rows(f'SELECT * FROM "{name}"') for name in names if name not in ("change", "photo", "batch")}


@pytest.fixture
def desk(shop, tmp_path):
    return Desk(shop, tmp_path)


@pytest.fixture
def pounds(tmp_path, desk):
    """The same desk with a book in pounds and pence."""
    desk.shop.store.close(backup=False)
    desk.shop.store = Store.create(tmp_path / "pounds.cheragh", currency="GBP")
    return desk


def reasons(outcome):
    return [(refusal.row, refusal.field, plain(refusal.reason)) for refusal in outcome.refusals]
