"""Bringing a file of another program in: choose it, see how it was understood, go, and take it back as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QWidget

from desktop.shop.importing import DATES, UNITS, Look, Options, Outcome, import_file, look
from desktop.shop.things import ENTITIES, KINDS, LISTED
from desktop.ui.fields import Choice
from desktop.ui.jobs import Progress
from desktop.ui.page import Empty, Page
from desktop.ui.rows import RowsModel
from desktop.ui.saving import open_file
from desktop.ui.tables import Table
from desktop.ui.typed import Typed
from desktop.ui.widgets import NONE, Card, across, button, cleared, down, fill, grid, ground, label, named, scrolling, stacked
from desktop.values.digits import foreign, ntr, number, plain
from desktop.values.places import data_folder
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Column, Unit
from desktop.values.writing import writing

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

FILES = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.tsv"
DATE_NAMES = {
    "auto": N_("as the file shows"), "jalali": N_("Jalali"), "ymd": N_("year-month-day"), "dmy": N_("day-month-year"),
    "mdy": N_("month-day-year"),
}  # fmt: skip
SHOWN = 200  # refused rows in sight; the file of refused rows holds them all
REFUSED = (
    Column("row", N_("Row"), Unit.COUNT), Column("field", N_("Column"), Unit.TEXT), Column("value", N_("In the cell"), Unit.TEXT),
    Column("reason", N_("Why not"), Unit.TEXT),
)  # fmt: skip


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


class Wait(QWidget):
    """What is under way, how far it is, and the way to stop it."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self._says, self.bar = label("", "soft", wrap=False), named(QProgressBar(), tr("How far it is"))
        self.stop = button(tr("Stop"), stop)
        across(self._says, (self.bar, 1), self.stop, edge=NONE, on=self)
        self.hide()

    def begin(self, sentence: str) -> None:
        self._says.setText(sentence)
        self.bar.setRange(0, 0)
        self.show()

    def show_share(self, share: float, _sentence: str) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(share * 1000))


class Plan(QWidget):
    """The columns as they were understood, what only the person can tell, and what will not be taken."""

    def __init__(self, again: Callable[[Options], None], go: Callable[[], None]) -> None:
        super().__init__()
        self._again = again
        self.says, self.refusal, self.ways = label("", "h3"), label("", "bad"), across()
        self.fields: dict[str, Choice] = {}
        card, inside = Card(), ground("clear")
        self.grid = grid(16, 4, 0, 0, 1, on=inside)
        card.box.addWidget(scrolling(inside, sideways=True))
        self.refused = _RefusedRows()
        self.strict = QCheckBox(tr("Take nothing if any row cannot be taken"))
        self.strict.clicked.connect(lambda on: again(replace(self.asked, strict=on)))
        self.go = button("", go, kind="primary")
        foot = across(self.strict, None, self.go)
        down(self.says, self.refusal, self.ways, (card, 3), (self.refused, 2), foot, edge=NONE, on=self)

    def show_look(self, seen: Look, asked: Options) -> None:
        """How the file was understood, and what would come of it."""
        self.asked = asked
        self.refusal.setText(" ".join(one.sentence for one in seen.asked))
        self.refusal.setVisible(bool(seen.asked))
        outcome = seen.outcome
        found = ntr("{n} row was found.", "{n} rows were found.", seen.rows)
        self.says.setText(f"{found} {outcome.sentence()} {_new_ones(outcome)}".strip() if outcome else found)
        self._show_ways(seen, {one.about for one in seen.asked})
        self._show_columns(seen)
        self.refused.show_rows(outcome)
        self.strict.setChecked(asked.strict)
        ready = outcome is not None and outcome.accepted > 0
        self.go.setEnabled(ready)
        self.go.setText(ntr("Take {n} row", "Take {n} rows", outcome.accepted) if outcome and ready else tr("Nothing to take"))

    def show_refusal(self, sentence: str, asked: Options, field: str) -> None:
        """Why the whole file cannot be taken as it stands, and the choice that would mend it."""
        self.show_look(Look(asked.kind), asked)
        self._show_ways(Look(asked.kind), {field})
        self.says.clear()
        self.refusal.setText(sentence)
        self.refusal.show()
        cleared(self.grid)

    def _show_ways(self, seen: Look, about: set[str]) -> None:
        cleared(self.ways)
        units = ("toman", "rial") if writing().currency == "IRR" else tuple(one for one in UNITS if one in ("major", "minor"))
        ways = [
            ("unit", tr("Amounts"), tuple((one, tr(UNITS[one])) for one in units), self.asked.unit or seen.unit or None),
            ("dates", tr("Dates"), tuple((one, tr(DATE_NAMES[one])) for one in DATES), self.asked.dates),
        ]
        if "decimal" in about or self.asked.decimal:
            ways.append(("decimal", tr("Decimal mark"), ((".", "."), (",", ",")), self.asked.decimal))
        if len(seen.sheets) > 1:
            ways.append(("sheet", tr("Sheet"), tuple((one, one) for one in seen.sheets), seen.sheet or None))
        for name, title, offered, now in ways:
            choice = Choice(offered, empty=None if now in dict(offered) else tr("choose"))
            choice.set_value(now)
            named(choice, title, name)
            choice.activated.connect(lambda _, name=name, choice=choice: self._again(replace(self.asked, **{name: choice.value()})))
            self.ways.addWidget(label(title, wrap=False))
            self.ways.addWidget(choice)
        self.ways.addStretch(1)

    def _show_columns(self, seen: Look) -> None:
        """Each column of the file: its header, some of its values, what it is taken for."""
        cleared(self.grid)
        self.fields = {}
        offered = tuple((one.name, tr(one.title) + (" *" if one.needed else "")) for one in KINDS[seen.kind].fields)
        for at, title in enumerate((tr("In the file"), tr("Taken for"), tr("For example"))):
            self.grid.addWidget(label(title, "small", wrap=False), 0, at)
        for row, guess in enumerate(seen.columns, 1):
            examples = [line[guess.place - 1] for line in seen.sample[:3] if guess.place <= len(line) and line[guess.place - 1]]
            example = label("   ".join(foreign(one[:40]) for one in examples), "soft", wrap=False)
            example.setMinimumWidth(40)
            choice = named(Choice(offered, empty=tr("not taken")), plain(guess.header))
            choice.setMinimumWidth(220)
            choice.set_value(guess.field or None)
            choice.activated.connect(lambda _: self._mapped(seen))
            self.fields[str(guess.place)] = choice
            for column, widget in enumerate((label(foreign(guess.header), wrap=False), choice, example)):
                self.grid.addWidget(widget, row, column)
        self.grid.setRowStretch(len(seen.columns) + 1, 1)

    def _mapped(self, seen: Look) -> None:
        """Every column is from now on what the person says."""
        headers = {str(guess.place): guess.header for guess in seen.columns}
        taken = {choice.value(): headers[place] for place, choice in self.fields.items() if choice.value()}
        gone = {guess.field: "" for guess in seen.columns if guess.field and guess.field not in taken}
        self._again(replace(self.asked, mapping=gone | taken))


