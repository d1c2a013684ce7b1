"""How a window is put together: lines, columns and grids of parts, words, buttons and boxes, each set up in one place."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.theme import at_start, icon, theme

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)
Edge = tuple[int, int, int, int]  # px: left, top, right, bottom
Part = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | None
NONE: Edge = (0, 0, 0, 0)


def across(*parts: Part, gap: int = -1, edge: Edge | None = None, on: QWidget | None = None) -> QHBoxLayout:
    """Parts in a line: widgets and layouts, with their stretch where they have one, an int for so many px, None for all that is left.

    ``gap``, ``edge``: px between and around them, where Qt's own are not meant; ``on``: the widget they stand on.
    """
    return _filled(QHBoxLayout() if on is None else QHBoxLayout(on), parts, gap, edge)


def down(*parts: Part, gap: int = -1, edge: Edge | None = None, on: QWidget | None = None) -> QVBoxLayout:
    """The same, one under the other."""
    return _filled(QVBoxLayout() if on is None else QVBoxLayout(on), parts, gap, edge)


def _filled(box: B, parts: Iterable[Part], gap: int, edge: Edge | None) -> B:
    if edge is not None:
        box.setContentsMargins(*edge)
    box.setSpacing(gap)
    fill(box, *parts)
    return box


def fill(box: QBoxLayout, *parts: Part) -> None:
    """More parts at the end of a line or column."""
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(part)
            case _:
                what, stretch = part if isinstance(part, tuple) else (part, 0)
                box.addLayout(what, stretch) if isinstance(what, QLayout) else box.addWidget(what, stretch)


def grid(apart: int, under: int, *shares: int, edge: Edge | None = None, on: QWidget | None = None) -> QGridLayout:
    """A grid, so many px between columns and rows; its columns share the room in these parts."""
    made = QGridLayout() if on is None else QGridLayout(on)
    made.setHorizontalSpacing(apart)
    made.setVerticalSpacing(under)
    if edge is not None:
        made.setContentsMargins(*edge)
    for at, share in enumerate(shares):
        made.setColumnStretch(at, share)
    return made


def cleared(layout: QLayout) -> None:
    """Nothing stands in it any more."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.deleteLater()


def named(widget: W, title: str, key: str = "") -> W:
    """The widget as a screen reader calls it, and as the sheet and the tests find it."""
    widget.setAccessibleName(title)
    if key:
        widget.setObjectName(key)
    return widget


def label(text: str = "", kind: str = "", *, wrap: bool = True, centred: bool = False, readable: bool = False) -> QLabel:
    """Words in one of the sheet's kinds, letter by letter; what is ``readable`` can be chosen with the mouse, and copied."""
    made = QLabel(wordWrap=wrap, textFormat=Qt.TextFormat.PlainText)
    made.setText(text)  # not before it is plain: a name may look like HTML that names a file to open
    made.setObjectName(kind)
    # by the letters alone, a text of nothing but numbers would stand at the other side
    made.setAlignment(Qt.AlignmentFlag.AlignCenter if centred else at_start())
    if readable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def tip(text: str) -> str:
    """``text`` as a tooltip that shows it letter by letter."""
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>") if "<" in text or "&" in text else text


def figured(figure: str, under: str) -> QWidget:
    """A figure, and under it what it is."""
    made = ground("clear")
    down(label(figure, "figure", wrap=False), label(under, "small", wrap=False), gap=0, edge=NONE, on=made)
    return made


def picture(name: str, px: int, colour: str = "") -> QLabel:
    """An icon among words."""
    made = label(centred=True, wrap=False)
    made.setPixmap(icon(name, colour, px).pixmap(px, px))
    return made


def button(title: str, does: Callable[[], object] | None = None, picture: str = "", kind: str = "") -> QPushButton:
    """A button of one of the sheet's kinds; Qt leaves no gap between icon and word, so the word brings one."""
    made = QPushButton((f" {title}" if picture and kind != "link" else title).replace("&", "&&"))
    made.setObjectName(kind)
    made.setCheckable(kind == "seg")
    if picture:
        made.setAccessibleName(title)
        made.setIcon(icon(picture, {"primary": theme().on_accent, "link": theme().accent_ink}.get(kind, ""), 16 if kind == "link" else 18))
    if kind in ("primary", "link", "seg"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if does is not None:
        made.clicked.connect(lambda _=False: does())
    return made


def icon_button(picture: str, title: str, does: Callable[[], object], px: int = 18) -> QPushButton:
    """A button that is only an icon; its title is its tip."""
    made = named(QPushButton(icon(picture, px=px), ""), title, "icon")
    made.setToolTip(tip(title))
    made.clicked.connect(lambda _=False: does())
    return made


def switch(
    titles: dict[str, str], chosen: str, does: Callable[[str], object], stretch: int = 0
) -> tuple[Card, QButtonGroup, dict[str, QPushButton]]:
    """One of several: the box, the group of its buttons, and each of them by its key."""
    frame = Card(across=True, edge=(2, 2, 2, 2), gap=0)
    group = QButtonGroup(frame)
    buttons = {key: button(title, partial(does, key), kind="seg") for key, title in titles.items()}
    for key, made in buttons.items():
        made.setChecked(key == chosen)
        group.addButton(made)
        frame.box.addWidget(made, stretch)
    return frame, group, buttons


class Card(QFrame):
    """A white box with a hairline, its parts one under the other or across; ``title`` stands at the top."""

    def __init__(self, title: str = "", *, across: bool = False, edge: Edge = (16, 12, 16, 12), gap: int = 8) -> None:
        super().__init__()
        self.setObjectName("card")
        self.box: QBoxLayout = _filled(QHBoxLayout(self) if across else QVBoxLayout(self), (), gap, edge)
        if title:
            self.box.addWidget(label(title, "h2"))


def ground(name: str) -> QWidget:
    """A bare widget that wears what the sheet says of ``name``; through a «clear» one one sees what is behind it."""
    made = QWidget()
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def scrolling(inside: QWidget, area: QScrollArea | None = None, *, sideways: bool = False) -> QScrollArea:
    """``inside`` scrolls up and down, ``sideways`` too where it has no room; the keyboard goes to what is in it."""
    area = QScrollArea() if area is None else area
    area.setWidgetResizable(True)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def stacked(*states: QWidget) -> QStackedWidget:
    """One of several in sight, the first to begin with."""
    made = QStackedWidget()
    for state in states:
        made.addWidget(state)
    return made


def tabs(pages: Iterable[tuple[QWidget, str]] = ()) -> QTabWidget:
    """Pages, one in sight, their titles without a frame around them."""
    made = QTabWidget(documentMode=True)
    made.tabBar().setDrawBase(False)
    for page, title in pages:
        made.addTab(page, title)
    return made


def redress(widget: QWidget, name: str, value: Any) -> None:
    """A property (or the object's name) by which the sheet tells widgets apart is so from now on."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
