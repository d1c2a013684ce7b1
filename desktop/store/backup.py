"""Copies of the book that were opened and verified before they are called backups, and restoring one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop.store import dialect, steps, sums
from desktop.store.access import NOT_YOURS, can
from desktop.store.connection import connect, connect_checked, is_book, is_full, sync, unlock
from desktop.store.lock import Lock
from desktop.store.tables import Document, Row, Trail, models
from desktop.store.trouble import NoRoom, Trouble
from desktop.values.places import SUFFIX, data_folder
from desktop.values.text import N_, Refused

KEEP_ALL, KEEP_DAILY = 10, 30
RECENT_DAYS = 31


def folder_of(book_id: str) -> Path:
    return data_folder() / "backups" / book_id


def backup(book: Path, to: Path | None = None, *, whole: bool = False, db: Any = None) -> Path:
    """A verified copy of the book, which may be open; readers and sellers go on meanwhile.

    ``whole`` compares every day sum with the documents (before imports, migrations and restores), and so does the first
    backup of a week; else the last month's. ``db``: a connection to it that is there already.

    Raises:
        NoRoom: the disk has no room for a copy; no broken one is left behind.
        Trouble: the copy does not verify; the book should be checked.
    """
    with nullcontext(db) if db else closing(connect(book)) as own:
        folder = to or folder_of(own.execute("SELECT value FROM setting WHERE key = 'book_id'").fetchone()[0])
        try:
            target = free_name(folder)
            copy_verified(own, target, whole=whole or not _this_week(target))
        except OSError as error:
            raise _no_room(folder) if is_full(error) else _unwritable(folder) from error
    if to is None:
        _thin(target.parent)
    return target


def copy_verified(db: Any, target: Path, *, whole: bool) -> None:
    """A copy under ``target`` appears when it is whole, verified and on the disk - or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(target.parent).free < dialect.size(db) * 1.1:
        raise _no_room(target.parent)
    part = target.with_name(target.name + ".part")
    leftovers = [part, *(part.with_name(part.name + tail) for tail in ("-wal", "-shm", "-journal"))]
    try:
        for leftover in leftovers:  # of a copy that was killed in this second
            leftover.unlink(missing_ok=True)
        counts = _counts(db)
        dialect.copy_into(db, part)
        _verify(part, counts, whole=whole)
        sync(part)
        part.replace(target)
        sync(target)
    except driver.Error as error:
        if is_full(error):
            raise _no_room(target.parent) from error
        raise Trouble(N_("The backup did not verify, so it was not kept. Check the book and the disk.")) from error
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)


def _no_room(folder: Path) -> NoRoom:
    return NoRoom(N_("There is no room for a backup in {folder}. Make room there, then try again."), folder=folder)


def _unwritable(folder: Path) -> Trouble:
    return Trouble(N_("The computer does not let us write in {folder}. Choose another folder."), folder=folder)


def _counts(db: Any) -> dict[str, int]:
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in dialect.tables(db.execute)}


def _verify(copy: Path, counts: dict[str, int], *, whole: bool) -> None:
    db = driver.connect(str(copy), isolation_level=None)
    try:
        unlock(db)
        if dialect.damage(db.execute, sums=False):
            raise Trouble(N_("The backup did not verify, so it was not kept. Check the book and the disk."))
        known = models()
        # what was sold while copying may make the copy newer than the count, never older
        if any(count < counts.get(name, 0) for name, count in _counts(db).items() if issubclass(known.get(name, Row), Document | Trail)):
            raise Trouble(N_("The backup did not verify, so it was not kept. Check the book and the disk."))
        if not _totals_equal(db, whole=whole):
            raise Trouble(N_("The book's totals differ from its documents. Run a check before going on."))
    finally:
        db.close()


def _totals_equal(db: Any, *, whole: bool) -> bool:
    if whole and dialect.version(db) == steps.SCHEMA:
        return _sums_equal(db)
    since = "" if whole else (dt.date.today() - dt.timedelta(days=RECENT_DAYS)).isoformat()  # noqa: DTZ011 - the shop's own clock
    return _days_equal(db, since)


def _sums_equal(db: Any) -> bool:
    before = sums.snapshot(db.execute)
    db.execute("BEGIN")
    try:
        sums.rebuild(db.execute)
        return sums.snapshot(db.execute) == before
    finally:
        db.execute("ROLLBACK")


def _days_equal(db: Any, since: str) -> bool:
    """Each day's total is that of its documents; in words that every schema understands."""
    kept = "SELECT day, sum(net), sum(documents) / 10000 FROM sum_day WHERE day >= ? GROUP BY day ORDER BY day"
    real = "SELECT day, sum(total), count(*) FROM sale WHERE status = 'final' AND day >= ? GROUP BY day ORDER BY day"
    return db.execute(kept, (since,)).fetchall() == db.execute(real, (since,)).fetchall()  # type: ignore[no-any-return]


