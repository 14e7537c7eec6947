"""The program's window, with somebody who watches its tables: prints each address when it can first be read there.

Run with the data folder; each line is the address and the moment by the monotonic clock. It ends with its input.
"""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableView

from ac_desktop.app import open_window

_LOOK_MS: Final = 20
_MOST_ROWS: Final = 30
"""The last ones, where somebody who was just typed in appears."""


class _Watcher:
    """Looks at the visible tables, on the window's own thread."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        now = time.monotonic()
        for table in QApplication.allWidgets():
            if isinstance(table, QTableView) and table.isVisible():
                for address in _addresses(table) - self._seen:
                    self._seen.add(address)
                    sys.stdout.write(f"{address} {now}\n")
                    sys.stdout.flush()


def _addresses(table: QTableView) -> set[str]:
    model = table.model()
    count = model.rowCount()
    rows, columns = range(max(0, count - _MOST_ROWS), count), range(model.columnCount())
    texts = (model.index(row, column).data() for row in rows for column in columns)
    return {text for text in texts if isinstance(text, str) and "@" in text and " " not in text}


def _watch(watchers: list[_Watcher]) -> None:
    """Begin to watch as soon as there is an application, and end the window when the standard input ends."""
    while (application := QApplication.instance()) is None:
        threading.Event().wait(_LOOK_MS / 1000)
    QTimer.singleShot(0, application, lambda: watchers.append(_Watcher()))
    sys.stdin.read()
    QTimer.singleShot(0, application, application.quit)


if __name__ == "__main__":
    kept: list[_Watcher] = []
    threading.Thread(target=_watch, args=(kept,), daemon=True).start()
    key, password = (os.environ.pop(name) for name in ("AC_DESKTOP_API_KEY", "AC_DESKTOP_OFFICE_PASSWORD"))
    sys.exit(open_window(Path(sys.argv[1]), practice=False, given_key=key, office_password=password))
