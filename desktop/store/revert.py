"""Taking an import back as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import sums
from desktop.store.book import Change, Store, _now
from desktop.store.tables import Imported, Row
from desktop.values.text import N_, Refused, tr

if TYPE_CHECKING:
    from sqlalchemy import Connection

# what belongs to a document and goes with it: table, column
_PARTS = (("sale_line", "sale_id", "sale"), ("sale_seller", "sale_id", "sale"), ("deal_stage", "deal_id", "deal"),
          ("barcode", "product_id", "product"))  # fmt: skip
_DOCUMENTS = ("sale", "payment", "lead", "deal", "activity", "cost", "target", "nps_answer")
_BROUGHT = tuple(m.class_.__tablename__ for m in Row.registry.mappers if issubclass(m.class_, Imported))


def revert(store: Store, batch_id: int) -> Change:
    """The batch's documents are gone, and the things it created that nothing else uses.

    Raises:
        Refused: no such batch, taken back already, one of its rows was changed since, or its month is closed.
    """
    with store.rewriting() as s:
        connection = s.connection()
        run = connection.exec_driver_sql
        batch = run("SELECT id, file, undone_at FROM batch WHERE id = ?", (batch_id,)).first()
        if batch is None or batch.undone_at:
            raise Refused(N_("There is no import {batch} to take back."), batch=batch_id)
        _untouched(connection, batch_id)
        store.guard_closed(connection, {row[0] for row in run("SELECT DISTINCT day FROM sale WHERE batch_id = ?", (batch_id,))})
        days = {row[0] for row in run("SELECT DISTINCT day FROM sale WHERE batch_id = ?", (batch_id,))}
        for part, column, table in _PARTS:
            if table in _DOCUMENTS:
                run(f"DELETE FROM {part} WHERE {column} IN (SELECT id FROM {table} WHERE batch_id = ?)", (batch_id,))
        for table in _DOCUMENTS:
            run(f"DELETE FROM {table} WHERE batch_id = ?", (batch_id,))
        for table in _BROUGHT:
            if table not in _DOCUMENTS:
                _remove_unused(connection, table, batch_id)
        run("UPDATE batch SET undone_at = ? WHERE id = ?", (_now(), batch_id))
        if days:
            sums.rebuild(run)
        tables = frozenset(_BROUGHT)
        news = store.record(
            connection,
            [],
            N_("Take back import {file}"),
            {"file": batch.file},
            kind="revert",
            batch=batch_id,
            tables=tables,
        )
        store._commit(s)  # noqa: SLF001
    return news


def _untouched(connection: Connection, batch_id: int) -> None:
    for table in _BROUGHT:
        found = connection.exec_driver_sql(
            f"SELECT c.name FROM photo p JOIN {table} t ON p.row_key = CAST(t.id AS TEXT) JOIN change c ON c.id = p.change_id "
            "WHERE p.table_name = ? AND t.batch_id = ? LIMIT 1",
            (table, batch_id),
        ).first()
        if found and table in _DOCUMENTS:
            raise Refused(N_("Import {batch} cannot be taken back: “{change}” changed a row of it since."), batch=batch_id,
                          change=tr(found.name))  # fmt: skip


def _remove_unused(connection: Connection, table: str, batch_id: int) -> None:
    """Deletes what the batch created, unless a row of another table names it."""
    used = " ".join(
        f'AND NOT EXISTS (SELECT 1 FROM "{other.name}" u WHERE u."{key.parent.name}" = "{table}".id)'
        for other in Row.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table.name == table and other.name != "barcode"
    )
    own = f'SELECT id FROM "{table}" WHERE batch_id = ? {used}'
    if table == "product":
        connection.exec_driver_sql(f"DELETE FROM barcode WHERE product_id IN ({own})", (batch_id,))
    connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE batch_id = ? {used}', (batch_id,))
