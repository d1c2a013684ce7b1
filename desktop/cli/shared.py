"""What the commands share: the book they speak of, the question they ask of it, and how one is declared."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop.store.trouble import Trouble
from desktop.values.period import Period
from desktop.values.text import N_, Refused, tr
from desktop.values.writing import use_writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.kpi.kpi import Scope
    from desktop.store import Store


EARLIEST, LATEST = dt.date(1850, 1, 1), dt.date(2200, 1, 1)  # a year before and one after are still days that a shop knows


def text(word: str) -> str:
    """An argument that says something."""
    return word if word.strip() else _wrong(tr("it is empty"))


def file(word: str) -> Path:
    return Path(text(word))


def day(word: str) -> dt.date:
    """A Gregorian day of which a shop may ask."""
    found = dt.date.fromisoformat(word)
    return found if EARLIEST <= found <= LATEST else _wrong(tr("there are no numbers of days before 1850 or after 2199"))


def batch(word: str) -> int:
    """An import's number."""
    return int(word) if 0 < int(word) < 2**63 else _wrong(tr("an import's number is 1 or more"))


def size(word: str) -> tuple[int, int]:
    """Width and height of a picture, in pixels."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", word, re.ASCII)
    return (int(found[1]), int(found[2])) if found else _wrong(tr("write it like 1366x768"))


def _wrong(sentence: str) -> NoReturn:
    raise argparse.ArgumentTypeError(sentence)


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
    """The book, written in its own way (currency, calendar, money unit), closed at the end; ``o.unsafe`` says why without a backup."""
    from desktop.store import Store
    from desktop.store.settings import writing_of

    store = Store.open(o.book)
    try:
        with store.reading() as s:
            use_writing(writing_of(s, language=o.lang))
        yield store
    finally:
        changed = store.changed
        try:
            store.close()
        except Trouble as why:
            if not changed:
                raise
            o.unsafe = why  # what was done is in the book, and is said first


@contextmanager
def asked(o: argparse.Namespace) -> Iterator[tuple[Session, Scope]]:
    """One snapshot of the book, and the question of ``--period | --from --to``, ``--seller``, ``--as-of``."""
    from desktop import kpi

    with opened(o) as store, store.reading() as s:
        plain = kpi.scope(s)
        period = _period(o, plain.calendar) or plain.period
        seller = kpi.seller_named(s, o.seller) if getattr(o, "seller", None) is not None else None
        yield s, kpi.scope(s, period=period, as_of=o.as_of, seller=seller)


def _period(o: argparse.Namespace, calendar: str) -> Period | None:
    if not o.start and not o.end and not o.period:
        return None
    if o.period and (o.start or o.end):
        raise Refused(N_("Say either --period or --from and --to, not both."))
    if not o.period and not (o.start and o.end):
        raise Refused(N_("--from and --to go together: the first day, and the day after the last one."))
    if not o.period and o.end <= o.start:
        raise Refused(N_("--to is the day after the last one; it must come after --from."))
    period = Period.parse(o.period, calendar) if o.period else Period(o.start, o.end)
    if not EARLIEST <= period.start < period.end <= LATEST:
        raise Refused(N_("There are no numbers of days before 1850 or after 2199."))
    return period


def pairs(words: Sequence[str]) -> dict[str, str]:
    """``field=value`` words as a dict."""
    found: dict[str, str] = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not name or not mark:
            raise Refused(N_("{word} should be written as name=value."), word=word)
        if name in found:
            raise Refused(N_("{name} is said twice; say it once."), name=name)
        found[name] = value
    return found


def forced(parser: argparse.ArgumentParser) -> None:
    """The command's output may replace another file."""
    parser.add_argument(
        "--force", action="store_true", help=tr("the output may replace another file, though never a book or a file being read")
    )


def done(sentence: str) -> int:
    """Says it, and all went well."""
    print(sentence)
    return 0
