import subprocess
import sys
from pathlib import Path

import pytest

from desktop.values.digits import plain

ROOT = Path(__file__).parents[2]

REPAINTS = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
from desktop.charts import PAPER, Trend
from desktop.charts.explore import LongTrend
from desktop.charts.fonts import install_fonts
from desktop.values.unit import Unit
install_fonts()
months = tuple(f"month {i}" for i in range(36))
view = LongTrend(PAPER, Trend(tuple(float(i % 7) * 1e7 for i in range(36)), months, Unit.MONEY, months), "trend", rtl=True)
view.resize(600, 300)
view.show()
for _ in range(500):
    view.viewport().repaint()
print("painted")
"""


def run(code):
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, env=environment())


def environment():
    import os

    return os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def test_five_hundred_repaints_end_well():
    """PySide 6.12 on Python 3.11 lost a reference to None at nearly every void call: the process died at repaint 72."""
    done = run(REPAINTS)

    assert (done.returncode, done.stdout.strip()) == (0, "painted"), done.stderr[-2000:]


def test_painting_needs_neither_pyqtgraph_nor_numpy():
    done = run("import sys, desktop.charts.view; print({'numpy', 'pandas', 'pyqtgraph'} & set(sys.modules))")

    assert done.stdout.strip() == "set()", done.stderr


@pytest.fixture
def trend(application):
    pytest.importorskip("pyqtgraph")
    from desktop.charts import PAPER, Trend
    from desktop.charts.explore import LongTrend
    from desktop.values.unit import Unit

    def made(*, rtl):
        names = tuple(f"month {i}" for i in range(24))
        view = LongTrend(PAPER, Trend(tuple(float(i) * 1e7 for i in range(24)), names, Unit.MONEY, names), "trend", rtl=rtl)
        view.resize(600, 300)
        view.show()
        return view

    return made


@pytest.mark.parametrize("rtl", [True, False])
def test_newest_stands_where_reading_ends(trend, rtl):
    view = trend(rtl=rtl)
    oldest, newest = (view.plotItem.vb.mapViewToScene(_point(at)).x() for at in (0, 23))

    assert (newest < oldest) == rtl


def test_reading_a_point_says_its_exact_value(trend):
    view = trend(rtl=True)
    view.read(7)
    assert view.accessibleDescription() == "month 7"

    view.read(99)
    assert view.accessibleDescription() == ""


def test_only_as_many_months_are_named_as_there_is_room_for(trend):
    names = trend(rtl=True)._names
    (every, places), = names.tickValues(23, 0, 500)  # fmt: skip
    assert [(every, places)] == names.tickValues(0, 23, 500)  # an axis that runs to the left asks from the other end

    assert every > 1
    assert len(places) * 84 <= 600
    assert plain(names.tickStrings(places, 1, 1)[-1]) == "month 23"


def _point(x):
    from PySide6.QtCore import QPointF

    return QPointF(x, 0)
