"""Whose a sale is: one seller's, or shared - as a cell says («Sara 75% + Ali 25%»), else by what each line's seller sold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from desktop.shop.importing.options import quoted
from desktop.shop.importing.rows import Ints, Rows
from desktop.shop.importing.things import Shelf, distinct, real
from desktop.shop.known import Things
from desktop.values.digits import latin
from desktop.values.fold import clean, fold
from desktop.values.rounding import WHOLE, split
from desktop.values.text import N_, tr

SHARES = N_("“{value}”: say each seller once, with shares above 0 that add up to 100%.")
NAMESAKES = N_("Several sellers are called “{who}”; write the code of the one that is meant: {codes}.")
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
        for name, share in parts(self.shelf.of("seller"), text):
            seller = self.shelf.named("seller", name)
            shares[seller] = shares.get(seller, 0) + share
        team = list(shares.items())
        if len(team) < 2:
            return team[0][0] if team else 0
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


def refuse_unclear(rows: Rows, shelf: Shelf) -> None:
    """Rows of which nobody can tell whose they are: shares that are not the whole, or a name that several sellers bear."""
    things, (codes, texts) = shelf.of("seller"), rows.texts("seller")
    for place, text in enumerate(texts):
        said = parts(things, text) if rows.kind.name == "sales" else [(text, WHOLE)]
        names = {fold(name) for name, _ in said}
        if said and (len(names) < len(said) or sum(share for _, share in said) != WHOLE or not all(share for _, share in said)):
            rows.refuse(codes == place, "seller", SHARES)
        for name, _ in said:
            same = things.by_fold.get(fold(name), [])
            if len(same) > 1:
                known = ", ".join(one.code or tr("without a code") for one in same)
                rows.refuse(codes == place, "seller", NAMESAKES, who=quoted(name), codes=known)


def parts(things: Things, text: str) -> list[tuple[str, int]]:
    """The names that a cell says, with their shares of 10,000 (0 where it says none); nobody for no text."""
    names, found = text.split("+"), list(_PART.finditer(latin(text)))
    if not things.named(text) and sum(len(part[0]) for part in found) == len(text):
        return [(clean(part[1]), int(Fraction(part[2]) * 100)) for part in found]
    if not things.named(text) and len(names) > 1 and len(set(map(fold, names))) == 1:
        return [(clean(name), 0) for name in names]
    return [(text, WHOLE)]
