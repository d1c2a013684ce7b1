"""What the monthly report says, gathered from one snapshot of the book; no page is laid out here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop import kpi
from desktop.store import settings
from desktop.values.text import language, tr

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.kpi.kpi import Answer, Board, Scope

TRENDS = ("revenue", "gross_profit", "cac")


@dataclass(frozen=True)
class Monthly:
    """A month's numbers as every page shows them; ``lists`` is what `kpi --json` prints, so paper and command line agree."""

    shop: str
    scope: Scope
    label: str
    language: str
    answers: dict[str, Answer]
    board: Board
    lists: dict[str, Any]
    totals: dict[str, Any]
    funnel: list[dict[str, Any]]
    gaps: dict[str, Any]

    def text(self, key: str) -> str:
        """A KPI's number as written for a person."""
        return kpi.BY_KEY[key].unit.write(self.answers[key].value)

    def title(self, key: str) -> str:
        """A KPI's one name."""
        return tr(kpi.BY_KEY[key].title)


def gather(s: Session, scope: Scope) -> Monthly:
    """The month of ``scope`` from the open snapshot ``s``."""
    answers = kpi.tiles(s, scope, [one.key for one in kpi.ALL], last_year=True)
    for key in TRENDS:
        answers[key] = kpi.with_trend(s, answers[key], scope)
    return Monthly(
        shop=settings.get(s, "shop_name"),
        scope=scope,
        label=scope.period.label(scope.calendar),
        language=language(),
        answers=answers,
        board=kpi.board(s, scope, keys=()),
        lists=kpi.all_lists(s, scope),
        totals=dict(kpi.day_totals(s, scope)),
        funnel=kpi.funnel(s, scope),
        gaps=kpi.gaps(s, scope),
    )
