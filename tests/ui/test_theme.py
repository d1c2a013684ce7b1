"""Light and dark, left and right, and our own typeface."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from desktop.charts.fonts import FAMILY
from desktop.ui.theme import at_start, icon, sheet, theme, use_theme
from desktop.values.places import place
from desktop.values.writing import Writing, use_writing


@pytest.fixture(autouse=True)
def _light_again(house):
    yield
    use_writing(Writing())
    use_theme("light")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_window_wears_the_theme_and_our_typeface(name):
    use_theme(name)

    assert theme().name == name
    assert QFontInfo(QApplication.font()).family() == FAMILY
    assert theme().ground in sheet()
    assert "$" not in sheet()


def test_sides_are_swapped_for_persian_and_not_for_english():
    use_theme("light")
    assert "border-left: 1px solid" in sheet()
    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert at_start() & Qt.AlignmentFlag.AlignRight

    use_writing(Writing(language="en"))
    use_theme("light")

    assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert at_start() & Qt.AlignmentFlag.AlignLeft
    assert "QWidget#side { background: #FBFAF7; border-right: 1px solid" in sheet()


@pytest.mark.parametrize("file", sorted(place("resources", "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_is_drawn_in_the_colour_asked_for(file):
    picture = icon(file.stem, "#ff0000", 24).pixmap(24, 24).toImage()
    drawn = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}

    assert len(drawn) > 1
    assert "#ff0000" in drawn or file.stem == "cheragh"
