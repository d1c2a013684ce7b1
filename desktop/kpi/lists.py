"""The lists behind the KPIs, as of the period's end: sellers, goods, customers, campaigns, sources, reasons, cohorts, RFM, ABC."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, wraps
from typing import Any, TypeVar

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from desktop.kpi import behind, leads, lines, pipeline
from desktop.kpi import campaigns as campaign_rows
from desktop.kpi.answers import BY_KEY, answers
from desktop.kpi.kpi import Number, Scope, once, shows
from desktop.kpi.lifetime import ahead, known_rows
from desktop.kpi.lines import LISTS, Line, Lists
from desktop.kpi.totals import day_totals
from desktop.store import settings
from desktop.store.tables import Campaign, Customer, Deal, Lead, Product, Sale, SaleLine, SaleSeller, Seller, Source, SumDayCustomer
from desktop.values.period import Period
from desktop.values.rounding import WHOLE
from desktop.values.text import N_, tr
from desktop.values.unit import Column

TELLING = ("revenue", "orders", "won_deals", "lost_deals", "activities", "pipeline_value")  # nobody's line is shown if one is not 0
QUINTILES_FROM, YEAR = 100, 365

# RFM: segment by R (5 first) and round-half-up((F + M) / 2) from 1 to 5
_NEW, _GROWING, _LOYAL, _GOLDEN = N_("newcomer"), N_("growing"), N_("loyal"), N_("golden")
_PASSING, _USUAL, _RARE, _LEAVING, _KEEP = N_("passing"), N_("usual"), N_("rarely seen"), N_("being lost"), N_("do not let go")
SEGMENTS = {
    5: (_NEW, _GROWING, _GROWING, _LOYAL, _GOLDEN),
    4: (_NEW, _GROWING, _GROWING, _LOYAL, _GOLDEN),
    3: (_PASSING, _PASSING, _USUAL, _LOYAL, _LOYAL),
    2: (_RARE, _PASSING, _USUAL, _LEAVING, _LEAVING),
    1: (_RARE, _RARE, _RARE, _LEAVING, _KEEP),
}
A_UNTIL, B_UNTIL = 0.8, 0.95
COSTED_FROM = 0.95  # of net sales: with fewer costs known goods are ranked by what they sold for

_ORDER = case((Sale.kind == "sale", 1), else_=0)
L = TypeVar("L", bound=Line)
Asked = Callable[[Session, Scope], Iterable[L]]


def all_lists(s: Session, scope: Scope) -> Lists:
    """Every list of the scope, as the session's user may see it."""
    return Lists(
        sellers(s, scope), products(s, scope), customers(s, scope), campaigns(s, scope), sources(s, scope), lost_reasons(s, scope),
        cohorts(s, scope), rfm(s, scope), abc(s, scope), costs=shows(s, "cost"),
    )  # fmt: skip


def as_json(s: Session, scope: Scope) -> dict[str, Any]:
    """Every KPI and list of the scope; money and counts whole, ratios unrounded, shares as fractions."""
    found = all_lists(s, scope)
    return {
        "period": {
            "from": scope.period.start.isoformat(),
            "to": scope.period.end.isoformat(),
            "label": scope.period.label(scope.calendar),
            "as_of": scope.as_of.isoformat(),
        },
        "currency": settings.get(s, "currency"),
        "kpis": {
            key: {
                "value": one.value, "unit": BY_KEY[key].unit.value, "previous": one.previous, "n": one.n, "rows": one.rows,
                "low": one.low, "high": one.high, "why_null": one.why_null, "lamp": one.lamp.value, "why_lamp": one.why_lamp,
                "window": {"from": one.period.start.isoformat(), "to": one.period.end.isoformat()},
            }
            for key, one in answers(s, scope, rows=True).items()
        },
        **{name: _lines(*found.table(name)) for name in LISTS},
    }  # fmt: skip


def _lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    return [{column.key: _plain(value) for column, value in zip(columns, row, strict=True)} for row in rows]


def _plain(value: Any) -> Any:
    match value:
        case Period():
            return value.key()
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value


