"""What stands in a list's cells: codes that the program keeps are said in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from desktop import kpi
from desktop.shop.thing import Cell, Row
from desktop.shop.things import ENTITIES, LISTED, LISTINGS
from desktop.values.text import N_, tr
from desktop.values.unit import Column

_TITLES = {key: one.title for key, one in LISTINGS.items()} | {"demo": N_("Demo shop")}
_NUMBERS = {one.key: one.title for one in kpi.ALL}


def written(listing: str, column: Column, value: Any, row: Sequence[Any]) -> str:
    """The text of one cell of a list; ``row``: its whole row, id and status first."""
    cell = _cell(listing, column.key)
    if callable(cell):
        return str(cell(value, LISTED[listing].shown(row)))
    word = cell.get(value) if cell else None
    return tr(word) if word else column.unit.number(value)


def behind(column: Column, value: Any, _row: Sequence[Any]) -> str:
    """The text of one cell of the rows behind a number."""
    word = _choices(column.key).get(value)
    return tr(word) if word else column.unit.number(value)


def _goal(value: int, row: Row) -> str:
    if row["kpi"] not in kpi.BY_KEY:
        return str(value)
    unit = kpi.BY_KEY[row["kpi"]].unit
    return f"{unit.write_goal(value)} {unit.word}".strip()


@cache
def _cell(listing: str, column: str) -> Any:
    cell: Cell | None = LISTED[listing].cell(column)
    return {"kpi": _NUMBERS, "list": _TITLES, "goal": _goal}[cell] if isinstance(cell, str) else cell


@cache
def _choices(key: str) -> dict[Any, str]:
    """The words of every form's choices of this name."""
    fields = filter(None, (entity.field(key) for entity in ENTITIES.values()))
    return {value: word for field in fields for value, word in field.choices}
