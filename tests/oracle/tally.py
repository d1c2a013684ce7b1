"""What was compared, what agreed, and what differs by kind."""

from __future__ import annotations

from collections import Counter

from tests.oracle.answers import Oracle
from tests.oracle.compare import cells
from tests.oracle.known import KNOWN


class Tally:
    """How many figures were compared, and how many of each known kind differed."""

    def __init__(self):
        self.books, self.compared, self.agreed, self.kinds = 0, 0, 0, Counter()

    def differing(self, store, asked):
        """What differs and is of no known kind: (name of the figure, a sentence)."""
        self.books += 1
        with store.reading() as s:
            oracle = Oracle(s)
            return [(cell.name, f"{one}: {cell}") for one in asked for cell in self._new(s, oracle, one)]

    def _new(self, s, oracle, asked):
        found = cells(s, oracle, asked)
        self.compared += len(found)
        for cell in found:
            if cell.agree:
                self.agreed += 1
                continue
            kind = next((name for name, known in KNOWN.items() if known.covers(cell, asked, oracle)), None)
            self.kinds[kind] += 1
            if kind is None:
                yield cell
