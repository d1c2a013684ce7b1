"""What the sellers did: calls, visits, messages."""

from __future__ import annotations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.kpi.behind import dated, hers
from desktop.kpi.formula import Value
from desktop.kpi.kpi import Better, Kpi, Part, Question, Scope, Values
from desktop.kpi.totals import by_day
from desktop.store.tables import Activity
from desktop.values.text import N_, tr
from desktop.values.unit import Unit

_DONE = (
    select(Activity.done, Activity.seller_id, func.count()).where(Activity.status == "final").group_by(Activity.done, Activity.seller_id)
)
_DUE = (
    select(Activity.due, Activity.seller_id, func.count(), func.sum(case((Activity.done <= Activity.due, 1), else_=0)))
    .where(Activity.status == "final")
    .group_by(Activity.due, Activity.seller_id)
)


def activity_rows(_: Session, scope: Scope) -> Question:
    return dated(scope, Activity, "done", "kind", "seller", "customer", "due", "note").where(hers(scope, Activity))


def _number_done(s: Session, scope: Scope) -> int:
    return sum(n for _, seller, n in by_day(s, _DONE, scope.days) if scope.holds(seller))


DONE = Part("activities", N_("Activities done"), activity_rows, sums=_number_done)


def _on_time(s: Session, scope: Scope, _: Values) -> str | None:
    rows = [row for row in by_day(s, _DUE, scope.days) if scope.holds(row[1])]
    due, timely = sum(row[2] for row in rows), sum(row[3] for row in rows)
    return tr("{share} of what was due was done on time.", share=Unit.SHARE.write(timely / due)) if due else None


KPIS = (
    Kpi("activities", N_("Activities of the sellers"), N_("Who did how much: calls, visits, messages."), Unit.COUNT, Better.HIGHER, (DONE,),
        Value(note=_on_time), N_("Number of activities done"), frozenset({"activity"}), "activity", least=1,
        meaning=N_("The calls, visits, messages and other work that the sellers did.")),
)  # fmt: skip
