"""The world is in the way: no room on the disk, a book open elsewhere, a disk that fails. Caught once, at the edge."""

from __future__ import annotations

from desktop.values.text import Told


class Trouble(Told):
    """Nobody's mistake; its sentence says what happened and what to do."""


class Busy(Trouble):
    """A long change (an import, a restore) holds the book; try again when it is done."""


class Elsewhere(Trouble):
    """The book is open in another program, or another window of ours; ``here``: on this computer."""

    def __init__(self, message: str, /, *, here: bool, **holes: object) -> None:
        super().__init__(message, **holes)
        self.here = here


class Unsure(Trouble):
    """The disk failed while saving: only the book, opened again, can say whether the change is in it."""
