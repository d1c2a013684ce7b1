"""One thing the shop keeps, declared once: its form, its list, how it is called, found, begun, opened and let go.

What the window does is said in plain values; no word of this knows a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from desktop.shop import kind as files
from desktop.shop.entity import Entity, Field, ending
from desktop.shop.lists import Listing
from desktop.shop.places import Place

if TYPE_CHECKING:
    from desktop.store import Store

Found = tuple[int, str, str]  # id, name, hint
Row = Mapping[str, Any]  # a list's row by its columns' keys, with its ``id``
Cell = Mapping[Any, str] | Callable[[Any, Row], str] | str


@dataclass(frozen=True)
class Shortcut:
    """The key that begins a new one; ``title`` where F1 calls it otherwise than its button, ``words`` that find it too."""

    keys: str
    title: str = ""
    words: str = ""


@dataclass(frozen=True)
class Search:
    """How one is found by its name: ``hint`` is the column that stands beside the name and is looked through too.

    ``rank`` orders the kinds in the search box, 0 stays out of it. ``order`` instead of the Persian order of names; ``exactly``
    finds the one that is meant before others are looked for; ``how`` looks for those without a name of the usual kind.
    """

    rank: int = 0
    hint: Any = None
    order: Any = None
    exactly: Callable[[Session, str], Found | None] | None = None
    how: Callable[[Session, str, int], list[Found]] | None = None


@dataclass(frozen=True)
class Changes:
    """An act that is one change of the book, named ``name``; ``how`` hears the row's id."""

    name: str
    how: Callable[[Session, int], object]


@dataclass(frozen=True)
class Opens:
    """An act that opens a form; ``gives`` names the fields that are filled in, each with the column it comes from."""

    form: str
    gives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Works:
    """An act that takes its time; what is said when it begins and when it is done."""

    how: Callable[[Store, int], object]
    begun: str
    done: str


@dataclass(frozen=True)
class Verb:
    """What the menu of a row offers beside opening and letting go; ``only``: where that column has that value."""

    title: str
    act: Changes | Opens | Works
    only: tuple[str, Any] | None = None
    tip: str = ""


@dataclass(frozen=True, kw_only=True)
class Thing(Entity):
    """What stands about a thing: ``lists`` makes its list, ``empty`` is what stands there before the first one.

    ``new``: what the button is called that makes one; ``starts`` the form or page that does, its own where it has one.
    ``opens``: the form and id that a row opens, its own where it has one. ``void``: how a row is let go that has no form.
    ``besides``: what else is begun on its page. ``tab`` orders the lists of one ``place``. ``narrow``: (column of the table, what
    stands for all, the choices). ``lights``: what an unlit lamp asks for.
    ``cells``: what is written in a column where its unit does not tell: words by value, a function of value and row, ``kpi``
    (the name of one) or ``goal`` (in the unit of the row's KPI); a form's choices are known.
    ``file`` makes the kind of file that brings them; ``written``: what goes out in a column of it that the table has not;
    ``exports``: what goes out instead, by the name of its table.
    """

    lists: Callable[[Entity], Listing] | None = None
    new: str = ""
    picture: str = "file-text"
    empty: str = ""
    place: Place | None = None
    tab: int = 0
    shortcut: Shortcut | None = None
    lights: str = ""
    search: Search | None = None
    starts: str = ""
    opens: Callable[[Session, int], tuple[str, int] | None] | None = None
    void: Callable[[Store, int], object] | None = None
    verbs: tuple[Verb, ...] = ()
    besides: tuple[Verb, ...] = ()
    narrow: tuple[str, str, tuple[tuple[Any, str], ...]] | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    file: Callable[[Entity], files.Kind] | None = None
    exports: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def listing(self) -> Listing | None:
        return self.lists(self) if self.lists else None

    @cached_property
    def kind(self) -> files.Kind | None:
        return self.file(self) if self.file else None

    @property
    def begins(self) -> str:
        """The form or page that makes a new one; empty: none does."""
        return self.starts or (self.key if self.fields else "")

    @property
    def ending(self) -> str:
        """What letting one go is called; empty where none is let go by hand."""
        return ending(self.table) if self.fields or self.void else ""

    def opening(self, s: Session, row_id: int) -> tuple[str, int] | None:
        """The form and id that a row opens."""
        if self.opens is not None:
            return self.opens(s, row_id)
        return (self.key, row_id) if self.fields else None

    def shown(self, values: Sequence[Any]) -> Row:
        """A list's row (id and status first) by its columns' keys."""
        keys = (column.key for column in self.listing.columns) if self.listing else ()
        return {"id": values[0], **dict(zip(keys, values[2:], strict=True))}

    def filled(self, given: files.Field) -> Field | None:
        """The form's field that a column of a file fills."""
        return self.field(given.key or given.name)

    def cell(self, column: str) -> Cell | None:
        """What is written in a column where its unit does not tell."""
        chosen = self.field(column)
        return self.cells.get(column) or (dict(chosen.choices) if chosen and chosen.choices else None)
