"""The way of a file into the book: read, understood, checked, recorded - or only looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from desktop.shop.access import may
from desktop.shop.importing import heading as headings
from desktop.shop.importing import registers, sales
from desktop.shop.importing.errors_file import write_errors
from desktop.shop.importing.fields import KINDS, Kind
from desktop.shop.importing.heading import Heading
from desktop.shop.importing.options import DATES, UNITS, Guess, Look, Options, Outcome, quoted
from desktop.shop.importing.reader import Progress, Reader
from desktop.shop.importing.recording import record, take
from desktop.shop.importing.rows import Book, Rows
from desktop.shop.importing.things import Shelf
from desktop.store import settings
from desktop.store.connection import trouble
from desktop.values.digits import number
from desktop.values.text import N_, Refused, tr

if TYPE_CHECKING:
    from desktop.store import Store
