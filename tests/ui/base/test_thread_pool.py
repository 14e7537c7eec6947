"""Tasks off the main thread are all done, and one that never ends does not keep the program from ending."""

import subprocess
import sys
import threading
from functools import partial

from ac_desktop.ui.base.thread_pool import ThreadPool

_STUCK = """
import threading
from ac_desktop.ui.base.thread_pool import ThreadPool

begun = threading.Event()


def stuck():
    begun.set()
    threading.Event().wait()


pool = ThreadPool(2)
pool.run(stuck)
begun.wait()
pool.close()
print("ended")
"""


def test_every_task_is_done_though_there_are_more_than_threads() -> None:
    pool = ThreadPool(2)
    done: set[int] = set()
    finished = threading.Semaphore(0)

    def task(number: int) -> None:
        done.add(number)
        finished.release()

    for number in range(20):
        pool.run(partial(task, number))
    for _ in range(20):
        assert finished.acquire(timeout=30)
    pool.close()
    assert done == set(range(20))


def _meet(together: threading.Barrier) -> None:
    together.wait(30)


def test_side_by_side_as_many_as_there_are_threads() -> None:
    pool = ThreadPool(3)
    together = threading.Barrier(4)
    for _ in range(3):
        pool.run(partial(_meet, together))
    together.wait(30)
    pool.close()


def test_a_task_that_never_ends_does_not_hold_the_program() -> None:
    ended = subprocess.run([sys.executable, "-c", _STUCK], capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "ended"), ended.stderr
