"""Joins the rooms and runs the window: opens and changes books, language and theme; the only module that knows them all."""

from __future__ import annotations

import datetime as dt
import logging
import logging.handlers
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QFileSystemWatcher, QLibraryInfo, QObject, Qt, QThread, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

import desktop
from desktop import kpi
from desktop.store import Elsewhere, Store, Trouble
from desktop.store.lock import knock, opener
from desktop.store.outputs import CREATOR, laid
from desktop.store.settings import writing_of
from desktop.ui.desk import Desk
from desktop.ui.first_start import DEMO, EXCEL, Beginning, FirstStart
from desktop.ui.memory import last_book, preferences, remember_book, say_unsafe
from desktop.ui.opening import Opening, qt_application
from desktop.ui.pages import FORMS, PAGES
from desktop.ui.theme import use_theme
from desktop.ui.window import Window
from desktop.values.places import SUFFIX, data_folder, first_book, folder_beside
from desktop.values.text import N_, Refused, language, tr
from desktop.values.writing import Writing, use_writing

log = logging.getLogger(__name__)

PATIENCE = 1_000  # ms until a window that could not be made anew is asked again
SOON = 2_000  # ms after a book was opened or changed until what is worked out from all of it is kept, if nobody works
IDLE = 60_000  # ms without a change after which the write-ahead log goes back into the book


