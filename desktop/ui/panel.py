"""The panel at the side: forms and answers open here, beside the page, never over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.shop.entity import Problem
from desktop.store import Busy, Trouble
from desktop.ui.fields import go_to, mark_wrong
from desktop.ui.theme import icon, rtl, theme
from desktop.ui.typed import Typed, put, take
from desktop.ui.widgets import across, button, down, label, named, redress, scrolling
from desktop.values.text import Refused, tr

WIDE = 380
REMARK = "remark"  # the kind of a sentence that forbids nothing
AGAIN = 400  # ms until a save is tried again while a long change holds the book


class Panel(QFrame):
    """Title, close button, whatever is shown in ``box``, and buttons in ``foot`` that stay in sight; Esc closes it."""

    def __init__(self, title: str, close: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(WIDE)
        self.close_panel = close
        self.head = label(title, "h2", readable=True)
        shut = named(QPushButton(icon("x", theme().soft), ""), tr("Close"), "bare")
        shut.setToolTip("Esc")
        shut.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shut.clicked.connect(close)
        inside = QWidget()
        self.box = down(gap=6, edge=(20, 4, 20, 12), on=inside)
        self.area = scrolling(inside)
        self.foot = across(gap=8, edge=(20, 8, 20, 16))
        towards_page = (0, 0, 1, 0) if rtl() else (1, 0, 0, 0)
        head = across((self.head, 1), shut, edge=(20, 16, 20, 8))
        self.whole = down(head, (self.area, 1), self.foot, gap=0, edge=towards_page, on=self)
        self.setAccessibleName(title)

    def typed(self) -> Typed:
        """What goes on in the same panel of a window made anew; this one is let go."""
        return take(self)

    def type_again(self, typed: Typed) -> None:
        """The same stands here."""
        put(self, typed)

    def set_title(self, title: str) -> None:
        self.head.setText(title)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


class Saying(Panel):
    """A form: it says what is wrong beside the field it is about, and saves when the book is free."""

    def __init__(self, title: str, close: Callable[[], None]) -> None:
        super().__init__(title, close)
        self.spots: dict[str, tuple[QWidget, QLabel]] = {}
        self.titles: dict[str, QLabel] = {}
        self.said = label("", "bad")
        self.said.hide()
        self.button = button(tr("Save (Ctrl+Enter)"), self.save, kind="primary")
        self.foot.addWidget(self.button)
        self.foot.addStretch(1)
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self.save)

    def typed(self) -> Typed:
        said = {key: (one.text(), one.objectName()) for key, one in self._sentences() if one.isVisibleTo(self)}
        pending = self._again.isActive()
        self._again.stop()
        return replace(super().typed(), said=said, pending=pending)

    def type_again(self, typed: Typed) -> None:
        super().type_again(typed)
        for key, sentence in self._sentences():
            if typed.same and key in typed.said:
                _say(sentence, *typed.said[key])
        if typed.pending:
            self._again.start()

    def _sentences(self) -> Iterator[tuple[str, QLabel]]:
        yield "", self.said
        yield from ((key, sentence) for key, (_, sentence) in self.spots.items())

    def save(self) -> None:
        """Saves what is filled in, or says what is wrong."""
        self.hush()
        self.keep(self._save)

    def _save(self) -> None:
        """The book holds what is filled in.

        Raises:
            Refused, Trouble: it cannot be kept so.
        """
        raise NotImplementedError

    def end(self, title: str, picture: str, do: Callable[[], object]) -> None:
        """A button at the foot that lets the thing go, or brings it back."""
        self.foot.addWidget(button(title, lambda: self.keep(do) and self.close_panel(), picture))

    def forbid(self) -> None:
        """Nothing can be changed here."""
        for widget in (self.button, *(widget for widget, _ in self.spots.values())):
            widget.setEnabled(False)

    def spot(self, key: str, title: str, widget: QWidget) -> QVBoxLayout:
        """``widget`` under its title, with room for a sentence beside it."""
        name, sentence = label(title, "soft"), label("", "bad")
        name.setBuddy(widget)
        sentence.hide()
        named(widget, title, key)
        self.spots[key], self.titles[key] = (widget, sentence), name
        return down(name, widget, sentence, None, gap=3)

    def hush(self, only: QWidget | None = None) -> None:
        """Nothing is said any more; with ``only``, nothing of that field, and no remarks."""
        if only is None or self.said.objectName() == REMARK:
            self.said.hide()
        for widget, sentence in self.spots.values():
            if only in (None, widget) or sentence.objectName() == REMARK:
                sentence.hide()
                mark_wrong(widget, wrong=False)

    def tell(self, found: Iterable[Problem], *, wrong: bool = True) -> None:
        """Each sentence beside its field, or at the foot; a remark is only a quiet word."""
        loose = []
        for problem in found:
            if problem.field not in self.spots or not self.spots[problem.field][0].isVisibleTo(self):
                loose.append(problem.sentence)
                continue
            widget, sentence = self.spots[problem.field]
            if not wrong and sentence.isVisibleTo(self):
                continue  # what is wrong is said before what is only odd
            _say(sentence, problem.sentence, "bad" if wrong else REMARK)
            mark_wrong(widget, wrong=wrong)
        if loose:
            _say(self.said, "\n".join(loose), "bad" if wrong else REMARK)

    def complain(self, found: Iterable[Problem]) -> bool:
        """Whether something is wrong; it is said, and the first field it is about has the keyboard."""
        found = tuple(found)
        first = next((self.spots[one.field][0] for one in found if one.field in self.spots), None)
        if first is not None:
            go_to(first)  # before anything is said: the field that is left hushes its own
        self.tell(found)
        return bool(found)

    def keep(self, do: Callable[[], object]) -> bool:
        """Does it, or says why not; when a long change holds the book, it is done as soon as that ends."""
        try:
            do()
        except Refused as refused:
            self.complain([Problem(refused.field or "", str(refused))])
            return False
        except Trouble as trouble:
            _say(self.said, str(trouble), "bad")
            if isinstance(trouble, Busy):
                self._again.start()
            return False
        return True


def _say(where: QLabel, sentence: str, kind: str) -> None:
    where.setText(sentence)
    redress(where, "objectName", kind)
    where.show()
