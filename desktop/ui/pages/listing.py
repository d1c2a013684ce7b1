"""A page of plain lists: search, add, open, void - one tab a listing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop import kpi
from desktop.shop.entities import ACTIVITY_KINDS, COST_KINDS, DIRECTIONS, ENTITIES, LEAD_STATUSES, remove
from desktop.shop.lists import LISTINGS, Filter
from desktop.ui.fields import Card
from desktop.ui.page import Empty, Page
from desktop.ui.tables import RowsModel, Table
from desktop.ui.theme import icon, theme
from desktop.values.column import Column
from desktop.values.text import N_, ntr, tr

if TYPE_CHECKING:
    from desktop.ui.window import Window

PAYMENTS = {"cash": N_("cash"), "card": N_("card"), "transfer": N_("transfer"), "credit": N_("on credit"), "cheque": N_("cheque"),
            "other": N_("other")}  # fmt: skip
KINDS = {"sale": N_("sale"), "return": N_("return"), "lump": N_("day's takings")}
_WORDS: dict[str, dict[str, str]] = {
    "payment": PAYMENTS,
    "kind": KINDS | dict(ACTIVITY_KINDS) | dict(COST_KINDS),
    "status": dict(LEAD_STATUSES) | {"void": N_("void")},
    "direction": dict(DIRECTIONS),
}

EMPTY = {
    "sales": N_("Every sale you record stands here; all numbers come from them."),
    "products": N_("Your goods: with their purchase price, profit is known from the first sale."),
    "customers": N_("Your customers: with a name on the invoice you see who comes back."),
    "sellers": N_("Who sells here? With a seller on each sale you see who sold what."),
    "leads": N_("A lead is someone who asked and has not bought yet. Write them down, and you know your conversion rate."),
    "deals": N_("A deal is a sale in the making. Follow it from stage to stage until it is won or lost."),
    "activities": N_("Calls, visits, messages: what was done for a sale, and what is due."),
    "campaigns": N_("Campaigns: what they cost and what they brought."),
    "costs": N_("Costs: advertising for the cost of a new customer, pay and rent for the whole picture."),
    "targets": N_("A target for the team or each seller; the lamps show whether you are on pace."),
    "nps": N_("Ask customers: from 0 to 10, how likely would you recommend us? Enter the answers here."),
    "imports": N_("What you bring from Excel stands here, and each import can be taken back as one step."),
    "changes": N_("Every change of the book: who, when, what."),
}


def written(column: Column, value: Any) -> str:
    """A cell's text: codes that the program keeps as words are said in the person's language."""
    if column.key in _WORDS and value in _WORDS[column.key]:
        return tr(_WORDS[column.key][value])
    if column.key == "kpi" and value in kpi.BY_KEY:
        return tr(kpi.BY_KEY[value].title)
    return column.unit.number(value)


class ListTab(QWidget):
    """One listing: its search line, its table, its empty state."""

    def __init__(self, page: Page, key: str) -> None:
        super().__init__()
        self.page, self.listing = page, LISTINGS[key]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        bar = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search here …"))
        self.search.setObjectName(f"search-{key}")
        self.search.setAccessibleName(tr("Search here …"))
        self.search.setMaximumWidth(320)
        self.search.addAction(icon("search", theme().soft, 18), QLineEdit.ActionPosition.LeadingPosition)
        bar.addWidget(self.search)
        self.count = QLabel()
        self.count.setObjectName("soft")
        bar.addWidget(self.count)
        bar.addStretch(1)
        self.all = QCheckBox(tr("Void and archived too"))
        bar.addWidget(self.all)
        whole.addLayout(bar)
        self.model = RowsModel(self.listing.columns, self.cell)
        self.table = Table(self.model)
        self.table.setObjectName(f"table-{key}")
        self.table.setAccessibleName(tr(self.listing.title))
        card = Card()
        card.box.setContentsMargins(1, 6, 1, 6)
        card.box.addWidget(self.table)
        self.stack = QStackedWidget()
        self.stack.addWidget(card)
        entity = ENTITIES.get(self.listing.entity)
        action = tr("Add {thing}", thing=tr(entity.title)) if entity else tr("Record a sale") if key == "sales" else ""
        empty = Empty(tr(EMPTY[key]), action or tr("Bring from Excel"), lambda: self.start())
        self.stack.addWidget(empty)
        whole.addWidget(self.stack, 1)
        self._wait = QTimer(self, singleShot=True, interval=120)
        self._wait.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda: self._wait.start())
        self.all.toggled.connect(lambda: self.refresh())
        self.table.opened.connect(self.open)
        self.table.removed.connect(self.remove)
        self.table.near_end.connect(self.more)
        self._asked, self._total, self._fitted = 0, 0, False

    def cell(self, column: Column, value: Any) -> str:
        if self.listing.key == "targets" and column.key == "value":
            return column.unit.number(value)
        if self.listing.key == "changes" and column.key == "name":
            return tr(value) if "{" not in value else tr(value).replace("{name}", "").strip()
        if self.listing.key in ("imports", "changes") and column.key in ("counts", "holes") and value:
            held = json.loads(value)
            return "، ".join(f"{v}" for v in held.values() if not isinstance(v, dict | list))
        return written(column, value)

    @property
    def filter(self) -> Filter:
        return Filter(self.search.text(), None, self.all.isChecked())

    def start(self) -> None:
        """The one thing to do here: a new one."""
        if self.listing.key == "sales":
            self.page.win.sell()
        elif self.listing.entity in ENTITIES:
            self.page.win.open_form(self.listing.entity)
        else:
            self.page.win.go("importing")

    def open(self, row: int) -> None:
        if self.listing.key == "sales":
            self.page.win.open_sale(row)
        elif self.listing.entity in ENTITIES:
            self.page.win.open_form(self.listing.entity, row)

    def remove(self, row: int) -> None:
        if self.listing.key == "sales":
            self.page.win.void_sale(row)
        elif self.listing.entity in ENTITIES:
            self.page.win.attempt(lambda: remove(self.page.desk.store, self.listing.entity, row))

    def refresh(self) -> None:
        self._asked += 1
        asked, chosen = self._asked, self.filter

        def ask() -> tuple[list[Any], int, bool]:
            with self.page.desk.store.reading() as s:
                rows, total = self.listing.page(s, chosen), self.listing.count(s, chosen)
                return rows, total, not total and not self.listing.count(s, Filter(all=True))

        self.page.desk.jobs.quick(ask, lambda answer: self._show(asked, *answer))

    def more(self) -> None:
        if len(self.model.rows) >= self._total:
            return
        asked, chosen, offset, last = self._asked, self.filter, len(self.model.rows), self.model.rows[-1][0]

        def ask() -> list[Any]:
            with self.page.desk.store.reading() as s:
                return self.listing.page(s, chosen, after=last)

        self.page.desk.jobs.quick(ask, lambda rows: asked == self._asked and offset == len(self.model.rows) and self.model.add_rows(rows))

    def _show(self, asked: int, rows: list[Any], total: int, empty: bool) -> None:
        if asked != self._asked:
            return
        self._total = total
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(1 if empty else 0)
        self.count.setText("" if empty else ntr("{n} row", "{n} rows", total))
        if rows and not self._fitted:
            self._fitted = True
            self.table.fit()


class ListPage(Page):
    """One or several listings under one title."""

    def __init__(self, window: Window, key: str, title: str, listings: tuple[str, ...]) -> None:
        super().__init__(window, title)
        self.key = key
        self.tabs = [ListTab(self, name) for name in listings]
        add = self.primary(tr("New"), "plus")
        add.clicked.connect(lambda: self.current().start())
        self.add = add
        if len(self.tabs) == 1:
            self.body.addWidget(self.tabs[0], 1)
            self.holder: QTabWidget | None = None
        else:
            self.holder = QTabWidget()
            self.holder.setDocumentMode(True)
            for tab in self.tabs:
                self.holder.addTab(tab, tr(tab.listing.title))
            self.holder.currentChanged.connect(lambda _: self.current().refresh())
            self.body.addWidget(self.holder, 1)

    def current(self) -> ListTab:
        return self.tabs[self.holder.currentIndex() if self.holder else 0]

    def show_listing(self, key: str) -> None:
        at = next(i for i, tab in enumerate(self.tabs) if tab.listing.key == key)
        if self.holder:
            self.holder.setCurrentIndex(at)

    def refresh(self) -> None:
        self.current().refresh()


