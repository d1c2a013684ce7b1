"""Copies of the book that were opened and verified before they are called backups, and restoring one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop.store import dialect, steps, sums
from desktop.store.access import NOT_YOURS, can, role_in
from desktop.store.connection import connect, connect_checked, is_book, is_full, laid_whole, sync, unlock
from desktop.store.lock import Lock
from desktop.store.tables import Document, Trail, models
from desktop.store.trouble import Trouble
from desktop.values.places import SUFFIX, data_folder
from desktop.values.text import N_, Refused

UNVERIFIED = N_("The backup did not verify, so it was not kept. Check the book and the disk.")
KEEP_ALL, KEEP_DAILY = 10, 30
AN_HOUR = 3_600
RECENT_DAYS = 31


def folder_of(book_id: str) -> Path:
    return data_folder() / "backups" / book_id


def backup(db: Any, to: Path | None = None, *, whole: bool = False, suffix: str = "") -> Path:
    """A verified copy of the open book that ``db`` is connected to; readers and sellers go on meanwhile.

    It appears when it is whole, verified and on the disk - or not at all. ``suffix``: said in its name after the date.

    ``whole`` compares every day sum with the documents (before imports, migrations and restores), and so does the first
    backup of a week; else the last month's.

    Raises:
        Trouble: the disk has no room for a copy, or may not be written; or the copy does not verify, and the book should be checked.
    """
    folder = to or folder_of(db.execute("SELECT value FROM setting WHERE key = 'book_id'").fetchone()[0])
    try:
        target = free_name(folder, suffix)
        for left in folder.glob(f"*{SUFFIX}.part*"):
            if left.stat().st_mtime < time.time() - AN_HOUR:  # of a backup that was killed, not of one under way
                left.unlink()
        if shutil.disk_usage(folder).free < dialect.size(db) * 1.1:
            raise _no_room(folder)
        with laid_whole(target) as part:
            counts = _counts(db)
            dialect.copy_into(db, part)
            _verify(part, counts, whole=whole or not _this_week(target))
    except (driver.Error, OSError) as error:
        if is_full(error):
            raise _no_room(folder) from error
        if isinstance(error, driver.Error):
            raise Trouble(UNVERIFIED) from error
        raise Trouble(N_("The computer does not let us write in {folder}. Choose another folder."), folder=folder) from error
    if to is None:
        _thin(folder, target)
    return target


def _no_room(folder: Path) -> Trouble:
    return Trouble(N_("There is no room for a backup in {folder}. Make room there, then try again."), folder=folder)


def _counts(db: Any) -> dict[str, int]:
    return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in dialect.tables(db.execute)}


def _verify(copy: Path, counts: dict[str, int], *, whole: bool) -> None:
    with closing(driver.connect(str(copy), isolation_level=None)) as db:
        unlock(db)
        lasting = {name for name, model in models().items() if issubclass(model, Document | Trail)}
        if dialect.damage(db.execute, sums=False) or any(
            count < counts.get(name, 0) for name, count in _counts(db).items() if name in lasting
        ):  # what was sold while copying may make the copy newer than the count, never older
            raise Trouble(UNVERIFIED)
        if not _totals_equal(db, whole=whole):
            raise Trouble(N_("The book's totals differ from its documents. Run a check before going on."))


def _totals_equal(db: Any, *, whole: bool) -> bool:
    """The sums are those of the documents: all of them, or the last month's days; in words that every schema understands, or today's."""
    if whole and dialect.version(db) == steps.SCHEMA:
        db.execute("BEGIN")
        try:
            return not any(sums.differing(db.execute).values())
        finally:
            db.execute("ROLLBACK")
    since = "" if whole else (dt.date.today() - dt.timedelta(days=RECENT_DAYS)).isoformat()  # noqa: DTZ011 - the shop's own clock
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
    names = chain([stamp + suffix], (f"{stamp}{suffix}-{number}" for number in count(2)))
    return next(path for name in names if not (path := folder / (name + SUFFIX)).exists())


def _thin(folder: Path, made: Path | None = None) -> None:
    """Keeps the one just made, whatever the clock says, the newest ten, then one a day for thirty days, then one a month."""
    kept: set[str] = set()
    days = 0
    for at, path in enumerate(_dated(folder)):
        day, month = path.name[:10], path.name[:7]
        if at >= KEEP_ALL:
            if path != made and (day if days < KEEP_DAILY else month) in kept:
                path.unlink(missing_ok=True)
                continue
            days += 1
        kept |= {day, month}


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
    lock, part = Lock(book), book.with_name(book.name + ".part")
    if part.exists() and part.samefile(source):  # what a restore left that was killed
        part = book.with_name(book.name + ".again.part")
    try:
        with laid_whole(book, part) as copy:
            for tail in ("", "-wal"):
                if (file := source.with_name(source.name + tail)).exists():
                    shutil.copyfile(file, copy.with_name(copy.name + tail))
            _examine(copy, source.name)
            _insist(book, copy, user)
            sync(copy)  # before the book itself is touched
            return _set_aside(book) if book.exists() else None
    except (driver.Error, OSError) as error:
        if is_full(error):
            raise _no_room(book.parent) from error
        raise
    finally:
        lock.release()


def _examine(copy: Path, name: str) -> None:
    """``copy`` is a whole book that we understand, all of it in its one file, else it is `Refused`."""
    try:
        with closing(connect_checked(copy, name)) as db:
            counts = _counts(db)
            dialect.settle(db)
        _verify(copy, counts, whole=True)
    except (driver.DatabaseError, Trouble) as error:
        if is_full(error):
            raise
        raise Refused(N_("{file} is damaged; nothing was changed. Choose another backup."), file=name) from error


def _insist(book: Path, copy: Path, user: int) -> None:
    """Goes on if ``user`` may restore, as ``book`` says - or ``copy``, where that is gone or damaged; else it is `Refused`."""
    for one in filter(Path.exists, (book, copy)):
        with suppress(driver.Error):
            with closing(connect(one)) as db:
                role = role_in(db, user)
            if not can(role, "restore"):
                raise Refused(NOT_YOURS)
            return


def _set_aside(book: Path) -> Path:
    """The book as it was lies whole under ``replaced``; its write-ahead log, which must never meet the restored file, is gone."""
    with suppress(driver.Error), closing(connect(book)) as db:  # damaged: kept as it is, with its log beside it
        dialect.settle(db)
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
