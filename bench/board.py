"""How long the page of today takes on a cold book: `python bench/board.py [--folder DIR]`.

Opening the book and answering every tile of its last month, in a fresh process, the file out of the system's cache. Three
years of sales of 1,000, 100,000 and 1,000,000 lines: with customers growing with the lines, and with as many customers. Said
as ratios, because computers differ; the books stay in DIR for the next run, else they are thrown away.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from desktop import kpi
from desktop.store import Store
from desktop.store.tables import Sale
from desktop.values.period import Period

MONTHS, LAST = 36, Period.parse("1405-08").last
BOOKS = {"1,000": (1000, 10), "100,000": (100_000, 10_000), "1,000,000": (1_000_000, 10_000)}  # lines, customers
LIMITS = {"1,000": 3.0, "100,000": 1.5}  # the largest book against these
PARTS = ("board", "trends", "slow", "after a sale")
LINES_A_SALE, RUNS, AIM = 3, 5, 0.3
NOW = "2026-11-21T12:00:00Z"


# The books


def make(path: Path, lines: int, customers: int) -> None:
    """A shop of 3 sellers and 500 goods that sold ``lines`` lines to ``customers`` people in three years."""
    months = Period.month(LAST, "jalali").months(MONTHS, "jalali")
    with Store.create(path) as store:
        with store.importing("sales", "bench", "", "{}") as load:
            run = load.connection.executemany
            for table, n in (("seller", 3), ("product", 500), ("customer", customers), ("campaign", 5), ("source", 4)):
                names = ((i, f"{table} {i}") for i in range(1, n + 1))
                more = ("measured, unit, ", "0, '', ") if table == "product" else ("", "")
                run(f"INSERT INTO {table} (id, name, name_fold, name_sort, {more[0]}archived) VALUES (?1, ?2, ?2, ?2, {more[1]}0)", names)
            _write_sales(load.connection, lines, customers, months[0].start)
            _write_the_rest(load.connection, months, customers)
            load.all_days = True
        store.changed = False  # no backup
    sys.stderr.write(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB\n")


def _write_sales(connection: Any, lines: int, customers: int, first: dt.date) -> None:
    random = np.random.default_rng(lines)
    n = lines // LINES_A_SALE
    days = np.sort(random.integers(0, (LAST - first).days + 1, n))
    buyer = (customers * random.random(n) ** 2).astype(np.int64) + 1  # some come far more often than others
    buyer[random.permutation(n)[: 2 * customers]] = np.tile(np.arange(1, customers + 1), 2)  # and each comes now and then
    named, back = random.random(n) < 0.7, random.random(n) < 0.03
    quantity = random.integers(1, 5, (n, LINES_A_SALE)) * np.where(back, -1, 1)[:, None]
    product = random.integers(1, 501, (n, LINES_A_SALE))
    gross = quantity * product * 10_000
    discount = np.where(random.random((n, LINES_A_SALE)) < 0.2, gross // 10, 0)
    texts = [(first + dt.timedelta(days=day)).isoformat() for day in range((LAST - first).days + 1)]
    connection.executemany(
        "INSERT INTO sale (id, kind, number, day, entered_at, customer_id, payment, lines, gross, discount, total, tax, status) "
        f"VALUES (?1, ?2, ?1, ?3, '{NOW}', ?4, 'card', {LINES_A_SALE}, ?5, ?6, ?5 - ?6, 0, 'final')",
        (
            (at + 1, "return" if back[at] else "sale", texts[days[at]], int(buyer[at]) if named[at] else None, gross_of, discount_of)
            for at, (gross_of, discount_of) in enumerate(zip(gross.sum(1).tolist(), discount.sum(1).tolist(), strict=True))
        ),
    )
    connection.executemany(
        "INSERT INTO sale_line (sale_id, position, product_id, quantity, gross, discount, invoice_discount, total, unit_cost, cost, tax, "
        "measured, damaged) VALUES (?1, ?2, ?3, ?4 * 1000, ?5, ?6, 0, ?5 - ?6, ?3 * 7000, ?3 * 7000 * ?4, 0, 0, 0)",
        _lines(product, quantity, gross, discount),
    )
    connection.executemany(
        "INSERT INTO sale_seller (sale_id, seller_id, share) VALUES (?, ?, 10000)",
        ((at + 1, int(seller)) for at, seller in enumerate(random.integers(1, 4, n).tolist())),
    )


def _lines(*columns: np.ndarray) -> Iterator[tuple[int, ...]]:
    for at, rows in enumerate(zip(*(column.tolist() for column in columns), strict=True), 1):
        for position, line in enumerate(zip(*rows, strict=True)):
            yield (at, position, *line)


def _write_the_rest(connection: Any, months: tuple[Period, ...], customers: int) -> None:
    """Each month 40 leads, 20 deals, 60 calls, 10 answers, two costs and a target, whatever the size of the shop."""
    run = connection.executemany
    first = [month.start.isoformat() for month in months]
    run(
        f"INSERT INTO lead (day, entered_at, name, name_fold, name_sort, customer_id, seller_id, campaign_id, status) "
        f"VALUES (?, '{NOW}', 'x', 'x', 'x', ?, ?, ?, 'open')",
        ((day, (m * 40 + i) % customers + 1 if i % 2 else None, i % 3 + 1, i % 5 + 1) for m, day in enumerate(first) for i in range(40)),
    )
    run(
        f"INSERT INTO deal (opened, first_contact, entered_at, closed, outcome, stage_id, value, seller_id, status, name, name_fold) "
        f"VALUES (?1, ?1, '{NOW}', ?2, ?3, ?4, 1000000, ?5, 'final', '', '')",
        (
            (
                day,
                None if i % 5 == 0 and m > MONTHS - 4 else months[m].last.isoformat(),
                "open" if i % 5 == 0 and m > MONTHS - 4 else "won" if i % 2 else "lost",
                1,
                i % 3 + 1,
            )
            for m, day in enumerate(first)
            for i in range(20)
        ),
    )
    run(
        f"INSERT INTO activity (kind, day, done, due, entered_at, seller_id, status) VALUES ('call', ?1, ?1, ?1, '{NOW}', ?2, 'final')",
        ((day, i % 3 + 1) for day in first for i in range(60)),
    )
    run(
        f"INSERT INTO nps_answer (day, entered_at, score, customer_id, status) VALUES (?, '{NOW}', ?, ?, 'final')",
        ((day, i, (m * 10 + i) % customers + 1) for m, day in enumerate(first) for i in range(10)),
    )
    run(
        f"INSERT INTO cost (day, entered_at, amount, kind, campaign_id, status) VALUES (?, '{NOW}', ?, ?, ?, 'final')",
        ((day, 5_000_000, kind, campaign) for day in first for kind, campaign in (("advertising", 1), ("pay", None))),
    )
    run("INSERT INTO target (kpi, scope, span, start, \"end\", direction, value, status) "
        "VALUES ('revenue', 'team', 'month', ?, ?, 'at_least', 900000000, 'final')",
        ((month.start.isoformat(), month.end.isoformat()) for month in months))  # fmt: skip


# The measure


def look(path: Path) -> dict[str, float]:
    """Seconds until the page stands, and of what follows it: trends, then the slow tiles, then the page again after a sale.

    Between them the window does what it does when nobody works (`kpi.remember`): on the book's first day that is the first time.
    """
    marks = [time.perf_counter()]
    with Store.open(path) as store:
        with store.reading() as s:
            scope = kpi.scope(s, as_of=LAST)
            board = kpi.board(s, scope)
            marks.append(time.perf_counter())
            for known in board.answers.values():
                kpi.with_trend(s, known, scope)
            marks.append(time.perf_counter())
            kpi.tiles(s, scope, [one.key for one in kpi.ALL if one.slow])
            marks.append(time.perf_counter())
        kpi.remember(store, LAST)
        with store.changing("Record sale", "sell") as s:
            s.add(
                Sale(kind="sale", number="a sale", day=LAST, entered_at=NOW, lines=1, gross=1, discount=0, total=1, tax=0, status="final")
            )
        marks.append(time.perf_counter())
        with store.reading() as s:
            kpi.board(s, scope)
        marks.append(time.perf_counter())
        store.undo()
        store.changed = False  # no backup
    steps = [after - before for before, after in pairwise(marks)]
    return dict(zip(PARTS, (*steps[:3], steps[4]), strict=True))


def cold(path: Path) -> dict[str, float]:
    """`look` in a fresh process, the file read from the disk."""
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(file)
    said = subprocess.run([sys.executable, __file__, "--look", path], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(said.stdout)
    return found


def compare(folder: Path) -> int:
    """Prints the table and the ratios; 1 if a limit is passed."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in BOOKS}
    for lines, customers in BOOKS.values():
        book, half = folder / f"{lines}.cheragh", folder / f"{lines}.half"
        if not book.exists():
            make(half, lines, customers)
            half.rename(book)
    for _ in range(RUNS):  # turn by turn, so that a busy moment of the computer meets all books
        for name, (lines, _) in BOOKS.items():
            runs[name].append(cold(folder / f"{lines}.cheragh"))
    least = {name: {part: min(run[part] for run in all_) for part in all_[0]} for name, all_ in runs.items()}
    print(f"{'lines':>10} {'customers':>10} {'tiles':>8} {'trends':>8} {'slow':>8} {'again':>8}   ms, the best of {RUNS}")
    for name, (_, customers) in BOOKS.items():
        print(f"{name:>10} {customers:>10,} " + " ".join(f"{least[name][part] * 1000:>8.0f}" for part in PARTS))
    largest, passed = least["1,000,000"]["board"], 0
    for name, limit in LIMITS.items():
        ratio = largest / least[name]["board"]
        passed += ratio > limit
        print(f"1,000,000 ÷ {name} lines: {ratio:.2f} × (at most {limit} ×)")
    print(f"tiles of the largest: {largest * 1000:.0f} ms (aim {AIM * 1000:.0f} ms)")
    return int(passed > 0)


def main() -> int:
    """Runs what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--look", type=Path)
    asked = parser.parse_args()
    if asked.look:
        print(json.dumps(look(asked.look)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return compare(folder)


if __name__ == "__main__":
    sys.exit(main())
