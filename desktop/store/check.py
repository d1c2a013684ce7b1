"""Is the book whole? Every page, every total against its rows, every day sum, every link of the audit chain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desktop.store import sums
from desktop.store.photos import chained
from desktop.values.text import tr

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.store.book import Store


def check(store: Store) -> list[str]:
    """What is wrong, as sentences; empty when nothing is. The book is not changed."""
    with store.rewriting() as s:  # left without commit: the remade sums are thrown away
        connection = s.connection()
        problems = [*_file(connection), *_totals(connection), *_chain(connection)]
        before = sums.snapshot(connection.exec_driver_sql)
        sums.rebuild(connection.exec_driver_sql)
        for table, rows in sums.snapshot(connection.exec_driver_sql).items():
            if different := rows ^ before[table]:
                days = sorted({str(row[0]) for row in different})
                problems.append(tr("Kept totals ({table}) differ from the documents, first at {key}.", table=table, key=days[0]))
    return problems


def _file(connection: Connection) -> list[str]:
    run = connection.exec_driver_sql
    found = [row[0] for row in run("PRAGMA integrity_check")] + [row[0] for row in run("PRAGMA cipher_integrity_check")]
    problems = [tr("The file is damaged: {detail}", detail=text) for text in found if text != "ok"]
    loose = run("PRAGMA foreign_key_check").all()
    return problems + [tr("A row of {table} points to something that is gone.", table=row[0]) for row in loose[:20]]


_WRONG_TOTALS = """
SELECT s.kind, s.number FROM sale s LEFT JOIN (
  SELECT sale_id, count(*) AS n, sum(gross) AS gross, sum(discount) AS discount, sum(total) AS total, sum(tax) AS tax
  FROM sale_line GROUP BY sale_id) l ON l.sale_id = s.id
WHERE s.lines <> coalesce(l.n, 0) OR s.gross <> coalesce(l.gross, 0) OR s.discount <> coalesce(l.discount, 0)
  OR s.total <> coalesce(l.total, 0) OR s.tax <> coalesce(l.tax, 0)
UNION ALL
SELECT s.kind, s.number FROM sale s JOIN sale_seller p ON p.sale_id = s.id GROUP BY s.id HAVING sum(p.share) <> 10000
"""


def _totals(connection: Connection) -> list[str]:
    wrong = connection.exec_driver_sql(_WRONG_TOTALS).all()
    return [tr("Document {number} differs from its lines or shares.", number=row.number) for row in wrong[:20]]


def _chain(connection: Connection) -> list[str]:
    """Recomputes each link; the first that does not fit names the change."""
    previous = ""
    photos = connection.execution_options(stream_results=True).exec_driver_sql(
        "SELECT change_id, table_name, row_key, before, after FROM photo ORDER BY change_id, id"
    )
    waiting = next(photos, None)
    changes = connection.exec_driver_sql("SELECT id, at, user_id, name, holes, kind, of_id, batch_id, hash FROM change ORDER BY id")
    for change in changes.all():
        taken = []
        while waiting is not None and waiting[0] == change.id:
            _, table, key, before, after = waiting
            taken.append((table, key, json.loads(before) if before else None, json.loads(after) if after else None))
            waiting = next(photos, None)
        entry = {name: getattr(change, name) for name in ("at", "user_id", "name", "holes", "kind", "of_id", "batch_id")}
        if chained(previous, entry, taken) != change.hash:
            return [tr("The audit trail was altered at change {number} ({at}).", number=change.id, at=change.at)]
        previous = change.hash
    return []
