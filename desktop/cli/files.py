"""Files of other programs: brought in, and taken back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.shared import add, done, opened, pairs
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.shop.importing import Options


def _import(o: argparse.Namespace) -> int:
    from desktop.shop.importing import import_file

    with opened(o) as store:
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
        mapping=pairs(o.map),
        fixed=pairs(o.set),
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
    with opened(o) as store:
        store.revert(o.batch)
    return done(tr("Import {batch} was taken back.", batch=o.batch))


def commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """The parsers of these."""
    load = add(
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
    undo = add(commands, common, "undo-import", _undo_import, tr("Take one import back."))
    undo.add_argument("batch", type=int, metavar="ID")
