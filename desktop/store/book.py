"""The open book: two doors, the news after a change, undo and redo."""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, orm

from desktop.store import audit, backup, check, closed, dialect, filling, migrations, photos, revert, series, sums, undo
from desktop.store.access import may
from desktop.store.audit import Change
from desktop.store.connection import is_full, laid_whole, trouble
from desktop.store.filling import Load
from desktop.store.lock import Lock
from desktop.store.photos import Film, Photos
from desktop.store.place import Place, one_name
from desktop.store.steps import Progress
from desktop.store.tables import Batch, models, verb_of
from desktop.store.trouble import Busy, Trouble, Unsure
from desktop.values.text import N_, Refused

__all__ = ["Change", "Load", "Store"]


class Store:
    """One open book. `reading` and `changing` are its only doors; every thread may read, one at a time may change."""

    def __init__(self, path: Path, lock: Lock, user: int) -> None:
        self.path, self.user, self.changed, self._closed = path, user, False, False
        self._lock, self._gate, self._quiet = lock, threading.Lock(), threading.Lock()
        self._listeners: list[Callable[[Change], None]] = []
        self.place = Place(path)
        self._engine = sa.create_engine("sqlite://", module=driver, creator=self.place.connect, poolclass=sa.QueuePool)
        self._reader = self._engine.execution_options(door="reading")
        self._writer = self._engine.execution_options(door="changing")
        self._filler = self._engine.execution_options(door="filling")
        sa.event.listen(self._engine, "begin", dialect.begin)

    # Opening and closing

    @classmethod
    def create(cls, path: Path | str, *, currency: str = "IRR", calendar: str | None = None, shop: str = "", **chosen: str) -> Self:
        """A new, empty book at ``path``, open; ``chosen``: other settings that it begins with.

        Raises:
            Refused: a file is there already, or there is no such currency.
            Trouble: the place cannot be written, or the disk is full.
        """
        path = Path(path).resolve()
        if path.exists():
            raise Refused(N_("{file} is there already; choose another name."), file=path)
        if not re.fullmatch("[A-Z]{3}", currency):
            raise Refused(N_("{currency} is no currency; say its three letters, such as IRR or EUR."), currency=currency)
        path.parent.mkdir(parents=True, exist_ok=True)
        calendar = calendar or ("jalali" if currency == "IRR" else "gregorian")
        with _locked(path) as lock:
            with laid_whole(path) as part:
                migrations.create(part, currency=currency, book_id=str(uuid.uuid4()), calendar=calendar, shop_name=shop, **chosen)
            return cls(path, lock, user=1)

    @classmethod
    def open(cls, path: Path | str, *, user: int = 1, progress: Progress = lambda _: None) -> Self:
        """The book at ``path``, brought to today's schema (a verified backup first); ``progress`` hears how far that is, 0 to 1.

        Raises:
            Refused: no such file, no book of ours, or made by a newer Cheragh.
            Trouble: open elsewhere, damaged, or in a place that may not be written or has no room for the change of schema.
        """
        path = Path(path).resolve()
        if not path.is_file():
            raise Refused(N_("There is no book {file}."), file=path)
        with _locked(path) as lock:
            one_name(path)
            log = path.with_name(f"{path.name}-wal")
            killed = log.exists() and log.stat().st_size > 0  # what was done then is in no backup yet
            migrations.bring_up(path, progress)
            found = cls(path, lock, user)
            found.changed = killed
            return found

    def close(self, *, backup: bool = True) -> None:
        """The book lies whole in its one file; a verified backup is made if it changed."""
        if self._closed:
            return
        self._closed = True
        with ExitStack() as last:  # from below, each though one before it fails
            last.callback(self._lock.release)
            last.callback(self.place.leave)
            last.callback(self._engine.dispose)
            if self.changed and backup:
                self._backup()  # made for whoever leaves, though not everybody may ask for one

    def rest(self) -> None:
        """What the write-ahead log holds lies in the book itself; for a quiet minute. `Trouble`: its file is no longer where it was."""
        with self._alone(), said_plainly():
            self.place.insist()
            dialect.settle(self.place.db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The doors

    @contextmanager
    def reading(self) -> Iterator[orm.Session]:
        """One steady snapshot; writing raises. `Trouble`: the file is damaged or cannot be reached."""
        with said_plainly(), orm.Session(self._reader, autoflush=False) as s:
            s.info["user"] = self.user
            yield s

    @contextmanager
    def changing(self, name: str, verb: str = "undo", /, **holes: object) -> Iterator[orm.Session]:
        """Everything inside is saved when the block ends, or nothing at all; then the news goes out.

        ``verb`` is what the user's role must allow (`desktop.store.access`); unsaid, any role that the book knows, and the verbs
        inside ask for themselves.

        Raises:
            Busy: a long change holds the book.
            Refused: the role does not allow it, or a document in a closed month would move.
            Trouble: the disk refused; nothing was saved.
            Unsure: it refused at the last moment; whether it was saved is not known.
        """
        film = Film()
        with self.trying() as s:
            may(s, verb)
            photos.photograph(s, film)
            s.info["holes"] = holes  # what is known only inside can still be told: a number
            yield s
            s.flush()
            news = self._seal(s.connection(), film.developed(), name, {k: str(v) for k, v in holes.items()})
            self._commit(s)
        self._tell(news)

    @contextmanager
    def importing(self, kind: str, file: str, digest: str, mapping: str, rows: int = 0) -> Iterator[Load]:
        """One long change by fast inserts of about ``rows`` rows: day sums follow, one audit row for the batch; then the news.

        Where these are most of the book, the database does not look each reference up: the block vouches for them
        (`filling.vouch`). It inserts through ``load.connection``, adds each touched day to ``load.days`` (or sets ``all_days``)
        and leaves ``counts`` (JSON), ``rows_digest`` and ``tables``.
        """
        with self.trying(rows) as s:
            may(s, "import")
            batch = Batch(kind=kind, file=file, digest=digest, mapping=mapping, counts="{}")
            s.add(batch)
            s.flush()
            connection = s.connection()
            load = Load(dialect.raw(connection), batch.id, set())
            with dialect.room(load.connection):
                yield load
                closed.guard_batch(connection, batch.id)
                series.remake(dialect.run(connection))
                if load.all_days or load.days:
                    sums.rebuild(dialect.run(connection), None if load.all_days else load.days)
            batch.counts, batch.rows_digest = load.counts, load.rows_digest
            s.flush()
            news = Change(N_("Import {file}"), {"file": file, "kind": kind}, load.tables, "import")
            audit.record(connection, self.user, news, [], batch=batch.id)
            self._commit(s)
        self._tell(news)

    @contextmanager
    def trying(self, rows: int = 0) -> Iterator[orm.Session]:
        """The writing door alone, for about ``rows`` new rows: nothing is photographed, and kept only what the block commits."""
        with self._alone(), self._writing(self._door(rows)) as s:
            yield s

    @contextmanager
    def keeping(self) -> Iterator[orm.Session | None]:
        """The door of caches: one short transaction (20 ms at most) without audit, undo or news; None while somebody writes.

        Whoever wants to write does not wait for it: it is given up at once and in silence, as on a disk that refuses. So only
        what can be worked out again goes through it, and nobody counts on its being there afterwards.
        """
        s = None
        with ExitStack() as door:
            if not self._gate.locked() and self._quiet.acquire(blocking=False):
                door.callback(self._quiet.release)
                with suppress(Trouble):
                    s = door.enter_context(self._writing())
            if s is None:
                yield None
                return
            try:
                with dialect.interrupted_when(s.connection(), self._gate.locked):
                    yield s
                    s.flush()
                    if not self._gate.locked():
                        s.commit()
            except sa.exc.OperationalError as error:
                if not self._gate.locked() and not trouble(error):
                    raise

    def listen(self, callback: Callable[[Change], None]) -> None:
        """``callback`` hears of every change after its commit, on the thread that made it."""
        self._listeners.append(callback)

    # Undo

    def takes_long(self) -> bool:
        """Whether undo would take a whole import back, which is no work for the window's own thread."""
        with self.reading() as s:
            return getattr(undo.undoable(s.connection(), self.user), "kind", "") == "import"

    def undo(self) -> str | None:
        """Takes this user's last change back and says which it was; None if there is none.

        Raises:
            Refused: a later change touched the same rows or needs them, their month is closed, or the role does not allow it any more.
        """
        return self._replay(undo.undoable, kind="undo")

    def redo(self) -> str | None:
        """Does the change that was undone last again."""
        return self._replay(undo.redoable, kind="redo")

    def _replay(self, choose: Callable[[Connection, int], Any], *, kind: str) -> str | None:
        change = None
        try:
            with self.trying() as s:
                may(s, "undo")
                connection = s.connection()
                change = choose(connection, self.user)
                if change is None:
                    return None
                if kind == "undo" and change.kind == "import":
                    may(s, "import")
                    news: Change | None = revert.revert(connection, self.user, change.batch_id, change.id)
                else:
                    taken = undo.replay(connection, change, back=kind == "undo")
                    for verb in {verb_of(models()[photo[0]]) for photo in taken}:  # a role may be another than it was then
                        may(s, verb)
                    news = self._seal(connection, taken, change.name, json.loads(change.holes), kind=kind, of=change.id)
                self._commit(s)
        except sa.exc.IntegrityError as error:  # a later row points to one that would go, or has its name
            said = N_("“{change}” stays as it is: something recorded since belongs to it, or has its number.")
            raise Refused(said, change=undo.sentence(change)) from error
        self._tell(news)
        return undo.sentence(change)

    # Safety

    def backup(self, to: Path | None = None, *, whole: bool = False) -> Path:
        """A verified copy, in ``to`` or the data folder; see `desktop.store.backup.backup`."""
        with self.reading() as s:
            may(s, "backup")
        return self._backup(to, whole=whole)

    def _backup(self, to: Path | None = None, *, whole: bool = False) -> Path:
        changed, self.changed = self.changed, False  # what is sold meanwhile makes it true again
        try:
            with said_plainly():
                return backup.backup(self.place.db, to, whole=whole)
        except BaseException:
            self.changed |= changed
            raise

    def check(self) -> list[str]:
        """What is wrong with the book, as sentences; empty: it is whole."""
        with self.trying() as s:
            may(s, "check")
            return check.check(s.connection())

    def revert(self, batch_id: int) -> None:
        """Takes an import back, while none of its rows was changed since; see `desktop.store.revert.revert`."""
        try:
            with self.trying() as s:
                may(s, "import")
                last = undo.undoable(s.connection(), self.user)
                of = last.id if last and last.kind == "import" and last.batch_id == batch_id else None
                news = revert.revert(s.connection(), self.user, batch_id, of)
                self._commit(s)
        except sa.exc.IntegrityError as error:  # a row that stays points to one that would go
            said = N_("Import {batch} cannot be taken back: something recorded since belongs to a row of it.")
            raise Refused(said, batch=batch_id) from error
        self._tell(news)

    # Inside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._gate.acquire(blocking=False):
            raise Busy(N_("A long change is under way; this will be saved when it is done."))
        try:
            with self._quiet:  # what `keeping` had begun is given up
                yield
        finally:
            self._gate.release()

    @contextmanager
    def _writing(self, door: sa.Engine | None = None) -> Iterator[orm.Session]:
        self.place.insist()
        with said_plainly(), orm.Session(door or self._writer, expire_on_commit=False) as s:  # closed without commit: nothing is kept
            s.info["user"] = self.user
            s.connection()  # BEGIN IMMEDIATE now, not at the first question
            yield s

    def _door(self, rows: int) -> sa.Engine:
        if not rows:
            return self._writer
        with self._reader.connect() as connection:
            return self._filler if filling.is_filling(dialect.raw(connection), rows) else self._writer

    def _commit(self, s: orm.Session) -> None:
        """COMMIT; if the disk fails right there, looks whether the change is in the book before saying so."""
        change = dialect.run(s.connection())("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1").first()
        try:
            s.commit()
        except sa.exc.DBAPIError as error:
            s.rollback()
            if isinstance(error, sa.exc.IntegrityError) or is_full(error):
                raise
            self._engine.dispose()
            if not self._holds(change):
                raise
        self.changed = True

    def _holds(self, change: Any) -> bool:
        """Whether the book holds the change, now and after a power cut; `Unsure`: that is not known before it is opened again."""
        with suppress(driver.Error), closing(self.place.connect()) as again:
            if dialect.settle(again):  # a log that is empty can no longer bring the change back, nor lose it
                found = again.execute("SELECT hash FROM change WHERE id = ?", (change.id,)).fetchone()
                return bool(found and found[0] == change.hash)
        raise Unsure(N_("The disk failed while saving. Open the book again to see whether the last change is in it."))

    def _seal(
        self, connection: Connection, taken: Photos, name: str, holes: dict[str, str], *, kind: str = "do", of: int | None = None
    ) -> Change | None:
        if not taken:
            return None
        days, customers = photos.touched(connection, taken)
        closed.guard(connection, taken, {day.isoformat() for day in days})
        if days:
            sums.rebuild(dialect.run(connection), days, customers)
        series.follow(dialect.run(connection), taken)
        news = Change(name, holes, frozenset(photo[0] for photo in taken), kind)
        return audit.record(connection, self.user, news, taken, of=of)

    def _tell(self, news: Change | None) -> None:
        if news:
            for callback in self._listeners:
                callback(news)


@contextmanager
def _locked(path: Path) -> Iterator[Lock]:
    """The lock of the book, held on where the block goes well; a fault of the disk or of another program becomes its sentence."""
    lock = Lock(path)
    try:
        yield lock
    except BaseException as error:
        lock.release()
        if isinstance(error, sa.exc.DBAPIError | driver.Error | OSError) and (told := trouble(error)):
            raise told from error
        raise


@contextmanager
def said_plainly() -> Iterator[None]:
    """A fault of the disk or of another program becomes its sentence."""
    try:
        yield
    except (sa.exc.DBAPIError, driver.Error) as error:
        if told := trouble(error):
            raise told from error
        raise