class App:
    """The application around the window: one open book, one window, both replaceable.

    ``language`` and ``theme`` win over the book's and this computer's own, ``as_of`` over the computer's date.
    """

    def __init__(self, language: str | None = None, theme: str | None = None, as_of: dt.date | None = None) -> None:
        self.qt = qt_application()
        self._language, self._theme, self.as_of = language, theme, as_of
        self._own_words: QTranslator | None = None
        self.desk: Desk | None = None
        self.window: Window | None = None
        self.release: Callable[[], None] = lambda: None
        self._door = QFileSystemWatcher()
        self._door.fileChanged.connect(self._knocked)
        self._idle = QTimer(singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self._rest)
        self._soon = QTimer(singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._remember)
        self.qt.styleHints().colorSchemeChanged.connect(lambda _: self._theme_of_computer())

    # Books

    def show(self, path: Path, *, hold: bool = False, leaving: Callable[[Store], None] = Store.close) -> Window:
        """The window on the book at ``path``; with ``hold`` nothing is asked of the book until ``release`` is called.

        ``leaving`` is done with the one that was open.

        Raises:
            Refused, Trouble: the book cannot be opened; nothing else has changed.
        """
        store = Store.open(path)
        self.leave(leaving)
        self.desk = Desk(store)
        if hold:
            self.release = self.desk.jobs.hold()
        for timer in (self._idle, self._soon):
            self.desk.news.done.connect(lambda _, timer=timer: timer.start())
        self._soon.start()
        self._door.addPath(str(opener(store.path)))
        if store.path != _demo_book():
            remember_book(store.path)
        return self._build()

    def welcome(self) -> Beginning | None:
        """What the first start was told; None if nobody answered."""
        asked = Beginning(self._language or "fa")
        while True:
            self._dress(Writing(language=asked.language))
            form = FirstStart(asked, portable=folder_beside() is not None)
            if not form.exec():
                return None
            asked = form.beginning
            if asked.then:
                return asked

    def begin(self, asked: Beginning) -> Window:
        """The shop's first book as it was asked for."""
        if asked.beside and (beside := folder_beside()):
            beside.mkdir(exist_ok=True)
        path = first_book()
        chosen = {"language": asked.language, "money_unit": asked.money_unit}
        Store.create(path, currency=asked.currency, shop=asked.shop, **chosen).close(backup=False)
        window = self.show(path)
        if asked.then == EXCEL:
            window.go("importing")
        elif asked.then == DEMO:
            self.open_demo()
        return window

    def open_book(self, path: Path) -> None:
        """Another book in the window, or the reason why not."""
        self._try(lambda: self.show(path))

    def open_demo(self) -> None:
        """The demo shop in the window; it is written first, unless there is one of today."""
        assert self.desk is not None
        assert self.window is not None
        path, today = _demo_book(), self.window.as_of
        self.window.say(tr("Setting up the demo shop (some seconds) …"), longer=True)

        def write() -> Path:
            from desktop.shop.demo import renew_demo

            renew_demo(path, today)
            return path

        self.desk.jobs.long(write, self.open_book, self.window.failed)

    def remove_demo(self) -> None:
        """The demo book is gone, and the shop's own book is open."""
        from desktop.shop.demo import remove_demo

        self._try(lambda: self.show(_own_book(), leaving=remove_demo))

    def restore(self, backup: Path) -> None:
        """The backup stands in the book's place, and the window shows it."""
        from desktop.store.backup import restore

        assert self.desk is not None
        path, user = self.desk.store.path, self.desk.store.user

        def swap() -> None:
            self.leave()
            try:
                restore(backup, path, user=user)
            finally:
                window = self.show(path)
            window.say(tr("The book was restored; the one it replaced was kept beside it, in “replaced”."), longer=True)

        self._try(swap)

    def leave(self, how: Callable[[Store], None] = Store.close) -> str:
        """No book is open; the one that was lies whole on the disk, with a verified backup if it changed - or gives back why without."""
        self._idle.stop()
        self._soon.stop()
        if self._door.files():
            self._door.removePaths(self._door.files())
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self.desk is not None:
            desk, self.desk = self.desk, None
            changed, why = desk.store.changed, ""
            try:
                desk.close(how)
            except Trouble as said:
                why = str(said)
            if changed:
                say_unsafe(desk.store.path, why)
            return why
        return ""

    def _knocked(self, note: str) -> None:
        """The program was started once more on this book: its window comes forward."""
        if self.window is not None and Path(note).exists():
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
            self.window.raise_()
            self.window.activateWindow()

    def _remember(self) -> None:
        if self.desk is None:
            return
        if not self.desk.jobs.idle:
            self._soon.start()
            return
        store, day = self.desk.store, self.as_of or dt.date.today()  # noqa: DTZ011 - the computer's day
        self.desk.jobs.long(lambda: kpi.remember(store, day), lambda _: None)

    def _rest(self) -> None:
        if self.desk is not None and self.desk.jobs.idle:
            self.desk.store.rest()

    # The window

    def rebuild(self) -> None:
        """The window anew, in today's language, digits, calendar and theme, with everything that is open and typed in it."""
        QTimer.singleShot(0, self.qt, self._rebuild)  # not under the feet of the widget that asked

    def _rebuild(self) -> None:
        if self.window is None or self.desk is None:
            return
        if self.window.busy:
            QTimer.singleShot(PATIENCE, self.window, self._rebuild)
            return
        kept, size, place = self.window.kept(), self.window.size(), self.window.pos()
        self.desk.jobs.forget()
        self.window.close()
        self.window.deleteLater()
        window = self._build(kept.page)
        window.resize(size)
        window.move(place)
        window.resume(kept)

    def _build(self, page: str = "") -> Window:
        assert self.desk is not None
        with self.desk.store.reading() as s:
            self._dress(writing_of(s, self._language))
        self.window = Window(self.desk, self, PAGES, FORMS)
        self.window.go(page or str(preferences().value("page", "today")))
        self.window.show()
        return self.window

    def _dress(self, writing: Writing) -> None:
        """Everything that is shown from now on, Qt's own dialogs too, is written so, in this computer's theme."""
        use_writing(writing)
        use_theme(self._theme or str(preferences().value("theme", "system")))
        if self._own_words is not None:
            self.qt.removeTranslator(self._own_words)
        self._own_words = QTranslator(self.qt)
        if self._own_words.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self.qt.installTranslator(self._own_words)

    def _theme_of_computer(self) -> None:
        if self.window is not None and (self._theme or preferences().value("theme", "system")) == "system":
            self.rebuild()

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except (Refused, Trouble) as said:
            if self.window is not None:
                self.window.say(str(said), longer=True)
            else:
                _tell(str(said))


