"""Taking an import back as one step."""

from __future__ import annotations

from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, delete, literal, not_, select, update

from desktop.store import audit, closed, dialect, series, sums
from desktop.store.audit import Change
from desktop.store.tables import Batch, ChangeRow, Document, Imported, PartOf, Photo, Row, Sale, every, of_batch, owner_of, utc_now
from desktop.store.undo import sentence
from desktop.values.text import N_, Refused


def revert(connection: Connection, user: int, batch_id: int, of: int | None = None) -> Change:
    """The batch's documents are gone, and the things it created that nothing else uses.

    ``of`` is the change that brought it where nothing of the user's stands that was done since: then both are as if they had
    never been, and undo goes on to what was before.

    Raises:
        Refused: no such batch, taken back already, one of its rows was changed since, or its month is closed.
    """
    batch = connection.execute(select(Batch.file, Batch.undone_at).where(Batch.id == batch_id)).first()
    if batch is None or batch.undone_at:
        raise Refused(N_("There is no import {batch} to take back."), batch=batch_id)
    _untouched(connection, batch_id)
    closed.guard_batch(connection, batch_id)
    _remove(connection, batch_id)
    moved = frozenset(model.__tablename__ for model in every(Imported))
    news = Change(N_("Take back import {file}"), {"file": batch.file}, moved, "revert")
    return audit.record(connection, user, news, [], of=of, batch=batch_id)


def _untouched(connection: Connection, batch_id: int) -> None:
    """No document of the batch, nor a part of one, was changed by hand, else it is `Refused`."""
    for model in _documents():
        texts: list[ColumnElement[str]] = [cast(column, Text) for column in model.__table__.primary_key]
        key = reduce(lambda one, more: one + "/" + more, texts)
        changed = select(ChangeRow.name, ChangeRow.holes).join(Photo, Photo.change_id == ChangeRow.id)
        own = select(key).where(of_batch(model, batch_id))
        found = connection.execute(changed.where(Photo.table_name == model.__tablename__, Photo.row_key.in_(own)).limit(1)).first()
        if found:
            refusal = N_("Import {batch} cannot be taken back: “{change}” changed a row of it since.")
            raise Refused(refusal, batch=batch_id, change=sentence(found))


def _remove(connection: Connection, batch_id: int) -> None:
    run, gone = dialect.run(connection), _documents()
    sold = connection.scalar(select(Sale.id).where(of_batch(Sale, batch_id)).limit(1)) is not None
    for model in gone:
        connection.execute(delete(model).where(of_batch(model, batch_id)))
    _untie_leads(connection, batch_id)
    run("CREATE INDEX ix_sale_line_product_id ON sale_line (product_id)")  # else each product that goes is looked for in every line
    for model in every(Imported):
        if model not in gone:
            _remove_unused(connection, model, batch_id)
    run("DROP INDEX ix_sale_line_product_id")
    connection.execute(update(Batch).where(Batch.id == batch_id).values(undone_at=utc_now()))
    series.remake(run)
    if sold:
        sums.rebuild(run)


def _documents() -> list[Any]:
    """Documents and their parts, the parts first."""
    return [model for model in every(Row) if issubclass(owner_of(model) if issubclass(model, PartOf) else model, Document)]


def _untie_leads(connection: Connection, batch_id: int) -> None:
    """Leads that the import found to be its new customers are as before; those that a person tied stay tied."""
    dialect.run(connection)(
        "UPDATE lead SET customer_id = NULL WHERE customer_id IN (SELECT id FROM customer WHERE batch_id = ?) AND NOT EXISTS ("
        "SELECT 1 FROM photo WHERE table_name = 'lead' AND row_key = CAST(lead.id AS TEXT) "
        f"AND {dialect.member('after', 'customer_id')} = lead.customer_id)",
        (batch_id,),
    )


def _remove_unused(connection: Connection, model: Any, batch_id: int) -> None:
    """Deletes what the batch created, unless a row of another table names it or somebody changed it by hand."""
    parts = [part for part in every(PartOf) if owner_of(part) is model]
    named = [
        select(literal(1)).select_from(other.__table__).where(key.parent == model.id).correlate(model.__table__).exists()
        for other in every(Row)
        if other not in parts
        for key in other.__table__.foreign_keys
        if key.column.table is model.__table__
    ]
    named.append(select(Photo.id).where(Photo.table_name == model.__tablename__, Photo.row_key == cast(model.id, Text)).exists())
    own = select(model.id).where(of_batch(model, batch_id), *(not_(one) for one in named))
    for part in parts:
        connection.execute(delete(part).where(getattr(part, part.owner).in_(own)))
    connection.execute(delete(model).where(model.id.in_(own)))
