"""A file of deals: their stage tells whether they are open, won or lost; what only the last stage is known of has a short history."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from desktop.shop.entity import NEGATIVE
from desktop.shop.importing import words
from desktop.shop.importing.asking import understood
from desktop.shop.importing.options import Plan
from desktop.shop.importing.records import NO_LEAD, inherit, iso, known_refs, named_things, records, skip_known, texts_of
from desktop.shop.importing.rows import Flags, Ints, Rows, holds
from desktop.shop.importing.things import Shelf, find_each
from desktop.shop.things.deal import FROM_LEAD
from desktop.store import series
from desktop.values.fold import fold
from desktop.values.text import N_

NO_CLOSE = N_("A won or lost deal needs the day it was closed.")


def plan(rows: Rows, shelf: Shelf, connection: Any, *, taken_before: bool) -> Plan:
    """The deals that can be recorded; one whose number the book has is skipped."""
    rows.need("stage")
    rows.understand_dates("opened", "expected", "closed")
    opened, expected, closed = (rows.days(name) for name in ("opened", "expected", "closed"))
    stage, outcome = _stages(rows, shelf, closed > 0)
    is_open = outcome == "open"
    rows.refuse(~is_open & (closed == 0), "closed" if rows.has("closed") else "stage", NO_CLOSE)
    expected = np.where(is_open & (expected == 0), closed, expected)  # many programs keep both in one column
    closed = np.where(is_open, 0, closed)
    rows.refuse_closed(closed, "closed", connection)
    rows.refuse_closed(np.where(closed > 0, 0, opened), "opened", connection)  # the day it came into its stage
    value, blank = rows.money("value")
    rows.refuse(value < 0, "value", NEGATIVE)
    numbers = rows.codes("number")
    skip_known(rows, numbers, shelf.of("deal").by_code, taken_before=taken_before)
    leads = shelf.of("lead")
    lead = known_refs(rows, "lead", leads, NO_LEAD)
    chosen = np.flatnonzero(rows.fine)
    days = iso(opened[chosen])
    names = [text or "" for text in texts_of(rows, "name", chosen)]
    columns = {
        "number": series.filled(connection.execute, "deal", [numbers[1][code] for code in numbers[0][chosen].tolist()]),
        "name": names,
        "name_fold": list(map(fold, names)),
        "value": [None if none else one for one, none in zip(value[chosen].tolist(), blank[chosen].tolist(), strict=True)],
        "opened": days,
        "expected": iso(expected[chosen]),
        "first_contact": [leads.by_id[one].more["day"] if one else day for one, day in zip(lead[chosen].tolist(), days, strict=True)],
        "closed": iso(closed[chosen]),
        "outcome": outcome[chosen].tolist(),
        "reason": texts_of(rows, "reason", chosen),
    }
    things = {
        "stage_id": ("stage", stage[chosen]),
        "lead_id": ("lead", lead[chosen]),
        "customer_id": ("customer", find_each((rows.texts("customer"),), partial(shelf.called, "customer"), chosen)),
        "product_id": ("product", find_each((rows.texts("product"),), partial(shelf.called, "product"), chosen)),
        **named_things(rows, shelf, chosen, "seller", "source", "campaign"),
    }
    inherit(things, FROM_LEAD, leads, lead[chosen])
    return records(shelf, "deal", columns, things, int(value[chosen].sum()), after=_histories)


def _stages(rows: Rows, shelf: Shelf, closed: Flags) -> tuple[Ints, Any]:
    """Each row's stage and its outcome; won and lost by any name are the book's own closing stages."""
    things = shelf.of("stage")
    codes, texts = rows.texts("stage")
    _, means = understood(rows, "stage", words.OUTCOME, closed & ~holds((codes, texts), lambda text: things.named(text) is not None))
    closing = {one.more["outcome"]: one for one in reversed(things.by_id.values()) if one.more["outcome"] != "open"}
    found = [things.named(text) or closing.get(mean) for text, mean in zip(texts, means, strict=True)]
    ids = [one.id if one else shelf.named("stage", text) for one, text in zip(found, texts, strict=True)]
    outcomes = [one.more.get("outcome", "open") if one else "open" for one in found]
    return np.array(ids, np.int64)[codes], np.array(outcomes, object)[codes]


def _histories(connection: Any, first: int) -> None:
    """Each new deal stands in its stage since the day it was closed, or opened."""
    connection.execute(
        "INSERT INTO deal_stage (deal_id, stage_id, day, entered_at) "
        "SELECT id, stage_id, coalesce(closed, opened), entered_at FROM deal WHERE id >= ?",
        (first,),
    )
