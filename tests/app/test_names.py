"""A name is letters: whatever it looks like, nothing interprets it and no file is opened because of it."""

import ctypes
import os
import sys
from contextlib import suppress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QWidget

from desktop import app
from desktop.cli import run
from desktop.shop.drafts import LineDraft
from desktop.shop.things import ENTITIES
from desktop.store import settings
from desktop.ui.pages import PAGES
from desktop.values.text import Refused
from tests.little_shop import day
from tests.shop.counter import Counter

VALUES = {
    "phone": "09121234567", "code": "A1", "codes": "6260001", "money": 1_000_000, "amount": 1_000_000, "share": 5_000,
    "number": 1_000, "day": day("1405-08-01"), "month": "1405-08", "score": 9, "kpi": "revenue",
}  # fmt: skip


class Watched:
    """A picture on the disk that nobody has a reason to open."""

    def __init__(self, folder):
        self.path = folder / "canary.png"
        self.path.write_bytes(b"\x89PNG\r\n\x1a\n")
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK)
        if libc.inotify_add_watch(self._events, os.fsencode(self.path), 0x20) < 0:  # IN_OPEN
            pytest.skip("this machine's watches are all in use")

    @property
    def evil(self):
        return f'<img src="file://{self.path}"> <b>B</b> &amp; \u202eABC'

    @property
    def opened(self):
        try:
            return bool(os.read(self._events, 4096))
        except BlockingIOError:
            return False


@pytest.fixture
def watched(tmp_path):
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells who opened a file")
    found = Watched(tmp_path)
    yield found
    os.close(found._events)


def value(field, evil, rows):
    if field.ref is not None:
        return rows.get(field.refers)
    if field.kind in ("text", "note") or field.free:
        return evil
    if field.kind == "choice":
        return field.choices[0][0]
    return VALUES[field.kind]


@pytest.fixture
def rows(tmp_path, data, template, watched):
    """The things of a shop whose every field that takes words has the evil name, each with its id; the book is closed."""
    shop, found = Counter.at(tmp_path / "evil.cheragh", template), {}
    for _ in range(3):  # what refers to another thing comes after it
        for key, entity in ENTITIES.items():
            if key not in found:
                with suppress(Refused):
                    found[key] = shop.add(key, **{field.key: value(field, watched.evil, found) for field in entity.fields})
    with shop.store.changing("Set", "settings") as s:
        settings.put(s, "shop_name", watched.evil)
    line = LineDraft(found["product"], unit_price=1_000_000, note=watched.evil)
    shop.ring_up(line, customer=found["customer"], sellers=((found["seller"], 10_000),), note=watched.evil)
    shop.store.close(backup=False)
    return found


def interpreted(root):
    """What would not be shown letter by letter: labels that may be rich, tips and buttons that are not escaped."""
    for label in root.findChildren(QLabel):
        if label.textFormat() != Qt.TextFormat.PlainText:
            yield f"label {label.objectName()} {label.text()}"
    for widget in root.findChildren(QWidget):
        if "<img" in widget.toolTip():
            yield f"tip of {widget.objectName()}"
        if isinstance(widget, QPushButton) and "&amp;" in widget.text().replace("&&", ""):
            yield f"button {widget.text()}"
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for at in range(model.rowCount() and model.columnCount()):
                tip = model.data(model.index(0, at), Qt.ItemDataRole.ToolTipRole) or ""
                if "<img" in tip:
                    yield f"tip of a cell: {tip}"


def test_no_page_form_or_message_interprets_a_name(house, tmp_path, rows, watched):
    assert len(rows) > 12
    window = house.show(tmp_path / "evil.cheragh")
    wrong = set()

    def look():
        app.settle(house)
        wrong.update(interpreted(window))

    for page in PAGES:
        window.go(page)
        look()
        for at in range(len(getattr(window.page, "tabs", ()))):
            window.page.holder.setCurrentIndex(at)
            look()
    for key in [*rows, "sale"]:
        window.open_form(key, rows.get(key, 1))
        look()
    window.close_panel()
    window.say(watched.evil)
    look()
    file = tmp_path / f"{watched.evil.split()[2]}.csv".replace("/", "")
    file.write_text(f'"{watched.evil}",نام\n"{watched.evil}","{watched.evil}"\n', "utf-8")
    window.go("importing")
    window.page.kind.set_value("customers")
    window.page.show_file(file)
    look()

    assert wrong == set()
    assert not watched.opened


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_no_paper_interprets_a_name(rows, tmp_path, watched, ending, capsys):
    paper = tmp_path / f"report.{ending}"
    asked = ["report", "--book", tmp_path / "evil.cheragh", "--period", "1405-08", "--as-of", "2026-11-11", "--out", paper]

    assert run([str(word) for word in asked]) == 0, capsys.readouterr().err
    assert paper.stat().st_size > 4_000
    assert not watched.opened
