"""One thing the shop keeps, declared once: its form, its list, how it is called, found, begun, opened and let go."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.shop.entity import Entity
from desktop.shop.lists import Listing


@dataclass(frozen=True, kw_only=True)
class Thing:
    """``entity`` is its form, none where no hand writes it; ``listing`` its list."""

    entity: Entity | None = None
    listing: Listing | None = None

    @property
    def key(self) -> str:
        """What forms, lists and lamps call it."""
        return self.entity.key if self.entity else self.listing.entity if self.listing else ""
