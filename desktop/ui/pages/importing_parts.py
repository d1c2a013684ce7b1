"""The parts of the import page: the wait, the file as it was understood, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QProgressBar, QWidget

from desktop.shop.importing import DATES, UNITS, Look, Options, Outcome
from desktop.shop.things import ENTITIES, KINDS
from desktop.ui.fields import Choice
from desktop.ui.rows import RowsModel
from desktop.ui.saving import open_file
from desktop.ui.tables import Table
from desktop.ui.widgets import NONE, Card, across, button, clear, cleared, down, fill, grid, label, named, scrolling
from desktop.values.column import Column
from desktop.values.digits import foreign, number, plain
from desktop.values.plural import ntr
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

DATE_NAMES = {
    "auto": N_("as the file shows"), "jalali": N_("Jalali"), "ymd": N_("year-month-day"), "dmy": N_("day-month-year"),
    "mdy": N_("month-day-year"),
}  # fmt: skip
SHOWN = 200  # refused rows in sight; the file of refused rows holds them all
REFUSED = (
    Column("row", N_("Row"), Unit.COUNT), Column("field", N_("Column"), Unit.TEXT), Column("value", N_("In the cell"), Unit.TEXT),
    Column("reason", N_("Why not"), Unit.TEXT),
)  # fmt: skip


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
        card, inside = Card(), clear()
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
        self.refusal.setText(" ".join(seen.questions.values()))
        self.refusal.setVisible(bool(seen.questions))
        outcome = seen.outcome
        found = ntr("{n} row was found.", "{n} rows were found.", seen.rows)
        self.says.setText(f"{found} {outcome.sentence()} {_new_ones(outcome)}".strip() if outcome else found)
        self._show_ways(seen)
        self._show_columns(seen)
        self.refused.show_rows(outcome)
        self.strict.setChecked(asked.strict)
        ready = outcome is not None and not seen.questions and outcome.accepted > 0
        self.go.setEnabled(ready)
        self.go.setText(ntr("Take {n} row", "Take {n} rows", outcome.accepted) if outcome and ready else tr("Nothing to take"))

    def show_refusal(self, sentence: str, asked: Options, field: str) -> None:
        """Why the whole file cannot be taken as it stands, and the choice that would mend it."""
        self.show_look(Look(asked.kind, questions={field: sentence}), asked)
        self.says.clear()
        cleared(self.grid)

    def _show_ways(self, seen: Look) -> None:
        cleared(self.ways)
        units = ("toman", "rial") if writing().currency == "IRR" else tuple(one for one in UNITS if one in ("major", "minor"))
        ways = [
            ("unit", tr("Amounts"), tuple((one, tr(UNITS[one])) for one in units), self.asked.unit or seen.unit or None),
            ("dates", tr("Dates"), tuple((one, tr(DATE_NAMES[one])) for one in DATES), self.asked.dates),
        ]
        if "decimal" in seen.questions or self.asked.decimal:
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
