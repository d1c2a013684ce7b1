"""Holidays of the shop's own: their key is the day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.shop.entity import DAY, Entity, Field, Values
from desktop.shop.lists import listing
from desktop.shop.places import SETTINGS
from desktop.shop.thing import Thing
from desktop.store.tables import DayOff
from desktop.values.text import N_, Refused

CLOSED = ((1, N_("closed")), (0, N_("open that day")))


def _check(s: Session, row_id: int | None, values: Values) -> None:
    if values["day"].toordinal() != row_id and s.get(DayOff, values["day"]) is not None:
        raise Refused(N_("This day is in the list already; change that one."), field="day")


def _keep(_: Session, row: DayOff, _values: Values, _new: bool) -> None:
    row.name, row.closed = row.name or "", int(row.closed)


FORM = Entity(
    "day_off", N_("Holiday of your own"), DayOff,
    (DAY, Field("name", N_("Name")), Field("closed", N_("Shop is closed"), "choice", needed=True, choices=CLOSED)),
    N_("Add day off"), N_("Change day off"), N_("Remove day off"), check=_check, after=_keep,
)  # fmt: skip
THING = Thing(
    entity=FORM,
    listing=listing("days_off", N_("Holidays of your own"), FORM, "day", "name", Field("closed", N_("Shop is closed"), "flag")),
    new=N_("New holiday"),
    empty=N_("Days on which your shop is closed, or open against the calendar; targets count working days."),
    place=SETTINGS, tab=0,
)  # fmt: skip
