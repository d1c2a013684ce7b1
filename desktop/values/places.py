"""Where the program's own files lie - in a checkout, an installed wheel, a frozen program - and where the person's do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SUFFIX = ".cheragh"
_PACKAGE = Path(__file__).resolve().parents[1]


def place(*parts: str) -> Path:
    """The path of a file under ``resources`` or ``i18n``, e.g. ``place("i18n", "fa.mo")``."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen, *parts)
    installed = _PACKAGE / f"_{parts[0]}"
    return installed.joinpath(*parts[1:]) if installed.is_dir() else _PACKAGE.parent.joinpath(*parts)


def licences() -> str:
    """The text that was collected when the program was packed; in a checkout our own licence alone."""
    packed, own = Path(sys.executable).parent / "LICENSES.txt", _PACKAGE.parent / "LICENSE"
    found = packed if hasattr(sys, "_MEIPASS") else own
    return found.read_text("utf-8") if found.is_file() else "MIT"


def data_folder() -> Path:
    """Where books, backups, logs and this computer's wishes live: ``CHERAGH_DATA``, beside a portable program, or the platform's place."""
    from platformdirs import user_data_path

    beside = folder_beside()
    if said := os.environ.get("CHERAGH_DATA"):
        return Path(said)
    return beside if beside and beside.is_dir() else user_data_path("cheragh", appauthor=False)


def folder_beside() -> Path | None:
    """Where an unpacked, not installed program can keep everything with it, as on a USB stick: it does once this folder is there."""
    home = Path(sys.executable).parent
    unpacked = getattr(sys, "frozen", False) and not (home / "uninstall.exe").exists() and os.access(home, os.W_OK)
    return home / "cheragh-data" if unpacked else None


def first_book() -> Path:
    """Where the shop's first book is made."""
    return data_folder() / "books" / f"shop{SUFFIX}"
