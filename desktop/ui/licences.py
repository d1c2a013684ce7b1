"""The licences of everything the program is made of, as they came with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from desktop.ui.widgets import down, named
from desktop.values.places import licences
from desktop.values.text import tr


class Licences(QDialog):
    """A page to read; what it says is law and therefore not translated."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences of all parts"))
        self.text = named(QPlainTextEdit(licences(), readOnly=True), self.windowTitle())
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        down(self.text, buttons, on=self)
        self.resize(760, 560)
