"""What winning customers cost and what campaigns brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.kpi import behind
from desktop.kpi.customers import NEW
from desktop.kpi.formula import Difference, Ratio
from desktop.kpi.kpi import Better, Kpi, Measured, Part, Question, Scope, Values, once
from desktop.kpi.totals import by_day, new_buyers, setting
from desktop.store.dialect import days_between
from desktop.store.tables import Campaign, Cost, Customer, Lead, Sale, SaleLine, SumCustomer
from desktop.values.period import Period
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

_COSTS = select(Cost.day, Cost.kind, Cost.campaign_id, Cost.amount).where(Cost.status == "final")


# Costs


def costs(s: Session, scope: Scope) -> list[tuple[str, int | None, int]]:
    """The scope's costs: (kind, campaign, amount)."""
    return [(kind, campaign, amount) for _, kind, campaign, amount in by_day(s, _COSTS, scope.days)]


def _cost(key: str, title: str, condition: ColumnElement[bool], counts: Callable[[str, int | None], bool]) -> Part:
    """The costs that meet the condition, said to the database and of (kind, campaign)."""

    def rows(_: Session, scope: Scope) -> Question:
        return behind.dated(scope, Cost, "day", "kind", "campaign", "amount", "note").where(condition)

    def spent(s: Session, scope: Scope) -> int:
        return sum(amount for kind, campaign, amount in costs(s, scope) if counts(kind, campaign))

    return Part(key, title, rows, itemgetter("amount"), spent, Unit.MONEY)


ADVERTISING = _cost("advertising", N_("Advertising costs"), Cost.kind == "advertising", lambda kind, _: kind == "advertising")
CAMPAIGN_COST = _cost("campaign_cost", N_("Costs of campaigns"), Cost.campaign_id.is_not(None), lambda _, campaign: campaign is not None)


# Pay: each month's over the days of its month


def _pay_of(s: Session, month: Period, as_of: dt.date) -> int:
    return sum(amount for day, kind, _, amount in by_day(s, _COSTS, month) if kind == "pay" and day <= as_of)


@once
def _last_pay(s: Session, before: dt.date) -> dt.date | None:
    found: dt.date | None = s.scalar(select(func.max(Cost.day)).where(Cost.kind == "pay", Cost.status == "final", Cost.day < before))
    return found


def _booked(s: Session, month: Period, scope: Scope) -> Period | None:
    """The month whose pay is the month's: its own; while it runs and none is booked, that of the last one that has some."""
    if _pay_of(s, month, scope.as_of):
        return month
    last = _last_pay(s, month.start) if scope.as_of in month else None
    return Period.month(last, scope.calendar) if last else None


def _pay_parts(s: Session, scope: Scope) -> dict[Period, float]:
    """The months whose pay counts in the scope, and how many times: by days, so half a month's pay for half its days.

    Of it counts what goes into winning customers (`acquisition_share`).
    """
    found: dict[Period, float] = {}
    month = Period.month(scope.days.start, scope.calendar)
    while month.start < scope.days.end:
        if source := _booked(s, month, scope):
            overlap = (min(month.end, scope.days.end) - max(month.start, scope.days.start)).days
            found[source] = found.get(source, 0) + overlap / month.days * float(setting(s, "acquisition_share"))
        month = Period.month(month.end, scope.calendar)
    return found


def _pay_rows(s: Session, scope: Scope) -> Question:
    """The pay costs that count, with how much of each."""
    parts = [(behind.within(month, Cost.day), Cost.amount * part) for month, part in _pay_parts(s, scope).items()]
    counted: Any = case(*parts, else_=0.0) if parts else literal(0.0)
    question = behind.named(Cost, "day", "kind", "campaign", "amount", "note", counted.label("part"))
    here = or_(literal(value=False), *(here for here, _ in parts))
    return question.where(Cost.status == "final", Cost.kind == "pay", Cost.day <= scope.as_of, here).order_by(Cost.day, Cost.id)


def _pay(s: Session, scope: Scope) -> float:
    return sum(_pay_of(s, month, scope.as_of) * part for month, part in _pay_parts(s, scope).items())


PAY = Part("pay", N_("Pay"), _pay_rows, itemgetter("part"), _pay, Unit.MONEY, N_("Pay for winning customers"))


# Which sale belongs to which campaign


