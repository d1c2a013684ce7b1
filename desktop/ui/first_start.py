"""The very first start: what language, what money, whose shop - and then the demo shop, an empty book or the old invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.fields import Choice, Line
from desktop.ui.theme import ON_ACCENT, icon, pictured, theme
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
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 28, 32, 28)
        box.setSpacing(12)
        lamp, head = QLabel(), QLabel(tr("Welcome to Cheragh"))
        lamp.setPixmap(icon("cheragh", px=56).pixmap(56, 56))
        head.setObjectName("brand")
        words = QLabel(
            tr("Three questions, and the shop's book is there. Everything stays on this computer; all but the money can be changed later.")
        )
        words.setObjectName("soft")
        words.setWordWrap(True)
        for label in (lamp, head, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(label)
        box.addSpacing(8)
        box.addLayout(self._questions(portable=portable))
        box.addSpacing(12)
        box.addLayout(self._ways())
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
            field.setAccessibleName(title)
            form.addRow(title, field)
        self.beside = QCheckBox(tr("Keep the books beside the program, as on a USB stick"))
        self.beside.setChecked(self.beginning.beside)
        self.beside.setVisible(portable)
        if portable:
            form.addRow("", self.beside)
        return form

    def _ways(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        ways = (
            (EMPTY, tr("Start empty"), "plus"),
            (EXCEL, tr("Bring from Excel"), "file-spreadsheet"),
            (DEMO, tr("See a demo shop"), "eye"),
        )
        self.buttons: dict[str, QWidget] = {}
        for then, word, picture in ways:
            button = pictured(word, picture, ON_ACCENT if then == EMPTY else theme().ink)
            button.setObjectName("primary" if then == EMPTY else "")
            button.setDefault(then == EMPTY)
            button.clicked.connect(lambda _=False, then=then: self._close(then))
            self.buttons[then] = button
            line.addWidget(button)
        return line

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
