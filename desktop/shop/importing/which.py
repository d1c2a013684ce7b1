"""Which amount a column of totals gives - net, before its discount, with tax, or the whole invoice's - found by arithmetic."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from desktop.shop.importing.options import quoted
from desktop.shop.importing.rows import Flags, Ints, Rows, holds
from desktop.values.text import N_, tr

_NEARLY_ALL = 10  # one row in so many may differ; it is refused for itself

WITH_TAX = N_("The amounts of column {column} contain the tax beside them.")
BEFORE = N_("The amounts of column {column} are those before the discount.")
REPEATED = N_("Column {column} holds the whole invoice's total; the lines' own amounts were taken from quantity and price.")
TAXED = N_("Column {column} holds the whole invoice's total with tax; the lines' own amounts were taken from quantity and price.")
EVEN = N_("Column {column} holds the line's net amount in some rows and another amount in others. Say which column is the total, or none.")


def totals(rows: Rows, listed: Ints, no_price: Flags, slack: Ints, discount: Ints) -> tuple[Ints, Flags]:
    """The lines' net amounts and where there is none, all without their signs; the relation found is said.

    ``listed`` is quantity × price. Where the file's rows speak for two relations alike it is asked.
    """
    total, none = rows.money("total")
    total = np.abs(total)
    both = ~no_price & ~none & rows.fine
    if rows.options.tax_included or not both.any():
        return total, none
    net = listed - discount
    if not (both & (np.abs(net - total) > slack)).any():
        return total, none
    tax = np.abs(rows.money("tax")[0])
    found: dict[str, tuple[Flags, Callable[[], tuple[Ints, Flags]]]] = {
        "": (np.abs(net - total) <= slack, lambda: (total, none)),
        WITH_TAX: (np.abs(net + tax - total) <= slack, lambda: (total - tax, none)),
        BEFORE: (np.abs(listed - total) <= slack, lambda: (total - discount, none)),
        REPEATED: (_whole(rows, net, total, none, slack), lambda: (total, none | ~no_price)),
        TAXED: (_whole(rows, net + tax, total, none, slack), lambda: (total, none | ~no_price)),
    }
    counts = {said: int((true & both).sum()) for said, (true, _) in found.items()}
    best = max(counts, key=lambda said: counts[said])
    against = int((both & ~found[best][0] & np.logical_or.reduce([true for true, _ in found.values()])).sum())
    if against * _NEARLY_ALL > int(both.sum()):
        rows.ask("mapping", tr(EVEN, column=quoted(rows.heading.label("total"))), both, "total", option='--map "total=Header"')
        return total, none
    if not best or counts[best] * 2 <= int(both.sum()):
        return total, none
    rows.notes.append(tr(best, column=quoted(rows.heading.label("total"))))
    return found[best][1]()


def _whole(rows: Rows, amount: Ints, total: Ints, none: Flags, slack: Ints) -> Flags:
    """Rows whose total is what the amounts of their whole invoice come to; it stands on each of its lines or on one."""
    numbers = rows.codes("number")
    of, count = numbers[0], len(numbers[1])
    room, one_total = np.bincount(of, slack, count)[of], np.full(count, -1, np.int64)
    one_total[of[~none]] = total[~none]
    same = np.bincount(of, ~none & (total != one_total[of]), count)[of] == 0
    found: Flags = holds(numbers) & same & (np.abs(np.bincount(of, amount, count)[of] - total) <= room)
    return found