def _told(ask: Asked[L], *, whole: bool = False) -> Callable[[Session, Scope], tuple[L, ...]]:
    """The lines as the session's user may see them: none of others' (or of the ``whole`` shop's), and no cost that is not for her."""

    @wraps(ask)
    def told(s: Session, scope: Scope) -> tuple[L, ...]:
        if not shows(s, "others", None if whole else scope.seller):
            return ()
        found = tuple(ask(s, scope))
        return found if shows(s, "cost") else tuple(line.without_cost() for line in found)

    return told


def _of_shop(ask: Asked[L]) -> Callable[[Session, Scope], tuple[L, ...]]:
    return _told(ask, whole=True)


def sellers(s: Session, scope: Scope) -> tuple[lines.SellerNumbers, ...]:
    """Each seller's own numbers, and those of documents without a seller."""

    def line(seller: int, name: str | None) -> lines.SellerNumbers:
        mine = replace(scope, seller=seller)
        return lines.SellerNumbers(seller or None, name, {one.key: one.measure(s, mine).value for one in lines.SellerNumbers.kpis})

    everyone = s.execute(select(Seller.id, Seller.name).order_by(Seller.name_sort, Seller.id))
    found = tuple(line(seller, name) for seller, name in everyone if shows(s, "others", seller))
    nobody = line(0, None)
    return (*found, nobody) if any(nobody.numbers[key] for key in TELLING) else found


def _part(amount: Any) -> Any:
    """A seller's part has ten-thousandths at the most: equal ones are equal whatever a float made of them."""
    return round(amount, 4) if isinstance(amount, float) else amount


@once
def _products(s: Session, scope: Scope) -> tuple[lines.ProductLine, ...]:
    """Goods sold or given back in the period, and lines without a product; the best sold first."""
    hers = select(SaleSeller.share / float(WHOLE)).where(SaleSeller.sale_id == Sale.id, SaleSeller.seller_id == scope.seller)
    share: Any = hers.scalar_subquery() if scope.seller else 1
    question = (
        select(
            Product.id, Product.name, Product.code, func.sum(SaleLine.total * share).label("revenue"),
            func.sum((SaleLine.total - behind.COST) * share).label("gross_profit"),
            func.sum(case((SaleLine.cost.is_not(None), SaleLine.total * share))).label("costed"),
            func.sum(SaleLine.quantity * share).label("quantity"),
            func.sum(case((SaleLine.quantity < 0, -SaleLine.total * share), else_=0)).label("returned"),
            func.sum(case((SaleLine.quantity > 0, SaleLine.gross * share), else_=0)).label("gross"),
        )
        .select_from(Sale)
        .join(SaleLine, SaleLine.sale_id == Sale.id)
        .outerjoin(Product, Product.id == SaleLine.product_id)
        .where(Sale.status == "final", Sale.kind != "lump", behind.in_days(scope, Sale.day), behind.of_seller(scope))
        .group_by(SaleLine.product_id)
        .order_by(func.sum(SaleLine.total).desc(), Product.code, Product.id)
    )  # fmt: skip
    return tuple(
        lines.ProductLine(
            row.id, row.name, row.code, _part(row.revenue), _part(row.gross_profit),
            row.gross_profit / row.costed if row.gross_profit is not None and (_part(row.costed) or 0) > 0 else None,
            _part(row.quantity) / 1000, _part(row.returned) / row.gross if _part(row.gross) else None,
        )
        for row in s.execute(question)
    )  # fmt: skip


products = _told(_products)


@_of_shop
def customers(s: Session, scope: Scope) -> Iterator[lines.CustomerLine]:
    """Named customers with a sale to date."""
    period = (
        select(Sale.customer_id, func.sum(Sale.total).label("revenue"), func.sum(_ORDER).label("orders"))
        .where(Sale.status == "final", Sale.customer_id.is_not(None), behind.in_days(scope, Sale.day))
        .group_by(Sale.customer_id)
        .subquery()
    )
    known = known_rows(s, scope).order_by(None).subquery()
    question = (
        select(known, period.c.revenue.label("now"), period.c.orders.label("now_orders"))
        .outerjoin(period, period.c.customer_id == known.c.id)
        .order_by(known.c.id)
    )
    worth = ahead(s, scope)
    for row in s.execute(question):
        profit = row.profit if row.costed else None
        now = row.now or 0, row.now_orders or 0
        yield lines.CustomerLine(
            row.id, row.customer, *now, row.first_day, row.last_day, row.orders, row.purchases, profit, worth.get(row.id)
        )


