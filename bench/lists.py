"""A long list as a ratio to a short one: `python bench/lists.py [ROWS [SHORT]]` (1,000,000 and 10,000 sales when none are given).

From the press of a key to the painted rows, in the real table over the real store: first page, jump to the end, to the middle, sorted,
one changed row far down; the count and the sums are said apart. Then the memory over the empty model, in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

LONG, SHORT, TIMES, RATIO, MOST = 1_000_000, 10_000, 9, 1.5, 20  # MOST: MB


def main() -> int:
    if "--memory" in sys.argv:
        print(memory(Path(sys.argv[-1])))
        return 0
    many, few = (int(sys.argv[1]) if len(sys.argv) > 1 else LONG), (int(sys.argv[2]) if len(sys.argv) > 2 else SHORT)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHERAGH_DATA"] = str(Path(folder) / "data")
        from tests.ui.long_list import write_sales

        books = {count: Path(folder) / f"{count}.cheragh" for count in (few, many)}
        for count, book in books.items():
            write_sales(book, count).close(backup=False)
        walks = [measure(books[count]) for count in (few, many)]  # turn by turn, so that a busy machine is busy for both
        for _ in range(TIMES):
            found = [next(walk) for walk in walks]
        short, long = ({step: min(times) for step, times in one.items()} for one in found)
        for walk in walks:
            walk.close()
        worst = 0.0
        for step, before in short.items():
            ratio, apart = long[step] / before, step in ("the count", "the sums")
            worst = worst if apart else max(worst, ratio)
            print(f"{step:28} {before:7.1f} ms {long[step]:7.1f} ms  {ratio:5.2f} x{'  (apart)' if apart else ''}")
        over = float(subprocess.run([sys.executable, __file__, "--memory", books[many]], check=True, capture_output=True, text=True).stdout)
    print(f"aim: each within {RATIO} x; worst {worst:.2f} x")
    print(f"memory over the empty model: {over:.1f} MB of {MOST}")
    return int(worst > RATIO or over > MOST)


def opened(book: Path) -> tuple:
    """The sales of a book in a table, with nothing asked yet."""
    from PySide6.QtWidgets import QApplication

    from desktop.shop.things import LISTINGS
    from desktop.store import Store
    from desktop.ui.listed import ListModel
    from desktop.ui.tables import Table
    from desktop.ui.theme import use_theme
    from tests.ui.long_list import Lane

    qt = QApplication.instance() or QApplication([])
    use_theme("light")
    store = Store.open(book)
    lane = Lane(store)
    table = Table(ListModel(LISTINGS["sales"], None, lane))
    table.resize(1100, 640)
    table.show()
    return qt, lane, table


def measure(book: Path) -> Iterator[dict[str, list[float]]]:
    """What each step took so far, in ms, turn after turn."""
    from desktop.shop.lists import Filter
    from tests.ui.long_list import change_sale

    qt, lane, table = opened(book)
    model, bar = table.rows, table.verticalScrollBar()
    found: dict[str, list[float]] = {}

    def take(step, act) -> None:
        begun = time.perf_counter()
        act()
        found.setdefault(step, []).append((time.perf_counter() - begun) * 1000)

    def shown(act) -> None:
        """The act, the pages it needs, the picture; count and sums wait."""
        act()
        while lane.waiting:
            lane.answer()
            first, last = table.sight()
            if all(model.at(row) for row in range(first, last + 1)):
                break
        table.viewport().repaint()

    def jump(step: str, where: float) -> None:
        model.begin(Filter())  # the first page only is here
        lane.run()
        take(step, lambda: shown(lambda: bar.setValue(round(bar.maximum() * where))))

    try:
        for turn in range(TIMES):
            take("first page", lambda: shown(lambda: model.begin(Filter())))
            take("the count", lane.answer)
            take("the sums", lane.answer)
            lane.run()
            jump("jump to the end", 1)
            jump("jump to the middle", 0.4 + turn / 100)
            lane.run()
            change_sale(lane.store, model.at(table.sight()[0] + 3)[0], payment=("other", "cheque")[turn % 2])
            take("one changed row", lambda: shown(model.again))
            lane.run()
            take("sorted", lambda turn=turn: shown(lambda: model.begin(Filter(sort="day", descending=bool(turn % 2)))))
            lane.run()
            yield found
    finally:
        table.close()
        lane.store.close(backup=False)
        qt.processEvents()


def memory(book: Path) -> float:
    """How many MB the table with its pages takes more than the table without a row, after a walk through all of it."""
    from desktop.shop.lists import Filter

    qt, lane, table = opened(book)
    model, bar = table.rows, table.verticalScrollBar()
    model.begin(Filter(only=(("kind", "lump"),)))
    lane.run()
    for where in (0, 1, 0.5, 0.25):  # what SQLite and SQLAlchemy keep of their own is there before
        with lane.store.reading() as s:
            model.listing.page(s, Filter(), start=round(where * 900_000))
    before = resident()
    model.begin(Filter())
    lane.run()
    for step in range(21):
        bar.setValue(round(bar.maximum() * step / 20))
        lane.run()
        qt.processEvents()
    over = resident() - before
    lane.store.close(backup=False)
    return over


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
