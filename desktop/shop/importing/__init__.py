"""Taking files of other programs into the book: sales, goods, people, deals, costs, plans.

`look` shows a file before anything happens; `import_file` takes it, or with ``dry_run`` says what it would do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.shop.importing.options import DATES, UNITS, Guess, Look, Options, Outcome, Refusal

if TYPE_CHECKING:
    from desktop.store import Store

__all__ = ["DATES", "UNITS", "Guess", "Look", "Options", "Outcome", "Refusal", "import_file", "look"]


def look(store: Store, path: Path, options: Options, *, cancelled: Callable[[], bool] | None = None) -> Look:
    """The file as the preview shows it: columns guessed, first rows, what only the person can tell. The book is not changed.

    Raises:
        Refused: the file cannot be read at all.
    """
    from desktop.shop.importing.run import look as looked

    return looked(store, path, options, cancelled=cancelled)


def import_file(
    store: Store,
    path: Path,
    options: Options,
    *,
    dry_run: bool = False,
    errors: Path | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    backup: bool = True,
) -> Outcome:
    """The rows of the file that are right are in the book, as one batch that can be taken back.

    Args:
        store: the open book; anybody may read it meanwhile.
        path: the file; its content decides what it is, not its name.
        options: what the person says about it.
        dry_run: nothing is written, not even the file of refused rows.
        errors: where the refused rows go, with their number and reason.
        progress: hears the share done, 0 to 1, on the calling thread.
        cancelled: asked now and then; True stops, and nothing is written.
        backup: a verified backup is made first.

    Raises:
        Refused: the whole file cannot be taken (unreadable, no header, a needed column missing, ambiguous dates ...).
    """
    from desktop.shop.importing.run import import_file as taken

    return taken(store, path, options, dry_run=dry_run, errors=errors, progress=progress, cancelled=cancelled, backup=backup)
