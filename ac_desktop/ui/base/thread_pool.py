"""A few threads for what would block the window; one that never returns does not keep the program from ending."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Final

from ac_desktop.platform.process import lower_thread_priority

Task = Callable[[], None]

_STOP: Final = None


class ThreadPool:
    """Runs tasks on daemon threads, which are started as needed, up to `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._guard = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._busy = 0
        self._is_closed = False

    def run(self, task: Task) -> None:
        """Run a task as soon as a thread is free. It must not raise."""
        with self._guard:
            if self._is_closed:
                return
            self._busy += 1
            if self._busy > len(self._threads) < self._most:
                name = f"window-{len(self._threads) + 1}"
                thread = threading.Thread(target=self._run_tasks, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._tasks.put(task)

    def close(self) -> None:
        """Start nothing more; what is already running may finish."""
        with self._guard:
            self._is_closed = True
            threads = len(self._threads)
        for _ in range(threads):
            self._tasks.put(_STOP)

    def _run_tasks(self) -> None:
        lower_thread_priority()
        while (task := self._tasks.get()) is not _STOP:
            if not self._is_closed:
                task()
            with self._guard:
                self._busy -= 1
