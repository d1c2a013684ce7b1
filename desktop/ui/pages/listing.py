"""A page of plain lists: search, filter, sort, add, open, let go and bring back - one tab a listing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.shop.lists import Filter
from desktop.shop.things import LISTED, LISTINGS
from desktop.ui.acts import Verbs, let_go, open_row, perform, verbs
from desktop.ui.fields import Choice
from desktop.ui.listed import ListModel
from desktop.ui.memory import preferences
from desktop.ui.page import Empty, Page
from desktop.ui.pages.cells import written
from desktop.ui.period_bar import SPANS, span
from desktop.ui.picker import Entry
from desktop.ui.sidebar import FOOT
from desktop.ui.tables import Table
from desktop.ui.theme import at_start, icon, theme
from desktop.ui.typed import Typed
from desktop.ui.widgets import Card, across, button, down, fill, label, named, stacked, tabs, tip
from desktop.values.digits import ntr
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

DAYS = frozenset({"day", "opened"})  # of what has one of these, some days can be asked for
PATIENCE = 200  # ms before an answer that is not there yet is said to be on its way


class ListTab(QWidget):
    """One listing: its search line, its table, its empty state."""

    def __init__(self, page: Page, key: str) -> None:
        super().__init__()
        self.page, self.key, self.listing, self.thing = page, key, LISTINGS[key], LISTED[key]
        self._known: Filter | None = None

        self.model = ListModel(self.listing, partial(written, key), page.desk.ask)
        self.table = named(Table(self.model), tr(self.listing.title), f"table-{key}")
        self.table.key = key
        self.table.verbs = self._verbs
        card = Card(edge=(1, 6, 1, 6))
        self.sums = label("", "soft", wrap=False)
        self.sums.setContentsMargins(12, 0, 12, 0)
        self.sums.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        fill(card.box, self.table, self.sums)
        if all(column.unit is not Unit.MONEY or column.key in self.listing.prices for column in self.listing.columns):
            self.sums.hide()
        nothing = Empty(tr("Nothing here fits."), tr("Show everything"), self.show_everything, icon="x")
        self.stack = stacked(card, self._empty(), nothing)
        down(self._bar(), (self.stack, 1), edge=(0, 6, 0, 0), on=self)
        self._wait = QTimer(self, singleShot=True, interval=120)
        self._wait.timeout.connect(self.refresh)
        self._late = QTimer(self, singleShot=True, interval=PATIENCE)
        self._late.timeout.connect(lambda: self.count.setText(tr("Loading …")))
        by, _, falling = str(preferences().value(f"sort/{key}", "")).partition(",")
        if any(column.key == by for column in self.listing.columns):
            self.model.sorted_by = (by, falling == "1")
        self.search.textChanged.connect(self._wait.start)
        self.search.returnPressed.connect(self.table.setFocus)  # the arrows walk what was found
        self.all.toggled.connect(self.refresh)
        self.table.opened.connect(lambda row: open_row(page.stage, self.thing, row))
        self.table.removed.connect(lambda row: let_go(page.stage, self.thing, row, str(self._row(row)[1])))
        self.table.order_wanted.connect(self.sort)
        self.table.said.connect(self.page.stage.say)
        self.model.told.connect(self._tell)
        self.model.goal.connect(self.table.stand_on)
        self.model.failed.connect(self._failed)

    def _bar(self) -> QHBoxLayout:
        title = tr("Search here …")
        self.search = named(Entry(placeholderText=title, alignment=at_start(), clearButtonEnabled=True), title, f"search-{self.key}")
        self.search.setMinimumWidth(90)
        self.search.setMaximumWidth(320)
        self.search.addAction(icon("search", theme().soft, 18), QLineEdit.ActionPosition.LeadingPosition)
        column, every, choices = self.thing.narrow or ("", "", ())
        self.narrow, self.when = self._narrowing(choices, every), self._narrowing(SPANS[:-1], N_("All days"))
        archived, dated = hasattr(self.listing.table, "archived"), any(one.key in DAYS for one in self.listing.columns)
        self.all = QCheckBox(tr("Archived ones too") if archived else tr("Void ones too"))
        for part, there in ((self.narrow, column), (self.when, dated), (self.all, archived or hasattr(self.listing.table, "status"))):
            if not there:
                part.hide()
        self.count = label("", "soft", wrap=False)
        return across((self.search, 1), self.narrow, self.when, self.all, None, self.count)

    def _narrowing(self, choices: tuple[tuple[Any, str], ...], every: str) -> Choice:
        choice = Choice(tuple((value, tr(title)) for value, title in choices), empty=every and tr(every))
        choice.setAccessibleName(choice.itemText(0))
        choice.currentIndexChanged.connect(lambda _: self.refresh())
        return choice

    def _empty(self) -> Empty:
        stage = self.page.stage
        bring = (tr("Bring from Excel"), "file-spreadsheet", lambda: stage.go("importing"))
        demo = (tr("See it with a demo shop"), "eye", stage.host.open_demo)
        more = (bring,) * bool(self.thing.kind) + (demo,) * (not stage.demo and self.thing.place not in FOOT)
        picture = next((one.picture for one in FOOT if one.key == self.thing.begins), "plus")
        empty = Empty(tr(self.thing.empty), self.new, self.start, more=more, icon=picture)
        empty.button.setVisible(bool(self.new))
        return empty

    @property
    def new(self) -> str:
        """What the button is called that makes a new one; empty where none is made by hand."""
        return tr(self.thing.new) if self.thing.new else ""

    # What is shown

    @property
    def filter(self) -> Filter:
        chosen, when = self.narrow.value(), self.when.value()
        only = ((self.thing.narrow[0], chosen),) if self.thing.narrow and chosen else ()
        days = span(when, self.page.stage.as_of, writing().calendar) if when else None
        return Filter(self.search.text(), days, self.all.isChecked(), only, *self.model.sorted_by)

    def sort(self, column: str) -> None:
        """A click on a header: rising, falling, then the list's own order again."""
        if column not in self.model.sortable:
            return
        by, down = self.model.sorted_by
        self.model.sorted_by = (column, False) if by != column else (column, True) if not down else ("", False)
        preferences().setValue(f"sort/{self.key}", f"{self.model.sorted_by[0]},{int(self.model.sorted_by[1])}")
        self.refresh()

    def show_everything(self) -> None:
        self.search.clear()
        self.narrow.set_value(None)
        self.when.set_value(None)
        self.refresh()

    def refresh(self) -> None:
        """Asks the book again for what is in sight, or for other rows."""
        self._late.start()
        if (chosen := self.filter) == self._known:
            self.model.again()
        else:
            self._known = chosen
            self.model.begin(chosen)

    def stand_on(self, row: int) -> None:
        """The row is the current one as soon as the list is here, wherever in it that is."""
        self._wait.stop()
        self.refresh()
        self.model.told.connect(lambda: self.model.seek(row), Qt.ConnectionType.SingleShotConnection)

    def _tell(self) -> None:
        """How many rows there are and what their money comes to, as far as that is known."""
        model = self.model
        self.stack.setCurrentIndex(1 if model.bare else 0 if model.total else 2)
        if not model.counted:
            return
        self._late.stop()
        rows = ntr("{n} row", "{n} rows", model.total)
        money = any(column.unit is Unit.MONEY for column in model.columns)
        self.count.setText("" if model.bare else tr("{rows}, in {unit}", rows=rows, unit=Unit.MONEY.word) if money else rows)
        sums = [f"{tr(one.title)} {Unit.MONEY.whole(model.sums[one.key])}" for one in model.columns if model.sums.get(one.key)]
        self.sums.setText(tr("Sums in {unit}: {sums}", unit=Unit.MONEY.word, sums=" · ".join(sums)) if sums else "")
        self.sums.setToolTip(tip(self.sums.text()))
        if model.total:
            self.table.follow()

    def _failed(self, error: BaseException) -> None:
        self._late.stop()
        self.count.setText(tr("It could not be read."))
        self.page.stage.failed(error)

    # What a person does here

    def start(self) -> None:
        self.page.stage.start(self.thing.key)

    def _row(self, key: int) -> tuple[Any, ...]:
        at = self.model.position(key)
        found = None if at is None else self.model.at(at)
        assert found is not None, "only a row that is here has verbs"
        return found

    def _verbs(self, key: int) -> Verbs:
        row = self._row(key)
        return verbs(self.page.stage, self.thing, self.thing.shown(row), str(row[1]))


