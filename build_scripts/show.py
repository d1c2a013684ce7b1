"""Cheragh on a demo shop: its window, or where there is no display its dashboard as PNG and its monthly report as PDF."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from build_scripts.machine import ROOT, display_named

OUT = ROOT / "out"


def main(out: Path = OUT) -> int:
    """Shows a demo shop whose last day is today; 0 if all went well."""
    out.mkdir(parents=True, exist_ok=True)
    today = dt.datetime.now().astimezone().date()
    book = out / f"demo-{today}.cheragh"  # another day gets another shop: what was tried in this one is not written over
    if not book.exists():
        print("Writing a demo shop of 24 months (some seconds) ...", flush=True)
        if code := _cheragh(f"demo --until {today}", book):
            return code
    if display():
        print(f"Opening the window on {book} ...", flush=True)
        return _cheragh("", book)
    print("There is no display here. What the window and the printer would show is written to files:", flush=True)
    return _on_paper(book, out, today)


def display() -> bool:
    """Whether a window can really be opened: a display is named, and it lets Qt in."""
    if not display_named():
        return False
    attempt = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"  # Qt aborts where it is not let in
    return subprocess.run([sys.executable, "-c", attempt], capture_output=True, check=False).returncode == 0


def _on_paper(book: Path, out: Path, today: dt.date) -> int:
    from desktop.values.period import DAY, Period

    month = Period.month(Period.month(today, "jalali").start - DAY, "jalali").key()  # the last whole one
    files = {
        out / "dashboard-fa.png": "picture --lang fa",
        out / "dashboard-en.png": "picture --lang en",
        out / f"report-{month}.pdf": f"report --period {month}",
    }
    for file, command in files.items():
        if code := _cheragh(command, book, "--out", str(file)):
            return code
    return 0


def _cheragh(command: str, book: Path, *more: str) -> int:
    """Runs one command of Cheragh on ``book``; its own sentence tells where the result lies."""
    environment = dict(os.environ)
    if command:  # only the window needs a display
        environment["QT_QPA_PLATFORM"] = "offscreen"
    words = [sys.executable, "-m", "desktop", *command.split(), "--book", str(book), *more]
    if command and "--lang" not in words:
        words += ["--lang", "en"]
    return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
