"""`cheragh self-test`: the program goes the shop's main road once, in its own window, on a book of its own.

For whoever installed it: it shows that every part came along - the book, the window, paper, spreadsheets and their
reading process, backups. What it writes is gone afterwards; the person's own books and settings are not touched.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QEvent, Qt, qVersion
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest

from desktop import __version__, app, kpi, reports
from desktop.shop.importing import Options, import_file
from desktop.shop.importing.reader import Reader
from desktop.store import Store
from desktop.values.digits import latin
from desktop.values.places import place
from desktop.values.text import N_, tr

GOODS, COUNT, PRICE = "چای ایرانی", 2, 150_000  # typed into the form: two packs for 150,000 toman each
SOLD = COUNT * PRICE * 10  # rials
PATIENCE = 30.0  # seconds for an answer on the screen


def run(language: str) -> int:
    """Says each step with its seconds; 0 if all went well, 1 at the first that did not."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, _data_in(Path(folder, "data")):
        walk = Walk(Path(folder), language)
        try:
            for name, step in STEPS.items():
                started = time.perf_counter()
                _say(tr("done"), name, started, step(walk))
        except Exception:  # noqa: BLE001 - whatever it is, its trace is what this command is for
            traceback.print_exc()
            _say(tr("failed"), name, started)
            return 1
        finally:
            walk.house.leave()
    _say(tr("done"), N_("all of it"), began)
    return 0


def _say(outcome: str, name: str, since: float, said: str = "") -> None:
    print(f"{outcome}  {time.perf_counter() - since:6.2f} s  {tr(name)}" + (f": {said}" if said else ""), flush=True)


@contextmanager
def _data_in(folder: Path) -> Iterator[None]:
    before = os.environ.get("CHERAGH_DATA")
    os.environ["CHERAGH_DATA"] = str(folder)
    try:
        yield
    finally:
        del os.environ["CHERAGH_DATA"]
        if before is not None:
            os.environ["CHERAGH_DATA"] = before


class Walk:
    """The window on a new book, and what the steps have found so far."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.path, self.saved = folder, folder / "self-test.cheragh", folder / "self-test.cheragh"
        self.house: Any = app.App(language, "light")

    # Steps

    def parts(self) -> str:
        for part in (("i18n", "fa.mo"), ("resources", "fonts"), ("resources", "icons")):
            assert place(*part).exists(), part
        return (
            f"{__version__}, Python {platform.python_version()}, Qt {qVersion()} {self.house.qt.platformName()}, "
            f"SQLite {driver.sqlite_version}, {platform.platform(terse=True)}"
        )

    def open(self) -> str:
        """A new book in the window, at «امروز»."""
        Store.create(self.path, shop="چراغ").close(backup=False)
        self.house.show(self.path)
        self.house.window.go("today")
        self.house.window.activateWindow()
        app.settle(self.house)
        image = self.house.window.grab().toImage()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 3, "nothing is drawn"
        return f"{image.width()}×{image.height()}"

    def sell(self) -> str:
        self._sell(str(COUNT), str(PRICE))
        return self._seen(SOLD)

    def undo(self) -> str:
        self._press("Ctrl+Z")
        self._seen(0)
        self._press("Ctrl+Y")
        return self._seen(SOLD)

    def count(self) -> str:
        with self.house.desk.store.reading() as s:
            found = kpi.answers(s, kpi.scope(s))
        assert found["revenue"].value == SOLD
        assert found["orders"].value == 1
        return f"{len(found)}"

    def print(self) -> str:
        """The monthly report as PDF, whose text is found again."""
        document = pypdfium2.PdfDocument(self._report(".pdf"))
        pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
        document.close()
        plain = "".join(letter for letter in latin(" ".join(pages)) if letter.isdigit() or letter == " ")
        assert str(SOLD // 10) in plain, "the sale is not in the report"
        return f"{len(pages)}"

    def spread(self) -> str:
        """The same numbers as a workbook, read again by the import's own reading process."""
        with Reader(self._report(".xlsx")) as reader:
            cells = [cell for sample in reader.samples for row in sample.rows for cell in row]
        assert any(cell in (str(SOLD // 10), str(SOLD)) for cell in cells), "the sale is not in the workbook"
        return f"{len(cells)}"

    def bring(self) -> str:
        file = self.folder / "sales.csv"
        file.write_text("شماره فاکتور,تاریخ,شرح کالا,تعداد,فی\n900,1404/12/29,قند,3,1000\n", encoding="utf-8")
        outcome = import_file(self.house.desk.store, file, Options("sales"), backup=False)
        assert outcome.accepted == 1, outcome.sentence()
        assert outcome.batch
        self.house.desk.store.revert(outcome.batch)
        app.settle(self.house)
        return outcome.sentence()

    def keep(self) -> str:
        self.saved = self.house.desk.store.backup()
        return f"{self.saved.stat().st_size:,} B"

    def lose(self) -> str:
        """A second sale, and the backup in the book's place: it is as it was."""
        self._sell("", "")
        self._seen(SOLD + PRICE * 10)
        self.house.restore(self.saved)
        self.house.window.go("today")
        return self._seen(SOLD)

    def check(self) -> str:
        problems = self.house.desk.store.check()
        assert not problems, problems
        return ""

    # Hands and eyes

    def _report(self, ending: str) -> Path:
        out = self.folder / f"report{ending}"
        with self.house.desk.store.reading() as s:
            month = reports.gather(s, kpi.scope(s))
        reports.write(month, out, dt.date.today())  # noqa: DTZ011 - the shop's own clock
        return out

    def _seen(self, revenue: int) -> str:
        """What the tile of the revenue says as soon as it shows this."""
        until = time.monotonic() + PATIENCE
        while True:
            tile = self.house.window.page.tiles["revenue"]
            said = str(tile.accessibleName())
            if (int(tile.answer.value or 0) if tile.answer else 0) == revenue:
                return said
            assert time.monotonic() < until, f"the window says: {said}"
            app.settle(self.house)

    def _sell(self, count: str, price: str) -> None:
        self._press("F2")
        for text in (GOODS, count, price, ""):
            self._write(text)
            self._press("Return")
        self._press("Ctrl+Return")

    def _write(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self.house.qt.sendEvent(self._focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def _press(self, keys: str) -> None:
        """Keys such as "F2" or "Ctrl+Return", where the keyboard is."""
        QTest.keySequence(self._focus(), QKeySequence(keys))
        app.settle(self.house)

    def _focus(self) -> Any:
        return self.house.qt.focusWidget() or self.house.window


STEPS: dict[str, Callable[[Walk], str]] = {
    N_("the program's parts"): Walk.parts,
    N_("a new book in the window"): Walk.open,
    N_("a sale by keys"): Walk.sell,
    N_("undo and redo"): Walk.undo,
    N_("the KPIs"): Walk.count,
    N_("the report as PDF, read again (pages)"): Walk.print,
    N_("the report as a workbook, read again (cells)"): Walk.spread,
    N_("an import, taken back"): Walk.bring,
    N_("a backup"): Walk.keep,
    N_("the backup restored"): Walk.lose,
    N_("the book checked"): Walk.check,
}
