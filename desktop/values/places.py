"""Where the program's own files lie: in a checkout, in an installed wheel and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

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
