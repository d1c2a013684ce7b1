"""«چرا؟»: what a number means, how it was computed, how it went, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import kpi
from desktop.charts import Trend
from desktop.kpi.kpi import Answer, Kpi, Scope
from desktop.ui.moves import MoveLabel, move
from desktop.ui.pages.cells import behind
from desktop.ui.panel import Panel
from desktop.ui.rows import RowsModel
from desktop.ui.tables import ROW, Table
from desktop.ui.theme import rtl, theme
from desktop.ui.typed import Typed
from desktop.ui.widgets import NONE, across, down, grid, label, named, switch, tabs
from desktop.values.day import month_name
from desktop.values.digits import ntr, number
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WIDE, MOST, MONTHS = 600, 500, 36
NAME = 168  # px that names keep: these tables are walked along anyway


class Why(Panel):
    """The answer, its formula with this period's numbers, each part's rows in a tab, and a long trend to walk about in.

    A line of two KPIs has a switch between them.
    """

    def __init__(self, desk: Desk, answers: Sequence[Answer], scope: Scope, close: Callable[[], None]) -> None:
        super().__init__(kpi.BY_KEY[answers[0].key].called(answers[0].period), close)
        self.setFixedWidth(WIDE)
        self.desk, self.answers, self.scope = desk, tuple(answers), scope
        if len(answers) > 1:
            titles = {one.key: tr(one.short or one.title) for one in (kpi.BY_KEY[answer.key] for answer in answers)}
            frame, _, self.buttons = switch(titles, answers[0].key, self.show_kpi, stretch=1)
            self.box.addWidget(frame)
        self.inside = QWidget()
        self.box.addWidget(self.inside, 1)
        self.show_kpi(answers[0].key)

    def show_kpi(self, key: str) -> None:
        """One of the line's KPIs, from the top."""
        answer = next(one for one in self.answers if one.key == key)
        one, asked = kpi.BY_KEY[key], kpi.of_tile(kpi.BY_KEY[key], self.scope)
        old, self.inside = self.inside, QWidget()
        self.box.replaceWidget(old, self.inside)
        old.deleteLater()
        self.set_title(one.called(answer.period))
        said = [sentence for sentence in (answer.why_null or answer.why_lamp, _range(one, answer), answer.note) if sentence]
        self.numbers = _words("", "h3")
        self.numbers.hide()
        self.parts = grid(16, 4, 0, 0, 1)
        self.tabs = tabs()
        self.tabs.setMinimumHeight(9 * ROW)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # a long trend's own wish is far too tall
        down(
            _words(tr(one.help)), self._figures(one, answer), *(_words(sentence, "soft") for sentence in said), 8,
            _words(tr("How it is computed"), "h3"), _words(one.in_words()), self.numbers, self.parts, 8, (self.tabs, 1),
            gap=6, edge=NONE, on=self.inside,
        )  # fmt: skip
        self._ask(answer, asked)

    def typed(self) -> Typed:
        return replace(super().typed(), more=self._key)

    def type_again(self, typed: Typed) -> None:
        if typed.more != self._key:
            self.show_kpi(typed.more)
            self.buttons[typed.more].setChecked(True)
        super().type_again(typed)

    def _figures(self, one: Kpi, answer: Answer) -> QHBoxLayout:
        """The number, large, and what it is compared with."""
        moved = move(one, answer, answer.previous)
        before = tr("{period}: {value}", period=answer.before.label(self.scope.calendar), value=one.unit.write(answer.previous))
        words = down(None, *([MoveLabel(moved)] if moved.text else []), _words(before, "small"), None, gap=0)
        return across(_words(one.unit.write(answer.value), "big", wrap=False), (words, 1), gap=12)

    def _ask(self, answer: Answer, asked: Scope) -> None:
        key = self._key = answer.key

        def ask(s: Any) -> Any:
            explained = kpi.explain(s, key, asked)
            return key, explained, [kpi.rows(s, key, asked, part, MOST) for part in range(len(explained.parts))]

        self.desk.ask(ask, self._show)
        if not kpi.BY_KEY[key].slow:
            self.desk.ask(lambda s: (key, kpi.trend(s, key, asked, MONTHS)), self._show_trend, slow=True)

    def _show(self, found: Any) -> None:
        key, explained, parts = found
        if key != self._key:
            return
        if explained.numbers:
            self.numbers.setText(explained.numbers)
            self.numbers.show()
        for at, ((_, title, _, count), value) in enumerate(zip(explained.parts, explained.written, strict=True)):
            for column, (text, kind) in enumerate(((tr(title), "soft"), (value, "h3"))):
                self.parts.addWidget(_words(text, kind, wrap=False), at, column)
            self.parts.addWidget(_words(ntr("{n} row", "{n} rows", count), "small"), at, 2)
        seen = set()
        for at, rows in enumerate(parts):
            if rows.title in seen or (at and not rows.total):
                continue
            seen.add(rows.title)
            model = RowsModel(rows.columns, behind)
            model.show_rows([(row[0], "final", *row[1:]) for row in rows.rows])
            table = named(Table(model), tr(rows.title))
            table.narrowest = NAME
            place = self.tabs.count() if at else 0
            self.tabs.insertTab(place, table, f"{tr(rows.title)} ({number(rows.total)})")
            table.fit()
        self.tabs.setCurrentIndex(0)

    def _show_trend(self, found: Any) -> None:
        """The months so far, from the first that is not empty; pyqtgraph comes with the first look."""
        key, points = found
        first = next((at for at, (_, value) in enumerate(points) if value), None)
        if key != self._key or first is None or len(points) - first < 3:
            return
        one = kpi.BY_KEY[key]
        known, calendar = points[first:], self.scope.calendar
        trend = Trend(
            tuple(value for _, value in known), tuple(month_name(period.start, calendar) for period, _ in known), one.unit,
            exact=tuple(f"{period.label(calendar)}: {one.unit.write(value)}" for period, value in known),
            running=not known[-1][0].month_calendar(),
        )  # fmt: skip
        page = QWidget()
        self.tabs.insertTab(1, page, tr("Trend"))  # second, whichever answer comes first: it is in sight without turning the tabs
        self.tabs.currentChanged.connect(lambda _: _explore(page, trend, one) if self.tabs.currentWidget() is page else None)


def _explore(page: QWidget, trend: Trend, one: Kpi) -> None:
    """The long trend stands on its page, made when that is first looked at."""
    if page.layout():
        return
    from desktop.charts.explore import LongTrend  # numpy and pyqtgraph: only for whoever explores

    shown = LongTrend(theme(), trend, tr(one.title), rtl=rtl())
    hint = tr("Wheel: nearer or farther; drag: along the months; double click: everything again.")
    word = [label(shown.word, "small", wrap=False)] if shown.word else []
    down(*word, (shown, 1), label(hint, "small", wrap=False), edge=(0, 8, 0, 0), on=page)


def _words(text: str, kind: str = "", *, wrap: bool = True) -> QLabel:
    return label(text, kind, wrap=wrap, readable=True)


def _range(one: Kpi, answer: Answer) -> str:
    if answer.low is None or answer.high is None or (answer.note and one.unit.number(answer.low) in answer.note):
        return ""
    return tr("Between {low} and {high} (95%).", low=one.unit.write(answer.low), high=one.unit.write(answer.high))
