"""A million donors, seen from the end of the queue. It takes a minute to make, so no test opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtWidgets import QWidget

from tests.benchmarks.made_up_store import fill
from tests.ui.connection.support import UiHarness
from tests.ui.scenes.of_window import main_window
from tests.ui.scenes.stage import until

MANY: Final = 1_000_000


@contextmanager
def million(ui: UiHarness) -> Iterator[QWidget]:
    """Show the end of a queue of a million."""
    number = fill(ui.services.folder, MANY, url=ui.harness.server.url, now=ui.services.clock.now())
    with main_window(ui, number) as window:
        until(lambda: window.queue.model.rowCount() == MANY)
        bar = window.queue.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        until(lambda: not window.bridge.is_busy)
        yield window
