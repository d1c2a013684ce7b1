"""A paper on the disk: whole or not there, and a sentence when the disk is in the way."""

import os

import pytest

from desktop.reports.files import put
from desktop.store import NoRoom, Trouble


def test_a_file_is_there_whole_and_nothing_else(tmp_path):
    put(tmp_path / "report.pdf", b"paper")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"report.pdf": b"paper"}


def test_a_full_disk_keeps_the_old_file_and_says_so(tmp_path, monkeypatch):
    put(tmp_path / "report.pdf", b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom, match=r"report\.pdf"):
        put(tmp_path / "report.pdf", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"report.pdf": b"old"}


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(Trouble, match=r"report\.pdf"):
        put(tmp_path / "gone" / "report.pdf", b"paper")


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path):
    (tmp_path / "report.pdf").mkdir()

    with pytest.raises(Trouble, match=r"report\.pdf"):
        put(tmp_path / "report.pdf", b"paper")
