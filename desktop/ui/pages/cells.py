"""What stands in a list's cells: codes that the program keeps are said in the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop import kpi
from desktop.shop.drafts import PAYMENT_NAMES
from desktop.shop.things import LISTINGS, activity, cost, day_off, lead, target
from desktop.values.column import Column
from desktop.values.digits import local
from desktop.values.period import Period, write_day
from desktop.values.text import N_, tr
from desktop.values.unit import Unit
from desktop.values.writing import CALENDARS, writing

# Translators: kinds of documents.
DOCUMENTS = {"sale": N_("sale"), "return": N_("return"), "lump": N_("day's takings")}
OUTCOMES = {"open": N_("open"), "won": N_("won"), "lost": N_("lost")}
_CHANGES = {"do": N_("change"), "undo": N_("undone"), "redo": N_("done again"), "import": N_("import"), "revert": N_("import taken back")}
_SPANS = {"month": N_("month"), "quarter": N_("quarter"), "year": N_("year")}
_ORIGINS = {"entered": N_("typed in")}
_WORDS: dict[tuple[str, str], dict[Any, str]] = {
    ("sales", "payment"): PAYMENT_NAMES,
    ("sales", "kind"): DOCUMENTS,
    ("payments", "kind"): PAYMENT_NAMES,
    ("activities", "kind"): dict(activity.KINDS),
    ("costs", "kind"): dict(cost.KINDS),
    ("leads", "status"): dict(lead.STATUSES) | {"void": N_("void")},
    ("targets", "direction"): dict(target.DIRECTIONS),
    ("targets", "span"): _SPANS,
    ("targets", "kpi"): {one.key: one.title for one in kpi.ALL},
    ("changes", "kind"): _CHANGES,
    ("imports", "kind"): {key: one.title for key, one in LISTINGS.items()} | {"demo": N_("Demo shop")},
    ("price_index", "origin"): _ORIGINS,
    ("days_off", "closed"): dict(day_off.CLOSED),
}

_BEHIND: dict[str, dict[str, str]] = {"kind": dict(activity.KINDS) | dict(cost.KINDS), "status": dict(lead.STATUSES)}


def written(listing: str, column: Column, value: Any, row: Sequence[Any]) -> str:
    """The text of one cell of a list; ``row``: its whole row, id and status first."""
    match listing, column.key:
        case "targets", "month":
            return _months(value, row[3])
        case "price_index", "month":
            return _months(value, "month")
        case "targets", "value" if row[4] in kpi.BY_KEY:
            unit = kpi.BY_KEY[row[4]].unit
            return f"{unit.write_goal(value)} {unit.word}".strip()
        case ("sales", ("discount" | "tax")) if not value:
            return ""
        case (("changes" | "imports"), "at"):
            return moment(value)
    word = _WORDS.get((listing, column.key), {}).get(value)
    return tr(word) if word else column.unit.number(value)


def behind(column: Column, value: Any, _row: Sequence[Any]) -> str:
    """The text of one cell of the rows behind a number."""
    word = _BEHIND.get(column.key, {}).get(value)
    return tr(word) if word else column.unit.number(value)


def moment(at: str) -> str:
    """A kept moment (UTC) by the clock on the wall."""
    here = dt.datetime.fromisoformat(at).astimezone()
    return f"{write_day(here.date(), short=True)}  {local(here.strftime('%H:%M'))}"


def _months(start: dt.date, span: str) -> str:
    """The month, quarter or year that begins with ``start``, in whichever calendar it is one."""
    whole = {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[span]
    calendars = (writing().calendar, *CALENDARS)
    found = next((calendar for calendar in calendars if whole(start, calendar).start == start), None)
    return whole(start, found).label() if found else Unit.DAY.number(start)
