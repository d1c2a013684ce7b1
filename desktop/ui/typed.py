"""What is typed in a form or a page, taken from a window that goes and put into the one that comes in its place.

The same form made again has the same fields, in the same order. In the same language, digits, calendar and unit of money each gets its
text back letter by letter; in another one what can be read is written anew, for «5,000» toman are not 5,000 rials.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from desktop.ui.fields import Choice, Line, glance, mark_wrong
from desktop.ui.picker import Picker
from desktop.values.writing import Writing, writing

_STATES: dict[type[QWidget], str] = {
    QLineEdit: "text", QPlainTextEdit: "plainText", Choice: "currentText", QCheckBox: "checked", QTabWidget: "currentIndex",
}  # fmt: skip
Name = tuple[str, str, int]  # class, object's name, and how many of both there are before it


@dataclass(frozen=True)
class Entered:
    """One field: its text or state, what can be read of it, and its red edge."""

    text: Any
    value: Any
    wrong: bool


@dataclass(frozen=True)
class Typed:
    """Everything under one widget; ``focus``: which field has the keyboard, ``at``: its cursor and the start of what is chosen.

    ``said``: the sentences beside the fields, with their kinds; ``more``: what else its own form or page keeps.
    """

    writing: Writing
    fields: dict[Name, Entered]
    focus: Name | None
    at: tuple[int, int]
    said: dict[str, tuple[str, str]] = field(default_factory=dict)
    pending: bool = False  # a save that waits until the book is free
    more: Any = None

    @property
    def same(self) -> bool:
        """Whether everything is still written as it was."""
        return self.writing == writing()


def take(root: QWidget) -> Typed:
    """What is typed and chosen under ``root``."""
    fields, focus, at = {}, None, (0, 0)
    for name, widget in _named(root):
        if state := _state(widget):
            value = glance(widget) if isinstance(widget, (Line, Picker, Choice)) else None
            fields[name] = Entered(widget.property(state), value, bool(widget.property("wrong")))
        if widget.hasFocus():
            focus, at = name, _cursor(widget)
    return Typed(writing(), fields, focus, at)


def put(root: QWidget, typed: Typed) -> None:
    """The same is typed and chosen under ``root``, and the same field has the keyboard."""
    widgets = dict(_named(root))
    if typed.focus in widgets:
        widgets[typed.focus].setFocus(Qt.FocusReason.OtherFocusReason)  # first: a field that is left tidies its text and says what is wrong
    for name, was in typed.fields.items():
        if name in widgets:
            _write(widgets[name], was, same=typed.same)
            mark_wrong(widgets[name], wrong=was.wrong and typed.same)
    if typed.focus in widgets:
        _place(widgets[typed.focus], typed.at)


def _named(root: QWidget) -> Iterator[tuple[Name, QWidget]]:
    seen: Counter[tuple[str, str]] = Counter()
    for widget in root.findChildren(QWidget):
        kind = type(widget).__name__, widget.objectName()
        yield (*kind, seen[kind]), widget
        seen[kind] += 1


def _state(widget: QWidget) -> str:
    """The property that holds what stands in a field; empty in what is none. The line of a list to choose from is the list's own."""
    inner = isinstance(widget.parent(), QComboBox)
    return "" if inner else next((name for kind, name in _STATES.items() if isinstance(widget, kind)), "")


def _write(widget: QWidget, was: Entered, *, same: bool) -> None:
    match widget:
        case Picker():
            widget.set_value(was.value, was.text)
            widget.setText(was.text)
        case Line():
            if was.value is not None:
                widget.set_value(was.value)
            if same or was.value is None:
                widget.setText(was.text)
        case Choice():
            if same and widget.isEditable():
                widget.setEditText(was.text)
            elif widget.value() != was.value:
                widget.set_value(was.value)
        case _:
            widget.setProperty(_state(widget), was.text)


def _cursor(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position(), widget.textCursor().anchor()
    if isinstance(widget, QLineEdit):
        at, chosen = widget.cursorPosition(), widget.selectionStart()
        return at, at if chosen < 0 else chosen if chosen < at else chosen + len(widget.selectedText())
    return 0, 0


def _place(widget: QWidget, at: tuple[int, int]) -> None:
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(at[1])
        cursor.setPosition(at[0], cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        widget.setSelection(at[1], at[0] - at[1]) if at[0] != at[1] else widget.setCursorPosition(at[0])
