"""A file of the program's on the disk: whole or not there, never in the place of a book or of a stranger's file."""

import os
import shutil
import zipfile

import pytest

from desktop.store import Trouble
from desktop.store.outputs import There, allow, laid, put
from desktop.values.text import Refused


def put_report(out, data, **how):
    put(out, data, "report", **how)


def inside(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_there_whole_and_nothing_else(tmp_path):
    put_report(tmp_path / "report.pdf", b"paper")

    assert inside(tmp_path) == {"report.pdf": b"paper"}


def test_a_full_disk_keeps_the_old_file_and_says_so(tmp_path, monkeypatch):
    put_report(tmp_path / "report.pdf", b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match=r"no room for .*report\.pdf"):
        put_report(tmp_path / "report.pdf", b"new", replace=True)

    assert inside(tmp_path) == {"report.pdf": b"old"}


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(Trouble, match="gone"):
        put_report(tmp_path / "gone" / "report.pdf", b"paper")


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path, replace):
    (tmp_path / "report.pdf").mkdir()

    with pytest.raises(Refused, match=r"report\.pdf"):
        put_report(tmp_path / "report.pdf", b"paper", replace=replace)


def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    put_report(tmp_path / "report.pdf", b"old")

    def fail():
        with laid(tmp_path / "report.pdf", "report", replace=True) as part:
            part.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert inside(tmp_path) == {"report.pdf": b"old"}


# Never a book, whatever it is called and whatever is said


@pytest.fixture
def book(template, tmp_path):
    return shutil.copy(template, tmp_path / "shop.cheragh")


@pytest.fixture
def names(book, tmp_path, monkeypatch):
    """Names that lead to the book: its own, a copy that lost its ending, links, a way round."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(book, tmp_path / "letter.pdf")
    (tmp_path / "soft.pdf").symlink_to(book)
    (tmp_path / "hard.pdf").hardlink_to(book)
    (tmp_path / "around").mkdir()
    return [book, "shop.cheragh", "letter.pdf", "soft.pdf", "hard.pdf", "around/../shop.cheragh"]


def test_a_book_is_never_written_over(names, tmp_path):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    for name in names:
        with pytest.raises(Refused) as said:
            put_report(tmp_path / name, b"paper", replace=True)
        assert not isinstance(said.value, There), name  # no yes of the person's helps

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("tail", ["", "-wal", "-shm", "-journal", ".lock", ".opener", ".part", ".CHERAGH"])
def test_what_belongs_to_a_book_is_never_written_over_nor_made(tmp_path, tail):
    """A stray write-ahead log beside a book would be taken for the book's own."""
    name = "shop.CHERAGH" if tail.isupper() else f"shop.cheragh{tail}"

    with pytest.raises(Refused, match="shop"):
        put_report(tmp_path / name, b"paper", replace=True)

    assert inside(tmp_path) == {}


@pytest.mark.parametrize("way", ["same", "soft", "hard"])
def test_a_file_being_read_is_never_written_over(tmp_path, way, in_english):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("date,total")
    {"same": lambda: None, "soft": lambda: out.symlink_to(source), "hard": lambda: out.hardlink_to(source)}[way]()

    with pytest.raises(Refused, match=r"being read"):
        allow(source if way == "same" else out, "refused", b"date", replace=True, reading=source)


# Another file


@pytest.mark.parametrize(
    "there",
    [
        b"a letter",
        b"%PDF-1.7 of another program",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04 broken",
        b"%PDF-1.6 /Creator (Cheragh) /Subject (rows)",
    ],
)
def test_a_strangers_file_stays_unless_the_person_says_that_it_goes(tmp_path, there):
    out = tmp_path / "letter.pdf"
    out.write_bytes(there)

    with pytest.raises(There):
        put_report(out, b"paper")
    assert inside(tmp_path) == {"letter.pdf": there}

    put_report(out, b"paper", replace=True)
    assert inside(tmp_path) == {"letter.pdf": b"paper"}


@pytest.mark.parametrize("there", [b"", b"%PDF-1.6 /Creator (Cheragh) /Subject (report)", b"\x89PNG\r\n\x1a\n tEXtCreator\0Cheragh report"])
def test_an_empty_file_and_one_of_ours_are_replaced(tmp_path, there):
    (tmp_path / "letter.pdf").write_bytes(there)

    put_report(tmp_path / "letter.pdf", b"paper")

    assert inside(tmp_path) == {"letter.pdf": b"paper"}


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("<dc:creator>Cheragh</dc:creator><cp:category>report</cp:category>", True),
        ("<dc:creator>Cheragh</dc:creator><cp:category>rows</cp:category>", False),
        ("<dc:creator>Sara</dc:creator><cp:category>report</cp:category>", False),
    ],
)
def test_a_workbook_is_known_by_creator_and_kind(tmp_path, said, ours):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as parts:
        parts.writestr("docProps/core.xml", said)

    if ours:
        assert allow(tmp_path / "a.xlsx", "report") == tmp_path / "a.xlsx"
    else:
        with pytest.raises(There):
            allow(tmp_path / "a.xlsx", "report")


def test_a_table_is_known_by_exactly_its_header(tmp_path):
    out = tmp_path / "a.csv"
    for there in ("day,amount,note\r\n1,2,3\r\n", "day,amoun\r\n", "day;amount\r\n"):
        out.write_text(there)
        with pytest.raises(There):
            allow(out, "rows", b"day,amount\r\n")
    out.write_bytes(b"day,amount\r\n1,2\r\n")

    assert allow(out, "rows", b"day,amount\r\n") == out


def test_a_link_to_an_old_file_stays_a_link(tmp_path):
    (tmp_path / "real.pdf").write_bytes(b"")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")

    put_report(tmp_path / "link.pdf", b"paper")

    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"paper"
