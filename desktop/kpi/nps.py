"""Would they recommend the shop? The Net Promoter Score."""

from __future__ import annotations

import datetime as dt
from math import sqrt
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from desktop.kpi.behind import in_days
from desktop.kpi.kpi import Better, Kpi, Measured, Number, Part, Scope
from desktop.kpi.ranges import Z
from desktop.kpi.totals import once
from desktop.store.tables import Customer, NpsAnswer
from desktop.values.column import Column
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

ONCE_IN = 90
PROMOTER, PASSIVE = 9, 7

COLUMNS = (
    Column("day", N_("Day"), Unit.DAY),
    Column("customer", N_("Customer"), Unit.TEXT),
    Column("score", N_("Score"), Unit.COUNT),
    Column("reason", N_("Reason"), Unit.TEXT),
)


def counted(s: Session, scope: Scope) -> list[int]:
    """The answers that count: of each customer, from the period's end backwards, one in 90 days; anonymous ones all."""
    return once(s, ("nps", scope.days), lambda: _counted(s, scope))


def _counted(s: Session, scope: Scope) -> list[int]:
    answers = s.execute(
        select(NpsAnswer.id, NpsAnswer.customer_id, NpsAnswer.day)
        .where(NpsAnswer.status == "final", in_days(scope, NpsAnswer.day))
        .order_by(NpsAnswer.day.desc(), NpsAnswer.id.desc())
    )
    kept: list[int] = []
    last: dict[int, dt.date] = {}
    for answer, customer, day in answers:
        if customer is not None:
            if customer in last and (last[customer] - day).days < ONCE_IN:
                continue
            last[customer] = day
        kept.append(answer)
    return kept


def rows(s: Session, scope: Scope) -> Select[Any]:
    return (
        select(NpsAnswer.id, NpsAnswer.day, Customer.name.label("customer"), NpsAnswer.score, NpsAnswer.reason)
        .outerjoin(Customer, Customer.id == NpsAnswer.customer_id)
        .where(NpsAnswer.id.in_(counted(s, scope)))
        .order_by(NpsAnswer.day, NpsAnswer.id)
    )


def _part(key: str, title: str, condition: Any) -> Part:
    return Part(key, title, rows, COLUMNS, lambda c: func.coalesce(func.sum(case((condition(c), 1), else_=0)), 0))


PROMOTERS = _part("promoters", N_("Promoters (9-10)"), lambda c: c.score >= PROMOTER)
DETRACTORS = _part("detractors", N_("Detractors (0-6)"), lambda c: c.score < PASSIVE)
ANSWERS = Part("answers", N_("Answers"), rows, COLUMNS, lambda c: func.count(c.id))


def spread(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """The 95 % range of a score, in points from −100 to 100; adjusted-Wald when nobody disagrees."""
    p, d = promoters / n, detractors / n
    error = sqrt(max(0.0, p + d - (p - d) ** 2) / n)
    if error == 0:
        promoters, detractors, n = promoters + 0.75, detractors + 0.75, n + 3
        p, d = promoters / n, detractors / n
        error = sqrt((p + d - (p - d) ** 2) / n)
    middle = p - d
    return max(-100.0, 100 * (middle - Z * error)), min(100.0, 100 * (middle + Z * error))


def _nps(s: Session, scope: Scope, values: tuple[Number | None, ...]) -> Measured:
    promoters, detractors, n = (value or 0 for value in values)
    if not n:
        return Measured(None, why_null=tr("Nobody has answered yet."))
    low, high = spread(promoters, detractors, n)
    note = tr("{p} promoters, {d} detractors of {n}.", p=Unit.COUNT.number(promoters), d=Unit.COUNT.number(detractors),
              n=Unit.COUNT.number(n))  # fmt: skip
    return Measured((promoters - detractors) * 100 / n, int(n), low, high, note=note)


KPIS = (
    Kpi("nps", N_("Net promoter score (NPS)"), N_("How willing customers are to recommend you to others; from minus 100 to 100."),
        Unit.POINTS, Better.HIGHER, (PROMOTERS, DETRACTORS, ANSWERS), _nps,
        N_("(Promoters − detractors) ÷ all answers × 100"), frozenset({"nps_answer"}), "nps", short=N_("NPS"), least=30,
        window="quarter", per_seller=False),
)  # fmt: skip
