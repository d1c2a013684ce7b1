"""What a fresh machine lacks, put there: system libraries, `.venv`, the packages of `requirements.lock`, built sentences.

Standard library only. System parts are installed where we may (root on Debian or Ubuntu), else named with the line to type.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV, PACKING = ROOT / ".venv", ROOT / ".venv-package"  # what a developer needs; what goes into the program, and PyInstaller
LOCK, PACKING_LOCK = ROOT / "requirements.lock", ROOT / "packaging.lock"
LINUX = sys.platform == "linux"


class Missing(Exception):
    """The machine lacks something that we may not or cannot put there; the text says what to type."""


@dataclass(frozen=True)
class Part:
    """Something of the system: how to see that it is there, and the Debian packages (the first that exists) that bring it."""

    name: str
    there: Callable[[], bool]
    packages: tuple[str, ...]


def library(soname: str, *packages: str) -> Part:
    def there() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return Part(soname, there, packages)


def program(name: str, package: str) -> Part:
    return Part(name, lambda: shutil.which(name) is not None, (package,))


# A library's second package name is the one since Ubuntu 24.04 and Debian 13.
DRAWING = (
    library("libEGL.so.1", "libegl1"),
    library("libGL.so.1", "libgl1"),
    library("libxkbcommon.so.0", "libxkbcommon0"),
    library("libfontconfig.so.1", "libfontconfig1"),
    library("libglib-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
    library("libdbus-1.so.3", "libdbus-1-3"),
    library("libcups.so.2", "libcups2", "libcups2t64"),  # Qt's printing
)
WINDOW = (
    *DRAWING,
    library("libxcb-cursor.so.0", "libxcb-cursor0"),
    library("libxcb-icccm.so.4", "libxcb-icccm4"),
    library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    library("libxcb-xkb.so.1", "libxcb-xkb1"),
    library("libxcb-shape.so.0", "libxcb-shape0"),
    library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    library("libX11-xcb.so.1", "libx11-xcb1"),
)
TESTING = (*WINDOW, program("Xvfb", "xvfb"), program("openbox", "openbox"), program("xdotool", "xdotool"))
PACKAGING = (*DRAWING, program("strip", "binutils"), program("dpkg-deb", "dpkg"))
WINE = (
    *PACKAGING,
    *WINDOW,
    program("wine", "wine"),
    Part("wine64", Path("/usr/lib/wine/wine64").exists, ("wine64",)),
    program("makensis", "nsis"),
    program("osslsigncode", "osslsigncode"),
    program("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-win32"),
    program("Xvfb", "xvfb"),
)
_VENV_MODULE = Part(
    "the venv module",
    lambda: importlib.util.find_spec("ensurepip") is not None,
    (f"python3.{sys.version_info.minor}-venv", "python3-venv"),
)


def prepare(parts: Iterable[Part], venv: Path = VENV, lock: Path = LOCK) -> Path:
    """The Python of an up-to-date ``venv`` on a machine that has ``parts``.

    Raises:
        Missing: something is not there and could not be put there.
    """
    _system((_VENV_MODULE, *(parts if LINUX else ())))
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = venv / "installed-for"
    wanted = hashlib.sha256(f"{sys.version_info[:2]}".encode() + lock.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted or not _works(python):
        _install(python, venv, lock)
        stamp.write_text(wanted)
    if venv == VENV:
        call([python, "build_scripts/i18n.py", "build"], "The sentences could not be built.")
    return python


def display_named() -> bool:
    """Whether this machine says it has a display (it may still refuse us)."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def renew_lock() -> int:
    """Pins the newest allowed versions for all platforms and Pythons, the packed program's as the tests had them; 0 if that went well."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder, "bin/python")
        call([sys.executable, "-m", "venv", folder], "No virtual environment could be made.")
        call([python, "-m", "pip", "install", "--quiet", "uv"], "uv, which writes the lock file, could not be installed.")
        compile_ = "-m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet"
        for rest in ("--extra dev --upgrade --output-file requirements.lock",
                     "--extra build --constraint requirements.lock --output-file packaging.lock"):  # fmt: skip
            call([python, *compile_.split(), *rest.split()], "The lock file was not written.")
    return 0


def _install(python: Path, venv: Path, lock: Path) -> None:
    if not _works(python):
        print(f"Making {venv} ...", flush=True)
        call([sys.executable, "-m", "venv", "--clear", venv], "The virtual environment could not be made.")
    print(f"Installing the packages of {lock.name} (once; a minute or two) ...", flush=True)
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    call(pip, "The packages could not be installed: is the network there?")


def _works(python: Path) -> bool:
    """Whether ``python`` is there, starts, has pip, and is of the version that we run on."""
    asked = "import pip, sys; print(sys.version_info[:2])"
    if not python.exists():
        return False
    answer = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{sys.version_info[:2]}"


# System parts


def _system(parts: Iterable[Part]) -> None:
    lacking = [part for part in parts if not part.there()]
    if not lacking:
        return
    names = ", ".join(part.name for part in lacking)
    if shutil.which("apt-get") is None:
        raise Missing(f"This machine lacks: {names}.\nInstall them with its package manager, then try again.")
    if getattr(os, "geteuid", lambda: 0)() != 0:
        packages = " ".join(_first_known(part.packages) or part.packages[0] for part in lacking)
        line = f"sudo apt-get update && sudo apt-get install --no-install-recommends {packages}"
        raise Missing(f"This machine lacks: {names}.\nType this, then try again:\n\n    {line}")
    _apt(lacking)
    still = [part for part in lacking if not part.there()]
    if still:
        told = ", ".join(f"{part.name} ({' or '.join(part.packages)})" for part in still)
        raise Missing(f"apt-get installed what it could, but this machine still lacks: {told}")


def _apt(lacking: list[Part]) -> None:
    print(f"Installing system parts: {', '.join(part.name for part in lacking)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-qq"], "apt-get could not read its package lists.", environment)
    packages = [_first_known(part.packages) for part in lacking]
    # Not one bad name for all: what cannot be had is named afterwards, by what is still not there.
    known = [package for package in packages if package]
    if known:
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *known]
        call(install, "apt-get could not install them.", environment)
    importlib.invalidate_caches()


def _first_known(packages: tuple[str, ...]) -> str | None:
    for package in packages:
        known = subprocess.run(["apt-cache", "show", package], capture_output=True, text=True, check=False)
        if f"Package: {package}\n" in known.stdout:
            return package
    return None


def call(command: Sequence[str | Path], sorry: str, environment: dict[str, str] | None = None) -> None:
    """Runs ``command`` quietly; its whole output only if it fails.

    Raises:
        Missing: it failed.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Missing(f"{done.stdout}\n{sorry} The command was: {' '.join(map(str, command))}")
