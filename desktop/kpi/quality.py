"""What the numbers of a period lack: goods without cost, sales without a name, deals without a contact."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.kpi import behind, leads, pipeline
from desktop.kpi.kpi import NOT_YOURS, Scope, shows
from desktop.kpi.sales import coverage
from desktop.kpi.targets import revenue_target
from desktop.kpi.totals import day_totals
from desktop.store.tables import Deal, Lead, PriceIndex
from desktop.values.period import Period
from desktop.values.text import Refused


def gaps(s: Session, scope: Scope) -> dict[str, Any]:
    """Shares and counts of what is missing in the scope; None or 0 where nothing is.

    Raises:
        Refused: the user is a seller, and the scope is not hers.
    """
    if not shows(s, "others", scope.seller):
        raise Refused(NOT_YOURS)
    totals, whole = day_totals(s, scope), shows(s, "others")
    nobody = day_totals(s, Scope(scope.period, scope.as_of, 0, scope.calendar))
    overdue = pipeline.open_rows(s, scope).order_by(None).where(Deal.expected < scope.now).subquery()
    blank = select(func.count()).where(Lead.source_id.is_(None), Lead.status.in_(leads.COUNTED), behind.in_days(scope, Lead.day))
    month = Period.month(scope.now, scope.calendar)
    return {
        "covered": coverage(s, scope),
        "named": totals["named_sold"] / totals["sold"] if totals["sold"] > 0 else None,
        "no_seller": nobody["net"] if whole else 0,
        "lump": totals["lump"],
        "leads_without_source": (s.scalar(blank) or 0) if whole else 0,
        "overdue_deals": s.scalar(select(func.count()).select_from(overdue)) or 0,
        "wrong_cycles": pipeline.WRONG.count(s, scope),
        "no_next_target": revenue_target(s, scope.over(scope.period.next())) is None,
        "no_price_index": s.get(PriceIndex, month.start) is None,
    }
