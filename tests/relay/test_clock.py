"""The computer's own clock, by which the relay lives outside of tests."""

import threading
import time

from ac_desktop.relay.clock import SystemClock


def test_it_shows_the_time_of_the_world() -> None:
    before = time.time()
    assert before <= SystemClock().now() <= time.time()


def test_who_waits_is_woken_by_who_notifies() -> None:
    clock, condition, reported = SystemClock(), threading.Condition(), threading.Event()
    waiting = threading.Event()

    def sleep() -> None:
        clock.thread_started()
        with condition:
            waiting.set()
            clock.wait(condition, 60)
        clock.thread_ended()
        reported.set()

    thread = threading.Thread(target=sleep)
    thread.start()
    assert waiting.wait(60)
    with condition:
        clock.notify(condition)
    assert reported.wait(30), "it would have slept for a minute"
    thread.join()


def test_a_wait_ends_on_its_own() -> None:
    SystemClock().sleep(0.001)
