"""The names, goods and reasons of the demo shop: `resources/demo.toml`."""

from __future__ import annotations

import tomllib
from typing import Any, NamedTuple

from desktop.values.places import place


class Seller(NamedTuple):
    name: str
    share: float  # of the selling
    pay: int
    generous: float  # how often she takes something off


WORDS: dict[str, Any] = tomllib.loads(place("resources", "demo.toml").read_text("utf-8"))
SELLERS = [Seller(*row) for row in WORDS["sellers"]]
