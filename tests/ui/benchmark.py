"""Prints how long the window takes over 1,000,000 records, and the longest time in which it did not answer.

Run it with a number of records and, to keep the store for another run, a folder:
`python -m tests.ui.benchmark 1000000 FOLDER`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.app import Parts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.keys import SessionKeys
from ac_desktop.ui.hooks import WindowHooks
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.queue import columns
from ac_desktop.ui.queue.columns import SORTED_BY, TABS
from ac_desktop.ui.window import open_window
from tests.ui.million import fill

TICK_MS = 5


WRITER = """
import sqlite3, sys, time
sql = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
end = time.monotonic() + 10
ids = [row[0] for row in sql.execute("SELECT id FROM record WHERE state = 'waiting' ORDER BY id LIMIT 20000")]
while time.monotonic() < end:
    sql.execute("UPDATE record SET state = 'sent', changed_at = ? WHERE id = ?", (time.time(), ids.pop()))
    time.sleep(0.005)
"""
"""Puts some two hundred records a second into another state, each in a transaction of its own."""


class Stalls:
    """A timer that should fire every five milliseconds; what lies between two of its shots is a stall."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._note)
        self._timer.start(TICK_MS)

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def _note(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def until(done: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() else None)
    timer.start(TICK_MS)
    loop.exec()
    timer.stop()


def measure(name: str, stalls: Stalls, do: Callable[[], None], done: Callable[[], bool]) -> None:
    stalls.begin()
    start = time.perf_counter()
    do()
    until(done)
    spent = time.perf_counter() - start
    print(f"{name:34} {spent * 1000:7.0f} ms   longest stall {stalls.longest * 1000:5.0f} ms", flush=True)  # noqa: T201


def idle(window: MainWindow) -> bool:
    return not window.queue.reader.is_busy and not window.bridge.is_busy


def run(folder: Path) -> None:
    application = QApplication(sys.argv[:1])
    services = build(folder, parts=Parts(keys=SessionKeys(Redactor()), offline=lambda _: False))
    stalls = Stalls()
    start = time.perf_counter()
    window = open_window(services, hooks=nothing())
    window.grab()
    print(f"{'first paint':34} {(time.perf_counter() - start) * 1000:7.0f} ms", flush=True)  # noqa: T201
    until(lambda: idle(window))
    queue = window.queue
    print(f"{'all numbers known':34} {(time.perf_counter() - start) * 1000:7.0f} ms", flush=True)  # noqa: T201
    bar = queue.table.verticalScrollBar()
    measure("jump to the end", stalls, lambda: bar.setValue(bar.maximum()), lambda: bool(window.grab()))
    for state in (*TABS, None):
        name = state.value if state else "all"
        measure(f"tab {name}", stalls, partial(queue.tabs.choose, state), partial(idle, window))
    for text in ("annie", "annie garza", "garza999999@", "cause:donor_refused", "file:2024", ""):
        measure(f"filter {text!r}", stalls, partial(queue.filter.look_for, text), partial(idle, window))
    header = queue.table.horizontalHeader()
    for column in SORTED_BY:
        title = columns.title(column)
        measure(f"sort by {title}", stalls, partial(header.sectionClicked.emit, column), partial(idle, window))
    measure("news while sorted", stalls, window.refresh, lambda: idle(window))
    header.sectionClicked.emit(list(SORTED_BY)[-1])
    header.sectionClicked.emit(list(SORTED_BY)[-1])
    until(lambda: idle(window))
    measure("news as queued", stalls, window.refresh, lambda: idle(window))
    until(lambda: not window.queue.is_resting)
    measure("news as queued, table too", stalls, window.refresh, lambda: idle(window))
    measure("select all", stalls, queue.table.selectAll, lambda: True)
    until(lambda: not window.queue.is_resting)
    measure("news with all selected", stalls, window.refresh, lambda: idle(window))
    measure("menu of all shown", stalls, lambda: window.queue_conduct.menu_of_shown().deleteLater(), lambda: True)
    under_way(window, stalls, folder)
    window.close()
    services.close()
    del application


def under_way(window: MainWindow, stalls: Stalls, folder: Path) -> None:
    """Let another process change records for ten seconds, with news ten times a second, while somebody reads."""
    table = window.queue.table
    table.clearSelection()
    middle = window.queue.model.rowCount() // 2
    table.selectRow(middle)
    table.verticalScrollBar().setValue(middle - 2)
    chosen, top = table.selected_ids(), window.queue.model.id_at(table.rowAt(2))
    news = QTimer()
    news.timeout.connect(window.bridge.something_changed)
    news.start(100)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder / "donors.sqlite3")])
    measure("ten seconds of relaying", stalls, lambda: None, lambda: writer.poll() is not None)
    news.stop()
    until(lambda: idle(window))
    stayed = (table.selected_ids(), window.queue.model.id_at(table.rowAt(2))) == (chosen, top)
    print(f"selection and place stayed: {stayed}", flush=True)  # noqa: T201


def nothing() -> WindowHooks:
    """Open no dialogs."""

    def for_window(_window: QWidget) -> None: ...

    def for_connection(_window: QWidget, _connection: int) -> None: ...

    names = WindowHooks.__dataclass_fields__
    whole = {"new_connection", "directory"}
    return WindowHooks(**{name: for_window if name in whole else for_connection for name in names})  # type: ignore[arg-type]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        if not (folder / "donors.sqlite3").exists():
            fill(folder, number)
        run(folder)


if __name__ == "__main__":
    main()
