"""ARCHITECTURE.md is literally enough: who follows its table «I want to ...», and touches nothing else, has done it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = '''"""A page of the owner's own."""

from desktop.ui.page import Page


class ScratchPage(Page):
    key = "scratch"

    def __init__(self, stage):
        super().__init__(stage, f"Since {stage.as_of:%Y}")
'''
OPENED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from desktop import app
from desktop.ui.keys import KeySheet
house = app.App("en", "light")
window = house.show(Path(sys.argv[1]))
window.activateWindow()
app.settle(house)
print(json.dumps({
    "buttons": [one.accessibleName() for one in window.sidebar.buttons.values()],
    "keys": [one.text() for one in KeySheet(window).findChildren(QLabel)],
    "found": [one.title for one in window.page.search._own("scratch")],
    "pressed": QTest.keyClick(window, Qt.Key.Key_F10) or window.page.title.text(),
    "picture": window.grab().save(sys.argv[2]),
}))
house.leave()
"""


def follow(house: Path, edits: dict[str, tuple[str, str] | str]) -> None:
    """A copy of the house with these files new, or with one place in them changed."""
    shutil.copytree(ROOT / "desktop", house / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("resources", "i18n"):
        (house / folder).symlink_to(ROOT / folder)
    for name, edit in edits.items():
        file = house / "desktop" / name
        if isinstance(edit, tuple):
            before = file.read_text("utf-8")
            assert before.count(edit[0]) == 1, (name, edit[0])
            file.write_text(before.replace(*edit), "utf-8")
        else:
            file.write_text(edit, "utf-8")


def named(row: str) -> set[str]:
    """The files and folders that a row of the table sends to, for what no thing declares."""
    line = next(line for line in (ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines() if line.startswith(f"| {row} |"))
    return set(re.findall(r"`(\w+/[\w/]*(?:\.py)?)`", line.split("|")[2].rpartition("another: ")[2])) - {"ui/stage.py"}


def test_a_page_and_a_key_of_ones_own(tmp_path, book):
    page = {
        "ui/pages/scratch.py": PAGE,
        "ui/pages/__init__.py": (
            '    "reports": partial(',
            '    "scratch": partial(_made, "pages.scratch", "ScratchPage"),\n    "reports": partial(',
        ),
        "ui/sidebar.py": ('Place("reports"', 'Place("scratch", "Scratch", "sun", 50), Place("reports"'),
    }
    key = {"ui/keys.py": ('    Key("F1"', '    Key("F10", "The scratch key", lambda stage: stage.go("scratch")),\n    Key("F1"')}
    assert named("add a page to the window") == {"ui/pages/", "ui/pages/__init__.py", "ui/sidebar.py"}
    assert named("add a key") == {*key}
    follow(tmp_path / "house", page | key)

    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CHERAGH_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-c", OPENED, book, tmp_path / "seen.png"]
    done = subprocess.run(command, cwd=tmp_path / "house", env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)

    assert "Scratch" in seen["buttons"]
    assert {"F10", "The scratch key"} <= {*seen["keys"]}
    assert seen["found"] == ["Scratch", "The scratch key"]
    assert seen["pressed"].startswith("Since 20")


def test_the_kpi_it_shows_is_the_one_of_the_house():
    shown = re.search(r"```python\n(Kpi\(.*?)\n```", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.DOTALL)

    assert shown is not None
    assert " ".join(shown[1].split()) in " ".join((ROOT / "desktop/kpi/sales.py").read_text("utf-8").split())
