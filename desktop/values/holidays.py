"""Public holidays of Iran as shipped with the program; the owner's own corrections live in the book."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

from desktop.values.places import place


@cache
def holidays() -> dict[dt.date, dict[str, str]]:
    """What every public holiday the program knows is called in each language; empty where the calendar was not shipped."""
    file = place("resources", "holidays-ir.json")
    if not file.is_file():
        return {}
    days = json.loads(file.read_text("utf-8"))["days"]
    return {dt.date.fromisoformat(day): {"fa": persian, "en": english} for day, (persian, english, _) in days.items()}
