"""Taking files of other programs into the book: sales, goods, people, deals, costs, plans.

`look` shows a file before anything happens; `import_file` takes it, or with ``dry_run`` says what it would do. What only the person
can tell stands in the outcome's ``asked`` (`Asked`); while there is any, nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.shop.importing.options import DATES, UNITS, Asked, Guess, Look, Options, Outcome, Refusal

if TYPE_CHECKING:
    from desktop.shop.importing.run import import_file, look

__all__ = ["DATES", "UNITS", "Asked", "Guess", "Look", "Options", "Outcome", "Refusal", "import_file", "look"]


def __getattr__(name: str) -> Any:  # what they need is loaded when they are first asked for
    if name not in ("import_file", "look"):
        raise AttributeError(name)
    from desktop.shop.importing import run

    return getattr(run, name)
