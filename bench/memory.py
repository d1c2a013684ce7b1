"""The packed program on a small computer: `python bench/memory.py [--gb 4]`, after `dev.py package`; Linux, as root.

A demo shop, a sale through the form (`self-test`) and the monthly report, each in a control group with that
much memory and no swap; prints the most each needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "dist" / "cheragh" / "cheragh"
GROUPS = Path("/sys/fs/cgroup")


@contextmanager
def limited(gigabytes: float) -> Iterator[tuple[Path, str]]:
    """A control group, and the name of the file that says the most it needed."""
    old = (GROUPS / "memory").is_dir()  # version 1
    group = GROUPS / ("memory/cheragh" if old else "cheragh")
    group.mkdir(exist_ok=True)
    bytes_ = str(int(gigabytes * 2**30))
    if old:
        (group / "memory.limit_in_bytes").write_text(bytes_)
        swap, most, nothing_more = group / "memory.memsw.limit_in_bytes", "memory.max_usage_in_bytes", bytes_
    else:
        (group / "memory.max").write_text(bytes_)
        swap, most, nothing_more = group / "memory.swap.max", "memory.peak", "0"
    if swap.exists():
        swap.write_text(nothing_more)
    elif len(Path("/proc/swaps").read_text().splitlines()) > 1:
        sys.exit("this machine swaps, and its kernel does not let a group be without")
    try:
        yield group, most
    finally:
        group.rmdir()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, default=4)
    gigabytes = parser.parse_args().gb
    with tempfile.TemporaryDirectory() as home:
        book, paper = f"{home}/demo.cheragh", f"{home}/report.pdf"
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        for words in (["demo", "--book", book], ["self-test"], ["report", "--book", book, "--out", paper]):
            with limited(gigabytes) as (group, most):
                enter = lambda: (group / "cgroup.procs").write_text(str(os.getpid()))  # noqa: E731
                command, quiet = [PROGRAM, "--lang", "en", *words], subprocess.DEVNULL
                done = subprocess.run(command, env=environment, preexec_fn=enter, stdout=quiet, stderr=quiet, check=False)
                print(f"{words[0]:<10} exit {done.returncode}, most {int((group / most).read_text()) / 2**20:.0f} MB of {gigabytes:g} GB")
            if done.returncode:
                return 1
        print(f"the report has {Path(paper).stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
