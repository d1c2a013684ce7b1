"""`python -m desktop` and the console script `cheragh`."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line (or the window) and gives back its exit code."""
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