def run(book: Path | None, *, language: str | None = None, opening: Opening | None = None) -> int:
    """Opens the window on ``book``, on the last one, or asks what the first is to be; returns when it was closed.

    ``opening`` is what has been shown until now.
    """
    application = App(language)
    loaded = time.perf_counter()
    path = book or last_book() or first_book()
    try:
        if book or path.exists():
            _keep_log(application)
            application.show(path, hold=True)
        elif asked := application.welcome():
            application.begin(asked)
            _keep_log(application)  # it may lie beside the program now
        else:
            return 0
    except (Refused, Trouble) as said:
        if opening is not None:
            opening.close()
        if isinstance(said, Elsewhere) and said.here:
            knock(path)
            return 0
        print(said, file=sys.stderr)  # noqa: T201 - whoever started it from a console reads it there
        _tell(str(said))
        return 1
    assert application.window is not None
    if opening is not None:
        application.qt.processEvents()  # what was done in it while the window was made
        if opening.page:
            application.window.go(opening.page)
        opening.hand_over(application.window)
    _when_painted(application, loaded, opening)
    code: int = application.qt.exec()
    if why := application.leave():
        _tell(tr("This book was saved, but there is no backup of it: {why}", why=why))
    return code


def picture(
    book: Path,
    out: Path,
    *,
    language: str | None = None,
    theme: str = "light",
    size: tuple[int, int] = (1366, 768),
    page: str = "today",
    as_of: dt.date | None = None,
    replace: bool = False,
) -> None:
    """A page of the window, drawn without a screen, lies in ``out`` as PNG.

    Raises as `desktop.store.outputs.laid` does, and:
        Refused: there is no such page.
    """
    if page not in PAGES:
        raise Refused(N_("There is no page {page}; the pages are: {pages}."), page=page, pages=", ".join(PAGES))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with laid(out, "picture", replace=replace) as part:
        application = App(language, theme, as_of)
        try:
            window = application.show(book)
            window.resize(*size)
            window.go(page)
            settle(application)
            drawn = window.grab().toImage()
            drawn.setText("Creator", f"{CREATOR} picture")
            if not drawn.save(str(part), "PNG"):  # type: ignore[call-overload]  # PySide's stub is wrong; Qt does not say why
                raise Trouble(N_("There is no room for {file}. Make room on the disk, or choose another folder."), file=out.name)
        finally:
            application.leave()


def settle(application: App) -> None:
    """Everything that was asked has been answered and drawn."""
    quiet = 0
    while quiet < 3:  # an answer may ask the next question
        application.qt.processEvents()
        desk = application.desk
        quiet = quiet + 1 if desk is None or (desk.jobs.idle and desk.news.quiet) else 0
        if not quiet:
            QThread.msleep(1)


def _own_book() -> Path:
    """The book opened last; else the shop's first, made empty if it is not there yet."""
    if found := last_book():
        return found
    path = first_book()
    if not path.exists():
        Store.create(path).close(backup=False)
    return path


def _demo_book() -> Path:
    return data_folder() / "books" / f"demo{SUFFIX}"


def _tell(sentence: str) -> None:
    """A sentence where there is no window yet."""
    if QGuiApplication.platformName() not in ("offscreen", "minimal"):
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Cheragh"), "")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence)
        box.exec()


def _when_painted(application: App, loaded: float, opening: Opening | None) -> None:
    """Its numbers are asked; and the log says how long the start took: the program's parts, the book with its window, its picture."""
    shown = time.perf_counter()

    class Watch(QObject):
        def eventFilter(self, seen: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                seen.removeEventFilter(self)
                QTimer.singleShot(0, self.say)
            return False

        def say(self) -> None:
            application.release()
            now = time.perf_counter()
            first = (opening.painted if opening else now) - desktop.STARTED
            parts = (loaded - desktop.STARTED, shown - loaded, now - shown)
            log.info("first picture after %.2f s", first)
            log.info("usable after %.2f s: parts %.2f s, book and window %.2f s, picture %.2f s", now - desktop.STARTED, *parts)

    assert application.window is not None
    application.window.installEventFilter(Watch(application.window))
    application.window.update()  # it may have been painted before


def _keep_log(application: App) -> None:
    """What goes wrong inside is kept in a log, and said at the foot of the window; nothing of it leaves this computer."""
    folder = data_folder() / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(folder / "cheragh.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.INFO)

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            application.qt.quit()
            return
        log.critical("unforeseen", exc_info=(kind, error, trace))
        if application.window is not None:
            application.window.failed(error)

    sys.excepthook = caught
    log.info("started %s", dt.datetime.now().astimezone().isoformat(timespec="seconds"))