@_of_shop
def campaigns(s: Session, scope: Scope) -> Iterator[lines.CampaignLine]:
    """Campaigns with a cost or a sale in the period."""
    names = dict(s.execute(select(Campaign.id, Campaign.name)).all())
    for campaign, one in campaign_rows.by_campaign(s, scope).items():
        known = one.cost and not (one.profit is None and one.documents)
        roas, romi = one.sales / one.cost if one.cost else None, ((one.profit or 0) - one.cost) / one.cost if known else None
        yield lines.CampaignLine(campaign, names[campaign], one.sales, one.profit, one.orders, one.cost, roas, romi)


@_of_shop
def sources(s: Session, scope: Scope) -> Iterator[lines.SourceLine]:
    """Leads and sales by how people came to know the shop."""
    answered = s.execute(
        select(Lead.source_id, func.count(), func.sum(case((leads.converted(s, scope.as_of), 1), else_=0)))
        .where(Lead.status.in_(leads.COUNTED), behind.in_days(scope, Lead.day))
        .group_by(Lead.source_id)
    )
    asked = {source: (n, converted) for source, n, converted in answered}
    sales = s.execute(
        select(Sale.source_id, func.sum(Sale.total), func.sum(_ORDER))
        .where(Sale.status == "final", behind.in_days(scope, Sale.day))
        .group_by(Sale.source_id)
    )
    sold = {source: (total, orders) for source, total, orders in sales}
    names: dict[int | None, str | None] = {None: None, **dict(s.execute(select(Source.id, Source.name)).all())}
    for source in sorted(asked.keys() | sold.keys(), key=lambda key: (key is None, key)):
        n, converted = asked.get(source, (0, 0))
        total, orders = sold.get(source, (0, 0))
        yield lines.SourceLine(source, names[source], n, converted / n if n else None, total, orders)


@_told
def lost_reasons(s: Session, scope: Scope) -> Iterable[lines.ReasonLine]:
    """Deals lost in the period by reason, the most frequent first; blank is a reason of its own."""
    lost = pipeline.closed_rows(s, scope, "lost").order_by(None).subquery()
    reason = func.nullif(func.trim(lost.c.reason), "")
    question = select(reason, func.count(), func.coalesce(func.sum(lost.c.value), 0)).group_by(reason)
    return (lines.ReasonLine(*row) for row in sorted(s.execute(question), key=lambda row: (-row[1], row[0] or "")))


def funnel(s: Session, scope: Scope) -> tuple[tuple[str, int], ...]:
    """The leads of the period, and how many of these have a deal, a decided one, a won one by now; each count with its name.

    Where no lead came: the deals opened in the period, and how many of these were decided and won.
    """
    if not shows(s, "others", scope.seller):
        return ()
    day = scope.leads_at or scope.as_of
    steps = {N_("With a deal"): or_(Deal.opened.is_(None), Deal.opened <= day),
             N_("Decided"): pipeline.closed_by(s, day), N_("Won"): pipeline.closed_by(s, day, "won")}  # fmt: skip
    if leads.LEADS.count(s, scope):
        first, came = N_("Leads"), leads.lead_rows(s, scope)
        kinds = {name: leads.with_deal(kind) for name, kind in steps.items()}
    else:
        first, came = N_("Deals opened"), select(Deal.id).where(behind.in_days(scope, Deal.opened), behind.hers(scope, Deal))
        came, kinds = came.where(Deal.status == "final"), dict(list(steps.items())[1:])
    questions = (one.order_by(None).subquery() for one in (came, *map(came.where, kinds.values())))
    counts = [s.scalar(select(func.count()).select_from(one)) or 0 for one in questions]
    return tuple(zip((first, *kinds), counts, strict=True))


# Customers over time


@once
def purchase_days(s: Session, scope: Scope) -> Sequence[tuple[int, dt.date, int, int]]:
    """(customer, day, orders, net) of every day to date on which she bought or gave back (no orders), by customer and day."""
    day = SumDayCustomer
    question = select(day.customer_id, day.day, day.orders, day.net).where(day.day <= scope.now).order_by(day.customer_id, day.day)
    return [(row[0], row[1], row[2], row[3]) for row in s.execute(question)]


