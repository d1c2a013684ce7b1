"""The parts of «امروز» around the lamps: the day in one line, the month day by day, the sellers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.charts import Bars, Bullet, Canvas, Level
from desktop.charts.canvas import text_width
from desktop.charts.view import BarsView
from desktop.kpi.board import Board, Call, DayBar, Today
from desktop.shop.drafts import PAYMENT_NAMES
from desktop.ui.rows import RowsModel
from desktop.ui.tables import ROW, Table
from desktop.ui.theme import rtl, theme
from desktop.ui.widgets import Card, across, button, cleared, figured, fill, grid, label, named
from desktop.values.day import month_name, write_day, ymd
from desktop.values.digits import ntr, number, plain
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Column, Unit

SHOWN_PAYMENTS, GAP = 3, 24  # ways of payment named one by one, px between figures
LINE = 30  # px of a line of words with a button in it
money = Unit.MONEY.short


class DayLine(Card):
    """The day in one line: sales, invoices, how it was paid, profit - against this weekday's usual."""

    def __init__(self) -> None:
        super().__init__(across=True, edge=(16, 2, 16, 2), gap=0)
        self.setAccessibleName(tr("The day"))
        self.setFixedHeight(54)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._today: Today | None = None
        self._shown: list[tuple[str, str]] = []

    def show_today(self, today: Today) -> None:
        """The day's figures; as many ways of payment as there is room for, the others together."""
        self._today = today
        choices = [self._pieces(today, most) for most in range(min(SHOWN_PAYMENTS, len(today.payments)), -1, -1)]
        fitting = next((pieces for pieces in choices if sum(map(_width, pieces)) - GAP <= self.width() - 32), choices[-1])
        if fitting != self._shown:
            self._shown = fitting
            self._lay(fitting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._today is not None:
            self.show_today(self._today)

    def _lay(self, pieces: list[tuple[str, str]]) -> None:
        cleared(self.box)
        for at, (figure, under) in enumerate(pieces):
            wall = (GAP // 2, _wall(), GAP // 2) if at else ()
            fill(self.box, *wall, figured(figure, under))
        self.box.addStretch(1)
        self.setAccessibleDescription(plain("؛ ".join(f"{under}: {figure}" for figure, under in pieces)))

    def _pieces(self, today: Today, most: int) -> list[tuple[str, str]]:
        """Each figure with what it is; ``most`` ways of payment by name."""
        pieces = [(write_day(today.day, weekday=True), tr("today")), (money(today.net), _usual(today))]
        orders = tr("usually {n}", n=number(round(today.usual_orders))) if today.usual_orders is not None else tr("recorded today")
        pieces.append((ntr("{n} invoice", "{n} invoices", today.orders), orders))
        shown = today.payments[:most]
        pieces += [(money(net), tr(PAYMENT_NAMES[kind]) if kind in PAYMENT_NAMES else tr("payment not said")) for kind, net in shown]
        if shown and (rest := sum(net for _, net in today.payments[len(shown) :])):
            pieces.append((money(rest), tr("other payments")))
        if today.profit is not None:
            pieces.append((money(today.profit), tr("gross profit")))
        return pieces


def _usual(today: Today) -> str:
    if not today.usual_net or today.usual_net < 0:
        return tr("sold today")
    holes = {"share": number(today.net / today.usual_net * 100, percent=True), "amount": money(today.usual_net)}
    return tr("sold; {share} of usual ({amount})", **holes)


def _width(piece: tuple[str, str]) -> float:
    """How much room a figure takes, gap and all."""
    figure, under = piece
    return max(text_width(figure, 17, 600), text_width(under, 12)) + GAP + 2


def _wall() -> QFrame:
    made = QFrame()
    made.setObjectName("wall")
    made.setFixedHeight(32)
    return made


def _head(edge: int, *words: QLabel) -> QHBoxLayout:
    """Title and what is said beside it; ``edge``: as far in as what stands below."""
    return across(*words, None, gap=12, edge=(edge, 0, edge, 0))


class DayCard(Card):
    """Net sales of each day against the target's pace; mouse and arrow keys read the exact amounts."""

    def __init__(self) -> None:
        super().__init__(edge=(16, 10, 16, 6), gap=4)
        self.title, self.says = label(tr("Sales day by day"), "h2", wrap=False), label("", "small", wrap=False)
        self.view = BarsView(theme(), tr("Sales day by day"))
        self.view.setMinimumHeight(110)
        fill(self.box, _head(0, self.title, self.says), (self.view, 1))

    def show_board(self, board: Board) -> None:
        self.view.show_figure(day_figure(board))
        calendar = board.scope.calendar
        days = Period.between(board.days[0].day, board.days[-1].day).label(calendar) if board.days else ""
        self.title.setText(tr("Sales day by day, {period}", period=days))
        target = tr("Target: {amount}", amount=money(board.target))
        self.says.setText(tr("No target is set for these days.") if board.target is None else target)


def day_figure(board: Board) -> Bars:
    """The month's days as bars: closed days dim, today's best named, the target's pace and what is needed from now as lines."""
    days, calendar = board.days, board.scope.calendar
    sold = [(day.net or 0, at) for at, day in enumerate(days) if day.net]
    ahead = next((at for at, day in enumerate(days) if day.net is None), len(days))
    needed = board.needed_per_day if ahead < len(days) else None
    levels = [Level(needed, tr("needed from now on: {amount}", amount=money(needed)), ahead)] if needed else []
    pace = board.pace_per_day
    if needed and pace and abs(needed - pace) < 0.06 * max(needed, pace):
        pace = None  # two lines on top of each other say less than one
    if pace:
        levels.insert(0, Level(pace, tr("even pace: {amount}", amount=money(pace))))
    return Bars(
        values=tuple(day.net for day in days),
        labels=tuple(_tick(day, at, len(days), calendar) for at, day in enumerate(days)),
        quiet=frozenset(at for at, day in enumerate(days) if day.closed),
        levels=tuple(levels),
        exact=tuple(_exact(day) for day in days),
        best=max(sold)[1] if len(sold) > 1 else None,
    )


def _tick(day: DayBar, at: int, count: int, calendar: str) -> str:
    """First and last with their month's name, every fifth by its number."""
    of_month = ymd(day.day, calendar)[2]
    if at in (0, count - 1):
        # Translators: a day under a chart, e.g. 3 Aban.
        return tr("{day} {month}", day=number(of_month), month=month_name(day.day, calendar, year=False))
    return number(of_month) if of_month % 5 == 0 else ""


def _exact(day: DayBar) -> str:
    said = f"{write_day(day.day)}: {Unit.MONEY.write(day.net)}"
    return f"{said} ({day.holiday})" if day.holiday else said


COLUMNS = (
    Column("name", N_("Seller"), Unit.TEXT),
    Column("net", N_("Sales"), Unit.MONEY, "others"),
    Column("margin", N_("Margin"), Unit.SHARE, "cost"),
    Column("won", N_("Won"), Unit.COUNT),
    Column("activities", N_("Activities"), Unit.COUNT),
    Column("attainment", N_("To target"), Unit.SHARE),
)
TEAM = ("gross_margin", "target_attainment")  # what the row of all together needs of the board
SPARE = ("won", "activities", "attainment")  # columns that a shop without deals, activities or targets does not see


class SellerCard(Card):
    """Who sold what, best first, then all together. Opening a row (Enter, double click) asks for this seller alone."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(edge=(10, 10, 10, 4), gap=2)
        self.title, self.says = label(tr("Sellers"), "h2", wrap=False), label("", "small", wrap=False)
        self.model = RowsModel(COLUMNS, self._written)
        self.table = named(Table(self.model), tr("Sellers"), "sellers")
        self.table.setItemDelegateForColumn(len(COLUMNS) - 1, TowardsTarget(self.table))
        self.table.opened.connect(lambda row: self.chosen.emit(row or None))
        self._step, self._places, self._count = 10, 1, 0
        fill(self.box, _head(6, self.title, self.says), (self.table, 1))

    def wanted(self) -> int:
        """The height at which every row is in sight, up to seven."""
        return 44 + ROW + ROW * min(7, self._count)

    def show_board(self, board: Board) -> None:
        lines = board.sellers
        self._count = len(lines) + 1
        top = max((abs(line.net) for line in lines), default=0)
        self._step, word = Unit.MONEY.scale(top)
        self._places = (1 if top >= 10 * self._step else 2) if any(line.net % self._step for line in lines) else 0
        self.says.setText(word)
        shown = "revenue", "gross_margin", "won_deals", "activities", "target_attainment"
        rows: list[tuple[Any, ...]] = [(line.seller or 0, "final", line.name, *(line.numbers[key] for key in shown)) for line in lines]
        if len(lines) > 1:
            rows.append(_sum(board))
        self.model.show_rows(rows)
        for at, column in enumerate(COLUMNS):
            self.table.setColumnHidden(at, column.key in SPARE and not any(row[at + 2] for row in rows))
        self.table.share_out_by_content()

    def _written(self, column: Column, value: Any, _row: Sequence[Any]) -> str:
        if column.key == "net":
            return Unit.MONEY.on_scale(value, self._step, self._places)
        return column.unit.number(value)


def _sum(board: Board) -> tuple[Any, ...]:
    """The row of all together: the team's own numbers where the board has them, not a sum of ratios."""
    net, won, done = (sum(line.numbers[key] or 0 for line in board.sellers) for key in ("revenue", "won_deals", "activities"))
    margin, aim = (found.value if (found := board.answers.get(key)) else None for key in TEAM)
    return 0, "sum", tr("All together"), net, margin, won, done, aim


class CallCard(Card):
    """Whom to call today; a name opens the customer."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(edge=(10, 10, 10, 8), gap=4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.calls: tuple[Call, ...] = ()
        self.phones: list[QWidget] = []
        self._wide = 0.0
        self.lines = grid(12, 0, 0, 0, 0, 1)
        words = label(tr("Whom to call today"), "h2", wrap=False), label(tr("regular customers who are late"), "small", wrap=False)
        fill(self.box, _head(6, *words), self.lines)

    def wanted(self) -> int:
        """The height at which every line is in sight."""
        return 48 + LINE * len(self.calls)

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        if calls == self.calls:
            return
        self.calls, self.phones = calls, []
        cleared(self.lines)
        widths: list[tuple[float, float, float]] = []
        for at, call in enumerate(calls):
            name = button(Unit.TEXT.write(call.name), partial(self.chosen.emit, call.customer), kind="link")
            name.setFixedHeight(LINE)
            phone = label(Unit.CODE.write(call.phone) if call.phone else "", "soft", wrap=False)
            holes = {"every": number(call.every), "silent": number(call.silent)}
            said = tr("used to come every {every} days; not seen for {silent} days", **holes)
            self.lines.addWidget(name, at, 0, Qt.AlignmentFlag.AlignLeading)
            self.lines.addWidget(label(said, "soft", wrap=False), at, 1)
            self.lines.addWidget(phone, at, 2)
            self.phones.append(phone)
            widths.append((text_width(call.name, 13, 600) + 12, text_width(said, 13), text_width(call.phone or "", 13)))
        self.setFixedHeight(self.wanted())
        self._wide = sum(map(max, zip(*widths, strict=True))) + 2 * 12 + 24
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room the sentences keep theirs."""
        for phone in self.phones:
            phone.setVisible(self.width() >= self._wide)


class TowardsTarget(QStyledItemDelegate):
    """How much of the target is reached, as a number over a thin bar; a dash where there is no target."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        share = index.data(Qt.ItemDataRole.UserRole)
        super().paint(painter, option, index)
        if share is None:
            return
        box = QRectF(option.rect).adjusted(10, 0, -10, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        Bullet(share).draw(Canvas(painter, theme(), rtl()), QRectF(box.left(), box.bottom() - 7, box.width(), 3))
        painter.restore()
