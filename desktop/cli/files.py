"""Files of other programs: brought in, and taken back."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from desktop.cli.shared import add, batch, done, file, forced, opened, pairs, text
from desktop.values.text import tr


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
            print(one.option, file=sys.stderr)
        for refusal in outcome.refusals[:20]:
            print(refusal.sentence(), file=sys.stderr)
    return 1 if outcome.refused or outcome.asked else 0


def _undo_import(o: argparse.Namespace) -> int:
    with opened(o) as store:
        store.revert(o.batch)
    return done(tr("Import {batch} was taken back.", batch=o.batch))


def commands(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    """The parsers of these."""
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
