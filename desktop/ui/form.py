"""The one form of every thing but a document of sale: its fields come from `desktop.shop.things`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.shop.clock import shop_day
from desktop.shop.entity import Field, Problem, Values
from desktop.shop.things import ENTITIES, THINGS, remove, restore, save
from desktop.ui.fields import Amount, EnterMoves, KpiChoice, glance, read, widget_for
from desktop.ui.panel import Saying
from desktop.ui.picker import Picker
from desktop.ui.theme import rtl
from desktop.ui.widgets import across
from desktop.values.digits import foreign
from desktop.values.period import Period
from desktop.values.text import Refused, tr
from desktop.values.unit import Unit
from desktop.values.writing import writing

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

# two of these stand side by side
_SHORT = frozenset({"money", "amount", "day", "code", "codes", "phone", "score", "share", "number", "month", "choice"})


class EntityForm(Saying):
    """A new thing, or one of the book's to be changed, archived or voided."""

    def __init__(self, stage: Stage, key: str, row_id: int | None, values: Values) -> None:
        self.entity = ENTITIES[key]
        title = THINGS[key].new or self.entity.title if row_id is None else self.entity.title
        super().__init__(tr(title), stage.close_panel)
        self.desk, self._id = stage.desk, row_id
        self.fields = {field.key: widget_for(field, self.desk.find, self.desk.make) for field in self.entity.fields}
        self._build()
        self._watch_kpi()
        self.box.addWidget(self.said)
        self.box.addStretch(1)
        moves = EnterMoves([*self.fields.values(), self.button], self.save, self)
        moves.left.connect(self._look)
        self._fill(values)
        if row_id is not None:
            self._end(row_id)

    def _build(self) -> None:
        """A field under the other, short ones in pairs."""
        half: QHBoxLayout | None = None  # a line with a short one, for the next
        for field in self.entity.fields:
            title = _titled(field, Unit.MONEY.word if field.kind in ("money", "amount") else "")
            spot, short = self.spot(field.key, title, self.fields[field.key]), field.kind in _SHORT
            if half is not None and short:
                half.addLayout(spot, 1)
                half = None
                continue
            line = across((spot, 1), gap=8)
            self.box.addLayout(line)
            half = line if short else None

    def first(self) -> QWidget:
        """Where typing begins: today is filled in already."""
        return next(widget for key, widget in self.fields.items() if self._id is not None or key != "day")

    # What it holds

    def _fill(self, values: Values) -> None:
        with self.desk.store.reading() as s:
            values = self._usual(shop_day(s)) | values if self._id is None else self.entity.read(s, self._id)
        for field in self.entity.fields:
            widget, value = self.fields[field.key], values.get(field.key)
            if isinstance(widget, Picker):
                widget.set_value(value, "" if value is None else self._name(field.refers, value))
            elif value is not None or isinstance(widget, QLineEdit):
                widget.set_value(value)  # type: ignore[attr-defined]
        if self._id is not None and values.get("name"):
            self.set_title(tr("{thing}: {name}", thing=tr(self.entity.title), name=foreign(values["name"])))

    def _usual(self, today: Any) -> dict[str, Any]:
        """What a new one most likely is: of today, in the first stage, for this month."""
        usual: dict[str, Any] = {"day": today}
        if "month" in self.fields:
            usual["month"] = Period.month(today, writing().calendar).key()
        if "stage_id" in self.fields:
            usual["stage_id"] = next((row for row, _, _ in self.desk.find("stage", "")), None)
        return usual

    def _name(self, ref: str, value: int) -> str:
        if ref in ENTITIES:
            row = self.desk.read(lambda s: s.get(ENTITIES[ref].table, value))
            return str(row.name) if row else ""
        return next((name for row, name, _ in self.desk.find(ref, "") if row == value), "")

    def _watch_kpi(self) -> None:
        """A target's amount is in the unit of its KPI."""
        chosen, amount = self.fields.get("kpi"), self.fields.get("amount")
        if isinstance(chosen, KpiChoice) and isinstance(amount, Amount):
            chosen.currentIndexChanged.connect(lambda _: self._measure(amount, chosen.unit))

    def _measure(self, amount: Amount, unit: Unit) -> None:
        amount.unit = unit
        field = next(field for field in self.entity.fields if field.key == "amount")
        self.titles["amount"].setText(_titled(field, ("٪" if rtl() else "%") if unit is Unit.SHARE else unit.word))

    # What is said

    def _look(self, left: QWidget) -> None:
        """A field was left: what cannot be read is said at once, and what is worth a second look."""
        self.hush(only=left)
        self.tell(self._unread(only=left.objectName()))
        values = {key: glance(widget) for key, widget in self.fields.items()}
        if any(value is not None for value in values.values()):
            self.tell(self.desk.read(lambda s: self.entity.remarks(s, self._id, values)), wrong=False)

    def _unread(self, only: str = "") -> list[Problem]:
        found = []
        for key, widget in self.fields.items():
            try:
                if not isinstance(widget, Picker) and only in ("", key):
                    read(widget)
            except Refused as refused:
                found.append(Problem(key, str(refused)))
        return found

    # Saving

    def _save(self) -> None:
        typed = {key: glance(widget) for key, widget in self.fields.items()}
        new = {key for key, widget in self.fields.items() if isinstance(widget, Picker) and typed[key] is None and widget.text().strip()}
        found = self._unread()
        said = new | {one.field for one in found}
        found += [one for one in self._problems(typed) if one.field not in said]
        if self.complain(sorted(found, key=lambda one: [*self.fields, one.field].index(one.field))):
            return
        values = {key: read(widget) for key, widget in self.fields.items()}
        if not self.complain(self._problems(values)):
            save(self.desk.store, self.entity.key, self._id, values)
            self.close_panel()

    def _problems(self, values: Values) -> tuple[Problem, ...]:
        found: tuple[Problem, ...] = self.desk.read(lambda s: self.entity.problems(s, self._id, values))
        return found

    # Its end

    def _end(self, row_id: int) -> None:
        """The button that archives, voids or removes it, or brings it back."""
        with self.desk.store.reading() as s:
            row = self.entity.row(s, row_id)
            archived, void = bool(getattr(row, "archived", 0)), getattr(row, "status", "") == "void"
        if void:
            self.tell([Problem("", tr("This is void; it counts nowhere."))], wrong=False)
            self.forbid()
            return
        picture = "rotate-ccw" if archived else "archive" if hasattr(self.entity.table, "archived") else "trash-2"
        title, how = (tr("Bring back"), restore) if archived else (tr(THINGS[self.entity.key].ending), remove)
        self.end(title, picture, lambda: how(self.desk.store, self.entity.key, row_id))


def _titled(field: Field, unit: str) -> str:
    """A field's title with its unit, and a star when it has to be filled in."""
    title = tr("{field} ({unit})", field=tr(field.title), unit=unit) if unit else tr(field.title)
    # Translators: a field that has to be filled in.
    return tr("{field} *", field=title) if field.needed else title
