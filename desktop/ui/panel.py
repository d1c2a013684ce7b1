"""The panel at the side: forms and answers open here, beside the page, never over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.shop.drafts import Problem
from desktop.store import Busy, Trouble
from desktop.ui.fields import go_to, mark_wrong
from desktop.ui.theme import at_start, icon, rtl, theme
from desktop.ui.typed import Typed, put, take
from desktop.values.text import Refused, tr

WIDE = 380
REMARK = "remark"  # the kind of a sentence that forbids nothing
AGAIN = 400  # ms until a save is tried again while a long change holds the book


def label(text: str = "", kind: str = "", *, wrap: bool = True) -> QLabel:
    """A line of text in one of the sheet's kinds."""
    made = QLabel(text)
    made.setObjectName(kind)
    made.setWordWrap(wrap)
    made.setAlignment(at_start())  # by the letters alone, a text of nothing but numbers would stand at the other side
    return made


class Panel(QFrame):
    """Title, close button, whatever is shown in ``box``, and buttons in ``foot`` that stay in sight; Esc closes it."""

    def __init__(self, title: str, close: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(WIDE)
        self.close_panel = close
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0 if rtl() else 1, 0, 1 if rtl() else 0, 0)  # the edge towards the page
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        self.head = label(title, "h2")
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head.addWidget(self.head, 1)
        shut = QPushButton()
        shut.setIcon(icon("x", theme().soft))
        shut.setObjectName("bare")
        shut.setAccessibleName(tr("Close"))
        shut.setToolTip("Esc")
        shut.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shut.clicked.connect(close)
        head.addWidget(shut)
        whole.addLayout(head)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(20, 4, 20, 12)
        self.box.setSpacing(6)
        self.area.setWidget(inside)
        whole.addWidget(self.area, 1)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(20, 8, 20, 16)
        self.foot.setSpacing(8)
        whole.addLayout(self.foot)
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
        self.button = QPushButton(tr("Save (Ctrl+Enter)"))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.save)
        self.foot.addWidget(self.button)
        self.foot.addStretch(1)
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self.save)

    def typed(self) -> Typed:
        said = {key: (label.text(), label.objectName()) for key, label in self._sentences() if label.isVisibleTo(self)}
        pending = self._again.isActive()
        self._again.stop()
        return replace(super().typed(), said=said, pending=pending)

    def type_again(self, typed: Typed) -> None:
        super().type_again(typed)
        for key, label in self._sentences():
            if typed.same and key in typed.said:
                _say(label, *typed.said[key])
        if typed.pending:
            self._again.start()

    def _sentences(self) -> Iterator[tuple[str, QLabel]]:
        yield "", self.said
        yield from ((key, sentence) for key, (_, sentence) in self.spots.items())

    def save(self) -> None:
        """Saves what is filled in, or says what is wrong."""
        raise NotImplementedError

    def spot(self, key: str, title: str, widget: QWidget) -> QVBoxLayout:
        """``widget`` under its title, with room for a sentence beside it."""
        name, sentence = label(title, "soft"), label("", "bad")
        name.setBuddy(widget)
        sentence.hide()
        box = QVBoxLayout()
        box.setSpacing(3)
        for one in (name, widget, sentence):
            box.addWidget(one)
        box.addStretch(1)
        widget.setObjectName(key)
        widget.setAccessibleName(title)
        self.spots[key], self.titles[key] = (widget, sentence), name
        return box

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
    if where.objectName() != kind:
        where.setObjectName(kind)
        where.style().unpolish(where)
        where.style().polish(where)
    where.show()
