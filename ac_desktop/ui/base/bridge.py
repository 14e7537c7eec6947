"""The only way from threads to widgets: a QObject in the main thread that coalesces changes and delivers results."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from shiboken6 import isValid

from ac_desktop.store.errors import StoreError
from ac_desktop.ui.base.thread_pool import ThreadPool

T = TypeVar("T")

BETWEEN_NEWS_MS: Final = 100
"""The window is notified of changes ten times a second at most."""
VERSION_INTERVAL_MS: Final = 1000
"""How often the store is checked for another process's writes."""
THREADS: Final = 3


@dataclass(frozen=True)
class QueueChanged:
    """Something in the store or the relay has changed; read it again."""


@dataclass(frozen=True)
class _Ended:
    number: int
    result: object = None
    error: Exception | None = None


@dataclass(frozen=True)
class _Callbacks:
    on_done: Callable[[object], None]
    on_error: Callable[[Exception], None] | None


class SeesVersion(Protocol):
    """What can report whether another process has written (the database)."""

    def version_seen(self) -> int:
        """Return a number that changes whenever another process has written."""


class Bridge(QObject):
    """Lives in the main thread; `something_changed` and `call` may be called from any thread, `run` from it."""

    changed = Signal(object)
    _asked = Signal()
    _called = Signal(object)
    _ended = Signal(object)

    def __init__(self, store: SeesVersion, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._guard = threading.Lock()
        self._pending = False
        self._closed = False
        self._jobs: dict[int, _Callbacks] = {}
        self._functions: dict[int, Callable[[], object]] = {}
        """What the jobs do: kept until it is delivered, as one under way still does it once the bridge is closed."""
        self._last_job = 0
        self._threads = ThreadPool(THREADS)
        self._since_news = QElapsedTimer()
        self._changed_timer = QTimer(self)
        self._changed_timer.setSingleShot(True)
        self._changed_timer.timeout.connect(self._emit_changed)
        self._asked.connect(self._schedule_change)
        self._ended.connect(self._deliver)
        self._called.connect(self._call)
        self._version = store.version_seen()
        self._version_timer = QTimer(self)
        self._version_timer.setInterval(VERSION_INTERVAL_MS)
        self._version_timer.timeout.connect(self._check_version)
        self._version_timer.start()

    def something_changed(self) -> None:
        """Ask the window to read the store again soon; callable from any thread, however often."""
        with self._guard:
            if self._pending or self._closed:
                return
            self._pending = True
            self._asked.emit()

    def call(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the main thread soon; callable from any thread. It is dropped once its widget is gone."""
        with self._guard:
            if not self._closed:
                self._called.emit(callback)

    def _call(self, callback: Callable[[], None]) -> None:
        if not self._closed and _is_alive(callback):
            callback()

    def run(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `function` off the main thread, and deliver its result or its exception on the main thread.

        An exception without a callback is raised here, where the program's exception hook sees it. A callback whose
        widget is gone by then is dropped.
        """
        if self._closed:
            return
        self._last_job += 1
        number = self._last_job
        self._jobs[number] = _Callbacks(_any(on_done), on_error)
        self._functions[number] = function
        self._threads.run(partial(self._work, number))

    @property
    def is_busy(self) -> bool:
        """Whether any result is still on its way."""
        return bool(self._jobs)

    def close(self) -> None:
        """Deliver nothing more; what is already running may finish."""
        with self._guard:
            self._closed = True
        self._changed_timer.stop()
        self._version_timer.stop()
        self._jobs.clear()
        self._threads.close()

    def _work(self, number: int) -> None:
        try:
            # A name for the function here could be its last one, and end a widget that it is of on this thread.
            ended = _Ended(number, self._functions[number]())
        except Exception as error:  # noqa: BLE001  passed to the main thread whole, where it is shown or raised
            ended = _Ended(number, error=error)
        with self._guard:
            if not self._closed:
                self._ended.emit(ended)

    def _deliver(self, ended: _Ended) -> None:
        self._functions.pop(ended.number, None)
        callbacks = self._jobs.pop(ended.number, None)
        if callbacks is None:
            return
        if ended.error is None:
            if _is_alive(callbacks.on_done):
                callbacks.on_done(ended.result)
        elif callbacks.on_error is None:
            raise ended.error
        elif _is_alive(callbacks.on_error):
            callbacks.on_error(ended.error)

    def _schedule_change(self) -> None:
        elapsed = self._since_news.elapsed() if self._since_news.isValid() else BETWEEN_NEWS_MS
        self._changed_timer.start(max(0, BETWEEN_NEWS_MS - elapsed))

    def _emit_changed(self) -> None:
        with self._guard:
            self._pending = False
        self._since_news.start()
        # The listeners read the store, meet an error there and show it.
        with suppress(StoreError):
            self._version = self._store.version_seen()
        self.changed.emit(QueueChanged())

    def _check_version(self) -> None:
        try:
            version = self._store.version_seen()
        except StoreError:
            # The listeners read the store, meet the error there and show it.
            self.something_changed()
            return
        if version != self._version:
            self._version = version
            self.something_changed()


def _any(on_done: Callable[[T], None]) -> Callable[[object], None]:
    return on_done  # type: ignore[return-value]  # the result is the function's own, so it fits its callback


def _is_alive(callback: Callable[..., None]) -> bool:
    method = callback.func if isinstance(callback, partial) else callback
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
