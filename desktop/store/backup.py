"""Copies of the book that were opened and verified before they are called backups, and restoring one."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from desktop.store import sums
from desktop.store.connection import connect, is_full, sync, unlock
from desktop.store.lock import Lock
from desktop.store.trouble import NoRoom, Trouble
from desktop.values.text import N_, Refused

if TYPE_CHECKING:
    from desktop.store.book import Store

SUFFIX = ".cheragh"
KEEP_ALL, KEEP_DAILY = 10, 30
RECENT_DAYS = 31


def data_folder() -> Path:
    """Where backups and logs live: the platform's place, or ``CHERAGH_DATA``."""
    from platformdirs import user_data_path

    return Path(os.environ.get("CHERAGH_DATA") or user_data_path("cheragh", appauthor=False))


def folder_of(book_id: str) -> Path:
    return data_folder() / "backups" / book_id


def backup(store: Store, to: Path | None = None, *, whole: bool = False) -> Path:
    """A verified copy of the open book; readers and sellers go on meanwhile.

    ``whole`` compares every day sum with the documents (before imports, migrations and restores), else the last month's.

    Raises:
        NoRoom: the disk has no room for a copy; no broken one is left behind.
        Trouble: the copy does not verify; the book should be checked.
    """
    own = connect(store.path)
    try:
        book_id = own.execute("SELECT value FROM setting WHERE key = 'book_id'").fetchone()[0]
        target = free_name(to or folder_of(book_id))
        copy_verified(own, store.path, target, whole=whole)
    finally:
        own.close()
    store.changed = False
    if to is None:
        _thin(target.parent)
    return target


def copy_verified(db: Any, book: Path, target: Path, *, whole: bool) -> None:
    """A copy under ``target`` appears when it is whole, verified and on the disk - or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(target.parent).free < book.stat().st_size * 1.1:
        raise _no_room(target)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        counts = _counts(db)
        db.execute("VACUUM INTO ?", (str(part),))
        _verify(part, counts, whole=whole)
        sync(part)
        part.replace(target)
        sync(target)
    except (driver.Error, OSError) as error:
        if is_full(error):
            raise _no_room(target) from error
        raise
    finally:
        for leftover in (part, *(part.with_name(part.name + tail) for tail in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def _no_room(target: Path) -> NoRoom:
    return NoRoom(N_("There is no room for a backup in {folder}. Make room there, then try again."), folder=target.parent)


def _counts(db: Any) -> dict[str, int]:
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _verify(copy: Path, counts: dict[str, int], *, whole: bool) -> None:
    db = driver.connect(str(copy), isolation_level=None)
    try:
        unlock(db)
        if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise Trouble(N_("The backup did not verify, so it was not kept. Check the book and the disk."))
        # what was sold while copying may make the copy newer than the count, never older
        if any(count < counts[name] for name, count in _counts(db).items() if name in counts and name in ("sale", "change")):
            raise Trouble(N_("The backup did not verify, so it was not kept. Check the book and the disk."))
        if not (_sums_equal(db) if whole else _recent_equal(db)):
            raise Trouble(N_("The book's totals differ from its documents. Run a check before going on."))
    finally:
        db.close()


def _sums_equal(db: Any) -> bool:
    before = sums.snapshot(db.execute)
    db.execute("BEGIN")
    try:
        sums.rebuild(db.execute)
        return sums.snapshot(db.execute) == before
    finally:
        db.execute("ROLLBACK")


def _recent_equal(db: Any) -> bool:
    since = (dt.date.today() - dt.timedelta(days=RECENT_DAYS)).isoformat()  # noqa: DTZ011 - the shop's own clock
    kept = "SELECT day, sum(net), sum(documents) / 10000 FROM sum_day WHERE day >= ? GROUP BY day ORDER BY day"
    real = "SELECT day, sum(total), count(*) FROM sale WHERE status = 'final' AND day >= ? GROUP BY day ORDER BY day"
    return db.execute(kept, (since,)).fetchall() == db.execute(real, (since,)).fetchall()  # type: ignore[no-any-return]


def free_name(folder: Path, suffix: str = "") -> Path:
    """A name by date and minute that was never used in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = dt.datetime.now().strftime("%Y-%m-%dT%H%M%S")  # noqa: DTZ005 - the person looks for it by her own clock
    for number in range(1, 1000):
        name = f"{stamp}{suffix}{f'-{number}' if number > 1 else ''}{SUFFIX}"
        if not (folder / name).exists():
            return folder / name
    raise Trouble(N_("{folder} holds too many backups of this second."), folder=folder)


def _thin(folder: Path) -> None:
    """Keeps the newest ten, then one a day for thirty days, then one a month; each kept one was verified."""
    names = sorted((p for p in folder.glob(f"*{SUFFIX}") if re.match(r"\d{4}-\d\d-\d\dT\d{6}(-\d+)?\.", p.name)), reverse=True)
    seen: set[str] = set()
    for at, path in enumerate(names):
        slot = path.name[:10] if at < KEEP_ALL + KEEP_DAILY else path.name[:7]
        if at >= KEEP_ALL and slot in seen:
            path.unlink(missing_ok=True)
        seen.add(slot)


def restore(backup_file: Path | str, book: Path | str) -> Path | None:
    """The backup stands in the book's place; gives back where the replaced book was kept, if there was one.

    Raises:
        Refused: the file is no book, or does not verify.
        Trouble: the book is open, or there is no room.
    """
    from desktop.store.migrations import SCHEMA, connect_checked

    source, book = Path(backup_file), Path(book)
    if not source.is_file():
        raise Refused(N_("There is no book {file}."), file=source)
    lock = Lock(book)
    try:
        copy = book.with_name(book.name + ".part")
        copy.unlink(missing_ok=True)
        try:
            shutil.copyfile(source, copy)
            db = connect_checked(copy)
            version, counts = db.execute("PRAGMA user_version").fetchone()[0], _counts(db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.close()
            if version > SCHEMA:
                raise Refused(N_("{file} was made by a newer Cheragh; update this one first."), file=source.name)
            _verify(copy, counts, whole=version == SCHEMA)
            sync(copy)
            kept = _set_aside(book) if book.exists() else None
            copy.replace(book)
            sync(book)
        finally:
            for tail in ("", "-wal", "-shm"):
                copy.with_name(copy.name + tail).unlink(missing_ok=True)
        return kept
    except OSError as error:
        if is_full(error):
            raise _no_room(book) from error
        raise
    finally:
        lock.release()


def _set_aside(book: Path) -> Path:
    """The book as it was, whole, under ``replaced``; its write-ahead log must never meet the restored file."""
    try:
        db = connect(book)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
    except driver.Error:
        pass  # damaged: kept as it is, with its log beside it
    kept = free_name(book.parent / "replaced")
    for tail in ("-wal", "-shm"):
        rest = book.with_name(book.name + tail)
        if rest.exists():
            rest.replace(kept.with_name(kept.name + tail))
    shutil.copyfile(book, kept)
    sync(kept)
    return kept
