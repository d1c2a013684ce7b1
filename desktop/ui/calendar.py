"""A month to pick a day from, in the person's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QCalendar, QDate, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QShowEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QWidget

from desktop.ui.theme import icon, onward, rtl, theme
from desktop.ui.widgets import down
from desktop.values.digits import local
from desktop.values.text import language, tr
from desktop.values.writing import writing

SIZE = (292, 268)
_OFF = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)  # what Qt draws red, and Iran works on


class Month(QFrame):
    """A popup under ``below``; ``taken`` hears the day that is clicked or chosen with Enter, Esc closes it."""

    def __init__(self, below: QWidget, day: dt.date, taken: Callable[[dt.date], object]) -> None:
        super().__init__(below, Qt.WindowType.Popup)
        self.setObjectName("finds")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl() else Qt.LayoutDirection.LeftToRight)
        self._taken = taken
        self.days = _days(day)
        self.days.clicked.connect(self._take)
        self.days.activated.connect(self._take)
        down(self.days, edge=(6, 6, 6, 6), on=self)
        self.setFixedSize(*SIZE)
        left = below.width() - self.width() if rtl() else 0
        self.move(below.mapToGlobal(QPoint(left, below.height() + 2)))

    def _take(self, day: QDate) -> None:
        self.close()
        self._taken(dt.date(day.year(), day.month(), day.day()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.days.setFocus()


class _Days(QCalendarWidget):
    """The days of other months are pale."""

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate | dt.date) -> None:
        assert isinstance(date, QDate)
        if date.month(self.calendar()) == self.monthShown():
            super().paintCell(painter, rect, date)
            return
        painter.setPen(QColor(theme().dim))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, local(str(date.day(self.calendar()))))


def _days(day: dt.date) -> QCalendarWidget:
    made = _Days()
    made.setAccessibleName(tr("Day"))
    made.setCalendar(QCalendar(QCalendar.System.Jalali if writing().calendar == "jalali" else QCalendar.System.Gregorian))
    persian = language() == "fa"
    made.setLocale(QLocale(QLocale.Language.Persian, QLocale.Country.Iran) if persian else QLocale(QLocale.Language.English))
    made.setFirstDayOfWeek(Qt.DayOfWeek.Saturday if persian else Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    for weekday in _OFF:
        made.setWeekdayTextFormat(weekday, QTextCharFormat())
    if persian:
        off = QTextCharFormat()
        off.setForeground(QBrush(QColor(theme().bad)))
        made.setWeekdayTextFormat(Qt.DayOfWeek.Friday, off)
    made.setSelectedDate(QDate(day.year, day.month, day.day))
    for name, back in (("qt_calendar_prevmonth", True), ("qt_calendar_nextmonth", False)):
        if isinstance(button := made.findChild(QToolButton, name), QToolButton):
            button.setIcon(icon(onward(back=back), px=16))
    return made
