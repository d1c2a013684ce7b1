"""What the columns of shops' files are called: each spelling is of a column that some kind of file has."""

import tomllib

import pytest

from desktop.shop.kind import of_form
from desktop.shop.things import KINDS, THINGS
from desktop.values.places import place

HEADERS = tomllib.loads(place("resources", "headers.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in HEADERS if name != "usual"])
def test_the_headers_of_a_file_are_of_its_columns(name):
    assert set(HEADERS[name]) <= {field.name for field in KINDS[name].fields}


def test_a_column_without_an_own_entry_goes_by_the_usual_one_which_an_own_entry_may_take_in():
    plain, own = of_form("things", "Things", "note")(THINGS["sale"]).field("note"), KINDS["costs"].field("note")

    assert plain.spellings[:2] == ("note", "یادداشت")
    assert own.spellings == (*plain.spellings, "شرح", "description")
