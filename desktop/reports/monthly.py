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

TRENDS = ("revenue", "gross_profit", "gross_margin", "average_order_value", "new_customers", "retention_rate", "cac")


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
    demo: bool

    def text(self, key: str) -> str:
        """A KPI's number as written for a person."""
        return kpi.BY_KEY[key].unit.write(self.answers[key].value)

    def title(self, key: str) -> str:
        """A KPI's one name."""
        return tr(kpi.BY_KEY[key].title)


def gather(s: Session, scope: Scope) -> Monthly:
    """The month of ``scope`` from the open snapshot ``s``."""
    board = kpi.board(s, scope)
    answers = kpi.answers(s, scope)
    for key in TRENDS:
        answers[key] = kpi.with_trend(s, answers[key], scope)
    return Monthly(
        shop=str(settings.get(s, "shop_name")),
        scope=scope,
        label=scope.period.label(scope.calendar),
        language=language(),
        answers=answers,
        board=board,
        lists=kpi.as_json(s, scope),
        demo=board.demo,
    )
