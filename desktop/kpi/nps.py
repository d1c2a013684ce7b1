"""Would they recommend the shop? The Net Promoter Score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from desktop.kpi.behind import dated
from desktop.kpi.formula import Formula, Z
from desktop.kpi.kpi import Kpi, Number, Part, Question, Scope, Values, once
from desktop.kpi.totals import by_day
from desktop.store.tables import NpsAnswer
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

ONCE_IN = 90
PROMOTER, PASSIVE = 9, 7

_ANSWERS = (
    select(NpsAnswer.day, NpsAnswer.id, NpsAnswer.customer_id, NpsAnswer.score)
    .where(NpsAnswer.status == "final")
    .order_by(NpsAnswer.day, NpsAnswer.id)
)


@once
def counted(s: Session, scope: Scope) -> dict[int, int]:
    """The answers that count and their scores: of each customer, from the period's end backwards, one in 90 days; anonymous ones all."""
    kept: dict[int, int] = {}
    last: dict[int, dt.date] = {}
    for day, answer, customer, score in reversed(by_day(s, _ANSWERS, scope.days)):
        if customer is not None:
            if customer in last and (last[customer] - day).days < ONCE_IN:
                continue
            last[customer] = day
        kept[answer] = score
    return kept


def rows(s: Session, scope: Scope) -> Question:
    return dated(scope, NpsAnswer, "day", "customer", "score", "reason").where(NpsAnswer.id.in_(list(counted(s, scope))))


def _part(key: str, title: str, holds: Callable[[Any], Any]) -> Part:
    return Part(
        key, title, rows, lambda c: case((holds(c.score), 1), else_=0),
        lambda s, scope: sum(holds(score) for score in counted(s, scope).values()),
    )  # fmt: skip


PROMOTERS = _part("promoters", N_("Promoters (9-10)"), lambda score: score >= PROMOTER)
DETRACTORS = _part("detractors", N_("Detractors (0-6)"), lambda score: score < PASSIVE)
ANSWERS = Part("answers", N_("Answers"), rows, sums=lambda s, scope: len(counted(s, scope)))


def spread(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """The 95 % range of a score, in points from −100 to 100: adjusted Wald, as if three more had answered.

    Source:
        B. Rocks, "Interval estimation for the Net Promoter Score", The American Statistician 70(4), 2016.
    """
    n += 3
    p, d = (promoters + 0.75) / n, (detractors + 0.75) / n
    middle, error = p - d, sqrt((p + d - (p - d) ** 2) / n)
    return max(-100.0, 100 * (middle - Z * error)), min(100.0, 100 * (middle + Z * error))


@dataclass(frozen=True)
class Points(Formula):
    """Promoters less detractors of a hundred answers; its note shows the counts."""

    def fold(self, values: Values) -> Number | None:
        promoters, detractors, n = (value or 0 for value in values)
        return (promoters - detractors) * 100 / n if n else None

    def base(self, values: Values) -> Number:
        return values[2] or 0

    def spread(self, values: Values) -> tuple[float, float]:
        promoters, detractors, n = (value or 0 for value in values)
        return spread(promoters, detractors, n)


def _note(_: Session, __: Scope, values: Values) -> str | None:
    p, d, n = (Unit.COUNT.number(value) for value in values)
    return tr("{p} promoters, {d} detractors of {n}.", p=p, d=d, n=n) if values[2] else None


KPIS = (
    Kpi("nps", N_("Net promoter score (NPS)"), N_("How willing customers are to recommend you to others; from minus 100 to 100."),
        N_("How willing customers are to recommend the shop, from −100 to 100."),
        (PROMOTERS, DETRACTORS, ANSWERS), Points(why=N_("Nobody has answered yet."), note=_note), "nps",
        said=N_("(Promoters − detractors) ÷ all answers × 100"), short=N_("NPS"), least=30, window="quarter", per_seller=False),
)  # fmt: skip
