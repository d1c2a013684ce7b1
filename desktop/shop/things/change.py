"""The book's history: who changed what, and when."""

from __future__ import annotations

import json

from sqlalchemy import select

from desktop.shop.entity import Field
from desktop.shop.lists import Values, listing
from desktop.shop.places import SETTINGS
from desktop.shop.questions import Filter, Question
from desktop.shop.thing import Thing
from desktop.store.audit import said
from desktop.store.tables import ChangeRow, User
from desktop.values.day import write_moment
from desktop.values.text import N_

_KINDS = {"do": N_("change"), "undo": N_("undone"), "redo": N_("done again"), "import": N_("import"), "revert": N_("import taken back")}


def _question(_: Filter) -> Question:
    return select(ChangeRow.id, ChangeRow.kind, ChangeRow.at, User.name, ChangeRow.kind, ChangeRow.name, ChangeRow.holes).join(User)


def _told(row: Values) -> Values:
    """A change as a sentence in today's language."""
    return (*row[:-2], said(row[-2], json.loads(row[-1])))


THING = Thing(
    listing=listing(
        "changes", N_("History"), ChangeRow, "at", Field("user", N_("Who")), "kind", Field("what", N_("What")),
        asks=_question, finish=_told, fixed=True,
    ),
    empty=N_("Every change of the book: who, when, what."),
    demo=False,
    place=SETTINGS, tab=3,
    cells={"at": lambda at, _: write_moment(at), "kind": _KINDS},
)  # fmt: skip
