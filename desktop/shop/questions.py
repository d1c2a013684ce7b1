"""What a plain list asks of the book: the row's key, its status, then one value per column - and what every such question shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, literal, or_, true

from desktop.values import fold
from desktop.values.period import Period

Question = Select[*tuple[Any, ...]]
_PHONE = 4  # fewer digits say nothing about a phone


@dataclass(frozen=True)
class Filter:
    """What a list shows, and in which order.

    ``all``: void and archived rows too. ``only``: (column of the table, value) pairs, such as ``("kind", "return")`` or
    ``("seller_id", 3)``. ``sort`` is a column's key, empty for the list's own order.
    """

    text: str = ""
    period: Period | None = None
    all: bool = False
    only: tuple[tuple[str, Any], ...] = ()
    sort: str = ""
    descending: bool = False


def standing(table: Any) -> list[ColumnElement[bool]]:
    """That a row is neither void nor archived."""
    return [table.archived == 0] if hasattr(table, "archived") else [table.status != "void"] if hasattr(table, "status") else []


def holding(columns: Sequence[Any], text: str) -> ColumnElement[bool]:
    """That one of ``columns`` holds the text that is looked for; where there is none, all do."""
    return or_(false() if columns else true(), *(column.contains(fold.fold(text), autoescape=True) for column in columns))


def state(table: Any) -> Any:
    """A row's status: final, void or archived."""
    if hasattr(table, "archived"):
        return case((table.archived == 1, "archived"), else_="final")
    if not hasattr(table, "status"):
        return literal("final")
    return case((table.status == "void", "void"), else_="final")


def by_person(table: Any) -> Callable[[str], ColumnElement[bool]]:
    """What looks through people: by name, phone or the whole code."""
    return lambda text: or_(named_like(table, text, table.phone), table.code == fold.code(text))


def named_like(table: Any, text: str, hint: Any = None) -> ColumnElement[bool]:
    """The row's name holds ``text``, or its phone, code ... (``hint``) does."""
    # escaped: a % that somebody typed is a % that somebody looks for
    matches = [table.name_fold.contains(fold.fold(text), autoescape=True)]
    digits = fold.phone(text)
    if hint is not None and hint.key == "phone":
        if digits and len(digits) >= _PHONE:
            matches.append(hint.contains(digits, autoescape=True))
    elif hint is not None:
        matches.append(hint.startswith(fold.code(text), autoescape=True))
    return or_(*matches)
