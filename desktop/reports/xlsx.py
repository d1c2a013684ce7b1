"""The same month as an Excel file: a sheet of KPIs, one of days and one per list; numbers are numbers, days are days.

Money is in the writing's unit (toman, rial, pounds). Every day stands twice: as the shop writes it, and as a date
that Excel can sort and count with. Text is text: a name that begins with «=» is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from desktop import kpi
from desktop.charts import PAPER
from desktop.reports import words
from desktop.reports.monthly import Monthly
from desktop.store.outputs import CREATOR
from desktop.values.day import month_name, write_day
from desktop.values.digits import number, plain
from desktop.values.text import N_, tr
from desktop.values.unit import Column, Unit
from desktop.values.writing import writing

Cell = tuple[Unit, Any]
MONEY = (Unit.MONEY, Unit.MONEY_PER_DAY)
LONGEST = 32_767  # letters; Excel takes no longer cell
NARROW, WIDE, MARGIN = 9, 50, 3  # letters: columns are as wide as what they hold, within these
UPRIGHT, LANDSCAPE = 100, 170  # letters that fit across a printed page at a readable size
LINE_HIGH = 15.0  # points


def write_xlsx(m: Monthly, printed: dt.date) -> bytes:
    """The workbook; same month and ``printed``, same bytes."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        head = tr("Monthly sales report, {month}", month=m.label)
        book.set_properties({"title": head, "author": CREATOR, "category": "report", "company": m.shop, "created": _moment(printed)})
        sheets = _Sheets(book, m.language == "fa", plain(head))
        sheets.add(tr("KPIs"), _kpi_titles(m), _kpi_rows(m))
        sheets.add(tr("The report"), (tr("Name"), tr("As written"), tr("Date (Gregorian)")), _about(m, printed))
        sheets.add(tr("Days"), (tr("Day"), tr("Date (Gregorian)"), _in_money(tr("Net sales")), tr("Holiday")), _days(m))
        for name, title in _TITLES.items():
            columns, cells = m.lists.table(name)
            rows = [[pair for pair in zip(columns, row, strict=True) if pair[0].title] for row in cells]
            # who sold or bought the most stands first
            rows.sort(key=lambda row: -next((value or 0 for column, value in row if column.key == "revenue"), 0))
            sheets.add(tr(title), _list_titles(columns), ([*_list_cells(name, row)] for row in rows))
        sheets.add(tr("Months of first purchase"), _cohort_titles(m), _cohorts(m))
    return file.getvalue()


