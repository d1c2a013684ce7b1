"""Which days the numbers speak of: a month with ‹ ›, the usual spans, and any two days; against what; one seller or all."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.charts.canvas import text_width
from desktop.ui.fields import Choice, Sought, day_field, glance
from desktop.ui.theme import onward
from desktop.ui.widgets import NONE, across, icon_button, label, named, switch
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.writing import writing

DAY = dt.timedelta(days=1)
SPANS = (
    ("day", N_("Today")), ("yesterday", N_("Yesterday")), ("week", N_("This week")), ("month", N_("This month")),
    ("before", N_("Last month")), ("quarter", N_("Quarter")), ("year", N_("Year")), ("own", N_("Any days")),
)  # fmt: skip
BEFORE, YEAR = "before", "year"
WIDEST = 236  # px of a choice
LEAVE_FIRST = ("quarter", "yesterday", "week", "year")  # the arrows reach these too


def span(name: str, today: dt.date, calendar: str) -> Period:
    """One of the usual spans, seen from ``today``."""
    month = Period.month(today, calendar)
    return {
        "day": Period.day(today), "yesterday": Period.day(today - DAY), "week": Period.week(today), "month": month,
        "before": Period.month(month.start - DAY, calendar), "quarter": Period.quarter(today, calendar),
        "year": Period.year(today, calendar),
    }[name]  # fmt: skip


def beside(period: Period, calendar: str, *, before: bool) -> Period:
    """The span of the same kind just ``before`` or after: month, quarter, year, or as many days."""
    for kind in (Period.month, Period.quarter, Period.year):
        if kind(period.start, calendar) == period:
            return kind(period.start - DAY if before else period.end, calendar)
    days = period.end - period.start
    return Period(period.start - days, period.start) if before else Period(period.end, period.end + days)


def _least(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())


class PeriodBar(QWidget):
    """Tells ``chosen`` whenever days, comparison or seller change."""

    chosen = Signal()

    def __init__(self, sellers: list[tuple[int, str]], today: dt.date) -> None:
        super().__init__()
        self.calendar, self.today = writing().calendar, today
        self.period = Period.month(today, self.calendar)
        self.back = icon_button(onward(back=True), tr("The span before"), lambda: self._step(before=True))
        self.name = label("", "h2", wrap=False, centred=True)
        self.name.setMinimumWidth(96)
        self.forth = icon_button(onward(), tr("The span after"), lambda: self._step(before=False))
        spans, self.group, self.buttons = switch({key: tr(title) for key, title in SPANS}, "month", self.take)
        for button in self.buttons.values():
            button.setMinimumWidth(round(text_width(button.text(), 13, 600)) + 18)  # the chosen one is bold
        self.first, self.last = named(day_field(), tr("From")), named(day_field(), tr("Until"))
        for field in (self.first, self.last):
            field.setFixedWidth(128)
            field.setPlaceholderText(field.accessibleName())
            field.editingFinished.connect(self._own)
            field.hide()
        self.line = across(self.back, self.name, self.forth, spans, self.first, self.last, None, gap=8, edge=NONE, on=self)
        against = Choice(((BEFORE, tr("Against the period before")), (YEAR, tr("Against last year"))))
        self.against = named(against, tr("Compared with"))
        self.seller = named(Sought(empty=tr("All sellers")), tr("Seller"))
        self.offer(sellers)
        for choice in (self.against, self.seller):
            choice.setMinimumWidth(min(WIDEST, choice.sizeHint().width()))
            choice.setMaximumWidth(WIDEST)
            choice.currentIndexChanged.connect(lambda _: self.chosen.emit())
            self.line.addWidget(choice)
        self._say()

    def _step(self, *, before: bool) -> None:
        self.show_period(beside(self.period, self.calendar, before=before))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the spans that the arrows reach too, and then the comparison, leave their room to the others."""
        for widget in self._leaving():
            widget.show()
        self.line.activate()
        missing = self.line.minimumSize().width() - self.width()
        for widget in self._leaving():
            if missing > 0 and widget is not self.group.checkedButton():
                missing -= _least(widget)
                widget.hide()

    def _leaving(self) -> tuple[QWidget, ...]:
        return (*(self.buttons[key] for key in LEAVE_FIRST), self.against)

    def minimumSizeHint(self) -> QSize:
        """The room it needs when all that can leave has left."""
        gone = (_least(one) for one in self._leaving() if one.isVisibleTo(self) and one is not self.group.checkedButton())
        return super().minimumSizeHint() - QSize(sum(gone), 0)

    def offer(self, sellers: list[tuple[int, str]]) -> None:
        """These sellers can be chosen; whoever is chosen stays so."""
        chosen = self.seller.value()
        with QSignalBlocker(self.seller):
            while self.seller.count() > 1:
                self.seller.removeItem(1)
            for row, name in sellers:
                self.seller.addItem(name, row)
            self.seller.set_value(chosen)
        self.seller.setMinimumWidth(min(WIDEST, self.seller.sizeHint().width()))
        self._fit()

    def take(self, key: str) -> None:
        """One of the usual spans; «دلخواه» asks for two days."""
        self._show_days(key == "own")
        self.buttons[key].setChecked(True)
        if key == "own":
            self.first.set_value(self.period.start)
            self.last.set_value(self.period.last)
            self._fit()
            self.first.setFocus()
        else:
            self.show_period(span(key, self.today, self.calendar))

    def show_period(self, period: Period) -> None:
        """These days from now on; the usual span that they are, if they are one, is marked."""
        self.period = period
        found = next((key for key, _ in SPANS[:-1] if span(key, self.today, self.calendar) == period), None)
        self.group.setExclusive(False)
        for key, button in self.buttons.items():
            button.setChecked(key == (found or ("own" if self.first.isVisibleTo(self) else "")))
        self.group.setExclusive(True)
        self._say()
        self.chosen.emit()

    def kept(self) -> tuple[str, Period]:
        """The button that is down («» where none is) and the days."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), ""), self.period

    def keep(self, kept: tuple[str, Period]) -> None:
        """The same span, seen from today."""
        key, period = kept
        self._show_days(key == "own")
        self.show_period(period if key in ("", "own") else span(key, self.today, self.calendar))

    def _show_days(self, shown: bool) -> None:
        self.first.setVisible(shown)
        self.last.setVisible(shown)

    def _own(self) -> None:
        first, last = glance(self.first), glance(self.last)
        if first and last and last >= first and Period.between(first, last) != self.period:
            self.show_period(Period.between(first, last))

    def _say(self) -> None:
        self.name.setText(self.period.label(self.calendar))
        self._fit()