def _attributed(s: Session, scope: Scope, kinds: tuple[str, ...], *columns: Any) -> Question:
    """The scope's documents with the campaign that each belongs to, and the customer.

    The one on it; else of its customer's latest lead, else of her first source - made at most 60 days before the sale
    and the sale inside the campaign's days or 60 after. A linked return follows its original. Most documents have nothing
    to do with a campaign; those are not looked at closely.
    """
    within = int(setting(s, "attribution_days"))
    original, buyer = aliased(Sale), aliased(Customer)
    day, customer = func.coalesce(original.day, Sale.day), func.coalesce(original.customer_id, Sale.customer_id)

    def near(earlier: Any) -> ColumnElement[bool]:
        return days_between(day, earlier).between(0, within)

    # correlated by hand: SQLAlchemy correlates by itself to the next select only, and these are nested two deep
    lead = (
        select(Lead.campaign_id)
        .where(Lead.customer_id == customer, near(Lead.day), Lead.status.in_(("open", "converted", "disqualified")))
        .order_by(Lead.day.desc(), Lead.id.desc())
        .limit(1)
        .correlate(Sale, original, buyer)
        .scalar_subquery()
    )
    indirect = func.coalesce(lead, case((near(buyer.since), buyer.first_campaign_id)))
    open_then = (
        select(Campaign.id)
        .where(
            Campaign.id == indirect,
            or_(Campaign.first_day.is_(None), Campaign.first_day <= day),
            or_(Campaign.last_day.is_(None), days_between(day, Campaign.last_day) <= within),
        )
        .correlate(Sale, original, buyer)
        .scalar_subquery()
    )
    campaign = func.coalesce(original.campaign_id, Sale.campaign_id, open_then)
    led = select(Lead.customer_id).where(Lead.campaign_id.is_not(None))
    brought = select(Customer.id).where(Customer.first_campaign_id.is_not(None))
    near_one = Sale.campaign_id.is_not(None), Sale.original_id.is_not(None), Sale.customer_id.in_(led), Sale.customer_id.in_(brought)
    return (
        select(*columns, campaign.label("campaign_id"), buyer.name.label("customer"))
        .select_from(Sale)
        .outerjoin(original, original.id == Sale.original_id)
        .outerjoin(buyer, buyer.id == customer)
        .where(Sale.status == "final", Sale.kind.in_(kinds), behind.in_days(scope, Sale.day), or_(*near_one))
    )


def attributed_rows(s: Session, scope: Scope) -> Question:
    """A part's ``rows``: documents of the period that belong to a campaign, with their gross profit."""
    profit = select(func.sum(SaleLine.total - behind.COST)).where(SaleLine.sale_id == Sale.id, SaleLine.cost.is_not(None)).scalar_subquery()
    columns = Sale.id, Sale.day, Sale.number, Sale.total, profit.label("profit"), Sale.kind.label("document")
    found = _attributed(s, scope, ("sale", "return"), *columns).subquery()
    return (
        select(found.c.id, found.c.day, found.c.number, found.c.customer, Campaign.name.label("campaign"), found.c.total,
               found.c.profit, found.c.campaign_id, found.c.document)
        .join(Campaign, Campaign.id == found.c.campaign_id)
        .order_by(found.c.day, found.c.id)
    )  # fmt: skip


class Brought(NamedTuple):
    """What a campaign brought and cost; ``profit`` of costed lines (None: of none), ``documents`` with what was given back."""

    sales: int = 0
    profit: int | None = None
    documents: int = 0
    orders: int = 0
    cost: int = 0


def _by_campaigns(s: Session, scope: Scope) -> Any:
    """The customers whose first sale lies in the scope and belongs to a campaign."""
    other = aliased(Sale)
    known = other.customer_id == Sale.customer_id, other.day == Sale.day, other.status == "final", other.kind == "sale"
    first = select(func.min(other.id)).where(*known).correlate(Sale).scalar_subquery()
    found = (
        _attributed(s, scope, ("sale",), Sale.customer_id)
        .join(SumCustomer, and_(SumCustomer.customer_id == Sale.customer_id, SumCustomer.first_day == Sale.day))
        .where(Sale.id == first)
        .subquery()
    )
    return select(found.c.customer_id).where(found.c.campaign_id.is_not(None))


PAID_NEW = replace(
    NEW, key="paid_new", title=N_("New customers whom a campaign brought"),
    rows=lambda s, scope: behind.new_buyer_rows(scope).where(Customer.id.in_(_by_campaigns(s, scope))),
    sums=lambda s, scope: s.scalar(select(func.count()).select_from(_by_campaigns(s, scope).subquery())) or 0,
)  # fmt: skip


@once
def by_campaign(s: Session, scope: Scope) -> dict[int, Brought]:
    """Campaign → what it brought and cost in the scope."""
    found = attributed_rows(s, scope).order_by(None).subquery()
    orders = func.sum(case((found.c.document == "sale", 1), else_=0))
    sums = func.sum(found.c.total), func.sum(found.c.profit), func.count(), orders
    sales = s.execute(select(found.c.campaign_id, *sums).group_by(found.c.campaign_id))
    brought = {campaign: Brought(*known) for campaign, *known in sales}
    spent: dict[int, int] = {}
    for _, campaign, amount in costs(s, scope):
        if campaign is not None:
            spent[campaign] = spent.get(campaign, 0) + amount
    every = sorted(brought.keys() | spent.keys())
    return {campaign: brought.get(campaign, Brought())._replace(cost=spent.get(campaign, 0)) for campaign in every}


def _profit(s: Session, scope: Scope) -> int | None:
    known = [one.profit for one in by_campaign(s, scope).values() if one.profit is not None]
    return sum(known) if known else None


