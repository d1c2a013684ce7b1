"""Deals, moved from stage to stage, won, lost and reopened; and the stages themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.shop import kind
from desktop.shop.clock import shop_day
from desktop.shop.entity import CUSTOMER, NAME, NOTE, SELLER, Field, Problem, Values, ref, there
from desktop.shop.lists import listing
from desktop.shop.places import PIPELINE
from desktop.shop.thing import Changes, Found, Search, Shortcut, Thing, Verb
from desktop.store import dialect, series
from desktop.store.access import may
from desktop.store.tables import Activity, Deal, DealStage, Lead, Stage
from desktop.values.fold import code, fold
from desktop.values.text import N_, Refused, tr

FROM_LEAD = ("customer_id", "seller_id", "source_id", "campaign_id")  # what a deal does not say of itself


def _check(s: Session, row_id: int | None, values: Values) -> None:
    outcome = s.get_one(Stage, values["stage_id"]).outcome
    opened = values.get("opened") or (None if row_id else shop_day(s))
    closed = values.get("closed")
    if outcome != "open" and opened and closed and closed < opened:
        raise Refused(N_("A deal cannot be closed before it was opened."), field="closed")


def _remark(s: Session, _row_id: int | None, values: Values) -> Iterator[Problem]:
    outcome = s.get_one(Stage, values["stage_id"]).outcome
    if outcome == "lost" and not values.get("reason"):
        yield Problem("reason", tr("Why was it lost? “I don't know” is a reason too."))
    if outcome == "open" and not values.get("expected"):
        yield Problem("expected", tr("Without an expected day the deal is in no month's forecast."))


def _keep(s: Session, row: Deal, values: Values, new: bool) -> None:
    """A new deal has a number; it stands in its stage since the day it came there."""
    row.name_fold = fold(row.name)
    if new:
        (row.number,) = series.take(dialect.run(s.connection()), "deal")
    place(s, row, values.get("closed"), new=new)


def place(s: Session, deal: Deal, closed: dt.date | None, *, new: bool) -> None:
    """The deal stands in its stage, its history says since when, and its outcome is the stage's.

    A won or lost deal is closed on ``closed`` (today when not said); in an open stage it is open again.
    """
    stage = s.get_one(Stage, deal.stage_id)
    today = shop_day(s)
    deal.opened = deal.opened or (today if new else None)
    if deal.lead_id is not None:
        lead = s.get_one(Lead, deal.lead_id)
        for name in FROM_LEAD:
            setattr(deal, name, getattr(deal, name) or getattr(lead, name))
    deal.outcome = stage.outcome
    deal.closed = (closed or today) if stage.outcome != "open" else None
    s.add(deal)
    s.flush()
    deal.first_contact = first_contact(s, deal) or deal.first_contact  # anew each time: its days may have been put right
    latest = s.scalars(select(DealStage).where(DealStage.deal_id == deal.id).order_by(DealStage.id.desc()).limit(1)).first()
    day = deal.closed or (deal.opened if new else today)
    if latest is None or latest.stage_id != deal.stage_id:
        s.add(DealStage(deal_id=deal.id, stage_id=deal.stage_id, day=day))
    elif deal.closed is not None:
        latest.day = day  # the day of the close was put right


def first_contact(s: Session, deal: Deal) -> dt.date | None:
    """The lead's day, else the day it was opened, else its earliest activity."""
    if deal.lead_id is not None:
        return s.get_one(Lead, deal.lead_id).day
    return deal.opened or s.scalar(select(func.min(Activity.day)).where(Activity.deal_id == deal.id, Activity.status == "final"))


def move(s: Session, deal_id: int, stage_id: int, *, day: dt.date | None = None, reason: str | None = None) -> None:
    """The deal comes into a stage; into a closing one on ``day`` (today), a lost one with its reason.

    Raises:
        Refused: it would be closed before it was opened, or the role does not allow it.
    """
    may(s, "deal")
    deal = there(s, Deal, deal_id)
    _check(s, deal_id, {"stage_id": stage_id, "opened": deal.opened, "closed": day or shop_day(s)})
    with s.no_autoflush:
        deal.stage_id = stage_id
        if reason is not None:
            deal.reason = reason
        place(s, deal, day, new=False)


def win(s: Session, deal_id: int, *, day: dt.date | None = None) -> None:
    move(s, deal_id, _stage(s, "won"), day=day)


