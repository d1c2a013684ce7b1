"""How a number moved, seen and heard; no triangle depends on a font that the computer may not have."""

from PySide6.QtGui import QColor, QFontMetricsF

from desktop.charts.fonts import font
from desktop.ui.moves import Move, MoveLabel
from desktop.ui.theme import theme
from desktop.values.text import tr


def picture(shown, moved):
    label = shown(MoveLabel(moved))
    return label.grab().toImage(), label


def reds(image, top, bottom):
    return sum(image.pixelColor(x, y) == QColor(theme().bad) for x in range(image.width()) for y in range(top, bottom))


def test_a_fall_points_down_and_a_rise_up(shown):
    down, _ = picture(shown, Move("", False, theme().bad))
    up, _ = picture(shown, Move("", True, theme().bad))
    middle = down.height() // 2

    assert reds(down, 0, middle) > reds(down, middle, down.height())
    assert reds(up, 0, middle) < reds(up, middle, up.height())


def test_who_does_not_see_the_triangle_hears_it(shown):
    _, label = picture(shown, Move("۷٪", True, theme().good))
    assert label.accessibleName() == tr("up {change}", change="۷٪")
    assert Move("۷٪", False, "").said == tr("down {change}", change="۷٪")
    assert Move(tr("no change")).said == tr("no change")


def test_what_cannot_be_said_takes_no_room():
    assert Move().width() == 0
    assert Move("۷٪", True).width() > Move("۷٪").width() > 0


def test_no_sentence_needs_a_letter_our_typeface_lacks():
    """On a bare Linux there is no other font: the triangles were empty boxes there."""
    from desktop.values.text import sentences

    metrics = QFontMetricsF(font(13))
    for code in ("fa", "en"):
        letters = set("".join(text for text in sentences(code)._catalog.values() if isinstance(text, str)))
        missing = sorted(one for one in letters if one.isprintable() and not metrics.inFontUcs4(ord(one)))
        assert missing == []
