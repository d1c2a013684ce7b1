"""Goods: what the lines of each come to, and which few of them make most of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from tests.oracle.selling import ratio


def abc(ledger, asked, codes):
    """product → its part of what the goods brought; where costs are known nearly everywhere of the profit, else of the sales.

    Lines that name no product are no item of it; of equal goods the first by code stands first.
    """
    goods, lines = products(ledger, asked), _rows(ledger, asked).values()
    uncosted = sum(row["net"] - row["costed"] for row in lines)
    by_profit = all(row["known"] == row["lines"] for row in lines) or 0 <= 20 * uncosted <= sum(row["net"] for row in lines)
    value = {who: (row["gross_profit"] or 0) if by_profit else row["revenue"] for who, row in goods.items() if who}
    total = sum(one for one in value.values() if one > 0)
    found, before = {}, 0
    for who in sorted(value, key=lambda who: (-value[who], codes[who] or "", who)):
        one = value[who]
        kind = "D" if one <= 0 else "A" if 10 * before < 8 * total else "B" if 100 * before < 95 * total else "C"
        found[who] = {"value": one, "share": ratio(one, total) if one > 0 else 0, "class": kind}
        before += max(0, one)
    return found


def products(ledger, asked):
    """product → what its lines come to; a seller has her part of each."""
    return {
        who: {
            "revenue": row["net"],
            "gross_profit": row["costed"] - row["cost"] if row["known"] else None,
            "gross_margin": ratio(row["costed"] - row["cost"], row["costed"]) if row["known"] else None,
            "quantity": Fraction(row["quantity"]) / 1000,
            "returns_rate": ratio(row["returned"], row["gross"]),
        }
        for who, row in _rows(ledger, asked).items()
    }


def _rows(ledger, asked):
    rows = defaultdict(Counter)
    for one in ledger.between(asked.start, asked.until):
        part = one.part(asked.seller)
        if part is None or one.kind == "lump":
            continue
        share = part[0]
        for line in one.lines:
            row, out, known = rows[line.product_id], line.quantity > 0, line.cost is not None
            row["lines"] += 1
            row["known"] += known
            row["net"] += share * line.total
            row["quantity"] += share * line.quantity
            row["gross"] += share * line.gross * out
            row["returned"] -= share * line.total * (not out)
            row["costed"] += share * line.total * known
            row["cost"] += share * (line.cost if known and not line.damaged else 0)
    return rows
