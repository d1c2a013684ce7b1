"""Who buys in the demo shop: customers with a name, their rhythm, and the sellers who serve them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from desktop.shop.demo.chance import SELLERS, WORDS
from desktop.shop.demo.rows import Rows, Values
from desktop.shop.demo.seasons import Seasons

LATE = 3  # the third seller came when a third of the book had passed
_MOBILE = ("0912", "0912", "0912", "0919", "0935", "0936", "0910", "0901")


@dataclass(frozen=True)
class Person:
    """A named customer: ``gap`` days between visits, ``leaves``: how likely each visit is the last, ``size`` of the basket."""

    id: int
    source: int | None
    gap: float
    leaves: float
    size: float


class People:
    """Customers as they come to be known; names and phones are given once."""

    def __init__(self, random: Random, rows: Rows, seasons: Seasons) -> None:
        self._random, self._rows, self._seasons = random, rows, seasons
        self._names: list[str] = []
        self._phones: set[str] = set()
        for name, _ in WORDS["sources"]:
            rows.add("source", name=name)
        for n, her in enumerate(SELLERS):
            rows.add("seller", name=her.name, phone=f"0912345670{n}", pay=her.pay)
        self.joined = seasons.months[len(seasons.months) // LATE].start

    def name(self) -> str:
        """A name nobody had yet, as long as there are any."""
        if not self._names:
            self._names = [f"{first} {last}" for first in WORDS["first_names"].split() for last in WORDS["last_names"].split()]
            self._random.shuffle(self._names)
        return self._names.pop()

    def phone(self) -> str:
        number = ""
        while not number or number in self._phones:
            number = f"{self._random.choice(_MOBILE)}{self._random.randrange(1_000_000, 10_000_000)}"
        self._phones.add(number)
        return number

    def source(self) -> int:
        weights = [often for _, often in WORDS["sources"]]
        return self._random.choices(range(1, len(weights) + 1), weights)[0]

    def come(self, day: dt.date, *, lead: Values | None = None, campaign: int | None = None, once: bool = False) -> Person:
        """A customer is known from this day on; a lead brings name, phone, source and campaign."""
        if lead is None:
            lead = {"name": self.name(), "phone": self.phone(), "source_id": self.source(), "campaign_id": campaign}
        row = self._rows.add(
            "customer", code=f"C{len(self._rows.of('customer')) + 1:04}", name=lead["name"], phone=lead["phone"],
            first_source_id=lead["source_id"], first_campaign_id=lead["campaign_id"], since=day,
        )  # fmt: skip
        random = self._random
        gap = min(90.0, max(5.0, random.lognormvariate(3.05, 0.5)))
        leaves = 0.7 if once or random.random() < 0.4 else random.betavariate(0.8, 9.0)
        return Person(row["id"], lead["source_id"], gap, leaves, random.lognormvariate(0.05, 0.3))

    def seller(self, day: dt.date) -> int:
        """Who serves: the one who came late is not there at first."""
        there = SELLERS if day >= self.joined else SELLERS[:-1]
        return self._random.choices(range(1, len(there) + 1), [her.share for her in there])[0]
