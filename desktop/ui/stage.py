"""What a page, a form or the search box may ask of the window around it, and the window of the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.kpi.kpi import Answer, Scope
    from desktop.ui.desk import Desk


class Host(Protocol):
    """The application: books opened and changed; ``as_of`` is the shop's day where it is not the computer's."""

    as_of: dt.date | None

    def open_book(self, path: Path) -> None: ...

    def open_demo(self) -> None: ...

    def remove_demo(self) -> None: ...

    def restore(self, backup: Path) -> None: ...

    def rebuild(self) -> None:
        """The window anew, in today's language, digits and theme, at the same page."""


class Stage(Protocol):
    """Where pages stand: ``desk`` is the open book, ``as_of`` the shop's day, ``demo`` whether the book is made up."""

    desk: Desk
    host: Host
    as_of: dt.date
    demo: bool

    def go(self, key: str, listing: str = "") -> None:
        """Shows a page, and of its lists this one."""

    def close_panel(self) -> None: ...

    def begin(self) -> None:
        """A new one of what the page in sight lists."""

    def look(self, *, here: bool = False) -> None:
        """The keyboard goes to the box that finds everything, or to the field that looks through the page in sight."""

    def start(self, entry: str) -> None:
        """A new one of a thing: its form, or the page that makes it."""

    def open_form(self, entity: str, row: int | None = None, values: dict[str, object] | None = None) -> None:
        """The form of one thing: empty, with some values, or with what the book holds."""

    def why(self, answers: Sequence[Answer], scope: Scope) -> None:
        """What stands behind a number."""

    def show_kpi(self, key: str) -> None:
        """What stands behind a KPI of this month."""

    def refresh(self) -> None:
        """Asks the book again for what is in sight."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...

    def show_keys(self) -> None: ...

    def back_up(self) -> None:
        """A verified copy, made on the long lane."""

    def choose_book(self) -> None:
        """Another book, chosen in the system's own dialog."""

    def say(self, sentence: str, action: str = "", then: Callable[[], object] | None = None, *, longer: bool = False) -> None:
        """A sentence at the foot, for some seconds."""

    def attempt(self, do: Callable[[], object]) -> bool:
        """Does it, or says why it could not be done; whether it was done."""

    def failed(self, error: BaseException) -> None:
        """Work on a lane did not end well: said, and kept in the log when it is our own fault."""
