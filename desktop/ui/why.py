"""«چرا؟»: what a number means, how it was computed, how it went, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import kpi
from desktop.charts import Trend
from desktop.kpi.kpi import Answer, Kpi, Scope
from desktop.ui.moves import MoveLabel, move
from desktop.ui.pages.cells import behind
from desktop.ui.panel import Panel, label
from desktop.ui.rows import RowsModel
from desktop.ui.tables import ROW, Table
from desktop.ui.theme import rtl, theme
from desktop.ui.typed import Typed
from desktop.values.digits import number
from desktop.values.period import Period, month_name
from desktop.values.plural import ntr
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

WIDE, MOST, MONTHS = 600, 500, 36
NAME = 168  # px that names keep: these tables are walked along anyway


def _label(text: str, kind: str = "") -> QLabel:
    made = label(text, kind)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Why(Panel):
    """The answer, its formula with this period's numbers, each part's rows in a tab, and a long trend to walk about in.

    A line of two KPIs has a switch between them.
    """

    def __init__(self, desk: Desk, answers: Sequence[Answer], scope: Scope, close: Callable[[], None]) -> None:
        super().__init__(tr(kpi.BY_KEY[answers[0].key].title), close)
        self.setFixedWidth(WIDE)
        self.desk, self.answers, self.scope = desk, tuple(answers), scope
        if len(answers) > 1:
            self.box.addWidget(self._switch())
        self.inside = QWidget()
        self.box.addWidget(self.inside, 1)
        self.show_kpi(answers[0].key)

    def _switch(self) -> QFrame:
        frame, self.group = QFrame(), QButtonGroup(self)
        frame.setObjectName("card")
        line = QHBoxLayout(frame)
        line.setContentsMargins(2, 2, 2, 2)
        line.setSpacing(0)
        for answer in self.answers:
            one = kpi.BY_KEY[answer.key]
            button = QPushButton(tr(one.short or one.title))
            button.setObjectName("seg")
            button.setCheckable(True)
            button.setChecked(answer is self.answers[0])
            button.clicked.connect(lambda _, key=answer.key: self.show_kpi(key))
            self.group.addButton(button)
            line.addWidget(button, 1)
        return frame

    def show_kpi(self, key: str) -> None:
        """One of the line's KPIs, from the top."""
        answer = next(one for one in self.answers if one.key == key)
        one, asked = kpi.BY_KEY[key], kpi.of_tile(kpi.BY_KEY[key], self.scope)
        old, self.inside = self.inside, QWidget()
        self.box.replaceWidget(old, self.inside)
        old.deleteLater()
        self.set_title(tr(one.title))
        box = QVBoxLayout(self.inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(_label(tr(one.help)))
        box.addLayout(self._figures(one, answer))
        for sentence in (answer.why_null or answer.why_lamp, _range(one, answer), answer.note):
            if sentence:
                box.addWidget(_label(sentence, "soft"))
        box.addSpacing(8)
        box.addWidget(_label(tr("How it is computed"), "h3"))
        box.addWidget(_label(tr(one.formula_text)))
        self.numbers = _label("", "h3")
        self.numbers.hide()
        box.addWidget(self.numbers)
        self.parts = QGridLayout()
        self.parts.setVerticalSpacing(4)
        self.parts.setHorizontalSpacing(16)
        self.parts.setColumnStretch(2, 1)
        box.addLayout(self.parts)
        box.addSpacing(8)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setMinimumHeight(9 * ROW)
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # a long trend's own wish is far too tall
        box.addWidget(self.tabs, 1)
        self._ask(answer, asked)

    def typed(self) -> Typed:
        return replace(super().typed(), more=self._key)

    def type_again(self, typed: Typed) -> None:
        if typed.more != self._key:
            self.show_kpi(typed.more)
            for answer, button in zip(self.answers, self.group.buttons(), strict=True):
                button.setChecked(answer.key == typed.more)
        super().type_again(typed)

    def _figures(self, one: Kpi, answer: Answer) -> QHBoxLayout:
        """The number, large, and what it is compared with."""
        line = QHBoxLayout()
        line.setSpacing(12)
        big = _label(one.unit.write(answer.value), "big")
        big.setWordWrap(False)
        line.addWidget(big)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        if (moved := move(one, answer, answer.previous)).text:
            words.addWidget(MoveLabel(moved))
        before = tr("{period}: {value}", period=answer.before.label(self.scope.calendar), value=one.unit.write(answer.previous))
        words.addWidget(_label(before, "small"))
        words.addStretch(1)
        line.addLayout(words, 1)
        return line

    def _ask(self, answer: Answer, asked: Scope) -> None:
        one, store = kpi.BY_KEY[answer.key], self.desk.store

        def ask() -> Any:
            with store.reading() as s:
                explained = kpi.explain(s, answer.key, asked)
                return answer.key, explained, [kpi.rows(s, answer.key, asked, part, MOST) for part in range(len(explained.parts))]

        def ask_trend() -> Any:
            with store.reading() as s:
                return answer.key, kpi.trend(s, answer.key, asked, MONTHS)

        self._key = answer.key
        self.desk.jobs.quick(ask, self._show)
        if not one.slow:
            self.desk.jobs.long(ask_trend, self._show_trend)

    def _show(self, found: Any) -> None:
        key, explained, parts = found
        if key != self._key:
            return
        if explained.numbers:
            self.numbers.setText(explained.numbers)
            self.numbers.show()
        for at, ((_, title, _, count), value) in enumerate(zip(explained.parts, explained.written, strict=True)):
            for column, (text, kind) in enumerate(((tr(title), "soft"), (value, "h3"))):
                made = _label(text, kind)
                made.setWordWrap(False)
                self.parts.addWidget(made, at, column)
            self.parts.addWidget(_label(ntr("{n} row", "{n} rows", count), "small"), at, 2)
        seen = set()
        for at, rows in enumerate(parts):
            if rows.title in seen or (at and not rows.total):
                continue
            seen.add(rows.title)
            model = RowsModel(rows.columns, behind)
            model.show_rows([(row[0], "final", *row[1:]) for row in rows.rows])
            table = Table(model)
            table.setAccessibleName(tr(rows.title))
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
        known = points[first:]
        trend = Trend(
            tuple(value for _, value in known), tuple(_month(period) for period, _ in known), one.unit,
            exact=tuple(f"{_month(period)}: {one.unit.write(value)}" for period, value in known),
        )  # fmt: skip
        page = Explorer(trend, tr(one.title))
        self.tabs.insertTab(1, page, tr("Trend"))  # second, whichever answer comes first: it is in sight without turning the tabs
        self.tabs.currentChanged.connect(lambda _: page.open() if self.tabs.currentWidget() is page else None)


class Explorer(QWidget):
    """A place for a long trend, which is made when it is first looked at."""

    def __init__(self, trend: Trend, name: str) -> None:
        super().__init__()
        self._trend, self._name = trend, name
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 8, 0, 0)

    def open(self) -> None:
        if self._box.count():
            return
        from desktop.charts.explore import LongTrend  # numpy and pyqtgraph: only for whoever explores

        shown = LongTrend(theme().figures, self._trend, self._name, rtl=rtl())
        if shown.word:
            self._box.addWidget(label(shown.word, "small", wrap=False))
        self._box.addWidget(shown, 1)
        hint = tr("Wheel: nearer or farther; drag: along the months; double click: everything again.")
        self._box.addWidget(label(hint, "small", wrap=False))


def _range(one: Kpi, answer: Answer) -> str:
    if answer.low is None or answer.high is None or (answer.note and one.unit.number(answer.low) in answer.note):
        return ""
    return tr("Between {low} and {high} (95%).", low=one.unit.write(answer.low), high=one.unit.write(answer.high))


def _month(period: Period) -> str:
    return month_name(period.start, period.month_calendar() or "jalali")
