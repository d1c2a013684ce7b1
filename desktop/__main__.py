"""`python -m desktop` and the console script `cheragh`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Runs the command line (or the window) and gives back its exit code."""
    if sys.argv[1:] == ["read-table"]:  # our own limited child process, which reads a stranger's file for an import
        from desktop.shop.importing.child import main as read_table

        return read_table()
    gc.set_threshold(50_000, 20, 20)  # what a start makes stays: to look for garbage in it cost a tenth of the time
    if not os.environ.get("LANG"):
        os.environ["LANG"] = "C.UTF-8"  # else Qt warns and changes it itself
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
