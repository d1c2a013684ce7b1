"""How long a whole `cheragh import` of a million sale lines takes, against `sqlite3 .import` of the same file into a bare table.

    python bench/imports.py [--lines 1000000] [--times 3]

The import is the real command - the file read in its child process, checked, documents made, day sums, one commit; the
verified backups before and after are left out. Prints the ratio and the peak memory of both processes together (Linux).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_TIMES, MOST_MB = 6.0, 400
HEADER = "شماره فاکتور,تاریخ,کد مشتری,کد کالا,شرح کالا,تعداد,فی,تخفیف,ویزیتور,پرداخت"
PAYMENTS = ("نقد", "کارت", "حواله", "نسیه")


def generate(path: Path, lines: int, seed: int = 1) -> None:
    """A shop's sales as its program writes them: five lines an invoice, three years of Jalali days."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        written = invoice = 0
        while written < lines:
            invoice += 1
            at = written / lines * 36
            day = f"{1402 + int(at) // 12}/{int(at) % 12 + 1:02}/{chance.randint(1, 29):02}"
            who, seller, paid = chance.randint(1, 40_000), chance.randint(1, 8), chance.choice(PAYMENTS)
            for _ in range(min(lines - written, chance.randint(1, 9))):
                item = min(int(chance.expovariate(1 / 400)) + 1, 4000)
                price = (item * 7919 % 900 + 100) * 1000
                file.write(f"{invoice},{day},C{who},{item},کالای شماره {item},{chance.randint(1, 5)},{price},"
                           f"{price // 10 if chance.random() < 0.1 else 0},فروشنده {seller},{paid}\n")  # fmt: skip
                written += 1


WHOLE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from desktop.shop.importing import Options, import_file
from desktop.store import Store
store = Store.open(Path(sys.argv[1]))
outcome = import_file(store, Path(sys.argv[2]), Options("sales"), backup=False)
store.close(backup=False)
print(outcome.accepted, outcome.refused)
"""


def run(*command: str | Path) -> tuple[float, str]:
    """Seconds that a command takes, and what it prints."""
    began = time.perf_counter()
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, done.stdout


def bare(folder: Path, file: Path) -> float:
    """`sqlite3 .import` into a new file."""
    target = folder / "bare.sqlite"
    target.unlink(missing_ok=True)
    return run("sqlite3", target, ".mode csv", f".import {file} sale")[0]


def whole(folder: Path, file: Path, lines: int) -> tuple[float, int]:
    """An import into a new book: seconds, and the most MB that the program and its reading child held at one time."""
    book = folder / "book.cheragh"
    book.unlink(missing_ok=True)
    run(sys.executable, "-m", "desktop", "new", "--book", book)
    began, most = time.perf_counter(), 0
    with subprocess.Popen([sys.executable, "-c", WHOLE, book, file, ROOT], stdout=subprocess.PIPE, text=True) as program:
        while program.poll() is None:
            most = max(most, held(program.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        said = program.communicate()[0]
    assert said.split() == [str(lines), "0"], said
    return seconds, most >> 20


def held(process: int) -> int:
    """Bytes of memory that a process and its children hold now (Linux)."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):  # it has just ended
        return 0
    return own + sum(held(int(child)) for child in children)


def main() -> int:
    """Prints the figures; the exit code says whether the limits hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    if not shutil.which("sqlite3"):
        print("this measures against the sqlite3 command: apt-get install sqlite3")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["CHERAGH_DATA"] = str(folder / "data")
        file = folder / "sales.csv"
        generate(file, asked.lines)
        print(f"{asked.lines:,} lines, {file.stat().st_size / 1e6:.0f} MB")
        ratios, most = [], 0
        for _ in range(asked.times):
            plain, (seconds, peak) = bare(folder, file), whole(folder, file, asked.lines)
            ratios.append(seconds / plain)
            most = max(most, peak)
            print(f"sqlite3 .import {plain:.2f} s, cheragh import {seconds:.2f} s: {ratios[-1]:.2f} x; peak {peak} MB", flush=True)
        ratio = sorted(ratios)[len(ratios) // 2]
        print(f"median {ratio:.2f} x (limit {MOST_TIMES}), peak {most} MB (limit {MOST_MB})")
    return int(ratio > MOST_TIMES or most > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
