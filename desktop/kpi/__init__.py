"""What the shop measures: a family of numbers a file."""

from desktop.kpi.answers import (
    ALL,
    BY_KEY,
    LINES,
    TILES,
    all_rows,
    answer,
    answers,
    explain,
    of_tile,
    rows,
    scope,
    seller_named,
    trend,
    with_trend,
)
from desktop.kpi.board import board, gaps, tiles
from desktop.kpi.customers import remember
from desktop.kpi.kpi import Scope
from desktop.kpi.lists import all_lists, as_json, funnel
from desktop.kpi.totals import seen_totals

__all__ = [
    "ALL", "BY_KEY", "LINES", "TILES", "Scope", "all_lists", "all_rows",
    "answer", "answers", "as_json", "board", "explain", "funnel", "gaps",
    "of_tile", "remember", "rows", "scope", "seen_totals", "seller_named", "tiles", "trend", "with_trend",
]  # fmt: skip
