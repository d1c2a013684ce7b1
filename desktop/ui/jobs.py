"""Two lanes of work beside the window - quick (numbers, lists) and long (import, backup, report, CLV) - and the book's news."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.store import Change

log = logging.getLogger(__name__)

TOGETHER = 30  # ms: changes this close to each other are one piece of news
Then = Callable[[Any], Any]
Failed = Callable[[BaseException], Any]


class Stopped(Exception):
    """The person stopped the work; nothing of it is kept."""


@dataclass(frozen=True)
class Progress:
    """What long work says of itself while it runs."""

    told: Callable[[float, str], None]
    stop: threading.Event = field(default_factory=threading.Event)

    def say(self, share: float, sentence: str = "") -> None:
        """Tells how far the work is, 0 to 1.

        Raises:
            Stopped: the person does not want it any more.
        """
        if self.stop.is_set():
            raise Stopped
        self.told(share, sentence)


class Jobs(QObject):
    """Runs work on a lane and brings its answer home to the window's thread; frozen values only."""

    progressed = Signal(float, str)
    _done = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._quick = ThreadPoolExecutor(1, "quick")
        self._long = ThreadPoolExecutor(1, "long")
        self._waiting = self._begun = self._era = 0
        self._closed = False
        self._watched: Progress | None = None
        self._done.connect(self._home)

    def quick(self, work: Callable[[], Any], then: Then, failed: Failed | None = None) -> None:
        """``work`` on the quick lane, in order; ``then`` hears its answer here, ``failed`` its exception."""
        self._run(self._quick, work, then, failed)

    def long(self, work: Callable[[], Any], then: Then, failed: Failed | None = None) -> None:
        """The same on the long lane: one at a time."""
        self._run(self._long, work, then, failed)

    def watched(self, work: Callable[[Progress], Any], then: Then, failed: Failed | None = None) -> Progress:
        """`long` for work that says how far it is (`progressed`); setting ``stop`` of what is given back ends it."""
        progress = self._watched = Progress(self.progressed.emit)
        self._run(self._long, lambda: work(progress), then, failed)
        return progress

    def hold(self) -> Callable[[], None]:
        """The lanes wait until what is given back is called, 2 s at most: a window is painted before its numbers are asked."""
        gate = threading.Event()
        for lane in (self._quick, self._long):
            lane.submit(gate.wait, 2.0)
        return gate.set

    @property
    def idle(self) -> bool:
        return self._waiting == 0

    @property
    def begun(self) -> bool:
        """Whether something that a person began is under way on the long lane: she hears of its failing."""
        return self._begun > 0

    def forget(self) -> None:
        """Whoever asked is gone (the window is built anew): answers on their way are dropped."""
        self._era += 1

    def close(self) -> None:
        """Both lanes have ended; whoever still asks gets no answer."""
        self.forget()
        self._closed = True
        if self._watched:
            self._watched.stop.set()
        self._quick.shutdown(cancel_futures=True)
        self._long.shutdown(cancel_futures=True)

    def _run(self, lane: ThreadPoolExecutor, work: Callable[[], Any], then: Then, failed: Failed | None) -> None:
        if self._closed:
            return
        self._waiting += 1
        self._begun += (begun := lane is self._long and failed is not None)
        era = self._era

        def do() -> None:
            answer, error = None, None
            try:
                answer = work() if era == self._era else None
            except BaseException as caught:  # noqa: BLE001 - the edge of the lane: it goes home and is said there
                error = caught
            if shiboken6.isValid(self):
                # a queued signal to a slot of this object: a bare lambda would run on the worker
                self._done.emit((era, begun, then, failed), answer, error)

        lane.submit(do)

    @Slot(object, object, object)
    def _home(self, asked: tuple[int, bool, Then, Failed | None], answer: Any, error: BaseException | None) -> None:
        era, begun, then, failed = asked
        self._waiting -= 1
        self._begun -= begun
        if era != self._era or _gone(then):
            return
        if error is None:
            then(answer)
        elif isinstance(error, Stopped):
            return
        elif failed is not None:
            failed(error)
        else:
            log.error("a job failed", exc_info=error)
            raise error


def _gone(then: Then) -> bool:
    """Whether the widget whose method is to be called was closed meanwhile."""
    owner = getattr(then, "__self__", None)
    return isinstance(owner, QObject) and not shiboken6.isValid(owner)


class News(QObject):
    """The book's changes as Qt signals; bursts arrive together. Owned by the application, outlives every window.

    ``changed`` tells the tables that moved, ``done`` each change (`Change`) at once.
    """

    changed = Signal(object)
    done = Signal(object)
    _heard = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tables: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=TOGETHER)
        self._timer.timeout.connect(self._tell)
        self._heard.connect(self._gather)

    @property
    def quiet(self) -> bool:
        """Whether everything that was heard has been told."""
        return not self._tables

    def hear(self, change: Change) -> None:
        """A store's listener, called on any thread."""
        if shiboken6.isValid(self):
            self._heard.emit(change)

    @Slot(object)
    def _gather(self, change: Change) -> None:
        self._tables |= change.tables
        self.done.emit(change)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _tell(self) -> None:
        moved, self._tables = frozenset(self._tables), set()
        self.changed.emit(moved)
