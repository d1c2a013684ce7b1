"""What can be done with a row of a list: what its thing says in plain values, done on the stage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.shop.thing import Changes, Opens, Row, Thing, Works
from desktop.shop.things import remove, restore
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

Verbs = list[tuple[str, Callable[[], object]]]


def verbs(stage: Stage, thing: Thing, row: Row, status: str) -> Verbs:
    """What the menu of a row offers: opening it, what its thing says, letting it go or bringing it back."""
    opens = thing.fields or thing.opens
    found: Verbs = [(tr("Open\tEnter"), lambda: open_row(stage, thing, row["id"]))] if opens else []
    if status == "final":
        offered = (one for one in thing.verbs if one.only is None or row[one.only[0]] == one.only[1])
        found += [(tr(one.title), partial(perform, stage, thing, one.act, row)) for one in offered]
    if thing.ending and status == "archived":
        found.append((tr("Bring back"), lambda: let_go(stage, thing, row["id"], status)))
    elif thing.ending and status != "void":
        found.append((f"{tr(thing.ending)}\tDelete", lambda: let_go(stage, thing, row["id"], status)))
    return found


def perform(stage: Stage, thing: Thing, act: Changes | Opens | Works, row: Row) -> None:
    """Changes the book, opens a form that is filled in from the row, or begins work on the long lane."""
    store = stage.desk.store
    match act:
        case Changes():

            def change() -> None:
                with store.changing(act.name, thing.table.verb, name=row.get("name") or "") as s:
                    act.how(s, row["id"])

            stage.attempt(change)
        case Opens():
            stage.open_form(act.form, values={field: row[column] for field, column in act.gives.items()})
        case Works():
            stage.say(tr(act.begun), longer=True)
            stage.desk.jobs.long(lambda: act.how(store, row["id"]), lambda _: stage.say(tr(act.done)), stage.failed)


def open_row(stage: Stage, thing: Thing, row: int) -> None:
    """The form that a row opens, if one does."""
    if form := stage.desk.read(lambda s: thing.opening(s, row)):
        stage.open_form(*form)


def let_go(stage: Stage, thing: Thing, row: int, status: str) -> None:
    """Voids, archives or removes it; what is archived is brought back."""
    how = restore if status == "archived" else remove
    if thing.ending:
        stage.attempt(lambda: how(stage.desk.store, thing.key, row))
