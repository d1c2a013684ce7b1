"""Bringing a file of another program in: choose it, see how it was understood, go, and take it back as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from desktop.shop.importing import Look, Options, Outcome, import_file, look
from desktop.shop.things import KINDS, LISTED
from desktop.ui.fields import Choice
from desktop.ui.jobs import Progress
from desktop.ui.page import Empty, Page
from desktop.ui.pages.importing_parts import End, Plan, Wait
from desktop.ui.typed import Typed
from desktop.ui.widgets import across, button, fill, label, named, stacked
from desktop.values.digits import foreign
from desktop.values.places import data_folder
from desktop.values.text import Refused, tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

FILES = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.tsv"


class ImportPage(Page):
    """Three states: no file yet; a file as it was understood; what came of it."""

    key = "importing"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, tr("Bring from Excel"))
        self.path: Path | None = None
        self.outcome: Outcome | None = None
        self._progress: Progress | None = None
        kinds = Choice(tuple((one.name, tr(one.title)) for one in KINDS.values()))
        self.kind = named(kinds, tr("What the file holds"), "kind")
        self.asked = Options(self.kind.value())
        self.kind.activated.connect(lambda _: self._again(Options(self.kind.value())))
        self.choose = button(tr("Another file …"), self.begin, "folder-open")
        self.choose.hide()
        self.head.addWidget(self.choose)
        self.name, self.wait = label("", "soft", wrap=False), Wait(self._stop)
        words = tr("Drop an Excel or CSV file here: your old invoices, goods, customers. Nothing is taken before you have seen it.")
        empty = Empty(words, tr("Choose a file …"), self.begin, tr("What you have comes along"), icon="folder-open")
        self.plan, self.end = Plan(self._again, self._go), End(self._take_back, self._show_list)
        self.stack = stacked(empty, self.plan, self.end)
        self.stack.currentChanged.connect(lambda at: self.choose.setVisible(at > 0))
        holds = across(label(tr("The file holds"), wrap=False), self.kind, (self.name, 1))
        fill(self.body, holds, self.wait, (self.stack, 1))
        self.desk.jobs.progressed.connect(self.wait.show_share)

    @property
    def busy(self) -> bool:
        return self._progress is not None

    def typed(self) -> Typed:
        ended = self.outcome if self.stack.currentWidget() is self.end else None
        return replace(super().typed(), more=(self.path, self.asked, ended, self.end.errors))

    def type_again(self, typed: Typed) -> None:
        super().type_again(typed)
        path, asked, outcome, errors = typed.more
        if outcome is not None:
            self.path = path
            self._done(outcome, errors)
        elif path is not None:
            self.show_file(path, asked)

    def heard(self, _tables: frozenset[str]) -> None:
        """Nothing of the book is shown here."""

    # The file

    def begin(self) -> None:
        """Another file."""
        tables = tr("Tables")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), "", f"{tables} ({FILES})")
        if chosen:
            self.show_file(Path(chosen))

    def show_file(self, path: Path, asked: Options | None = None) -> None:
        self.path = path
        self.name.setText(foreign(path.name))
        self._again(asked or Options(self.kind.value()))

    def _again(self, asked: Options) -> None:
        """Looks at the file again with what the person said."""
        self.asked = asked
        if self.path is None or self._progress is not None:
            return
        store, path = self.desk.store, self.path
        self._start(tr("Reading the file …"), lambda on: look(store, path, asked, cancelled=on.stop.is_set), self._show)

    def _show(self, seen: Look) -> None:
        self.plan.show_look(seen, self.asked)
        self.stack.setCurrentWidget(self.plan)

    # Going

    def _go(self) -> None:
        if self.path is None or self._progress is not None:
            return
        store, path, options, errors = self.desk.store, self.path, self.asked, _errors_file(self.path)

        def work(progress: Progress) -> Outcome:
            return import_file(store, path, options, errors=errors, progress=progress.say, cancelled=progress.stop.is_set)

        self._start(tr("Backing up, then taking the rows …"), work, lambda outcome: self._done(outcome, errors))

    def _done(self, outcome: Outcome, errors: Path | None) -> None:
        self.outcome = outcome
        self.end.show_outcome(outcome, errors if errors and errors.exists() else None)
        self.stack.setCurrentWidget(self.end)

    def _take_back(self) -> None:
        assert self.outcome is not None
        batch, store = self.outcome.batch, self.desk.store
        if batch is not None:
            self._start(tr("Taking the import back …"), lambda _: store.revert(batch), lambda _: self._taken_back())

    def _taken_back(self) -> None:
        self.stage.say(tr("The import was taken back; the book is as it was before."))
        self.path, self.outcome = None, None
        self.name.clear()
        self.stack.setCurrentIndex(0)

    def _show_list(self) -> None:
        assert self.outcome is not None
        place = LISTED[self.outcome.kind].place
        assert place is not None
        self.stage.go(place.key, self.outcome.kind)

    # Long work

    def _start(self, sentence: str, work: Callable[[Progress], Any], then: Callable[[Any], object]) -> None:
        def ended(answer: Any) -> None:
            self._end()
            then(answer)

        self.wait.begin(sentence)
        self._progress = self.desk.jobs.watched(work, ended, self._failed)

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop.set()
            self._end()

    def _end(self) -> None:
        self._progress = None
        self.wait.hide()

    def _failed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, Refused) and self.path is not None:
            self.plan.show_refusal(str(error), self.asked, error.field or "")
            self.stack.setCurrentWidget(self.plan)
        else:
            self.stage.failed(error)


def _errors_file(path: Path) -> Path:
    stamp = dt.datetime.now().strftime("%Y-%m-%dT%H%M%S")  # noqa: DTZ005 - the person's own clock
    folder = data_folder() / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{path.stem[:50]}-{stamp}.csv"  # a disk takes no longer names than 255 bytes
