"""Following up: leads tied to customers, deals moved from stage to stage, won, lost and reopened."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.sales import utc_now
from desktop.store.tables import Activity, Customer, Deal, DealStage, Lead, Stage
from desktop.values.fold import fold
from desktop.values.text import N_, Refused


def customer_like(s: Session, phone: str | None, name: str) -> int | None:
    """The customer a lead is: by phone, else by folded name where only one bears it."""
    if phone and (found := s.scalar(select(Customer.id).where(Customer.phone == phone).order_by(Customer.id).limit(1))):
        return int(found)
    same = s.scalars(select(Customer.id).where(Customer.name_fold == fold(name)).limit(2)).all()
    return same[0] if len(same) == 1 else None


def tie_leads(s: Session, customer: Customer) -> None:
    """Leads that are this customer (same phone, else same name) know it from now on."""
    same = Lead.phone == customer.phone if customer.phone else Lead.name_fold == customer.name_fold
    for lead in s.scalars(select(Lead).where(Lead.customer_id.is_(None), same)):
        lead.customer_id = customer.id


def place(s: Session, deal: Deal, closed: dt.date | None, *, new: bool) -> None:
    """The deal stands in its stage, its history says since when, and its outcome is the stage's.

    A won or lost deal is closed on ``closed`` (today when not said); in an open stage it is open again.
    """
    stage = s.get_one(Stage, deal.stage_id)
    today = dt.date.today()  # noqa: DTZ011 - the shop's own clock
    deal.opened = deal.opened or (today if new else None)
    if deal.value is not None and deal.value < 0:
        raise Refused(N_("A deal's value cannot be negative."), field="value")
    if deal.lead_id is not None:
        lead = s.get_one(Lead, deal.lead_id)
        deal.customer_id = deal.customer_id or lead.customer_id
        deal.source_id, deal.campaign_id = deal.source_id or lead.source_id, deal.campaign_id or lead.campaign_id
    deal.outcome = stage.outcome
    deal.closed = (closed or today) if stage.outcome != "open" else None
    if deal.closed and deal.opened and deal.closed < deal.opened:
        raise Refused(N_("A deal cannot be closed before it was opened."), field="closed")
    s.add(deal)
    s.flush()
    if new or deal.first_contact is None:
        deal.first_contact = first_contact(s, deal)
    latest = s.scalar(select(DealStage.stage_id).where(DealStage.deal_id == deal.id).order_by(DealStage.id.desc()).limit(1))
    if latest != deal.stage_id:
        day = deal.closed or (deal.opened if new else today)
        s.add(DealStage(deal_id=deal.id, stage_id=deal.stage_id, day=day, entered_at=utc_now()))


def first_contact(s: Session, deal: Deal) -> dt.date | None:
    """The lead's day, else the day it was opened, else its earliest activity."""
    if deal.lead_id is not None:
        return s.get_one(Lead, deal.lead_id).day
    return deal.opened or s.scalar(select(func.min(Activity.day)).where(Activity.deal_id == deal.id, Activity.status == "final"))


def move(s: Session, deal_id: int, stage_id: int, *, day: dt.date | None = None, reason: str | None = None) -> None:
    """The deal comes into a stage; a lost one with its reason («نمی‌دانم» is one)."""
    deal = s.get_one(Deal, deal_id)
    deal.stage_id = stage_id
    if reason is not None:
        deal.reason = reason
    place(s, deal, day, new=False)
