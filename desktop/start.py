"""How the window starts: a first picture by plain reads, then the rest of the program, then the window in its place."""

from __future__ import annotations

import datetime as dt
import gc
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEventLoop, QThread, QTimer

from desktop.store.glance import glance
from desktop.store.lock import Lock
from desktop.store.trouble import Trouble
from desktop.ui.memory import last_book, preferences
from desktop.ui.opening import Opening, qt_application
from desktop.ui.theme import use_theme
from desktop.values.places import first_book
from desktop.values.writing import use_writing, writing_said

PARTS = ("desktop.store.book", "desktop.kpi", "desktop.shop.things")  # the heavy ones, none of which knows Qt
FIRST_PAINT = 200  # ms after which they are loaded though nobody sees the picture
STACK = 8 << 20  # bytes: imports nest deeply, and a thread's own stack is small on some systems


def run(book: Path | None, *, language: str | None = None) -> int:
    """Shows the window until it is closed; the exit code."""
    qt_application()
    opening = _opening(book or last_book() or first_book(), language)
    if opening is not None and not _load(opening):
        return 0
    from desktop import app

    return app.run(book, language=language, opening=opening)


class _Loader(QThread):
    """Loads the heavy parts."""

    def run(self) -> None:
        with suppress(Exception):  # whoever asks for the part again says it
            for part in PARTS:
                import_module(part)


def _load(opening: Opening) -> bool:
    """The heavy parts are loaded while the picture lives and hears; False if the person closed it."""
    loop, loader = QEventLoop(), _Loader()
    loader.setStackSize(STACK)
    loader.finished.connect(loop.quit)
    opening.left.connect(loop.quit)
    gc.disable()  # else it may drop the picture's things in a thread that is not theirs
    opening.shown.connect(loader.start)
    unseen = QTimer(singleShot=True, interval=FIRST_PAINT)
    unseen.timeout.connect(loader.start)
    opening.shown.connect(unseen.stop)
    unseen.start()
    loop.exec()
    loader.wait()
    gc.enable()
    return not opening.closed


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
