"""What a plain list asks of the book: the row's key, its status, then one value per column - and what every such question shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select

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


def narrowed(question: Question, chosen: Filter, table: Any, day: Any = None) -> Question:
    """Only the rows of the filter's days and values; void and archived ones only when asked."""
    if not chosen.all and hasattr(table, "archived"):
        question = question.where(table.archived == 0)
    elif not chosen.all and hasattr(table, "status"):
        question = question.where(table.status != "void")
    if day is not None and chosen.period is not None:
        question = question.where(day >= chosen.period.start, day < chosen.period.end)
    for name, value in chosen.only:
        question = question.where(getattr(table, name) == value)
    return question


def holding(question: Question, chosen: Filter, *columns: Any) -> Question:
    """Only rows of which one of ``columns`` holds the text that is looked for."""
    if not fold.fold(chosen.text):
        return question
    return question.where(or_(*(column.contains(fold.fold(chosen.text), autoescape=True) for column in columns)))


def state(table: Any) -> Any:
    """A row's status: final, void or archived."""
    if hasattr(table, "archived"):
        return case((table.archived == 1, "archived"), else_="final")
    return case((table.status == "void", "void"), else_="final")


def named(table: Any, *more: Any) -> Callable[[Filter], Question]:
    """The list of a table that has little more than names."""

    def question(chosen: Filter) -> Question:
        return narrowed(holding(select(table.id, state(table), table.name, *more), chosen, table.name_fold), chosen, table)

    return question


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
