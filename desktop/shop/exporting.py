"""Everything out of the book: each kind in the shape that import takes back, the rows behind a number, an ordinary SQLite copy.

A folder gets one CSV a kind, a workbook one sheet a kind. Sales, returns and days' takings are three tables of one kind,
``sales``: their numbers are three series. Days are ISO Gregorian, amounts in rials (elsewhere in whole units), headers are
the fields' names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from desktop.shop.importing.targets import UNITS
from desktop.shop.sheet import Cell, Figure, decimal, write_sheet, write_sheets
from desktop.store import plain as plain_copy
from desktop.store import settings
from desktop.store.access import may
from desktop.store.dialect import run
from desktop.values.column import Column
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit
from desktop.values.writing import exponent, writing

if TYPE_CHECKING:
    from desktop.store import Store

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]
MOST_ROWS = 1_048_575  # of a sheet, under its header

_MONEY = frozenset({"unit_price", "discount", "total", "tax", "unit_cost", "price", "cost", "pay", "value", "budget"})
_LEAD = "coalesce(l.code, 'lead-' || l.id)"
_DEAL = "coalesce(d.number, 'deal-' || d.id)"
_CUSTOMER = "coalesce(c.code, c.name)"

QUESTIONS = {
    "products": """
        SELECT p.code, p.name, (SELECT string_agg(text, ' ') FROM barcode WHERE product_id = p.id) AS barcode, g.name AS category, p.unit,
          p.price, p.cost
        FROM product p LEFT JOIN category g ON g.id = p.category_id ORDER BY p.id""",
    "customers": """
        SELECT c.code, c.name, c.phone, s.name AS source, c.note
        FROM customer c LEFT JOIN source s ON s.id = c.first_source_id ORDER BY c.id""",
    "sellers": "SELECT name, code, pay FROM seller ORDER BY id",
    "campaigns": 'SELECT name, channel, first_day AS start, last_day AS "end", budget FROM campaign ORDER BY id',
    "leads": f"""
        SELECT {_LEAD} AS code, l.day AS date, l.name, l.phone, s.name AS source, e.name AS seller, l.status, a.name AS campaign
        FROM lead l LEFT JOIN source s ON s.id = l.source_id LEFT JOIN seller e ON e.id = l.seller_id
        LEFT JOIN campaign a ON a.id = l.campaign_id WHERE l.status <> 'void' ORDER BY l.id""",
    "deals": f"""
        SELECT {_DEAL} AS number, {_CUSTOMER} AS customer, CASE WHEN l.status <> 'void' THEN {_LEAD} END AS lead, e.name AS seller,
          coalesce(p.code, p.name) AS product, g.name AS stage, d.opened, d.expected, d.closed, d.value, d.reason, s.name AS source,
          a.name AS campaign, d.name
        FROM deal d JOIN stage g ON g.id = d.stage_id LEFT JOIN customer c ON c.id = d.customer_id LEFT JOIN lead l ON l.id = d.lead_id
        LEFT JOIN seller e ON e.id = d.seller_id LEFT JOIN product p ON p.id = d.product_id LEFT JOIN source s ON s.id = d.source_id
        LEFT JOIN campaign a ON a.id = d.campaign_id WHERE d.status = 'final' ORDER BY d.id""",
    "activities": f"""
        SELECT t.kind, t.day AS date, t.due, t.done, e.name AS seller, {_CUSTOMER} AS customer,
          CASE WHEN d.status = 'final' THEN {_DEAL} END AS deal, CASE WHEN l.status <> 'void' THEN {_LEAD} END AS lead, t.note
        FROM activity t LEFT JOIN seller e ON e.id = t.seller_id LEFT JOIN customer c ON c.id = t.customer_id
        LEFT JOIN deal d ON d.id = t.deal_id LEFT JOIN lead l ON l.id = t.lead_id WHERE t.status = 'final' ORDER BY t.id""",
    "costs": """
        SELECT t.day AS date, t.amount AS value, t.kind, a.name AS campaign, e.name AS seller, t.note
        FROM cost t LEFT JOIN campaign a ON a.id = t.campaign_id LEFT JOIN seller e ON e.id = t.seller_id
        WHERE t.status = 'final' ORDER BY t.id""",
    "targets": """
        SELECT t.start, t."end", t.value AS amount, t.kpi, e.name AS seller, g.name AS category, a.name AS campaign, t.direction, t.person
        FROM target t LEFT JOIN seller e ON e.id = t.seller_id LEFT JOIN category g ON g.id = t.category_id
        LEFT JOIN campaign a ON a.id = t.campaign_id WHERE t.status = 'final' ORDER BY t.id""",
    "nps": """
        SELECT t.day AS date, t.score, c.code AS customer_code, c.name AS customer, t.reason
        FROM nps_answer t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.status = 'final' ORDER BY t.id""",
}
_SALES = """
    SELECT s.number, s.day AS date, s.time, c.code AS customer_code, c.name AS customer, c.phone, p.code AS product_code,
      p.name AS product, l.quantity,
      CASE WHEN coalesce(p.measured, 0) = l.measured THEN p.unit WHEN l.measured = 1 THEN 'kg' ELSE 'pcs' END AS unit, l.unit_price,
      abs(l.discount) AS discount, l.total, l.tax, CASE WHEN l.damaged = 1 AND l.cost IS NOT NULL THEN 0 ELSE l.unit_cost END AS unit_cost,
      (SELECT string_agg(e.name || CASE WHEN h.share < 10000 THEN ' ' || (h.share / 100.0) || '%' ELSE '' END, ' + '
                         ORDER BY h.share DESC, h.seller_id)
       FROM sale_seller h JOIN seller e ON e.id = h.seller_id WHERE h.sale_id = s.id) AS seller,
      o.name AS source, a.name AS campaign, s.payment,
      CASE WHEN s.status = 'void' THEN 'void' WHEN s.kind = 'lump' THEN 'takings' END AS status, coalesce(l.note, s.note) AS note
    FROM sale s JOIN sale_line l ON l.sale_id = s.id LEFT JOIN customer c ON c.id = s.customer_id LEFT JOIN product p ON p.id = l.product_id
    LEFT JOIN source o ON o.id = s.source_id LEFT JOIN campaign a ON a.id = s.campaign_id
    WHERE s.kind = '{kind}' AND (s.status = 'final' OR s.kind = 'sale') ORDER BY s.day, s.id, l.position"""
QUESTIONS |= {name: _SALES.format(kind=kind) for name, kind in (("sales", "sale"), ("returns", "return"), ("takings", "lump"))}


def export_all(store: Store, out: Path) -> dict[str, int]:
    """Every kind lies in the folder ``out``, or is a sheet of the workbook ``out``; gives back how many rows each has.

    Raises:
        Refused: the role does not allow it, or a sheet cannot hold so many rows.
    """
    with store.reading() as s:
        may(s, "export")
        tables = {name: _table(s, name) for name in QUESTIONS}
        if out.suffix.lower() == ".xlsx":
            lines = run(s.connection())("SELECT count(*) FROM sale_line").scalar()
            if (lines or 0) > MOST_ROWS:
                raise Refused(N_("A sheet cannot hold so many rows; export into a folder instead."))
            out.parent.mkdir(parents=True, exist_ok=True)
            return write_sheets(out, tables)
        out.mkdir(parents=True, exist_ok=True)
        return {name: write_sheet(out / f"{name}.csv", *table) for name, table in tables.items()}


def export_plain(store: Store, out: Path) -> None:
    """An ordinary SQLite file, without a key, that any program can open.

    Raises:
        Refused: the role does not allow it, or a file is there already.
    """
    with store.reading() as s:
        may(s, "export")
    if out.exists():
        raise Refused(N_("{file} is there already; choose another name."), file=out)
    plain_copy.write(store.path, out)


def write_table(out: Path, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
    """The rows behind a KPI (each with its id first) as CSV or XLSX, as a person reads them: money in the writing's unit."""
    header = [_title(column) for column in columns]
    return write_sheet(out, header, ([_shown(column, value) for column, value in zip(columns, row[1:], strict=True)] for row in rows))


