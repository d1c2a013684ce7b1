"""An ordinary SQLite copy of a book, without a key, for other programs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop.store.connection import APPLICATION_ID
from desktop.store.dialect import copy_without_key
from desktop.store.outputs import laid


def write(connect: Callable[[], Any], target: Path, *, replace: bool = False) -> None:
    """A copy of the book that ``connect`` opens lies at ``target``; raises as `desktop.store.outputs.laid` does."""
    with laid(target, "plain", replace=replace) as part, closing(connect()) as db:
        copy_without_key(db, part, APPLICATION_ID)
