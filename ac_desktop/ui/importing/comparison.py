"""A staged batch compared with the account: off the UI thread, at the account's rate, and stopped at any moment."""

import threading
from array import array
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import responsible_text
from ac_desktop.model.states import RecordState
from ac_desktop.relay.comparison import ComparedDonor, ComparisonResult, Difference
from ac_desktop.relay.connection_keys import KeyUnusableError
from ac_desktop.relay.request_runner import AccountReadError
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.staging import StagedFilter
from ac_desktop.ui.base.bridge import Bridge

_PROGRESS_INTERVAL_MS: Final = 200
_PAGE: Final = 200


class CompareStage(Enum):
    """The stage of a comparison."""

    REST = "rest"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


class ComparisonRunner(QObject):
    """Reports the progress of a comparison by `changed`, at most five times a second; it only reads."""

    changed = Signal()

    def __init__(self, services: Services, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self._work: _ComparisonTask | None = None
        self._found: dict[int, ComparisonResult] = {}
        self._corrected: set[int] = set()
        self._progress_timer = QTimer(self)
        self._progress_timer.setInterval(_PROGRESS_INTERVAL_MS)
        self._progress_timer.timeout.connect(self._collect)
        self.stage = CompareStage.REST
        self.total = 0
        self.text = ""

    @property
    def done(self) -> int:
        """How many donors were compared."""
        return len(self._found)

    @property
    def counts(self) -> Counter[Difference]:
        """How many donors compare how."""
        return Counter(compared.difference for compared in self._found.values())

    def start(self, connection_id: int, batch_id: int) -> None:
        """Compare the rows of a staged batch that would be relayed."""
        self.forget()
        self._work = _ComparisonTask(self._services, connection_id, batch_id)
        self.stage = CompareStage.RUNNING
        self._progress_timer.start()
        self._bridge.run(self._work.run, partial(self._ended, self._work), partial(self._fail, self._work))
        self.changed.emit()

    def stop(self) -> None:
        """Stop asking; what was found stays."""
        if self._work is not None:
            self._work.stop()

    def forget(self) -> None:
        """Stop, and forget what was found."""
        self.stop()
        self._progress_timer.stop()
        self._work = None
        self._found.clear()
        self._corrected.clear()
        self.total, self.text = 0, ""
        if self.stage is not CompareStage.REST:
            self.stage = CompareStage.REST
            self.changed.emit()

    def forget_row(self, record_id: int) -> None:
        """Forget a row that was corrected: what was found no longer holds for it."""
        if self.stage is not CompareStage.REST:
            self._corrected.add(record_id)
            self._found.pop(record_id, None)
            self.changed.emit()

    def of(self, record_id: int) -> ComparisonResult | None:
        """Return how a row compares, as far as it is known."""
        return self._found.get(record_id)

    def ids(self, difference: Difference) -> "array[int]":
        """Return the numbers of the rows that compare in this way, in the order of the file."""
        return array("q", sorted(number for number, one in self._found.items() if one.difference is difference))

    def _collect(self) -> None:
        if self._work is not None:
            self.total = self._work.total
            for compared in self._work.take():
                if compared.key not in self._corrected:
                    self._found[compared.key] = compared
            self.changed.emit()

    def _ended(self, work: "_ComparisonTask", _nothing: None) -> None:
        self._end(work, CompareStage.STOPPED if work.is_stopped else CompareStage.DONE)

    def _fail(self, work: "_ComparisonTask", error: Exception) -> None:
        if isinstance(error, AccountReadError):
            who = responsible_text(error.reason.who)
            text = f"{error.reason.text} ({who})" if who else error.reason.text
        elif isinstance(error, StoreError):
            text = str(error)
        else:
            raise error
        self._end(work, CompareStage.FAILED, text)

    def _end(self, work: "_ComparisonTask", stage: CompareStage, text: str = "") -> None:
        if work is self._work:
            self.stage, self.text = stage, text
            self._progress_timer.stop()
            self._collect()
            self._work = None


class _ComparisonTask:
    """The comparison itself, on a thread of the bridge; the main thread takes what it has found so far."""

    def __init__(self, services: Services, connection_id: int, batch_id: int) -> None:
        self._services = services
        self._connection_id = connection_id
        self._batch_id = batch_id
        self._guard = threading.Lock()
        self._fresh: list[ComparisonResult] = []
        self._stopping = threading.Event()
        self.total = 0

    @property
    def is_stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Stop asking."""
        self._stopping.set()

    def take(self) -> list[ComparisonResult]:
        """Return what was found since the last time."""
        with self._guard:
            fresh, self._fresh = self._fresh, []
        return fresh

    def run(self) -> None:
        """Compare to the end. Raises AccountReadError where the account does not answer as it should."""
        services = self._services
        connection = services.connections.get(self._connection_id)
        if connection is None:
            return
        try:
            key = services.connection_keys.get(connection.id)
        except KeyUnusableError as error:
            raise AccountReadError(error.reason) from error
        ids = services.staging.ids(self._batch_id, StagedFilter(state=RecordState.WAITING))
        self.total = len(ids)
        wanted = self._wanted(connection, ids)
        for compared in services.comparison.compare(connection, key, wanted, self._stopping.is_set):
            with self._guard:
                self._fresh.append(compared)

    def _wanted(self, connection: Connection, ids: "array[int]") -> Iterator[ComparedDonor]:
        for first in range(0, len(ids), _PAGE):
            page = self._services.record_reader.by_ids(ids[first : first + _PAGE].tolist())
            outdated = self._services.record_reader.outdated_among(page, connection.account)
            for record in page:
                yield ComparedDonor(key=record.id, donor=record.donor, outdated=record.id in outdated)
