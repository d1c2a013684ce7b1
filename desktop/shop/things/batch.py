"""Imports: what came in one file, and goes back as one step."""

from __future__ import annotations

import json

from sqlalchemy import case, select

from desktop.shop.entity import Field
from desktop.shop.lists import Values, listing
from desktop.shop.places import SETTINGS
from desktop.shop.questions import Filter, Question, holding
from desktop.shop.thing import Thing, Verb, Works
from desktop.store.tables import Batch
from desktop.values.day import write_moment
from desktop.values.text import N_


def _question(chosen: Filter) -> Question:
    state = case((Batch.undone_at.is_(None), "final"), else_="void")
    return select(Batch.id, state, Batch.at, Batch.kind, Batch.file, Batch.counts).where(holding([Batch.file], chosen.text))


def _counted(row: Values) -> Values:
    """An import's counts, each in its column."""
    counts = json.loads(row[-1] or "{}")
    return (*row[:-1], *(counts.get(name) for name in ("accepted", "documents", "refused", "skipped")))


THING = Thing(
    listing=listing(
        "imports", N_("Imports"), Batch, "at", "kind", Field("file", N_("File")),
        Field("accepted", N_("Rows taken"), "count"), Field("documents", N_("Documents"), "count"),
        Field("refused", N_("Refused"), "count"), Field("skipped", N_("Skipped"), "count"),
        asks=_question, finish=_counted, fixed=True,
    ),
    new=N_("Bring from Excel"),
    picture="file-spreadsheet",
    empty=N_("What you bring from Excel stands here, and each import can be taken back as one step."),
    demo=False,
    place=SETTINGS, tab=2,
    starts="importing",
    verbs=(Verb(N_("Take this import back"), Works(lambda store, row: store.revert(row), N_("Taking the import back …"),
                                               N_("The import was taken back; the book is as it was before."))),),
    cells={"at": lambda at, _: write_moment(at), "kind": "list"},
)  # fmt: skip
