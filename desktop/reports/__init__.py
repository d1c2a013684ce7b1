"""Pages made of numbers, tables and figures: PDF, print, Excel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.reports.files import put
from desktop.reports.monthly import Monthly, gather, usual_month
from desktop.values.text import N_, Refused

__all__ = ["Monthly", "gather", "put", "usual_month", "write"]


def write(m: Monthly, out: Path, printed: dt.date | None = None) -> None:
    """The month as PDF or Excel, by the name's ending; needs a QGuiApplication for PDF.

    Raises:
        Refused: the name ends in neither.
        Trouble: the disk is in the way.
    """
    day = printed or dt.date.today()  # noqa: DTZ011 - the shop's own clock
    match out.suffix.lower():
        case ".xlsx":
            from desktop.reports.xlsx import write_xlsx

            put(out, write_xlsx(m, day))
        case ".pdf":
            from desktop.reports.booklet import print_booklet

            put(out, print_booklet(m, day))
        case _:
            raise Refused(N_("A report's name ends in .pdf or .xlsx."))
