"""Two lanes of work beside the window, and the book's news."""

import threading

import pytest
from PySide6.QtTest import QTest

from desktop.store import Change
from desktop.ui.jobs import Jobs, News, Stopped
from tests.ui.keys import wait_until


@pytest.fixture
def jobs(house):
    made = Jobs()
    yield made
    made.close()


def test_an_answer_comes_home_to_the_windows_thread(jobs):
    heard = []
    jobs.quick(threading.get_ident, lambda worker: heard.append((worker, threading.get_ident())))
    assert not jobs.idle
    wait_until(lambda: heard)

    worker, home = heard[0]
    assert home == threading.get_ident() != worker
    assert jobs.idle


def test_quick_work_does_not_wait_for_long_work(jobs):
    gate, heard = threading.Event(), []
    jobs.long(gate.wait, lambda _: heard.append("long"))
    jobs.quick(lambda: 1, lambda _: heard.append("quick"))
    wait_until(lambda: heard == ["quick"])
    gate.set()

    wait_until(lambda: heard == ["quick", "long"])


def test_answers_come_in_the_order_of_the_questions(jobs):
    heard = []
    for at in range(20):
        jobs.quick(lambda at=at: at, heard.append)

    wait_until(lambda: len(heard) == 20)
    assert heard == list(range(20))


def test_what_fails_is_told_to_who_asked(jobs):
    heard = []
    jobs.quick(lambda: 1 / 0, heard.append, lambda error: heard.append(type(error)))

    wait_until(lambda: heard)
    assert heard == [ZeroDivisionError]


def test_who_is_gone_hears_nothing(jobs):
    gate, heard = threading.Event(), []
    jobs.quick(gate.wait, heard.append)
    jobs.quick(lambda: heard.append("worked"), heard.append)
    jobs.forget()
    gate.set()

    wait_until(lambda: jobs.idle)
    assert heard == []


def test_long_work_says_how_far_it_is_and_can_be_stopped(jobs):
    told, began = [], threading.Event()
    jobs.progressed.connect(lambda share, _: told.append(share))

    def work(progress):
        progress.say(0.5, "half")
        began.set()
        progress.stop.wait()
        progress.say(0.9)

    progress = jobs.watched(work, lambda _: told.append("done"), lambda error: told.append(error))
    wait_until(began.is_set)
    progress.stop.set()
    wait_until(lambda: jobs.idle)

    assert told == [0.5]
    with pytest.raises(Stopped):
        progress.say(1)


def test_closing_ends_both_lanes(house):
    made, ended = Jobs(), []
    made.watched(lambda progress: (progress.stop.wait(), ended.append(1)), lambda _: None)
    made.close()

    assert ended == [1]


def test_a_burst_of_changes_is_told_once_and_each_change_at_once(house):
    news, moved, done = News(), [], []
    news.changed.connect(moved.append)
    news.done.connect(lambda change: done.append(change.name))
    for name, table in (("one", "sale"), ("two", "customer")):
        news.hear(Change(name, {}, frozenset({table})))
    assert done == ["one", "two"]
    assert not news.quiet

    wait_until(lambda: moved)
    assert moved == [{"sale", "customer"}]
    assert news.quiet


def test_news_from_another_thread_are_told_on_the_windows(house):
    news, heard = News(), []
    news.changed.connect(lambda _: heard.append(threading.get_ident()))
    thread = threading.Thread(target=news.hear, args=(Change("x", {}, frozenset({"sale"})),))
    thread.start()
    thread.join()

    wait_until(lambda: heard)
    assert heard == [threading.get_ident()]


def test_held_lanes_answer_when_they_are_released(jobs):
    release = jobs.hold()
    heard = []
    jobs.quick(lambda: "number", heard.append)
    jobs.long(lambda: "import", heard.append)
    QTest.qWait(50)
    assert heard == []

    release()
    wait_until(lambda: len(heard) == 2)
    assert sorted(heard) == ["import", "number"]
