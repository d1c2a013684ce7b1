"""A window on a long list: a count, the pages that are looked at, and of a change only what it moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, Signal

from desktop.shop.lists import PAGE, Filter, Listing
from desktop.ui.rows import KEPT, Cells, Values, Written, copied

Work = Callable[[Any], Any]  # given the book, as `Store.reading` has it
Ask = Callable[[Work, Callable[[Any], object], Callable[[BaseException], object]], None]
Part = tuple[int, list[Values]]  # the position of the first of these rows, and the rows
PAGES = 8  # pages that are kept
NEAR = 60  # rows before and after those in sight that are asked for too
COPIED = 50_000  # rows at once


class ListModel(Cells):
    """A window on a listing: how many rows it has, and the pages that were looked at last.

    ``ask`` runs work with the book on the quick lane, then calls with its answer or its exception. Answers to what is not
    asked any more are dropped. ``told``: the count, the sums or what else the list says of itself is known or has changed.
    """

    told = Signal()
    goal = Signal(int)  # a row was looked for and stands here
    failed = Signal(object)

    def __init__(self, listing: Listing, written: Written | None, ask: Ask) -> None:
        super().__init__(listing.columns, written)
        self.listing, self.chosen = listing, Filter()
        self.counted = self.bare = False  # whether the total is known; whether the table has nothing at all
        self.sortable: frozenset[str] = frozenset()
        self.sums: dict[str, int] = {}
        self._pages: dict[int, list[Values]] = {}
        self._lane, self._stamp, self._busy = ask, 0, False
        self._begun = False
        self._coming: Filter | None = None  # what will be shown as soon as it is here
        self._sight = (0, 0, -1)

    # What is known

    @property
    def rows(self) -> list[Values]:
        """Those that are known, in their order."""
        return [row for _, page in sorted(self._pages.items()) for row in page]

    def at(self, row: int) -> Values | None:
        page = self._pages.get(row // PAGE, [])
        return page[row % PAGE] if row % PAGE < len(page) else None

    def position(self, key: int) -> int | None:
        return next((n * PAGE + at for n, page in self._pages.items() for at, row in enumerate(page) if row[0] == key), None)

    def match(self, *_: Any) -> list[QModelIndex]:
        """Nothing: Qt would walk through every row for a letter that is typed."""
        return []

    # What is asked

    def begin(self, chosen: Filter) -> None:
        """Other rows, or in another order: what is shown stays until the first of them are here."""
        listing = self.listing

        def first(s: Any) -> tuple[list[Values], bool, frozenset[str]]:
            rows = listing.page(s, chosen)
            return rows, not rows and not listing.page(s, Filter(all=True), limit=1), listing.sortable(s)

        def show(found: tuple[list[Values], bool, frozenset[str]]) -> None:
            rows, self.bare, self.sortable = found
            self.chosen, self.sums, self._coming, self._begun = chosen, {}, None, True
            self.leaving.emit(False)
            self._reset(0, rows, len(rows), counted=len(rows) < PAGE)
            self.came.emit()
            self.told.emit()
            if self.counted:
                self._sum()
            else:
                self._ask(lambda s: listing.count(s, chosen), self._grow, lane=False)

        self._stamp += 1
        self._coming = chosen
        self._ask(first, show)

    def again(self) -> None:
        """The book has changed: what is in sight is read again, and only rows that moved are touched."""
        if self._coming is not None or not self._begun:
            self.begin(self._coming or self.chosen)
            return
        chosen, listing, (first, last, on) = self.chosen, self.listing, self._sight
        known = [n for n in range(first // PAGE, last // PAGE + 1) if n in self._pages]
        old = known[0] * PAGE if known else 0, [row for n in known for row in self._pages[n]]
        seen = [(at, row) for at in range(first, last + 1) if first and (row := self.at(at)) is not None]
        current = self.at(on) if on >= 0 else None

        def read(s: Any) -> tuple[int, Part, bool, frozenset[str]]:
            total = listing.count(s, chosen)
            bare = not total and not listing.page(s, Filter(all=True), limit=1)
            return total, _around(s, listing, chosen, seen, (first, last), total), bare, listing.sortable(s)

        def show(found: tuple[int, Part, bool, frozenset[str]]) -> None:
            total, new, self.bare, self.sortable = found
            lost = current is not None and current in old[1] and self._sight[2] == on
            self.leaving.emit(True)
            self._move(old, new, total)
            self.came.emit()
            self.told.emit()
            self._sum()
            if current is not None and lost and self.position(current[0]) is None:
                self.seek(current[0])

        self._stamp += 1
        self._ask(read, show)

    def seek(self, key: int) -> None:
        """The rows around this one are read, and `goal` says where it stands; nothing, where the list does not show it."""
        chosen, listing, total = self.chosen, self.listing, self.total

        def find(s: Any) -> tuple[int, int, list[Values]] | None:
            place = listing.place(s, chosen, key)
            return None if place is None else (place, *_around(s, listing, chosen, [(place, (key,))], (place, place), total))

        def show(found: tuple[int, int, list[Values]] | None) -> None:
            if found is not None:
                self._keep(found[1], found[2])
                self.goal.emit(found[0])

        self._ask(find, show)

    def look(self, first: int, last: int, current: int) -> None:
        self._sight = (first, last, current)
        missing = [n for n in self._wanted() if n not in self._pages]
        if self._busy or not self._begun or not missing:
            return
        n, chosen, listing = missing[0], self.chosen, self.listing
        begin, how = n * PAGE, dict[str, int]()
        if before := self._pages.get(n - 1):
            how["after"] = before[-1][0]
        elif after := self._pages.get(n + 1):
            how["before"] = after[0][0]
        else:
            how["start"] = begin if begin <= self.total // 2 else begin - self.total
        limit = min(PAGE, self.total - begin)

        def take(rows: list[Values]) -> None:
            self._keep(begin, rows)
            self.dataChanged.emit(self.index(begin, 0), self.index(begin + limit - 1, len(self.columns) - 1))
            self.came.emit()

        self._ask(lambda s: listing.page(s, chosen, limit=limit, **how), take)

    def copy(self, spans: Sequence[range], then: Callable[[str, int], object], *, head: bool) -> None:
        """Rows that are not known are read first; `COPIED` at most."""
        if all(self.at(row) is not None for span in spans for row in span[: KEPT + 1]) and sum(map(len, spans)) <= KEPT:
            super().copy(spans, then, head=head)
            return
        chosen, listing, columns, written = self.chosen, self.listing, self.columns, self._written

        def read(s: Any) -> tuple[str, int]:
            rows: list[Values] = []
            for span in spans:
                if room := min(len(span), COPIED - len(rows)):
                    rows += listing.page(s, chosen, start=span.start, limit=room)
            return copied(columns, rows, written, head=head), len(rows)

        self._ask(read, lambda found: then(*found), lane=False)

    def _ask(self, work: Work, then: Callable[[Any], object], *, lane: bool = True) -> None:
        """``lane``: nothing else is asked by looking until the answer is here."""
        stamp = self._stamp

        def come(answer: Any) -> None:
            if stamp == self._stamp:
                self._busy = self._busy and not lane
                then(answer)

        def fail(error: BaseException) -> None:
            self._busy = self._busy and not lane
            self.failed.emit(error)

        self._busy = self._busy or lane
        self._lane(work, come, fail)

    def _sum(self) -> None:
        chosen, listing = self.chosen, self.listing

        def show(sums: dict[str, int]) -> None:
            self.sums = sums
            self.told.emit()

        self._ask(lambda s: listing.sums(s, chosen), show, lane=False)

    # What has come

    def _wanted(self) -> list[int]:
        """The pages in sight, then those near them, then that of the current row."""
        first, last, current = self._sight
        if not self.total:
            return []
        last = min(last, self.total - 1)
        near = range(max(first - NEAR, 0) // PAGE, min(last + NEAR, self.total - 1) // PAGE + 1)
        on = [current // PAGE] if 0 <= current < self.total else []
        return list(dict.fromkeys([*range(first // PAGE, last // PAGE + 1), *near, *on]))

    def _keep(self, begin: int, rows: list[Values]) -> None:
        for n in self._wanted():
            if n in self._pages:
                self._pages[n] = self._pages.pop(n)  # looked at last
        for at in range(0, max(len(rows), 1), PAGE):
            self._pages[(begin + at) // PAGE] = rows[at : at + PAGE]
        while len(self._pages) > PAGES:
            del self._pages[next(iter(self._pages))]

    def _reset(self, begin: int, rows: list[Values], total: int, *, counted: bool = True) -> None:
        self.beginResetModel()
        self._pages, self._made, self.total, self.counted = {}, {}, total, counted
        self.places = [0] * len(self.columns)
        self._keep(begin, rows)
        self.endResetModel()

    def _grow(self, total: int) -> None:
        """The count has come."""
        self.counted = True
        self._change(self.total, total - self.total)
        self.came.emit()
        self.told.emit()
        self._sum()

    def _move(self, old: Part, new: Part, total: int) -> None:
        """Rows that are in both stay the same rows; those between are taken out and put in."""
        (had, before), (has, rows) = old, new
        same = SequenceMatcher(None, [row[0] for row in before], [row[0] for row in rows], autojunk=False).get_matching_blocks()[:-1]
        self._made.clear()
        self._pages.clear()
        if not same:
            self._reset(has, rows, total)
            return
        self._keep(has, rows)
        tail, lead = same[-1], same[0]
        end, now = had + tail.a + tail.size, has + tail.b + tail.size
        more = (total - now) - (self.total - end)
        self._change(end - min(more, 0), more)
        for one, after in reversed(list(pairwise(same))):
            self._change(had + after.a, one.a + one.size - after.a)
            self._change(had + one.a + one.size, after.b - one.b - one.size)
        self._change(had + lead.a, has + lead.b - had - lead.a)
        known = {row[0]: row for row in before}
        for at, row in enumerate(rows, has):
            if known.get(row[0]) != row:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def _change(self, at: int, more: int) -> None:
        """So many rows come in before ``at``, or go."""
        if more > 0:
            self.beginInsertRows(QModelIndex(), at, at + more - 1)
            self.total += more
            self.endInsertRows()
        elif more < 0:
            self.beginRemoveRows(QModelIndex(), at + more, at - 1)
            self.total += more
            self.endRemoveRows()


def _around(s: Any, listing: Listing, chosen: Filter, seen: Sequence[tuple[int, Values]], sight: tuple[int, int], total: int) -> Part:
    """Where the pages that hold the ``sight`` (its first and last row) begin now, and their rows.

    ``seen``: rows that were there, with their positions: the first that is as it was, else the first that is there at all,
    says how far everything has moved.
    """
    again = {row[0]: row for row in listing.rows_of(s, chosen, [row[0] for _, row in seen])}
    there = [(at, again[row[0]], again[row[0]] == row) for at, row in seen if row[0] in again]
    anchor = next((one for one in there if one[2]), there[0] if there else None)
    place = listing.place(s, chosen, anchor[1][0]) if anchor else None
    shift = place - anchor[0] if anchor and place is not None else 0
    first, last = (min(max(at + shift, 0), max(total - 1, 0)) for at in sight)
    begin, end = first // PAGE * PAGE, min((last // PAGE + 1) * PAGE, total)
    if anchor is None or place is None or not begin <= place < end:
        return begin, listing.page(s, chosen, start=begin, limit=end - begin)
    key = anchor[1][0]
    before = listing.page(s, chosen, before=key, limit=place - begin) if place > begin else []
    after = listing.page(s, chosen, after=key, limit=end - place - 1) if end > place + 1 else []
    return begin, [*before, anchor[1], *after]
