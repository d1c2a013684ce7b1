"""Is the book whole? Every page, every total against its rows, every day sum, every link of the audit chain."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.store import audit, dialect, sums
from desktop.values.text import tr

MOST = 20  # sentences of one kind

_WRONG_TOTALS = """
SELECT s.kind, s.number FROM sale s LEFT JOIN (
  SELECT sale_id, count(*) AS n, sum(gross) AS gross, sum(discount) AS discount, sum(total) AS total, sum(tax) AS tax
  FROM sale_line GROUP BY sale_id) l ON l.sale_id = s.id
WHERE s.lines <> coalesce(l.n, 0) OR s.gross <> coalesce(l.gross, 0) OR s.discount <> coalesce(l.discount, 0)
  OR s.total <> coalesce(l.total, 0) OR s.tax <> coalesce(l.tax, 0)
UNION ALL
SELECT s.kind, s.number FROM sale s JOIN sale_seller p ON p.sale_id = s.id GROUP BY s.id HAVING sum(p.share) <> 10000
"""


def check(connection: Connection) -> list[str]:
    """What is wrong, as sentences; empty when nothing is. The sums are remade on the way: the caller throws that away."""
    run = dialect.run(connection)
    problems = [tr("The file is damaged: {detail}", detail=text) for text in dialect.damage(run)]
    problems += [tr("A row of {table} points to something that is gone.", table=table) for table in dialect.loose(run)[:MOST]]
    wrong = run(_WRONG_TOTALS).all()[:MOST]
    problems += [tr("Document {number} differs from its lines or shares.", number=row.number) for row in wrong]
    problems += filter(None, [audit.broken(connection)])
    for table, rows in sums.differing(run).items():
        if rows:
            first = min(str(row[0]) for row in rows)
            problems.append(tr("Kept totals ({table}) differ from the documents, first at {key}.", table=table, key=first))
    return problems
