"""How sure a number is: ranges for proportions and for NPS. z = 1.96, that is 95 %."""

from __future__ import annotations

from math import sqrt

from desktop.kpi.kpi import Measured, Number

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


def proportion(part: Number | None, whole: Number | None, why: str, note: str | None = None) -> Measured:
    """``part`` of ``whole`` with its range; null with the sentence ``why`` where there is no whole."""
    if not whole or part is None:
        return Measured(None, 0, why_null=why, note=note)
    low, high = wilson(part, whole) if 0 <= part <= whole else (None, None)
    return Measured(part / whole, int(whole), low, high, note=note)


def ratio(top: Number | None, bottom: Number | None, why: str, *, n: Number | None = None, note: str | None = None) -> Measured:
    """``top`` ÷ ``bottom``; null with the sentence ``why`` unless the bottom is positive."""
    if top is None or bottom is None or bottom <= 0:
        return Measured(None, int(n or 0), why_null=why, note=note)
    return Measured(top / bottom, int(bottom if n is None else n), note=note)
