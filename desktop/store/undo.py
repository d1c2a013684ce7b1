"""Undo and redo: a new change made from the photographs of an old one, per user, kept over restarts."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from desktop.store import dialect, photos
from desktop.store.audit import photos_of, said
from desktop.store.photos import Photos
from desktop.values.text import N_, Refused

DEPTH = 200

_DONE = """
SELECT c.id, c.name, c.holes, c.kind, c.batch_id, b.undone_at,
  (SELECT x.id FROM change x WHERE x.of_id = c.id ORDER BY x.id DESC LIMIT 1) AS last,
  (SELECT x.kind FROM change x WHERE x.of_id = c.id ORDER BY x.id DESC LIMIT 1) AS state
FROM change c LEFT JOIN batch b ON b.id = c.batch_id
WHERE c.user_id = ? AND (c.kind IN ('do', 'import') OR c.kind = 'revert' AND c.of_id IS NULL) ORDER BY c.id DESC LIMIT ?
"""

_WHOLE = {  # by whether it is undone: why an import is neither undone nor done again row by row
    True: N_("“{change}” cannot be taken back. To have those rows again, import the file again."),
    False: N_("“{change}” cannot be done again. To have those rows again, import the file again."),
}
_MOVED = {
    True: N_("“{change}” cannot be taken back: “{later}” changed the same thing since."),
    False: N_("“{change}” cannot be done again: “{later}” changed the same thing since."),
}
_BACK = ("undo", "revert")  # an import is undone as it is taken back: whole


def undoable(connection: Connection, user: int) -> Any:
    """The user's newest change that stands, or None."""
    rows = dialect.run(connection)(_DONE, (user, DEPTH)).all()
    return next((row for row in rows if row.state not in _BACK and not (row.kind == "import" and row.undone_at)), None)


def redoable(connection: Connection, user: int) -> Any:
    """The change that the user undid last, unless something was done since; or None."""
    rows = dialect.run(connection)(_DONE, (user, DEPTH)).all()
    newest = rows[0].id if rows else 0
    undone = [row for row in rows if row.state in _BACK and row.last > newest]
    return max(undone, key=lambda row: row.last, default=None)


def sentence(change: Any) -> str:
    """What was done, in today's language."""
    return said(change.name, json.loads(change.holes))


def replay(connection: Connection, change: Any, *, back: bool) -> Photos:
    """The rows are as before the change (``back``) or as after it; the photographs of that.

    Raises:
        Refused: a later change touched the same rows, or it was an import, of whose rows there are no photographs.
    """
    if change.kind != "do":
        raise Refused(_WHOLE[back], change=sentence(change))
    taken: Photos = []
    for table, key, before, after in reversed(photos_of(connection, change.id)):
        expected, wanted = (after, before) if back else (before, after)
        now = photos.read_row(connection, table, key)
        if now != expected:
            raise Refused(_MOVED[back], change=sentence(change), later=_later(connection, table, key, change.id))
        photos.write_row(connection, table, key, wanted)
        taken.append((table, key, now, wanted))
    return taken


def _later(connection: Connection, table: str, key: str, change: int) -> str:
    row = dialect.run(connection)(
        "SELECT c.name, c.holes FROM photo p JOIN change c ON c.id = p.change_id "
        "WHERE p.table_name = ? AND p.row_key = ? AND c.id > ? ORDER BY c.id DESC LIMIT 1",
        (table, key, change),
    ).first()
    return sentence(row) if row else "?"
