import sys

from desktop.values import places
from desktop.values.places import place


def test_in_a_checkout_files_lie_beside_the_package():
    assert place("i18n", "fa.po").is_file()


def test_in_a_wheel_files_lie_inside_the_package(monkeypatch, tmp_path):
    (tmp_path / "_i18n").mkdir()
    (tmp_path / "_resources").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path)

    assert place("i18n", "fa.mo") == tmp_path / "_i18n" / "fa.mo"
    assert place("resources", "fonts", "a.ttf") == tmp_path / "_resources" / "fonts" / "a.ttf"


def test_in_a_frozen_program_files_lie_where_it_was_unpacked(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert place("resources", "fonts") == tmp_path / "resources" / "fonts"
