"""Random shops in random styles, many of them: `python bench/styles.py [EXAMPLES]`.

It prints the smallest file that is read wrong in silence.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from hypothesis import HealthCheck, given, settings  # noqa: E402

from desktop.shop.importing import reader  # noqa: E402
from desktop.store import Store  # noqa: E402
from tests.shop.importing import strangers  # noqa: E402


def main(examples: int) -> int:
    """1 if any file was read otherwise than it was meant, and nothing was said."""
    with tempfile.TemporaryDirectory() as at, patch.object(reader, "_start", strangers.InThread):
        folder = Path(at)
        book = Store.create(folder / "book.cheragh")

        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(strangers.shops(), strangers.styles())
        def read(shop, style):
            shop = strangers.fitting(shop, style)
            found = strangers.silent_difference(book, strangers.write(folder, shop, style), shop)
            if found:
                rows = "\n".join("\t".join(map(str, row)) for row in strangers.rows_of(shop, style))
                raise AssertionError(f"{found}\n{rows}\n{style}")

        try:
            read()
        except AssertionError as wrong:
            print(wrong)
            return 1
        finally:
            book.close(backup=False)
    print(f"{examples} files: right, asked or refused")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000))
