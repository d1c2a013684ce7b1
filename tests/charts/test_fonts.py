import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from desktop.charts.fonts import FAMILY, font

pytestmark = pytest.mark.usefixtures("application")


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_bundled_typeface_is_what_qt_draws_with(weight):
    """A missing family falls back to another in silence."""
    assert QFontInfo(font(13, weight)).family() == FAMILY


def test_in_columns_all_digits_are_equally_wide():
    tabular, plain = QFontMetricsF(font(13, tabular=True)), QFontMetricsF(font(13))

    assert len({tabular.horizontalAdvance(digit) for digit in "۰۱۲۳۴۵۶۷۸۹"}) == 1
    assert len({plain.horizontalAdvance(digit) for digit in "۰۱۲۳۴۵۶۷۸۹"}) > 1
