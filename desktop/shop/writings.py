"""How this book's numbers are written: its currency, calendar, money unit and digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import settings
from desktop.values.writing import Writing, writing_said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def writing_of(s: Session, language: str | None = None) -> Writing:
    """The writing the book's settings ask for; ``language`` wins over the book's own."""
    return writing_said(lambda key, _: str(settings.get(s, key)), language)
