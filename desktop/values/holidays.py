"""Public holidays of Iran as shipped with the program; the owner's own corrections live in the book."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache

from desktop.values.places import place
from desktop.values.text import language


@dataclass(frozen=True)
class Holiday:
    """A closed day; ``estimated``: its lunar date is reckoned, not yet announced."""

    persian: str
    english: str
    estimated: bool

    @property
    def name(self) -> str:
        """The holiday's name in today's language."""
        return self.persian if language() == "fa" else self.english


@cache
def holidays() -> dict[dt.date, Holiday]:
    """Every public holiday the program knows; empty where the calendar was not shipped."""
    file = place("resources", "holidays-ir.json")
    if not file.is_file():
        return {}
    days = json.loads(file.read_text("utf-8"))["days"]
    return {dt.date.fromisoformat(day): Holiday(*facts) for day, facts in days.items()}
