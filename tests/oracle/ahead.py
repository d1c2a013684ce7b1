"""What customers will bring in the next twelve months: how often by BG/NBD, how much by Gamma-Gamma, both fitted here.

Fader, Hardie, Lee, "Counting your customers the easy way", Marketing Science 24(2), 2005; Fader, Hardie, "The Gamma-Gamma model
of monetary value", 2013. Weak priors: the logarithms of what is fitted are normal around 0 with a deviation of 3.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tests.oracle.days import month_of

WEEKS, LEAST_CUSTOMERS, LEAST_WEEKS, PRIOR = 52, 100, 26, 3.0


@dataclass(frozen=True)
class Ahead:
    """customer → what she will bring; what one who comes today will buy, and what an order brings."""

    each: dict
    newcomer_orders: float
    order_margin: float


def ahead(book, ledger, last):
    """None where there are too few customers or weeks."""
    days = {who: [day for day in found if day <= last] for who, found in ledger.purchase_days.items()}
    days = {who: found for who, found in days.items() if found}
    if len(days) < LEAST_CUSTOMERS or (last - min(found[0] for found in days.values())).days < 7 * LEAST_WEEKS:
        return None
    margins = _margins(book, ledger, last)
    who = sorted(days)
    x = np.array([len(days[one]) - 1 for one in who], float)
    seen = np.array([(days[one][-1] - days[one][0]).days / 7 for one in who])
    age = np.array([(last - days[one][0]).days / 7 for one in who])
    mean = np.array([np.mean([margins[one, day] for day in days[one][1:]]) if len(days[one]) > 1 else 0.0 for one in who])
    orders = fitted(lambda logs: _orders_likelihood(np.exp(logs), x, seen, age), ((0, 1, -1, 2), (0, 0, -3, -1)))
    again = (x > 0) & (mean > 0)
    scale = mean[again].mean()
    p, q, v = np.exp(fitted(lambda logs: _amounts_likelihood(logs, x[again], mean[again] / scale), ((0, 0, 0), (2, 1, 1))))
    q, v = q + 2, v * scale
    worth = (p * v + p * x * mean) / (p * x + q - 1)
    times = [expected(np.exp(orders), *row) for row in zip(x, seen, age, strict=True)]
    return Ahead(dict(zip(who, worth * times, strict=True)), expected(np.exp(orders), 0, 0, 0), p * v / (q - 1))


def _margins(book, ledger, last):
    """(customer, day) → what her sales of that day brought, in the money of the last month."""
    costed = [one for one in ledger.documents if one.day <= last and one.is_order and one.costed_lines]
    shop = Fraction(sum(one.money["costed"] - one.money["cost"] for one in costed), sum(one.money["costed"] for one in costed) or 1)
    found = defaultdict(float)
    for one in ledger.documents:
        if one.day <= last and one.is_order and one.customer is not None:
            gained = one.money["costed"] - one.money["cost"] + float(shop) * (one.money["net"] - one.money["costed"])
            found[one.customer, one.day] += float(gained) * money_of(book, one.day, last)
    return found


def money_of(book, then, now):
    """What one unit of then is in the money of now; where an index is not known, the same."""
    index = {row.month: row.value for row in book.indexes}
    first, last = (index.get(month_of(day, book.calendar)[0]) for day in (then, now))
    return last / first if first and last else 1


# The models


def _log_gamma(values):
    return np.vectorize(math.lgamma, otypes=[float])(values)


def _orders_likelihood(parameters, x, seen, age):
    r, alpha, a, b = parameters
    alive = -(r + x) * np.log(alpha + age)
    gone = np.where(x > 0, math.log(a) - np.log(np.where(x > 0, b + x - 1, 1)) - (r + x) * np.log(alpha + seen), -np.inf)
    kinds, at = np.unique(x, return_inverse=True)
    fixed = _log_gamma(r + kinds) - math.lgamma(r) + r * math.log(alpha)
    fixed += math.lgamma(a + b) + _log_gamma(b + kinds) - math.lgamma(b) - _log_gamma(a + b + kinds)
    return float(np.sum(fixed[at] + np.logaddexp(alive, gone)))


def _amounts_likelihood(logs, x, mean):
    p, q, v = math.exp(logs[0]), 2 + math.exp(logs[1]), math.exp(logs[2])
    kinds, at = np.unique(x, return_inverse=True)
    fixed = _log_gamma(p * kinds + q) - _log_gamma(p * kinds) - math.lgamma(q) + q * math.log(v)
    return float(np.sum(fixed[at] + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(x * mean + v)))


def expected(parameters, x, seen, age, weeks=WEEKS):
    """Orders of the next weeks of somebody who came again x times, last after ``seen`` of ``age`` weeks."""
    r, alpha, a, b = parameters
    one, two, three, z = r + x, b + x, a + b + x - 1, weeks / (alpha + age + weeks)
    term = total = 1.0
    for n in range(20_000):
        term *= (one + n) * (two + n) / (three + n) / (n + 1) * z
        total += term
        if abs(term) < 1e-15 * abs(total):
            break
    lived = three / (a - 1) * (1 - ((alpha + age) / (alpha + age + weeks)) ** one * total)
    return lived / (1 + (a / (b + x - 1) * ((alpha + age) / (alpha + seen)) ** one if x > 0 else 0))


def fitted(likelihood, starts):
    """The logarithms that likelihood and prior together like best."""

    def cost(at):
        return -likelihood(at) + sum(one * one for one in at) / (2 * PRIOR * PRIOR)

    return min((_lowest(cost, start) for start in starts), key=cost)


def _lowest(cost, start):
    """Downhill by Newton's way, by differences."""
    at, n, h = np.array(start, float), len(start), 1e-4
    unit = np.eye(n) * h
    for _ in range(200):
        here = cost(at)
        up, down = [cost(at + row) for row in unit], [cost(at - row) for row in unit]
        slope = np.array([(one - other) / (2 * h) for one, other in zip(up, down, strict=True)])
        curve = np.empty((n, n))
        for i in range(n):
            curve[i, i] = (up[i] - 2 * here + down[i]) / h**2
            for j in range(i):
                both = (
                    cost(at + unit[i] + unit[j])
                    - cost(at + unit[i] - unit[j])
                    - cost(at - unit[i] + unit[j])
                    + cost(at - unit[i] - unit[j])
                )
                curve[i, j] = curve[j, i] = both / (4 * h**2)
        values, vectors = np.linalg.eigh(curve)
        step = -vectors @ ((vectors.T @ slope) / np.maximum(np.abs(values), 1e-3))
        length = 1.0
        while cost(at + length * step) > here and length > 1e-9:
            length /= 2
        at = at + length * step
        if np.max(np.abs(length * step)) < 1e-8:
            break
    return at
