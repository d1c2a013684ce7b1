"""Sentences in the language of the person: English in the code, Persian in `i18n`, joined by gettext."""

from __future__ import annotations

import gettext
import logging
from functools import cache

from desktop.values.places import place
from desktop.values.writing import writing


def language() -> str:
    """Today's language: ``fa`` or ``en``."""
    return writing().language


def tr(message: str, /, **holes: object) -> str:
    """The sentence ``message`` in today's language, its ``{holes}`` filled.

    ``message`` is one literal, or a name that holds a sentence marked by `N_` where it was declared.
    """
    said = sentences(language()).gettext(message)
    return said.format(**holes) if holes else said


def N_(message: str, /) -> str:  # noqa: N802 - gettext's own word
    """Marks a sentence that is shown elsewhere."""
    return message


class Told(Exception):
    """``str()`` is the sentence to show: ``message``, marked by `N_`, is translated when it is shown, not when it is raised."""

    def __init__(self, message: str, /, **holes: object) -> None:
        super().__init__(message)
        self.message, self.holes = message, holes

    def __str__(self) -> str:
        return tr(self.message, **self.holes)


class Refused(Told):
    """The person can mend it; ``field``: the field it stands beside, if one does."""

    def __init__(self, message: str, /, *, field: str | None = None, **holes: object) -> None:
        super().__init__(message, **holes)
        self.field = field


@cache
def sentences(code: str) -> gettext.NullTranslations:
    """What gettext knows in the language ``code``; English as it stands where nothing was built."""
    try:
        with place("i18n", f"{code}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError as missing:
        logging.getLogger(__name__).warning("%s is missing: run build_scripts/i18n.py build", missing.filename)
        return gettext.NullTranslations()
