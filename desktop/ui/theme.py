"""How the window looks: Fusion with our palette and one style sheet, our typeface, icons in the theme's colours."""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.charts.fonts import FAMILY, font, install_fonts
from desktop.charts.palette import DARK, LIGHT, Palette
from desktop.values.places import place
from desktop.values.text import language

TEXT = 13  # px of ordinary text
THEMES = ("system", "light", "dark")
_ROLES = {
    "Window": "bg", "Base": "card", "AlternateBase": "hover", "Button": "card", "Text": "ink", "WindowText": "ink", "ButtonText": "ink",
    "BrightText": "bad", "Highlight": "accent", "HighlightedText": "on_accent", "PlaceholderText": "soft", "ToolTipBase": "ink",
    "ToolTipText": "card", "Link": "accent_ink", "Light": "card", "Midlight": "hover", "Mid": "dim", "Dark": "dim", "Shadow": "line",
}  # fmt: skip

_colors = LIGHT


def use_theme(app: QApplication, choice: str) -> Palette:
    """The whole program looks ``light``, ``dark`` or as the ``system`` does, in today's language's direction.

    Raises:
        RuntimeError: our typeface is not what Qt would draw with.
    """
    global _colors
    dark = choice == "dark" or (choice == "system" and _system_is_dark())
    _colors = DARK if dark else LIGHT
    install_fonts()
    app.setStyle("Fusion")
    app.setPalette(_palette(_colors))
    app.setFont(font(TEXT))
    if QFontInfo(app.font()).family() != FAMILY:  # a missing family falls back in silence
        raise RuntimeError(QFontInfo(app.font()).family())
    app.setLayoutDirection(direction())
    app.setStyleSheet(_sheet(_colors))
    return _colors


def colors() -> Palette:
    """The colours in use."""
    return _colors


def rtl() -> bool:
    """Whether today's language is read from right to left."""
    return language() == "fa"


def direction() -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if rtl() else Qt.LayoutDirection.LeftToRight


def start(extra: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter) -> Qt.AlignmentFlag:
    """Physical alignment where reading starts: a logical one is turned round by Qt a second time when painting."""
    side = Qt.AlignmentFlag.AlignRight if rtl() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | extra


def end(extra: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter) -> Qt.AlignmentFlag:
    """Physical alignment where reading ends."""
    side = Qt.AlignmentFlag.AlignLeft if rtl() else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignAbsolute | extra


@cache
def icon(name: str, color: str = "", px: int = 20) -> QIcon:
    """A line icon of ``resources/icons`` in ``color`` (default: ink), crisp up to three device pixels a pixel."""
    made = QIcon()
    for scale in (1, 2, 3):
        made.addPixmap(_drawn(name, color or _colors.ink, px, scale))
    return made


def forward() -> str:
    """The name of the chevron that points where reading goes."""
    return "chevron-left" if rtl() else "chevron-right"


def backward() -> str:
    return "chevron-right" if rtl() else "chevron-left"


def _drawn(name: str, color: str, px: int, scale: int) -> QPixmap:
    svg = place("resources", "icons", f"{name}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", color).replace('stroke-width="2"', 'stroke-width="1.75"')
    pixmap = QPixmap(QSize(px, px) * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(colors: Palette) -> QPalette:
    made = QPalette()
    for role, key in _ROLES.items():
        made.setColor(getattr(QPalette.ColorRole, role), QColor(getattr(colors, key)))
    for role in ("Text", "WindowText", "ButtonText"):
        made.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), QColor(colors.soft))
    return made


def _sheet(colors: Palette) -> str:
    """The style sheet; ``border-left`` and its kin are not mirrored by Qt, so start and end are filled in."""
    kind = "dark" if colors.dark else "light"
    holes = {key: getattr(colors, key) for key in colors.__dataclass_fields__}
    holes |= {"start": "right", "end": "left"} if rtl() else {"start": "left", "end": "right"}
    holes["accent_hover"] = QColor(colors.accent).lighter(108).name()
    holes["toast_link"] = LIGHT.accent_ink if colors.dark else DARK.accent_ink
    holes["chevron"] = place("resources", "themes", f"chevron-{kind}.svg").as_posix()
    holes["check"] = place("resources", "themes", "check.svg").as_posix()
    return Template(place("resources", "themes", "window.qss").read_text("utf-8")).substitute(holes)
