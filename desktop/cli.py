"""The same verbs without a window: every command calls what the window calls.

Exit codes: 0 done, 1 refused or problems found, 2 wrong usage. One sentence per problem on standard error.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.store.trouble import Trouble
from desktop.values.period import Period
from desktop.values.places import SUFFIX
from desktop.values.text import N_, Refused, ntr, tr
from desktop.values.writing import Writing, use_writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop.kpi.kpi import Scope
    from desktop.shop.importing import Options
    from desktop.store import Store


def run(arguments: Sequence[str]) -> int:
    """Does what ``arguments`` ask and gives back the exit code."""
    for stream in (sys.stdout, sys.stderr):  # Windows' default code page cannot print Persian
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if arguments and arguments[0].endswith(SUFFIX):  # a book that was clicked
        arguments = ["--book", *arguments]
    use_writing(Writing(language=_language(arguments)))
    options = _parser().parse_args(list(arguments), argparse.Namespace(book=None, lang=None))  # no language said: the book's own
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (Refused, Trouble) as said:
        return _say(str(said))
    except FileNotFoundError as missing:
        return _say(tr("There is no file {file}.", file=missing.filename))
    except (PermissionError, IsADirectoryError) as error:
        return _say(tr("The computer does not let us use {file}.", file=error.filename))
    except BrokenPipeError:  # who reads us (`| head`) has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        from desktop.store.connection import trouble

        if found := trouble(error):
            return _say(str(found))
        raise


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, known before the parser is made: its own help speaks it too."""
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            return word.partition("=")[2] if word.endswith(("fa", "en")) else "fa"
        if word == "--lang" and arguments[at + 1 : at + 2] == ["en"]:
            return "en"
    return "fa"


# Commands


def _window(o: argparse.Namespace) -> int:
    from desktop import start

    return start.run(o.book, language=o.lang)


def _demo(o: argparse.Namespace) -> int:
    from desktop.shop.demo import write_demo

    write_demo(o.book, months=o.months, seed=o.seed, until=o.until or dt.date.today())  # noqa: DTZ011 - the shop's own clock
    return _done(tr("The demo shop is in {file}.", file=o.book))


def _new(o: argparse.Namespace) -> int:
    from desktop.store import Store

    Store.create(o.book, currency=o.currency, calendar=o.calendar, shop=o.shop).close()
    return _done(tr("An empty book is in {file}.", file=o.book))


def _import(o: argparse.Namespace) -> int:
    from desktop.shop.importing import import_file

    with _opened(o) as store:
        outcome = import_file(store, o.file, _import_options(o), dry_run=o.dry_run, errors=o.errors)
    if o.json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        print(outcome.sentence())
        for refusal in outcome.refusals[:20]:
            print(refusal.sentence(), file=sys.stderr)
    return 1 if outcome.refused else 0


def _import_options(o: argparse.Namespace) -> Options:
    from desktop.shop.importing import Options

    return Options(
        kind=o.kind,
        mapping=_pairs(o.map),
        fixed=_pairs(o.set),
        unit=o.unit,
        dates=o.dates,
        decimal=o.decimal,
        tax_included=o.tax_included,
        return_mark=o.return_mark,
        sheet=o.sheet,
        header=not o.no_header,
        strict=o.strict,
    )


def _undo_import(o: argparse.Namespace) -> int:
    with _opened(o) as store:
        store.revert(o.batch)
    return _done(tr("Import {batch} was taken back.", batch=o.batch))


def _set(o: argparse.Namespace) -> int:
    from desktop.store import settings

    with _opened(o) as store, store.changing(N_("Change settings"), "settings") as s:
        for key, value in _pairs(o.settings).items():
            settings.put(s, key, value)
    return 0


def _get(o: argparse.Namespace) -> int:
    from desktop.store import settings

    with _opened(o) as store, store.reading() as s:
        if o.key:
            print(settings.get(s, o.key))
        else:
            for setting in settings.ALL:
                print(f"{setting.key}={settings.get(s, setting.key)}")
    return 0


def _kpi(o: argparse.Namespace) -> int:
    from desktop import kpi

    with _asked(o) as (_, s, scope):
        if o.json:
            print(json.dumps(kpi.as_json(s, scope), ensure_ascii=False))
            return 0
        print(scope.period.label(scope.calendar))
        for key, answer in kpi.answers(s, scope).items():
            one = kpi.BY_KEY[key]
            print(f"{tr(one.title)}: {one.unit.write(answer.value)}" + (f"  ({answer.why_null})" if answer.why_null else ""))
    return 0