class ListPage(Page):
    """One or several listings under one title."""

    def __init__(self, stage: Stage, key: str, title: str, listings: tuple[str, ...]) -> None:
        super().__init__(stage, tr(title))
        self.key = key
        self.add = self.primary("", self.begin)
        self.tabs = [ListTab(self, name) for name in listings]
        for one in self.tabs[0].thing.besides:
            beside = button(tr(one.title), partial(perform, stage, self.tabs[0].thing, one.act, {}))
            beside.setToolTip(tr(one.tip))
            self.head.insertWidget(self.head.count() - 1, beside)
        self.holder = tabs((tab, tr(tab.listing.title)) for tab in self.tabs)
        self.holder.tabBar().setVisible(len(self.tabs) > 1)
        self.holder.currentChanged.connect(lambda _: self.refresh())
        self.body.addWidget(self.holder, 1)

    def current(self) -> ListTab:
        return self.tabs[self.holder.currentIndex()]

    def show_listing(self, key: str) -> None:
        self.holder.setCurrentIndex([tab.key for tab in self.tabs].index(key))

    def typed(self) -> Typed:
        return replace(super().typed(), more=self.current().table.chosen())

    def type_again(self, typed: Typed) -> None:
        super().type_again(typed)
        if typed.more is not None:
            self.current().stand_on(typed.more)

    def begin(self) -> None:
        self.current().start()

    @property
    def looks(self) -> QLineEdit:
        return self.current().search

    def refresh(self) -> None:
        self.rename(self.add, self.current().new)
        self.current().refresh()
