"""Sentences with a number in them, in the form that goes with it."""

from __future__ import annotations

from desktop.values.digits import number
from desktop.values.text import language, sentences


def ntr(one: str, many: str, n: int, /, **holes: object) -> str:
    """``one`` or ``many`` by ``n``; the hole ``{n}`` is filled with the number as a person writes it."""
    return sentences(language()).ngettext(one, many, n).format(n=number(n), **holes)
