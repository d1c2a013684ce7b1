"""Numbers of the book: on the screen, explained, with their rows, as a report and as a picture of the window."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from desktop.cli.shared import add, asked, day, done, file, forced, size, text
from desktop.values.digits import ntr
from desktop.values.text import N_, Refused, tr


def _kpi(o: argparse.Namespace) -> int:
    from desktop import kpi

    with asked(o) as (s, scope):
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

    with asked(o) as (s, scope):
        explained = kpi.explain(s, _key(o.key), scope)
        print(json.dumps(explained.as_json(), ensure_ascii=False) if o.json else explained.sentence())
    return 0


def _rows(o: argparse.Namespace) -> int:
    from desktop import kpi
    from desktop.shop.exporting import write_table

    with asked(o) as (s, scope):
        found = kpi.all_rows(s, _key(o.key), scope)
        write_table(s, o.out, found.columns, found.rows, replace=o.force)
    return done(ntr("{n} row is in {file}.", "{n} rows are in {file}.", len(found.rows), file=o.out))


def _key(key: str) -> str:
    from desktop import kpi

    if key not in kpi.BY_KEY:
        raise Refused(N_("There is no KPI called {key}; the keys are: {keys}"), key=key, keys=", ".join(kpi.BY_KEY))
    return key


def _report(o: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from desktop import reports

    with asked(o) as (s, scope):
        month = reports.gather(s, scope)
    application = QGuiApplication.instance() or QGuiApplication([])  # without a window
    reports.write(month, o.out, o.print_date, replace=o.force)
    del application
    return done(tr("The report is in {file}.", file=o.out))


def _picture(o: argparse.Namespace) -> int:
    from desktop import app

    app.picture(o.book, o.out, language=o.lang, theme=o.theme, size=o.size, page=o.page, as_of=o.as_of, replace=o.force)
    return done(tr("The picture is in {file}.", file=o.out))


def commands(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    """The parsers of these."""
    question = argparse.ArgumentParser(add_help=False)
    question.add_argument("--period", type=text, metavar="1405-07|1405-q2|1405|2011-02")
    question.add_argument("--from", dest="start", type=day, metavar="DAY")
    question.add_argument("--to", dest="end", type=day, metavar="DAY", help=tr("the day after the last one"))
    question.add_argument("--as-of", type=day, metavar="DAY")
    for name, command, sentence in (
        ("kpi", _kpi, tr("Every KPI of a period.")),
        ("explain", _explain, tr("How a KPI was computed.")),
        ("rows", _rows, tr("The rows behind a KPI.")),
        ("report", _report, tr("The monthly report as PDF or Excel.")),
    ):
        parser = add(commands, [*common, question], name, command, sentence)
        if name in ("explain", "rows"):
            parser.add_argument("key")
        if name in ("kpi", "explain"):
            parser.add_argument("--json", action="store_true")
        if name in ("rows", "report"):
            parser.add_argument("--out", type=file, required=True)
            forced(parser)
        if name == "report":
            parser.add_argument("--print-date", type=day, metavar="DAY")
        else:
            parser.add_argument("--seller", type=text, metavar="NAME|CODE")
    picture = add(commands, common, "picture", _picture, tr("A page of the window as a PNG."))
    picture.add_argument("--out", type=file, required=True)
    forced(picture)
    picture.add_argument("--theme", choices=("light", "dark"), default="light")
    picture.add_argument("--size", type=size, default="1366x768")
    picture.add_argument("--page", default="today")
    picture.add_argument("--as-of", type=day, metavar="DAY")
