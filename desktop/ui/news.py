"""The book's changes, told to the window: one word after a flurry of them, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.store import Change, Store

TOGETHER = 30  # ms: changes this close to each other are one piece of news


class News(QObject):
    """``done`` tells of every change (`Change`) at once; ``moved`` the names of the tables, after a short gathering.

    Owned by the window: a temporary one is collected and the next change raises.
    """

    done = Signal(object)
    moved = Signal(object)
    _heard = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tables: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=TOGETHER)
        self._timer.timeout.connect(self._tell)
        self._heard.connect(self._gather)  # queued when a worker changed the book
        store.listen(self._listen)

    def _listen(self, change: Change) -> None:
        self._heard.emit(change)

    @Slot(object)
    def _gather(self, change: Change) -> None:
        self._tables |= change.tables
        self.done.emit(change)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _tell(self) -> None:
        tables, self._tables = frozenset(self._tables), set()
        self.moved.emit(tables)
