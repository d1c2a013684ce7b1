"""The same month as an Excel file: a sheet of KPIs, one of days and one per list; numbers are numbers, days are days.

Money is in the writing's unit (toman, rial, pounds). Every day stands twice: as the shop writes it, and as a date
that Excel can sort and count with. Text is text: a name that begins with «=» is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop import kpi
from desktop.reports import words
from desktop.values.day import write_day
from desktop.values.digits import plain
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

if TYPE_CHECKING:
    from desktop.reports.monthly import Monthly

Cell = tuple[Unit, Any]
LONGEST = 32_767  # letters; Excel takes no longer cell
LISTS = ("sellers", "products", "customers", "campaigns", "sources", "lost_reasons", "rfm", "abc")


def write_xlsx(m: Monthly, printed: dt.date) -> bytes:
    """The workbook; same month and ``printed``, same bytes."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": tr("Monthly sales report, {month}", month=m.label), "created": _moment(printed)})
        sheets = _Sheets(book, m.language == "fa")
        sheets.add(tr("KPIs"), _kpi_titles(m), _kpi_rows(m), (36, 18, 18, 18, 18, 14, 18, 18, 60))
        sheets.add(tr("The report"), (tr("Name"), tr("As written"), tr("Date")), _about(m, printed), (28, 32, 18))
        sheets.add(tr("Days"), (tr("Day"), tr("Date"), tr("Net sales"), tr("Holiday")), _days(m), (22, 14, 20, 28))
        for name in LISTS:
            keys = [key for key in (m.lists[name][0] if m.lists[name] else {"name": None}) if key != "id"]
            sheets.add(tr(_TITLES[name]), _list_titles(keys), ([*_list_cells(name, keys, row)] for row in m.lists[name]))
        sheets.add(tr("Months of first purchase"), _cohort_titles(m), _cohorts(m))
    return file.getvalue()


class _Sheets:
    """Writes tables of typed cells into ``book``."""

    def __init__(self, book: Any, rtl: bool) -> None:
        money = "#,##0" if writing().currency == "IRR" else "#,##0.00"
        forms = {
            Unit.MONEY: money, Unit.MONEY_PER_DAY: money, Unit.SHARE: "0.0%", Unit.DAYS: "0.0", Unit.RATIO: "0.00", Unit.DAY: "yyyy-mm-dd",
        }  # fmt: skip
        self.book, self.rtl = book, rtl
        self.forms = {unit: book.add_format({"num_format": form}) for unit, form in forms.items()}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def add(self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int] = ()) -> None:
        sheet = self.book.add_worksheet(plain(name)[:31])
        if self.rtl:
            sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(titles):
            sheet.write_string(0, column, plain(title), self.head)
            sheet.set_column(column, column, widths[column] if column < len(widths) else 18)
        for line, row in enumerate(rows, 1):
            for column, (unit, value) in enumerate(row):
                self._put(sheet, line, column, unit, value)

    def _put(self, sheet: Any, line: int, column: int, unit: Unit, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, dt.date):
            sheet.write_datetime(line, column, _moment(value), self.forms[Unit.DAY])
        elif isinstance(value, str):
            sheet.write_string(line, column, plain(value)[:LONGEST])
        else:
            money = unit in (Unit.MONEY, Unit.MONEY_PER_DAY)
            sheet.write_number(line, column, value / writing().scale if money else value, self.forms.get(unit))


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day without a clock


def _both(day: dt.date | None) -> tuple[Cell, Cell]:
    """A day as the shop writes it, and as a date."""
    return (Unit.TEXT, day and write_day(day)), (Unit.DAY, day)


def _about(m: Monthly, printed: dt.date) -> list[list[Cell]]:
    period = m.scope.period
    days = (
        (tr("First day"), period.start), (tr("Last day"), period.last), (tr("Seen on"), m.scope.as_of), (tr("Printed"), printed),
    )  # fmt: skip
    texts = ((tr("Shop"), m.shop), (tr("Month"), m.label), (tr("Money is in"), Unit.MONEY.word), (tr("In one sentence"), words.verdict(m)))
    return [[(Unit.TEXT, name), (Unit.TEXT, text)] for name, text in texts] + [[(Unit.TEXT, name), *_both(day)] for name, day in days]


