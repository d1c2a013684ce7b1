"""What the commands share: the book they speak of, the question they ask of it, and how one is declared."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from desktop.values.period import Period
from desktop.values.text import N_, Refused
from desktop.values.writing import use_writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.kpi.kpi import Scope
    from desktop.store import Store


def add(commands: Any, parents: list[argparse.ArgumentParser], name: str, command: Callable[..., int], help_text: str) -> Any:
    """The parser of a command that needs a book, and is refused where none is said."""

    def checked(o: argparse.Namespace) -> int:
        if o.book is None:
            raise Refused(N_("Say which book: --book FILE"))
        return command(o)

    parser = commands.add_parser(name, parents=parents, help=help_text, description=help_text)
    parser.set_defaults(command=checked)
    return parser


@contextmanager
def opened(o: argparse.Namespace) -> Iterator[Store]:
    """The book, written in its own way (currency, calendar, money unit), closed at the end."""
    from desktop.shop.writings import writing_of
    from desktop.store import Store

    store = Store.open(o.book)
    try:
        with store.reading() as s:
            use_writing(writing_of(s, language=o.lang))
        yield store
    finally:
        store.close()


@contextmanager
def asked(o: argparse.Namespace) -> Iterator[tuple[Store, Session, Scope]]:
    """The book, one snapshot of it, and the question of ``--period | --from --to``, ``--seller``, ``--as-of``."""
    from desktop import kpi

    with opened(o) as store, store.reading() as s:
        plain = kpi.scope(s)
        period = _period(o, plain.calendar) or plain.period
        seller = kpi.seller_named(s, o.seller) if getattr(o, "seller", None) else None
        yield store, s, kpi.scope(s, period=period, as_of=o.as_of, seller=seller)


def _period(o: argparse.Namespace, calendar: str) -> Period | None:
    if o.start and o.end:
        if o.end <= o.start:
            raise Refused(N_("--to is the day after the last one; it must come after --from."))
        return Period(o.start, o.end)
    return Period.parse(o.period, calendar) if o.period else None


def pairs(words: Sequence[str]) -> dict[str, str]:
    """``field=value`` words as a dict."""
    for word in words:
        if "=" not in word:
            raise Refused(N_("{word} should be written as name=value."), word=word)
    return {word.partition("=")[0]: word.partition("=")[2] for word in words}


def done(sentence: str) -> int:
    """Says it, and all went well."""
    print(sentence)
    return 0
