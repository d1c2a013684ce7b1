"""Pages made of numbers, tables and figures: PDF, print, Excel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.reports.monthly import Monthly, gather, usual_month
from desktop.store.outputs import put
from desktop.values.text import N_, Refused

__all__ = ["KIND", "Monthly", "gather", "usual_month", "write"]


KIND = "report"  # of its files


def write(m: Monthly, out: Path, printed: dt.date | None = None, *, replace: bool = False) -> None:
    """The month as PDF or Excel, by the name's ending; needs a QGuiApplication for PDF.

    Raises as `desktop.store.outputs.put` does, and:
        Refused: the name ends in neither.
    """
    day = printed or dt.date.today()  # noqa: DTZ011 - the shop's own clock
    match out.suffix.lower():
        case ".xlsx":
            from desktop.reports.xlsx import write_xlsx

            put(out, write_xlsx(m, day), KIND, replace=replace)
        case ".pdf":
            from desktop.reports.booklet import print_booklet

            put(out, print_booklet(m, day), KIND, replace=replace)
        case _:
            raise Refused(N_("A report's name ends in .pdf or .xlsx."))
