"""Where the program's numbers and ours differ, figure by figure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop import kpi
from desktop.values.period import Period
from tests.oracle.selling import UNTOLD

SCALARS = ("value", "previous", "n", "low", "high", "why_null", "window")
MISSING = "not there"


@dataclass(frozen=True)
class Cell:
    """One figure: ``where`` is (kpis, key, field) or (list, column), ``row`` whose it is in a list."""

    where: tuple
    program: object
    ours: object
    row: object = None

    @property
    def name(self):
        return ".".join(self.where)

    @property
    def agree(self):
        return same(self.program, self.ours, 1e-4 if "clv_12m" in self.where or "ltv_cac" in self.where else 1e-9)

    def __str__(self):
        return f"{self.name}{'' if self.row is None else f'[{self.row}]'}: {self.program} is {_plain(self.ours)} by the oracle"


def same(one, other, tolerance=1e-9):
    """Equal, but for the last bits of a float; what a model was fitted for, a little more."""
    if isinstance(one, (int, float)) and not isinstance(one, bool) and other is not None and not isinstance(other, (str, dict, list, bool)):
        return math.isclose(float(one), float(other), rel_tol=tolerance, abs_tol=1e-12)
    return one == other


def _plain(value):
    return value if value is None or isinstance(value, (bool, int, float, str, dict, list)) else float(value)


def cells(session, oracle, asked, *, lists=True):
    """Every figure that both should know."""
    scope = kpi.scope(session, period=Period(asked.start, asked.end), as_of=asked.as_of, seller=asked.seller)
    said = kpi.as_json(session, scope)
    found = []
    for key, ours in oracle.kpis(asked).items():
        theirs = dict(said["kpis"].get(key) or {})
        theirs["why_null"] = theirs.get("why_null") is not None
        known = [field for field in SCALARS if ours[field] is not UNTOLD and (field != "n" or ours[field] is not None)]
        found += [Cell(("kpis", key, field), theirs.get(field, MISSING), ours[field]) for field in known]
    if lists:
        for name, rows in oracle.lists(asked).items():
            found += _list(name, said[name], rows)
    return found


def _list(name, theirs, ours):
    key = {"cohorts": "month", "lost_reasons": "reason", "rfm": "id", "abc": "id"}.get(name, "id")
    rows = {row[key]: row for row in theirs}
    found = [Cell((name, "rows"), len(theirs), len(rows))]
    if name != "sellers":  # whoever did nothing may stand there or not
        found.append(Cell((name, "rows"), sorted(rows, key=str), sorted(ours, key=str)))
    for at in rows.keys() & ours.keys():
        found += [Cell((name, column), rows[at].get(column, MISSING), value, at) for column, value in ours[at].items()]
    return found
