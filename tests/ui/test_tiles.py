"""A tile: lamp, number, fair comparison, trend and target; a real button that the keyboard and a screen reader find."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from desktop import kpi
from desktop.charts.canvas import Canvas, contrast
from desktop.kpi.kpi import Aim, Answer, Lamp
from desktop.ui.moves import move
from desktop.ui.theme import theme, use_theme
from desktop.ui.tiles import HEIGHT, LAMPS, Tile
from desktop.values.period import Period
from desktop.values.text import tr
from tests.ui.keys import press

MONTH, BEFORE = Period.parse("1405-08"), Period.parse("1405-07")


def answer(key="revenue", value=1_827_000_000, previous=1_707_000_000, lamp=Lamp.ON, **more):
    trend = tuple((month, value and value * (8 + at % 3) / 10) for at, month in enumerate(MONTH.months(12, "jalali")))
    made = Answer(key, value, previous, 120, 120, None, None, None, lamp, "چون چنین است", MONTH, BEFORE, trend=trend)
    return dataclasses.replace(made, **more)


@pytest.fixture
def tile(shown):
    def made(key="revenue", second="", *, said=None, compact=False, width=270):
        found = Tile(key, second, compact=compact)
        found.setFixedSize(width, HEIGHT)
        found.compare(("از همین موقعِ ماه قبل", "از ماه قبل"), yearly=False)
        if said is not None:
            found.show_answer(said)
        return shown(found)

    return made


def colours(picture, left=0, right=None):
    """Which of the theme's colours are on the picture between two columns of pixels."""
    right = picture.width() if right is None else right
    seen = {picture.pixelColor(x, y).name() for x in range(left, right) for y in range(picture.height())}
    return {name for name in ("accent", "good", "bad", "ink") if QColor(getattr(theme(), name)).name() in seen}


@pytest.mark.parametrize(("width", "amount"), [(180, 2_890_544_968), (270, 2_890_544_968), (180, 5_564_100)])
def test_a_narrow_tile_gives_up_its_trend_before_its_unit(tile, monkeypatch, width, amount):
    """289.1 stood there for 289.1 million."""
    written, draw = [], Canvas.text
    monkeypatch.setattr(Canvas, "text", lambda self, rect, text, **more: written.append(text) or draw(self, rect, text, **more))
    tile(said=answer(value=amount), width=width).grab()

    assert kpi.BY_KEY["revenue"].unit.tile(amount)[1] in written


def test_a_shop_that_has_just_begun_has_no_flat_trend(tile):
    months = MONTH.months(12, "jalali")
    shown = tile(said=answer(trend=tuple((month, 0) for month in months)))
    flat = shown.grab().toImage()
    shown.show_answer(answer(trend=tuple((month, value) for month, value in zip(months, (*[0] * 11, 5), strict=True))))
    begun = shown.grab().toImage()
    shown.show_answer(answer(trend=tuple((month, value) for month, value in zip(months, (*[0] * 10, 3, 5), strict=True))))

    assert flat == begun != shown.grab().toImage()


def test_the_few_days_of_a_running_month_are_no_fall(tile):
    """Every month would begin with an owner's fright."""
    months = MONTH.months(12, "jalali")
    running = Period(MONTH.start, MONTH.start.replace(day=MONTH.start.day + 3))
    over = tuple((month, 100 + at) for at, month in enumerate(months[:-1]))
    shown = tile(said=answer(trend=over))
    before = shown.grab().toImage()
    shown.show_answer(answer(trend=(*over, (running, 4))))

    assert shown.grab().toImage() == before


def test_a_growth_tile_is_called_after_its_span(tile):
    shown = tile("sales_growth", said=answer("sales_growth", 0.1, 0.2, period=Period.parse("1405")))

    assert "رشد فروش سالانه" in shown.accessibleName()


@pytest.mark.parametrize("light", list(Lamp))
def test_each_lamp_is_drawn_differently_and_named_for_a_screen_reader(tile, light):
    shown = tile(said=answer(lamp=light))

    picture = shown.grab(shown.rect().adjusted(shown.width() - 32, 6, -6, -HEIGHT + 30)).toImage()
    others = {}
    for other in Lamp:
        shown.show_answer(answer(lamp=other))
        others[other] = shown.grab(shown.rect().adjusted(shown.width() - 32, 6, -6, -HEIGHT + 30)).toImage()
    assert [other for other, one in others.items() if one == picture] == [light]
    shown.show_answer(answer(lamp=light))
    assert tr(LAMPS[light]) in shown.accessibleName()


def test_a_screen_reader_hears_name_number_and_rule_without_marks(tile):
    shown = tile(said=answer())

    assert shown.accessibleName() == "فروش خالص (درآمد): ۱۸۲٬۷۰۰٬۰۰۰ تومان، " + tr("lamp on") + "؛ " + tr("up {change}", change="۷٫۰٪")
    assert shown.accessibleDescription() == "چون چنین است"
    assert "چون چنین است" in shown.toolTip()
    assert not any(mark in shown.accessibleName() for mark in "\u2066\u2067\u2068\u2069")


