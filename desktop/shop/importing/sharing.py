"""Whose a sale is: one seller's, or shared - as a cell says («Sara 75% + Ali 25%»), else by what each line's seller sold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from desktop.shop.importing.rows import Ints
from desktop.shop.importing.things import Shelf, distinct, real
from desktop.values.digits import latin
from desktop.values.fold import clean, fold
from desktop.values.quantity import WHOLE
from desktop.values.rounding import split

TEAM = 2**40  # ids from here on are teams
_PART = re.compile(r"\s*(.+?)\s+(\d+(?:\.\d+)?)\s*[%٪]\s*(?:\+|$)")


@dataclass
class Sellers:
    """Finds sellers by name, and teams by what a cell says of their shares."""

    shelf: Shelf
    teams: list[list[tuple[int, int]]] = field(default_factory=list)

    def find(self, text: str) -> int:
        """The id of the seller, made if not there, or of a team (from `TEAM` on); 0 for nobody. Who is named twice is one."""
        shares: dict[int, int] = {}
        for name, share in [] if self.shelf.of("seller").named(text) else _shares(text):
            seller = self.shelf.named("seller", name)
            shares[seller] = shares.get(seller, 0) + share
        team = [(seller, share) for seller, share in shares.items() if share]
        if len(team) < 2:
            return team[0][0] if team else self.shelf.named("seller", text)
        self.teams.append(team)
        return TEAM + len(self.teams) - 1

    def all_of(self, ids: Ints) -> Ints:
        """The sellers that ``ids`` name, those of teams too."""
        teams = [self.teams[one - TEAM] for one in distinct(ids[ids >= TEAM]).tolist()]
        return np.concatenate((ids[ids < TEAM], np.array([seller for team in teams for seller, _ in team], np.int64)))

    def settle(self, new: Ints) -> None:
        """New members of teams have the ids that the book gave them."""
        self.teams = [
            list(zip(real(np.array([one for one, _ in team], np.int64), new).tolist(), (share for _, share in team), strict=True))
            for team in self.teams
        ]

    def of(self, one: int) -> Sequence[tuple[int, int]]:
        """Who stands behind an id, with their shares of 10,000."""
        return self.teams[one - TEAM] if one >= TEAM else ((one, WHOLE),)

    def shares(self, seller: Ints, totals: Ints, starts: Ints, first: Ints) -> Iterator[tuple[int, int, int]]:
        """(document, seller, share): each document's ``first`` seller; where its lines name several, by what they sold."""
        sizes = np.diff(starts, append=len(seller))
        others = (seller != 0) & (seller != np.repeat(first, sizes))
        several = np.zeros(len(starts), bool)
        several[np.searchsorted(starts, np.flatnonzero(others), side="right") - 1] = True
        alone = np.flatnonzero((first != 0) & ~several & (first < TEAM))
        yield from zip(alone.tolist(), first[alone].tolist(), [WHOLE] * len(alone), strict=True)
        for document in np.flatnonzero(~several & (first >= TEAM)).tolist():
            yield from ((document, member, share) for member, share in self.of(int(first[document])))
        for document in np.flatnonzero(several).tolist():
            at = slice(starts[document], starts[document] + sizes[document])
            sold: dict[int, int] = {}
            for one, total in zip(seller[at].tolist(), totals[at].tolist(), strict=True):
                for member, share in self.of(one) if one else ():
                    sold[member] = sold.get(member, 0) + abs(total) * share
            weights = list(sold.values()) if any(sold.values()) else [1] * len(sold)
            yield from ((document, member, share) for member, share in zip(sold, split(WHOLE, weights), strict=True) if share)


def _shares(text: str) -> list[tuple[str, int]]:
    """Names with their shares of 10,000, or one name said again; nobody, if the text is neither."""
    parts, names = list(_PART.finditer(latin(text))), text.split("+")
    shares = [int(Fraction(part[2]) * 100) for part in parts]
    if sum(len(part[0]) for part in parts) == len(text) and sum(shares) == WHOLE:
        return [(clean(part[1]), share) for part, share in zip(parts, shares, strict=True)]
    return [(clean(names[0]), WHOLE)] if len(set(map(fold, names))) == 1 else []
