"""What goes into the frozen program."""

from pathlib import Path

import pytest

from build_scripts.contents import _is_library, qt_support, wanted

QT = "PySide6/Qt/plugins/"


@pytest.mark.parametrize("path", [
    QT + "platforms/libqxcb.so", QT + "platforms/libqoffscreen.so", "PySide6/plugins/platforms/qwindows.dll",
    QT + "printsupport/libcupsprintersupport.so", QT + "imageformats/libqsvg.so", "PySide6/Qt/translations/qtbase_fa.qm",
    "PySide6/QtCore.abi3.so", "resources/fonts/Vazirmatn-Regular.ttf", "i18n/fa.mo", "pandas/_libs/hashtable.so",
])  # fmt: skip
def test_what_the_program_uses(path):
    assert wanted(path)
    assert wanted(path.replace("/", "\\"))


@pytest.mark.parametrize("path", [
    QT + "platformthemes/libqgtk3.so", QT + "imageformats/libqwebp.so", QT + "networkinformation/libqglib.so",
    "PySide6/Qt/translations/qtbase_de.qm", "PySide6/Qt/translations/qtdeclarative_fa.qm", "PySide6/opengl32sw.dll", "libreadline.so.8",
    "pandas/tests/io/data/x.csv", "desktop/py.pyi",
])  # fmt: skip
def test_what_it_does_not(path):
    assert not wanted(path)


@pytest.mark.parametrize(("place", "library"), [
    ("PySide6/Qt6Core.dll", True), ("python313.dll", True), ("numpy.libs/libscipy_openblas64_.dll", True), ("libpython3.11.so.1.0", True),
    ("_socket.pyd", False), ("PySide6/QtCore.pyd", False), ("PySide6/plugins/platforms/qwindows.dll", False),
    ("pypdfium2_raw/pdfium.dll", False), ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
])  # fmt: skip
def test_what_is_loaded_by_its_path_is_not_left_to_those_who_ask_for_it(place, library):
    assert _is_library(place) == library
    assert _is_library(place.replace("/", "\\")) == library


def test_the_modules_of_qt_are_compiled_alike_in_every_folder(tmp_path):
    first, second = (qt_support(tmp_path / name) for name in "ab")

    assert "shiboken6/files.dir/shibokensupport/signature/loader.pyc" in [place for place, _, _ in first]
    assert [Path(file).read_bytes() for _, file, _ in first] == [Path(file).read_bytes() for _, file, _ in second]