def _explain(o: argparse.Namespace) -> int:
    from desktop import kpi

    with _asked(o) as (_, s, scope):
        explained = kpi.explain(s, _key(o.key), scope)
        print(json.dumps(explained.as_json(), ensure_ascii=False) if o.json else explained.sentence())
    return 0


def _rows(o: argparse.Namespace) -> int:
    from desktop import kpi
    from desktop.shop.exporting import write_table

    with _asked(o) as (_, s, scope):
        found = kpi.rows(s, _key(o.key), scope)
        write_table(o.out, found.columns, found.rows)
    return _done(ntr("{n} row is in {file}.", "{n} rows are in {file}.", len(found.rows), file=o.out))


def _key(key: str) -> str:
    from desktop import kpi

    if key not in kpi.BY_KEY:
        raise Refused(N_("There is no KPI called {key}; the keys are: {keys}"), key=key, keys=", ".join(kpi.BY_KEY))
    return key


def _report(o: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop import reports

    with _asked(o) as (_, s, scope):
        month = reports.gather(s, scope)
    application = _gui()
    reports.write(month, o.out, o.print_date)
    del application
    return _done(tr("The report is in {file}.", file=o.out))


def _gui() -> object:
    """A Qt application without a window."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.instance() or QGuiApplication([])


def _picture(o: argparse.Namespace) -> int:
    from desktop import app

    width, _, height = o.size.partition("x")
    app.picture(o.book, o.out, language=o.lang, theme=o.theme, size=(int(width), int(height)), page=o.page, as_of=o.as_of)
    return _done(tr("The picture is in {file}.", file=o.out))


def _export(o: argparse.Namespace) -> int:
    from desktop.shop.exporting import export_all, export_plain

    with _opened(o) as store:
        if o.out:
            export_all(store, o.out)
        if o.plain:
            export_plain(store, o.plain)
    return _done(tr("Everything is in {file}.", file=o.out or o.plain))


def _backup(o: argparse.Namespace) -> int:
    with _opened(o) as store:
        path = store.backup(o.to)
    return _done(tr("The verified backup is {file}.", file=path))


def _restore(o: argparse.Namespace) -> int:
    from desktop.store.backup import restore

    replaced = restore(o.backup, o.book)
    return _done(tr("The book was restored; the one it replaced is {file}.", file=replaced) if replaced else tr("The book was restored."))


def _self_test(o: argparse.Namespace) -> int:
    from desktop import self_test

    return self_test.run(o.lang or "fa")


def _check(o: argparse.Namespace) -> int:
    with _opened(o) as store:
        problems = store.check()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else _done(tr("The book is whole: every total equals its rows and the audit trail is unbroken."))


def _done(sentence: str) -> int:
    print(sentence)
    return 0


# What the commands share


@contextmanager
def _opened(o: argparse.Namespace) -> Iterator[Store]:
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
def _asked(o: argparse.Namespace) -> Iterator[tuple[Store, Session, Scope]]:
    """The book, one snapshot of it, and the question of ``--period | --from --to``, ``--seller``, ``--as-of``."""
    from desktop import kpi

    with _opened(o) as store, store.reading() as s:
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


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """``field=value`` words as a dict."""
    for word in words:
        if "=" not in word:
            raise Refused(N_("{word} should be written as name=value."), word=word)
    return {word.partition("=")[0]: word.partition("=")[2] for word in words}


# The parser


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--book", type=Path, metavar="FILE", default=argparse.SUPPRESS)
    common.add_argument("--lang", choices=("fa", "en"), default=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(prog="cheragh", parents=[common])
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar="COMMAND")
    _book_commands(commands, common)
    _import_command(commands, common)
    _number_commands(commands, common)
    _safety_commands(commands, common)
    return parser


def _add(commands: Any, common: argparse.ArgumentParser, name: str, command: Callable[..., int], help_text: str) -> Any:
    parser = commands.add_parser(name, parents=[common], help=help_text, description=help_text)
    parser.set_defaults(command=_with_book(command))
    parser.inner = command
    return parser


def _with_book(command: Callable[..., int]) -> Callable[[argparse.Namespace], int]:
    def checked(o: argparse.Namespace) -> int:
        if o.book is None:
            raise Refused(N_("Say which book: --book FILE"))
        o.command = command
        return command(o)

    return checked


def _book_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    demo = _add(commands, common, "demo", _demo, tr("Write a believable demo shop."))
    demo.add_argument("--months", type=int, default=24, choices=range(1, 61), metavar="N")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--until", type=dt.date.fromisoformat, metavar="DAY")
    new = _add(commands, common, "new", _new, tr("Make an empty book."))
    new.add_argument("--currency", default="IRR")
    new.add_argument("--calendar", choices=("jalali", "gregorian"))
    new.add_argument("--shop", default="")
    change = _add(commands, common, "set", _set, tr("Change settings of the book."))
    change.add_argument("settings", nargs="+", metavar="KEY=VALUE")
    get = _add(commands, common, "get", _get, tr("Show settings of the book."))
    get.add_argument("key", nargs="?")
    export = _add(commands, common, "export", _export, tr("Take everything out, in the shapes that import takes back."))
    export.add_argument("--out", type=Path, metavar="FOLDER|FILE.xlsx")
    export.add_argument("--plain", type=Path, metavar="FILE.sqlite")


def _import_command(commands: Any, common: argparse.ArgumentParser) -> None:
    load = _add(
        commands,
        common,
        "import",
        _import,
        tr("Bring sales, goods, customers ... from an Excel or CSV file."),
    )
    load.add_argument("kind")
    load.add_argument("file", type=Path)
    load.add_argument("--map", action="append", default=[], metavar="field=Header")
    load.add_argument("--set", action="append", default=[], metavar="field=value")
    load.add_argument("--unit", choices=("rial", "toman", "major", "minor"))
    load.add_argument("--dates", choices=("auto", "jalali", "ymd", "dmy", "mdy"), default="auto")
    load.add_argument("--decimal", choices=(".", ","))
    load.add_argument("--tax-included", action="store_true")
    load.add_argument("--return-mark", metavar="TEXT")
    load.add_argument("--sheet", metavar="NAME")
    load.add_argument("--no-header", action="store_true")
    load.add_argument("--strict", action="store_true")
    load.add_argument("--dry-run", action="store_true")
    load.add_argument("--errors", type=Path, metavar="FILE")
    load.add_argument("--json", action="store_true")
    undo = _add(commands, common, "undo-import", _undo_import, tr("Take one import back."))
    undo.add_argument("batch", type=int, metavar="ID")


def _number_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--period", metavar="1405-07|1405-q2|1405|2011-02")
    asked.add_argument("--from", dest="start", type=dt.date.fromisoformat, metavar="DAY")
    asked.add_argument("--to", dest="end", type=dt.date.fromisoformat, metavar="DAY", help=tr("the day after the last one"))
    asked.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DAY")

    def add(name: str, command: Callable[..., int], help_text: str) -> Any:
        parser = commands.add_parser(name, parents=[common, asked], help=help_text, description=help_text)
        parser.set_defaults(command=_with_book(command))
        return parser

    for name, command, sentence in (
        ("kpi", _kpi, tr("Every KPI of a period.")),
        ("explain", _explain, tr("How a KPI was computed.")),
        ("rows", _rows, tr("The rows behind a KPI.")),
        ("report", _report, tr("The monthly report as PDF or Excel.")),
    ):
        parser = add(name, command, sentence)
        if name in ("explain", "rows"):
            parser.add_argument("key")
        if name in ("kpi", "explain"):
            parser.add_argument("--json", action="store_true")
        if name in ("rows", "report"):
            parser.add_argument("--out", type=Path, required=True)
        if name == "report":
            parser.add_argument("--print-date", type=dt.date.fromisoformat, metavar="DAY")
        else:
            parser.add_argument("--seller", metavar="NAME")
    picture = _add(commands, common, "picture", _picture, tr("A page of the window as a PNG."))
    picture.add_argument("--out", type=Path, required=True)
    picture.add_argument("--theme", choices=("light", "dark"), default="light")
    picture.add_argument("--size", default="1366x768")
    picture.add_argument("--page", default="today")
    picture.add_argument("--as-of", type=dt.date.fromisoformat, metavar="DAY")


def _safety_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    backup = _add(commands, common, "backup", _backup, tr("Make a verified backup."))
    backup.add_argument("--to", type=Path, metavar="FOLDER")
    restore = _add(
        commands,
        common,
        "restore",
        _restore,
        tr("Put a backup in the book's place; the replaced book is kept."),
    )
    restore.add_argument("backup", type=Path)
    _add(commands, common, "check", _check, tr("Check that the book is whole."))
    test = commands.add_parser("self-test", parents=[common], help=tr("Try every part of the program on a book of its own."))
    test.set_defaults(command=_self_test)
