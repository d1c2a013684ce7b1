"""Whom to call: regular customers who are late by their own rhythm."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.kpi.kpi import Call, Scope
from desktop.store.dialect import days_between
from desktop.store.tables import Customer, SumCustomer

REGULAR, SILENT = 4, 10  # purchase days that make a rhythm, and days away before anybody is missed
LATE, GONE = 1.5, 4  # usual gaps: from the first on one is late, beyond the second not coming back
MOST = 3


def calls(s: Session, scope: Scope) -> tuple[Call, ...]:
    """Those who brought most first, as of the scope's day; whoever that day knows more about is left out."""
    known = SumCustomer
    every = days_between(known.last_day, known.first_day) / (known.days - 1.0)
    silent = days_between(scope.as_of, known.last_day)
    question = (
        select(Customer.id, Customer.name, Customer.phone, every, silent)
        .join(known, known.customer_id == Customer.id)
        .where(Customer.archived == 0, known.days >= REGULAR, silent >= SILENT, silent.between(LATE * every, GONE * every))
        .order_by(known.net.desc(), Customer.id)
        .limit(MOST)
    )
    return tuple(Call(row, name, phone, round(gap), away) for row, name, phone, gap, away in s.execute(question))
