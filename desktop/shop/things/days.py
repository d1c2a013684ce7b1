"""Holidays of the shop's own, whose key is the day, and the price index, whose key is the month's first day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from desktop.shop.entity import DAY, Field, Values
from desktop.shop.lists import listing
from desktop.shop.places import SETTINGS
from desktop.shop.thing import Thing
from desktop.store import settings
from desktop.store.tables import DayOff, PriceIndex
from desktop.values.period import Period, span_label
from desktop.values.text import N_, Refused

CLOSED = ((1, N_("closed")), (0, N_("open that day")))


def _check(s: Session, row_id: int | None, values: Values) -> None:
    if values["day"].toordinal() != row_id and s.get(DayOff, values["day"]) is not None:
        raise Refused(N_("This day is in the list already; change that one."), field="day")


def _keep(_: Session, row: DayOff, _values: Values, _new: bool) -> None:
    row.name, row.closed = row.name or "", int(row.closed)


THING = Thing(
    "day_off", N_("Holiday of your own"), DayOff,
    (DAY, Field("name", N_("Name")), Field("closed", N_("Shop is closed"), "choice", needed=True, choices=CLOSED)),
    N_("Add day off"), N_("Change day off"), N_("Remove day off"), check=_check, after=_keep,
    lists=listing("days_off", N_("Holidays of your own"), "day", "name", Field("closed", N_("Shop is closed"), "flag")),
    new=N_("New holiday"),
    empty=N_("Days on which your shop is closed, or open against the calendar; targets count working days."),
    place=SETTINGS, tab=0,
)  # fmt: skip


def _once(s: Session, row_id: int | None, values: Values) -> None:
    month = _month(s, values["month"])
    if month.toordinal() != row_id and s.get(PriceIndex, month) is not None:
        raise Refused(N_("The price index of this month is there already; change that one."), field="month")


def _in_its_month(s: Session, row: PriceIndex, values: Values, _new: bool) -> None:
    row.month, row.origin = _month(s, values["month"]), "entered"


def _typed(_: Session, row: PriceIndex) -> Values:
    calendar = next(one for one in ("jalali", "gregorian") if Period.month(row.month, one).start == row.month)
    return {"month": Period.month(row.month, calendar).key()}


def _month(s: Session, text: object) -> dt.date:
    calendar = settings.get(s, "calendar")
    return Period.month(Period.parse(str(text), calendar).start, calendar).start


PRICES = Thing(
    "price_index", N_("Price index"), PriceIndex,
    (Field("month", N_("Month"), "month", needed=True), Field("value", N_("Index"), "number", needed=True, least=1)),
    N_("Add price index"), N_("Change price index"), N_("Remove price index"), check=_once, after=_in_its_month, show=_typed,
    apart=frozenset({"month"}),
    lists=listing(
        "price_index", N_("Price index"), "month", "value", Field("origin", N_("From where")), order=("month", True)
    ),
    new=N_("New price index"),
    empty=N_("With the price index, real growth stands beside the growth that prices alone have made."),
    place=SETTINGS, tab=1,
    lights=N_("Enter a price index"),
    cells={"month": lambda start, _: span_label(start, "month"), "origin": {"entered": N_("typed in")}},
)  # fmt: skip
