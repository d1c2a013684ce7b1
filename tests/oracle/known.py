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


# Where it shows


def _paid(asked, oracle, cell):
    return any(one.kind == "pay" for one in oracle.spending.costs)


# The smallest books


def _sale(shop):
    shop.sell(100)
    return ask("1405-08")


def _pay(shop):
    """30 a month, booked on the last day: on the tenth a third of it is owed, as last month's says."""
    shop.sell(100, day="1405-08-03", customer="Ali")
    shop.cost(30, kind="pay", day="1405-07-30")
    return ask("1405-08", "1405-08-10")


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


KNOWN = {
    "cac_paid": Known(
        "Advertising ÷ new customers whom a campaign brought is a number of its own.", ("kpis.cac_paid.*",), "kpis.cac_paid.n", _sale,
    ),
    "accrued pay": Known(
        "A pay cost covers the whole month of its day, by days; before a running month's is booked the last booked month's is taken.",
        ("kpis.cac_loaded.*",), "kpis.cac_loaded.value", _pay, _paid,
    ),
}  # fmt: skip
