"""What the monthly report says, gathered from one snapshot of the book; no page is laid out here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop import kpi
from desktop.kpi.board import Board
from desktop.kpi.kpi import Answer, Number, Scope
from desktop.kpi.lines import Lists
from desktop.store import Session, settings
from desktop.values.day import FIRST
from desktop.values.period import Period
from desktop.values.text import N_, Refused, language, tr

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Monthly:
    """A month's numbers as every page shows them; ``lists`` is what `kpi --json` prints, so paper and command line agree.

    What its user may not see is not in it: None, or left out of ``totals`` and of the lists' tables.
    """

    shop: str
    scope: Scope
    label: str
    language: str
    answers: dict[str, Answer]
    board: Board
    lists: Lists
    totals: dict[str, Number]
    funnel: tuple[tuple[str, int], ...]
    gaps: dict[str, Any]

    @property
    def running(self) -> bool:
        """Whether the month is not over: its numbers are up to today."""
        return self.scope.as_of in self.scope.period

    @property
    def head(self) -> str:
        """The month as it stands at the head of a page."""
        return tr("{month}, up to today", month=self.label) if self.running else self.label

    def title(self, key: str) -> str:
        """A KPI's one name."""
        return tr(kpi.BY_KEY[key].title)


def usual_month(s: Session, as_of: dt.date) -> Period | None:
    """The month a report is usually wanted of: the last one that is over if it has a sale, else the running one.

    None: the book has no sale yet.
    """
    now = kpi.scope(s, as_of=as_of)
    if not kpi.seen_totals(s, now.over(Period(FIRST, as_of + DAY)))["documents"]:
        return None
    before = now.over(Period.month(now.period.start - DAY, now.calendar))
    return before.period if kpi.seen_totals(s, before)["documents"] else now.period


def gather(s: Session, scope: Scope) -> Monthly:
    """The month of ``scope`` from the open snapshot ``s``.

    Raises:
        Refused: the scope is not one month, or not for the session's user.
    """
    if scope.period.month_calendar() is None:
        example = Period.month(scope.as_of, scope.calendar).key()
        raise Refused(N_("The report is of one month; ask for one, such as {example}."), example=example)
    answers = kpi.tiles(s, scope, [one.key for one in kpi.ALL], last_year=True)
    for key in (*kpi.TILES, "orders", "new_customers"):
        answers[key] = kpi.with_trend(s, answers[key], scope)
    return Monthly(
        shop=settings.get(s, "shop_name"),
        scope=scope,
        label=scope.period.label(scope.calendar),
        language=language(),
        answers=answers,
        board=kpi.board(s, scope, keys=()),
        lists=kpi.all_lists(s, scope),
        totals=kpi.seen_totals(s, scope),
        funnel=kpi.funnel(s, scope),
        gaps=kpi.gaps(s, scope),
    )
