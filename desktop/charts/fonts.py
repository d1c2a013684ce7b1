"""The one typeface, Vazirmatn, on screen and on paper alike."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop.values.places import place

FAMILY = "Vazirmatn"
TABULAR = QFont.Tag("tnum")  # Persian digits are proportional otherwise: columns would not line up


@cache
def install_fonts() -> None:
    """The bundled weights are known to Qt; needs a QGuiApplication.

    Raises:
        FileNotFoundError: a weight is missing from the installation.
    """
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        path = place("resources", "fonts", f"{FAMILY}-{weight}.ttf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(2, "font", str(path))


def font(px: float, weight: int = 400, *, tabular: bool = False) -> QFont:
    """Vazirmatn of ``px`` pixels; ``tabular`` gives digits of one width, for columns."""
    made = QFont(FAMILY)
    made.setPixelSize(round(px))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(TABULAR, 1)
    return made
