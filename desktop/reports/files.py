"""Laying a finished paper on the disk: it appears whole under its name, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.store.trouble import NoRoom, Trouble
from desktop.values.text import N_

FULL = (28, 122)  # ENOSPC, EDQUOT


def put(out: Path, data: bytes) -> None:
    """``out`` holds ``data``; what was there before stays until all of it is on the disk.

    Raises:
        Trouble: the disk is full, or the folder or an older file there cannot be written.
    """
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(N_("There is no room for {file}. Make room on the disk, or choose another folder."), file=out.name) from error
        sentence = N_("{file} cannot be written in {folder}. If it is open in another program, close it there; or choose another folder.")
        raise Trouble(sentence, file=out.name, folder=out.parent) from error
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
