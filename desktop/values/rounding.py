"""What whole numbers are kept in, how they are rounded and shared out, exactly: no float takes part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import SupportsFloat

Value = int | float | Decimal | Fraction

ONE = 1000  # one piece, one kilogram: quantities are thousandths
WHOLE = 10_000  # the whole of a share; counts of documents are kept in it, so a shared one stays exact


def half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` as the nearest whole number, halves away from zero.

    A return is the mirror of its sale, so −2.5 becomes −3 as 2.5 becomes 3. ZeroDivisionError: ``denominator`` is 0.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def split(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` shared out by ``weights`` so that the parts add up to it: largest remainder, the first of equals wins.

    Raises:
        ValueError: a weight is negative, or all are zero while there is something to share.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or (total and not whole):
        raise ValueError(f"cannot share {total} by {list(weights)}")
    if not whole:
        return [0] * len(weights)
    sign, size = (-1, -total) if total < 0 else (1, total)
    parts = [size * weight // whole for weight in weights]
    neediest = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for i in neediest[: size - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def exact(value: Value | SupportsFloat) -> Fraction:
    """``value`` without rounding; a float counts as the number it prints as (2.675). ValueError: it is not finite."""
    if isinstance(value, Rational):  # ints, Fractions and numpy's integers
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, Decimal):
        return Fraction(value)
    return Fraction(repr(float(value)))


def rounded(value: Value, decimals: int = 0) -> int:
    """``value`` in units of ``10 ** -decimals``, half up: 12.345 with 2 decimals is 1235."""
    scaled = exact(value) * 10**decimals
    return half_up(scaled.numerator, scaled.denominator)