class _Sheets:
    """Writes tables of typed cells into ``book``; each prints on A4 with its head on every page."""

    def __init__(self, book: Any, rtl: bool, title: str) -> None:
        money = "#,##0" if writing().currency == "IRR" else "#,##0.00"
        forms = {
            Unit.MONEY: money, Unit.MONEY_PER_DAY: money, Unit.SHARE: "0.0%", Unit.DAYS: "0.0", Unit.RATIO: "0.00", Unit.DAY: "yyyy-mm-dd",
            Unit.COUNT: "#,##0.0", Unit.POINTS: "0.0", Unit.QUANTITY: "#,##0.0##",
        }  # fmt: skip
        self.book, self.rtl, self.title = book, rtl, title
        self.forms = {unit: book.add_format({"num_format": form, "valign": "top"}) for unit, form in forms.items()}
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        # else a text that begins with a digit stands at the wrong side, its words turned round
        reading = {"align": "right", "reading_order": 2} if rtl else {"align": "left", "indent": 1}
        self.text = book.add_format({"valign": "top", **reading})
        self.long = book.add_format({"valign": "top", "text_wrap": True, **reading})
        edge = {"bg_color": PAPER.wash, "bottom": 1, "bottom_color": PAPER.line}
        head = {**reading, "bold": True, "text_wrap": True, "valign": "vcenter", **edge}
        self.head = book.add_format(head)
        self.head_of_numbers = book.add_format({**head, "align": "right", "indent": 0})

    def add(self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        sheet = self.book.add_worksheet(plain(name)[:31])
        widths = [_head_width(plain(one)) for one in titles]
        last, numbers = 0, set()
        for last, row in enumerate(rows, 1):
            letters = [self._put(sheet, last, column, unit, value) for column, (unit, value) in enumerate(row)]
            widths = [max(pair) for pair in zip(widths, [*letters, *[0] * (len(widths) - len(letters))], strict=True)]
            numbers |= {column for column, (_, value) in enumerate(row) if value is not None and not isinstance(value, str)}
            if max(letters) > WIDE:  # not every program makes room for a wrapped text by itself
                sheet.set_row(last, LINE_HIGH * -(-max(letters) // (WIDE + MARGIN)))
        for column, one in enumerate(titles):
            sheet.write_string(0, column, plain(one), self.head_of_numbers if column in numbers else self.head)
            sheet.set_column(column, column, min(WIDE, widths[column]) + MARGIN)
        sheet.set_row(0, 48 if any("\n" in one for one in titles) else 34)
        self._lay_out(sheet, plain(name), sum(min(WIDE, width) + MARGIN for width in widths))
        sheet.autofilter(0, 0, max(last, 1), len(titles) - 1)

    def _lay_out(self, sheet: Any, title: str, width: int) -> None:
        if self.rtl:
            sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        if width > UPRIGHT:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(-(-width // LANDSCAPE), 0)
        sheet.repeat_columns(0)
        sheet.repeat_rows(0)
        sheet.set_header("&C" + f"{self.title} · {title}".replace("&", "&&"))
        sheet.set_footer("&C&P / &N")

    def _put(self, sheet: Any, line: int, column: int, unit: Unit, value: Any) -> int:
        """Writes a cell and says how many letters it shows."""
        if value is None or value == "":
            return 0
        if isinstance(value, dt.date):
            sheet.write_datetime(line, column, _moment(value), self.forms[Unit.DAY])
            return 10
        if isinstance(value, str):
            text = plain(value)[:LONGEST]
            sheet.write_string(line, column, text, self.long if len(text) > WIDE else self.text)
            return len(text)
        amount = value / writing().scale if unit in MONEY else value
        counted = unit in (Unit.COUNT, Unit.POINTS, Unit.QUANTITY) and amount == int(amount)
        sheet.write_number(line, column, amount, self.whole if counted else self.forms.get(unit, self.text))
        return len(f"{amount:,.0f}") + 2


def _head_width(title: str) -> int:
    """Letters of a head on two lines, or beside its unit; the arrow of the filter counted in."""
    longest = max(map(len, title.split("\n")))
    return max(NARROW, longest if longest <= 18 else -(-longest // 2) + 3) + 2


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day without a clock


def _both(day: dt.date | None) -> tuple[Cell, Cell]:
    """A day as the shop writes it, and as a date."""
    return (Unit.TEXT, day and write_day(day)), (Unit.DAY, day)


def _in_money(title: str) -> str:
    """A column's head with the unit of its amounts on a second line."""
    return f"{title}\n{Unit.MONEY.word}"


def _about(m: Monthly, printed: dt.date) -> list[list[Cell]]:
    period = m.scope.period
    days = (
        (tr("First day"), period.start), (tr("Last day"), period.last), (tr("Seen on"), m.scope.as_of), (tr("Printed"), printed),
    )  # fmt: skip
    texts = ((tr("Shop"), m.shop), (tr("Month"), m.label), (tr("Money is in"), Unit.MONEY.word), (tr("In one sentence"), words.verdict(m)))
    return [[(Unit.TEXT, name), (Unit.TEXT, text)] for name, text in texts] + [[(Unit.TEXT, name), *_both(day)] for name, day in days]


def _kpi_titles(m: Monthly) -> tuple[str, ...]:
    return (
        tr("KPI"), m.label, tr("Period before"), tr("Same last year"), tr("Target"), tr("Unit"), tr("In a word"), tr("Lamp"), tr("Note"),
        tr("How"),
    )  # fmt: skip


def _kpi_rows(m: Monthly) -> Iterable[list[Cell]]:
    """Every KPI in the order of the booklet."""
    for key in (*kpi.TILES, *(key for key in m.answers if key not in kpi.TILES)):
        one, answer = kpi.BY_KEY[key], m.answers[key]
        numbers = (answer.value, answer.previous, words.last_year(m, answer), answer.aim.value if answer.aim else None)
        texts = (one.unit.word, words.word(answer), words.lamp(answer.lamp), words.note(m, answer), one.in_words())
        yield [(Unit.TEXT, tr(one.title)), *((one.unit, value) for value in numbers), *((Unit.TEXT, text) for text in texts)]


def _days(m: Monthly) -> Iterable[list[Cell]]:
    for bar in m.board.days:
        yield [*_both(bar.day), (Unit.MONEY, bar.net), (Unit.TEXT, bar.holiday if bar.closed else "")]


def _list_titles(columns: Sequence[Column]) -> list[str]:
    titles = []
    for column in columns:
        if title := column.title and tr(column.title):
            titles.append(_in_money(title) if column.unit in MONEY else title)
            if column.unit is Unit.DAY:
                titles.append(tr("{title}, Gregorian", title=title))
    return titles


def _list_cells(name: str, row: Iterable[tuple[Column, Any]]) -> Iterable[Cell]:
    for column, value in row:
        if column.unit is Unit.DAY:
            yield from _both(value)
        else:
            yield column.unit, tr(_NOBODY[name]) if value is None and name in _NOBODY and column.key in _OWNERS else value


def _cohort_titles(m: Monthly) -> list[str]:
    width = max((len(row.active) for row in m.lists.cohorts), default=0)
    # Translators: a column of customers who bought again that many months after their first purchase.
    return [tr("Month"), tr("First buyers"), *(tr("{n} months later", n=number(k)) for k in range(1, width))]


def _cohorts(m: Monthly) -> Iterable[list[Cell]]:
    for row in m.lists.cohorts:
        yield [(Unit.TEXT, month_name(row.month.start)), *((Unit.COUNT, n) for n in (row.size, *row.active[1:]))]


_OWNERS = frozenset({"name", "reason", "product"})
_NOBODY = {
    "sellers": N_("Without a seller"), "products": N_("no product named"), "sources": N_("not recorded"),
    "lost_reasons": N_("reason not recorded"), "abc": N_("no product named"),
}  # fmt: skip
_TITLES = {
    "sellers": N_("Sellers"), "products": N_("Products"), "customers": N_("Customers"), "campaigns": N_("Campaigns"),
    "sources": N_("Sources"), "lost_reasons": N_("Why deals were lost"), "rfm": N_("Groups of customers (RFM)"),
    "abc": N_("Classes of goods (ABC)"),
}  # fmt: skip
