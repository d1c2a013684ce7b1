"""«امروز»: the day's line, the month read aloud, the lamps, the days of the month and the sellers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop import kpi
from desktop.kpi.board import Board
from desktop.kpi.kpi import Answer, Scope
from desktop.shop.search import sellers
from desktop.ui.memory import preferences
from desktop.ui.page import Empty, Page
from desktop.ui.pages.today_parts import TEAM, CallCard, DayCard, DayLine, SellerCard
from desktop.ui.period_bar import YEAR, PeriodBar
from desktop.ui.theme import icon, rtl, theme
from desktop.ui.tiles import HEIGHT, Tile
from desktop.ui.typed import Typed
from desktop.ui.widgets import NONE, across, button, down, grid, ground, scrolling
from desktop.values.digits import ntr, plain
from desktop.values.text import N_, tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

SLOW = frozenset(one.key for one in kpi.ALL if one.slow)
PAIRS = {line[0]: line[1] for line in kpi.LINES if len(line) > 1}
FIRST = tuple(line[0] for line in kpi.LINES)
GAP, NARROWEST = 8, 216  # px between tiles, and below which a tile is too narrow
LOWEST, HIGHEST = 200, 460  # px: the month's chart and the sellers beside it
TALLEST, WELCOME = 148, (230, 360)  # px: a tile with room to spare, and the card of an empty shop
EDGE, BAR = 14, 10  # px of the page's margin that a scroll bar may stand in, and its own


class TodayPage(Page):
    """Asks the board whenever days, seller or the book change; slow numbers and trends follow."""

    key = "today"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, tr("Today"))
        self.subtitle.show()
        self.body.setContentsMargins(*_mirrored(24, 12, 24 - EDGE, 6))
        self.head.setContentsMargins(*_mirrored(0, 0, EDGE, 0))
        self._generation, self._columns = 0, 0
        self._known: Scope | None = None
        self._due: set[str] = set()  # asked, and not yet answered to the end
        self.primary(tr("Record a sale"), self.begin).setToolTip("F2")
        self.bar = PeriodBar([], stage.as_of)
        self.bar.chosen.connect(self.refresh)
        self.bar.line.setContentsMargins(*_mirrored(0, 0, EDGE, 0))
        self.body.addWidget(self.bar)
        self.tiles: dict[str, Tile] = {}
        self.order = [key for key in str(preferences().value("tiles", "")).split(",") if key in kpi.BY_KEY] or list(FIRST)
        self._build()
        self._lay()

    # Building

    def _build(self) -> None:
        self.welcome, self.day, self.chart, self.sellers, self.calls = self._welcome(), DayLine(), DayCard(), SellerCard(), CallCard()
        self.sellers.chosen.connect(self.bar.seller.set_value)
        self.calls.chosen.connect(lambda row: self.stage.open_form("customer", row))
        self.low, self.rest = QWidget(), QWidget()
        self.side = down((self.sellers, 1), gap=GAP)
        across((self.chart, 3), (self.side, 2), gap=GAP, edge=NONE, on=self.low)
        self.grid, self.rest_grid = grid(GAP, GAP), grid(GAP, GAP, edge=NONE, on=self.rest)
        self.rest.hide()
        self.more = button("", picture="chevron-down", kind="link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self.show_all)
        inside = ground("clear")
        parts = self.welcome, self.day, (self.grid, 3), (self.low, 4), self.calls, across(self.more, None), self.rest, None
        self.inside = down(*parts, gap=GAP, on=inside)
        self._leave_edge(0, 0)
        self.area = scrolling(inside)
        self.area.verticalScrollBar().rangeChanged.connect(self._leave_edge)
        self.body.addWidget(self.area, 1)
        self._say_more(False)

    def _leave_edge(self, _: int, most: int) -> None:
        """The cards end where the head ends, with a scroll bar beside them or without."""
        self.inside.setContentsMargins(*_mirrored(0, 0, EDGE - BAR if most else EDGE, 0))

    def _welcome(self) -> Empty:
        more = (
            (tr("Bring from Excel"), "file-spreadsheet", lambda: self.stage.go("importing")),
            (tr("See it with a demo shop"), "eye", self.stage.host.open_demo),
        )
        found = Empty(
            tr("Record the first sale and the lamps light up one by one; each dark one says what it is waiting for."),
            tr("Record a sale"), self.begin, tr("The road is still dark"), more,
        )  # fmt: skip
        found.hide()
        return found

    def _lay(self) -> None:
        """The chosen tiles in their order, the others under «همهٔ شاخص‌ها»; as many columns as fit."""
        width = self.area.viewport().width() or 1100
        self._columns = next((n for n in (6, 4, 3) if width >= n * (NARROWEST + GAP) and (n < 6 or width >= 2100)), 2)
        wanted = dict.fromkeys(self.order, False)
        paired = {PAIRS[key] for key in self.order if key in PAIRS}
        rest = [one.key for one in kpi.ALL if one.key not in wanted and one.key not in paired]
        if self.more.isChecked():
            wanted |= dict.fromkeys(rest, True)
        for key in [key for key, tile in self.tiles.items() if wanted.get(key) is not tile.compact]:
            self.tiles.pop(key).deleteLater()
        for key, compact in wanted.items():
            if key not in self.tiles:
                self.tiles[key] = self._tile(key, compact=compact)
        _place(self.grid, [self.tiles[key] for key in self.order], self._columns)
        _place(self.rest_grid, [self.tiles[key] for key in rest if key in self.tiles], self._columns)

    def _tile(self, key: str, *, compact: bool) -> Tile:
        tile = Tile(key, "" if compact else PAIRS.get(key, ""), compact=compact)
        tile.clicked.connect(lambda: self._asked(tile))
        tile.customContextMenuRequested.connect(lambda at: self._menu(tile, tile.mapToGlobal(at)))
        return tile

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Columns by width; chart and sellers take what the tiles leave of the height."""
        self._lay()
        tall = self.area.viewport().height()
        rows = -(-len(self.order) // self._columns)
        tiles = rows * (HEIGHT + GAP)
        above = (self.day.height() + GAP) * self.day.isVisibleTo(self)
        left = tall - above - tiles - self.more.sizeHint().height() - 2 * GAP
        spare = max(0, left - HIGHEST) + max(0, min(left, HIGHEST) - LOWEST) // 3
        given = min(TALLEST - HEIGHT, spare // rows)
        self.welcome.setFixedHeight(min(max(left - given * rows, WELCOME[0]), WELCOME[1]))
        for tile in (self.tiles[key] for key in self.order):
            tile.setFixedHeight(HEIGHT + given)
        low = max(LOWEST, self.sellers.wanted(), min(HIGHEST + 100, left - given * rows))
        self.low.setFixedHeight(low)
        if low >= self.sellers.wanted() + GAP + self.calls.wanted():
            self.side.addWidget(self.calls)
        else:
            self.inside.insertWidget(self.inside.indexOf(self.low) + 1, self.calls)

    # What a person does here

    def _asked(self, tile: Tile) -> None:
        """A lit tile says why; an unlit one opens the form that lights it."""
        if tile.answer is None:
            return
        if tile.entry:
            self.stage.start(tile.entry)
        else:
            self.stage.why([found for found in (tile.answer, tile.other) if found], self.scope())

    def _menu(self, tile: Tile, at: QPoint) -> None:
        """The owner chooses which lamps stand here, and in which order."""
        menu, key = QMenu(self), tile.key
        menu.addAction(tr("Why this number?"), lambda: self._asked(tile))
        menu.addAction(tr("Copy the number"), lambda: QGuiApplication.clipboard().setText(tile.number)).setEnabled(bool(tile.number))
        menu.addSeparator()
        if key in self.order:
            place, last = self.order.index(key), len(self.order) - 1
            menu.addAction(tr("Move earlier"), lambda: self._move(key, place - 1)).setEnabled(place > 0)
            menu.addAction(tr("Move later"), lambda: self._move(key, place + 1)).setEnabled(place < last)
            menu.addAction(tr("Hide this lamp"), lambda: self.choose([one for one in self.order if one != key])).setEnabled(last > 0)
        else:
            menu.addAction(tr("Show among the lamps"), lambda: self.choose([*self.order, key]))
        menu.addSeparator()
        menu.addAction(tr("The twelve first lamps again"), lambda: self.choose(list(FIRST)))
        menu.exec(at)
        menu.deleteLater()

    def _move(self, key: str, place: int) -> None:
        others = [one for one in self.order if one != key]
        self.choose([*others[:place], key, *others[place:]])

    def choose(self, order: list[str]) -> None:
        """These lamps, in this order, from now on and on the next start."""
        self.order = order
        preferences().setValue("tiles", ",".join(order))
        self._fit()
        self._say_more(self.more.isChecked())
        self.refresh()

    def show_all(self, shown: bool) -> None:
        """Every other KPI stands below, or not."""
        self._lay()
        self.rest.setVisible(shown)
        self._say_more(shown)
        if shown:
            self.refresh()
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.rest, 0, 0))

    def _say_more(self, shown: bool) -> None:
        count = len(kpi.ALL) - len(self.order) - sum(key in PAIRS for key in self.order)
        self.more.setText(tr("All KPIs") if shown else ntr("All KPIs ({n} more)", "All KPIs ({n} more)", count))
        self.more.setAccessibleName(plain(self.more.text()))
        self.more.setIcon(icon("chevron-up" if shown else "chevron-down", theme().accent_ink, 16))

    # Asking

    def typed(self) -> Typed:
        return replace(super().typed(), more=self.bar.kept())

    def type_again(self, typed: Typed) -> None:
        self.bar.keep(typed.more)
        super().type_again(typed)

    def scope(self) -> Scope:
        return Scope(self.bar.period, self.stage.as_of, self.bar.seller.value(), self.bar.calendar)

    def refresh(self, tables: frozenset[str] = frozenset()) -> None:
        """Asks what can have moved: everything, or the KPIs that read ``tables`` and those still being waited for."""
        self._generation += 1
        if not tables or "seller" in tables:
            self.bar.offer(self.desk.read(sellers))
        scope, yearly = self.scope(), self.bar.against.value() == YEAR
        if scope != self._known:
            self._known = scope
            for tile in self.tiles.values():
                tile.forget()
        for tile in self.tiles.values():
            tile.compare(_against(scope, yearly=yearly), yearly=yearly)
        shown = [key for tile in self.tiles.values() for key in (tile.key, tile.second) if key]
        keys = [key for key in shown if not tables or key in self._due or kpi.BY_KEY[key].moved_by(tables)]
        self._due |= set(keys)
        self._ask(self._generation, scope, keys, yearly=yearly)

    def _ask(self, mine: int, scope: Scope, keys: list[str], *, yearly: bool) -> None:
        """The numbers first, on the quick lane; then, on the long lane, their trends and the slow numbers."""
        quick, slow = [key for key in keys if key not in SLOW], [key for key in keys if key in SLOW]
        trends = [key for key in quick if not getattr(self.tiles.get(key), "compact", False)]

        def ask(s: Any) -> tuple[Board, dict[str, Answer]]:
            board = kpi.board(s, scope, dict.fromkeys((*TEAM, *([] if yearly else quick))))
            return board, kpi.tiles(s, scope, quick, last_year=True) if yearly else board.answers

        def show(found: tuple[Board, dict[str, Answer]]) -> None:
            if mine != self._generation:
                return
            board, answers = found
            self._show(board)
            ahead = [] if board.empty else trends
            self._show_answers(mine, answers, {key for key in quick if key not in ahead})
            if ahead:
                follow(ahead, lambda s: {key: kpi.with_trend(s, answers[key], scope) for key in ahead})
            if slow:
                follow(slow, lambda s: kpi.tiles(s, scope, slow, last_year=yearly))

        def follow(keys: list[str], work: Callable[[Any], dict[str, Answer]]) -> None:
            self.desk.ask(work, lambda more: self._show_answers(mine, more, set(keys)), self.stage.failed, slow=True)

        self.desk.ask(ask, show, self.stage.failed)

    def heard(self, tables: frozenset[str]) -> None:
        self.refresh(tables)

    def _show_answers(self, mine: int, found: dict[str, Answer], settled: set[str]) -> None:
        """The tiles say what was found; answers of an older question are dropped."""
        if mine != self._generation:
            return
        self._due -= settled
        for tile in self.tiles.values():
            for key in (tile.key, tile.second):
                if key in found:
                    tile.show_answer(found[key])

    def _show(self, board: Board) -> None:
        self.subtitle.setText(board.sentence)
        changed = self.welcome.isVisibleTo(self) != board.empty
        self.welcome.setVisible(board.empty)
        self.day.setVisible(not board.empty)
        self.low.setVisible(not board.empty)
        self.day.show_today(board.today)
        self.chart.show_board(board)
        self.sellers.show_board(board)
        changed |= board.calls != self.calls.calls
        self.calls.show_calls(board.calls)
        self.calls.setVisible(bool(board.calls))
        if changed or self.low.height() < self.sellers.wanted():
            self._fit()


