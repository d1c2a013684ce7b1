"""Following up: leads tied to customers, deals moved from stage to stage, won, lost and reopened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from desktop.shop.clock import shop_day, utc_now
from desktop.shop.drafts import Problem, there
from desktop.shop.known import customer_of
from desktop.store.access import may
from desktop.store.tables import Activity, Customer, Deal, DealStage, Lead, Stage
from desktop.values.fold import fold
from desktop.values.text import N_, Refused, tr

Values = dict[str, Any]


# Leads


def keep_lead(s: Session, row: Lead, _values: Values, new: bool) -> None:
    """A new lead is open, and known if she is a customer already."""
    row.status = row.status or "open"
    if new and row.customer_id is None:
        row.customer_id = customer_of(s.connection().exec_driver_sql, row.code, row.phone, row.name)


def remark_lead(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """Somebody with this phone has asked before."""
    if not values.get("phone"):
        return []
    same = select(Lead.name).where(Lead.phone == values["phone"], Lead.status == "open", Lead.id != (row_id or 0))
    name = s.scalar(same)
    return [Problem("phone", tr("{name} has asked with this number already; mark one of them as duplicate.", name=name))] if name else []


def become_customer(s: Session, lead_id: int) -> int:
    """The lead is a customer from now on, with her source and campaign; gives back the customer's id."""
    from desktop.shop.entities import ENTITIES

    may(s, "lead")
    lead = there(s, Lead, lead_id)
    if lead.customer_id is None:
        values = {"name": lead.name, "phone": lead.phone, "first_source_id": lead.source_id, "first_campaign_id": lead.campaign_id}
        lead.customer_id = ENTITIES["customer"].save(s, None, values)
        s.get_one(Customer, lead.customer_id).since = lead.day
    lead.status = "converted"
    found: int = lead.customer_id
    return found


# Deals


def check_deal(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """A deal is closed after it was opened, by a stage that closes."""
    outcome = s.get_one(Stage, values["stage_id"]).outcome
    opened = values.get("opened") or (None if row_id else shop_day(s))
    closed = values.get("closed")
    if outcome != "open" and opened and closed and closed < opened:
        return [Problem("closed", tr("A deal cannot be closed before it was opened."))]
    return []


def remark_deal(s: Session, _row_id: int | None, values: Values) -> list[Problem]:
    """A lost deal teaches something only with its reason; an open one is forecast only with its day."""
    outcome = s.get_one(Stage, values["stage_id"]).outcome
    if outcome == "lost" and not values.get("reason"):
        return [Problem("reason", tr("Why was it lost? “I don't know” is a reason too."))]
    if outcome == "open" and not values.get("expected"):
        return [Problem("expected", tr("Without an expected day the deal is in no month's forecast."))]
    return []


def show_deal(_: Session, row: Deal) -> Values:
    """The day of the last close."""
    return {"closed": row.closed}


def keep_deal(s: Session, row: Deal, values: Values, new: bool) -> None:
    """A new deal has a number; it stands in its stage since the day it came there."""
    row.name_fold = fold(row.name)
    if new:
        row.number = next_deal_number(s)
    place(s, row, values.get("closed"), new=new)


def next_deal_number(s: Session) -> str:
    """Our own numbers continue the largest purely numeric one."""
    numeric = (func.ltrim(Deal.number, "0123456789") == "", func.length(Deal.number).between(1, 15))
    return str((s.scalar(select(func.max(cast(Deal.number, Integer))).where(*numeric)) or 0) + 1)


def place(s: Session, deal: Deal, closed: dt.date | None, *, new: bool) -> None:
    """The deal stands in its stage, its history says since when, and its outcome is the stage's.

    A won or lost deal is closed on ``closed`` (today when not said); in an open stage it is open again.
    """
    stage = s.get_one(Stage, deal.stage_id)
    today = shop_day(s)
    deal.opened = deal.opened or (today if new else None)
    if deal.lead_id is not None:
        lead = s.get_one(Lead, deal.lead_id)
        deal.customer_id = deal.customer_id or lead.customer_id
        deal.source_id, deal.campaign_id = deal.source_id or lead.source_id, deal.campaign_id or lead.campaign_id
        deal.seller_id = deal.seller_id or lead.seller_id
    deal.outcome = stage.outcome
    deal.closed = (closed or today) if stage.outcome != "open" else None
    s.add(deal)
    s.flush()
    deal.first_contact = first_contact(s, deal) or deal.first_contact  # anew each time: its days may have been put right
    latest = s.scalars(select(DealStage).where(DealStage.deal_id == deal.id).order_by(DealStage.id.desc()).limit(1)).first()
    day = deal.closed or (deal.opened if new else today)
    if latest is None or latest.stage_id != deal.stage_id:
        s.add(DealStage(deal_id=deal.id, stage_id=deal.stage_id, day=day, entered_at=utc_now()))
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
    values = {"stage_id": stage_id, "opened": deal.opened, "closed": day or shop_day(s)}
    for problem in check_deal(s, deal_id, values):
        raise Refused(problem.sentence, field=problem.field)
    with s.no_autoflush:
        deal.stage_id = stage_id
        if reason is not None:
            deal.reason = reason
        place(s, deal, day, new=False)


def win(s: Session, deal_id: int, *, day: dt.date | None = None) -> None:
    """The deal is won on ``day`` (today)."""
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


# Stages and activities


def check_stage(s: Session, row_id: int | None, values: Values) -> list[Problem]:
    """Won is certain and lost is nothing; only open stages have a probability of their own."""
    outcome = s.get_one(Stage, row_id).outcome if row_id else "open"
    certain = {"won": 10_000, "lost": 0}.get(outcome)
    if certain is not None and values["probability"] != certain:
        return [Problem("probability", tr("A won deal is certain and a lost one is not: this stage keeps its probability."))]
    return []


def keep_stage(s: Session, row: Stage, _values: Values, new: bool) -> None:
    """A new stage is the last open one."""
    if new:
        row.outcome = "open"
        last = s.scalar(select(func.max(Stage.position)).where(Stage.outcome == "open")) or 0
        row.position = last + 1
        for later in s.scalars(select(Stage).where(Stage.position > last)):
            later.position += 1


def keep_a_stage(s: Session, stage_id: int) -> None:
    """Goes on if deals can do without this stage.

    Raises:
        Refused: it closes deals, or deals stand in it.
    """
    if s.get_one(Stage, stage_id).outcome != "open":
        raise Refused(N_("Deals are closed by this stage; it stays."))
    if s.scalar(select(Deal.id).where(Deal.stage_id == stage_id, Deal.status == "final").limit(1)) is not None:
        raise Refused(N_("Deals stand in this stage; move them first."))


def keep_activity(s: Session, row: Activity, _values: Values, _new: bool) -> None:
    """An activity of a deal is of its customer and seller too, when nobody says otherwise."""
    if row.deal_id is not None:
        deal = s.get_one(Deal, row.deal_id)
        row.customer_id, row.seller_id = row.customer_id or deal.customer_id, row.seller_id or deal.seller_id
