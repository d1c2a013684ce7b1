"""Large plain text goes another, faster way to the very same cells."""

import numpy as np
import pytest

from desktop.shop.importing import delimited
from desktop.shop.importing.delimited import Delimited

LINES = "".join(f"{n},چای {n % 7},{n * 1000}\n" for n in range(400))
FILES = {
    "a header": ("شماره,کالا,مبلغ\n" + LINES).encode(),
    "no header": LINES.encode(),
    "a mark at the start": ("شماره,کالا,مبلغ\n" + LINES).encode("utf-8-sig"),
    "a mark and no header": LINES.encode("utf-8-sig"),
    "Windows lines": ("شماره,کالا,مبلغ\r\n" + LINES.replace("\n", "\r\n")).encode(),
    "old Mac lines": ("شماره,کالا,مبلغ\r" + LINES.replace("\n", "\r")).encode(),
    "no last line break": ("شماره,کالا,مبلغ\n" + LINES).encode()[:-1],
    "a quoted header of two lines": ('"شماره\nفاکتور",کالا,مبلغ\n' + LINES).encode(),
    "quotes in the middle": ("شماره,کالا,مبلغ\n" + LINES + '7,"چای\nسبز",9\n' + LINES).encode(),
    "blank lines": ("شماره,کالا,مبلغ\n" + LINES + "\n\n" + LINES).encode(),
    "a short line": ("شماره,کالا,مبلغ\n" + LINES + "8,قند\n" + LINES).encode(),
    "Windows' Persian": ("شماره,کالا,مبلغ\n" + LINES.replace("ی", "ي")).encode("cp1256"),
}


def cells(path, first):
    rows = []
    for block in Delimited(path).blocks(first, 3, [0, 1, 2]):
        columns = [np.array(words, object)[np.frombuffer(codes, "<i4")] for words, codes in zip(block.words, block.codes, strict=True)]
        rows += zip(*(column.tolist() for column in columns), strict=True)
    return rows


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("first", [0, 1])
def test_the_fast_way_finds_the_same_cells(tmp_path, monkeypatch, name, first):
    path = tmp_path / "file.csv"
    path.write_bytes(FILES[name])
    plain = cells(path, first)
    monkeypatch.setattr(delimited, "FAST_FROM", 0)
    monkeypatch.setattr(delimited, "PIECE", 3000)

    assert cells(path, first) == plain
    assert len(plain) >= 399
