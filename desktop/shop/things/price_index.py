"""The price index: one value a month; its key is the month's first day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from desktop.shop.entity import Entity, Field, Values
from desktop.shop.lists import listing
from desktop.shop.places import SETTINGS
from desktop.shop.thing import Thing
from desktop.store import settings
from desktop.store.tables import PriceIndex
from desktop.values.period import Period, span_label
from desktop.values.text import N_, Refused


def _check(s: Session, row_id: int | None, values: Values) -> None:
    month = _month(s, values["month"])
    if month.toordinal() != row_id and s.get(PriceIndex, month) is not None:
        raise Refused(N_("The price index of this month is there already; change that one."), field="month")


def _keep(s: Session, row: PriceIndex, values: Values, _new: bool) -> None:
    row.month, row.origin = _month(s, values["month"]), "entered"


def _show(_: Session, row: PriceIndex) -> Values:
    calendar = next(one for one in ("jalali", "gregorian") if Period.month(row.month, one).start == row.month)
    return {"month": Period.month(row.month, calendar).key()}


def _month(s: Session, text: object) -> dt.date:
    calendar = settings.get(s, "calendar")
    return Period.month(Period.parse(str(text), calendar).start, calendar).start


FORM = Entity(
    "price_index", N_("Price index"), PriceIndex,
    (Field("month", N_("Month"), "month", needed=True), Field("value", N_("Index"), "number", needed=True, least=1)),
    N_("Add price index"), N_("Change price index"), N_("Remove price index"), check=_check, after=_keep, show=_show,
    apart=frozenset({"month"}),
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing(
        "price_index", N_("Price index"), FORM, "month", "value", Field("origin", N_("From where")), order=("month", True)
    ),
    new=N_("New price index"),
    empty=N_("With the price index, real growth stands beside the growth that prices alone have made."),
    place=SETTINGS, tab=1,
    lights=N_("Enter a price index"),
    cells={"month": lambda start, _: span_label(start, "month"), "origin": {"entered": N_("typed in")}},
)  # fmt: skip
