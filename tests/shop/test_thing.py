"""What a thing has to say of itself: where one place is forgotten, a test here names it."""

import re
from pathlib import Path

import pytest

from desktop.shop.exporting import questions
from desktop.shop.lists import Filter
from desktop.shop.places import PLACES, SETTINGS
from desktop.shop.search import find
from desktop.shop.thing import Changes, Opens
from desktop.shop.things import ENTITIES, KINDS, LISTED, THINGS
from desktop.store.access import allowed
from desktop.store.tables import Imported, Own, PartOf, models

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
WITHOUT_A_LIST = {"user"}  # the roles' page is to come
OF_THE_BOOK = {"setting", "closing"}  # the settings' page has them


def every(what):
    return pytest.mark.parametrize("thing", [one for one in THINGS.values() if what(one)], ids=lambda one: one.key)


def test_every_table_is_kept_by_a_thing_is_part_of_one_or_is_the_books_own():
    kept = {one.table for one in THINGS.values()}

    assert [one.__tablename__ for one in models().values() if one not in kept and not issubclass(one, (PartOf, Own))
            and one.__tablename__ not in OF_THE_BOOK] == []  # fmt: skip


@every(lambda one: one.key not in WITHOUT_A_LIST)
def test_a_thing_has_a_list_with_a_place_a_picture_and_words_for_when_it_is_empty(thing):
    assert thing.listing
    assert thing.listing.table is thing.table
    assert thing.listing.title
    assert thing.empty
    assert thing.place
    assert (ICONS / f"{thing.picture}.svg").exists()
    assert (ICONS / f"{thing.place.picture}.svg").exists()


@every(lambda one: one.fields)
def test_a_form_says_what_it_makes_and_every_change_has_a_name(thing):
    assert thing.title
    assert all((thing.added, thing.changed, thing.gone))
    assert thing.new or thing.key in WITHOUT_A_LIST
    assert all(field.key in thing.apart or hasattr(thing.table, field.key) for field in thing.fields)
    assert thing.begins == thing.key
    assert thing.ending


@every(lambda one: one.listing)
def test_what_is_said_of_a_column_names_one(thing, shop):
    keys = {column.key for column in thing.listing.columns}
    with shop.store.reading() as s:
        asked = thing.listing.question(Filter(all=True))
        thing.listing.page(s, Filter())

    assert len(list(asked.selected_columns)) >= 2
    assert set(thing.cells) <= keys
    assert thing.listing.sorts.keys() - {"position"} <= keys
    assert thing.narrow is None or hasattr(thing.table, thing.narrow[0])
    for verb in thing.verbs:
        assert verb.title
        assert verb.only is None or verb.only[0] in keys
        if isinstance(verb.act, Opens):
            assert set(verb.act.gives.values()) <= keys | {"id"}
            assert verb.act.form not in ENTITIES or all(ENTITIES[verb.act.form].field(field) for field in verb.act.gives)
        if isinstance(verb.act, Changes):
            assert verb.act.name


@every(lambda one: True)
def test_the_owner_may_change_every_thing(thing, shop):
    with shop.store.reading() as s:
        assert issubclass(thing.table, Own) or allowed(s, thing.table.verb)


def test_what_a_form_refers_to_can_be_found_there(shop):
    named = {field.refers for entity in ENTITIES.values() for field in entity.fields if field.ref}

    with shop.store.reading() as s:
        for key in named:
            assert THINGS[key].table.__tablename__ == key
            assert find(s, key, "") is not None


@every(lambda one: issubclass(one.table, Imported))
def test_what_can_be_imported_is_so_by_a_file_of_its_own_or_with_others(thing):
    with_others = (kind.field(thing.key) for kind in KINDS.values())

    assert thing.kind or any(field.reader == "text" for field in with_others if field)


@pytest.mark.parametrize("name", list(KINDS))
def test_a_kind_of_file_is_called_as_its_list_and_goes_out_as_it_comes_in(name, shop):
    kind = KINDS[name]

    assert LISTED[name].kind is kind
    assert kind.title == LISTED[name].listing.title
    assert name in questions()
    assert all(field.title and (field.spellings) for field in kind.fields)


def test_places_keys_and_ranks_are_given_once():
    things = THINGS.values()
    tabs = [(one.place.key, one.tab) for one in things if one.place]
    keys = [one.shortcut.keys for one in things if one.shortcut]
    ranks = [one.search.rank for one in things if one.search and one.search.rank]

    assert all(sorted(found) == sorted(set(found)) for found in (tabs, keys, ranks))
    assert {one.place for one in things if one.place} == {*PLACES, SETTINGS}


def test_no_other_file_names_the_things_one_by_one():
    """A dictionary by the things' keys is a place that the next thing is forgotten in."""
    root = Path(__file__).resolve().parents[2] / "desktop"
    dictionary = re.compile(r"""^\s*["'](nps|price_index|day_off|stage|activity|activities)["']: """, re.M)
    files = [path for room in ("shop", "ui") for path in (root / room).rglob("*.py") if "importing" not in path.parts]

    assert [path.name for path in files if path.parent.name != "things" and dictionary.search(path.read_text("utf-8"))] == []
