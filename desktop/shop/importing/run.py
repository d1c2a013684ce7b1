"""The way of a file into the book: read, understood, checked, recorded - or only looked at."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.shop.clock import shop_day
from desktop.shop.importing import heading as headings
from desktop.shop.importing import heads, nodata, plain, presets, records, registers, sales, targets
from desktop.shop.importing.errors_file import allow_errors, write_errors
from desktop.shop.importing.heading import Heading
from desktop.shop.importing.options import DATES, UNITS, Asked, Guess, Look, Options, Outcome, Plan, Tick, Unclear, quoted
from desktop.shop.importing.reader import STOPPED, Progress, Reader
from desktop.shop.importing.rows import Book, Rows
from desktop.shop.importing.sharing import refuse_unclear
from desktop.shop.importing.things import Shelf
from desktop.shop.kind import Kind
from desktop.shop.things import KINDS, LISTED
from desktop.store import settings
from desktop.store.access import may
from desktop.store.dialect import raw
from desktop.store.tables import Named
from desktop.store.trouble import Trouble
from desktop.values.text import N_, Refused, tr

if TYPE_CHECKING:
    from desktop.store import Store

_PLANS: dict[str, Callable[..., Plan]] = {"sales": sales.plan, "targets": targets.plan, **records.PLANS}
_SAMPLE = 20
_READ, _PLANNED = 0.5, 0.6  # the shares of the work that are done when the file is read, when it is understood


@dataclass(frozen=True)
class _File:
    """The file as it was read: what it holds, and what makes it the same file another time."""

    path: Path
    digest: str
    mapping: str
    rows: Rows


class _Nothing(Exception):
    """Nothing is to be written; the book stays as it is."""


def look(store: Store, path: Path, options: Options, *, cancelled: Callable[[], bool] | None = None) -> Look:
    """The file as the preview shows it: columns guessed, first rows, what only the person can tell. The book is not changed.

    Raises:
        Refused: the file cannot be read at all.
    """
    kind, book = _allowed(store, options)
    with Reader(path, options.sheet, cancelled) as reader:
        seen = Look(kind.name, sheets=tuple(filter(None, reader.about["names"])))
        try:
            options, heading, remarks = _heading(reader, kind, options)
        except Unclear as unclear:
            return replace(seen, outcome=Outcome(kind.name, asked=(unclear.asked,), dry_run=True))
        except Refused as refused:
            if refused.field != "mapping":
                raise
            heading, remarks = headings.unknown(reader.samples), []
        rows = _rows(reader, heading, kind, options, book, None)
        rows.notes += remarks
        sample = next(one.rows for one in reader.samples if one.name == heading.sheet)[heading.first : heading.first + _SAMPLE]
    missing = headings.missing(kind, heading, options)
    outcome = Outcome(kind.name, asked=(_lacking(kind, missing),), dry_run=True) if missing else _tried(store, rows)
    return replace(
        seen,
        columns=_guesses(heading),
        sample=tuple(tuple(str(cell) for cell in row) for row in sample),
        sheet=heading.sheet,
        header_row=heading.first,
        rows=len(rows),
        missing=missing,
        unit=rows.unit,
        dates=rows.dates_said,
        outcome=outcome,
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage among millions of words that all stay."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def import_file(
    store: Store,
    path: Path,
    options: Options,
    *,
    dry_run: bool = False,
    errors: Path | None = None,
    replace_errors: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    backup: bool = True,
) -> Outcome:
    """The rows of the file that are right are in the book, as one batch that can be taken back; none while the outcome asks anything.

    Args:
        store: the open book; anybody may read it meanwhile.
        path: the file; its content decides what it is, not its name.
        options: what the person says about it.
        dry_run: nothing is written, not even the file of refused rows.
        errors: where the refused rows go, with their number and reason.
        replace_errors: another file that lies there may go; never a book or the file being read.
        progress: hears the share done, 0 to 1, on the calling thread.
        cancelled: asked now and then; True stops, and nothing is written.
        backup: a verified backup is made first.

    Raises:
        Refused: the whole file cannot be taken (unreadable, no header, a column named by hand that is not there ...),
            or the refused rows may not be written there; nothing was written.
    """
    kind, book = _allowed(store, options)
    tick = _ticking(progress, cancelled)
    try:
        file = _read(path, kind, options, book, tick, cancelled)
    except Unclear as unclear:
        return Outcome(kind.name, asked=(unclear.asked,), dry_run=dry_run)
    if errors is not None:
        allow_errors(errors, file.rows, path, replace=replace_errors)
    if dry_run:
        return _tried(store, file.rows, file)
    if shutil.disk_usage(store.path.parent).free < 3 * path.stat().st_size:
        raise Trouble(N_("There is no room on the disk for these rows. Make room, then try again."))
    if backup:
        store.backup(whole=True)
    outcome = _recorded(store, file, tick)
    if errors is not None and outcome.refused:
        outcome = _with_errors(outcome, errors, file.rows, replace_errors)
    if progress:
        progress(1.0)
    return outcome


def _with_errors(outcome: Outcome, errors: Path, rows: Rows, replacing: bool) -> Outcome:
    """The refused rows lie in their file, or the outcome says why not: what was taken is taken."""
    try:
        write_errors(errors, rows, replace=replacing)
    except (Refused, Trouble) as said:
        lacking = tr("The rows that were not taken could not be written into a file: {why}", why=said)
        return replace(outcome, notes=(*outcome.notes, lacking))
    return outcome


def _recorded(store: Store, file: _File, tick: Tick) -> Outcome:
    """What of the file is right is in the book, if anything is."""
    kind = file.rows.kind.name
    outcome, rows = Outcome(kind), len(file.rows) if kind == "sales" else 0  # the plan that vouches for its references
    with suppress(_Nothing), store.importing(kind, file.path.name, file.digest, file.mapping, rows) as load:
        had_sales = load.connection.execute("SELECT 1 FROM sale LIMIT 1").fetchone() is not None
        before = _taken_before(load.connection, file, load.batch_id)
        outcome, plan = _planned(file.rows, load.connection, taken_before=before)
        if not outcome.accepted or plan is None:
            raise _Nothing
        tick(_PLANNED)
        outcome = replace(outcome, batch=load.batch_id)
        load.days = plan.record(load.connection, load.batch_id, lambda share: tick(_PLANNED + (0.95 - _PLANNED) * share))
        load.all_days, load.tables = bool(load.days) and not had_sales, plan.tables | plan.created.keys()
        load.counts = json.dumps({key: getattr(outcome, key) for key in ("accepted", "documents", "refused", "skipped", "total")})
        load.rows_digest = file.rows.digest()
    return outcome


def _allowed(store: Store, options: Options) -> tuple[Kind, Book]:
    """The kind that is asked for, and what the book says about reading.

    Raises:
        Refused: there is no such kind or way of writing, or the role does not allow it.
    """
    if options.kind not in KINDS:
        raise Refused(N_("There is no kind {kind}; the kinds are: {kinds}."), kind=quoted(options.kind), kinds=", ".join(KINDS))
    for given, known in ((options.unit, (None, *UNITS)), (options.dates, DATES), (options.decimal, (None, ".", ","))):
        assert given in known, given
    with store.reading() as s:
        may(s, "import")
        return KINDS[options.kind], Book(settings.get(s, "currency"), settings.get(s, "calendar"), shop_day(s))


def _ticking(progress: Progress | None, cancelled: Callable[[], bool] | None) -> Tick:
    def tick(share: float) -> None:
        if cancelled and cancelled():
            raise Refused(STOPPED)
        if progress:
            progress(share)

    return tick


# Reading


def _read(path: Path, kind: Kind, options: Options, book: Book, tick: Tick, cancelled: Callable[[], bool] | None) -> _File:
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, path)
        with Reader(path, options.sheet, cancelled) as reader:
            options, heading, remarks = _heading(reader, kind, options)
            if missing := headings.missing(kind, heading, options):
                raise Unclear(_lacking(kind, missing))
            rows = _rows(reader, heading, kind, options, book, lambda share: tick(_READ * share))
            rows.notes += remarks
    columns = {name: heading.label(name) for name in heading.columns}
    said = {name: getattr(options, name) for name in ("unit", "dates", "decimal", "tax_included", "return_mark", "header", "heads")}
    mapping = {"columns": columns, "fixed": dict(options.fixed), "sheet": heading.sheet, **said}
    return _File(path, digest.result(), json.dumps(mapping, ensure_ascii=False, sort_keys=True), rows)


def _heading(reader: Reader, kind: Kind, options: Options) -> tuple[Options, Heading, list[str]]:
    """The header, the options with what is known of the program that wrote the file, and what is to be said of that."""
    known, said = presets.recognised(reader.samples, kind.name, options)
    heading = headings.find(reader.samples, kind, known)
    return known, replace(heading, by_hand=heading.by_hand & options.mapping.keys()), [said] if said else []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rows(reader: Reader, heading: Heading, kind: Kind, options: Options, book: Book, progress: Progress | None) -> Rows:
    columns = sorted({*heading.columns.values(), *range(min(heading.width, 1))})  # the first one too: «جمع» may stand beside the data
    table = reader.table(heading.sheet, heading.first, heading.width, columns, progress)
    rows = Rows(table, heading, kind, options, book, since_1904=reader.about["since_1904"])
    nodata.leave_out(rows, table, heads.go_on if kind.name == "sales" else lambda _: None)
    return rows


def _lacking(kind: Kind, missing: tuple[str, ...]) -> Asked:
    needed = [one for one in missing if one not in kind.any_of]
    one_of = [tr(one.title) for one in kind.fields if one.name in missing and one.name in kind.any_of]
    titles = [tr(one.title) for one in kind.fields if one.name in needed]
    if one_of:
        titles.append(reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), one_of))
    sentence = tr("No column was found for: {fields}. Say which column it is.", fields="، ".join(titles))
    return Asked("mapping", sentence, missing[0], option=" ".join(f'--map "{one}=Header"' for one in needed or missing[:1]))


def _guesses(heading: Heading) -> tuple[Guess, ...]:
    fields = {at: name for name, at in heading.columns.items()}
    return tuple(
        Guess(at + 1, header, fields.get(at, ""), fields.get(at, "") in heading.by_hand) for at, header in enumerate(heading.labels)
    )


# Understanding and recording


def _tried(store: Store, rows: Rows, file: _File | None = None) -> Outcome:
    """What an import would do."""
    with store.reading() as s:
        connection = raw(s.connection())
        before = file is not None and _taken_before(connection, file)
        return _planned(rows, connection, taken_before=before, dry_run=True)[0]


def _planned(rows: Rows, connection: Any, *, taken_before: bool, dry_run: bool = False) -> tuple[Outcome, Plan | None]:
    """What the rows come to; the plan is None where nothing of it may be written.

    What depends on an answer is not said before it is given: of the rows only that a word is not known does not decide over others.
    """
    usual: Callable[..., Plan] = registers.plan if issubclass(LISTED[rows.kind.name].table, Named) else plain.plan
    shelf = Shelf(connection)
    refuse_unclear(rows, shelf)
    plan = _PLANS.get(rows.kind.name, usual)(rows, shelf, connection, taken_before=taken_before)
    reads = any(one.about != "word" for one in rows.asked)
    refusals, notes = () if reads else tuple(one for _, one in rows.refusals()), list(rows.notes)
    whole = not rows.asked and not (rows.options.strict and refusals)
    if not rows.asked and not whole:
        notes.append(tr("Nothing is taken as long as any row is refused."))
    outcome = Outcome(
        rows.kind.name,
        refused=len(refusals),
        skipped=int(rows.skipped.sum()),
        left_out=rows.left_out,
        unit=rows.unit,
        dates=rows.dates_said,
        asked=rows.asked,
        refusals=refusals,
        notes=tuple(notes),
        dry_run=dry_run,
    )
    if not whole:
        return outcome, None
    taken = int(rows.fine.sum())
    return replace(outcome, accepted=taken, documents=plan.documents, total=plan.total, created=plan.created), plan


def _taken_before(connection: Any, file: _File, but: int = 0) -> bool:
    """Whether a live import holds this very file, understood in this very way."""
    found = connection.execute(
        "SELECT 1 FROM batch WHERE digest = ? AND mapping = ? AND kind = ? AND undone_at IS NULL AND id <> ?",
        (file.digest, file.mapping, file.rows.kind.name, but),
    )
    return found.fetchone() is not None
