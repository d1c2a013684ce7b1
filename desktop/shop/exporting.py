"""Everything out of the book: each kind in the shape that import takes back, the rows behind a number, an ordinary SQLite copy.

A folder gets one CSV a kind, a workbook one sheet a kind. Sales, returns and days' takings are three tables of one kind,
``sales``: their numbers are three series. Days are ISO Gregorian, amounts in rials (elsewhere in whole units), headers are
the fields' names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, inspect, literal, select
from sqlalchemy.orm import Session, aliased

from desktop.shop.kind import Field, Kind
from desktop.shop.sheet import Cell, Figure, decimal, fill, head, write_sheet
from desktop.shop.thing import Thing
from desktop.shop.things import KINDS, LISTED
from desktop.store import settings
from desktop.store.access import may
from desktop.store.connection import APPLICATION_ID
from desktop.store.dialect import copy_without_key, run
from desktop.store.outputs import laid
from desktop.store.tables import Customer, Document, Product, Row, Seller, models, refers
from desktop.values.digits import plain
from desktop.values.period import Period
from desktop.values.rounding import ONE
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import KPI_UNITS, Column, Unit
from desktop.values.writing import exponent, writing

if TYPE_CHECKING:
    from desktop.store import Store

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]
MOST_ROWS = 1_048_575  # of a sheet, under its header

_MONEY = frozenset({"money", "rate"})  # readers of what is kept in the smallest unit


def export_all(store: Store, out: Path, *, replace: bool = False) -> dict[str, int]:
    """Every kind lies in the folder ``out``, or is a sheet of the workbook ``out``; gives back how many rows each has.

    Raises as `desktop.store.outputs.laid` does, and:
        Refused: the role does not allow it, or a sheet cannot hold so many rows.
    """
    with store.reading() as s:
        may(s, "export")
        tables = {name: _table(s, *question) for name, question in questions().items()}
        if out.suffix.lower() == ".xlsx":
            lines = run(s.connection())("SELECT count(*) FROM sale_line").scalar()
            if (lines or 0) > MOST_ROWS:
                raise Refused(N_("A sheet cannot hold so many rows; export into a folder instead."))
            out.parent.mkdir(parents=True, exist_ok=True)
            with laid(out, "export", replace=replace) as part:
                return fill(part, tables, "export")
        if out.is_file():
            raise Refused(N_("{file} is a file, not a folder. Choose another name."), file=out.name)
        out.mkdir(parents=True, exist_ok=True)
        paths = {name: out / f"{name}.csv" for name in tables}
        with ExitStack() as files:  # all of them, or none
            parts = {name: files.enter_context(laid(paths[name], "export", head(paths[name], header), replace=replace))
                     for name, (header, _) in tables.items()}  # fmt: skip
            return {name: fill(parts[name], {name: table}, "export")[name] for name, table in tables.items()}


def export_plain(store: Store, out: Path, *, replace: bool = False) -> None:
    """An ordinary SQLite file, without a key, that any program can open.

    Raises as `desktop.store.outputs.laid` does, and:
        Refused: the role does not allow it.
    """
    with store.reading() as s:
        may(s, "export")
    with laid(out, "plain", replace=replace) as part, closing(store.place.connect()) as db:
        copy_without_key(db, part, APPLICATION_ID)


def write_table(s: Session, out: Path, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, replace: bool = False) -> int:
    """The rows behind a KPI (each with its id first) as CSV or XLSX, as a person reads them: money in the writing's unit.

    Raises as `desktop.store.outputs.laid` does, and:
        Refused: the role does not allow it.
    """
    may(s, "export")
    header = [_title(column) for column in columns]
    cells = ([_shown(column, value) for column, value in zip(columns, row[1:], strict=True)] for row in rows)
    return write_sheet(out, header, cells, "rows", replace=replace)


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
        case Unit.MONEY | Unit.MONEY_PER_DAY:
            return float(value) / writing().scale
        case Unit.QUANTITY if isinstance(value, int):
            return Figure(decimal(value, 3))
        case Unit.QUANTITY:
            return float(value) / ONE
        case Unit.FLAG:
            return "✓" if value else None
        case Unit.TEXT | Unit.CODE:
            return str(value)
    number: int | float = value
    return number


# Kinds


def questions() -> dict[str, tuple[Kind, Any]]:
    """Every table that goes out, with its kind and what it asks of the book; what others name goes before them."""
    order = [table.name for table in Row.metadata.sorted_tables]
    found: dict[str, tuple[Kind, Any]] = {}
    for name in sorted(KINDS, key=lambda name: order.index(LISTED[name].table.__tablename__)):
        thing, kind = LISTED[name], KINDS[name]
        asked = dict(thing.exports) or {name: _plain(thing, kind)}
        found |= {table: (kind, question) for table, question in asked.items()}
    return found


def _plain(thing: Thing, kind: Kind) -> Any:
    """The rows of a thing as they are kept: days, amounts and words of its own, names or codes of what it names."""
    table, columns, joins = thing.table, [], dict[str, tuple[Any, Any]]()
    for field in kind.fields:
        called = field.name.removesuffix("_code")
        if field.name in thing.written:
            cell = thing.written[field.name]
        elif (link := refers(table, called)) is not None:
            other, _ = joins.setdefault(called, (aliased(models()[called]), link))
            cell = other.code if field.name != called else other.name if kind.field(f"{called}_code") else _named(other)
        else:
            own = field.key or field.name
            cell = _numbered(table) if own in ("code", "number") and issubclass(table, Document) else getattr(table, own)
        columns.append(cell.label(field.name))
    question = select(*columns).select_from(table).order_by(*table.__mapper__.primary_key)
    for other, link in joins.values():
        question = question.outerjoin(other, link == other.id)
    return question.where(table.status != "void") if hasattr(table, "status") else question


def _named(other: Any) -> Any:
    """What a file calls a row of another table."""
    model = inspect(other).mapper.class_
    if issubclass(model, Document):
        return case((other.status != "void", _numbered(other)))
    if model is Seller:  # by name, unless another has it too
        same = select(func.count()).where(Seller.name_fold == other.name_fold).scalar_subquery()
        return case((same > 1, func.coalesce(other.code, other.name)), else_=other.name)
    return func.coalesce(other.code, other.name) if model in (Customer, Product) else other.name


def _numbered(document: Any) -> Any:
    """A document's code or number, which it has in files even where it has none in the book."""
    own = document.code if hasattr(document, "code") else document.number
    return func.coalesce(own, literal(f"{inspect(document).mapper.class_.__tablename__}-").concat(document.id))