def _title(column: Column) -> str:
    word = column.unit.word if column.unit in (Unit.MONEY, Unit.MONEY_PER_DAY) else ""
    return plain(f"{tr(column.title)} ({word})" if word else tr(column.title))


def _shown(column: Column, value: Any) -> Cell:
    if value is None or isinstance(value, str | dt.date):
        return value
    match column.unit:
        case Unit.MONEY | Unit.MONEY_PER_DAY if isinstance(value, int):
            scale = writing().scale
            return Figure(decimal(value, len(str(scale)) - 1))
        case Unit.QUANTITY:
            return Figure(decimal(value, 3))
        case Unit.FLAG:
            return "✓" if value else None
        case Unit.TEXT | Unit.CODE:
            return str(value)
    number: int | float = value
    return number


# Kinds


def _table(s: Session, name: str) -> Table:
    """A kind's header and its rows, read as they are written."""
    found = run(s.connection())(QUESTIONS[name])
    keys, currency = list(found.keys()), settings.get(s, "currency")
    if name == "targets":
        return ["month", *keys[2:]], _targets(found, currency)
    places = exponent(currency)
    write = [_writer(key, places) for key in keys]
    header = ["amount" if name == "costs" and key == "value" else key for key in keys]
    return header, ([one(value) for one, value in zip(write, row, strict=True)] for row in found)


def _writer(key: str, places: int) -> Callable[[Any], Cell]:
    if key in _MONEY:
        return lambda value: None if value is None else Figure(decimal(value, places))
    if key == "quantity":
        return lambda value: Figure(decimal(value, 3))
    return lambda value: value


def _targets(rows: Iterable[Sequence[Any]], currency: str) -> Iterator[Sequence[Cell]]:
    for start, end, value, kpi, *rest in rows:
        month = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)).key()
        yield [month, _target(value, UNITS[kpi], exponent(currency)), kpi, *rest]


def _target(value: int, unit: Unit, places: int) -> Cell:
    """A target's kept steps as import reads them."""
    if unit is Unit.SHARE:
        return f"{decimal(value, 2)}%"
    return Figure(decimal(value, len(str(unit.step)) - 1 + (places if unit in (Unit.MONEY, Unit.MONEY_PER_DAY) else 0)))