def _mirrored(start: int, top: int, end: int, bottom: int) -> tuple[int, int, int, int]:
    """Margins from the reading edge, for a layout that knows only left and right."""
    return (end, top, start, bottom) if rtl() else (start, top, end, bottom)


def _place(grid: QGridLayout, tiles: list[Tile], columns: int) -> None:
    """The tiles row by row; Tab follows the same way."""
    while grid.count():
        grid.takeAt(0)
    for at in range(max(grid.columnCount(), columns)):
        grid.setColumnStretch(at, 1 if at < columns else 0)
    for at, tile in enumerate(tiles):
        grid.addWidget(tile, at // columns, at % columns)
        tile.show()
        if at:
            QWidget.setTabOrder(tiles[at - 1], tile)


AGAINST = {
    "month": (N_("from the same point last month"), N_("from last month")),
    "day": (N_("from the day before"), N_("from the day before")),
    "other": (N_("from the same point before"), N_("from the period before")),
}


def _against(scope: Scope, *, yearly: bool) -> tuple[str, ...]:
    """What the arrows count from: exactly, and shorter for a narrow tile."""
    if yearly:
        return (tr("from last year"),)
    kind = "month" if scope.period.month_calendar() else "day" if scope.period.days == 1 else "other"
    running = scope.as_of in scope.period and scope.period.last != scope.as_of
    return tuple(tr(said) for said in AGAINST[kind][0 if running else 1 :])