def _kpi_titles(m: Monthly) -> tuple[str, ...]:
    return (
        tr("KPI"), m.label, tr("Period before"), tr("Same last year"), tr("Target"), tr("Unit"), tr("In a word"), tr("Lamp"), tr("How"),
    )  # fmt: skip


def _kpi_rows(m: Monthly) -> Iterable[list[Cell]]:
    for key, answer in m.answers.items():
        one = kpi.BY_KEY[key]
        numbers = (answer.value, answer.previous, answer.last_year, answer.aim.value if answer.aim else None)
        texts = (one.unit.word, words.word(answer), words.lamp(answer.lamp), tr(one.formula_text))
        yield [(Unit.TEXT, tr(one.title)), *((one.unit, value) for value in numbers), *((Unit.TEXT, text) for text in texts)]


def _days(m: Monthly) -> Iterable[list[Cell]]:
    for bar in m.board.days:
        yield [*_both(bar.day), (Unit.MONEY, bar.net), (Unit.TEXT, bar.holiday if bar.closed else "")]


def _list_titles(keys: Sequence[str]) -> list[str]:
    titles = []
    for key in keys:
        titles.append(tr(kpi.BY_KEY[key].title) if key in kpi.BY_KEY else tr(_WORDS[key]))
        if key in _DAYS:
            titles.append(tr("Date"))
    return titles


def _list_cells(name: str, keys: Sequence[str], row: dict[str, Any]) -> Iterable[Cell]:
    for key in keys:
        value = row.get(key)
        if key in _DAYS:
            yield from _both(dt.date.fromisoformat(value) if value else None)
        elif key in kpi.BY_KEY:
            yield kpi.BY_KEY[key].unit, value
        else:
            yield _UNITS.get(key, Unit.TEXT), tr(_NOBODY[name]) if value is None and name in _NOBODY else value


def _cohort_titles(m: Monthly) -> list[str]:
    width = max((len(row["active"]) for row in m.lists["cohorts"]), default=0)
    return [tr("Month"), tr("First buyers"), *(str(k) for k in range(width))]


def _cohorts(m: Monthly) -> Iterable[list[Cell]]:
    for row in m.lists["cohorts"]:
        yield [(Unit.TEXT, row["month"]), (Unit.COUNT, row["size"]), *((Unit.COUNT, n) for n in row["active"])]


_DAYS = frozenset({"first_day", "last_day"})
_UNITS = {"cost": Unit.MONEY, "value": Unit.MONEY, "revenue_to_date": Unit.MONEY, "share": Unit.SHARE}
_NOBODY = {"sellers": N_("Without a seller"), "lost_reasons": N_("reason not recorded")}
_TITLES = {
    "sellers": N_("Sellers"), "products": N_("Products"), "customers": N_("Customers"), "campaigns": N_("Campaigns"),
    "sources": N_("Sources"), "lost_reasons": N_("Lost reasons"), "rfm": N_("RFM"), "abc": N_("ABC"),
}  # fmt: skip
_WORDS = {
    "name": N_("Name"), "code": N_("Code"), "quantity": N_("Quantity"), "cost": N_("Cost"), "leads": N_("Leads"), "reason": N_("Reason"),
    "n": N_("Deals"), "value": N_("Value"), "customer": N_("Customer"), "segment": N_("Group"), "product": N_("Product"),
    "share": N_("Share"), "class": N_("Class"), "first_day": N_("First purchase"), "last_day": N_("Last purchase"),
    "orders_to_date": N_("Invoices to date"), "revenue_to_date": N_("Purchases to date"), "r": N_("Recency"), "f": N_("Frequency"),
    "m": N_("Amount score"),
}  # fmt: skip
