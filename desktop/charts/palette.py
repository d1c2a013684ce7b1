"""The colours a figure or a window is drawn with: light, dark, and on paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as ``#rrggbb``.

    ``ink`` and ``soft`` are for text; ``accent`` is lamp amber, ``accent_ink`` the amber that can be read, ``on_accent``
    text upon it and ``wash`` its palest tint; ``good`` and ``bad`` only ever mean better and worse; ``dim`` is an unlit mark.
    """

    bg: str
    card: str
    side: str
    ink: str
    soft: str
    line: str
    hover: str
    accent: str
    accent_ink: str
    on_accent: str
    wash: str
    good: str
    bad: str
    dim: str
    dark: bool = False


LIGHT = Palette(
    bg="#F5F3EE", card="#FFFFFF", side="#FBFAF7", ink="#26231E", soft="#6B665C", line="#E6E2D9", hover="#F0EDE6", accent="#E09B12",
    accent_ink="#8A5A00", on_accent="#241A04", wash="#FBF0D8", good="#1B7A4B", bad="#B23A2B", dim="#CFC9BC",
)  # fmt: skip
DARK = Palette(
    bg="#16171A", card="#1F2125", side="#1A1B1F", ink="#ECE9E2", soft="#A8A296", line="#303238", hover="#282A2F", accent="#F0B03A",
    accent_ink="#F3C264", on_accent="#241A04", wash="#37301F", good="#5FC48F", bad="#F0897B", dim="#55575E", dark=True,
)  # fmt: skip
PAPER = Palette(
    bg="#FFFFFF", card="#FFFFFF", side="#FFFFFF", ink="#26231E", soft="#6B665C", line="#D9D4C8", hover="#FBF6EA", accent="#E09B12",
    accent_ink="#8A5A00", on_accent="#241A04", wash="#FBF6EA", good="#1B7A4B", bad="#B23A2B", dim="#CFC9BC",
)  # fmt: skip
