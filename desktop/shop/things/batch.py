"""What happened to the book: imports, each of which goes back as one step; who changed what, and when."""

from __future__ import annotations

import json

from sqlalchemy import case, select

from desktop.shop.entity import Field
from desktop.shop.lists import Filter, Question, Values, holding, listing
from desktop.shop.places import SETTINGS
from desktop.shop.thing import Thing, Verb, Works
from desktop.store.audit import said
from desktop.store.tables import Batch, ChangeRow, User
from desktop.values.day import write_moment
from desktop.values.text import N_

_KINDS = {"do": N_("change"), "undo": N_("undone"), "redo": N_("done again"), "import": N_("import"), "revert": N_("import taken back")}


def _imports(chosen: Filter) -> Question:
    state = case((Batch.undone_at.is_(None), "final"), else_="void")
    return select(Batch.id, state, Batch.at, Batch.kind, Batch.file, Batch.counts).where(holding([Batch.file], chosen.text))


def _counted(row: Values) -> Values:
    """An import's counts, each in its column."""
    counts = json.loads(row[-1] or "{}")
    return (*row[:-1], *(counts.get(name) for name in ("accepted", "documents", "refused", "skipped")))


def _changes(_: Filter) -> Question:
    return select(ChangeRow.id, ChangeRow.kind, ChangeRow.at, User.name, ChangeRow.kind, ChangeRow.name, ChangeRow.holes).join(User)


def _told(row: Values) -> Values:
    """A change as a sentence in today's language."""
    return (*row[:-2], said(row[-2], json.loads(row[-1])))


THING = Thing(
    "batch", "", Batch,
    lists=listing(
        "imports", N_("Imports"), "at", "kind", Field("file", N_("File")),
        Field("accepted", N_("Rows taken"), "count"), Field("documents", N_("Documents"), "count"),
        Field("refused", N_("Refused"), "count"), Field("skipped", N_("Skipped"), "count"),
        asks=_imports, finish=_counted, fixed=True,
    ),
    new=N_("Bring from Excel"),
    picture="file-spreadsheet",
    empty=N_("What you bring from Excel stands here, and each import can be taken back as one step."),
    place=SETTINGS, tab=2,
    starts="importing",
    verbs=(Verb(N_("Take this import back"), Works(lambda store, row: store.revert(row), N_("Taking the import back …"),
                                               N_("The import was taken back; the book is as it was before."))),),
    cells={"at": lambda at, _: write_moment(at), "kind": "list"},
)  # fmt: skip
CHANGES = Thing(
    "change", "", ChangeRow,
    lists=listing(
        "changes", N_("History"), "at", Field("user", N_("Who")), "kind", Field("what", N_("What")),
        asks=_changes, finish=_told, fixed=True,
    ),
    empty=N_("Every change of the book: who, when, what."),
    place=SETTINGS, tab=3,
    cells={"at": lambda at, _: write_moment(at), "kind": _KINDS},
)  # fmt: skip
