"""Sales, returns and lumps: what each document adds to a number, whole and by seller, and the numbers made of the sums."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

WHOLE = 10_000
Z = 1.96
UNTOLD = "not compared"
MONEY = ("net", "sold", "gross", "returned", "discount", "costed", "cost")


@dataclass(frozen=True)
class Figure:
    """A number, the count it stands on (None: not defined), its range, and the days it looks at where they are others."""

    value: object
    n: object = None
    low: object = None
    high: object = None
    window: object = None


@dataclass
class Document:
    """One final document: ``money`` whole; ``shares`` (seller, 10,000ths) in order, [] of nobody."""

    id: int
    kind: str
    day: object
    customer: int | None
    sale: object
    lines: list
    shares: list
    money: dict = field(default_factory=dict)
    units: Fraction = Fraction(0)
    costed_lines: int = 0

    @property
    def is_order(self):
        return self.kind == "sale"

    @cached_property
    def by_seller(self):
        """seller → (fraction, its money); seller 0 where nobody is named."""
        shares = self.shares or [(0, WHOLE)]
        split = {name: shared(amount, [share for _, share in shares]) for name, amount in self.money.items()}
        return {seller: (Fraction(share, WHOLE), {name: split[name][at] for name in MONEY}) for at, (seller, share) in enumerate(shares)}

    def part(self, seller):
        """(fraction, money) of a seller, None where she has no part in it; of the shop: the whole."""
        return (Fraction(1), self.money) if seller is None else self.by_seller.get(seller)


def shared(amount, shares):
    """Whole units by shares of 10,000; what is left over goes to the largest remainders, of equal ones in order.

    What comes back is shared as it was sold.
    """
    if amount < 0:
        return [-part for part in shared(-amount, shares)]
    exact = [Fraction(amount * share, WHOLE) for share in shares]
    parts = [math.floor(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: amount - sum(parts)]:
        parts[at] += 1
    return parts


def documents(book):
    """All final documents, by day."""
    lines, shares = defaultdict(list), defaultdict(list)
    for line in book.lines:
        lines[line.sale_id].append(line)
    for part in sorted(book.parts, key=lambda part: part.seller_id):
        shares[part.sale_id].append((part.seller_id, part.share))
    found = [_document(sale, lines[sale.id], shares[sale.id]) for sale in book.sales if sale.status == "final"]
    return sorted(found, key=lambda one: (one.day, one.id))


def _document(sale, lines, shares):
    one = Document(sale.id, sale.kind, sale.day, sale.customer_id, sale, lines, shares)
    goods = [] if sale.kind == "lump" else lines
    out = [line for line in goods if line.quantity > 0]
    costed = [line for line in goods if line.cost is not None]
    total = sum(line.total for line in lines)
    one.money = {
        "net": total,
        "sold": total if one.is_order else 0,
        "gross": sum(line.gross for line in out),
        "returned": -sum(line.total for line in goods if line.quantity < 0),
        "discount": sum(line.discount for line in out),
        "costed": sum(line.total for line in costed),
        "cost": sum(0 if line.damaged else line.cost for line in costed),
    }
    if one.is_order:
        one.units = sum((Fraction(1) if line.measured else Fraction(line.quantity, 1000) for line in out), Fraction(0))
    one.costed_lines = len(costed)
    return one


@dataclass
class Sums:
    """What the documents of some days come to, for one seller or the shop."""

    money: dict
    documents: Fraction = Fraction(0)
    orders: Fraction = Fraction(0)
    units: Fraction = Fraction(0)
    costed_lines: Fraction = Fraction(0)
    named_sold: int = 0
    buyers: dict = field(default_factory=lambda: defaultdict(int))  # customer → sale documents

    def __getattr__(self, name):
        try:
            return self.money[name]
        except KeyError:
            raise AttributeError(name) from None


class Ledger:
    """The documents of a book, and what they come to between two days."""

    def __init__(self, book):
        self.documents = documents(book)
        self._days = [one.day for one in self.documents]
        self._sums = {}

    def between(self, start, until):
        return self.documents[bisect_left(self._days, start) : bisect_left(self._days, until)]

    def sums(self, start, until, seller=None):
        key = start, until, seller
        if key not in self._sums:
            self._sums[key] = self.fold(self.between(start, until), seller)
        return self._sums[key]

    def fold(self, found, seller=None):
        total = Sums(dict.fromkeys(MONEY, 0))
        for one in found:
            part = one.part(seller)
            if part is None:
                continue
            share, money = part
            for name in MONEY:
                total.money[name] += money[name]
            total.documents += share
            total.costed_lines += share * one.costed_lines
            if one.is_order:
                total.orders += share
                total.units += share * one.units
                if one.customer is not None:
                    total.named_sold += money["sold"]
                    total.buyers[one.customer] += 1
        return total

    @cached_property
    def first_sales(self):
        """customer → the day of her first sale document, over all days."""
        first = {}
        for one in self.documents:
            if one.is_order and one.customer is not None:
                first.setdefault(one.customer, one.day)
        return first

    @cached_property
    def purchase_days(self):
        """customer → the distinct days of her sale documents, in order."""
        days = defaultdict(list)
        for one in self.documents:
            if one.is_order and one.customer is not None and days[one.customer][-1:] != [one.day]:
                days[one.customer].append(one.day)
        return days

    @cached_property
    def by_customer(self):
        found = defaultdict(list)
        for one in self.documents:
            if one.customer is not None:
                found[one.customer].append(one)
        return found


def ratio(above, below):
    """A fraction, None where the denominator is zero or negative."""
    return None if below <= 0 else Fraction(above) / Fraction(below)


def wilson(yes, n):
    """The 95 % range of a proportion."""
    if not n:
        return None, None
    yes, n, p = float(yes), float(n), float(yes) / float(n)
    centre = p + Z * Z / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = (centre - half) / (1 + Z * Z / n), (centre + half) / (1 + Z * Z / n)
    return max(0.0, low), min(1.0, high)


def share_of(yes, n):
    """A proportion with its range."""
    return Figure(ratio(yes, n), n, *wilson(yes, n))


def profit(sums):
    """Gross profit, margin and markup; without one costed line all three are unknown."""
    known = sums.costed_lines > 0
    gained = sums.costed - sums.cost if known else None
    return {
        "gross_profit": Figure(gained, sums.costed_lines),
        "gross_margin": Figure(ratio(gained, sums.costed) if known else None, sums.costed_lines),
        "markup": Figure(ratio(gained, sums.cost) if known else None, sums.costed_lines),
    }


def figures(ledger, asked):
    """The numbers that sale documents alone make."""
    sums = ledger.sums(asked.start, asked.until, asked.seller)
    buyers, again = len(sums.buyers), sum(n >= 2 for n in sums.buyers.values())
    new = newcomers(ledger, asked)
    return profit(sums) | {
        "revenue": Figure(sums.net, sums.documents),
        "average_order_value": Figure(ratio(sums.sold, sums.orders), sums.orders),
        "average_purchase_value": Figure(ratio(sums.named_sold, buyers), buyers),
        "returns_rate": Figure(ratio(sums.returned, sums.gross), sums.orders),
        "discount_rate": Figure(ratio(sums.discount, sums.gross), sums.orders),
        "units_per_transaction": Figure(ratio(sums.units, sums.orders), sums.orders),
        "repeat_rate": share_of(again, buyers),
        "orders": Figure(sums.orders, sums.orders),
        "customers": Figure(buyers, buyers),
        "new_customers": Figure(len(new), len(new)),
    }


def newcomers(ledger, asked):
    """Whose first sale was in the period; a seller's own are those whom she served on that first day."""
    mine = set()
    for one in ledger.between(asked.start, asked.until):
        if one.is_order and one.customer is not None and ledger.first_sales[one.customer] == one.day and one.part(asked.seller):
            mine.add(one.customer)
    return mine
