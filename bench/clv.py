"""How long the CLV models take: `python bench/clv.py`.

The ratio is against one look at every customer by a plain Python loop, timed in the same run.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from desktop.kpi import clv

SUMMARY = Path(__file__).parents[1] / "tests" / "data" / "cdnow_summary.csv"
COPIES = 20


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median seconds of some runs."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return sorted(seconds)[times // 2]


def plain_look(x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> float:
    """One evaluation of the BG/NBD likelihood without numpy."""
    r, alpha, a, b = 0.2426, 4.4135, 0.7926, 2.4245
    total = 0.0
    for n, last, whole in zip(x.tolist(), t_x.tolist(), age.tolist(), strict=True):
        there = gone = -(r + n) * math.log(alpha + whole)
        if n:
            gone = math.log(a / (b + n - 1)) - (r + n) * math.log(alpha + last)
        both = max(there, gone) + (math.log1p(math.exp(-abs(there - gone))) if n else 0.0)
        total += math.lgamma(r + n) + math.lgamma(b + n) - math.lgamma(a + b + n) + both
    return total


def many(table: np.ndarray) -> tuple[np.ndarray, ...]:
    """CDNOW's customers, many times over, none quite like another."""
    noise = np.random.default_rng(1)
    x, t_x, age, mean = (np.tile(table[name], COPIES) for name in ("x", "t_x", "T", "zbar"))
    later = noise.integers(0, 365, len(x)) / 7
    return x, t_x, age + later, mean * noise.uniform(0.8, 1.2, len(x))


def bakery(customers: int = 1500) -> tuple[np.ndarray, ...]:
    """Customers who come daily: with Gauss's series their newest needed thousands of terms, and 37 seconds."""
    noise = np.random.default_rng(2)
    age = noise.uniform(1, 60, customers)
    x = noise.poisson(6 * age)
    return (
        x.astype(float),
        np.where(x > 0, age - np.minimum(noise.exponential(0.3, customers), age), 0.0),
        age,
        noise.uniform(5, 30, customers) * (x > 0),
    )


def main() -> None:
    """Prints the table."""
    table = np.genfromtxt(SUMMARY, delimiter=",", names=True)
    print(f"{'customers':>10} {'fit (s)':>9} {'prediction with range (s)':>26} {'fit ÷ a plain look':>19}")
    for x, t_x, age, mean in ((table["x"], table["t_x"], table["T"], table["zbar"]), many(table), bakery()):
        again = x > 0
        fit = timed(
            lambda x=x, t_x=t_x, age=age, mean=mean, again=again: (clv.fit_orders(x, t_x, age), clv.fit_amounts(x[again], mean[again]))
        )
        whole = timed(lambda x=x, t_x=t_x, age=age, mean=mean: clv.predict(x, t_x, age, mean), 3)
        look = timed(lambda x=x, t_x=t_x, age=age: plain_look(x, t_x, age), 3)
        print(f"{len(x):>10,} {fit:>9.3f} {whole:>26.3f} {fit / look:>19.1f}")


if __name__ == "__main__":
    main()
