import logging
import pickle

from desktop.values import text
from desktop.values.text import N_, Refused, tr
from desktop.values.writing import Writing, use_writing


def test_a_sentence_in_either_language():
    assert tr("Aban") == "آبان"
    use_writing(Writing(language="en"))
    assert tr("Aban") == "Aban"


def test_holes_are_filled_once():
    """A customer may be called {name}: what fills a hole is not looked at again."""
    assert tr("Year {year}", year="{name}") == "سال {name}"


def test_a_sentence_nobody_translated_is_shown_in_english():
    assert tr(N_("Total")) in {"Total", "جمع", "جمع کل"}  # other rooms may say it too
    unknown = "not a sentence of Cheragh {n}"
    assert tr(unknown, n=3) == "not a sentence of Cheragh 3"


def test_a_refusal_speaks_the_language_of_the_moment_it_is_shown():
    refused = Refused(N_("Year {year}"), field="day", year=5)

    assert (str(refused), refused.field) == ("سال 5", "day")
    use_writing(Writing(language="en"))
    assert str(refused) == "Year 5"


def test_a_refusal_comes_home_from_another_process():
    refused = pickle.loads(pickle.dumps(Refused(N_("Year {year}"), field="day", year=5)))

    assert (str(refused), refused.field, refused.holes) == ("سال 5", "day", {"year": 5})


def test_missing_sentences_are_said_in_the_log(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(text, "place", lambda *parts: tmp_path.joinpath(*parts))
    text.sentences.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert tr("Aban") == "Aban"
    text.sentences.cache_clear()

    assert "i18n.py build" in caplog.text
