"""How long the window does not answer, idle and while it imports a file and relays.

`python -m tests.benchmarks.ours.stall DATA_FOLDER FILE WAITING PACE`: so many donors wait when the import begins; they
are relayed so many requests a second, without a limit at 0.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.services import Services
from ac_desktop.ui.base.application import DesktopApplication
from ac_desktop.ui.importing.import_state import ImportStage
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.window import open_window
from tests.benchmarks.account import AccountProcess
from tests.benchmarks.ours.paced import NotingLedger
from tests.benchmarks.ours.services import connect, open_services, queue
from tests.benchmarks.ours.stalls import Stalls, let_live, no_dialogs, until
from tests.unpaced import UnpacedLedger

_SETTLED_SECONDS: Final = 2.0
_IDLE_SECONDS: Final = 5.0
_ANSWERS_AFTER_MS: Final = 200
_SEEN_SECONDS: Final = 0.1
"""Nobody presses a button sooner after the page with it has appeared."""


def main(folder: Path, file: Path, waiting: int, pace: int) -> dict[str, object]:
    """Return the gaps of the UI thread, whether selection and place stayed, and the requests granted a second."""
    application = DesktopApplication(sys.argv[:1])
    ledger = NotingLedger(folder) if pace else UnpacedLedger()
    account_process = AccountProcess(latency_ms=_ANSWERS_AFTER_MS if pace else 0)
    with account_process as account, open_services(folder, ledger=ledger) as services:
        connection = connect(services, account.url, account.key, account.list_id, pace=pace or FASTEST_PACE)
        queue(services, connection, waiting)
        window = open_window(services, openers=no_dialogs())
        until(lambda: not window.queue.reader.is_busy and not window.bridge.is_busy)
        place = _choose_a_place(window)
        stalls = Stalls()
        let_live(_SETTLED_SECONDS)
        stalls.begin()
        let_live(_IDLE_SECONDS)
        idle = (stalls.longest, stalls.almost_all)
        stalls.begin()
        services.engine.start(connection.id)
        window.deferred.import_controller.import_files([file])
        until(_Person(window).has_queued)
        busy = (stalls.longest, stalls.almost_all)
        granted = _per_second(ledger.granted) if isinstance(ledger, NotingLedger) else 0.0
        counts = services.queue.counts(connection.id)
        was_relaying = services.engine.is_running(connection.id)
        stayed = _place(window) == place
        _end(services, window)
        account.seen()
    application.quit()
    expected = {"idle": idle, "busy": busy, "stayed": stayed, "sent": counts.sent, "rows": counts.rows}
    return {**expected, "was_relaying": was_relaying, "granted": granted}


def _per_second(times: list[float]) -> float:
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def _choose_a_place(window: MainWindow) -> tuple[list[int], int | None]:
    middle = window.queue.model.rowCount() // 2
    window.queue.table.selectRow(middle)
    window.queue.table.verticalScrollBar().setValue(middle - 2)
    return _place(window)


def _place(window: MainWindow) -> tuple[list[int], int | None]:
    table = window.queue.table
    return table.selected_ids(), window.queue.model.id_at(table.rowAt(2))


class _Person:
    """Presses what the import waits for, as soon as a person could."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._stage = ImportStage.IDLE
        self._since = time.perf_counter()

    def has_queued(self) -> bool:
        """Go on once the rows are checked; true when they are queued and the receipt has been seen."""
        stage = self._window.deferred.flow.state.stage
        if stage in {ImportStage.REFUSED, ImportStage.ASKING}:
            raise SystemExit(f"The import stopped: {self._window.deferred.flow.state}")
        if stage is not self._stage:
            self._stage, self._since = stage, time.perf_counter()
        button = self._window.deferred.sheet.go_on
        has_seen = time.perf_counter() - self._since > _SEEN_SECONDS
        if stage not in {ImportStage.CHECKING, ImportStage.RESULT} or not has_seen or not button.isEnabled():
            return False
        button.click()
        return stage is ImportStage.RESULT


def _end(services: Services, window: MainWindow) -> None:
    services.engine.stop()
    window.close()


if __name__ == "__main__":
    ended = main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(ended), flush=True)  # noqa: T201  read by the figure
    os._exit(0)