class End(QWidget):
    """What was taken, what was not, and the way back."""

    def __init__(self, take_back: Callable[[], None], see: Callable[[], None]) -> None:
        super().__init__()
        self.errors: Path | None = None
        self.says = label("", "h3")
        self.see = button(tr("See them in the list"), see, "eye", "primary")
        self.back = button(tr("Take this import back"), take_back, "undo-2")
        self.file = button(tr("The rows that were not taken"), lambda: open_file(self.errors), "file-spreadsheet")
        self.refused = _RefusedRows()
        down(self.says, across(self.see, self.back, self.file, None), (self.refused, 99), None, edge=NONE, on=self)

    def show_outcome(self, outcome: Outcome, errors: Path | None) -> None:
        self.errors = errors
        self.says.setText(f"{outcome.sentence()} {_new_ones(outcome)}".strip())
        self.back.setEnabled(outcome.batch is not None)
        self.see.setVisible(outcome.batch is not None)
        self.file.setVisible(errors is not None)
        self.refused.show_rows(outcome)
        self.refused.head.setText(ntr("{n} row was not taken:", "{n} rows were not taken:", outcome.refused))


class _RefusedRows(Card):
    """The rows that are not taken, each with its reason."""

    def __init__(self) -> None:
        super().__init__()
        self.head = label("", "bad", wrap=False)
        self.model = RowsModel(REFUSED)
        self.table = named(Table(self.model), tr("Rows that cannot be taken"))
        fill(self.box, self.head, self.table)

    def show_rows(self, outcome: Outcome | None) -> None:
        refusals = outcome.refusals if outcome else ()
        self.setVisible(bool(refusals))
        if outcome is None or not refusals:
            return
        self.head.setText(ntr("{n} row cannot be taken:", "{n} rows cannot be taken:", outcome.refused))
        titles = {one.name: tr(one.title) for one in KINDS[outcome.kind].fields}
        shown = enumerate(refusals[:SHOWN])
        self.model.show_rows([(at, "final", one.row, titles.get(one.field, one.field), one.value, one.reason) for at, one in shown])
        self.table.fit()


def _new_ones(outcome: Outcome) -> str:
    """Which things the import brings that the book did not have."""
    made = {name: count for name, count in outcome.created.items() if count}
    if not made:
        return ""
    said = "، ".join(f"{tr(ENTITIES[name].title) if name in ENTITIES else name} {number(count)}" for name, count in made.items())
    return tr("New ones: {things}.", things=said)


def _errors_file(path: Path) -> Path:
    stamp = dt.datetime.now().strftime("%Y-%m-%dT%H%M%S")  # noqa: DTZ005 - the person's own clock
    folder = data_folder() / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{path.stem[:50]}-{stamp}.csv"  # a disk takes no longer names than 255 bytes
