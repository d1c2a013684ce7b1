"""How sure a number is: ranges for proportions and for NPS. z = 1.96, that is 95 %."""

from __future__ import annotations

from math import sqrt

from desktop.kpi.kpi import Number

Z = 1.96


def wilson(successes: Number, n: Number) -> tuple[float, float]:
    """The Wilson 95 % range of ``successes`` in ``n`` > 0.

    Source:
        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    share, z2 = successes / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(max(0.0, share * (1 - share) / n + z2 / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)
