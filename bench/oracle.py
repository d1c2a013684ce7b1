"""Every number of many nasty shops, by the program and by the oracle: `python bench/oracle.py [--books 500] [--shrink]`.

Prints how many figures were compared, how many agreed, and what differed by kind; the known kinds stand in
`tests/oracle/known.py`. With ``--shrink`` the first shop with a new difference is made as small as it goes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from desktop.store import Store
from desktop.values.writing import Writing, use_writing
from tests.oracle import shops
from tests.oracle.tally import Tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=500)
    parser.add_argument("--asks", type=int, default=4, help="questions a book")
    parser.add_argument("--shrink", action="store_true")
    options = parser.parse_args()
    use_writing(Writing(language="en"))
    tally, new, began = Tally(), Counter(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        stores = {calendar: _empty(Path(folder), calendar) for calendar in shops.CALENDARS}
        phases = [Phase.generate, Phase.shrink] if options.shrink else [Phase.generate]

        @settings(
            max_examples=options.books, deadline=None, derandomize=True, database=None, phases=phases, report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(shops.books, st.lists(shops.asks(), min_size=options.asks, max_size=options.asks))
        def agree(book, asked):
            differing = shops.lived(stores[book[0]], book, lambda store: tally.differing(store, asked))
            for name, sentence in differing:
                if not new[name]:
                    print(f"NEW {sentence}", flush=True)
                new[name] += 1
            assert not (differing and options.shrink), differing[0][1]

        agree()
        for store in stores.values():
            store.close(backup=False)
    print(f"{tally.books} books, {tally.compared:,} figures, {tally.agreed:,} agreed; {time.perf_counter() - began:.0f} s")
    for kind, n in tally.kinds.most_common():
        print(f"  {n:7,} {kind or 'NEW'}")
    for name, n in new.most_common():
        print(f"  {n:7,} NEW {name}")
    return 1 if new else 0


def _empty(folder: Path, calendar: str) -> Store:
    store = Store.create(folder / f"{calendar}.cheragh", currency=shops.CALENDARS[calendar], calendar=calendar)
    shops.furnish(store)
    return store


if __name__ == "__main__":
    raise SystemExit(main())
