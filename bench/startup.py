"""How soon the packed program can be used: `python bench/startup.py [--times 7]`, after `dev.py package`.

Against an equally frozen program that shows an empty window, by turns in one run, with `env -i`. A window can be used when it
has been painted and hears; both programs say so themselves (ours in its log). That is ours with its first picture: the day's
figures, and a sale that can be begun; the memory is measured later, when the whole window stands. Needs `.venv-package`.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM, PYTHON = ROOT / "dist" / "cheragh" / "cheragh", ROOT / ".venv-package" / "bin" / "python"
USABLE = "usable"
EMPTY = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: print("{USABLE}", file=open(sys.argv[1], "a"), flush=True))

a = QApplication([])
w = Window()
w.resize(1366, 768)
w.show()
a.exec()
"""


def frozen_empty(folder: Path) -> Path:
    """An empty window, packed by the same PyInstaller with the same leavings."""
    (folder / "empty.py").write_text(EMPTY)
    (folder / "empty.spec").write_text(f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from build_scripts.contents import EXCLUDED, reached, wanted
a = Analysis(["empty.py"], excludes=EXCLUDED)
a.binaries = reached([one for one in a.binaries if wanted(one[0])])
a.datas = [one for one in a.datas if wanted(one[0])]
COLLECT(EXE(PYZ(a.pure), a.scripts, [], exclude_binaries=True, name="empty"), a.binaries, a.datas, name="empty")
""")
    subprocess.run([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "empty.spec"], cwd=folder, check=True)
    return folder / "dist" / "empty" / "empty"


def start(command: list[str], told: Path, home: Path) -> tuple[float, float]:
    """Seconds until ``told`` says that the window can be used, and the MB it has by then."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "CHERAGH_DATA": str(home / "data")}
    environment |= {name: os.environ[name] for name in ("DISPLAY", "QT_QPA_PLATFORM") if name in os.environ}
    told.unlink(missing_ok=True)
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while not (told.is_file() and USABLE in told.read_text()):
            time.sleep(0.002)
            if time.perf_counter() - begun > 60 or child.poll() is not None:
                child.kill()
                sys.exit(f"{command[0]} showed no window")
        seconds = time.perf_counter() - begun
        status = Path(f"/proc/{child.pid}/status").read_text()
        time.sleep(0.5)  # it is not killed while it writes
        child.kill()
    return seconds, int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    times = parser.parse_args().times
    if not (os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        empty, book, logged = frozen_empty(home), home / "demo.cheragh", home / "data" / "logs" / "cheragh.log"
        subprocess.run([PROGRAM, "demo", "--book", book], check=True, env={"HOME": name}, stdout=subprocess.DEVNULL)
        runs, firsts = {"empty": [], "cheragh": []}, []
        for _ in range(times + 1):
            runs["empty"].append(start([str(empty), str(home / "told")], home / "told", home))
            runs["cheragh"].append(start([str(PROGRAM), "--book", str(book)], logged, home))
            log = logged.read_text()
            picture, whole = map(float, re.findall(r"after ([0-9.]+) s", log))
            firsts.append(runs["cheragh"][-1][0] - (whole - picture))
    (base, light), (ours, heavy) = ([statistics.median(column) for column in zip(*runs[key][1:], strict=True)] for key in runs)
    limit, first = 1.5 * base + 0.5, statistics.median(firsts[1:])
    print(f"empty window {base:.2f} s, {light:.0f} MB; at most {limit:.2f} s (1.5 x + 0.5 s) and {2.2 * light:.0f} MB (2.2 x)")
    print(f"Cheragh on a demo shop: the day's figures, and a sale can be typed, after {first:.2f} s ({(first - 0.5) / base:.2f} x + 0.5 s)")
    print(f"the whole window after {ours:.2f} s ({(ours - 0.5) / base:.2f} x + 0.5 s) with {heavy:.0f} MB ({heavy / light:.2f} x)")
    print(f"the last one: {log.splitlines()[-1].partition('INFO ')[2]}")
    return int(first > limit or heavy > 2.2 * light)


if __name__ == "__main__":
    sys.exit(main())
