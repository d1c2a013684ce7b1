"""What every door of the book does: how its transaction begins, and how an error of the disk is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from desktop.store import dialect
from desktop.store.connection import trouble


@contextmanager
def said_plainly() -> Iterator[None]:
    """A fault of the disk or of another program becomes its sentence."""
    try:
        yield
    except (sa.exc.DBAPIError, driver.Error) as error:
        if told := trouble(error):
            raise told from error
        raise


def begin(connection: Connection) -> None:
    """The door that the connection goes through decides what its transaction may do."""
    door = connection.get_execution_options().get("door")
    anew, connection.info["door"] = connection.info.get("door") != door, door
    dialect.begin(connection, writing=door != "reading", vouched=door == "filling", anew=anew)
