"""Making a new book, and bringing an old one up to today's schema by numbered steps."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy.orm import Session

from desktop.store import settings, steps
from desktop.store.backup import backup
from desktop.store.connection import APPLICATION_ID, connect, connect_checked
from desktop.store.steps import Progress
from desktop.store.tables import Row, Stage, Trail, User, every
from desktop.store.trouble import Trouble
from desktop.values.fold import fold, sort_key
from desktop.values.text import N_

_STAGES = (  # name in an Iranian book, elsewhere, probability, outcome
    ("تازه", "New", 1000, "open"),
    ("تماس گرفته‌شده", "Contacted", 2000, "open"),
    ("پیشنهاد", "Offer", 4000, "open"),
    ("مذاکره", "Negotiation", 6000, "open"),
    ("موفق", "Won", 10_000, "won"),
    ("ناموفق", "Lost", 0, "lost"),
)

_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
    for table in (model.__tablename__ for model in every(Trail))
    for verb in ("update", "delete")
)


def create(path: Path, *, currency: str, book_id: str, **chosen: str) -> None:
    """An empty book of today's schema lies at ``path``; ``chosen``: settings that it begins with."""
    connect(path, new=True).close()  # write-ahead logging is chosen outside a transaction
    engine = sa.create_engine("sqlite://", module=driver, creator=lambda: connect(path), poolclass=sa.NullPool)
    with engine.connect() as connection:
        run = connection.exec_driver_sql
        run("BEGIN IMMEDIATE")
        Row.metadata.create_all(connection, checkfirst=False)
        for guard in _GUARDS:
            run(guard)
        with Session(connection) as s:
            _seed(s, iranian=currency == "IRR")
            unit = "toman" if currency == "IRR" else "major"
            known = {"book_id": book_id, "schema": str(steps.SCHEMA), "currency": currency, "money_unit": unit}
            for key, value in (known | chosen).items():
                settings.store(s, key, value)
            s.flush()
        run(f"PRAGMA application_id = {APPLICATION_ID}")
        run(f"PRAGMA user_version = {steps.SCHEMA}")
        run("COMMIT")
    engine.dispose()


def _seed(s: Session, *, iranian: bool) -> None:
    s.add(User(id=1, name="صاحب فروشگاه" if iranian else "Owner", role="owner"))
    for position, (fa, en, probability, outcome) in enumerate(_STAGES):
        name = fa if iranian else en
        s.add(Stage(name=name, name_fold=fold(name), name_sort=sort_key(name), position=position, probability=probability,
                    outcome=outcome))  # fmt: skip


def bring_up(path: Path, progress: Progress = lambda _: None) -> None:
    """The book at ``path`` has today's schema; a copy of what it was is kept when anything had to change.

    Each step is one transaction: killed in the middle the book is as before it, and the next opening goes on from there.

    Raises:
        Refused: no book of ours, or made by a newer Cheragh.
        Trouble: the disk cannot hold what the steps write; nothing was changed.
    """
    db = connect_checked(path)
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == steps.SCHEMA:
            return
        _need_room(path)
        backup(db, whole=True, suffix=f"-schema-{version}")
        db.execute("PRAGMA foreign_keys = OFF")  # inside a transaction it would be ignored
        todo = steps.STEPS[version - 1 :]
        for done, step in enumerate(todo):
            number = version + done + 1
            db.execute("BEGIN IMMEDIATE")
            step.walk(db, lambda part, done=done: progress((done + part) / len(todo)))  # type: ignore[misc]
            db.execute("UPDATE setting SET value = ? WHERE key = 'schema'", (str(number),))
            db.execute(f"PRAGMA user_version = {number}")
            assert not db.execute("PRAGMA foreign_key_check").fetchall(), "a step left a row pointing nowhere"
            db.execute("COMMIT")
    finally:
        db.close()


def _need_room(path: Path) -> None:
    """What a step writes lies twice beside the book for a while: in its log, and in the file once the log is taken in; or `Trouble`."""
    needed = 2 * path.stat().st_size
    if shutil.disk_usage(path.parent).free < needed:
        said = N_("To be used by this Cheragh, {file} needs {size} MB of room on its disk. Make room, then open it again; it is as it was.")
        raise Trouble(said, file=path.name, size=needed // 1_000_000 + 1)
