"""What a thing consists of: its form, its checks, its saving, archiving and voiding follow from one `Entity` value.

Values are plain: text, ints, dates, ids. The things themselves: `desktop.shop.things`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Session

from desktop.store.access import allowed, hidden, may
from desktop.store.tables import Campaign, Category, Customer, Named, Seller, Source, by_day
from desktop.values import fold
from desktop.values.digits import parse_quantity, parse_share
from desktop.values.money import MOST
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

T = TypeVar("T")
Values = dict[str, Any]
GONE = N_("That is not in the book any more.")
ABOVE_ZERO, NEGATIVE = N_("Type an amount above zero."), N_("An amount cannot be negative.")
SCORE = N_("A score is from 0 to 10.")

_READ: dict[str, Callable[[str], Any]] = {"phone": lambda text: fold.phone(text) or text, "code": fold.code, "codes": fold.code,
                                          "share": parse_share, "number": parse_quantity, "month": fold.code}  # fmt: skip
_RANGES = {"money": (0, MOST), "amount": (-MOST, MOST), "score": (0, 10), "share": (0, 10_000), "number": (0, 10**12)}
_TOO_FAR = {"score": SCORE, "share": N_("A share is from 0 to 100%.")}


@dataclass(frozen=True)
class Problem:
    """A sentence beside a field; ``line`` is the line of a document it is about, from 0."""

    field: str
    sentence: str
    line: int | None = None


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    ``kind``: text, note, phone, code, codes (several, blanks between), money, amount (in a KPI's steps), share, number (in
    thousandths), day, month (also a quarter or year), score, kpi, choice (one of ``choices``, or when ``free`` the owner's own
    word) or ref (an id of the table ``ref``). ``secret``: who may see it, as of a `desktop.values.unit.Column`.
    """

    key: str
    title: str
    kind: str = "text"
    needed: bool = False
    choices: tuple[tuple[Any, str], ...] = ()
    ref: type[Any] | None = None
    hint: str = ""
    least: int | None = None
    free: bool = False
    secret: str = "none"

    @property
    def refers(self) -> str:
        """The key of the thing that ``ref`` holds."""
        return str(self.ref.__tablename__) if self.ref else ""


