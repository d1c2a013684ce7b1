"""Pages made of numbers, tables and figures: PDF, print, Excel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.reports.monthly import Monthly, gather
from desktop.values.text import N_, Refused

__all__ = ["Monthly", "gather", "write"]


def write(m: Monthly, out: Path, printed: dt.date | None = None) -> None:
    """The month as PDF or Excel, by the name's ending; needs a QGuiApplication for PDF.

    Raises:
        Refused: the name ends in neither.
    """
    day = printed or dt.date.today()  # noqa: DTZ011 - the shop's own clock
    if out.suffix == ".xlsx":
        from desktop.reports.xlsx import write_xlsx

        write_xlsx(m, out, day)
    elif out.suffix == ".pdf":
        from desktop.reports.booklet import print_booklet

        for _ in print_booklet(m, out, day):
            pass
    else:
        raise Refused(N_("A report's name ends in .pdf or .xlsx."))
