"""The pictures of `docs/`: screens and papers, all from one demo shop on one day."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build_scripts.machine import ROOT

DOCS = ROOT / "docs"
LAST_DAY, MONTH = "2026-11-18", "1405-07"  # a month well under way, and the last whole one
SIZES = ("1366x768", "1920x1080")
PAGES = ("sales", "customers", "products", "pipeline", "campaigns", "targets", "nps", "reports", "settings")
DPI = 80


def main() -> int:
    """Draws every picture anew; 0 if all went well."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "demo.cheragh")
        _cheragh(f"demo --until {LAST_DAY}", book, folder)
        for name, command in _screens():
            _cheragh(f"picture --as-of {LAST_DAY} {command}", book, folder, DOCS / "screens" / f"{name}.png")
        for language in ("fa", "en"):
            paper = DOCS / f"report-{language}.pdf"
            _cheragh(f"report --period {MONTH} --print-date {LAST_DAY} --lang {language}", book, folder, paper)
            _pages(paper, language)
    return 0


def _screens() -> Iterator[tuple[str, str]]:
    for language in ("fa", "en"):
        for theme in ("light", "dark"):
            for size in SIZES:
                yield f"today-{language}-{theme}-{size.partition('x')[0]}", f"--lang {language} --theme {theme} --size {size}"
    for page in PAGES:
        yield f"{page}-fa-light-1366", f"--lang fa --page {page}"


def _pages(paper: Path, language: str) -> None:
    """Each page of a paper as a picture."""
    import pypdfium2
    from PySide6.QtGui import QImage

    folder = DOCS / "report"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{language}-*.png"):
        old.unlink()
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document, 1):
            drawn = page.render(scale=DPI / 72, rev_byteorder=True)
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB888)
            image.save(str(folder / f"{language}-{number}.png"), None, 0)


def _cheragh(command: str, book: Path, data: str, out: Path | None = None) -> None:
    words = [sys.executable, "-m", "desktop", *command.split(), "--book", str(book)]
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        words += ["--out", str(out)]
    environment = {"QT_QPA_PLATFORM": "offscreen", "CHERAGH_DATA": data, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    subprocess.run(words, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
