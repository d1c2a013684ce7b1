"""The panel at the side: forms and answers open here, beside the page, never over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.shop.entities import ENTITIES, save
from desktop.ui.fields import Amount, EnterMoves, Find, KpiChoice, Make, Picker, widget_for
from desktop.ui.theme import icon, theme
from desktop.values.text import Refused, tr

if TYPE_CHECKING:
    from desktop.store import Store

WIDE = 380


class Panel(QFrame):
    """Title, close button, and whatever is shown; Esc closes it."""

    def __init__(self, title: str, close: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(WIDE)
        self._close = close
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 12, 4)
        label = QLabel(title)
        label.setObjectName("h2")
        label.setWordWrap(True)
        head.addWidget(label, 1)
        shut = QPushButton()
        shut.setIcon(icon("x", theme().soft))
        shut.setObjectName("icon")
        shut.setAccessibleName(tr("Close"))
        shut.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shut.clicked.connect(close)
        head.addWidget(shut)
        whole.addLayout(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(20, 4, 20, 16)
        self.box.setSpacing(6)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(area, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


class EntityForm(Panel):
    """The one form of every thing but the sale: its fields come from `desktop.shop.entities`."""

    def __init__(
        self, store: Store, key: str, row_id: int | None, *, close: Callable[[], None], find: Find, make: Make,
        saved: Callable[[int], None], values: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.entity = ENTITIES[key]
        super().__init__(tr(self.entity.title), close)
        self.setObjectName("panel")
        self._store, self._id, self._saved, self._find = store, row_id, saved, find
        self.fields: dict[str, QWidget] = {}
        self._says: dict[str, QLabel] = {}
        for field in self.entity.fields:
            label = QLabel(tr(field.title) + (" *" if field.needed else ""))
            label.setObjectName("soft")
            widget = widget_for(field, find, make)
            label.setBuddy(widget)
            said = QLabel()
            said.setObjectName("bad")
            said.setWordWrap(True)
            said.hide()
            self.box.addWidget(label)
            self.box.addWidget(widget)
            self.box.addWidget(said)
            self.fields[field.key], self._says[field.key] = widget, said
        self._kpi_unit()
        self._said = QLabel()
        self._said.setObjectName("bad")
        self._said.setWordWrap(True)
        self.box.addWidget(self._said)
        button = QPushButton(tr("Save"))
        button.setObjectName("primary")
        button.clicked.connect(self.save)
        self.box.addWidget(button)
        self.box.addStretch(1)
        EnterMoves([*self.fields.values(), button], self.save, self)
        self._fill(values or {})

    def first(self) -> QWidget:
        return next(iter(self.fields.values()))

    def save(self) -> None:
        """Saves what is filled in, or says beside each field what is wrong."""
        for said in self._says.values():
            said.hide()
        self._said.clear()
        values: dict[str, Any] = {}
        for key, widget in self.fields.items():
            try:
                values[key] = widget.value()  # type: ignore[attr-defined]
            except Refused as refused:
                self._wrong(key, str(refused))
                return
        try:
            row = save(self._store, self.entity.key, self._id, values)
        except Refused as refused:
            self._wrong(refused.field or "", str(refused))
            return
        self._saved(row)

    def _wrong(self, key: str, sentence: str) -> None:
        if key in self._says:
            self._says[key].setText(sentence)
            self._says[key].show()
            self.fields[key].setFocus()
        else:
            self._said.setText(sentence)

    def _fill(self, values: dict[str, Any]) -> None:
        import datetime as dt

        if self._id is not None:
            with self._store.reading() as s:
                values = self.entity.read(s, self._id)
        elif "day" in self.fields and "day" not in values:
            values["day"] = dt.date.today()  # noqa: DTZ011 - the shop's own clock
        for field in self.entity.fields:
            widget, value = self.fields[field.key], values.get(field.key)
            if isinstance(widget, Picker):
                widget.set_value(value, self._name(field.ref, value) if value is not None else "")
            elif value is not None or isinstance(widget, QLineEdit):
                widget.set_value(value)  # type: ignore[attr-defined]
        if self._id is None and isinstance(stage := self.fields.get("stage_id"), Picker) and stage.value() is None:
            first = self._find("stage", "")
            if first:
                stage.set_value(first[0][0], first[0][1])

    def _name(self, ref: str, value: int) -> str:
        table = ENTITIES[ref].table if ref in ENTITIES else None
        with self._store.reading() as s:
            if table is None:
                return next((name for row, name, _ in self._find(ref, "") if row == value), "")
            row = s.get(table, value)
            return str(row.name) if row else ""

    def _kpi_unit(self) -> None:
        chosen, amount = self.fields.get("kpi"), self.fields.get("amount")
        if isinstance(chosen, KpiChoice) and isinstance(amount, Amount):
            from desktop import kpi

            chosen.currentIndexChanged.connect(lambda: setattr(amount, "unit", kpi.BY_KEY[chosen.value()].unit))
