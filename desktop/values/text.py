"""Sentences in the language of the person: English in the code, Persian and English in `i18n`."""

from __future__ import annotations

import gettext
from typing import Any

from desktop.values.places import place

LANGUAGES = ("fa", "en")

_language = "fa"
_sentences: gettext.NullTranslations | None = None


def use_language(code: str) -> None:
    """Every sentence from now on is in ``code`` (``fa`` or ``en``), in the whole process."""
    global _language, _sentences
    if code not in LANGUAGES:
        raise ValueError(code)
    if code != _language:
        _language, _sentences = code, None


def language() -> str:
    return _language


def tr(message: str, /, **holes: object) -> str:
    """The sentence ``message`` in today's language, its ``{holes}`` filled."""
    return _fill(_loaded().gettext(message), holes)


def ntr(one: str, many: str, n: int, /, **holes: object) -> str:
    """``one`` or ``many`` by ``n``; the hole ``{n}`` is the number written for a person."""
    from desktop.values.digits import number

    return _fill(_loaded().ngettext(one, many, n), {"n": number(n), **holes})


def N_(message: str, /) -> str:  # noqa: N802 - gettext's own word
    """Marks a sentence that is shown elsewhere."""
    return message


def _loaded() -> gettext.NullTranslations:
    global _sentences
    if _sentences is None:
        file = place("i18n", f"{_language}.mo")
        if file.is_file():
            with file.open("rb") as stream:
                _sentences = gettext.GNUTranslations(stream)
        else:
            _sentences = gettext.NullTranslations()
    return _sentences


def _fill(sentence: str, holes: dict[str, Any]) -> str:
    return sentence.format(**holes) if holes else sentence


class Refused(Exception):
    """The person can mend it: ``str()`` is the sentence to show, ``field`` the field it stands beside, if one does."""

    def __init__(self, message: str, /, *, field: str | None = None, **holes: object) -> None:
        super().__init__(message)
        self.message, self.field, self.holes = message, field, holes

    def __str__(self) -> str:
        return tr(self.message, **self.holes)
