"""What the person says about a file before it is taken, what it would bring, and what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as made
from typing import Any

from desktop.values.digits import foreign, ntr, number
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

Tick = Callable[[float], None]  # hears the share done, 0 to 1; raises Refused if the person stopped
LEFT_OUT = "left out"
DATES = ("auto", "jalali", "ymd", "dmy", "mdy")
UNITS = {"rial": N_("rial"), "toman": N_("toman"), "major": N_("major"), "minor": N_("minor")}


@dataclass(frozen=True)
class Options:
    """``mapping`` field → header (or column number from 1 without ``header``; "" = not taken); ``fixed`` field → value for every row.

    ``unit`` (`UNITS`), ``dates`` (`DATES`) and ``decimal`` ("." or ",") decide only what the file itself does not;
    so does ``heads``: a row without a number belongs to the invoice above ("once") or is a sale of its own ("each").
    """

    kind: str
    mapping: Mapping[str, str] = made(default_factory=dict)
    fixed: Mapping[str, str] = made(default_factory=dict)
    words: Mapping[str, str] = made(default_factory=dict)
    unit: str | None = None
    dates: str = "auto"
    decimal: str | None = None
    tax_included: bool = False
    return_mark: str | None = None
    sheet: str | None = None
    header: bool = True
    strict: bool = False
    heads: str | None = None


@dataclass(frozen=True)
class Refusal:
    """A row (as the spreadsheet numbers it) that was not taken; ``field`` "" = the whole row."""

    row: int
    field: str
    value: str
    message: str
    holes: Mapping[str, object] = made(default_factory=dict)

    @property
    def reason(self) -> str:
        return tr(self.message, **self.holes)

    def sentence(self) -> str:
        return tr("Row {row}: {reason}", row=number(self.row, group=False), reason=self.reason)

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "field": self.field, "value": self.value, "reason": self.reason}


@dataclass(frozen=True)
class Asked:
    """What only the person can tell of a file. While there is any, nothing is written.

    ``about``: what of `Options` answers it: "word" (what ``value`` in the column of ``field`` means), "mapping" (which column is which
    field), or "sheet", "heads", "dates", "decimal", "unit", "amount", ... by their own names. ``sentence`` asks in whole; ``count`` rows
    are concerned, ``examples`` are two of them: as the spreadsheet numbers them, with what stands in the cell. ``choices``: each answer
    (see `answered`), and how the file reads with it. ``option`` is the command line's way to answer.
    """

    about: str
    sentence: str
    field: str = ""
    value: str = ""
    count: int = 0
    examples: tuple[tuple[int, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    option: str = ""

    def answered(self, options: Options, answer: str) -> Options:
        """The options with this answer among them."""
        if self.about == "word":
            return replace(options, words={**options.words, self.value: answer})
        if self.about == "mapping":
            return replace(options, mapping={**options.mapping, self.field: answer})
        said: dict[str, Any] = {self.about: answer}
        return replace(options, **said)

    def as_json(self) -> dict[str, Any]:
        examples = [{"row": row, "value": value} for row, value in self.examples]
        choices = [{"answer": answer, "means": means} for answer, means in self.choices]
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"examples": examples, "choices": choices}


class Unclear(Exception):
    """Before this is answered, nothing of the file can be understood."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked.sentence)
        self.asked = asked


@dataclass(frozen=True)
class Outcome:
    """What an import did, or with ``dry_run`` would do: rows (``left_out``: no data), ``documents``, ``total`` in smallest units.

    While anything is ``asked`` nothing is written, and of what depends on the answers nothing is said.
    """

    kind: str
    accepted: int = 0
    documents: int = 0
    refused: int = 0
    skipped: int = 0
    left_out: int = 0
    total: int = 0
    unit: str = ""
    dates: str = ""
    batch: int | None = None
    asked: tuple[Asked, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    created: Mapping[str, int] = made(default_factory=dict)
    notes: tuple[str, ...] = ()
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """Exactly what ``--json`` prints."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "kind"}
        said["asked"] = [one.as_json() for one in self.asked]
        return said | {"refusals": [one.as_json() for one in self.refusals], "created": dict(self.created), "notes": list(self.notes)}

    def sentence(self) -> str:
        """The outcome in a few words, for the command line and the window."""

        def rows(count: int) -> str:
            return ntr("{n} row", "{n} rows", count)

        if self.asked:
            return " ".join((tr("Nothing is taken before what is asked is answered."), *self.notes))
        holes = {"rows": rows(self.accepted)}
        if self.kind == "sales" and self.accepted:
            would, did = N_("Would be taken: {rows}, {documents}, {total}."), N_("Taken: {rows}, {documents}, {total}.")
            holes |= {
                "documents": ntr("{n} document", "{n} documents", self.documents),
                "total": Unit.MONEY.write(self.total, to_the_rial=True),
            }
        else:
            would, did = N_("Would be taken: {rows}."), N_("Taken: {rows}.")
        taken = would if self.dry_run else did
        parts = [tr(taken, **holes)]
        if self.refused:
            parts.append(tr("Refused: {rows}.", rows=rows(self.refused)))
        if self.skipped:
            parts.append(tr("Skipped: {rows}, in the book already or no sale.", rows=rows(self.skipped)))
        if self.unit in ("rial", "toman"):
            parts.append(tr("Amounts were read as {unit}.", unit=tr(UNITS[self.unit])))
        if self.batch is not None:
            parts.append(tr("Import number {batch}.", batch=number(self.batch, group=False)))
        return " ".join((*parts, *self.notes))


@dataclass(frozen=True)
class Plan:
    """The rows that are right, understood: ``documents`` of them, ``total`` in smallest units.

    ``created``: how many things of each table would be new. ``record(connection, batch, tick)`` writes them and the rows (into
    ``tables``), and gives back the days whose sums may have moved.
    """

    documents: int
    total: int
    tables: frozenset[str]
    created: dict[str, int]
    record: Callable[[Any, int, Tick], set[dt.date]]


@dataclass(frozen=True)
class Guess:
    """A column of the file: its place from 1, its header, the field it was taken for ("" = none), whether the person said so."""

    place: int
    header: str
    field: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Look:
    """A file as the preview shows it: ``sample``, its first rows as text; ``rows``, how many data rows there are.

    ``outcome``: what an import would do, with what is asked; ``missing``: needed fields that have no column.
    """

    kind: str
    columns: tuple[Guess, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0
    rows: int = 0
    missing: tuple[str, ...] = ()
    unit: str = ""
    dates: str = ""
    outcome: Outcome | None = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        return self.outcome.asked if self.outcome else ()


def quoted(text: str) -> str:
    """A cell's text inside a sentence, short enough to read."""
    return foreign(text if len(text) <= 60 else text[:59] + "…")
