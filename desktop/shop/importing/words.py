"""What other programs call what the book knows by one word each: `resources/words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from desktop.shop.drafts import PAYMENT_NAMES
from desktop.values.fold import fold
from desktop.values.places import place
from desktop.values.text import N_

_SAID = tomllib.loads(place("resources", "words.toml").read_text("utf-8"))


def _spelt(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split(",")))


def _words(table: str) -> dict[str, str]:
    return {fold(word): own for own, words in _SAID[table].items() for word in (own, *words.split(","))}


LEAD_STATUS, ACTIVITY, COST, PAYMENT = map(_words, ("lead_status", "activity", "cost", "payment"))
OUTCOME, SALE, DIRECTION = map(_words, ("outcome", "sale", "direction"))
DONE, NOT_DONE = map(_spelt, _SAID["done"].values())
BESIDE = {name: _spelt(words) for name, words in _SAID["beside"].items()}
MONTHS = {
    fold(name): (calendar, month)
    for calendar, months in _SAID["months"].items()
    for month, names in enumerate(months, 1)
    for name in names.split(",")
}

MEANING = N_("What does “{value}” mean?")
MEANS = {  # what an answer to that says
    "live": N_("a sale"), "returned": N_("goods given back"), "cancelled": N_("a sale that was cancelled"),
    "draft": N_("no sale yet: left out"), "takings": N_("a day's takings in one sum"),
    "open": N_("still open"), "won": N_("won"), "lost": N_("lost"),
    "left out": N_("leave these rows out"), **PAYMENT_NAMES,
}  # fmt: skip

_SIGNS = re.compile(r"[\W_]+")


def meaning(text: str, known: Mapping[str, str]) -> str | None:
    """What ``text`` means by its first words, whatever signs, prefixes and other words stand about them; None if that is in doubt."""
    keys = {_SIGNS.sub("", word): own for word, own in known.items()}
    words = _SIGNS.sub(" ", fold(text)).split()
    while words:
        for end in range(len(words), 0, -1):
            own = keys.get("".join(words[:end]))
            if own is not None:
                rest = words[end:]
                others = {keys.get("".join(rest[a:b]), own) for a in range(len(rest)) for b in range(a + 1, min(a + 4, len(rest) + 1))}
                return None if (others != {own} and rest) or BESIDE["doubt"].intersection(rest) else own
        if words[0] not in BESIDE["before"] and not words[0].isdecimal():
            return None
        words = words[1:]
    return None
