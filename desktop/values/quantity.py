"""Quantities: whole thousandths, so that half a kilo is exact."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop.values.digits import foreign, latin, number
from desktop.values.text import N_, Refused

STEP = 1000
MOST = 10**12


def parse_quantity(text: str) -> int:
    """Thousandths of what was typed.

    Raises:
        Refused: no quantity, or finer than a thousandth.
    """
    digits = re.sub(r"[,٬،\s]", "", latin(text).strip().replace("\u2212", "-")).replace("٫", ".").replace("/", ".")
    if not re.fullmatch(r"-?(\d+(\.\d*)?|\.\d+)", digits):
        raise Refused(N_("“{text}” is no quantity."), text=foreign(text))
    amount = Decimal(digits) * STEP
    if amount != amount.to_integral_value() or abs(amount) > MOST:
        raise Refused(N_("“{text}” has more than three decimals, or is too large."), text=foreign(text))
    return int(amount)


def write_quantity(thousandths: int) -> str:
    """With as many decimals as it needs, at most three."""
    needed = 0 if thousandths % 1000 == 0 else 1 if thousandths % 100 == 0 else 2 if thousandths % 10 == 0 else 3
    return number(Decimal(thousandths).scaleb(-3), needed)
