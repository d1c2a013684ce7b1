"""The two commands: `python3 build_scripts/dev.py run` shows Cheragh, `... test` checks everything.

Needs Python 3.11 or newer and nothing else; works from any folder. `fix` formats the code, `lock` renews the lock files,
`package` makes what a shop owner downloads (with `--windows`: for Windows, under Wine).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main(arguments: list[str] | None = None) -> int:
    """Does what the command line asks and gives back the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
        print(f"Cheragh needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("run", "test", "fix", "lock", "package"), help="what to do")
    parser.add_argument("--windows", action="store_true", help="package: the Windows program and its setup, made on Linux")
    asked = parser.parse_args(arguments)
    commands: dict[str, Callable[[], int]] = {
        "run": _run,
        "test": _test,
        "fix": _fix,
        "lock": _lock,
        "package": partial(_package, windows=asked.windows),
    }

    from build_scripts.machine import Missing

    try:
        return commands[asked.command]()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run() -> int:
    from build_scripts import machine

    python = machine.prepare(machine.WINDOW if machine.display_named() else machine.DRAWING)
    return _in_venv(python, "build_scripts.show")


def _test() -> int:
    from build_scripts import machine

    return _in_venv(machine.prepare(machine.TESTING), "build_scripts.check")


def _fix() -> int:
    from build_scripts import machine

    python = machine.prepare(())
    formatted = _in_venv(python, "ruff", "format", ".")
    return _in_venv(python, "ruff", "check", "--fix", ".") or formatted


def _lock() -> int:
    from build_scripts import machine

    return machine.renew_lock()


def _package(*, windows: bool) -> int:
    from build_scripts import machine

    machine.prepare(())  # builds the sentences
    parts, words = (machine.WINE, ["--windows"]) if windows else (machine.PACKAGING, [])
    return _in_venv(machine.prepare(parts, machine.PACKING, machine.PACKING_LOCK), "build_scripts.package", *words)


def _in_venv(python: Path, module: str, *arguments: str) -> int:
    # UTF-8 whatever the machine's locale says: Persian is printed, and Qt complains about the C locale.
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if sys.platform == "linux" and "UTF-8" not in os.environ.get("LC_ALL", os.environ.get("LANG", "")).upper():
        environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return subprocess.run([python, "-m", module, *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
