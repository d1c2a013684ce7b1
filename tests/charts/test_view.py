import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.charts import PAPER, Bars
from desktop.charts.view import BarsView


@pytest.fixture
def view(application):
    made = BarsView(PAPER, "Sales day by day")
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.resize(600, 240)
    made.show_figure(Bars((1e7, 2e7, 3e7), ("", "", ""), exact=("first", "second", "third")))
    made.show()
    yield made
    made.close()


def test_the_arrow_keys_read_the_values_in_order_of_time(view):
    heard = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        heard.append(view.accessibleDescription())

    assert heard == ["first", "second", "first", "third", "third"]


def test_the_mouse_reads_the_bar_under_it_and_lets_go_when_it_leaves(view):
    QTest.mouseMove(view, QPoint(20, 120))
    assert view.accessibleDescription() == "third"

    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.accessibleDescription() == ""


def test_new_numbers_forget_what_was_read(view):
    QTest.keyClick(view, Qt.Key.Key_End)
    view.show_figure(Bars((5e7,), ("",), exact=("other",)))

    assert view.hover == -1
    assert view.accessibleDescription() == ""
