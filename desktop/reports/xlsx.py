"""The same month as an Excel file: one sheet of KPIs and one per list, numbers as numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop import kpi
from desktop.reports import words
from desktop.reports.monthly import Monthly
from desktop.values.digits import plain
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

LISTS = ("sellers", "products", "customers", "campaigns", "sources", "lost_reasons", "rfm", "abc")


def write_xlsx(m: Monthly, out: Path, printed: dt.date) -> None:
    """Writes ``out``; money in the writing's unit (toman, rial, pounds), shares as percent cells."""
    import xlsxwriter

    part = out.with_name(out.name + ".part")
    book = xlsxwriter.Workbook(str(part), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties(
        {"title": tr("Monthly sales report, {month}", month=m.label), "created": dt.datetime(printed.year, printed.month, printed.day)}
    )
    kinds = {
        Unit.MONEY: book.add_format({"num_format": "#,##0" if writing().currency == "IRR" else "#,##0.00"}),
        Unit.SHARE: book.add_format({"num_format": "0.0%"}),
        Unit.DAYS: book.add_format({"num_format": "0.0"}),
    }
    kinds[Unit.MONEY_PER_DAY] = kinds[Unit.MONEY]
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    _kpi_sheet(book, m, kinds, head)
    for name in LISTS:
        _list_sheet(book, m, name, m.lists[name], kinds, head)
    book.close()
    part.replace(out)


def _sheet(book: Any, m: Monthly, name: str) -> Any:
    sheet = book.add_worksheet(name[:31])
    if m.language == "fa":
        sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    return sheet


def _value(unit: Unit, value: Any) -> Any:
    if value is None:
        return ""
    if unit in (Unit.MONEY, Unit.MONEY_PER_DAY):
        return value / writing().scale
    return value


def _kpi_sheet(book: Any, m: Monthly, kinds: dict[Unit, Any], head: Any) -> None:
    sheet = _sheet(book, m, tr("KPIs"))
    titles = (tr("KPI"), m.label, tr("Period before"), tr("Same last year"), tr("Target"), tr("Unit"), tr("In a word"), tr("How"))
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, head)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 4, 18)
    sheet.set_column(5, 6, 16)
    sheet.set_column(7, 7, 60)
    for line, (key, answer) in enumerate(m.answers.items(), 1):
        one = kpi.BY_KEY[key]
        sheet.write_string(line, 0, tr(one.title))
        numbers = (answer.value, answer.previous, answer.last_year, answer.aim.value if answer.aim else None)
        for at, value in enumerate(numbers, 1):
            sheet.write(line, at, _value(one.unit, value), kinds.get(one.unit))
        for at, text in enumerate((one.unit.word, words.word(answer), tr(one.formula_text)), 5):
            sheet.write_string(line, at, plain(text))


def _list_sheet(book: Any, m: Monthly, name: str, rows: Sequence[dict[str, Any]], kinds: dict[Unit, Any], head: Any) -> None:
    sheet = _sheet(book, m, tr(_TITLES[name]))
    keys = [key for key in (rows[0] if rows else {}) if key != "id"]
    for at, key in enumerate(keys):
        title = kpi.BY_KEY[key].title if key in kpi.BY_KEY else _WORDS.get(key, key)
        sheet.write_string(0, at, tr(title), head)
    sheet.set_column(0, max(0, len(keys) - 1), 18)
    for line, row in enumerate(rows, 1):
        for at, key in enumerate(keys):
            unit = kpi.BY_KEY[key].unit if key in kpi.BY_KEY else _MONEY.get(key, Unit.TEXT)
            value = _value(unit, row.get(key))
            if isinstance(value, str):
                sheet.write_string(line, at, value)
            else:
                sheet.write(line, at, value, kinds.get(unit))


_MONEY = {"cost": Unit.MONEY, "value": Unit.MONEY, "revenue_to_date": Unit.MONEY, "m": Unit.COUNT, "share": Unit.SHARE}
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
