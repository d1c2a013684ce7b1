"""Every sentence a person can read is whole: found by the extractor, translated, holes kept, never glued."""

import pytest

from build_scripts import i18n
from desktop.values.text import tr
from desktop.values.writing import Writing, use_writing


def test_every_sentence_of_the_program_is_good_persian():
    found = i18n.problems()

    assert not found, "\n".join(found)


def test_what_is_built_is_what_is_written():
    assert not i18n.stale()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_sentence_has_its_holes_filled(language):
    """Formatting with every hole filled must work and leave no bracket, in both languages."""
    use_writing(Writing(language=language))
    for id_ in i18n.sentences():
        for message in (id_,) if isinstance(id_, str) else id_:
            filled = tr(message, **dict.fromkeys(i18n.holes(message), "x")) if i18n.holes(message) else tr(message)
            assert "{" not in filled
            assert "}" not in filled