def _table(s: Session, kind: Kind, question: Any) -> Table:
    """A kind's header and its rows, read as they are written."""
    ask = run(s.connection()) if isinstance(question, str) else s.execute
    found = ask(question)
    keys, currency = list(found.keys()), settings.get(s, "currency")
    if kind.name == "targets":
        return ["month", *keys[2:]], _targets(found, currency)
    places = exponent(currency)
    write = [_writer(kind.field(key), places) for key in keys]
    return keys, ([one(value) for one, value in zip(write, row, strict=True)] for row in found)


def _writer(field: Field | None, places: int) -> Callable[[Any], Cell]:
    reader = field.reader if field else ""
    if reader in _MONEY:
        return lambda value: None if value is None else Figure(decimal(value, places))
    if reader == "quantity":
        return lambda value: None if value is None else Figure(decimal(value, 3))
    return lambda value: value


def _targets(rows: Iterable[Sequence[Any]], currency: str) -> Iterator[Sequence[Cell]]:
    """Targets with their kept steps as import reads them."""
    for start, end, value, kpi, *rest in rows:
        month = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)).key()
        unit = KPI_UNITS[kpi]
        places = len(str(unit.step)) - 1 + (exponent(currency) if unit in (Unit.MONEY, Unit.MONEY_PER_DAY) else 0)
        yield [month, f"{decimal(value, 2)}%" if unit is Unit.SHARE else Figure(decimal(value, places)), kpi, *rest]