BROUGHT = Part(
    "brought", N_("Sales of campaigns"), attributed_rows, itemgetter("total"),
    lambda s, scope: sum(one.sales for one in by_campaign(s, scope).values()), Unit.MONEY,
)  # fmt: skip
PROFIT = replace(
    BROUGHT, key="profit", says=N_("Gross profit of campaigns' sales"), counts=itemgetter("profit"), fold=func.sum, sums=_profit
)


# Formulas


def _orders(s: Session, scope: Scope, _: Values) -> int:
    return sum(one.orders for one in by_campaign(s, scope).values())


def _unknown_profit(s: Session, scope: Scope, values: Values) -> Measured | None:
    profit, cost = values
    if not cost or profit is not None or not any(one.documents for one in by_campaign(s, scope).values()):
        return None
    return Measured(None, _orders(s, scope, values), why_null=tr("The goods sold by campaigns have no cost, so their profit is unknown."))


def _running(_: Session, scope: Scope, values: Values) -> str | None:
    return tr("Up to today; the period is running.") if values[1] and scope.as_of in scope.period else None


def _not_profit(*_: object) -> str:
    return tr("Sales, not profit.")


ROAS = Ratio(0, 1, why=N_("No campaign cost in this period."), n=_orders, note=_not_profit)
ROMI = replace(ROAS, top=Difference(0, 1), note=_running, lacking=_unknown_profit)


def _three_months(s: Session, scope: Scope, _: Values) -> str | None:
    months = [scope.over(month) for month in scope.period.months(3, scope.calendar)]
    new = sum(new_buyers(s, month) for month in months)
    if not new:
        return None
    spent = sum(ADVERTISING.value(s, month) or 0 for month in months)
    return tr("Over three months: {amount}.", amount=Unit.MONEY.write(spent / new))


def _never_spent(s: Session, scope: Scope, values: Values) -> Measured | None:
    """A cost never entered by the scope's last day is unknown, not nothing."""
    if (first := _first_cost(s, "advertising")) is not None and first <= scope.now:
        return None
    return Measured(None, int(values[1] or 0), why_null=tr("No advertising cost was entered."))


@once
def _first_cost(s: Session, kind: str) -> dt.date | None:
    found: dt.date | None = s.scalar(select(func.min(Cost.day)).where(Cost.kind == kind, Cost.status == "final"))
    return found


CAC = Ratio(0, 1, why=N_("No new customer in this period; the cost is carried on."), note=_three_months, lacking=_never_spent)


def _loaded(s: Session, scope: Scope, values: Values) -> Measured:
    advertising, pay, new = values
    share = float(setting(s, "acquisition_share"))
    if (first := _first_cost(s, "pay")) is None or first > scope.now:
        return Measured(None, int(new or 0), why_null=tr("No pay was entered as a cost."))
    note = tr("{share} of pay counts as winning customers.", share=Unit.SHARE.write(share))
    month = Period.month(scope.now, scope.calendar)
    if _booked(s, month, scope) not in (month, None):
        estimate = tr("Estimate: the pay of this month is not booked yet, that of the last one stands for it.")
        note = f"{note} {estimate}"
    return replace(CAC, lacking=None, note=lambda *_: note)(s, scope, ((advertising or 0) + (pay or 0), new))


_KPI = partial(Kpi, feeds="cost", window="month", secret="cost", per_seller=False)
KPIS = (
    _KPI("romi", N_("Return on investment (ROI)"), N_("Every 100 toman you spent, besides itself, how many toman of profit it brought."),
        N_("The profit of the campaigns over their own cost; below zero they did not earn their cost."),
        (PROFIT, CAMPAIGN_COST), ROMI, short=N_("ROI of campaigns"), zero=True),
    _KPI("roas", N_("Return on advertising (ROAS)"),
        N_("Every toman of advertising, how many toman of sales it brought; sales, not profit!"),
        N_("The sales that each unit of advertising cost brought; sales, not profit."),
        (BROUGHT, CAMPAIGN_COST), ROAS, short=N_("ROAS")),
    _KPI("cac", N_("Customer acquisition cost (CAC)"), N_("How much advertising you paid for each new customer, whoever brought them."),
        N_("The average advertising cost of winning a new customer."),
        (ADVERTISING, NEW), CAC, better=Better.LOWER, short=N_("Cost of a new customer")),
    _KPI("cac_paid", N_("Paid acquisition cost (paid CAC)"),
        N_("How much advertising you paid for each new customer whom a campaign brought."),
        N_("The advertising cost for each new customer who came from a campaign."),
        (ADVERTISING, PAID_NEW), replace(CAC, why=N_("No campaign brought a new customer in this period."), note=None),
        better=Better.LOWER, short=N_("Paid CAC")),
    _KPI("cac_loaded", N_("Customer acquisition cost with pay"), N_("The same, the sellers' pay counted in."),
        N_("The same cost, with the part of the sellers' pay that goes into winning customers."),
        (ADVERTISING, PAY, NEW), _loaded, better=Better.LOWER,
        said=N_("(Advertising + pay for winning customers) ÷ new customers"), short=N_("CAC with pay")),
)  # fmt: skip
