"""How a window is put together."""

from desktop.ui.widgets import label


def test_numbers_alone_stand_where_reading_starts(window):
    from PySide6.QtCore import Qt

    assert label("▲ ۷٪").alignment() & Qt.AlignmentFlag.AlignRight