@dataclass(frozen=True)
class Entity:
    """What a thing consists of; no ``fields`` where no hand writes it. ``gone`` names the change that archives, voids or removes it.

    ``check`` refuses what fields alone cannot tell, beside the first field where it names none; ``after`` brings about what goes
    with saving; ``show`` adds values for the form that are no columns (named in ``apart``); ``remark`` finds what is worth a second
    look; ``stays`` refuses to let go of what the shop cannot do without. Where a day is the table's key, a row's id is that day's
    ordinal.
    """

    key: str
    title: str
    table: type[Any]
    fields: tuple[Field, ...] = ()
    added: str = ""
    changed: str = ""
    gone: str = ""
    check: Callable[[Session, int | None, Values], None] | None = None
    after: Callable[[Session, Any, Values, bool], None] | None = None
    show: Callable[[Session, Any], Values] | None = None
    apart: frozenset[str] = frozenset()
    remark: Callable[[Session, int | None, Values], Iterable[Problem]] | None = None
    stays: Callable[[Session, int], None] | None = None

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def row(self, s: Session, row_id: int) -> Any:
        """The row with this id.

        Raises:
            Refused: it is gone; adding it was undone.
        """
        return there(s, self.table, dt.date.fromordinal(row_id) if by_day(self.table) else row_id)

    def read(self, s: Session, row_id: int) -> Values:
        """The thing as a form shows it; what the session's user may not see is None."""
        return self._kept(s, row_id) | dict.fromkeys(hidden(s, self.fields))

    def _kept(self, s: Session, row_id: int) -> Values:
        row = self.row(s, row_id)
        values = {field.key: getattr(row, field.key) for field in self.fields if field.key not in self.apart}
        return values | (self.show(s, row) if self.show else {})

    def problems(self, s: Session, row_id: int | None, values: Values) -> tuple[Problem, ...]:
        """What keeps the values from being saved; a change needs only what changes."""
        tidy, found = self._tidied(self._whole(s, row_id, values))
        found += [] if found else self._gone(s, tidy)
        found += [] if found else self._taken(s, row_id, tidy)
        try:
            if self.check is not None and not found:
                self.check(s, row_id, tidy)
        except Refused as refused:
            found.append(Problem(refused.field or self.fields[0].key, str(refused)))
        return tuple(found)

    def remarks(self, s: Session, row_id: int | None, values: Values) -> tuple[Problem, ...]:
        """What is worth a second look, though it can be saved as it is; for who may save it."""
        if not allowed(s, self.table.verb):
            return ()
        tidy, found = self._tidied(self._whole(s, row_id, values))
        return tuple(self.remark(s, row_id, tidy)) if self.remark and not found else ()

    def save(self, s: Session, row_id: int | None, values: Values) -> int:
        """The thing is as ``values`` say; gives back its id.

        Raises:
            Refused: the first of `problems`, or the role does not allow it.
        """
        may(s, self.table.verb)
        insist(self.problems(s, row_id, values))
        values, _ = self._tidied(self._whole(s, row_id, values))
        row = self.row(s, row_id) if row_id and not by_day(self.table) else self.table()
        for field in self.fields:
            if field.key not in self.apart:
                setattr(row, field.key, values.get(field.key))
        if isinstance(row, Named):
            row.name_fold, row.name_sort = fold.fold(row.name), fold.sort_key(row.name)
        with s.no_autoflush:  # a row is whole only when ``after`` is done with it
            if self.after is not None:
                self.after(s, row, values, row_id is None)
            if by_day(self.table):
                row = self._on_its_day(s, row_id, row)
            s.add(row)
        s.flush()
        return _id(self, row)

    def _on_its_day(self, s: Session, row_id: int | None, row: Any) -> Any:
        """The row of that day; on another day than before it is another row."""
        if row_id and _id(self, row) != row_id:
            s.delete(self.row(s, row_id))
        return s.merge(row)

    def remove(self, s: Session, row_id: int) -> None:
        """A document is voided, a thing that documents name is archived, what nothing names is gone."""
        may(s, self.table.verb)
        row = self.row(s, row_id)
        if self.stays is not None:
            self.stays(s, row_id)
        if hasattr(self.table, "archived"):
            row.archived = 1
        elif hasattr(self.table, "status"):
            row.status = "void"
        else:
            s.delete(row)

    def restore(self, s: Session, row_id: int) -> None:
        """An archived thing is back in its list."""
        may(s, self.table.verb)
        self.row(s, row_id).archived = 0

    def _whole(self, s: Session, row_id: int | None, values: Values) -> Values:
        """The values with what they leave out; what a user may not see is not hers to change."""
        unseen = hidden(s, self.fields)
        return self._kept(s, row_id) | {key: value for key, value in values.items() if key not in unseen} if row_id else values

    def _tidied(self, values: Values) -> tuple[Values, list[Problem]]:
        """The values as they are kept, and what is wrong with each alone."""
        clean: Values = dict(values)
        found: list[Problem] = []
        for field in self.fields:
            try:
                clean[field.key] = tidy(field, values.get(field.key))
            except Refused as refused:
                found.append(Problem(field.key, str(refused)))
        return clean, found

    def _gone(self, s: Session, values: Values) -> Iterator[Problem]:
        """What the values name and the book has not: it was added beside the form, and that was undone."""
        for field in self.fields:
            if field.ref is not None and values.get(field.key) is not None and s.get(field.ref, values[field.key]) is None:
                yield Problem(field.key, tr(GONE))

    def _taken(self, s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
        """Codes, and the names of what is known by name alone, are given once."""
        for key in ("code", "name"):
            column = {"code": "code", "name": "name_fold"}[key]
            value = values.get(key)
            if not value or not hasattr(self.table, column) or (key == "name" and not by_name(self.table)):
                continue
            same = getattr(self.table, column) == (fold.fold(value) if key == "name" else value)
            said = Unit.CODE.number(value) if key == "code" else value
            twin = s.scalar(select(self.table).where(same, self.table.id != (row_id or 0)))
            if twin is not None and getattr(twin, "archived", False):
                yield Problem(key, tr("“{value}” is in the archive; bring it back from there.", value=said))
            elif twin is not None:
                yield Problem(key, tr("“{value}” is there already.", value=said))


def ending(table: type[Any]) -> str:
    """What letting go of a row is called: things are archived, documents voided, words of the owner removed."""
    if hasattr(table, "archived"):
        return N_("Archive")
    return N_("Void") if hasattr(table, "status") else N_("Remove")


def _id(entity: Entity, row: Any) -> int:
    key = next(iter(entity.table.__mapper__.primary_key)).key
    found: Any = getattr(row, key)
    return found.toordinal() if by_day(entity.table) else int(found)


def by_name(table: type[Any]) -> bool:
    """Whether the table keeps each name once."""
    unique = (one for one in table.__table__.constraints if isinstance(one, UniqueConstraint))
    return any(list(one.columns.keys()) == ["name_fold"] for one in unique)


def tidy(field: Field, value: Any) -> Any:
    """``value`` as it is kept.

    Raises:
        Refused: it is missing, or not what the field is for.
    """
    if isinstance(value, str):
        value = fold.clean(value)
        value = _READ[field.kind](value) if value and field.kind in _READ else value
    if value is None or value == "":
        if field.needed:
            raise Refused(N_("{name} is needed."), name=tr(field.title))
        return None
    if field.kind == "phone" and fold.phone(value) is None:
        raise Refused(N_("“{text}” is not a phone number."), text=value)
    if field.kind == "choice" and not field.free and value not in dict(field.choices):
        raise Refused(N_("“{text}” is not one of the choices."), text=value)
    if field.kind in _RANGES:
        low, high = _RANGES[field.kind]
        low = low if field.least is None else field.least
        if not low <= value <= high:
            raise Refused(_TOO_FAR.get(field.kind, ABOVE_ZERO if low > 0 else NEGATIVE))
    return value


def insist(found: Iterable[Problem]) -> None:
    """Goes on if nothing is wrong.

    Raises:
        Refused: the first of what was found.
    """
    for problem in found:
        raise Refused(problem.sentence, field=problem.field)


def there(s: Session, table: type[T], key: Any) -> T:
    """The row with this key.

    Raises:
        Refused: it is gone; adding it was undone.
    """
    row = s.get(table, key)
    if row is None:
        raise Refused(GONE)
    return row


def ref(key: str, title: str, table: type[Any], *, needed: bool = False) -> Field:
    """A field that names a row of ``table``."""
    return Field(key, title, "ref", needed, ref=table)


NAME = Field("name", N_("Name"), needed=True)
NOTE = Field("note", N_("Note"), "note")
DAY = Field("day", N_("Day"), "day", needed=True)
PHONE, CODE = Field("phone", N_("Phone"), "phone"), Field("code", N_("Code"), "code")
SELLER, CUSTOMER = ref("seller_id", N_("Seller"), Seller), ref("customer_id", N_("Customer"), Customer)
SOURCE, CAMPAIGN = ref("source_id", N_("Source"), Source), ref("campaign_id", N_("Campaign"), Campaign)
CATEGORY = ref("category_id", N_("Category"), Category)
