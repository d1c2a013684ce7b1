"""How a book of one schema becomes a book of the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# STEPS[n] brings a book of schema n + 1 to n + 2, inside one transaction with the new number.
STEPS: tuple[Callable[[Any], None], ...] = ()
SCHEMA = len(STEPS) + 1
