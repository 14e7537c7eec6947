"""What a person does in the window, each with the milliseconds until its first rows are painted, and until all are.

`python -m tests.benchmarks.ours.window DATA_FOLDER`
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from ac_desktop.app import ServiceParts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.queries.record_query import AS_QUEUED, Sort, SortKey
from ac_desktop.ui.base.application import DesktopApplication
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from ac_desktop.ui.queue.columns import SORTED_BY, TABS
from tests.benchmarks.ours.stalls import Stalls, no_dialogs, until

_MS: Final = 1000
_FILTERS: Final = (
    "annie",
    "annie garza",
    "garza999999@",
    "nobody at all",
    "cause:donor_refused",
    "file:2024",
    "page:spring",
    "state:failed",
)


class Person:
    """Does one thing after the other, and takes the times."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._queue = window.queue
        self._stalls = Stalls()
        self.times: dict[str, tuple[float, float, float]] = {}

    def does(self, name: str, deed: Callable[[], None]) -> None:
        """Make the window do something; what is seen at once counts as it is painted."""
        self._stalls.begin()
        began = perf_counter()
        deed()
        until(self._has_rows)
        self._queue.table.viewport().repaint()
        first = (perf_counter() - began) * _MS
        until(self.rests)
        self.times[name] = (first, (perf_counter() - began) * _MS, self._stalls.longest)

    def _has_rows(self) -> bool:
        model, question = self._queue.model, self._queue.query()
        return model.query == question and (model.rowCount() > 0 or not self._queue.reader.is_busy)

    def rests(self) -> bool:
        return not self._queue.reader.is_busy and not self._window.bridge.is_busy


def _deeds(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    queue = window.queue
    bar = queue.table.verticalScrollBar()
    yield "end", lambda: bar.setValue(bar.maximum())
    for state in (*TABS[1:], None):
        yield f"tab {state.value if state else 'all'}", partial(queue.tabs.choose, state)
    for key in SORTED_BY.values():
        for descending in (False, True):
            sort = Sort(SortKey(key), descending)
            yield f"sort {key.value} {'down' if descending else 'up'}", partial(queue.table.sort_chosen.emit, sort)
    yield "as queued", partial(queue.table.sort_chosen.emit, AS_QUEUED)
    for text in _FILTERS:
        yield f"filter {text}", partial(queue.filter.show_filter, text)


def main(folder: Path) -> dict[str, tuple[float, float, float]]:
    """Return for each thing the milliseconds to its first rows and to all, and the longest gap of the UI thread."""
    application = DesktopApplication(sys.argv[:1])
    services = build(folder, parts=ServiceParts(keys=SessionKeys(Redactor()), offline=lambda _: False))
    window = open_window(services, openers=no_dialogs())
    person = Person(window)
    until(person.rests)
    for name, deed in _deeds(window):
        person.does(name, deed)
    queue = window.queue
    queue.filter.show_filter("")
    queue.table.sort_chosen.emit(AS_QUEUED)
    until(person.rests)
    window.close()
    services.close()
    application.quit()
    return person.times


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))), flush=True)  # noqa: T201  read by the figure
    os._exit(0)
