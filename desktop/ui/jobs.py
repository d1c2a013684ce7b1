"""Two lanes of work beside the window: quick questions, and long work that can be watched and stopped.

A worker returns plain values; they come home as a queued signal to a GUI object. A newer question of the same
name overtakes the older one, whose answer is dropped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

T = TypeVar("T")


class Stopped(Exception):
    """The person stopped the work; nothing of it is kept."""


@dataclass
class Progress:
    """What long work says of itself: ``say`` how far it is (0 to 1), and hear whether to stop."""

    told: Callable[[float, str], None]
    stop: threading.Event = field(default_factory=threading.Event)

    def say(self, share: float, sentence: str = "") -> None:
        """Tells how far the work is.

        Raises:
            Stopped: the person does not want it any more.
        """
        if self.stop.is_set():
            raise Stopped
        self.told(share, sentence)


@dataclass(frozen=True)
class _Ticket:
    owner: QObject
    name: str
    number: int
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None] | None


class Lane(QObject):
    """One worker thread; what is asked is done in order.

    ``trouble`` carries an error that whoever asked does not handle; ``idle`` says when nothing is left to do.
    """

    trouble = Signal(object)
    idle = Signal()
    progressed = Signal(float, str)
    _home = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._newest: dict[tuple[int, str], int] = {}
        self._count = self._pending = 0
        self._progress: Progress | None = None
        self._home.connect(self._arrived)

    def ask(
        self,
        owner: QObject,
        name: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Does ``work`` on the lane and calls ``then`` with its answer on the GUI thread, unless asked anew or ``owner`` is gone."""
        self._count += 1
        self._pending += 1
        self._newest[id(owner), name] = self._count
        ticket = _Ticket(owner, name, self._count, work, then, failed)
        self._pool.start(QRunnable.create(lambda: self._do(ticket)))

    def watch(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Progress:
        """`ask` for long work that says how far it is; ``progress.stop.set()`` ends it."""
        progress = self._progress = Progress(self.progressed.emit)
        self.ask(owner, "watched", lambda: work(progress), then, failed)
        return progress

    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._pending > 0

    def close(self) -> None:
        """Long work is told to stop; what runs is waited for, what waits is forgotten."""
        if self._progress:
            self._progress.stop.set()
        self._pool.clear()
        self._pool.waitForDone()

    def _do(self, ticket: _Ticket) -> None:
        """On the worker: a question that was asked anew meanwhile is not worth the work."""
        answer: object = None
        error: Exception | None = None
        if self._fresh(ticket):
            try:
                answer = ticket.work()
            except Exception as raised:  # noqa: BLE001 - it comes home and is told there
                error = raised
        if shiboken6.isValid(self):  # the window may be gone by now
            self._home.emit(ticket, answer, error)

    def _fresh(self, ticket: _Ticket) -> bool:
        return self._newest.get((id(ticket.owner), ticket.name)) == ticket.number

    @Slot(object, object, object)
    def _arrived(self, ticket: _Ticket, answer: object, error: Exception | None) -> None:
        self._pending -= 1
        try:
            if shiboken6.isValid(ticket.owner) and self._fresh(ticket):
                self._deliver(ticket, answer, error)
        finally:
            if not self._pending:
                self.idle.emit()

    def _deliver(self, ticket: _Ticket, answer: object, error: Exception | None) -> None:
        if error is None:
            ticket.then(answer)
        elif ticket.failed:
            ticket.failed(error)
        elif not isinstance(error, Stopped):
            logging.getLogger(__name__).error("%s failed", ticket.name, exc_info=error)
            self.trouble.emit(error)


class Jobs(QObject):
    """``quick`` answers KPIs and tables, ``long`` imports, saves copies and fits models."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.quick, self.long = Lane(self), Lane(self)

    def busy(self) -> bool:
        return self.quick.busy() or self.long.busy()

    def close(self) -> None:
        self.quick.close()
        self.long.close()
