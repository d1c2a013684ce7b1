"""`dev.py run`: a window where one can be, else files, with their paths printed."""

import shutil
import subprocess
import sys

import pytest

from build_scripts import check, show


@pytest.fixture(autouse=True)
def _no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have one")
def test_without_a_display_there_is_none():
    assert not show.display()


@pytest.mark.skipif(sys.platform != "linux", reason="displays with names")
def test_a_display_that_does_not_let_us_in_is_none(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)

    assert not show.display()


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_display_that_lets_us_in_is_one(monkeypatch):
    with check.on_screen() as environment:
        monkeypatch.setenv("DISPLAY", environment["DISPLAY"])
        monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)

        assert show.display()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems open the window")
def test_where_there_is_no_display_a_dashboard_and_a_report_are_written(tmp_path, capfd, monkeypatch):
    """A short shop here; the real command writes 24 months."""
    run = subprocess.run
    monkeypatch.setattr(
        show.subprocess, "run", lambda words, **more: run([*words, *(["--months", "2"] if "demo" in words else [])], **more)
    )
    assert show.main(tmp_path) == 0

    said = capfd.readouterr().out
    written = {path.suffix: path for path in tmp_path.iterdir() if path.suffix in (".png", ".pdf")}
    assert written[".png"].read_bytes().startswith(b"\x89PNG")
    assert written[".pdf"].read_bytes().startswith(b"%PDF")
    assert all(str(path) in said for path in tmp_path.glob("*.p*"))
    assert "There is no display here" in said