@_of_shop
def cohorts(s: Session, scope: Scope) -> Iterator[lines.CohortLine]:
    """Customers by the month of their first purchase, and how many of them bought in each month since."""
    active: dict[Period, dict[Period, set[int]]] = {}
    first: dict[int, Period] = {}
    month = cache(lambda day: Period.month(day, scope.calendar))
    for customer, day, orders, _ in purchase_days(s, scope):
        if orders:
            cohort = first.setdefault(customer, month(day))
            active.setdefault(cohort, {}).setdefault(month(day), set()).add(customer)
    partial = scope.now < month(scope.now).last
    for cohort, buyers in sorted(active.items()):
        months = [cohort]
        while months[-1].end <= scope.now:
            months.append(months[-1].next())
        yield lines.CohortLine(cohort, len(buyers[cohort]), tuple(len(buyers.get(one, ())) for one in months), partial)


@_of_shop
def rfm(s: Session, scope: Scope) -> Iterable[lines.RfmLine]:
    """Every customer of the last 12 months scored 1-5 by last purchase, orders and net sales; ties share a rank's score."""
    since = scope.now - dt.timedelta(days=YEAR - 1)
    year: dict[int, list[Any]] = {}
    for customer, day, orders, net in purchase_days(s, scope):
        if day >= since:
            line = year.setdefault(customer, [day, 0, 0])
            line[0], line[1], line[2] = day if orders else line[0], line[1] + orders, line[2] + net
    names = dict(s.execute(select(Customer.id, Customer.name)).all())
    bought = sorted(customer for customer, (_, orders, _) in year.items() if orders)
    scores = zip(bought, *(_scores([year[c][at] for c in bought]) for at in range(3)), strict=True)
    return (lines.RfmLine(names[c], c, r, f, m, segment(r, f, m)) for c, r, f, m in scores)


def segment(r: int, f: int, m: int) -> str:
    """The name of the group of customers with these scores."""
    return tr(SEGMENTS[r][(f + m + 1) // 2 - 1])


def _scores(values: Sequence[Any]) -> list[int]:
    """1-5 by quintile (fewer than 100: 1, 3, 5 by tercile); equal values get the same score, by their first rank."""
    scores, ordered = (1, 2, 3, 4, 5) if len(values) >= QUINTILES_FROM else (1, 3, 5), sorted(values)
    return [scores[bisect_left(ordered, value) * len(scores) // len(ordered)] for value in values]


@_told
def abc(s: Session, scope: Scope) -> Iterator[lines.AbcLine]:
    """Goods by gross profit (net sales while too little is costed): A until 80 % of the sum, B until 95 %, C; ≤ 0: D."""
    goods = [line for line in _products(s, scope) if line.id is not None]
    totals = day_totals(s, scope)
    uncosted = totals["uncosted_net"] - totals["lump"]
    by_profit = 0 <= uncosted <= (1 - COSTED_FROM) * (totals["costed_net"] + uncosted)
    if not by_profit and not uncosted:  # what went out came back: no share of nothing, but perhaps every line has its cost
        without = select(SaleLine.id).join(Sale, Sale.id == SaleLine.sale_id).where(SaleLine.cost.is_(None), Sale.status == "final")
        by_profit = not s.scalar(without.where(Sale.kind != "lump", behind.in_days(scope, Sale.day), behind.of_seller(scope)).limit(1))
    basis = tr(BY_KEY["gross_profit" if by_profit else "revenue"].title)
    worth = [(line.gross_profit or 0 if by_profit else line.revenue, line) for line in goods]
    worth.sort(key=lambda pair: (-pair[0], pair[1].code or "", pair[1].id))
    whole = sum(max(0, value) for value, _ in worth)
    before: Number = 0
    for value, line in worth:
        grade = "D" if value <= 0 else "A" if before / whole < A_UNTIL else "B" if before / whole < B_UNTIL else "C"
        before += max(0, value)
        yield lines.AbcLine(line.name or "", line.id or 0, value, value / whole if value > 0 else 0.0, grade, basis)
