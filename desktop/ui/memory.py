"""What this computer remembers between two starts: the window's place, the theme, the last book. No keys, no roles."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from desktop.values.places import data_folder


def preferences() -> QSettings:
    """This computer's own wishes (window place, theme, last book): a file beside the backups, no keys, no roles."""
    return QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)


def last_book() -> Path | None:
    found = preferences().value("last_book")
    path = data_folder() / str(found or "")  # which an absolute path leaves behind
    return path if path.is_file() else None


def unsafe(book: Path) -> str:
    """Why the last backup of the book could not be made; empty once one was."""
    return str(preferences().value(f"unsafe/{book.name}") or "")


def say_unsafe(book: Path, why: str) -> None:
    preferences().setValue(f"unsafe/{book.name}", why)


def remember_book(path: Path) -> None:
    """The next start opens it; in our own folder by its name there, for a USB stick is another drive tomorrow."""
    home = data_folder()
    preferences().setValue("last_book", str(path.relative_to(home) if path.is_relative_to(home) else path))
