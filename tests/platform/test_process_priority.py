"""The processes and the threads beside the window go last where all processors are busy."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.model.connection import Connection
from ac_desktop.platform.process_priority import lower_thread_priority
from ac_desktop.ui.base.thread_pool import ThreadPool
from tests.harness import PATIENCE, Harness, donors

CODE = """
import os
from ac_desktop.platform.process_priority import lower_process_priority

lower_process_priority()
print(os.nice(0))
"""
NICE, LAST = 10, 19


def niceness_of_a_modest_process() -> int:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    return int(ended.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows classes of priority in the place of niceness")
def test_a_process_that_lets_others_first_goes_last() -> None:
    assert niceness_of_a_modest_process() == LAST


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a thread has a niceness of its own on Linux alone")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def niceness_after(deed: Callable[[], None]) -> int:
    """Return the niceness of a thread that has done something."""
    reported: list[int] = []

    def work() -> None:
        deed()
        reported.append(niceness())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(PATIENCE)
    return reported[0]


@ON_LINUX
def test_a_thread_that_lets_the_window_first_is_nice_and_no_other_is() -> None:
    before = niceness()
    assert niceness_after(lower_thread_priority) == max(NICE, before)
    assert niceness() == before


@ON_LINUX
@pytest.mark.parametrize("beside_a_window", [False, True])
def test_the_relay_steps_back_where_there_is_a_window_and_nowhere_else(
    tmp_path: Path, *, beside_a_window: bool
) -> None:
    before, reported = niceness(), list[int]()
    with Harness(tmp_path / "data") as harness:
        relay_and_report(harness, reported, beside_a_window=beside_a_window)
    assert reported == [max(NICE, before) if beside_a_window else before]


def relay_and_report(harness: Harness, reported: list[int], *, beside_a_window: bool) -> None:
    engine = harness.services.engine
    sender_for, engine.lowers_priority = engine.sender_for, beside_a_window

    def report(connection: Connection, key: str) -> Sender:
        reported.append(niceness())
        return sender_for(connection, key)

    engine.sender_for = report
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.relay(connection)


@ON_LINUX
def test_the_threads_of_the_window_yield_to_it() -> None:
    before, reported, done = niceness(), list[int](), threading.Event()
    hands = ThreadPool(1)

    def errand() -> None:
        reported.append(niceness())
        done.set()

    hands.run(errand)
    assert done.wait(PATIENCE)
    hands.close()
    assert reported == [max(NICE, before)]
