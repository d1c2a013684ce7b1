"""Taking an import back as one step."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from desktop.store import audit, closed, series, sums
from desktop.store.audit import Change, said
from desktop.store.tables import Document, Imported, PartOf, Row, every, owner_of
from desktop.values.text import N_, Refused

# what belongs to a document or thing and goes with it: table → column, owner
_PARTS = {part.__tablename__: (part.owner, owner_of(part).__tablename__) for part in every(PartOf)}
_DOCUMENTS = tuple(model.__tablename__ for model in every(Document))
# what an import can bring, the ones that name others first
_BROUGHT = tuple(model.__tablename__ for model in every(Imported))


def revert(connection: Connection, user: int, batch_id: int, of: int | None = None) -> Change:
    """The batch's documents are gone, and the things it created that nothing else uses.

    ``of`` is the change that brought it where nothing of the user's stands that was done since: then both are as if they had
    never been, and undo goes on to what was before.

    Raises:
        Refused: no such batch, taken back already, one of its rows was changed since, or its month is closed.
    """
    batch = connection.exec_driver_sql("SELECT id, file, undone_at FROM batch WHERE id = ?", (batch_id,)).first()
    if batch is None or batch.undone_at:
        raise Refused(N_("There is no import {batch} to take back."), batch=batch_id)
    _untouched(connection, batch_id)
    closed.guard_batch(connection, batch_id)
    _remove(connection, batch_id)
    news = Change(N_("Take back import {file}"), {"file": batch.file}, frozenset(_BROUGHT), "revert")
    return audit.record(connection, user, news, [], of=of, batch=batch_id)


def _untouched(connection: Connection, batch_id: int) -> None:
    """No document of the batch, nor a part of one, was changed by hand.

    Raises:
        Refused: one was.
    """
    own = {table: f"SELECT CAST(id AS TEXT) FROM {table} WHERE batch_id = ?" for table in _DOCUMENTS}
    for part, (column, owner) in _PARTS.items():
        if owner in _DOCUMENTS:
            key = "sale_id || '/' || seller_id" if part == "sale_seller" else "CAST(id AS TEXT)"
            own[part] = f"SELECT {key} FROM {part} WHERE {column} IN (SELECT id FROM {owner} WHERE batch_id = ?)"
    for table, keys in own.items():
        found: Any = connection.exec_driver_sql(
            "SELECT c.name, c.holes FROM photo p JOIN change c ON c.id = p.change_id "
            f"WHERE p.table_name = ? AND p.row_key IN ({keys}) LIMIT 1",
            (table, batch_id),
        ).first()
        if found:
            raise Refused(N_("Import {batch} cannot be taken back: “{change}” changed a row of it since."), batch=batch_id,
                          change=said(found.name, json.loads(found.holes)))  # fmt: skip


def _remove(connection: Connection, batch_id: int) -> None:
    run = connection.exec_driver_sql
    sold = run("SELECT 1 FROM sale WHERE batch_id = ? LIMIT 1", (batch_id,)).first()
    for part, (column, owner) in _PARTS.items():
        if owner in _DOCUMENTS:
            run(f"DELETE FROM {part} WHERE {column} IN (SELECT id FROM {owner} WHERE batch_id = ?)", (batch_id,))
    for table in _DOCUMENTS:
        run(f"DELETE FROM {table} WHERE batch_id = ?", (batch_id,))
    _untie_leads(connection, batch_id)
    run("CREATE INDEX ix_sale_line_product_id ON sale_line (product_id)")  # else each product that goes is looked for in every line
    for table in _BROUGHT:
        if table not in _DOCUMENTS:
            _remove_unused(connection, table, batch_id)
    run("DROP INDEX ix_sale_line_product_id")
    run("UPDATE batch SET undone_at = ? WHERE id = ?", (audit.now(), batch_id))
    series.remake(run)
    if sold:
        sums.rebuild(run)


def _untie_leads(connection: Connection, batch_id: int) -> None:
    """Leads that the import found to be its new customers are as before; those that a person tied stay tied."""
    connection.exec_driver_sql(
        "UPDATE lead SET customer_id = NULL WHERE customer_id IN (SELECT id FROM customer WHERE batch_id = ?) AND NOT EXISTS ("
        "SELECT 1 FROM photo WHERE table_name = 'lead' AND row_key = CAST(lead.id AS TEXT) "
        "AND json_extract(after, '$.customer_id') = lead.customer_id)",
        (batch_id,),
    )


def _remove_unused(connection: Connection, table: str, batch_id: int) -> None:
    """Deletes what the batch created, unless a row of another table names it or somebody changed it by hand."""
    used = " ".join(
        f'AND NOT EXISTS (SELECT 1 FROM "{other.name}" u WHERE u."{key.parent.name}" = "{table}".id)'
        for other in Row.metadata.tables.values()
        for key in other.foreign_keys
        if key.column.table.name == table and other.name != "barcode"
    )
    used += f" AND NOT EXISTS (SELECT 1 FROM photo p WHERE p.table_name = '{table}' AND p.row_key = CAST(\"{table}\".id AS TEXT))"
    own = f'SELECT id FROM "{table}" WHERE batch_id = ? {used}'
    if table == "product":
        connection.exec_driver_sql(f"DELETE FROM barcode WHERE product_id IN ({own})", (batch_id,))
    connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE batch_id = ? {used}', (batch_id,))
