"""The very first start: what language, what money, whose shop - and then the demo shop, an empty book or the old invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QWidget

from desktop.ui.fields import Choice, Line
from desktop.ui.theme import icon
from desktop.ui.widgets import across, button, down, label, named, picture
from desktop.values.text import N_, tr

EMPTY, EXCEL, DEMO = "empty", "excel", "demo"
_MONEY = {
    "IRR toman": N_("Toman"), "IRR rial": N_("Rial"), "AFN major": N_("Afghani"), "EUR major": N_("Euro"), "USD major": N_("US dollar"),
    "AED major": N_("Emirati dirham"), "TRY major": N_("Turkish lira"), "IQD major": N_("Iraqi dinar"),
}  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """How a shop begins: its first book's language, currency and unit of money, its name, and what comes ``then``."""

    language: str = "fa"
    currency: str = "IRR"
    money_unit: str = "toman"
    shop: str = ""
    then: str = ""
    beside: bool = False  # of an unpacked program: everything stays in its folder


class FirstStart(QDialog):
    """Closed with ``beginning`` filled in; another language closes it too, with no ``then``, to be shown anew."""

    def __init__(self, beginning: Beginning, *, portable: bool = False) -> None:
        super().__init__()
        self.beginning = beginning
        self.setWindowTitle(tr("Cheragh"))
        self.setWindowIcon(icon("cheragh", px=64))
        head = label(tr("Welcome to Cheragh"), "brand", centred=True, wrap=False)
        words = tr(
            "Three questions, and the shop's book is there. Everything stays on this computer; all but the money can be changed later."
        )
        said, questions, ways = label(words, "soft", centred=True), self._questions(portable=portable), self._ways()
        down(picture("cheragh", 56), head, said, 8, questions, 12, ways, gap=12, edge=(32, 28, 32, 28), on=self)
        self.setFixedWidth(560)
        self.shop.setFocus()

    def _questions(self, *, portable: bool) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        self.language = Choice((("fa", "فارسی"), ("en", "English")))
        self.language.set_value(self.beginning.language)
        self.language.activated.connect(lambda _: self._close(""))
        self.money = Choice(tuple((key, tr(title)) for key, title in _MONEY.items()))
        self.money.set_value(f"{self.beginning.currency} {self.beginning.money_unit}")
        self.shop = Line()
        self.shop.setText(self.beginning.shop)
        self.shop.setMaxLength(80)
        self.shop.returnPressed.connect(lambda: self._close(EMPTY))
        for title, field in ((tr("Language"), self.language), (tr("Money"), self.money), (tr("Shop's name"), self.shop)):
            form.addRow(title, named(field, title))
        self.beside = QCheckBox(tr("Keep the books beside the program, as on a USB stick"))
        self.beside.setChecked(self.beginning.beside)
        self.beside.setVisible(portable)
        if portable:
            form.addRow("", self.beside)
        return form

    def _ways(self) -> QHBoxLayout:
        ways = (
            (EMPTY, tr("Start empty"), "plus"),
            (EXCEL, tr("Bring from Excel"), "file-spreadsheet"),
            (DEMO, tr("See a demo shop"), "eye"),
        )
        self.buttons: dict[str, QWidget] = {}
        for then, word, name in ways:
            made = button(word, partial(self._close, then), name, "primary" if then == EMPTY else "")
            made.setDefault(then == EMPTY)
            self.buttons[then] = made
        return across(*self.buttons.values(), gap=8)

    def _close(self, then: str) -> None:
        currency, _, unit = str(self.money.value()).partition(" ")
        self.beginning = replace(
            self.beginning,
            language=str(self.language.value()),
            currency=currency,
            money_unit=unit,
            shop=self.shop.text().strip(),
            then=then,
            beside=self.beside.isChecked(),
        )
        self.accept()
