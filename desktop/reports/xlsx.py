"""The same month as an Excel file: a sheet of KPIs, one of days and one per list; numbers are numbers, days are days.

Money is in the writing's unit (toman, rial, pounds). Every day stands twice: as the shop writes it, and as a date
that Excel can sort and count with. Text is text: a name that begins with «=» is no formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import zip_longest
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
        sheets.add(tr("KPIs"), *_kpis(m))
        sheets.add(tr("The report"), _texts(N_("Name"), N_("As written"), N_("Date (Gregorian)")), _about(m, printed))
        days = Column("day", N_("Day"), Unit.DAY), Column("net", N_("Net sales"), Unit.MONEY), *_texts(N_("Holiday"))
        sheets.add(tr("Days"), days, ((bar.day, bar.net, bar.holiday if bar.closed else None) for bar in m.board.days))
        for name, title in _TITLES.items():
            sheets.add(tr(title), *_list(m, name))
        sheets.add(tr("Months of first purchase"), *_cohorts(m))
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

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        sheet = self.book.add_worksheet(plain(name)[:31])
        titles = [plain(title) for column in columns for title in _titles(column)]
        widths = [_head_width(title) for title in titles]
        last, numbers = 0, set()
        for last, row in enumerate(rows, 1):
            cells = [cell for pair in zip(columns, row, strict=False) for cell in _cells(*pair)]
            letters = [self._put(sheet, last, at, unit, value) for at, (unit, value) in enumerate(cells)]
            widths = [max(pair) for pair in zip_longest(widths, letters, fillvalue=0)]
            numbers |= {at for at, (_, value) in enumerate(cells) if value is not None and not isinstance(value, str)}
            if max(letters) > WIDE:  # not every program makes room for a wrapped text by itself
                sheet.set_row(last, LINE_HIGH * -(-max(letters) // (WIDE + MARGIN)))
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title, self.head_of_numbers if at in numbers else self.head)
            sheet.set_column(at, at, min(WIDE, widths[at]) + MARGIN)
        sheet.set_row(0, 48 if any("\n" in title for title in titles) else 34)
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
        amount = value / writing().scale if unit in words.MONEY else value
        counted = unit in (Unit.COUNT, Unit.POINTS, Unit.QUANTITY) and amount == int(amount)
        sheet.write_number(line, column, amount, self.whole if counted else self.forms.get(unit, self.text))
        return len(f"{amount:,.0f}") + 2


def _head_width(title: str) -> int:
    """Letters of a head on two lines, or beside its unit; the arrow of the filter counted in."""
    longest = max(map(len, title.split("\n")))
    return max(NARROW, longest if longest <= 18 else -(-longest // 2) + 3) + 2


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day without a clock


def _titles(column: Column) -> Sequence[str]:
    """The heads of a column: a day has two, an amount the money's unit on a second line."""
    title = tr(column.title)
    if column.unit is Unit.DAY:
        return title, tr("{title}, Gregorian", title=title)
    return (f"{title}\n{Unit.MONEY.word}" if column.unit in words.MONEY else title,)


def _cells(column: Column, value: Any) -> Sequence[Cell]:
    """What stands under them: a day as the shop writes it and as a date; a value with a unit of its own is (unit, value)."""
    if column.unit is Unit.DAY:
        return (Unit.TEXT, value and write_day(value)), (Unit.DAY, value)
    return (value if isinstance(value, tuple) else (column.unit, value),)


def _texts(*titles: str) -> tuple[Column, ...]:
    return tuple(Column("", title, Unit.TEXT) for title in titles)


def _about(m: Monthly, printed: dt.date) -> list[tuple[Any, ...]]:
    period = m.scope.period
    days = (tr("First day"), period.start), (tr("Last day"), period.last), (tr("Seen on"), m.scope.as_of), (tr("Printed"), printed)
    texts = (tr("Shop"), m.shop), (tr("Month"), m.label), (tr("Money is in"), Unit.MONEY.word), (tr("In one sentence"), words.verdict(m))
    return [*texts, *((name, write_day(day), day) for name, day in days)]


def _kpis(m: Monthly) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    """Every KPI in the order of the booklet."""
    titles = (m.label, N_("Period before"), N_("Same last year"), N_("Target"), N_("Unit"), N_("In a word"), N_("Lamp"), N_("Note"))
    rows = []
    for answer in (m.answers[key] for key in (*kpi.TILES, *(key for key in m.answers if key not in kpi.TILES))):
        one = kpi.BY_KEY[answer.key]
        numbers = (answer.value, answer.previous, words.last_year(m, answer), answer.aim.value if answer.aim else None)
        texts = (one.unit.word, words.word(answer), words.lamp(answer.lamp), words.note(m, answer), one.in_words())
        rows.append((tr(one.title), *((one.unit, value) for value in numbers), *texts))
    return _texts(N_("KPI"), *titles, N_("How")), rows


def _list(m: Monthly, name: str) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    """A list without its ids: who sold or bought the most stands first, what is nobody's under a word for it."""
    columns, rows = m.lists.table(name)
    kept = [at for at, column in enumerate(columns) if column.title]
    sold = next((at for at, column in enumerate(columns) if column.key == "revenue"), None)
    if sold is not None:
        rows.sort(key=lambda row: -(row[sold] or 0))
    cells = ([row[at] for at in kept] for row in rows)
    return [columns[at] for at in kept], ([tr(words.NAMELESS[name]) if owner is None else owner, *rest] for owner, *rest in cells)


def _cohorts(m: Monthly) -> tuple[Sequence[Column], Iterable[Sequence[Any]]]:
    width = max((len(row.active) for row in m.lists.cohorts), default=0)
    # Translators: a column of customers who bought again that many months after their first purchase.
    later = (tr("{n} months later", n=number(k)) for k in range(1, width))
    columns = (*_texts(N_("Month")), *(Column("", title, Unit.COUNT) for title in (N_("First buyers"), *later)))
    return columns, ((month_name(row.month.start), row.size, *row.active[1:]) for row in m.lists.cohorts)


_TITLES = {
    "sellers": N_("Sellers"), "products": N_("Products"), "customers": N_("Customers"), "campaigns": N_("Campaigns"),
    "sources": N_("Sources"), "lost_reasons": N_("Why deals were lost"), "rfm": N_("Groups of customers (RFM)"),
    "abc": N_("Classes of goods (ABC)"),
}  # fmt: skip