def lose(s: Session, deal_id: int, *, reason: str | None = None, day: dt.date | None = None) -> None:
    """The deal is lost on ``day`` (today), for ``reason``."""
    move(s, deal_id, _stage(s, "lost"), day=day, reason=reason)


def reopen(s: Session, deal_id: int) -> None:
    """A closed deal is open again, in the open stage where it stood last."""
    last = (
        select(Stage.id)
        .join(DealStage, DealStage.stage_id == Stage.id)
        .where(DealStage.deal_id == deal_id, Stage.outcome == "open")
        .order_by(DealStage.id.desc())
        .limit(1)
    )
    move(s, deal_id, s.scalar(last) or _stage(s, "open"))


def _stage(s: Session, outcome: str) -> int:
    return s.scalars(select(Stage.id).where(Stage.outcome == outcome, Stage.archived == 0).order_by(Stage.position)).first() or 0


def _search(s: Session, text: str, limit: int) -> list[Found]:
    question = select(Deal.id, Deal.name, Deal.number).where(Deal.status == "final").order_by(Deal.id.desc()).limit(limit)
    if fold(text):
        question = question.where(or_(Deal.name_fold.contains(fold(text), autoescape=True), Deal.number == code(text)))
    return [(row_id, name or number or "", number or "") for row_id, name, number in s.execute(question)]


THING = Thing(
    "deal", N_("Deal"), Deal,
    (NAME, CUSTOMER, ref("lead_id", N_("Lead"), Lead), SELLER, ref("stage_id", N_("Stage"), Stage, needed=True),
     Field("value", N_("Value"), "money"), Field("opened", N_("Opened"), "day"), Field("expected", N_("Expected"), "day"),
     Field("closed", N_("Closed"), "day"), Field("reason", N_("Reason")), NOTE),
    N_("Add deal {name}"), N_("Change deal {name}"), N_("Void deal {name}"), check=_check, after=_keep, remark=_remark,
    lists=listing(
        "deals", N_("Deals"), "number", Field("name", N_("Deal")), "customer", "seller", "stage", "value", "opened",
        "expected", "closed", "reason",
        looks=("name", "number", "customer"), day="opened",
    ),
    new=N_("New deal"),
    picture="square-kanban",
    empty=N_("A deal is a sale in the making. Follow it from stage to stage until it is won or lost."),
    place=PIPELINE, tab=1,
    shortcut=Shortcut("F7"),
    lights=N_("Add a deal"),
    search=Search(5, how=_search),
    verbs=(Verb(N_("Won today"), Changes(N_("Win deal {name}"), win)), Verb(N_("Lost today"), Changes(N_("Lose deal {name}"), lose)),
           Verb(N_("Open again"), Changes(N_("Reopen deal {name}"), reopen))),
    narrow=("outcome", N_("All deals"), (("open", N_("open")), ("won", N_("won")), ("lost", N_("lost")))),
    file=kind.of_form(
        "deals", N_("Deals"), "number", "customer", "lead", "seller", "product", "stage", "opened", "expected", "closed", "value",
        "reason", "source", "campaign", kind.Field("name", N_("Deal")),
        at=6,
    ),
)  # fmt: skip


# Stages


def _probable(s: Session, row_id: int | None, values: Values) -> None:
    """Won is certain and lost is nothing; only open stages have a probability of their own."""
    outcome = s.get_one(Stage, row_id).outcome if row_id else "open"
    certain = {"won": 10_000, "lost": 0}.get(outcome)
    if certain is not None and values["probability"] != certain:
        raise Refused(N_("A won deal is certain and a lost one is not: this stage keeps its probability."), field="probability")


def _placed(s: Session, row: Stage, _values: Values, new: bool) -> None:
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


STAGES = Thing(
    "stage", N_("Stage"), Stage, (NAME, Field("probability", N_("Probability"), "share", needed=True)),
    N_("Add stage {name}"), N_("Change stage {name}"), N_("Archive stage {name}"), check=_probable, after=_placed, stays=_stays,
    lists=listing(
        "stages", N_("Stages"), "name", ("probability", Stage.probability / 10_000.0), order=("position", False),
        sorts={"position": Stage.position},
    ),
    new=N_("New stage"),
    empty=N_("The stages a deal goes through, and how likely it is to be won from each."),
    place=PIPELINE, tab=3,
    search=Search(order=Stage.position),
)  # fmt: skip
