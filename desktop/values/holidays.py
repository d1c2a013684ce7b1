"""Public holidays, shipped with the program; lunar days of coming years are estimates."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache

from desktop.values.places import place
from desktop.values.text import language


@dataclass(frozen=True)
class Holiday:
    fa: str
    en: str
    estimated: bool

    @property
    def name(self) -> str:
        return self.fa if language() == "fa" else self.en


@cache
def holidays() -> dict[dt.date, Holiday]:
    """Iran's public holidays by day, as `build_scripts/resources.py` wrote them."""
    raw = json.loads(place("resources", "holidays-ir.json").read_text("utf-8"))
    return {dt.date.fromisoformat(day): Holiday(*words) for day, words in raw["days"].items()}
