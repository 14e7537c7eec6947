"""The priority of the processes and threads beside the window, and what `--first-paint` reports of this process."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.model.connection import Connection
from ac_desktop.platform.process import first_paint_figures, lower_thread_priority
from ac_desktop.ui.base.thread_pool import ThreadPool
from tests.harness import PATIENCE, Harness, donors

CODE = """
from ac_desktop.platform.process import lower_process_priority
from tests.platform.test_process import priority_of_process

lower_process_priority()
print(priority_of_process())
"""
if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    LAST = 0x4000
    """BELOW_NORMAL_PRIORITY_CLASS (Windows API, processthreadsapi.h)."""
    BEHIND_THE_WINDOW = -1
    """THREAD_PRIORITY_BELOW_NORMAL (Windows API, processthreadsapi.h)."""
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = kernel.GetCurrentThread.restype = wintypes.HANDLE
    kernel.GetPriorityClass.argtypes = kernel.GetThreadPriority.argtypes = (wintypes.HANDLE,)

    def priority_of_process() -> int:
        """Return the priority class of this process."""
        return int(kernel.GetPriorityClass(kernel.GetCurrentProcess()))

    def niceness() -> int:
        """Return the priority of this thread within its process."""
        return int(kernel.GetThreadPriority(kernel.GetCurrentThread()))

    def lowered(_: int) -> int:
        """Return the priority of a thread that steps back."""
        return BEHIND_THE_WINDOW

else:
    NICE, LAST = 10, 19

    def priority_of_process() -> int:
        """Return the niceness of this process."""
        return os.nice(0)

    def niceness() -> int:
        """Return the niceness of this thread."""
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def lowered(before: int) -> int:
        """Return the niceness of a thread that steps back."""
        return max(NICE, before)


def test_a_process_that_lets_others_first_goes_last() -> None:
    ended = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert int(ended.stdout) == LAST
    assert priority_of_process() <= LAST


THREADS = pytest.mark.skipif(sys.platform == "darwin", reason="a thread has no priority of its own on macOS")


def niceness_after(act: Callable[[], None]) -> int:
    """Return the niceness of a thread that has done something."""
    reported: list[int] = []

    def work() -> None:
        act()
        reported.append(niceness())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(PATIENCE)
    return reported[0]


@THREADS
def test_a_thread_that_lets_the_window_first_is_nice_and_no_other_is() -> None:
    before = niceness()
    assert niceness_after(lower_thread_priority) == lowered(before)
    assert niceness() == before


@THREADS
@pytest.mark.parametrize("beside_a_window", [False, True])
def test_the_relay_steps_back_where_there_is_a_window_and_nowhere_else(
    tmp_path: Path, *, beside_a_window: bool
) -> None:
    before, reported = niceness(), list[int]()
    with Harness(tmp_path / "data") as harness:
        relay_and_report(harness, reported, beside_a_window=beside_a_window)
    assert reported == [lowered(before) if beside_a_window else before]


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


@THREADS
def test_the_threads_of_the_window_yield_to_it() -> None:
    before, reported, done = niceness(), list[int](), threading.Event()
    pool = ThreadPool(1)

    def task() -> None:
        reported.append(niceness())
        done.set()

    pool.run(task)
    assert done.wait(PATIENCE)
    pool.close()
    assert reported == [lowered(before)]


AFTER_A_WHILE = """
import time
begun = time.monotonic()
while time.monotonic() < begun + 0.2:
    pass
from ac_desktop.platform.process import first_paint_figures
print(first_paint_figures()["first_paint_ms"])
"""


def test_the_memory_of_this_process_is_measured() -> None:
    before = first_paint_figures()["rss_mb"]
    more = bytearray(range(256)) * (1 << 18)
    assert first_paint_figures()["rss_mb"] >= before + len(more) / (1 << 20) / 2 > 30


def test_time_is_counted_from_the_start_of_the_process_where_the_system_tells_it() -> None:
    ended = subprocess.run([sys.executable, "-c", AFTER_A_WHILE], capture_output=True, text=True, check=True)
    assert float(ended.stdout) >= (0 if sys.platform == "darwin" else 200)
