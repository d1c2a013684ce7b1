"""How this book's numbers are written: its currency, calendar, money unit and digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.store import settings
from desktop.values.writing import Writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def writing_of(s: Session, language: str | None = None) -> Writing:
    """The writing the book's settings ask for; ``language`` wins over the book's own."""
    chosen = language or str(settings.get(s, "language"))
    return Writing(
        language=chosen,
        digits=str(settings.get(s, "digits")) if chosen == "fa" else "latin",
        currency=str(settings.get(s, "currency")),
        money=str(settings.get(s, "money_unit")),
        calendar=str(settings.get(s, "calendar")),
    )
