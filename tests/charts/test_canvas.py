import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from desktop.charts import PAPER, Bars, Bridge, Bullet, Canvas, Heat, Level, Palette, Ranks, Trend
from desktop.charts.canvas import contrast
from desktop.charts.shares import draw_lamp
from desktop.charts.trend import draw_spark
from desktop.values.digits import plain
from desktop.values.unit import Unit

WHOLE = QRectF(0, 0, 600, 240)
MONTHS = ("الف", "ب", "پ", "ت")
FIGURES = (
    Bars((3e7, 5e7, None, 0), MONTHS, exact=MONTHS, second=(1e7, 2e7, None, 0), levels=(Level(4e7, ""), Level(6e7, "pace", 2)), best=1),
    Bars((-3e7, -5e7), ("a", "b")),
    Bars((), ()),
    Trend((0.2, None, 0.4, 0.3), MONTHS, Unit.SHARE),
    Trend((None, None), ("a", "b"), Unit.MONEY),
    Bridge((("a", 100.0, True), ("b", -40.0, False), ("c", 60.0, True))),
    Heat(("a", "b"), ("0", "1"), ((1.0, 0.4), (1.0, None)), (("100", "40"), ("100", "")), frozenset({(0, 1)})),
    Ranks((("a", 120, "120"), ("b", 0, "0")), highest=44, inset=0, fading=0.17),
    Ranks((("a", 3.0, "3"), ("b", -1.0, "-1"))),
    Bullet(0.7, 0.9),
)


def paint(pen, rect, figure, *, rtl):
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    figure.draw(Canvas(pen, PAPER, rtl), rect)


def mark_at(figure, x, *, rtl):
    return figure.plot(Canvas(QPainter(), PAPER, rtl), WHOLE).mark(x)


def count(image, colour):
    """How many pixels are of exactly this colour."""
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))


def middle_of(image, colour):
    """The mean x of the pixels of this colour."""
    wanted = QColor(colour).rgb()
    found = [x for x in range(image.width()) for y in range(0, image.height(), 4) if image.pixel(x, y) == wanted]
    return sum(found) / len(found)


@pytest.mark.parametrize("rtl", [True, False])
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: type(figure).__name__)
def test_every_figure_leaves_a_mark_on_any_painter(picture, figure, rtl):
    image = picture(lambda pen: paint(pen, WHOLE, figure, rtl=rtl))

    assert image != picture(lambda pen: None)


def test_time_runs_as_one_reads(picture):
    growing = Bars((1e7, 1e7, 9e7, 9e7), ("",) * 4)

    persian = picture(lambda pen: paint(pen, WHOLE, growing, rtl=True))
    english = picture(lambda pen: paint(pen, WHOLE, growing, rtl=False))

    assert middle_of(persian, PAPER.accent) < 300 < middle_of(english, PAPER.accent)


@pytest.mark.parametrize("rtl", [True, False])
def test_the_names_of_the_lines_stand_above_the_bars_and_beside_each_other(picture, monkeypatch, rtl):
    """They lay on the newest bars, and on each other where the lines lie close together."""
    drawn, draw = {}, Canvas.text

    def text(self, rect, words, **more):
        drawn[plain(words)] = (rect, draw(self, rect, words, **more))
        return drawn[plain(words)][1]

    monkeypatch.setattr(Canvas, "text", text)
    figure = Bars((4.6e7, 4.4e7), ("", ""), levels=(Level(4.5e7, "pace"), Level(4.4e7, "needed", 1)))
    picture(lambda pen: paint(pen, WHOLE, figure, rtl=rtl))

    (pace, wide), (needed, _), (top, _) = drawn["pace"], drawn["needed"], drawn["۶"]
    assert max(pace.bottom(), needed.bottom()) <= top.center().y()
    assert abs(needed.right() - pace.right()) > wide if rtl else abs(needed.left() - pace.left()) > wide


@pytest.mark.parametrize("rtl", [True, False])
def test_the_mouse_finds_the_bar_that_is_drawn_there(picture, rtl):
    figure = Bars((1e7, 2e7, 3e7, 4e7, 5e7), ("",) * 5)

    for i in range(5):
        only = Bars(tuple(9e7 if j == i else 0 for j in range(5)), ("",) * 5)
        at = middle_of(picture(lambda pen, only=only: paint(pen, WHOLE, only, rtl=rtl)), PAPER.accent)
        assert mark_at(figure, at, rtl=rtl) == i


def test_beside_the_bars_there_is_none(application):
    assert mark_at(Bars((1.0,), ("",)), 599 + 50, rtl=False) == -1


def test_a_closed_day_is_dim_and_a_loss_hangs_down(picture):
    image = picture(lambda pen: paint(pen, WHOLE, Bars((5e7, 5e7), ("", ""), quiet=frozenset({1})), rtl=False))
    assert count(image, PAPER.dim) > 100

    down = picture(lambda pen: paint(pen, WHOLE, Bars((-5e7, 5e7), ("", "")), rtl=False))
    wanted = QColor(PAPER.accent).rgb()
    left = [y for y in range(240) if down.pixel(170, y) == wanted]
    right = [y for y in range(240) if down.pixel(450, y) == wanted]
    assert min(left) > max(right)


def test_a_spark_needs_two_values(picture):
    empty = picture(lambda pen: None)

    assert picture(lambda pen: draw_spark(Canvas(pen, PAPER, rtl=True), QRectF(10, 10, 100, 30), (None, 5), lit=True)) == empty
    assert picture(lambda pen: draw_spark(Canvas(pen, PAPER, rtl=True), QRectF(10, 10, 100, 30), (5, 5), lit=True)) != empty


def test_lamps_differ_in_shape_not_only_in_colour(picture):
    """Printed in grey, or seen by someone who cannot tell amber from grey, the four must still differ."""
    grey = Palette(*(["#444444"] * 2), "#dddddd", "#ffffff", "#444444", *(["#444444"] * 5))

    def look(light):
        return picture(lambda pen: draw_lamp(Canvas(pen, grey, rtl=True), QPointF(300, 120), light, 12))

    looks = [look(light) for light in ("on", "dim", "grey", "off")]

    assert all(a != b for i, a in enumerate(looks) for b in looks[:i])


def test_the_pace_notch_stands_where_an_even_walk_would_be(picture):
    bar = QRectF(0, 100, 600, 6)
    image = picture(lambda pen: paint(pen, bar, Bullet(0.2, 0.5), rtl=True))

    assert image.pixel(300, 103) == QColor(PAPER.ink).rgb()
    assert image.pixel(590, 103) == QColor(PAPER.accent).rgb()
    assert image.pixel(10, 103) == QColor(PAPER.line).rgb()


def test_contrast_is_that_of_the_guideline():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
