"""The Windows setup on a fresh Wine computer: installed over an older one, used with a real window, and gone again.

Pictures of the screen lie in `build/windows/seen-*.png`. Wine is not Windows: fonts, printers, scaling, antivirus and
SmartScreen are not seen here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from build_scripts import wine
from build_scripts.check import on_screen
from build_scripts.machine import Missing, call

WORK = wine.WORK / "trial"
NEEDED = 3  # the setup's exit code where Windows is too old
BUSY = 4  # ... and where the program is open
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
seen = application.primaryScreen().grabWindow(0)
image = seen.toImage()
dark = {image.pixel(x, y) for x in range(0, image.width(), 40) for y in range(0, image.height(), 40)}
sys.exit(3 if len(dark) < 3 else not seen.save(sys.argv[1]))
"""
SALES = "شماره فاکتور,تاریخ,شرح کالا,تعداد,فی\nT-900,1405/07/29,قند,3,1000\n"


def walk(folder: Path, shipped: Path, version: str) -> None:
    """Raises: Missing: something did not go as it should; the text says what."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    both = Path("/usr/lib/i386-linux-gnu/wine").exists()
    if not both:
        print("no 32-bit Wine here: the setup that is tried is the 64-bit twin of the one that ships", flush=True)
        shipped = wine.setup(folder, version, WORK / "setup.exe", "-DAMD64", "-DQUICK")
    old = WORK / "old"
    shutil.copytree(folder, old)
    (old / "_internal" / "of-old.txt").write_text("not in the new version")
    older = wine.setup(old, "0.0.1", WORK / "older.exe", "-DQUICK", *(() if both else ("-DAMD64",)))
    with on_screen() as screen, wine.computer(WORK / "prefix", DISPLAY=screen["DISPLAY"]) as computer:
        Trial(computer, WORK / "prefix").walk(older, shipped)
    with on_screen() as screen, wine.computer(WORK / "seven", DISPLAY=screen["DISPLAY"]) as computer:
        call(["wine", "winecfg", "-v", "win7"], "Wine could not be told to be Windows 7.", computer)
        Trial(computer, WORK / "seven").refused(shipped)
    if both:
        with on_screen() as screen, wine.computer(WORK / "thirty-two", DISPLAY=screen["DISPLAY"], WINEARCH="win32") as computer:
            Trial(computer, WORK / "thirty-two").refused(shipped)


class Trial:
    """One Wine computer, and what is done on it."""

    def __init__(self, computer: dict[str, str], prefix: Path) -> None:
        self.computer = computer
        self.home = next(one for one in (prefix / "drive_c" / "users").iterdir() if one.name != "Public")
        self.local = self.home / "AppData" / "Local"
        self.program = self.local / "Programs" / "Cheragh"

    def walk(self, older: Path, shipped: Path) -> None:
        before = self._files()
        self._step("an older version installs", self._run(older, "/S") == 0 and (self.program / "_internal/of-old.txt").is_file())
        self._step("the update installs over it", self._run(shipped, "/S") == 0 and not (self.program / "_internal/of-old.txt").exists())
        links = [path.suffix for path in self._files() - before if path.suffix == ".lnk"]
        self._step("links to it in the menu and on the desktop", len(links) == 2, str(links))
        wine.mend(self.program / "_internal", wine.stubs())
        self._use()
        self._window(shipped)
        self._run(self.program / "uninstall.exe", "/S")
        deadline = time.monotonic() + 60
        while self.program.exists() and time.monotonic() < deadline:
            for stub in wine.stubs():  # ours, not the program's
                for path in self.program.rglob(stub.name):
                    path.unlink()
            time.sleep(1)
        left = {path.relative_to(self.home).as_posix() for path in self._files() - before}
        self._step("only books are left", bool(left) and all(one.startswith("AppData/Local/cheragh/") for one in left), str(sorted(left)))

    def refused(self, setup: Path) -> None:
        before = self._files()
        self._step("an old Windows is told", self._run(setup, "/S") == NEEDED and self._files() == before)

    def _use(self) -> None:
        """The program without its window's help: everything goes through the console's twin."""
        self._step("the self-test in a real window", self._say("self-test", seen="self-test")[0] == 0)
        book = self.local / "cheragh" / "books" / "shop.cheragh"
        book.parent.mkdir(parents=True)
        self._step("the demo shop", self._say("demo", "--book", book, "--months", "3")[0] == 0)
        sales = WORK / "sales.csv"
        sales.write_text(SALES, "utf-8")
        code, said = self._say("import", "sales", sales, "--book", book)
        self._step("an import, said in Persian", code == 0 and "پذیرفته شد" in said, said)
        paper = WORK / "report.pdf"
        self._step("the report", self._say("report", "--book", book, "--period", "1405-07", "--out", paper)[0] == 0)
        from pypdfium2 import PdfDocument

        text = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(paper))
        self._step("text in the report", "چراغ" in text or "مهر" in text, text[:500])
        code = self._run(self.program / "cheragh.exe", "kpi", "--book", wine.windows_path(book))
        self._step("the program without a console", code == 0)

    def _window(self, shipped: Path) -> None:
        """The last book in the window, as the link opens it."""
        book = self.local / "cheragh" / "books" / "shop.cheragh"
        log = self.local / "cheragh" / "logs" / "cheragh.log"
        command: list[str | Path] = ["wine", self.program / "cheragh.exe", "--book", wine.windows_path(book)]
        nowhere = subprocess.DEVNULL  # Python for Windows does not start under Wine with a file of Linux as its output
        child = subprocess.Popen(command, env=self.computer, stdin=nowhere, stdout=nowhere, stderr=nowhere)
        until = time.monotonic() + 60
        while not (log.is_file() and "usable" in log.read_text("utf-8")) and time.monotonic() < until:
            time.sleep(0.5)
        self._step("its window can be used", log.is_file() and "usable" in log.read_text("utf-8"))
        time.sleep(5)  # its numbers come after it
        self._seen("window")
        self._step("the window stays", child.poll() is None)
        self._step("no update under an open program", self._run(shipped, "/S") == BUSY and (self.program / "_internal").is_dir())
        child.kill()
        child.wait(timeout=60)

    # What it does with its hands

    def _run(self, program: Path, *words: str) -> int:
        done = subprocess.run(["wine", program, *words], env=self.computer, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return done.returncode

    def _say(self, *words: str | Path, seen: str = "") -> tuple[int, str]:
        words = tuple(wine.windows_path(word) if isinstance(word, Path) else word for word in words)
        command: list[str | Path] = ["wine", self.program / "cheragh-console.exe", *words]
        with subprocess.Popen(
            command, env=self.computer, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as child:
            if seen:
                self._seen(seen)
            said = child.communicate(timeout=300)[0].decode("utf-8", "replace")
        print(said, end="", flush=True)
        return child.returncode, said

    def _seen(self, name: str) -> None:
        """The screen as a picture, as soon as there is anything on it."""
        command = [sys.executable, "-c", GRAB, str(wine.WORK / f"seen-{name}.png")]
        until = time.monotonic() + 60
        while (code := subprocess.run(command, env={**self.computer, "QT_QPA_PLATFORM": "xcb"}, check=False).returncode) == 3:
            if time.monotonic() > until:
                break
            time.sleep(0.5)
        self._step(f"a picture: seen-{name}.png", code == 0)

    def _files(self) -> set[Path]:
        return {path for path in self.home.rglob("*") if path.is_file() and "Temp" not in path.parts}

    def _step(self, name: str, well: bool, why: str = "") -> None:
        print(f"{'ok' if well else 'FAILED':>6}  {name}", flush=True)
        if not well:
            raise Missing(f"Under Wine this did not go as it should: {name}. {why}")
