"""The system's own save dialog: the file the person names, and whether she said yes to one that is there; and files shown by it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, suggested: Path, kind: str) -> tuple[Path, bool] | None:
    """The file, with the ending of ``suggested``, and True if the dialog asked about that very name; None: she thought better of it."""
    ending = suggested.suffix
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), f"{kind} (*{ending})")
    asked = chosen.lower().endswith(ending)
    return (Path(chosen if asked else chosen + ending), asked) if chosen else None


def open_file(path: Path | None) -> None:
    """A file or folder, in whatever program the computer has for it."""
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
