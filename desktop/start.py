"""How the window starts: a first picture by plain reads, then the rest of the program, then the window in its place."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from pathlib import Path

from desktop.store.glance import glance
from desktop.store.lock import Lock
from desktop.store.trouble import Trouble
from desktop.ui.memory import last_book, preferences
from desktop.ui.opening import Opening, qt_application
from desktop.ui.theme import use_theme
from desktop.values.places import first_book
from desktop.values.writing import use_writing, writing_said

# The heavy ones, in the order in which they ask for each other; between two of them the picture lives.
PARTS = (
    "sqlalchemy.sql",
    "sqlalchemy.orm",
    "desktop.store.tables",
    "desktop.store.book",
    "desktop.kpi",
    "desktop.ui.window",
    "desktop.app",
)


def run(book: Path | None, *, language: str | None = None) -> int:
    """Shows the window until it is closed; the exit code."""
    qt = qt_application()
    opening = _opening(book or last_book() or first_book(), language)
    for part in PARTS:
        import_module(part)
        qt.processEvents()
        if opening is not None and opening.closed:
            return 0
    from desktop import app

    return app.run(book, language=language, opening=opening)


def _opening(path: Path, language: str | None) -> Opening | None:
    """The first picture of a book that nobody else holds; None where there is nothing to show yet."""
    if not path.is_file():
        return None
    try:
        Lock(path).release()
    except Trouble:
        return None
    seen = glance(path, dt.datetime.now())  # noqa: DTZ005 - the shop's own wall clock
    if seen is None:
        return None
    use_writing(writing_said(seen.settings.get, language))
    use_theme(str(preferences().value("theme", "system")))
    opening = Opening(seen)
    opening.show()
    return opening
