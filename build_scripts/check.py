"""Everything a change must pass, one line a step; every step runs, even after one has failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_scripts.machine import LINUX, ROOT

CODE = ("desktop", "tests", "build_scripts", "bench")
RUFF = ("-m", "ruff")
PYTEST = ("-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider")
MEMORY = 4 << 30  # bytes
CONTRACTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"


@dataclass(frozen=True)
class Step:
    """One check: what our Python is called with, and whether it runs tests (in the open, counted) or needs a screen."""

    name: str
    command: tuple[str, ...]
    tests: bool = False
    screen: bool = False


STEPS = (
    Step("format", (*RUFF, "format", "--check", *CODE)),
    Step("lint", (*RUFF, "check", *CODE)),
    Step("imports", ("-c", CONTRACTS)),
    Step("types", ("-m", "mypy")),
    Step("sentences", ("build_scripts/i18n.py", "check")),
    Step("tests", (*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "not xvfb"), tests=True),
    Step("tests on a screen", (*PYTEST, "-m", "xvfb"), tests=True, screen=True),
)


@dataclass(frozen=True)
class Result:
    """How a step went: its seconds, and the tests it ran (`passed`, `failed`, `skipped`)."""

    step: Step
    ok: bool
    seconds: float
    counts: Counter[str]

    def __str__(self) -> str:
        return f"{'ok' if self.ok else 'FAILED':>6}  {self.step.name:<18}{self.seconds:6.1f} s"


def main(steps: Sequence[Step] = STEPS) -> int:
    """Runs ``steps`` and says what came of each; 0 if all went well."""
    with tempfile.TemporaryDirectory(dir=_memory()) as home:
        Path(home).chmod(0o755)  # a test becomes nobody, to see what may only be read
        results = [_run(step, home) for step in steps]
    print("\n" + "\n".join(map(str, results)), flush=True)
    tests = sum((result.counts for result in results), Counter())
    print(f"{tests['passed']} passed, {tests['failed']} failed, {tests['skipped']} skipped", flush=True)
    return 0 if all(result.ok for result in results) else 1


def _run(step: Step, home: str) -> Result:
    print(f"{step.name} ...", flush=True)
    started = time.monotonic()
    with on_screen() if step.screen else _no_screen() as environment:
        code, output = _output([sys.executable, *step.command], {**environment, **_apart(home)}, aloud=step.tests)
    result = Result(step, code == 0, time.monotonic() - started, _counts(output) if step.tests else Counter())
    if not result.ok and not step.tests:
        print(output, flush=True)
    return result


def _output(command: list[str], environment: dict[str, str], *, aloud: bool) -> tuple[int, str]:
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            lines.append(line)
            if aloud:
                print(line, end="", flush=True)
    return child.returncode, "".join(lines)


def _counts(output: str) -> Counter[str]:
    """What the last summary line of pytest counts; an error in a fixture is a failure."""
    summary = next((line for line in reversed(output.splitlines()) if re.search(r"\d+ \w+.* in [\d.]+s", line)), "")
    counts: Counter[str] = Counter()
    for number, word in re.findall(r"(\d+) (passed|failed|error|skipped|xfailed)", summary):
        counts[{"error": "failed", "xfailed": "skipped"}.get(word, word)] += int(number)
    return counts


def _apart(home: str) -> dict[str, str]:
    """Settings that keep a test from reading or writing what belongs to the person at this machine."""
    return dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"), home)


def _memory() -> str | None:
    """A folder in memory, where there is room: a book syncs at every change, and a test's need not outlive a power cut."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > MEMORY
    return str(shared) if roomy else None


@contextmanager
def _no_screen() -> Iterator[dict[str, str]]:
    yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def on_screen() -> Iterator[dict[str, str]]:
    """A display of our own, with a window manager: nothing that stands on the person's screen is touched."""
    if not LINUX:
        yield dict(os.environ)
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    environment.pop("WAYLAND_DISPLAY", None)
    processes = [server]
    if shutil.which("openbox"):
        processes.append(subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL))
    try:
        yield environment
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
