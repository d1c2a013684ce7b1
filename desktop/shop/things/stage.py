"""The stages a deal goes through, and how likely it is to be won from each."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import NAME, Entity, Field, Problem, Values
from desktop.shop.lists import listing
from desktop.shop.places import PIPELINE
from desktop.shop.thing import Search, Thing
from desktop.store.tables import Deal, Stage
from desktop.values.text import N_, Refused, tr


def _check(s: Session, row_id: int | None, values: Values) -> Iterator[Problem]:
    """Won is certain and lost is nothing; only open stages have a probability of their own."""
    outcome = s.get_one(Stage, row_id).outcome if row_id else "open"
    certain = {"won": 10_000, "lost": 0}.get(outcome)
    if certain is not None and values["probability"] != certain:
        yield Problem("probability", tr("A won deal is certain and a lost one is not: this stage keeps its probability."))


def _keep(s: Session, row: Stage, _values: Values, new: bool) -> None:
    """A new stage is the last open one."""
    if new:
        row.outcome = "open"
        last = s.scalar(select(func.max(Stage.position)).where(Stage.outcome == "open")) or 0
        row.position = last + 1
        for later in s.scalars(select(Stage).where(Stage.position > last)):
            later.position += 1


def _stays(s: Session, stage_id: int) -> None:
    if s.get_one(Stage, stage_id).outcome != "open":
        raise Refused(N_("Deals are closed by this stage; it stays."))
    if s.scalar(select(Deal.id).where(Deal.stage_id == stage_id, Deal.status == "final").limit(1)) is not None:
        raise Refused(N_("Deals stand in this stage; move them first."))


FORM = Entity(
    "stage", N_("Stage"), Stage, (NAME, Field("probability", N_("Probability"), "share", needed=True)),
    N_("Add stage {name}"), N_("Change stage {name}"), N_("Archive stage {name}"), check=_check, after=_keep, stays=_stays,
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing(
        "stages", N_("Stages"), FORM, "name", ("probability", Stage.probability / 10_000.0), order=("position", False),
        sorts={"position": Stage.position},
    ),
    new=N_("New stage"),
    empty=N_("The stages a deal goes through, and how likely it is to be won from each."),
    place=PIPELINE, tab=3,
    search=Search(order=Stage.position),
)  # fmt: skip