def _this_week(target: Path) -> bool:
    """Whether a backup of this week stands beside ``target``: then the week's first was compared whole, or it would not stand."""
    days = [dt.date.fromisoformat(path.name[:10]) for path in _dated(target.parent)]
    this = dt.date.fromisoformat(target.name[:10]).isocalendar()[:2]
    return any(day.isocalendar()[:2] == this for day in days)


def _dated(folder: Path) -> list[Path]:
    """The backups of ``folder``, newest first."""
    return sorted((p for p in folder.glob(f"*{SUFFIX}") if re.match(r"\d{4}-\d\d-\d\dT\d{6}(-\d+)?\.", p.name)), reverse=True)


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
    kept: set[str] = set()
    days = 0
    for at, path in enumerate(_dated(folder)):
        if at < KEEP_ALL:
            kept |= {path.name[:10], path.name[:7]}
            continue
        slot = path.name[:10] if days < KEEP_DAILY else path.name[:7]
        if slot in kept:
            path.unlink(missing_ok=True)
            continue
        kept |= {path.name[:10], path.name[:7]}
        days += 1


def restore(backup_file: Path | str, book: Path | str, *, user: int = 1) -> Path | None:
    """The backup stands in the book's place; gives back where the replaced book was kept, if there was one.

    Raises:
        Refused: the file is no book, or does not verify; or the role of ``user`` does not allow it.
        Trouble: the book is open, or there is no room.
    """
    source, book = Path(backup_file), Path(book).resolve()  # what a link means, not the link
    if not source.is_file():
        raise Refused(N_("There is no book {file}."), file=source)
    if book.exists() and book.suffix != SUFFIX and not is_book(book):  # a damaged book is known by its name
        raise Refused(N_("{file} is no book, so none is put in its place. Choose another name."), file=book)
    book.parent.mkdir(parents=True, exist_ok=True)
    lock, copy = Lock(book), book.with_name(book.name + ".part")
    if copy.exists() and copy.samefile(source):  # what a restore left that was killed
        copy = book.with_name(book.name + ".again.part")
    try:
        for tail in ("", "-wal"):
            if (part := source.with_name(source.name + tail)).exists():
                shutil.copyfile(part, copy.with_name(copy.name + tail))
        _examine(copy, source.name)
        _insist(book, copy, user)
        sync(copy)
        kept = _set_aside(book) if book.exists() else None
        copy.replace(book)
        sync(book)
        return kept
    except (driver.Error, OSError) as error:
        if is_full(error):
            raise _no_room(book.parent) from error
        raise
    finally:
        for tail in ("", "-wal", "-shm"):
            copy.with_name(copy.name + tail).unlink(missing_ok=True)
        lock.release()


def _examine(copy: Path, name: str) -> None:
    """``copy`` is a whole book that we understand, all of it in its one file.

    Raises:
        Refused: it is not.
    """
    try:
        db = connect_checked(copy, name)
        version, counts = dialect.version(db), _counts(db)
        dialect.settle(db)
        db.close()
        if version > steps.SCHEMA:
            raise Refused(N_("{file} was made by a newer Cheragh; update this one first."), file=name)
        _verify(copy, counts, whole=True)
    except (driver.DatabaseError, Trouble) as error:
        if is_full(error):
            raise
        raise Refused(N_("{file} is damaged; nothing was changed. Choose another backup."), file=name) from error


def _insist(book: Path, copy: Path, user: int) -> None:
    """Goes on if ``user`` may restore, as ``book`` says - or ``copy``, where that is gone or damaged.

    Raises:
        Refused: the role does not allow it.
    """
    for one in filter(Path.exists, (book, copy)):
        with suppress(driver.Error):
            with closing(connect(one)) as db:
                found = db.execute("SELECT role FROM user WHERE id = ? AND archived = 0", (user,)).fetchone()
            if not can(found[0] if found else "", "restore"):
                raise Refused(NOT_YOURS)
            return


def _set_aside(book: Path) -> Path:
    """The book as it was lies whole under ``replaced``; its write-ahead log, which must never meet the restored file, is gone."""
    try:
        db = connect(book)
        dialect.settle(db)
        db.close()
    except driver.Error:
        pass  # damaged: kept as it is, with its log beside it
    kept = free_name(book.parent / "replaced")
    beside = [book.with_name(book.name + tail) for tail in ("", "-wal", "-shm")]
    copies = [kept.with_name(kept.name + path.name.removeprefix(book.name)) for path in beside]
    try:
        for path, copy in zip(beside, copies, strict=True):
            if path.exists():
                shutil.copyfile(path, copy)
                sync(copy)
    except OSError:
        for copy in copies:
            copy.unlink(missing_ok=True)
        raise
    for path in beside[1:]:
        path.unlink(missing_ok=True)
    return kept
