"""Tables: long names take a second line, what finds no room is counted, parts hold every row once."""

import pytest
from PySide6.QtGui import QImage, QPainter

from desktop.charts.fonts import install_fonts
from desktop.reports.paper import Sheet
from desktop.reports.tables import Field, Row, Table

FIELDS = (Field("Name", 3, number=False), Field("Net sales", 1, unit="toman"))


@pytest.fixture
def sheet(application):
    install_fonts()
    image = QImage(640, 1000, QImage.Format.Format_RGB32)
    pen = QPainter(image)
    yield Sheet(pen, 640, 1000, rtl=True)
    pen.end()


def table(sheet, *names):
    return Table(sheet, FIELDS, [Row((name, "1")) for name in names])


def test_a_name_over_two_lines_makes_its_row_higher(sheet):
    short, long = table(sheet, "a").rows[0], table(sheet, "name " * 40).rows[0]

    assert table(sheet).height(long) == table(sheet).height(short) + 17


def test_the_place_below_is_head_and_rows(sheet):
    filled = table(sheet, "a", "b", "c")

    assert filled.draw(100) == 100 + filled.head + sum(filled.height(row) for row in filled.rows)


def test_rows_stop_before_the_end_and_leave_room_for_their_count(sheet):
    filled = table(sheet, *map(str, range(50)))

    assert filled.draw(100, until=400) <= 400


@pytest.mark.parametrize("rows", [0, 1, 7, 100])
def test_parts_hold_every_row_once_and_fit(sheet, rows):
    filled = table(sheet, *("name " * (n % 40) for n in range(rows)))

    cut = filled.parts(200)

    assert [row for part in cut for row in part.rows] == list(filled.rows)
    assert all(part.draw(0) <= 200 for part in cut)


def test_an_even_paragraph_needs_no_more_lines_and_leaves_no_lone_word(sheet):
    text = "word " * 28

    assert sheet.lines(text, sheet.even(text, 18, 500), 18, 500) == sheet.lines(text, sheet.width, 18, 500) > 1
    assert sheet.even(text, 18, 500) < sheet.width
    assert sheet.even("word", 18, 500) == sheet.width
