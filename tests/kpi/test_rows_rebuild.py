"""Who folds the rows that `cheragh rows` writes by the printed formula comes to the number: every KPI, of the shop, each seller, nobody.

`ROWS_SCOPES=20 pytest tests/kpi/test_rows_rebuild.py` asks more books than the suite does.
"""

import os
from dataclasses import replace
from fractions import Fraction
from statistics import fmean, median

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlalchemy import func

from desktop import kpi
from desktop.kpi.answers import windowed
from desktop.kpi.formula import Formula
from desktop.values.period import Period
from desktop.values.text import tr
from tests.oracle import shops

BOOKS = int(os.environ.get("ROWS_SCOPES", "1"))
FOLDS = {func.avg: fmean, func.median: median}
MODELS = {
    "cac_loaded": lambda advertising, pay, new: (advertising + pay) / new,
    "clv_12m": lambda mean: mean,
    "clv_historic": lambda profit, n, _: profit / n,
    "ltv_cac": lambda worth, advertising: worth / advertising,
    "sales_growth_real": lambda now, then, prices, prices_then: (now / then) / (prices / prices_then) - 1,
}


def folded(one, rows):
    """The number, from nothing but the rows of all parts: what each counts, folded part by part, then the formula."""
    at = [n for n, column in enumerate(rows.columns, 1) if column.key == "counted"]
    part = 1 + [column.key for column in rows.columns].index("part")
    counted = {}
    for row in rows.rows:
        known = [row[n] for n in at if row[n] is not None]
        assert len(known) <= 1
        counted.setdefault(row[part], []).extend(known)
    values = []
    for its in one.parts:
        each = counted.get(tr(its.says or its.title), [])
        fold = FOLDS.get(its.fold, lambda all_of: sum(map(Fraction, all_of)))
        values.append(fold(each) if each else None if its.fold in FOLDS else 0)
    if isinstance(one.formula, Formula):
        return one.formula.fold(tuple(values))
    return MODELS[one.key](*values)


def rebuilt(s, asked):
    """What is not the same: (key, the number, what the rows make)."""
    wrong = []
    for one in kpi.ALL:
        value = one.measure(s, windowed(s, one, asked)).value
        rows = kpi.all_rows(s, one.key, asked)
        if value is None:
            if rows.rows or rows.total:
                wrong.append((one.key, None, rows.total))
            continue
        found = folded(one, rows)
        exact = isinstance(value, int) and found == value
        if not exact and float(found) != pytest.approx(float(value), rel=1e-9, abs=1e-9):
            wrong.append((one.key, value, float(found)))
    return wrong


@pytest.mark.parametrize("calendar", shops.CALENDARS)
def test_the_rows_of_all_parts_rebuild_the_number(empty_shops, calendar):
    @seed(len(calendar))
    @settings(max_examples=BOOKS, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(shops.stories, shops.asks())
    def same(story, asked):
        def look(store):
            scope = kpi.Scope(Period(asked.start, asked.end), asked.as_of, None, calendar)
            with store.reading() as s:
                return [(who, *one) for who in (None, 1, 2, 3, 4, 0) for one in rebuilt(s, replace(scope, seller=who))]

        assert shops.lived(empty_shops[calendar], (calendar, story), look) == []

    same()
