"""The things the shop keeps, each with its parts in one file; a new file here is a new thing, and no list of them is kept by hand."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from desktop.shop.entity import Entity, Values
from desktop.shop.kind import Kind
from desktop.shop.lists import Listing
from desktop.shop.places import Place
from desktop.shop.thing import Thing
from desktop.values import fold
from desktop.values.text import N_

if TYPE_CHECKING:
    from desktop.store import Store

_FILES = [import_module(f"{__name__}.{name}") for _, name, _ in iter_modules(__path__)]
THINGS: dict[str, Thing] = {one.key: one for file in _FILES for one in vars(file).values() if isinstance(one, Thing)}
ENTITIES: dict[str, Entity] = {key: one for key, one in THINGS.items() if one.fields}
LISTED: dict[str, Thing] = {one.listing.key: one for one in THINGS.values() if one.listing}
LISTINGS: dict[str, Listing] = {key: one.listing for key, one in LISTED.items() if one.listing}
_OWN = (one.kind for key, one in LISTED.items() if one.kind and one.kind.name == key)  # payments come and go with the sales
KINDS: dict[str, Kind] = {one.name: one for one in sorted(_OWN, key=lambda one: one.at)}


def in_tabs(place: Place) -> tuple[str, ...]:
    """The lists of a page, in their order."""
    here = sorted((one for one in THINGS.values() if one.place == place), key=lambda one: one.tab)
    return tuple(one.listing.key for one in here if one.listing)


def save(store: Store, key: str, row_id: int | None, values: Values) -> int:
    """Saves one thing as one change of the book; gives back its id."""
    entity = ENTITIES[key]
    with store.changing(entity.changed if row_id else entity.added, entity.table.verb, name=_name(store, entity, row_id, values)) as s:
        return entity.save(s, row_id, values)


def remove(store: Store, key: str, row_id: int) -> None:
    """Archives or voids one thing as one change of the book."""
    if (void := THINGS[key].void) is not None:
        void(store, row_id)
        return
    entity = ENTITIES[key]
    with store.changing(entity.gone, entity.table.verb, name=_name(store, entity, row_id, {})) as s:
        entity.remove(s, row_id)


def restore(store: Store, key: str, row_id: int) -> None:
    """Brings an archived thing back as one change of the book."""
    entity = ENTITIES[key]
    with store.changing(N_("Bring {name} back"), entity.table.verb, name=_name(store, entity, row_id, {})) as s:
        entity.restore(s, row_id)


def _name(store: Store, entity: Entity, row_id: int | None, values: Values) -> str:
    if values.get("name") or not row_id:
        return fold.clean(str(values.get("name") or ""))
    with store.reading() as s:
        return getattr(entity.row(s, row_id), "name", "")
