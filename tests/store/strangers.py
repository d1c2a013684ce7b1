"""What the tests of the book share: a look inside, and what a stranger's tool would do to the file."""

import sqlalchemy as sa

from desktop.store import undo
from desktop.store.connection import connect
from desktop.store.tables import Sale


def raw(path, sql, *values, keys=True):
    """Runs one SQL text on the file, past every door; without ``keys`` the database looks after none."""
    db = connect(path)
    try:
        if not keys:
            db.execute("PRAGMA foreign_keys = OFF")
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def count(shop, table):
    with shop.store.reading() as s:
        return s.scalar(sa.select(sa.func.count()).select_from(table))


def last_done(store):
    """What undo would take back, as a sentence; None if nothing."""
    with store.reading() as s:
        found = undo.undoable(s.connection(), store.user)
    return found and undo.sentence(found)


def totals(shop):
    """What each document that counts came to."""
    with shop.store.reading() as s:
        return s.scalars(sa.select(Sale.total).where(Sale.status == "final").order_by(Sale.id)).all()
