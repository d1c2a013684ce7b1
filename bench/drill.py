"""Does the book keep what it said it kept? `python bench/drill.py` kills, cuts the power and fills the disk, and counts.

Twenty sales are recorded by the verbs of the real form, in a small demo shop, again and again:
*kills* - the program is killed at every single change it makes on the disk;
*cuts* - 1,000 power cuts, replayed from a recording of sales, checkpoints, closing and backup (`powercut/disk.py`);
*full* and *faulty* - the disk refuses from some point on, once or for ever, with "no space" or an I/O error;
*step* - the same kills and refusals while a book of the first schema is brought up to today's: it is the old or the new one, whole.

After each, as the person would: the book opens, is whole (`cheragh check`: pages, documents = lines, day sums, audit chain), holds
every sale that was said to be saved and none that was said not to be, and is free to open again. Any fault: exit code 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.powercut import recording
from bench.powercut.disk import cuts
from desktop.shop.demo import write_demo
from desktop.shop.sales import LineDraft, SaleDraft, record_sale
from desktop.store import Store, Trouble, Unsure
from desktop.store.connection import connect

SALES = 20
OLD = Path(__file__).resolve().parents[1] / "tests/store/books/schema-1.cheragh"
DAY = dt.date(2026, 10, 30)
REFUSALS = {  # name: error, times (0: for ever), whether syncs fail too
    "full, for ever": (errno.ENOSPC, 0, False),
    "full, once": (errno.ENOSPC, 1, False),
    "faulty, for ever": (errno.EIO, 0, True),
    "faulty, once": (errno.EIO, 1, True),
}


@dataclass(frozen=True)
class Shop:
    """Where the drill's book lies, untouched, and how many documents it holds."""

    book: Path
    documents: int

    def copied(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return shutil.copy(self.book, folder / "shop.cheragh")


# What is drilled


def sell(store: Store, tell: Callable[[str], None], *, rest: bool = False) -> None:
    """Twenty sales of one to four lines; ``tell`` hears of each what the person is told."""
    for number in range(1, SALES + 1):
        lines = tuple(
            LineDraft(product, quantity=1000 * (number % 3 + 1), unit_price=50_000 * product) for product in range(1, number % 4 + 2)
        )
        sellers = ((1, 10_000),) if number % 2 else ((1, 3_333), (2, 6_667))
        draft = SaleDraft(DAY + dt.timedelta(days=number % 3), lines, customer=number % 5 or None, sellers=sellers, note=f"drill {number}")
        try:
            record_sale(store, draft)
        except Unsure:
            tell(f"unsure {number}")
        except Trouble:
            tell(f"refused {number}")
        else:
            tell(f"saved {number}")
        if rest and number % 7 == 0:
            store.rest()


def at_work(book: Path, out: int, watch: Callable[[], None]) -> None:
    """Opens the book, sells, and is gone without closing: what a child process does."""
    watch()
    try:
        store = Store.open(book)
    except Trouble:
        os.write(out, b"shut\n")
        return
    sell(store, lambda words: os.write(out, f"{words}\n".encode()) and None)
    os.write(out, b"end\n")


def in_a_child(work: Callable[[int], None]) -> list[str]:
    """What ``work`` told before its process ended, by itself or not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = told.read().splitlines()
    os.waitpid(child, 0)
    return words


# What is asserted


def faults(book: Path, said: Iterable[str], shop: Shop) -> list[str]:
    """What is wrong with a book after a blow, as one word each."""
    told: dict[str, set[int]] = {"saved": set(), "refused": set(), "unsure": set()}
    for kind, _, number in (words.partition(" ") for words in said if " " in words):
        told[kind].add(int(number))
    try:
        store = Store.open(book)  # the lock is free
    except Exception as error:  # noqa: BLE001 - whatever it is, it is harm
        return [f"does not open: {error}"]
    try:
        found = store.check()
        with store.reading() as s:
            notes = s.connection().exec_driver_sql("SELECT note FROM sale WHERE note LIKE 'drill %'").scalars().all()
            others = s.connection().exec_driver_sql("SELECT count(*) FROM sale WHERE note IS NULL OR note NOT LIKE 'drill %'").scalar()
        there = {int(note.split()[1]) for note in notes}
        found += [f"sale {number} was said to be saved and is lost" for number in told["saved"] - there]
        found += [f"sale {number} was said not to be saved and is there" for number in told["refused"] & there]
        found += ["a sale is there twice"] if len(there) != len(notes) else []
        unsaid = there - told["saved"] - told["unsure"] - told["refused"]
        found += ["more than one sale nobody was told of"] if len(unsaid) > 1 else []
        found += ["older documents are lost"] if others != shop.documents else []
    except Exception as error:  # noqa: BLE001
        return [f"cannot be read: {error}"]
    finally:
        store.close(backup=False)
    left = [path.name for path in book.parent.iterdir() if path.name.endswith(("-wal", "-shm"))]
    return found + ([f"did not close into one file: {left}"] if left else [])


def bad_backups(folder: Path) -> list[str]:
    """Copies that are called backups and are not whole."""
    found = []
    for path in folder.rglob("*.cheragh"):
        try:
            db = connect(path)
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                found.append("a backup is broken")
            db.close()
        except Exception as error:  # noqa: BLE001
            found.append(f"a backup is broken: {error}")
    return found


# The drills; each yields, per blow, what was wrong


def killed(shop: Shop, scratch: Path, at: int) -> list[str]:
    book = shop.copied(scratch / str(os.getpid()))
    said = in_a_child(lambda out: at_work(book, out, partial(recording.watch, book.parent, kill=at)))
    return faults(book, said, shop)


def refused(shop: Shop, scratch: Path, how: str, at: int) -> list[str]:
    error, times, syncs = REFUSALS[how]
    book = shop.copied(scratch / str(os.getpid()))
    said = in_a_child(
        lambda out: at_work(book, out, partial(recording.watch, book.parent, refuse=at, times=times, error=error, syncs=syncs))
    )
    found = faults(book, said, shop)
    return found if said and said[-1] in ("end", "shut") else [*found, "the program fell over"]


# A book of the first schema is brought up


def bring_up(book: Path, out: int, watch: Callable[[], None]) -> None:
    watch()
    try:
        Store.open(book)
    except Trouble:
        os.write(out, b"refused\n")
    else:
        os.write(out, b"end\n")


def face(book: Path) -> tuple[object, ...]:
    """What the file says it is: its schema's number, every table, index and guard, and the newest link of the chain."""
    db = connect(book)
    try:
        texts = "PRAGMA user_version", "SELECT name, sql FROM sqlite_schema ORDER BY 1, 2", "SELECT max(id), count(*) FROM change"
        return tuple(tuple(db.execute(text).fetchall()) for text in texts)
    finally:
        db.close()


def stepped(old: Shop, new: tuple[object, ...], scratch: Path, options: dict[str, int], at: int) -> list[str]:
    """What is wrong after a kill or a refusal at the n-th change on the disk while the book was brought up."""
    book, blow = old.copied(scratch / str(os.getpid())), "kill" if not options else "refuse"
    os.environ["CHERAGH_DATA"] = str(book.parent / "data")
    said = in_a_child(lambda out: bring_up(book, out, partial(recording.watch, book.parent, **{blow: at}, **options)))
    try:
        found = [] if (now := face(book)) in (face(old.book), new) else ["neither the old book nor the new one"]
        found += ["said to be open, and is the old book"] if "end" in said and now != new else []
        found += ["the program fell over"] if options and not said else []
        found += bad_backups(book.parent / "data")
        with Store.open(book) as store:
            return found + store.check() + ([] if face(book) == new else ["does not become the new one"])
    except Exception as error:  # noqa: BLE001 - whatever it is, it is harm
        return [f"does not open: {error}"]


def steps(scratch: Path, pool: ProcessPoolExecutor, every: int) -> int:
    old = Shop(OLD, 0)
    book = old.copied(scratch / "step")

    def work(out: int) -> None:
        os.environ["CHERAGH_DATA"] = str(book.parent / "data")
        bring_up(book, out, partial(recording.watch, book.parent))
        os.write(out, str(recording.changes()).encode())

    last = int(in_a_child(work)[-1])
    new = face(book)
    bad = report("step, kills", pool.map(partial(stepped, old, new, scratch, {}), range(1, last + 1, every), chunksize=8))
    for how, (error, times, syncs) in REFUSALS.items():
        options = {"times": times, "error": error, "syncs": syncs}
        some = range(1, last + 1, max(1, last // 80) * every)
        bad += report(f"step, {how}", pool.map(partial(stepped, old, new, scratch, options), some, chunksize=8))
    return bad


def points(shop: Shop, scratch: Path) -> int:
    """How many changes twenty sales make on the disk."""
    book = shop.copied(scratch / "count")

    def work(out: int) -> None:
        at_work(book, out, partial(recording.watch, book.parent))
        os.write(out, str(recording.changes()).encode())

    return int(in_a_child(work)[-1])


def power_cuts(shop: Shop, scratch: Path, count: int, seed: int) -> Iterator[list[str]]:
    folder, log = scratch / "recorded", scratch / "log"
    book = shop.copied(folder)
    before = {book.name: book.read_bytes()}

    def work(out: int) -> None:
        os.environ["CHERAGH_DATA"] = str(folder / "data")
        recording.watch(folder, log=log)
        with Store.open(book) as store:
            sell(store, recording.said, rest=True)
        os.write(out, b"end")

    assert in_a_child(work) == ["end"], "the recorded program did not end well"
    entries = recording.entries(log)
    state = scratch / "cut"
    for cut in cuts(entries, folder, before, count=count, seed=seed):
        shutil.rmtree(state, ignore_errors=True)
        cut.lay(state)
        yield faults(state / book.name, cut.said, shop) + bad_backups(state / "data")


def demo(scratch: Path) -> Shop:
    book = scratch / "demo" / "shop.cheragh"
    write_demo(book, months=1, until=DAY)
    with Store.open(book) as store, store.reading() as s:
        return Shop(book, s.connection().exec_driver_sql("SELECT count(*) FROM sale").scalar() or 0)


def report(name: str, blows: Iterable[list[str]]) -> int:
    """Prints how a drill went; how many of its blows did harm."""
    begun, harm, all_blows = time.perf_counter(), Counter[str](), 0
    bad = 0
    for found in blows:
        all_blows += 1
        bad += bool(found)
        harm.update(found)
    print(f"{name:<24}{all_blows:>6} blows {bad:>4} did harm {time.perf_counter() - begun:6.0f} s", flush=True)
    for sentence, times in harm.most_common(5):
        print(f"{'':18}{times:>6} x {sentence}")
    return bad


def main() -> int:
    """Every drill; 0 if no blow did harm."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cuts", type=int, default=1000, help="how many power cuts")
    options.add_argument("--seed", type=int, default=1, help="where and how they fall")
    options.add_argument("--step", action="store_true", help="only the step from the first schema")
    options.add_argument("--every", type=int, default=1, help="kill at every n-th change only")
    asked = options.parse_args()
    recording.under_the_shim()
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a real disk's waiting for syncs tests nothing here
    with tempfile.TemporaryDirectory(prefix="cheragh-", dir=place) as folder, ProcessPoolExecutor(2, get_context("fork")) as pool:
        scratch = Path(folder)
        os.environ["CHERAGH_DATA"] = str(scratch / "data")
        bad = steps(scratch, pool, asked.every)
        if asked.step:
            return 1 if bad else 0
        shop = demo(scratch)
        last = points(shop, scratch)
        bad += report("kills", pool.map(partial(killed, shop, scratch), range(1, last + 1, asked.every), chunksize=8))
        bad += report("power cuts", power_cuts(shop, scratch, asked.cuts, asked.seed))
        for how in REFUSALS:
            some = range(1, last + 1, max(1, last // 80) * asked.every)
            bad += report(how, pool.map(partial(refused, shop, scratch, how), some, chunksize=8))
    print(f"{bad} blows did harm." if bad else "No acknowledged sale lost, no half document, no wrong sum, no broken link.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
