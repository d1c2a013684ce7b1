"""The book as a whole: made, set, filled from files, taken out, backed up, restored, checked."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from typing import Any

from desktop.cli.shared import add, batch, day, done, file, forced, opened, pairs, text
from desktop.values.text import N_, Refused, tr


def _demo(o: argparse.Namespace) -> int:
    from desktop.shop.demo import write_demo

    write_demo(o.book, months=o.months, seed=o.seed, until=o.until or dt.date.today())  # noqa: DTZ011 - the shop's own clock
    return done(tr("The demo shop is in {file}.", file=o.book))


def _new(o: argparse.Namespace) -> int:
    from desktop.store import Store

    Store.create(o.book, currency=o.currency, calendar=o.calendar, shop=o.shop).close()
    return done(tr("An empty book is in {file}.", file=o.book))


def _set(o: argparse.Namespace) -> int:
    from desktop.store import settings

    with opened(o) as store, store.changing(N_("Change settings"), "settings") as s:
        for key, value in pairs(o.settings).items():
            settings.put(s, key, value)
    return 0


def _get(o: argparse.Namespace) -> int:
    from desktop.store import settings

    with opened(o) as store, store.reading() as s:
        if o.key is not None:
            print(settings.get(s, o.key))
        else:
            for setting in settings.ALL:
                print(f"{setting.key}={settings.get(s, setting.key)}")
    return 0


def _export(o: argparse.Namespace) -> int:
    from desktop.shop.exporting import export_all, export_plain

    if not o.out and not o.plain:
        raise Refused(N_("Say where to: --out or --plain."))
    with opened(o) as store:
        for write, out in ((export_all, o.out), (export_plain, o.plain)):
            if out:
                write(store, out, replace=o.force)
                done(tr("Everything is in {file}.", file=out))
    return 0


def _import(o: argparse.Namespace) -> int:
    from desktop.shop.importing import Options, import_file

    said = {
        name: getattr(o, name)
        for name in ("kind", "unit", "dates", "decimal", "tax_included", "return_mark", "sheet", "header", "strict", "heads")
    }
    with opened(o) as store:
        options = Options(mapping=pairs(o.map), fixed=pairs(o.set), words=pairs(o.word), **said)
        outcome = import_file(store, o.file, options, dry_run=o.dry_run, errors=o.errors, replace_errors=o.force)
    if o.json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        print(outcome.sentence())
        for one in outcome.asked:
            print(one.sentence, *(means for _, means in one.choices), one.option, sep="\n  ", file=sys.stderr)
        for refusal in outcome.refusals[:20]:
            print(refusal.sentence(), file=sys.stderr)
    return 1 if outcome.refused or outcome.asked else 0


def _undo_import(o: argparse.Namespace) -> int:
    with opened(o) as store:
        store.revert(o.batch)
    return done(tr("Import {batch} was taken back.", batch=o.batch))


def _backup(o: argparse.Namespace) -> int:
    with opened(o) as store:
        path = store.backup(o.to)
    return done(tr("The verified backup is {file}.", file=path))


def _restore(o: argparse.Namespace) -> int:
    from desktop.store.backup import restore

    replaced = restore(o.backup, o.book)
    return done(tr("The book was restored; the one it replaced is {file}.", file=replaced) if replaced else tr("The book was restored."))


def _check(o: argparse.Namespace) -> int:
    with opened(o) as store:
        problems = store.check()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else done(tr("The book is whole: every total equals its rows and the audit trail is unbroken."))


def _self_test(o: argparse.Namespace) -> int:
    from desktop import self_test

    return self_test.run(o.lang or "fa")


def commands(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    """The parsers of these."""
    demo = add(commands, common, "demo", _demo, tr("Write a believable demo shop."))
    demo.add_argument("--months", type=int, default=24, choices=range(1, 61), metavar="N")
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--until", type=day, metavar="DAY")
    new = add(commands, common, "new", _new, tr("Make an empty book."))
    new.add_argument("--currency", default="IRR")
    new.add_argument("--calendar", choices=("jalali", "gregorian"))
    new.add_argument("--shop", default="")
    change = add(commands, common, "set", _set, tr("Change settings of the book."))
    change.add_argument("settings", nargs="+", metavar="KEY=VALUE")
    get = add(commands, common, "get", _get, tr("Show settings of the book."))
    get.add_argument("key", nargs="?")
    export = add(commands, common, "export", _export, tr("Take everything out, in the shapes that import takes back."))
    export.add_argument("--out", type=file, metavar="FOLDER|FILE.xlsx")
    export.add_argument("--plain", type=file, metavar="FILE.sqlite")
    forced(export)
    load = add(commands, common, "import", _import, tr("Bring sales, goods, customers ... from an Excel or CSV file."))
    load.add_argument("kind")
    load.add_argument("file", type=file)
    for name, pair in (("--map", "field=Header"), ("--set", "field=value"), ("--word", "WORD=meaning")):
        load.add_argument(name, action="append", default=[], metavar=pair)
    load.add_argument("--unit", choices=("rial", "toman", "major", "minor"))
    load.add_argument("--dates", choices=("auto", "jalali", "ymd", "dmy", "mdy"), default="auto")
    load.add_argument("--decimal", choices=(".", ","))
    load.add_argument("--heads", choices=("once", "each"))
    load.add_argument("--return-mark", type=text, metavar="TEXT")
    load.add_argument("--sheet", type=text, metavar="NAME")
    load.add_argument("--no-header", dest="header", action="store_false")
    for name in ("--tax-included", "--strict", "--dry-run", "--json"):
        load.add_argument(name, action="store_true")
    load.add_argument("--errors", type=file, metavar="FILE")
    forced(load)
    undo = add(commands, common, "undo-import", _undo_import, tr("Take one import back."))
    undo.add_argument("batch", type=batch, metavar="ID")


def safety(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    """The parsers of what keeps it safe."""
    backup = add(commands, common, "backup", _backup, tr("Make a verified backup."))
    backup.add_argument("--to", type=file, metavar="FOLDER")
    restore = add(commands, common, "restore", _restore, tr("Put a backup in the book's place; the replaced book is kept."))
    restore.add_argument("backup", type=file)
    add(commands, common, "check", _check, tr("Check that the book is whole."))
    test = commands.add_parser("self-test", parents=common, help=tr("Try every part of the program on a book of its own."))
    test.set_defaults(command=_self_test)
