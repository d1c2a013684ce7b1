"""What a row offers, opens and lets go; and a thing that nobody has heard of gets all of it from its own file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.kpi.kpi import FEEDS
from desktop.shop.thing import Opens
from desktop.shop.things import ENTITIES, THINGS
from desktop.ui.pages import FORMS, PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("thing", THINGS.values(), ids=lambda one: one.key)
def test_every_form_and_page_that_a_thing_names_is_there(thing):
    acts = [verb.act for verb in (*thing.verbs, *thing.besides)]

    assert {act.form for act in acts if isinstance(act, Opens)} <= {*FORMS, *ENTITIES}
    assert not thing.begins or thing.begins in {*FORMS, *ENTITIES, *PAGES}
    assert thing.place is None or thing.place.key in PAGES
    assert not thing.lights or thing.begins in {*FORMS, *ENTITIES}


def test_what_an_unlit_lamp_asks_for_is_said_on_its_tile_too():
    assert {one.key for one in THINGS.values() if one.lights} == FEEDS.keys()


def test_a_new_thing_needs_its_table_its_file_and_its_sentences_alone():
    """In a program of its own: two tables and two files of things are there before the rest is loaded (`tests/newcomer`)."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.newcomer.declared", "tests/newcomer/tried.py"],
        cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
