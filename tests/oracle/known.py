"""What the program is known to get wrong: by kind, with the rule, where it shows, and the smallest book that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch

from tests.little_shop import period
from tests.oracle.days import Asked

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """``rule``: what should hold. ``cells``: patterns of what differs, where ``when``(asked, oracle, cell). ``book`` fills a shop
    and gives the question whose ``shows`` differs."""

    rule: str
    cells: tuple[str, ...]
    shows: str
    book: Callable
    when: Callable = lambda asked, oracle, cell: True

    def covers(self, cell, asked, oracle):
        return any(fnmatch(cell.name, pattern) for pattern in self.cells) and self.when(asked, oracle, cell)


def ask(text, as_of=None, seller=None):
    days = period(text)
    return Asked(days.start, days.end, period(as_of).start if as_of else days.end, seller)


def of(keys, *columns):
    """The cells of some keys: of the shop, and in the sellers' list."""
    fields = columns or ("*",)
    return (*(f"kpis.{key}.{field}" for key in keys for field in fields), *(f"sellers.{key}" for key in keys))


def crowd(shop):
    """A hundred customers in thirty weeks; every second comes again, every fourth once more."""
    began = dt.date(2026, 3, 25)
    with shop.change():
        for n in range(100):
            for visit in range(1 + (n % 2 == 0) + (n % 4 == 0)):
                total = 700 + (137 * n + 751 * visit) % 1900
                shop.sell(total, day=began + (n * 2 + 14 * visit) * ONE, customer=f"c{n}", cost=600)
        shop.cost(900, day="1405-08-01")
        shop.sell(1000, day="1405-08-05", customer="new", cost=600)


KNOWN: dict[str, Known] = {}