def test_better_is_green_and_up_worse_is_red_and_down(window):
    up, down = answer(), answer(previous=2_000_000_000)
    revenue, churn = kpi.BY_KEY["revenue"], kpi.BY_KEY["churn_rate"]

    assert move(revenue, up, up.previous)[1:] == (True, theme().good)
    assert move(revenue, down, down.previous)[1:] == (False, theme().bad)
    more_leave = answer("churn_rate", 0.3, 0.2)
    assert move(churn, more_leave, more_leave.previous)[1:] == (True, theme().bad)
    assert move(revenue, up, None).text == ""


def test_a_small_sample_shows_no_arrow(tile):
    shown = tile(said=answer("conversion_rate", 0.5, 0.9, Lamp.GREY, n=2))

    assert not {"good", "bad"} & colours(shown.grab().toImage())


def test_the_target_is_a_bar_along_the_lower_edge(tile):
    shown = tile(said=answer(aim=Aim(2_000_000_000, True, 0.9, 1_900_000_000, None)))
    edge = shown.grab(shown.rect().adjusted(10, HEIGHT - 9, -10, -2)).toImage()
    assert "accent" in colours(edge)

    shown.show_answer(answer())
    assert "accent" not in colours(shown.grab(shown.rect().adjusted(10, HEIGHT - 9, -10, -2)).toImage())


def test_an_unlit_tile_names_the_entry_that_lights_it(tile):
    dark = answer("nps", None, None, Lamp.OFF, why_null="هنوز کسی جواب نداده.", entry="nps", trend=())
    shown = tile("nps", said=dark)
    with_entry = shown.grab().toImage()

    shown.show_answer(dataclasses.replace(dark, entry=""))

    assert shown.grab().toImage() != with_entry
    assert "هنوز کسی جواب نداده." in shown.accessibleName()


def test_the_second_number_of_a_line_stands_in_its_last_row(tile):
    shown = tile("gross_profit", "gross_margin", said=answer("gross_profit"))
    alone = shown.grab().toImage()

    shown.show_answer(answer("gross_margin", 0.286, 0.298, Lamp.DIM))

    assert shown.grab().toImage() != alone
    assert "۲۸٫۶٪" in shown.accessibleName()
    assert shown.answer.key == "gross_profit"


def test_keys_click_it_and_the_focus_is_seen(tile):
    shown = tile(said=answer())
    clicks = []
    shown.clicked.connect(lambda: clicks.append(1))
    press("Return", "Enter", "Space")
    assert len(clicks) == 3

    with_focus = shown.grab().toImage()
    shown.clearFocus()
    QApplication.processEvents()
    assert shown.grab().toImage() != with_focus


def test_the_menu_key_and_the_right_button_ask_for_the_menu(tile):
    shown = tile(said=answer())
    asked = []
    shown.customContextMenuRequested.connect(asked.append)

    QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(50, 50)))

    assert asked == [QPoint(5, 5)]


def test_the_arrow_says_what_it_counts_from_as_long_as_there_is_room(tile):
    wide, narrow = tile(said=answer(), width=400), tile(said=answer(), width=200)

    assert wide.against[0] in ("از همین موقعِ ماه قبل",)
    assert wide.grab().toImage() != narrow.grab().toImage()


def test_a_trend_stays_until_a_new_one_comes(tile):
    shown = tile(said=answer())

    shown.show_answer(answer(trend=()))
    assert shown.answer.trend
    shown.show_answer(answer(trend=(), period=BEFORE))
    assert not shown.answer.trend


def test_before_the_first_answer_it_is_a_skeleton(tile):
    shown = tile()
    shown.clearFocus()

    assert not {"accent", "good", "bad"} & colours(shown.grab().toImage())


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_word_has_enough_contrast_on_its_ground(house, name):
    use_theme(name)
    worn, ground = theme(), QColor(theme().ground)
    card = QColor(worn.card)
    for ink in (worn.ink, worn.soft, worn.accent_ink, worn.good, worn.bad):
        assert contrast(QColor(ink), card) >= 4.5, ink
    assert contrast(QColor(worn.soft), ground) >= 4.5
    assert contrast(QColor(worn.accent_ink), QColor(worn.wash)) >= 4.5
    assert contrast(QColor(worn.on_accent), QColor(worn.accent)) >= 4.5
    use_theme("light")


def test_five_hundred_repaints_end_well(tile):
    """PySide6 6.12 lost a reference to None on nearly every void call on Python 3.11 and died after some dozens."""
    shown = tile("gross_profit", "gross_margin", said=answer("gross_profit"))
    shown.show_answer(answer("gross_margin", 0.286, 0.298, Lamp.DIM))
    for at in range(500):
        shown.show_answer(answer("gross_profit", 1_000_000 + at))
        shown.repaint()

    assert shown.answer.value == 1_000_499


def test_hovering_marks_its_edge(tile):
    shown = tile(said=answer())
    shown.clearFocus()
    QApplication.processEvents()
    plain_edge = shown.grab().toImage()
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Enter))

    assert shown.grab().toImage() != plain_edge
