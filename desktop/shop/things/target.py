"""Targets: what a KPI should reach in a month, quarter or year; as typed and as kept."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.shop.entity import CAMPAIGN, CATEGORY, SELLER, Field, Values
from desktop.shop.kind import of_form
from desktop.shop.lists import listing
from desktop.shop.places import TARGETS
from desktop.shop.thing import Shortcut, Thing
from desktop.store import settings
from desktop.store.tables import Campaign, Category, Seller, Target, refers
from desktop.values.period import Period, span_label
from desktop.values.text import N_, Refused

SPANS = {1: "month", 3: "quarter", 12: "year"}
DIRECTIONS = (("at_least", N_("at least")), ("at_most", N_("at most")))
_SPANS = {"month": N_("month"), "quarter": N_("quarter"), "year": N_("year")}
OWNERS = ("seller", "category", "campaign")
ABOVE_ZERO = N_("A target is above zero.")
TWO_OWNERS = N_("A target belongs to a seller, a category or a campaign, not to two of them.")
TWIN = N_("There is a target for this already; change that one.")


def span_of(s: Session, text: str) -> Period:
    """See `span`; a day names its month in the book's calendar."""
    return span(text, settings.get(s, "calendar"))


def span(text: str, calendar: str) -> Period:
    """The month, quarter or year that ``text`` names; a day names its month.

    Raises:
        Refused: it is none.
    """
    period = Period.parse(text, calendar)
    if period.days == 1:
        period = Period.month(period.start, calendar)
    if not any(period.whole_months(one) in SPANS for one in ("jalali", "gregorian")):
        raise Refused(N_("A target is for a month, a quarter or a year."))
    return period


def span_name(period: Period) -> str:
    """Whether a target's span is a month, a quarter or a year."""
    return SPANS[next(filter(None, (period.whole_months(one) for one in ("jalali", "gregorian"))))]


def _check(s: Session, row_id: int | None, values: Values) -> None:
    """One target for one KPI, span and person; a target for revenue is above zero."""
    period = span_of(s, str(values["month"]))
    if values["kpi"] == "revenue" and values["amount"] <= 0:
        raise Refused(ABOVE_ZERO, field="amount")
    whose = [name for name in OWNERS if values.get(f"{name}_id") is not None]
    twin = select(Target.id).where(
        Target.status == "final", Target.kpi == values["kpi"], Target.start == period.start, Target.end == period.end,
        *(getattr(Target, f"{name}_id").is_not_distinct_from(values.get(f"{name}_id")) for name in OWNERS), Target.id != (row_id or 0),
    )  # fmt: skip
    if len(whose) > 1:
        raise Refused(TWO_OWNERS, field=f"{whose[1]}_id")
    if s.scalar(twin) is not None:
        raise Refused(TWIN, field="month")


def _keep(s: Session, row: Target, values: Values, _new: bool) -> None:
    """``month`` and ``amount`` as typed become days and steps; whose it is follows from the ids."""
    period = span_of(s, str(values["month"]))
    row.start, row.end, row.span = period.start, period.end, span_name(period)
    row.value, row.direction = values["amount"], row.direction or "at_least"
    row.scope = next((name for name in OWNERS if values.get(f"{name}_id") is not None), "team")


def _show(_: Session, row: Target) -> Values:
    return {"month": Period(row.start, row.end).key(), "amount": row.value}


_EXPORT = """
    SELECT t.start, t."end", t.value AS amount, t.kpi, e.name AS seller, g.name AS category, a.name AS campaign, t.direction, t.person
    FROM target t LEFT JOIN seller e ON e.id = t.seller_id LEFT JOIN category g ON g.id = t.category_id
    LEFT JOIN campaign a ON a.id = t.campaign_id WHERE t.status = 'final' ORDER BY t.id"""


THING = Thing(
    "target", N_("Target"), Target,
    (Field("month", N_("Month, quarter or year"), "month", needed=True), Field("kpi", N_("KPI"), "kpi", needed=True),
     Field("amount", N_("Target"), "amount", needed=True, secret="others"), SELLER, CATEGORY, CAMPAIGN,
     Field("direction", N_("At least or at most"), "choice", choices=DIRECTIONS), Field("person", N_("Answerable"))),
    N_("Add target"), N_("Change target"), N_("Void target"), check=_check, after=_keep, show=_show,
    apart=frozenset({"month", "amount"}),
    lists=listing(
        "targets", N_("Targets"), (Field("month", N_("Period"), "day"), Target.start), Field("span", N_("Span")),
        "kpi", (Field("whose", N_("Whose")), func.coalesce(Seller.name, Category.name, Campaign.name)),
        Field("value", N_("Target"), secret="others"), "direction", "person",
        joins=[(owner, refers(Target, owner.__tablename__) == owner.id) for owner in (Seller, Category, Campaign)],
        looks=("seller", "person"), day="start", order=("month", True),
    ),
    new=N_("New target"),
    empty=N_("A target for the team or each seller; the lamps show whether you are on pace."),
    place=TARGETS,
    shortcut=Shortcut("F11", words="تارگت"),
    lights=N_("Set a target"),
    cells={"month": lambda start, row: span_label(start, row["span"]), "span": _SPANS, "kpi": "kpi", "value": "goal"},
    file=of_form(
        "targets", N_("Targets"), "month", "amount", "kpi", "seller", "category", "campaign", "direction", "person",
        blank={"kpi"}, at=10,
    ),
    exports={"targets": _EXPORT},
)  # fmt: skip
