"""What the demo shop is made of: the words of `resources/demo.toml`, luck that is even over a month, amounts as shops write them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from desktop.values.places import place

T = TypeVar("T")
TOMAN = 10  # rials


class Seller(NamedTuple):
    name: str
    share: float  # of the selling
    pay: int
    generous: float  # how often she takes something off


WORDS: dict[str, Any] = tomllib.loads(place("resources", "demo.toml").read_text("utf-8"))
SELLERS = [Seller(*row) for row in WORDS["sellers"]]


class Deck(Generic[T]):
    """Cards dealt at random, shuffled anew when all are gone: after a few dozen deals every share is near its own."""

    def __init__(self, random: Random, cards: Iterable[tuple[T, int]]) -> None:
        self._random = random
        self._all = [card for card, n in cards for _ in range(n)]
        self._left: list[T] = []

    def deal(self) -> T:
        if not self._left:
            self._left = self._all[:]
            self._random.shuffle(self._left)
        return self._left.pop()


def yes_no(random: Random, share: float) -> Deck[bool]:
    yes = round(share * 40)
    return Deck(random, ((True, yes), (False, 40 - yes)))


def price(rials: float) -> int:
    """A price as it stands on a shelf: whole thousand, five thousand or ten thousand toman, by its size."""
    toman = rials / TOMAN
    step = 1_000 if toman < 100_000 else 5_000 if toman < 1_000_000 else 10_000
    return max(step, round(toman / step) * step) * TOMAN


def amount(rials: float, step: int = 100_000) -> int:
    """An amount as an owner writes it down: whole ``step`` toman."""
    return max(1, round(rials / TOMAN / step)) * step * TOMAN
