"""What the program is known to get wrong: by kind, with the rule, where it shows, and the smallest book that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch

from tests.little_shop import period
from tests.oracle.days import Asked, whole_months

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


def _lines(asked, oracle):
    return [line for one in oracle.ledger.between(asked.start, asked.until) if one.kind != "lump" for line in one.lines]


def _uncosted(asked, oracle, cell):
    return any(line.cost is None for line in _lines(asked, oracle))


def _odd_purchases(asked, oracle, cell):
    """Days on which somebody bought and gave back, or on which the margin is not known or no gain."""
    gained, odd = {}, False
    for one in oracle.ledger.documents:
        if one.customer is not None and one.day <= asked.last:
            gained[one.customer, one.day] = gained.get((one.customer, one.day), 0) + one.money["costed"] - one.money["cost"]
            odd = odd or (one.is_order and any(line.cost is None for line in one.lines))
            odd = odd or (not one.is_order and one.day in oracle.ledger.purchase_days.get(one.customer, ()))
    bought = {(who, day) for who, days in oracle.ledger.purchase_days.items() for day in days if day <= asked.last}
    return odd or any(gained[one] <= 0 for one in bought)


def _paid(asked, oracle, cell):
    return any(one.kind == "pay" for one in oracle.spending.costs)


def _shared_goods(asked, oracle, cell):
    found = oracle.ledger.between(asked.start, asked.until)
    return asked.seller is not None and any(len(one.shares) > 1 and one.part(asked.seller) for one in found)


def _index_over_months(asked, oracle, cell):
    found = whole_months(asked.start, asked.end)
    return found is not None and found[3] > 1


# The smallest books


def _sale(shop):
    shop.sell(100)
    return ask("1405-08")


def _half_costs(shop):
    shop.sell(9700, cost=9000, product="Cup")
    shop.sell(300, product="Pen")
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


def _same_day_return(shop):
    """Somebody who buys gives back, on that day, more than she bought."""
    crowd(shop)
    sale = shop.sell(1500, day="1405-07-01", customer="c0", cost=600)
    shop.sell(500, day="1405-07-20", customer="c0", cost=300)
    shop.give_back(sale, 1500, cost=600, day="1405-07-20")
    return ask("1405-08")


def _dearer_crowd(shop):
    crowd(shop)
    for month, value in (("1405-06", 100_000), ("1405-07", 100_000), ("1405-08", 120_000)):
        shop.price_index(month, value)
    return ask("1405-08")


def _shared(shop):
    shop.sell(500_000, seller={"Mina": 3333, "Reza": 6667}, product="Cup")
    return ask("1405-08", seller=shop.seller("Mina"))


def _index(shop):
    for month in ("1404-04", "1404-05", "1404-06", "1405-04", "1405-05", "1405-06"):
        shop.price_index(month, 200_000 if month == "1405-06" else 100_000)
    shop.sell(100, day="1404-05-01")
    shop.sell(200, day="1405-05-01")
    return ask("1405-q2")


KNOWN = {
    "cac_paid": Known(
        "Advertising ÷ new customers whom a campaign brought is a number of its own.", ("kpis.cac_paid.*",), "kpis.cac_paid.n", _sale,
    ),
    "basis of ABC": Known(
        "One basis for the whole list: gross profit where at least 95 % of the net sales has a cost, else net sales.", ("abc.*",),
        "abc.value", _half_costs, _uncosted,
    ),
    "accrued pay": Known(
        "A pay cost covers the whole month of its day, by days; before a running month's is booked the last booked month's is taken.",
        ("kpis.cac_loaded.*",), "kpis.cac_loaded.value", _pay, _paid,
    ),
    "purchases": Known(
        "A purchase is a sale: a return of the same day changes none, and an order of unknown margin alone takes the shop's.",
        ("kpis.clv_12m.*", "kpis.ltv_cac.*", "customers.clv_12m"), "kpis.clv_12m.value", _same_day_return, _odd_purchases,
    ),
    "same money": Known(
        "What customers were worth then is brought to the money of now before it is compared.", ("kpis.clv_12m.previous",),
        "kpis.clv_12m.previous", _dearer_crowd,
    ),
    "goods of a seller": Known(
        "A seller has her share of each line of a shared sale; her goods add up to her sales.", ("products.*", "abc.*"),
        "products.revenue", _shared, _shared_goods,
    ),
    "index of a quarter": Known(
        "Real growth of a quarter or year: from the mean of its months' index.", of(("sales_growth_real",)),
        "kpis.sales_growth_real.value", _index, _index_over_months,
    ),
}  # fmt: skip
