"""Large plain text goes another, faster way to the very same cells."""

import numpy as np
import pytest

from desktop.shop.importing import delimited
from desktop.shop.importing.blocks import NUMBER, Words, blocks_of
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
    "empty cells": ("شماره,کالا,مبلغ\n" + LINES + ",,5\n7,,\n,,\n" + LINES).encode(),
    "words of every length": ("شماره,کالا,مبلغ\n" + "".join(f"{'ab' * n},{'x' * 8 * (n % 5)},{n}{'0' * n}\n" for n in range(90))).encode()
    * 5,
    "words that differ late": (
        "شماره,کالا,مبلغ\n" + "".join(f"12345678{n % 3},{'آ' * 8}{n % 5},{'y' * 63}{n % 4}\n" for n in range(450))
    ).encode(),
    "Windows' Persian": ("شماره,کالا,مبلغ\n" + LINES.replace("ی", "ي")).encode("cp1256"),
}


def cells(path, first):
    return in_rows(Delimited(path).blocks("", first, 3, [0, 1, 2]))


def in_rows(blocks):
    rows, met = [], {}
    for block in blocks:
        for at, words in enumerate(block.words):
            met.setdefault(at, []).extend(words)
        codes = [np.frombuffer(one, "<i4").tolist() for one in block.codes]
        rows += zip(*([met[at][code] for code in column] for at, column in enumerate(codes)), strict=True)
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


def test_true_is_not_1():
    rows = [(True,), (1,), (1.0,), (False,), (0,), ("TRUE",)]

    found = in_rows(blocks_of(iter(rows), 1, [0], [Words()], lambda: 1.0))

    assert found == [("TRUE",), ([NUMBER, "1"],), ([NUMBER, "1"],), ("FALSE",), ([NUMBER, "0"],), ("TRUE",)]
