"""The open book as the window has it: store, the two lanes, the news, and the questions every form asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.shop.drafts import SaleDraft
from desktop.shop.search import find
from desktop.shop.things import save
from desktop.store import Store, settings
from desktop.ui.jobs import Jobs, News


class Desk:
    """One per open book; lives as long as the book is open."""

    def __init__(self, store: Store) -> None:
        self.store, self.jobs, self.news = store, Jobs(), News()
        self.unfinished: SaleDraft | None = None  # a sale that was begun and left
        store.listen(self.news.hear)

    def read(self, work: Callable[[Any], Any]) -> Any:
        """What ``work`` finds in the book, which is given to it as `Store.reading` has it."""
        with self.store.reading() as s:
            return work(s)

    def ask(
        self,
        work: Callable[[Any], Any],
        then: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
        *,
        slow: bool = False,
    ) -> None:
        """The same on the quick lane, or the long one where it is ``slow``."""
        lane = self.jobs.long if slow else self.jobs.quick
        lane(lambda: self.read(work), then, failed)

    def setting(self, key: str) -> str:
        return str(self.read(lambda s: settings.get(s, key)))

    def find(self, entity: str, text: str) -> list[tuple[int, str, str]]:
        """Things to pick, as (id, name, hint), whose name, code, phone or barcode holds ``text``."""
        with self.store.reading() as s:
            return find(s, entity, text)

    def make(self, entity: str, name: str) -> int:
        """A new thing that has only a name yet."""
        return save(self.store, entity, None, {"name": name})

    def close(self, how: Callable[[Store], None] = Store.close) -> None:
        """The lanes have ended and the book is whole on the disk - or, by another ``how``, gone."""
        self.jobs.close()
        how(self.store)
