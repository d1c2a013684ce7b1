"""Who sold it: one seller, or several with their shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.fields import Line, glance, share_field
from desktop.ui.picker import Picker
from desktop.ui.widgets import NONE, grid, icon_button, named
from desktop.values.rounding import WHOLE, split
from desktop.values.text import tr

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

Shares = tuple[tuple[int, int], ...]
MOST = 4


class Sellers(QWidget):
    """The first seller, and a button for one more; shares that nobody typed are equal parts of what is left.

    ``grown`` tells the fields of a new row.
    """

    grown = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._desk = desk
        self.pickers: list[Picker] = []
        self.shares: list[Line] = []
        self._grid = grid(6, 6, 1, edge=NONE, on=self)
        self.more = icon_button("plus", tr("Share with another seller"), self.add, 16)
        self._grid.addWidget(self.more, 0, 2)
        self.add()
        self.setFocusProxy(self.pickers[0])

    def add(self) -> None:
        """A row for one more seller."""
        at = len(self.pickers)
        picker, share = Picker("seller", self._desk.find, self._desk.make), share_field()
        share.setFixedWidth(72)
        share.setPlaceholderText(tr("share"))
        for widget, name, title in ((picker, "seller", tr("Seller")), (share, "share", tr("Share"))):
            named(widget, title, f"{name}-{at}" if at else name)
        self.pickers.append(picker)
        self.shares.append(share)
        self._grid.addWidget(picker, at, 0)
        self._grid.addWidget(share, at, 1)
        self.more.setVisible(at + 1 < MOST)
        for one in self.shares:
            one.setVisible(at > 0)
        if at:
            self.grown.emit([picker, share])
            picker.setFocus()

    @property
    def widgets(self) -> list[QWidget]:
        """The fields in the order of the keyboard."""
        return [widget for pair in zip(self.pickers, self.shares, strict=True) for widget in pair]

    def value(self) -> Shares:
        """(seller, share of 10,000) of each; names that are new are made.

        Raises:
            Refused: a name or a share cannot be read.
        """
        found = [(picker.value(), share.value()) for picker, share in zip(self.pickers, self.shares, strict=True)]
        return _shared([(seller, share) for seller, share in found if seller is not None])

    @property
    def known(self) -> Shares:
        """The same of those who are known, for a draft."""
        found = [(picker.known, glance(share)) for picker, share in zip(self.pickers, self.shares, strict=True)]
        return _shared([(seller, share) for seller, share in found if seller is not None])

    def set_value(self, value: Shares, names: dict[int, str]) -> None:
        """Shows these sellers; equal parts need no number."""
        equal = value == _shared([(seller, None) for seller, _ in value])
        for at, (seller, share) in enumerate(value):
            if at == len(self.pickers):
                self.add()
            self.pickers[at].set_value(seller, names[seller])
            self.shares[at].set_value(None if equal else share)


def _shared(found: list[tuple[int, int | None]]) -> Shares:
    """What nobody typed is an equal part of what is left; one seller alone has it all."""
    if len(found) == 1:
        return ((found[0][0], found[0][1] or WHOLE),)
    open_parts = sum(share is None for _, share in found)
    left = max(0, WHOLE - sum(share or 0 for _, share in found))
    parts = iter(split(left, [1] * open_parts) if open_parts else ())
    return tuple((seller, next(parts) if share is None else share) for seller, share in found)
