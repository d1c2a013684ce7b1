"""From lead to loyal customer: who asked, what was offered and done, what it cost, what should be reached, what people say."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import columns as c
from desktop.store.tables.columns import DOCUMENT_STATUS, Archived, Counted, Document, Imported, Named, PartOf, Row


class Lead(Named, Document, Imported, Row):
    """Somebody who asked and has not bought yet; duplicates and spam are marked, never deleted."""

    verb, dated = "lead", ("day",)
    code: Mapped[str | None] = mapped_column(unique=True)
    day: Mapped[dt.date]
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    phone: Mapped[str | None] = mapped_column(index=True)
    source_id: Mapped[int | None] = c.to("source.id", index=False)
    campaign_id: Mapped[int | None] = c.to("campaign.id")
    seller_id: Mapped[int | None] = c.to("seller.id")
    customer_id: Mapped[int | None] = c.to("customer.id")
    status: Mapped[str] = mapped_column(default="open")
    note: Mapped[str | None]
    __table_args__ = c.args(
        c.ck("status", "status IN ('open', 'converted', 'disqualified', 'duplicate', 'spam', 'void')"),
        Index("ix_lead_day", "day", "id"),
    )


class Stage(Named, Archived, Imported, Row):
    """A stage of the pipeline; ``probability`` is a share."""

    verb = "stage"
    position: Mapped[int]
    probability: Mapped[int]
    outcome: Mapped[str] = mapped_column(default="open")
    __table_args__ = c.args(
        UniqueConstraint("name_fold"),
        c.ck("probability", "probability BETWEEN 0 AND 10000"),
        c.ck("outcome", "outcome IN ('open', 'won', 'lost')"),
    )


class Deal(Document, Imported, Row):
    """A deal; ``outcome`` and ``closed`` are those of its last close; a blank value is unknown, not zero."""

    verb, dated = "deal", ("closed",)
    numbered = True
    number: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    name_fold: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="final")
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    customer_id: Mapped[int | None] = c.to("customer.id")
    lead_id: Mapped[int | None] = c.to("lead.id")
    seller_id: Mapped[int | None] = c.to("seller.id")
    product_id: Mapped[int | None] = c.to("product.id", index=False)
    campaign_id: Mapped[int | None] = c.to("campaign.id", index=False)
    source_id: Mapped[int | None] = c.to("source.id", index=False)
    stage_id: Mapped[int] = c.to("stage.id")
    value: Mapped[int | None]
    opened: Mapped[dt.date | None]
    expected: Mapped[dt.date | None]
    first_contact: Mapped[dt.date | None]
    closed: Mapped[dt.date | None]
    outcome: Mapped[str] = mapped_column(default="open")
    reason: Mapped[str | None]
    note: Mapped[str | None]
    __table_args__ = c.args(
        c.ck("status", DOCUMENT_STATUS),
        c.ck("outcome", "outcome IN ('open', 'won', 'lost')"),
        c.ck("closed", "(outcome = 'open') = (closed IS NULL)"),
        c.ck("value", "value IS NULL OR value >= 0"),
        Index("ix_deal_closed", "closed", "outcome"),
        Index("ix_deal_opened", "opened"),
    )


class DealStage(PartOf, Counted, Row):
    """The day a deal came into a stage."""

    owner, dated = "deal_id", ("day",)
    deal_id: Mapped[int] = c.to("deal.id")
    stage_id: Mapped[int] = c.to("stage.id")
    day: Mapped[dt.date | None]
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)


class Activity(Document, Imported, Row):
    """A call, visit, message ...; ``done`` is the day it was done, if it was."""

    verb, dated = "activity", ("day", "done")
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="final")
    day: Mapped[dt.date]
    due: Mapped[dt.date | None]
    done: Mapped[dt.date | None]
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    seller_id: Mapped[int | None] = c.to("seller.id")
    customer_id: Mapped[int | None] = c.to("customer.id")
    deal_id: Mapped[int | None] = c.to("deal.id")
    lead_id: Mapped[int | None] = c.to("lead.id")
    note: Mapped[str | None]
    __table_args__ = c.args(c.ck("status", DOCUMENT_STATUS), Index("ix_activity_done", "done"), Index("ix_activity_day", "day", "id"))


class Cost(Document, Imported, Row):
    """Money spent: kind is ``advertising``, ``pay``, ``rent``, ``other`` or the owner's own word."""

    verb, dated = "cost", ("day",)
    day: Mapped[dt.date]
    status: Mapped[str] = mapped_column(default="final")
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    amount: Mapped[int]
    kind: Mapped[str]
    campaign_id: Mapped[int | None] = c.to("campaign.id")
    seller_id: Mapped[int | None] = c.to("seller.id", index=False)
    note: Mapped[str | None]
    __table_args__ = c.args(c.ck("status", DOCUMENT_STATUS), Index("ix_cost_day", "day", "id"))


class Target(Document, Imported, Row):
    """What a KPI should reach in a month, quarter or year ``[start, end)``.

    ``value`` is in the KPI's smallest step: money in the smallest unit, counts whole, shares 1/10,000, the rest thousandths.
    """

    verb, dated = "target", ("end",)
    kpi: Mapped[str] = mapped_column(default="revenue")
    scope: Mapped[str] = mapped_column(default="team")
    seller_id: Mapped[int | None] = c.to("seller.id", index=False)
    category_id: Mapped[int | None] = c.to("category.id", index=False)
    campaign_id: Mapped[int | None] = c.to("campaign.id", index=False)
    span: Mapped[str] = mapped_column(default="month")
    start: Mapped[dt.date]
    end: Mapped[dt.date]
    direction: Mapped[str] = mapped_column(default="at_least")
    value: Mapped[int]
    person: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="final")
    __table_args__ = c.args(
        c.ck("scope", "scope IN ('team', 'seller', 'category', 'campaign')"),
        c.ck(
            "who",
            "(scope = 'seller') = (seller_id IS NOT NULL) AND (scope = 'category') = (category_id IS NOT NULL) "
            "AND (scope = 'campaign') = (campaign_id IS NOT NULL)",
        ),
        c.ck("span", "span IN ('month', 'quarter', 'year')"),
        c.ck("direction", "direction IN ('at_least', 'at_most')"),
        c.ck("status", DOCUMENT_STATUS),
        c.ck("order", '"end" > start'),
        Index("ix_target_start", "start", "kpi"),
    )


class NpsAnswer(Document, Imported, Row):
    verb, dated = "nps", ("day",)
    day: Mapped[dt.date]
    status: Mapped[str] = mapped_column(default="final")
    entered_at: Mapped[str] = mapped_column(default=c.utc_now)
    score: Mapped[int]
    customer_id: Mapped[int | None] = c.to("customer.id")
    reason: Mapped[str | None]
    __table_args__ = c.args(
        c.ck("score", "score BETWEEN 0 AND 10"), c.ck("status", DOCUMENT_STATUS), Index("ix_nps_answer_day", "day", "id")
    )
