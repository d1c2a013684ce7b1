"""How it looks: Fusion, one palette, one style sheet, light and dark; icons in the theme's ink."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from math import ceil
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.charts import Palette
from desktop.charts.fonts import FAMILY, font, install_fonts
from desktop.values.places import place
from desktop.values.text import language

THEMES = ("system", "light", "dark")
TEXT = 13  # px of ordinary text


@dataclass(frozen=True)
class Theme(Palette):
    """The window's colours, which charts are drawn with too."""

    name: str = ""
    ground: str = ""
    side: str = ""
    hover: str = ""


LIGHT = Theme(
    "#26231E", "#6B665C", "#E6E2D9", "#FFFFFF", "#E09B12", "#8A5A00", "#FBF0D8", "#1B7A4B", "#B23A2B", "#CFC9BC",
    name="light", ground="#F5F3EE", side="#FBFAF7", hover="#F0EDE6",
)  # fmt: skip
DARK = Theme(
    "#ECE9E2", "#A8A296", "#303238", "#1F2125", "#F0B03A", "#F3C264", "#37301F", "#5FC48F", "#F0897B", "#55575E",
    name="dark", ground="#16171A", side="#1A1B1F", hover="#282A2F",
)  # fmt: skip

_theme = LIGHT


def theme() -> Theme:
    """The colours in use."""
    return _theme


def use_theme(name: str) -> None:
    """``light``, ``dark`` or ``system``: every window wears it, in today's language's direction.

    Raises:
        RuntimeError: Qt would draw with another typeface than ours.
    """
    global _theme
    if name == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    _theme = DARK if name == "dark" else LIGHT
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    install_fonts()
    if not application.styleSheet():
        application.setStyle("Fusion")
    application.setFont(font(TEXT))
    if QFontInfo(application.font()).family() != FAMILY:  # a missing family falls back in silence
        raise RuntimeError(QFontInfo(application.font()).family())
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl() else Qt.LayoutDirection.LeftToRight)
    application.setPalette(_palette(_theme))
    if (dress := sheet()) != application.styleSheet():  # putting one on takes a fifth of a second
        application.setStyleSheet(dress)
        icon.cache_clear()


def rtl() -> bool:
    """Whether today's language is read from right to left."""
    return language() == "fa"


def at_start() -> Qt.AlignmentFlag:
    """Physical alignment where reading starts; a logical one is turned round again by Qt while it paints."""
    side = Qt.AlignmentFlag.AlignRight if rtl() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def onward(*, back: bool = False) -> str:
    """The chevron that points where reading goes, or ``back``."""
    return "chevron-left" if rtl() != back else "chevron-right"


def sheet() -> str:
    """The style sheet; sides are filled in by direction, because Qt does not mirror them."""
    start, end = ("right", "left") if rtl() else ("left", "right")
    return Template(place("resources", "themes", "window.qss").read_text("utf-8")).substitute(
        asdict(_theme), start=start, end=end,
        accent_hover=QColor(_theme.accent).lighter(108).name(), toast_link=(LIGHT if _theme is DARK else DARK).accent_ink,
        chevron=place("resources", "themes", f"chevron-{_theme.name}.svg").as_posix(),
        check=place("resources", "themes", "check.svg").as_posix(),
    )  # fmt: skip


@lru_cache(maxsize=256)
def icon(name: str, colour: str = "", px: int = 20) -> QIcon:
    """A Lucide icon in ``colour`` (default: the theme's ink), crisp on every screen there is."""
    made = QIcon()
    for scale in {1, *(ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens())}:
        made.addPixmap(_drawn(name, colour or _theme.ink, px, scale))
    return made


def _drawn(name: str, colour: str, px: int, scale: int) -> QPixmap:
    svg = place("resources", "icons", f"{name}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    drawn = QPixmap(QSize(px, px) * scale)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    pen = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(pen, QRectF(0, 0, px, px))
    pen.end()
    return drawn


def _palette(chosen: Theme) -> QPalette:
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, chosen.ground), (roles.Base, chosen.card), (roles.AlternateBase, chosen.hover), (roles.Text, chosen.ink),
        (roles.WindowText, chosen.ink), (roles.Button, chosen.card), (roles.ButtonText, chosen.ink), (roles.ToolTipBase, chosen.ink),
        (roles.ToolTipText, chosen.card), (roles.Highlight, chosen.wash), (roles.HighlightedText, chosen.ink),
        (roles.PlaceholderText, chosen.soft), (roles.Link, chosen.accent_ink), (roles.Mid, chosen.line), (roles.Accent, chosen.accent),
    ):  # fmt: skip
        made.setColor(role, QColor(colour))
    return made
