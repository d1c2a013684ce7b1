"""The demo shop's goods: what they cost and sell for on a day, and which of them somebody takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

from desktop.shop.demo.chance import TOMAN, WORDS, price
from desktop.shop.demo.seasons import Seasons, season
from desktop.shop.drafts import LineDraft
from desktop.shop.things.product import measured

_GRAMS = ((250, 6), (300, 1), (500, 8), (750, 2), (1000, 5), (1500, 1), (2000, 1))
_PIECES = ((1000, 12), (2000, 4), (3000, 1))


@dataclass(frozen=True)
class Good:
    """``base``: rials today; ``cost`` ÷ price, 0 where nobody knows it; ``weight``: how often it is taken.

    Of a ``season``'s goods other parts of it: ``then``, and in the rest of the year (``else_``).
    """

    id: int
    name: str
    category: int
    unit: str
    base: int
    cost: float
    weight: float
    season: str = ""
    then: float = 1.0
    else_: float = 1.0

    @cached_property
    def measured(self) -> bool:
        return measured(self.unit)


class Shelf:
    """Every good, with the price and cost it had in each month."""

    def __init__(self, random: Random, seasons: Seasons) -> None:
        self._random, self._seasons = random, seasons
        rows = ((category, *row) for category, goods in enumerate(WORDS["goods"].values(), 1) for row in goods)
        self.goods = [Good(n, name, category, unit, toman * TOMAN, *more) for n, (category, name, unit, toman, *more) in enumerate(rows, 1)]
        gifts = len(WORDS["goods"])  # the last category
        self.gifts = [good for good in self.goods if good.category == gifts and not good.season]
        self._costs = [[random.uniform(0.97, 1.03) for _ in seasons.months] for _ in self.goods]
        self._weights: dict[str, list[float]] = {}

    def measured(self, good: int | None) -> int:
        return int(good is not None and self.goods[good - 1].measured)

    def price(self, good: Good, day: dt.date) -> int:
        """What stands on the shelf: each good gets a new price every other month."""
        month = self._seasons.at(day)
        return price(good.base * self._seasons.levels[max(0, month - (month + good.id) % 2)])

    def cost(self, good: Good, day: dt.date) -> int | None:
        """What the shop paid for it this month."""
        if not good.cost:
            return None
        month = self._seasons.at(day)
        return price(good.base * good.cost * self._seasons.levels[month] * self._costs[good.id - 1][month])

    def take(self, day: dt.date, count: int) -> list[Good]:
        """Some goods, as people take them at this time of the year."""
        now = season(day)
        if now not in self._weights:
            wanted = (good.weight * (good.then if good.season == now else good.else_) for good in self.goods)
            self._weights[now] = list(accumulate(wanted))
        return self._random.choices(self.goods, cum_weights=self._weights[now], k=count)

    def quantity(self, good: Good) -> int:
        """Thousandths: some grams, or a piece or two."""
        return int(self._random.choices(*zip(*(_GRAMS if good.measured else _PIECES), strict=True))[0])

    def line(self, good: Good, day: dt.date, quantity: int, discount: int = 0) -> LineDraft:
        return LineDraft(good.id, quantity, self.price(good, day), discount, unit_cost=self.cost(good, day))
