"""The one window: sidebar, pages, the panel at the side, undo, search, and what every page may ask of it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QWidget

from desktop import kpi
from desktop.kpi.kpi import Answer, Scope
from desktop.shop.clock import shop_day
from desktop.shop.things import ENTITIES, THINGS
from desktop.store import Busy, Change, Trouble
from desktop.ui.desk import Desk
from desktop.ui.fields import go_to
from desktop.ui.form import EntityForm
from desktop.ui.keys import KeySheet, bind
from desktop.ui.memory import preferences, say_unsafe, unsafe
from desktop.ui.opening import frame
from desktop.ui.page import Page
from desktop.ui.panel import Panel
from desktop.ui.sidebar import Sidebar, pages
from desktop.ui.stage import Host, Stage
from desktop.ui.theme import rtl
from desktop.ui.toast import Toast
from desktop.ui.typed import Typed
from desktop.ui.widgets import NONE, across, button, down, ground, label
from desktop.values.digits import foreign, plain
from desktop.values.places import SUFFIX
from desktop.values.text import N_, Refused, tr

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A page with what is typed in it, and the panel beside it: how it is made, and what is typed there."""

    page: str
    typed: Typed
    panel: tuple[Callable[[Stage], Panel], Typed] | None


class Window(QMainWindow):
    """The stage of ``pages``, by key, each made when it is first looked at.

    ``forms`` makes the forms that no `Entity` tells, of a row (None: a new one) and first values.
    """

    def __init__(
        self, desk: Desk, host: Host, pages: Mapping[str, Callable[[Stage], Page]],
        forms: Mapping[str, Callable[[Stage, int | None, dict[str, object]], Panel]],
    ) -> None:  # fmt: skip
        super().__init__()
        self.desk, self.host = desk, host
        self._makers, self._forms = pages, forms
        self.as_of, shop, self.demo = self._today(), desk.setting("shop_name"), bool(desk.setting("demo"))
        self.setAcceptDrops(True)
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.panel: Panel | None = None
        self._made: Callable[[Stage], Panel] | None = None
        self._before: QWidget | None = None
        self._build(shop)
        bind(self, self)
        desk.news.changed.connect(self._heard)
        desk.news.done.connect(self._told)
        QGuiApplication.clipboard().dataChanged.connect(self._copied)
        self._clock = QTimer(self, interval=30_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        frame(self, shop)

    def _build(self, shop: str) -> None:
        whole, self.ground, self._stack = QWidget(), ground("ground"), QStackedWidget()
        self.sidebar = Sidebar(foreign(shop), self.go, pages())
        self.ground.installEventFilter(self)
        self._strips = [self._demo_strip()] if self.demo else [self._unsafe_strip(why)] if (why := unsafe(self.desk.store.path)) else []
        self._column = down(*self._strips, (self._stack, 1), gap=0, edge=NONE, on=self.ground)
        across(self.sidebar, (self.ground, 1), gap=0, edge=NONE, on=whole)
        self.setCentralWidget(whole)
        self.toast = Toast(self.ground)

    def _demo_strip(self) -> QWidget:
        said = tr("This is the demo shop: every name and number in it is made up.")
        return self._strip(said, button(tr("Remove the demo shop"), self.host.remove_demo, "trash-2", "link"))

    def _unsafe_strip(self, why: str) -> QWidget:
        said = tr("This book was saved, but there is no backup of it: {why}", why=why)
        return self._strip(said, button(tr("Back up now"), self.back_up, "database-backup", "link"))

    def _strip(self, said: str, act: QWidget) -> QWidget:
        made = ground("strip")
        across((label(said), 1), act, edge=(24, 4, 24, 4), on=made)
        return made

    # Pages

    @property
    def page(self) -> Page:
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def go(self, key: str, listing: str = "") -> None:
        """Shows a page, and of its lists this one; it asks the book if something moved since it was last seen."""
        key = key if key in self._makers else next(iter(self._makers))
        if key not in self._pages:
            self._pages[key] = page = self._makers[key](self)
            self._stack.addWidget(page)
            self._stale.add(key)
        self._stack.setCurrentWidget(self._pages[key])
        self.sidebar.mark(key)
        self.page.setFocus()  # the keyboard is on the page, not on the button that led here
        preferences().setValue("page", key)
        if key in self._stale:
            self._stale.discard(key)
            self._pages[key].refresh()
        if listing:
            self.page.show_listing(listing)

    def refresh(self) -> None:
        """Asks the book again for what is in sight; the rest when it comes into sight."""
        self._stale = set(self._pages) - {self.page.key}
        self.page.refresh()

    def _heard(self, tables: frozenset[str]) -> None:
        for key, page in self._pages.items():
            if page is self.page:
                page.heard(tables)
            else:
                self._stale.add(key)
        if "setting" in tables:
            self.sidebar.shop.setText(foreign(self.desk.setting("shop_name")))

    def _told(self, change: Change) -> None:
        """A quiet word after every commit, with the way back."""
        if change.kind == "do":
            self.say(tr("Saved: {what}", what=change.sentence()), tr("Undo"), self.undo)

    def _today(self) -> dt.date:
        return self.host.as_of or self.desk.read(shop_day)

    def _tick(self) -> None:
        if (today := self._today()) != self.as_of:
            self.as_of = today
            self.host.rebuild()

    # The panel at the side

    def show_panel(self, make: Callable[[Stage], Panel]) -> None:
        """The panel that is made beside the page, above it where there is no room; another one that was open goes."""
        panel, before = make(self), self.focusWidget()
        self.close_panel()
        self.panel, self._made, self._before = panel, make, before
        panel.setParent(self.ground)
        self._place_panel()
        panel.show()
        panel.raise_()
        first = getattr(panel, "first", None)
        (first() if first else panel).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """The page has the keyboard again."""
        if self.panel is None:
            return
        panel, self.panel, self._made = self.panel, None, None
        panel.hide()
        panel.deleteLater()
        self._place_panel()
        try:
            (self._before or self.page).setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:  # the widget that had the focus was remade meanwhile
            self.page.setFocus()
        self._before = None

    def _place_panel(self) -> None:
        wide = self.panel.width() if self.panel else 0
        fits = wide and self.ground.width() - wide >= self.page.minimumSizeHint().width()
        taken = wide if fits else 0
        self._column.setContentsMargins(taken if rtl() else 0, 0, 0 if rtl() else taken, 0)
        if self.panel:
            self.panel.setGeometry(0 if rtl() else self.ground.width() - wide, 0, wide, self.ground.height())
        self.toast.taken = wide
        self.toast.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.ground and event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self._place_panel()
        return super().eventFilter(watched, event)

    # The next window

    @property
    def busy(self) -> bool:
        """Whether it cannot be made anew just now: what was begun in it is under way, or something over it waits for an answer."""
        asks = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        return asks is not None or self.desk.jobs.begun

    def kept(self) -> Kept:
        """What goes on in the next window; this one is let go."""
        self._clock.stop()
        self.desk.news.changed.disconnect(self._heard)
        panel = (self._made, self.panel.typed()) if self._made and self.panel else None
        return Kept(self.page.key, self.page.typed(), panel)

    def resume(self, kept: Kept) -> None:
        """The page, the panel and all that is typed, as they were in the window before."""
        self.go(kept.page)
        if kept.panel is not None:
            make, typed = kept.panel
            if self.attempt(lambda: self.show_panel(make)) and self.panel:
                self.panel.type_again(typed)
        self.page.type_again(kept.typed)

    # What a person does

    def open_form(self, form: str, row: int | None = None, values: dict[str, object] | None = None) -> None:
        own = self._forms.get(form)
        self.attempt(lambda: self.show_panel(lambda on: own(on, row, values or {}) if own else EntityForm(on, form, row, values or {})))

    def start(self, entry: str) -> None:
        begins = THINGS[entry].begins
        if begins in self._forms or begins in ENTITIES:
            self.open_form(begins)
        elif begins:
            self.go(begins)

    def begin(self) -> None:
        self.page.begin()

    def look(self, *, here: bool = False) -> None:
        go_to(self.page.looks if here else self.page.search)

    def why(self, answers: Sequence[Answer], scope: Scope) -> None:
        from desktop.ui.why import Why

        self.show_panel(lambda on: Why(on.desk, answers, scope, on.close_panel))

    def show_kpi(self, key: str) -> None:
        def ask(s: Any) -> tuple[Answer, Scope]:
            scope = kpi.scope(s, as_of=self.as_of)
            return kpi.tiles(s, scope, [key])[key], scope

        self.desk.ask(ask, lambda found: self.why([found[0]], found[1]), self.failed, slow=kpi.BY_KEY[key].slow)

    def undo(self) -> None:
        store = self.desk.store
        if store.takes_long():
            self.say(tr("Taking the import back …"))
            self.desk.jobs.long(store.undo, lambda what: self.say(tr("Taken back: {what}", what=what)), self.failed)
        else:
            self._replay(store.undo, N_("Taken back: {what}"), tr("Nothing to take back."), tr("Redo"), self.redo)

    def redo(self) -> None:
        self._replay(self.desk.store.redo, N_("Done again: {what}"), tr("Nothing to do again."), tr("Undo"), self.undo)

    def _replay(self, replay: Callable[[], str | None], done: str, nothing: str, action: str, then: Callable[[], object]) -> None:
        def do() -> None:
            what = replay()
            self.say(nothing) if what is None else self.say(tr(done, what=what), action, then)

        self.attempt(do)

    def back_up(self) -> None:
        self.say(tr("Making a verified backup …"))
        self.desk.jobs.long(self.desk.store.backup, self._backed_up, self.failed)

    def _backed_up(self, copy: Path) -> None:
        self.say(tr("The verified backup is {file}.", file=foreign(copy.name)))
        if not self.demo:
            say_unsafe(self.desk.store.path, "")
            for strip in self._strips:
                strip.hide()

    def choose_book(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open another book"), str(self.desk.store.path.parent), f"*{SUFFIX}")
        if chosen:
            self.host.open_book(Path(chosen))

    def show_keys(self) -> None:
        KeySheet(self).exec()

    # What is said

    def say(self, sentence: str, action: str = "", then: Callable[[], object] | None = None, *, longer: bool = False) -> None:
        self.toast.say(sentence, action, then, longer=longer)

    def attempt(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except (Refused, Trouble) as said:
            self.say(str(said), longer=True)
            return False
        return True

    def failed(self, error: BaseException) -> None:
        if isinstance(error, (Refused, Trouble)):
            self.say(str(error), longer=not isinstance(error, Busy))
        else:
            log.error("a job failed", exc_info=error)
            self.say(tr("Something went wrong inside Cheragh. Nothing was lost; the log tells the details."), longer=True)

    # Files dropped on it, and leaving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()
            self.say(tr("Let go: a book is opened, any other file is shown for import."))

    def dropEvent(self, event: QDropEvent) -> None:
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.suffix == SUFFIX:
            self.host.open_book(path)
        else:
            self.bring(path)

    def bring(self, path: Path) -> None:
        """A file of another program, shown before anything is taken."""
        self.go("importing")
        self.page.show_file(path)

    def _copied(self) -> None:
        """What is copied from a label goes without direction marks, as from a table."""
        text = QGuiApplication.clipboard().text() if self.isActiveWindow() else ""  # not what another program copied
        if plain(text) != text:
            QGuiApplication.clipboard().setText(plain(text))

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences().setValue("geometry", self.saveGeometry())
        event.accept()
